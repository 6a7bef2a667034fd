"""WHAT IT ADDS UP TO: the year's tables as they were drafted."""

import uuid

from django.db import models

from accounts.models.record import WrittenOnce


class Edition(WrittenOnce):
    """The tables of a regime and year as counted at a moment, with the state of the register they were counted from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regime = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    drafted_at = models.DateTimeField()
    register_sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    tables = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["regime", "year", "-drafted_at"], name="edition_latest")]

    def __str__(self) -> str:
        return f"{self.regime} {self.year} ({self.drafted_at:%Y-%m-%d %H:%M})"
