"""What the pages say: deadlines twice, places by name, unresolved destinations as unresolved, differences marked."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template
from django.utils.functional import SimpleLazyObject
from django.utils.translation import override

from accounts.roles import Principal
from accounts.templatetags import charts, parts, words

HAGUE = ZoneInfo("Europe/Amsterdam")
END = datetime(2026, 12, 5, tzinfo=HAGUE)  # the first instant after Friday 4 December


def shown(source: str, **context: object) -> str:
    return " ".join(Template("{% load exchange %}" + source).render(Context(context)).split())


class TestDeadline:
    """A deadline is said twice, and its last hour is 24:00. Reg. 1182/71 Art. 3(2)(b)."""

    def test_local_midnight_is_the_end_of_the_day_before(self) -> None:
        assert words.last_moment(END, HAGUE) == "Fri 4 Dec 2026, 24:00"

    def test_an_end_within_a_day_keeps_its_hour(self) -> None:
        assert words.last_moment(datetime(2026, 12, 4, 11, 30, tzinfo=UTC), HAGUE) == "Fri 4 Dec 2026, 12:30"

    def test_midnight_of_the_place_counts_and_not_of_utc(self) -> None:
        assert words.last_moment(END.astimezone(UTC), HAGUE) == "Fri 4 Dec 2026, 24:00"

    def test_instant_and_days_left_stand_together(self) -> None:
        text = shown("{% due end zone='Europe/Amsterdam' left=3 %}", end=END)
        assert "due Fri 4 Dec 2026, 24:00 (The Hague)</time>" in text
        assert "3 working days left" in text

    def test_one_day_is_singular(self) -> None:
        assert words.days_left(1) == "1 working day left"

    @pytest.mark.parametrize(("left", "tone"), [(0, "short"), (2, "short"), (3, "plain"), (None, "plain")])
    def test_two_working_days_or_fewer_are_amber(self, left: int | None, tone: str) -> None:
        assert words.deadline_facts(END, HAGUE, "", left, None, settled=False)["tone"] == tone

    def test_from_the_first_instant_after_it_the_period_has_ended(self) -> None:
        for now in (END, SimpleLazyObject(lambda: END)):
            facts = words.deadline_facts(END, HAGUE, "", 0, now, settled=False)
            assert (facts["tone"], facts["remaining"]) == ("overdue", "period ended")

    def test_a_settled_clock_is_neither_short_nor_overdue(self) -> None:
        doubted = words.deadline_facts(END, HAGUE, "", 0, END, settled=False, doubt="held")
        assert (doubted["tone"], doubted["remaining"]) == ("plain", "held")
        facts = words.deadline_facts(END, HAGUE, "", 0, END, settled=True)
        assert (facts["tone"], facts["remaining"]) == ("plain", "")

    def test_no_deadline_is_a_dash(self) -> None:
        assert "–" in shown("{% due end %}", end=None)

    def test_the_language_of_the_reader(self) -> None:
        with override("de"):
            assert words.last_moment(END, HAGUE).startswith("Fr")


class TestPlaces:
    @pytest.mark.parametrize(
        ("zone", "place"), [("Europe/Amsterdam", "The Hague"), ("Europe/Brussels", "Brussels"), (None, "UTC")]
    )
    def test_a_zone_is_named_by_its_place(self, zone: str | None, place: str) -> None:
        assert words.place_of(words.zone_of(zone)) == place

    def test_a_state_has_code_and_name(self) -> None:
        assert words.state_name("NL") == "NL Netherlands"
        with override("fr"):
            assert words.state_name("NL") == "NL Pays-Bas"

    def test_a_record_is_named_in_the_language_of_the_reader_else_in_english(self) -> None:
        state = SimpleNamespace(code="NL", name_en="Netherlands", names={"de": "Niederlande"})
        with override("de"):
            assert words.state_name(state) == "NL Niederlande"
        with override("fr"):
            assert words.state_name(state) == "NL Netherlands"

    @pytest.mark.parametrize(
        ("code", "printed", "said"),
        [
            ("IL", "", "IL Israel"),
            ("VARIOUS", "", "various destinations"),
            ("VARIOUS", "diverse landen", "various destinations (“diverse landen”)"),
            ("", "Congo", "“Congo”, not resolved"),
            ("", "", "not stated"),
        ],
    )
    def test_a_destination_says_no_more_than_the_denial(self, code: str, printed: str, said: str) -> None:
        assert words.destination(SimpleNamespace(code=code, printed=printed)) == said


class TestDifferences:
    @pytest.mark.parametrize(
        ("spans", "expected"),
        [
            ([], "Israeli"),
            ([[6, 7]], "Israel<mark>i</mark>"),
            ([[0, 2], [1, 3]], "<mark>Is</mark><mark>r</mark>aeli"),
            ([[5, 99]], "Israe<mark>li</mark>"),
        ],
    )
    def test_only_what_differs_is_marked(self, spans: list[list[int]], expected: str) -> None:
        assert words.marked("Israeli", spans) == expected

    def test_names_are_text_and_never_markup(self) -> None:
        assert words.marked("<b>&", [[0, 1]]) == "<mark>&lt;</mark>b&gt;&amp;"


class TestCharts:
    def test_bars_are_shares_of_the_largest_value(self) -> None:
        chart = charts.bar_chart("Denials", ["IL", "AE"], [{"label": "2024", "values": [4, 1]}])
        assert [row["bars"][0]["width"] for row in chart["rows"]] == [100, 25]

    def test_no_more_than_six_series(self) -> None:
        chart = charts.bar_chart("x", ["a"], [{"label": str(n), "values": [n]} for n in range(8)])
        assert (len(chart["series"]), chart["left_out"]) == (6, 2)

    def test_each_day_says_why_it_is_not_counted(self) -> None:
        day = charts.strip_day({"date": date(2026, 4, 3), "kind": "holiday", "name": "Good Friday"})
        assert (day["sign"], day["words"]) == ("H", "public holiday, not counted")


class TestParts:
    def test_a_query_string_keeps_what_is_not_replaced(self, rf: Any) -> None:
        request = rf.get("/", {"state": "NL", "page": "3"})
        assert parts.query_with(request.GET, page=4) == "?state=NL&page=4"
        assert parts.query_with(request.GET, page=None) == "?state=NL"

    def test_content_of_a_block_is_not_escaped_and_its_title_is(self) -> None:
        text = shown("{% panel title=name %}<em>x</em>{% endpanel %}", name="<b>")
        assert "&lt;b&gt;" in text
        assert "<em>x</em>" in text

    def test_an_unknown_status_is_said_as_it_is(self) -> None:
        assert "not seen before" in shown('{% status "not_seen_before" %}')


class TestDoors:
    """What a role lacks is absent."""

    def doors(self, rf: Any, *permissions: str, kind: str = "user") -> str:
        request = rf.get("/")
        request.principal = Principal(kind=kind, permissions=frozenset(permissions))
        return shown("{% doors %}{% person_menu %}", request=request)

    def test_a_visitor_sees_none(self, rf: object) -> None:
        assert "<nav" not in self.doors(rf, "denial.read", kind="visitor")

    def test_a_door_needs_its_permission(self, rf: object) -> None:
        assert "/settings/audit/" not in self.doors(rf, "people.read")
        assert "/settings/audit/" in self.doors(rf, "people.read", "audit.read")
