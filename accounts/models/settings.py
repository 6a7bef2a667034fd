"""What an authority has chosen for itself, since when and by whom."""

from django.db import models

from accounts.models.organisation import Authority
from accounts.models.people import User
from accounts.models.record import WrittenOnce
from accounts.querysets import SettingQuerySet


class AuthoritySetting(WrittenOnce):
    """
    A choice of an authority from a day on; a later one takes its place, and none is ever changed or deleted.

    Of several for one day the last set holds.
    """

    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="settings")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    since = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = SettingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["authority", "name", "-since"], name="setting_in_force")]

    def __str__(self) -> str:
        return f"{self.authority_id} {self.name}={self.value} since {self.since}"
