"""WHAT IT ADDS UP TO: the year's figures as they were drafted."""

import uuid
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models.record import WrittenOnce
from reports.law.figures import COUNTING_RULES, Figure, Measure, YearCount
from reports.querysets import EditionQuerySet


class Edition(WrittenOnce):
    """
    The figures of a regime and year as counted at a moment, with the state of the register they were counted from.

    `tables` holds the figures in their finest grain, from which every table is made, and the rules of counting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regime = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    drafted_at = models.DateTimeField()
    register_sequence = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    tables = models.JSONField()

    objects = EditionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["regime", "year", "-drafted_at"], name="edition_latest")]

    def __str__(self) -> str:
        return f"{self.regime} {self.year} ({self.drafted_at:%Y-%m-%d %H:%M})"

    @classmethod
    def of(cls, count: YearCount, *, drafted_at: datetime) -> "Edition":
        """Return an edition, not yet saved, that holds a count."""
        return cls(
            regime=count.regime,
            year=count.year,
            drafted_at=drafted_at,
            register_sequence=count.register_sequence,
            digest=count.digest,
            tables={
                "rules": COUNTING_RULES,
                "uncounted": count.uncounted,
                "figures": [_stored(figure) for figure in count.figures],
            },
        )

    def count(self) -> YearCount:
        """Return the figures as they were counted."""
        return YearCount(
            regime=self.regime,
            year=self.year,
            register_sequence=self.register_sequence,
            figures=tuple(
                Figure(**{**figure, "measure": Measure(figure["measure"])}) for figure in self.tables["figures"]
            ),
            uncounted=self.tables["uncounted"],
        )


def _stored(figure: Figure) -> dict[str, Any]:
    return {name: value for name, value in asdict(figure).items() if value != ""}
