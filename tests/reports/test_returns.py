"""Annual returns: read as they are, checked, signed off by a supervisor, corrected by a later version, counted once."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.law.errors import NotCompetent, TransitionRefused
from accounts.models import AuditRecord, Notice
from reports import actions, imports
from reports.law.figures import Measure
from reports.law.returns import MethodUnknown, ReturnRefused, ReturnUnexplained, YearNotOver
from reports.models import AnnualReturn, ReturnReminder
from reports.statistics import count_year
from reports.statistics.returns import expected
from reports.tasks import remind_of_returns
from tests.factories import MARCH
from tests.reports.given import deliver, sums

pytestmark = pytest.mark.django_db

PUBLISHED = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(autouse=True)
def march(clock: Any) -> Any:
    clock.set(MARCH)
    return clock


def published(*names: str) -> list[tuple[str, bytes]]:
    return [(name, (PUBLISHED / name).read_bytes()) for name in names]


def found(kept: AnnualReturn) -> list[tuple[str, str, str]]:
    """Rule, row and what was printed, of what needs a word."""
    return [
        (one["rule"], one["params"].get("row", ""), one["params"].get("printed", ""))
        for one in kept.findings
        if one["severity"] != "note"
    ]


class TestThePrintedErrorsOfTheDutchReport:
    """Given the tables of the report of 2024, when they are delivered as a return, then its errors are found."""

    def test_the_regions_do_not_add_up_and_two_differ_from_the_countries(self, supervisor: Any) -> None:
        files = published("table2_regions_2024.csv", "table7_value_per_ml_2024.csv", "table8_value_country_ml_2024.csv")
        kept = deliver(supervisor, files=files)
        assert kept.errors == 0
        assert sorted(found(kept)) == [
            ("share_disagrees", "north_america", "3.43"),
            ("sum_of_lines_disagrees", "VARIOUS", "49220000"),
            ("sum_of_lines_disagrees", "north_america", "92180000"),
            ("total_disagrees", "", "1867950000"),
        ]
        (total,) = [one for one in kept.findings if one["rule"] == "total_disagrees"]
        assert total["params"]["added"] == "1867590000"

    def test_the_denied_value_of_global_licences_is_more_than_the_total(self, supervisor: Any) -> None:
        kept = deliver(supervisor, regime="dual_use", files=published("dual_use_licences_2024.csv"))
        assert found(kept) == [("total_disagrees", "", "14000000")]
        assert kept.findings[0]["params"]["added"] == "104000000"

    def test_a_figure_that_names_two_years_is_found(self, supervisor: Any) -> None:
        kept = deliver(supervisor, files=published("eu_figures.csv"))
        years = [one["params"]["value"] for one in kept.findings if one["rule"] == "year_ambiguous"]
        assert years == ["2022 (printed) / 2023 (meant)", "previous year"]

    def test_the_values_of_all_member_states_add_up_as_printed(self, supervisor: Any) -> None:
        """298,619,441,375 euro: the table is right."""
        lines = (PUBLISHED / "table6_eu_licence_value_2023.csv").read_text().replace("member_state_nl", "country")
        read = imports.read_files([("table6.csv", lines.encode())], regime="arms", year=2023)
        assert sum(line.value_licensed or 0 for line in read.lines) == 298_619_441_375
        assert [one.rule for one in read.findings] == []

    def test_a_list_of_29_members_of_nato_that_holds_30_names_is_found(self, supervisor: Any) -> None:
        names = (
            "Albania, Belgium, Bulgaria, Canada, Croatia, Czechia, Denmark, Estonia, Finland, France, Germany, Greece, "
            "Hungary, Iceland, Italy, Latvia, Lithuania, Luxembourg, Montenegro, Netherlands, North Macedonia, Norway, "
            "Poland, Portugal, Romania, Slovakia, Slovenia, Spain, Turkey, United Kingdom"
        )
        kept = deliver(supervisor, method_note=f"EU/NATO+ are the 29 NATO members: {names}")
        assert [(one["rule"], one["params"]["printed"], one["params"]["added"]) for one in kept.findings[:1]] == [
            ("list_disagrees", "29", "30")
        ]
        (members,) = [one for one in kept.findings if one["rule"] == "members_disagree"]
        assert members["params"]["missing"] == "SE, US"


class TestReading:
    def test_a_row_that_cannot_be_read_is_named_and_the_return_is_not_signed(self, supervisor: Any) -> None:
        kept = deliver(supervisor, "destination,ml,licences,value\nIL,ML1,2,1000\nIL,ML2,many,1\nGN,ML3,1,-5\n")
        assert [(one["rule"], one["place"]) for one in kept.findings if one["severity"] == "error"] == [
            ("number_unreadable", "return, row 3"),
            ("number_negative", "return, row 4"),
        ]
        with pytest.raises(ReturnRefused):
            actions.sign_return(return_id=kept.pk, explanation="", by=supervisor.principal, now=MARCH)

    @pytest.mark.parametrize(
        ("printed", "euro"), [("0.63", 630_000), ("1,5", 1_500_000), ("1.867,95", 1_867_950_000), ("", None)]
    )
    def test_values_in_millions_become_whole_euro(self, printed: str, euro: int | None) -> None:
        text = f'land;ML;vergunningen;waarde (mln EUR)\nAU;ML2;1;"{printed}"\n'
        (line,) = imports.read_files([("r.csv", text.encode())], regime="arms", year=2024).lines
        assert line.value_licensed == euro

    def test_a_licence_in_several_categories_is_parted_equally_and_counts_once(self, supervisor: Any) -> None:
        kept = deliver(supervisor, "destination,ml,licences,value\nIL,ML3; ML6; ML10,2,100\n", sign=True)
        assert [(one.category, one.value_licensed, one.once, one.in_category) for one in kept.lines.all()] == [
            ("ML3", 34, 2, 2),
            ("ML6", 33, 0, 2),
            ("ML10", 33, 0, 2),
        ]
        assert sums("arms", Measure.LICENCES_ISSUED, "category", year=2024) == {"": 2}
        assert sums("arms", Measure.LICENCES_BY_CATEGORY, "category", year=2024) == {"ML3": 2, "ML6": 2, "ML10": 2}
        assert sums("arms", Measure.VALUE_LICENSED, "authority", year=2024) == {"NL": 100}

    def test_a_licence_to_several_destinations_counts_once_under_various(self, supervisor: Any) -> None:
        text = "licence number,destination,ml,value\nA1,IL,ML1,10\nA1,JO,ML1,20\nA2,JO,ML2,5\n"
        deliver(supervisor, text, sign=True)
        assert sums("arms", Measure.LICENCES_ISSUED, "destination", year=2024) == {"VARIOUS": 1, "JO": 1}
        assert sums("arms", Measure.LICENCES_BY_DESTINATION, "destination", year=2024) == {"IL": 1, "JO": 2}
        assert sums("arms", Measure.VALUE_LICENSED, "destination", year=2024) == {"IL": 10, "JO": 25}

    def test_a_stated_total_counts_and_its_rows_may_exceed_it(self, supervisor: Any) -> None:
        text = "destination,ml,licences,value\nIL,ML1,2,10\nIL,ML2,2,20\nIL,Total,3,30\n"
        kept = deliver(supervisor, text, sign=True)
        assert kept.findings == []
        assert sums("arms", Measure.LICENCES_ISSUED, "destination", year=2024) == {"IL": 3}
        assert sums("arms", Measure.LICENCES_BY_CATEGORY, "category", year=2024) == {"ML1": 2, "ML2": 2}
        assert sums("arms", Measure.VALUE_LICENSED, "authority", year=2024) == {"NL": 30}

    def test_brokering_of_2008_gives_the_published_numbers(self) -> None:
        """243 issued and 1 refused."""
        lines = imports.read_files(published("eu_brokering_2008.csv"), regime="arms", year=2008).lines
        seen: dict[str, dict[str, int]] = {"issued": {}, "refused": {}}
        for line in lines:
            seen[line.decision][line.licence] = line.number or 0
        assert {decision: sum(rows.values()) for decision, rows in seen.items()} == {"issued": 243, "refused": 1}

    def test_a_workbook_gives_a_table_for_each_sheet(self, supervisor: Any) -> None:
        import io

        from openpyxl import Workbook

        book = Workbook()
        book.active.title = "Licences"
        for row in (["destination", "ML", "licences", "value"], ["IL", "ML1", 2, 1000]):
            book.active.append(row)
        sheet = book.create_sheet("Missions")
        for row in (["destination", "mission", "licences"], ["LB", "UNIFIL", 1]):
            sheet.append(row)
        content = io.BytesIO()
        book.save(content)
        kept = deliver(supervisor, files=[("return.xlsx", content.getvalue())], sign=True)
        assert [(one.section, one.destination) for one in kept.lines.order_by("position")] == [
            ("licences", "IL"),
            ("missions", "LB"),
        ]
        assert sums("arms", Measure.MISSION_LICENCES, "dimension", year=2024) == {"mission=UNIFIL": 1}


class TestSignOff:
    def test_nothing_counts_before_a_supervisor_signs(self, supervisor: Any) -> None:
        kept = deliver(supervisor)
        assert count_year("arms", 2024, now=MARCH).figures == ()
        signed = actions.sign_return(return_id=kept.pk, explanation="", by=supervisor.principal, now=MARCH)
        assert (signed.version, signed.state) == (1, "signed")
        assert sums("arms", Measure.LICENCES_ISSUED, "authority", year=2024) == {"NL": 3}
        acts = list(AuditRecord.objects.filter(act__startswith="return.").values_list("act", flat=True))
        assert acts == ["return.delivered", "return.signed"]
        assert set(Notice.objects.filter(kind="return.signed").values_list("recipient__code", flat=True)) == {"EEAS"}

    def test_a_correction_is_a_later_version_and_takes_the_place_of_the_first(self, supervisor: Any) -> None:
        deliver(supervisor, sign=True)
        second = deliver(supervisor, "destination,ml,licences,value\nIL,ML1,5,900\n", sign=True, explanation="Late.")
        assert second.version == 2
        assert sums("arms", Measure.LICENCES_ISSUED, "authority", year=2024) == {"NL": 5}
        changed = {(one["category"], one["measure"]): (one["before"], one["after"]) for one in second.changes}
        assert changed["ML1", "number"] == (2, 5)
        assert changed["ML2", "number"] == (1, 0)

    def test_warnings_need_a_word(self, supervisor: Any) -> None:
        kept = deliver(supervisor, "destination,ml,licences,value\nCongo,ML1,1,10\n")
        with pytest.raises(ReturnUnexplained):
            actions.sign_return(return_id=kept.pk, explanation=" ", by=supervisor.principal, now=MARCH)
        actions.sign_return(return_id=kept.pk, explanation="As printed.", by=supervisor.principal, now=MARCH)

    def test_what_is_signed_is_never_changed(self, supervisor: Any) -> None:
        kept = deliver(supervisor, sign=True)
        with pytest.raises(TransitionRefused):
            actions.discard_return(return_id=kept.pk, by=supervisor.principal, now=MARCH)
        for statement in (
            "UPDATE reports_annualreturn SET year = 1999",
            "DELETE FROM reports_returnline",
            "UPDATE reports_returnline SET number = 1",
            "UPDATE reports_returnfigure SET value = 1",
            "DELETE FROM reports_returnfigure",
            "INSERT INTO reports_returnfigure (annual_return_id, measure, destination, category, entry, criterion,"
            " outcome, dimension, value) SELECT annual_return_id, measure, destination, category, entry, criterion,"
            " outcome, dimension, value FROM reports_returnfigure LIMIT 1",
        ):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)

    def test_a_dry_run_may_be_given_up(self, supervisor: Any) -> None:
        kept = actions.discard_return(return_id=deliver(supervisor).pk, by=supervisor.principal, now=MARCH)
        assert (kept.state, kept.lines.count()) == ("discarded", 0)

    def test_refusals(self, supervisor: Any, stranger: Any) -> None:
        kept = deliver(supervisor)
        with pytest.raises(NotCompetent):
            actions.sign_return(return_id=kept.pk, explanation="", by=stranger.principal, now=MARCH)
        with pytest.raises(YearNotOver):
            deliver(supervisor, year=2026)
        with pytest.raises(MethodUnknown):
            deliver(supervisor, method={"renewals": "perhaps"})
        with pytest.raises(imports.FileRefused):
            deliver(supervisor, "nothing,known\n1,2\n")


class TestReminders:
    def test_who_owes_a_return_is_reminded_once_for_each_moment(self, supervisor: Any, march: Any) -> None:
        march.set(datetime(2026, 7, 1, 6, tzinfo=UTC))
        deliver(supervisor, year=2025, sign=True)
        remind_of_returns()
        remind_of_returns()
        told = Notice.objects.filter(kind="return.due", reference__contains=" arms ")
        assert not told.filter(recipient__code="NL").exists()
        assert told.filter(recipient__code="SE").count() == 1
        owing = sum(map(len, expected("arms", 2025).values()))
        assert ReturnReminder.objects.filter(regime="arms").count() == told.count() == owing - 1

    def test_nobody_is_reminded_before_its_time(self) -> None:
        remind_of_returns()
        assert not ReturnReminder.objects.exists()
