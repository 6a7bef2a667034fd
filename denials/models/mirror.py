"""What makes an exchange a mirror of another: where from, up to which change, and what became of each change."""

from django.db import models
from django.db.models import Q

from denials.models.register import RegisterChange


class MirrorState(models.Model):
    """
    The one row of a mirror. An exchange that has it is a mirror and nothing else: it notifies and amends nothing.

    `cursor` is the last change of the source taken in, set in the transaction that took it in; `scope` says in whose
    sight the source was read: where that changes, it is read again from its first change.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    source = models.CharField(max_length=300)
    scope = models.CharField(max_length=64, blank=True)
    cursor = models.BigIntegerField(default=0)
    begun_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True, blank=True, help_text="When the source last had nothing more.")
    proven_at = models.DateTimeField(null=True, blank=True, help_text="When both digests were last found equal.")
    proven_up_to = models.BigIntegerField(null=True, blank=True)
    proven_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="mirror_state_is_one_row")]

    def __str__(self) -> str:
        return f"{self.source} up to {self.cursor}"


class MirroredChange(models.Model):
    """A change of the source and the change of this register it became, none if it was never in sight."""

    sequence = models.BigIntegerField(primary_key=True, help_text="Its number at the source.")
    change = models.OneToOneField(
        RegisterChange, null=True, blank=True, on_delete=models.PROTECT, related_name="mirrored"
    )
    denial = models.UUIDField(help_text="The denial's id, at the source and here.")
    kind = models.CharField(max_length=16)
    recorded_at = models.DateTimeField(help_text="When the source recorded it.")
    taken_in_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["denial"], name="mirrored_change_by_denial")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.denial}"


class OutOfSight(models.Model):
    """A mirrored denial that the source no longer lets this reader see; it is shown to nobody here either."""

    denial = models.OneToOneField(
        "denials.Denial", on_delete=models.CASCADE, primary_key=True, related_name="out_of_sight"
    )
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "out of sight"

    def __str__(self) -> str:
        return str(self.denial_id)
