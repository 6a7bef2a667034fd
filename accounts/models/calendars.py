"""Working calendars: public holidays as year-versioned data with their source."""

from django.db import models

from accounts.models.organisation import State
from accounts.models.text import LineField, ProseField
from accounts.querysets import CalendarYearQuerySet


class CalendarYear(models.Model):
    """One version of a state's list of public holidays for a year; the highest version counts."""

    state = models.ForeignKey(State, on_delete=models.PROTECT, related_name="calendar_years")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    source = ProseField()
    recorded_at = models.DateTimeField()

    objects = CalendarYearQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["state", "year", "version"], name="calendar_year_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.state_id} {self.year} v{self.version}"


class PublicHoliday(models.Model):
    """A day that is not a working day. Source: Reg. (EEC, Euratom) No 1182/71 Art. 2(1)."""

    calendar_year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="holidays")
    date = models.DateField()
    name = LineField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar_year", "date"], name="public_holiday_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"
