"""The year's figures as they were drafted."""

import uuid
from datetime import datetime
from typing import Any

from django.db import models

from accounts.models.record import WrittenOnce
from reports.law.figures import FIGURE_FIELDS, Figure, Measure, YearCount
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
            tables=stored(count),
        )

    def count(self) -> YearCount:
        """Return the figures as they were counted."""
        return count_of(self.regime, self.year, self.register_sequence, self.tables)


def stored(count: YearCount) -> dict[str, Any]:
    """Return a count as it is kept: figures in the order they are counted in, what is not said left out."""
    return {
        "rules": count.rules,
        "uncounted": count.uncounted,
        "regions": dict(sorted(count.regions.items())),
        "figures": [_stored(figure) for figure in count.figures],
    }


def count_of(regime: str, year: int, sequence: int, kept: dict[str, Any]) -> YearCount:
    """Return a count from what was kept of it."""
    figures = tuple(Figure(**{**figure, "measure": Measure(figure["measure"])}) for figure in kept["figures"])
    return YearCount(regime, year, sequence, figures, kept["uncounted"], kept.get("regions", {}), kept["rules"])


def _stored(figure: Figure) -> dict[str, Any]:
    return {name: value for name, value in zip(FIGURE_FIELDS, figure, strict=True) if value != ""}
