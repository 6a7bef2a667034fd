"""Files: tidy figures with exact columns, tables, footnotes; formulas made harmless; the command and its refusals."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from denials.law.content import StatedItem
from denials.law.transactions import Destination
from reports.exports import report_of, table_csv, tidy_csv, year_files
from reports.exports.portal import sdmx_csv
from reports.law.figures import Figure, Measure, YearCount, in_order
from reports.law.tables import tables
from reports.statistics import count_year
from tests.factories import MARCH, a_historic_denial
from tests.reports.given import deliver

pytestmark = pytest.mark.django_db

TIDY = "year,regime,authority,destination,category,entry,criterion,outcome,dimension,measure,value"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def count(*figures: Figure) -> YearCount:
    return YearCount("arms", 2024, 1, in_order(figures))


class TestTidy:
    def test_it_has_exactly_the_agreed_columns(self) -> None:
        assert tidy_csv(count()) == f"{TIDY}\r\n"

    def test_a_row_says_one_figure_and_leaves_empty_what_does_not_apply(self) -> None:
        figure = Figure(Measure.CONSULTATIONS_BY_OUTCOME, "NL", outcome="lapsed", value=3)
        assert tidy_csv(count(figure)).splitlines()[1] == "2024,arms,NL,,,,,lapsed,,consultations_by_outcome,3"

    def test_it_holds_neither_totals_nor_zeros_and_every_cell_adds_up(self) -> None:
        for place, code in (("IL", "ML1"), ("IL", "ML15"), ("GN", "ML1")):
            a_historic_denial(destinations=(Destination(place),), items=(StatedItem.stated(code, description="x"),))
        tidy = rows(tidy_csv(count_year("arms", 2024, now=MARCH)))
        assert {row["authority"] for row in tidy} == {"NL"}
        assert all(int(row["value"]) > 0 for row in tidy)
        by_place = [(row["destination"], row["value"]) for row in tidy if row["measure"] == "denials"]
        assert by_place == [("GN", "1"), ("IL", "2")]


class TestRecomputed:
    """Given the files alone, when a stranger adds them up, then the cells of the tables come out."""

    def test_regions_and_percentages_follow_from_the_files(self, supervisor: Any) -> None:
        deliver(supervisor, "destination,ml,licences,value\nIL,ML1,1,10\nEG,ML2,2,20\nDE,ML1,1,5\n", sign=True)
        a_historic_denial()
        files = year_files(count_year("arms", 2024, now=MARCH), "csv")
        region = {row["destination"]: row["region"] for row in rows(files["regions.csv"])}
        sums: Counter[str] = Counter()
        for row in rows(files["tidy.csv"]):
            if row["measure"] == "value_licensed_eur":
                sums[region[row["destination"]]] += int(row["value"])
        printed = {row["region"]: row["value_licensed_eur"] for row in rows(files["licences_by_region.csv"])}
        assert {name: int(value) for name, value in printed.items() if name} == dict(sums)
        for row in rows(files["denials_by_criterion.csv"]):
            assert float(row["share"]) == round(100 * int(row["criterion_cited"]) / int(row["share_of"]), 1)


class TestFormulas:
    @pytest.mark.parametrize(
        "text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠A1", " =1", "\u3000＝1"]
    )
    def test_a_text_that_would_be_a_formula_stands_behind_an_apostrophe(self, text: str) -> None:
        figure = Figure(Measure.DENIALS_BY_ENTRY, "NL", "IL", entry=text, value=1)
        (row,) = rows(tidy_csv(count(figure)))
        assert row["entry"] == f"'{text}"
        (shown,) = [one for one in report_of(count(figure)).tables if one.table.name == "denials_by_entry"]
        assert rows(table_csv(shown))[0]["entry"] == f"'{text}"
        assert rows(sdmx_csv(report_of(count(figure))))[0]["ENTRY"] == f"'{text}"

    def test_numbers_stay_numbers(self) -> None:
        (row,) = rows(tidy_csv(count(Figure(Measure.DENIALS, "NL", "IL", value=12))))
        assert row["value"] == "12"


class TestFiles:
    def test_the_language_of_the_reader_changes_no_byte(self) -> None:
        figures = count(
            Figure(Measure.DENIALS, "NL", "IL", value=1), Figure(Measure.DENIALS, "NO", "XX:Congo", value=1)
        )
        with override("de"):
            german = year_files(figures, "csv") | year_files(figures, "json")
        assert german == year_files(figures, "csv") | year_files(figures, "json")
        assert "EU Member States" in german["denials_by_authority.csv"]

    def test_json_mirrors_the_tables_with_titles_footnotes_and_denominators(self) -> None:
        files = year_files(count(Figure(Measure.DENIALS, "NL", "IL", value=2)), "json")
        report = json.loads(files["report.json"])
        assert (report["regime"], report["year"], len(report["tables"])) == ("arms", 2024, len(files) - 2)
        criteria = json.loads(files["denials_by_criterion.json"])
        assert criteria["denominators"] == {"share_of_stating": 2}
        assert criteria["rows"][0] == {
            "criterion": "1",
            "label": "1 International obligations and sanctions",
            "criterion_cited": 0,
            "share": 0.0,
            "share_of": 2,
        }
        assert criteria["notes"]
        by_state = next(one for one in report["tables"] if one["name"] == "denials_by_authority")
        assert by_state["title"] == "Denials by issuing state"
        assert by_state["rows"] == [{"authority": "NL", "label": "Netherlands", "denials": 2}]
        assert by_state["totals"] == [{"total": "eu", "authority": "", "label": "EU Member States", "denials": 2}]


def report(
    directory: Path, regime: str = "arms", year: int | str = 2024, form: str = "csv", edition: str = "now"
) -> None:
    options = ["--regime", regime, "--year", str(year), "--format", form, "--out", str(directory)]
    options += ["--edition", edition]
    call_command("annual_report", *options, verbosity=0)


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def march(self, clock: Any) -> Iterator[None]:
        clock.set(MARCH)
        return

    @pytest.mark.parametrize("form", ["csv", "json"])
    def test_it_writes_one_file_per_table_and_the_tidy_figures(self, tmp_path: Path, form: str) -> None:
        a_historic_denial()
        report(tmp_path / "new" / "place", form=form)
        names = {file.name for file in (tmp_path / "new" / "place").iterdir()}
        extra = {"tidy.csv", "notes.csv", "regions.csv"} if form == "csv" else {"tidy.csv", "report.json"}
        assert names == {f"{one.name}.{form}" for one in tables(count())} | extra
        text = (tmp_path / "new" / "place" / "tidy.csv").read_text(encoding="utf-8")
        assert "2024,arms,NL,IL,,,,,,denials,1" in text.splitlines()

    def test_the_same_records_give_the_same_bytes(self, tmp_path: Path) -> None:
        a_historic_denial()
        for place in ("one", "two"):
            report(tmp_path / place)
        for file in (tmp_path / "one").iterdir():
            assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()

    @pytest.mark.parametrize(
        ("options", "named"),
        [
            ({"regime": "nuclear"}, "--regime"),
            ({"year": 1997}, "--year"),
            ({"year": 2027}, "--year"),
            ({"regime": "torture", "year": 2005}, "--year"),
            ({"year": -5}, "--year"),
            ({"year": "soon"}, "--year"),
            ({"form": "docx"}, "--format"),
            ({"edition": "full"}, "--edition"),
        ],
    )
    def test_wrong_usage_names_the_option_and_writes_nothing(self, tmp_path: Path, options: Any, named: str) -> None:
        with pytest.raises(CommandError, match=named) as refusal:
            report(tmp_path / "none", **options)
        assert refusal.value.returncode in (1, 2)  # 1: what the command line itself refuses, there with status 2
        assert not (tmp_path / "none").exists()

    def test_a_place_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("in the way")
        with pytest.raises(CommandError, match=r"--out: .*file") as refusal:
            report(tmp_path / "file")
        assert refusal.value.returncode == 2
