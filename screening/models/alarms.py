"""Alarms: screening without filing was used more often than is usual."""

import uuid

from django.db import models

from accounts.models import Authority
from accounts.models.record import WrittenOnce
from screening.querysets import AlarmQuerySet


class EnumerationAlarm(WrittenOnce):
    """
    Somebody screened without filing more often within an hour than is usual: who, since when, how often.

    It hinders nothing. One alarm per hour and principal. See `screening/law/enumeration.py`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    principal = models.CharField(max_length=60)
    name = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(help_text="The beginning of the hour counted.")
    count = models.PositiveIntegerField()
    raised_at = models.DateTimeField()

    objects = AlarmQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["principal", "-raised_at"], name="enumeration_alarm_last")]

    def __str__(self) -> str:
        return f"{self.principal} {self.count}"
