"""Who has delivered the return of a year, and who owes it."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from accounts.models import Authority
from reports.law.due import due_on
from reports.law.returns import ReturnState
from reports.models import AnnualReturn, ReturnReminder
from reports.statistics.returns import expected

MISSING = "missing"


@dataclass(frozen=True)
class Progress:
    """How far one authority is; a dry run shows as nothing delivered, it is its own."""

    authority: Authority
    state: str
    version: int | None
    signed_at: datetime | None
    lines: int
    warnings: int
    reminded: int
    due: date
    pk: object = None


def progress(regime: str, year: int, *, now: datetime) -> list[Progress]:
    """Return every authority that owes a return, in order; three queries whatever their number."""
    signed = {one.authority_id: one for one in AnnualReturn.objects.current(regime, year)}
    reminded = Counter(ReturnReminder.objects.filter(regime=regime, year=year).values_list("authority_id", flat=True))
    due = due_on(year, settings.EXCHANGE_RETURN_DUE)
    return [
        _row(authority, signed.get(authority.pk), reminded[authority.pk], due)
        for authorities in expected(regime, year).values()
        for authority in authorities
    ]


def _row(authority: Authority, found: AnnualReturn | None, reminded: int, due: date) -> Progress:
    if found is None:
        return Progress(authority, MISSING, None, None, 0, 0, reminded, due)
    return Progress(
        authority,
        str(ReturnState.SIGNED),
        found.version,
        found.signed_at,
        found.line_count,
        found.warnings,
        reminded,
        due,
        found.pk,
    )
