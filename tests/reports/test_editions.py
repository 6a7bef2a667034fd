"""Drafts: kept once a day where something changed, written once, on the audit trail."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import AuditRecord
from accounts.models.record import ImmutableRow
from accounts.roles import SYSTEM
from reports import actions
from reports.models import Edition
from reports.statistics import count_year
from reports.tasks import draft_annual_tables
from tests.factories import MARCH, a_historic_denial

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


def draft() -> Edition:
    edition = actions.draft_edition(regime="torture", year=2026, by=SYSTEM, now=MARCH)
    assert edition is not None
    return edition


def test_a_draft_holds_the_figures_as_counted_and_the_state_of_the_register() -> None:
    a_historic_denial("NL", "torture")
    edition = draft()
    assert edition.count() == count_year("torture", 2026, now=MARCH)
    assert (edition.register_sequence, edition.digest) == (1, edition.count().digest)


def test_it_is_on_the_audit_trail() -> None:
    a_historic_denial("NL", "torture")
    edition = draft()
    (record,) = AuditRecord.objects.filter(act="edition.drafted")
    assert (record.subject_id, record.actor_kind) == (str(edition.pk), "system")


def test_unchanged_figures_make_no_new_draft_and_changed_ones_do() -> None:
    a_historic_denial("NL", "torture")
    first = draft()
    assert actions.draft_edition(regime="torture", year=2026, by=SYSTEM, now=MARCH) is None
    a_historic_denial("DE", "torture")
    assert draft().digest != first.digest


def test_a_year_without_a_figure_has_no_draft() -> None:
    assert actions.draft_edition(regime="arms", year=2026, by=SYSTEM, now=MARCH) is None


def test_the_daily_sweep_drafts_this_year_and_the_last_and_may_run_twice() -> None:
    a_historic_denial("NL", "torture")
    a_historic_denial("NL", "dual_use")
    a_historic_denial("NL", "arms")
    draft_annual_tables()
    draft_annual_tables()
    assert set(Edition.objects.values_list("regime", "year")) == {("torture", 2026), ("dual_use", 2025)}
    assert Edition.objects.count() == 2


def test_a_draft_is_written_once() -> None:
    a_historic_denial("NL", "torture")
    edition = draft()
    with pytest.raises(ImmutableRow):
        edition.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.update(year=1999)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_edition")
