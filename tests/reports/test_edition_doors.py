"""Editions, years, indicators and shares by page, REST and command; the static public page."""

import json
import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.models import FrozenEdition
from reports.tasks import draft_annual_tables
from reports.views.charts import lines
from tests import standing as states
from tests.factories import MARCH, a_historic_denial, an_application, consultations
from tests.reports.given import deliver

pytestmark = pytest.mark.django_db

PAGE = "/reports/arms/2024/editions/"
API = "/api/v1/reports/arms/2024/"


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


def records(supervisor: Any) -> None:
    """A return and two denials of 2024."""
    deliver(supervisor, "destination,ml,licences,value\nIL,ML1,3,60\nDE,ML2,1,30\nGlobaal,ML2,1,10\n", sign=True)
    a_historic_denial()
    a_historic_denial("DE")


pytest_generate_tests, standing = states.kept({"supervisor": states.member("supervisor"), "year": records})
supervisor, year = map(states.copied, ("supervisor", "year"))


class TestThePage:
    def test_from_draft_to_frozen_edition_and_its_files(self, year: None, eeas: Any, stranger: Any) -> None:
        shown = eeas.web.get(PAGE).content.decode()
        assert "There is no draft yet." in shown
        assert eeas.web.post(f"{PAGE}draft/").status_code == 302
        assert "Sign off and freeze" in eeas.web.get(PAGE).content.decode()
        assert eeas.web.post(f"{PAGE}freeze/", {"confirm": "1"}).status_code == 302
        frozen = FrozenEdition.objects.get()
        seen = stranger.web.get(PAGE).content.decode()
        assert frozen.digest in seen
        assert "Sign off and freeze" not in seen
        for name in ("report.xlsx", "report.pdf", "tidy.csv", "dcat.jsonld", "manifest.json"):
            assert stranger.web.get(f"{PAGE}1/public/{name}").status_code == 200, name
        assert stranger.web.get(f"{PAGE}1/secret/report.xlsx").status_code == 404
        page = stranger.web.get(f"{PAGE}1/public/index.html")
        assert page["Content-Type"].startswith("text/html")
        assert "Denials by destination" in page.content.decode()
        assert '<td class="number" data-label="Denials">2</td>' in page.content.decode()
        assert stranger.web.get(f"{PAGE}1/public/style.css").status_code == 200
        assert stranger.web.get(f"{PAGE}1/full/index.html").status_code == 404

    def test_years_indicators_and_shares(self, year: None, consulting_officer: Any) -> None:
        consultations(consulting_officer, an_application(consulting_officer))
        draft_annual_tables()
        for path in ("years/", "2026/indicators/", "2024/shares/", "2024/shares/?category=ML2"):
            answer = consulting_officer.web.get(f"/reports/arms/{path}")
            assert answer.status_code == 200
            assert "style=" not in answer.content.decode().split("<main")[1]
        shares = consulting_officer.web.get("/reports/arms/2024/shares/").content.decode()
        assert "Share of licensed value of reporting states" in shares
        assert "US" in shares
        assert "What the sums do not hold" in shares
        years = consulting_officer.web.get("/reports/arms/years/").content.decode()
        assert re.search(r'data-label="2026">[1-9]', years), "in one column each number says its year"

    def test_the_names_of_lines_that_end_together_stand_apart(self) -> None:
        chart = lines("x", [2024, 2025], [(str(at), [at, 0]) for at in range(1, 7)])
        assert chart is not None
        stands = sorted(one.label_y for one in chart.series)
        assert all(later - sooner >= 13 for sooner, later in pairwise(stands))

    def test_the_map_draws_each_destination(self, stranger: Any) -> None:
        from denials.law.transactions import Destination

        for place in ("IL", "IL", "GN"):
            a_historic_denial(destinations=(Destination(place),))
        shown = stranger.web.get("/reports/arms/2024/").content.decode()
        assert re.search(r'role="img" aria-label="Denials by destination: .*Israel 2', shown)

    def test_a_remark_that_is_too_long_is_said_and_nothing_is_frozen(self, year: None, eeas: Any) -> None:
        eeas.web.post("/reports/arms/2024/editions/draft/", {})
        refused = eeas.web.post("/reports/arms/2024/editions/freeze/", {"remark": "x" * 2001})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["remark"])
        assert not FrozenEdition.objects.exists()


class TestREST:
    def test_the_secretariat_freezes_and_everybody_entitled_reads(self, year: None, eeas: Any, client_se: Any) -> None:
        assert client_se.api.post(f"{API}editions/", {}).status_code == 403
        answer = eeas.web.post(f"{API}editions/", {}, content_type="application/json")
        assert answer.status_code == 201, answer.content
        listed = client_se.api.get(f"{API}editions/").json()["editions"]
        assert [one["number"] for one in listed] == [1]
        full, public = (client_se.api.get(f"{API}?edition={one}").json() for one in ("full", "public"))
        assert (full["edition"], public["edition"]) == ("full", "public")
        (by_state,) = [one for one in public["tables"] if one["name"] == "denials_by_authority"]
        assert {row["authority"]: row["denials"] for row in by_state["rows"]}["NL"] == "c"
        tidy = client_se.api.get(f"{API}editions/1/full/tidy.csv")
        assert tidy.content.decode() == client_se.api.get(f"{API}tidy.csv?edition=full").content.decode()
        assert client_se.api.get(f"{API}editions/2/full/tidy.csv").status_code == 404
        again = eeas.web.post(f"{API}editions/", {}, content_type="application/json")
        assert (again.status_code, again.json()["code"]) == (409, "edition_unchanged")

    def test_shares_and_indicators(self, year: None, client_se: Any) -> None:
        rows = {(one["group"], one["target"]): one for one in client_se.api.get(f"{API}shares/").json()}
        union = rows["eu", "eu"]
        assert (union["inside"], union["outside"], union["not_allocated"], union["whole"]) == (30, 60, 10, 100)
        assert union["percent"] == 30.0
        assert union["reporting"] == ["NL"]
        assert "SE" in union["missing"]
        assert {"US", "GB", "CA", "TR"} <= set(rows["nato", "eu"]["never"])
        assert len(client_se.api.get(f"{API}indicators/").json()["indicators"]) == 4


class TestTheCommands:
    def test_a_frozen_edition_is_written_as_signed_and_its_public_page_stands_alone(
        self, year: None, eeas: Any, tmp_path: Path
    ) -> None:
        eeas.web.post(f"{API}editions/", {}, content_type="application/json")
        for edition, form in (
            ("full", "csv"),
            ("full", "xlsx"),
            ("public", "json"),
            ("public", "sdmx"),
            ("now", "csv"),
        ):
            out = tmp_path / edition
            options = {"regime": "arms", "year": 2024, "edition": edition, "format": form, "out": out, "verbosity": 0}
            call_command("annual_report", **options)
            assert (out / "tidy.csv").exists()
        manifest = json.loads((tmp_path / "public" / "manifest.json").read_text())
        assert set(manifest) == {"regime", "year", "number", "signed_at", "rules", "digest", "files"}
        call_command("public_page", regime="arms", year=2024, out=tmp_path, verbosity=0)
        page = (tmp_path / "index.html").read_text()
        assert "Denials by destination" in page
        assert not re.search(r'(?:src|href)="(?:https?:)?//|<script|style="', page)
        for name in re.findall(r'href="([^"#]+)"', page):
            assert (tmp_path / name).exists(), name

    def test_without_one_it_refuses(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="--edition"):
            call_command("annual_report", regime="arms", year=2024, edition="full", out=tmp_path)
