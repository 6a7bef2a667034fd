"""Editions: checked, signed off, frozen, the same byte for byte later, corrections listed, held back in public."""

from datetime import UTC, datetime
from typing import Any

import pytest

from accounts import actions as house
from accounts.law.errors import FieldMissing, NotCompetent
from accounts.law.settings import DENIALS_BY_STATE
from accounts.roles import SYSTEM
from denials.law.transactions import Destination
from reports import actions
from reports.actions.freezing import EditionStale, EditionUnchanged
from reports.law.figures import Figure, Measure, YearCount
from reports.law.reconciliation import fails, reconcile
from reports.models import FrozenEdition
from reports.statistics import count_year
from reports.statistics.register import register_sums
from tests import standing as states
from tests.factories import MARCH, a_historic_denial, an_application, consultations
from tests.reports.given import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


def records(supervisor: Any) -> None:
    """A return and four denials of 2024."""
    deliver(supervisor, "destination,ml,licences,value\nIL,ML1; ML2,3,100\nIL,ML3,1,7\nGN,Total,5,9\n", sign=True)
    for place in ("IL", "IL", "GN"):
        a_historic_denial(destinations=(Destination(place),))
    a_historic_denial("DE")


pytest_generate_tests, standing = states.kept({"supervisor": states.member("supervisor"), "year": records})
supervisor, year = map(states.copied, ("supervisor", "year"))


def freeze(by: Any, remark: str = "", now: datetime = MARCH) -> FrozenEdition:
    actions.draft_edition(regime="arms", year=2024, by=SYSTEM, now=now)
    from reports.models import Edition

    return actions.freeze_edition(
        edition_id=Edition.objects.newest("arms", 2024).pk, remark=remark, by=by.principal, now=now
    )


class TestReconciliation:
    def test_tables_agree_with_register_and_returns(self, year: None, consulting_officer: Any) -> None:
        consultations(consulting_officer, an_application(consulting_officer))
        for of in (2024, 2026):
            checks = reconcile(count_year("arms", of, now=MARCH), register_sums("arms", of, now=MARCH))
            assert fails(checks) == ()
            assert len(checks) > 15

    @pytest.mark.parametrize("measure", [Measure.DENIALS, Measure.LICENCES_ISSUED, Measure.VALUE_LICENSED])
    def test_one_figure_too_many_is_found(self, year: None, measure: Measure) -> None:
        count = count_year("arms", 2024, now=MARCH)
        wrong = YearCount("arms", 2024, 1, (*count.figures, Figure(measure, "NL", "IL", value=1)))
        assert fails(reconcile(wrong, register_sums("arms", 2024, now=MARCH)))


class TestFreezing:
    def test_a_draft_that_is_no_longer_true_is_not_frozen(self, year: None, eeas: Any) -> None:
        edition = actions.draft_edition(regime="arms", year=2024, by=SYSTEM, now=MARCH)
        assert edition is not None
        a_historic_denial()
        with pytest.raises(EditionStale):
            actions.freeze_edition(edition_id=edition.pk, remark="", by=eeas.principal, now=MARCH)

    def test_a_later_edition_lists_what_it_corrects(self, year: None, eeas: Any) -> None:
        freeze(eeas)
        with pytest.raises(EditionUnchanged):
            freeze(eeas)
        a_historic_denial(destinations=(Destination("GN"),))
        with pytest.raises(FieldMissing):
            freeze(eeas)
        second = freeze(eeas, "One came late.")
        assert second.number == 2
        changed = [one for one in second.corrections if one["measure"] == "denials"]
        assert [(one["authority"], one["destination"], one["before"], one["after"]) for one in changed] == [
            ("NL", "GN", 1, 2)
        ]

    def test_only_the_regimes_secretariat_signs(self, year: None, supervisor: Any, commission: Any) -> None:
        for other in (supervisor, commission):
            with pytest.raises(NotCompetent):
                freeze(other)


class TestThePublicEdition:
    def test_a_state_is_shown_once_each_of_its_authorities_consents(self, year: None, eeas: Any) -> None:
        from accounts.models import Authority

        first = freeze(eeas)
        assert rows(first, "denials_by_authority")["NL"] == ["c"]
        assert rows(first, "denials_by_destination") == {"GN": [1], "IL": [3]}
        for code in ("NL", "NL-BZ"):
            if authority := Authority.objects.filter(code=code).first():
                since = datetime(2026, 3, 3, tzinfo=UTC).date()
                house.change_setting(
                    authority=authority, name=DENIALS_BY_STATE, value="public", since=since, by=SYSTEM, now=MARCH
                )
        a_historic_denial()
        second = freeze(eeas, "One came late.", datetime(2026, 3, 4, 9, tzinfo=UTC))
        assert "NL" in second.manifest["disclosure"]["consents"]
        assert rows(second, "denials_by_authority")["NL"] == [4]


def rows(frozen: FrozenEdition, name: str) -> dict[str, list[Any]]:
    """The denials of a public table by its key."""
    (table,) = [one for one in frozen.words["public"]["tables"] if one["name"] == name]
    return {row[0][0]: row[2][:1] for row in table["rows"]}
