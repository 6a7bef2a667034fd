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

    @pytest.mark.parametrize(
        "measure",
        [
            *(Measure.DENIALS, Measure.LICENCES_ISSUED, Measure.VALUE_LICENSED, Measure.BROKERING_LICENCES),
            *(Measure.BROKERING_DENIALS, Measure.MISSION_VALUE, Measure.DENIALS_REPORTED, Measure.ANSWERS_BY_TIME),
        ],
    )
    def test_one_figure_too_many_is_found(self, year: None, measure: Measure) -> None:
        count = count_year("arms", 2024, now=MARCH)
        wrong = YearCount(
            "arms", 2024, 1, (*count.figures, Figure(measure, "NL", "IL", dimension="time=late", value=1))
        )
        assert fails(reconcile(wrong, register_sums("arms", 2024, now=MARCH)))

    @pytest.mark.parametrize("regime", ["arms", "dual_use", "torture"])
    def test_every_table_is_held_against_something(self, regime: str) -> None:
        """Given one of every figure, then a figure too many is found whatever table prints it."""
        from reports.law.tables import tables

        count = YearCount(regime, 2024, 1, ())
        held = {one.name.partition(".")[0] for one in reconcile(count, {})}
        assert {one.name for one in tables(count)} - held == set()

    def test_brokering_missions_and_answers_agree_too(self, supervisor: Any, consulting_officer: Any) -> None:
        texts = {
            "brokering.csv": "destination,origin,ml,status,licences,value\n"
            "DZ,UA,ML1,issued,2,9\nDZ,UA,Total,issued,2,9\nDZ,CN,ML2; ML3,refused,1,\n",
            "missions.csv": "destination,mission,licences,value\nLB,UNIFIL,1,9\nLB,UNIFIL,2,1\n",
            "a.csv": "destination,ml,licences,denials,e2\nIL,ML1,1,1,1\nIL,Total,1,1,1\n",
        }
        deliver(supervisor, files=[(name, text.encode()) for name, text in texts.items()], sign=True)
        a_historic_denial(activity="brokering")
        count, sums = count_year("arms", 2024, now=MARCH), register_sums("arms", 2024, now=MARCH)
        assert fails(reconcile(count, sums)) == ()
        assert (sums["brokering_licences"], sums["mission_value_eur"], sums["denials_reported"]) == (2, 10, 1)

    def test_applications_of_dual_use_agree_too(self, supervisor: Any) -> None:
        cyber = "destination,item,status,applications\nAE,5A001.f; 5A001.j,granted,1\nAE,4A005,refused,2\n"
        deliver(supervisor, regime="dual_use", files=[("cyber.csv", cyber.encode())], sign=True)
        count = count_year("dual_use", 2024, now=MARCH)
        assert fails(reconcile(count, register_sums("dual_use", 2024, now=MARCH))) == ()


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
