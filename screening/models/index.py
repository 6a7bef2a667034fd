"""The register as screening reads it: derived, never authoritative."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.models import Authority
from denials.models import Denial, DenialVersion


class DenialIndex(models.Model):
    """
    The current version of a notified denial as screening reads it: facts, and the keys it is found by.

    Derived from the register and never authoritative; `IndexedUpTo` says which change of the register it has seen.
    """

    denial = models.OneToOneField(Denial, on_delete=models.CASCADE, primary_key=True, related_name="screening_row")
    version = models.ForeignKey(DenialVersion, on_delete=models.CASCADE, related_name="+")
    regime = models.CharField(max_length=32)
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=2)
    status = models.CharField(max_length=16)
    audience = models.CharField(
        max_length=16,
        blank=True,
        default="",
        db_default="",
        help_text="The multilateral regime whose members alone see it.",
    )
    without_duty = models.CharField(
        max_length=24, blank=True, default="", db_default="", help_text="Why it obliges nobody, whatever the day."
    )
    decided_on = models.DateField(null=True)
    notified_on = models.DateField(null=True)
    facts = models.JSONField(help_text="The transaction refused, as plain data.")
    keys = ArrayField(models.TextField(), default=list, help_text="What parties and goods are retrieved by.")
    names = ArrayField(models.TextField(), default=list, help_text="Folded names of the parties, for the full scan.")

    lines = ArrayField(
        models.TextField(),
        default=list,
        db_default=[],
        help_text="Names of the parties taken apart, as processes read them when they start.",
    )

    analysis = models.CharField(
        max_length=40, blank=True, default="", db_default="", help_text="By which keys, names and lines were made."
    )

    class Meta:
        verbose_name_plural = "denial index"
        indexes = [
            GinIndex(fields=["keys"], name="denial_index_keys"),
            models.Index(fields=["regime", "status"], name="denial_index_counting"),
            models.Index(fields=["regime"], name="denial_index_alerting", condition=~Q(without_duty="")),
        ]

    def __str__(self) -> str:
        return str(self.denial_id)


class IndexedUpTo(models.Model):
    """The last change of the register the index has taken in; the analysis all its rows were made by, "" if several."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    analysis = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name_plural = "indexed up to"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="indexed_up_to_is_one_row")]

    def __str__(self) -> str:
        return f"{self.sequence} ({self.analysis})"
