"""What is done with a year's tables: they are drafted."""

from datetime import datetime

from django.db import transaction

from accounts import audit
from accounts.models import Ledger
from accounts.roles import Principal
from reports import statistics
from reports.law.figures import YearCount
from reports.models import Edition

TRIES = 3


@transaction.atomic
def draft_edition(*, regime: str, year: int, by: Principal, now: datetime) -> Edition | None:
    """
    Keep the year's figures as they stand, with the state of the register; None if they are those of the last draft,
    or if there is nothing yet to report.

    :param regime: a regime rules are held for.   :param year: of decision, of sending, of grant; docs/adr/0030.
    Source: CP 2008/944/CFSP Art. 8; Reg. (EU) 2021/821 Art. 26; Reg. (EU) 2019/125 Art. 26.
    """
    count = _count_in_one_piece(regime, year, now)
    audit.lock_ledger()
    last = Edition.objects.newest(regime, year)
    if not count.figures if last is None else last.digest == count.digest:
        return None
    edition = Edition.of(count, drafted_at=now)
    edition.save(force_insert=True)
    audit.record("edition.drafted", subject=edition, by=by, at=now, after={"digest": count.digest})
    return edition


def _count_in_one_piece(regime: str, year: int, now: datetime) -> YearCount:
    """Count until no act was recorded meanwhile; if the exchange is too busy, hold it for the last try."""
    for _try in range(TRIES):
        before = _acts_recorded()
        count = statistics.count_year(regime, year, now=now)
        if _acts_recorded() == before:
            return count
    audit.lock_ledger()
    return statistics.count_year(regime, year, now=now)


def _acts_recorded() -> int:
    return Ledger.objects.get(id=1).audit_sequence
