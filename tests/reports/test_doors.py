"""Pages and REST: who sees which tables, the same figures everywhere, numbers that lead to their denials."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from consultations.actions import answer_consultation
from consultations.models import Decision
from denials.law.content import StatedItem
from denials.law.transactions import Destination
from reports.exports import tidy_csv
from reports.statistics import count_year
from reports.tasks import draft_annual_tables
from tests.cast import person
from tests.factories import MARCH, a_consultation, a_historic_denial
from tests.reports.given import deliver

pytestmark = pytest.mark.django_db

PAGE = "/reports/arms/2024/"
API = "/api/v1/reports/arms/2024/"


@pytest.fixture(autouse=True)
def march(clock: Any) -> None:
    clock.set(MARCH)


@pytest.fixture
def norwegian(db: None) -> Any:
    return person("NO", "officer")


class TestWhoSeesThem:
    @pytest.mark.parametrize("who", ["consulting_officer", "stranger", "observer", "supervisor", "auditor", "eeas"])
    def test_every_reader_of_a_regime_sees_its_tables(self, who: str, request: Any) -> None:
        a_historic_denial()
        answer = request.getfixturevalue(who).web.get(PAGE)
        assert answer.status_code == 200
        assert "Netherlands" in answer.content.decode()

    @pytest.mark.parametrize("path", [PAGE, f"{PAGE}tidy.csv", f"{PAGE}report.json", API, f"{API}tidy.csv"])
    def test_a_regime_one_takes_no_part_in_is_not_there(self, commission: Any, path: str) -> None:
        """The Commission has no part in arms."""
        assert commission.web.get(path).status_code == 404
        assert commission.web.get(path.replace("arms", "no_such_regime")).status_code == 404

    def test_norway_sees_arms_only(self, norwegian: Any) -> None:
        a_historic_denial("NL", "dual_use")
        assert norwegian.web.get(PAGE).status_code == 200
        assert norwegian.web.get("/reports/dual_use/2025/").status_code == 404
        index = norwegian.web.get("/reports/").content.decode()
        assert "/reports/arms/2026/" in index
        assert "/reports/dual_use/" not in index

    def test_who_looks_after_people_sees_no_tables(self, administrator: Any) -> None:
        for path in ("/reports/", PAGE, API):
            assert administrator.web.get(path).status_code == 403

    def test_a_visitor_is_asked_to_sign_in(self, client: Any) -> None:
        assert client.get(PAGE).status_code == 302
        assert client.get(API).status_code == 401

    @pytest.mark.parametrize("year", ["1997", "2027", "99999999999999999999", "0"])
    def test_a_year_without_tables_is_not_there(self, consulting_officer: Any, year: str) -> None:
        for path in (f"/reports/arms/{year}/", f"/api/v1/reports/arms/{year}/"):
            assert consulting_officer.web.get(path).status_code == 404

    def test_which_state_consulted_which_is_on_no_page(
        self, consulting_officer: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        thread = a_consultation(consulting_officer, consulted_officer)
        shown = stranger.web.get("/reports/arms/2026/").content.decode()
        assert "Consultations initiated and received" in shown
        assert thread.reference not in shown
        assert thread.application.reference not in shown


class TestThePages:
    def test_the_index_lists_years_with_denials_and_the_current_ones(self, stranger: Any) -> None:
        a_historic_denial("NL", "torture")
        draft_annual_tables()
        shown = stranger.web.get("/reports/").content.decode()
        for path in ("/reports/arms/2026/", "/reports/arms/2025/", "/reports/torture/2026/?edition=draft"):
            assert f'href="{path}"' in shown

    def test_a_table_stands_under_its_chart_with_its_footnotes(self, stranger: Any) -> None:
        a_historic_denial(destinations=(Destination("", "Congo"),))
        shown = stranger.web.get(PAGE).content.decode()
        assert "Denials by destination" in shown
        assert "“Congo”, not resolved" in shown
        assert "counted as printed: Congo." in shown
        assert 'class="x-bars"' in shown

    def test_a_year_without_a_figure_says_so(self, stranger: Any) -> None:
        assert "Nothing to count" in stranger.web.get(PAGE).content.decode()

    def test_it_speaks_the_readers_language(self, stranger: Any) -> None:
        a_historic_denial()
        shown = stranger.web.get(PAGE, headers={"accept-language": "de"}).content.decode()
        assert "Niederlande" in shown

    def test_the_draft_is_shown_as_drafted_and_says_what_has_changed(self, stranger: Any) -> None:
        a_historic_denial("NL", "torture")
        draft_annual_tables()
        a_historic_denial("DE", "torture")
        drafted = stranger.web.get("/reports/torture/2026/?edition=draft").content.decode()
        now = stranger.web.get("/reports/torture/2026/").content.decode()
        assert "figures have changed since" in drafted
        assert "Germany" not in drafted.split("<main")[1]
        assert "Germany" in now.split("<main")[1]

    def test_no_draft_is_not_there(self, stranger: Any) -> None:
        assert stranger.web.get(f"{PAGE}?edition=draft").status_code == 404

    def test_a_page_takes_a_fixed_number_of_queries(self, stranger: Any, django_assert_max_num_queries: Any) -> None:
        for place in ("IL", "GN", "JO", "TR", "SY"):
            a_historic_denial(destinations=(Destination(place),))
        stranger.web.get(PAGE)
        with django_assert_max_num_queries(36):
            stranger.web.get(PAGE)
        with django_assert_max_num_queries(12 + 2):  # the request's transaction is a savepoint in a test
            stranger.web.get("/reports/")

    def test_numbers_lead_to_the_denials_counted(self, stranger: Any) -> None:
        for place in ("IL", "IL", "GN"):
            a_historic_denial(destinations=(Destination(place),))
        answer = stranger.web.get(PAGE)
        links = [
            (cell["href"], cell["value"])
            for section in answer.context["sections"]
            for row in section["rows"]
            for cell in row["cells"]
            if cell["href"]
        ]
        assert links
        for href, value in links:
            listed = stranger.web.get(href)
            assert listed.status_code == 200
            assert listed.context["page"].paginator.count == value, href


class TestTheCases:
    """Each number leads to its cases: how many there are in all, and those the reader may see."""

    @staticmethod
    def listed(by: Any, **asked: str) -> Any:
        year = asked.pop("year", "2026")
        return by.web.get(f"/reports/arms/{year}/cases/", asked)

    def test_a_consultation_is_shown_to_its_parties_alone(
        self, consulting_officer: Any, consulted_officer: Any, stranger: Any, eeas: Any
    ) -> None:
        thread = a_consultation(consulting_officer, consulted_officer)
        answer = consulting_officer.web.get("/reports/arms/2026/")
        cells = [
            cell
            for section in answer.context["sections"]
            if section["name"].startswith("consultations")
            for row in section["rows"]
            for cell in row["cells"]
            if cell["value"] and not cell["share"] and cell["label"] != "of"
        ]
        assert len(cells) >= 4
        for cell in cells:
            shown = consulting_officer.web.get(cell["href"])
            assert shown.context["of_all"] == cell["value"], cell["href"]
            assert thread.reference in shown.content.decode()
        assert (
            thread.reference in self.listed(consulted_officer, measure="consultations_by_destination").content.decode()
        )
        other = self.listed(stranger, measure="consultations_initiated", authority="BE")
        assert (other.context["of_all"], other.context["seen"]) == (1, 0)
        assert thread.reference not in other.content.decode()
        assert self.listed(eeas, measure="consultations_initiated").status_code == 404

    def test_a_number_of_the_returns_leads_to_its_lines(self, supervisor: Any, stranger: Any, eeas: Any) -> None:
        deliver(supervisor, sign=True)
        asked = {"year": "2024", "measure": "licences_issued", "authority": "NL", "destination": "IL"}
        for reader in (supervisor, eeas):
            shown = self.listed(reader, **asked)
            assert [(line.category, line.number) for line in shown.context["page"].object_list] == [("ML1", 2)]
            assert (shown.context["number"], shown.context["of_all"], shown.context["seen"]) == (2, 1, 1)
            assert "The number in the table is 2." in shown.content.decode()
        assert self.listed(stranger, **asked).status_code == 404

    @staticmethod
    def numbers(by: Any, path: str) -> Any:
        """Every number of a page that counts records, with what it is called."""
        return [
            (section["name"], cell)
            for section in by.web.get(path).context["sections"]
            for row in (*section["rows"], *section["totals"][-1:])
            for cell in row["cells"]
            if isinstance(cell["value"], int) and cell["value"] and cell["label"] not in ("of", "Difference")
        ]

    @pytest.mark.parametrize("regime", ["arms", "dual_use"])
    def test_each_number_of_denials_has_its_cases(self, stranger: Any, regime: str) -> None:
        """Denials to several places, on no list, of every activity, stating no reason: none is without its cases."""
        stated = [StatedItem.stated(code, description="x") for code in ("End Use", "", "IRN", "ML1.a", "3A001")]
        year: dict[str, Any] = {"regime": regime, "decided_on": date(2024, 5, 2)}
        for item in stated:
            a_historic_denial(items=(item,), destinations=(Destination("GN"),), **year)
        a_historic_denial(items=tuple(stated), destinations=(Destination("IL"), Destination("JO")), **year)
        a_historic_denial(activity="brokering", act="revocation", destinations=(Destination("", "Congo"),), **year)
        a_historic_denial(criteria=(), criteria_stated=False, grounds=(), destinations=(), **year)
        found = self.numbers(stranger, f"/reports/{regime}/2024/")
        assert len(found) > 40
        for name, cell in found:
            if name == "denials_by_destination" and cell["label"] == "Naming it as one of several" and not cell["href"]:
                continue  # its sum counts a denial once for each place
            assert cell["href"], (name, cell)
            shown = stranger.web.get(cell["href"]).context
            assert shown["page"].paginator.count == cell["value"], (name, cell)

    def test_each_number_of_a_return_has_its_lines(self, supervisor: Any) -> None:
        rows = "IL,ML1; ML2,3,100,40\nEG,ML3,1,7,\nGlobaal,,2,9,\n"
        files = {
            "licences.csv": f"destination,ml,licences,value,exports\n{rows}",
            "brokering.csv": "destination,origin,status,licences,value\nDZ,UA,issued,2,9\nDZ,CN,refused,1,\n",
            "missions.csv": "destination,mission,licences,value\nLB,UNIFIL,1,9\n",
        }
        deliver(supervisor, files=[(name, text.encode()) for name, text in files.items()], sign=True)
        found = [one for one in self.numbers(supervisor, "/reports/arms/2024/") if one[0] != "group_shares"]
        assert {name for name, _cell in found} >= {
            "licences_by_region",
            "licences_by_category",
            "brokering",
            "missions",
        }
        for name, cell in found:
            if name == "denials_notified_and_reported":
                continue
            assert cell["href"], (name, cell)
            shown = supervisor.web.get(cell["href"]).context
            assert shown["number"] == cell["value"], (name, cell)
            assert shown["seen"] == shown["of_all"] > 0, (name, cell)

    def test_a_grant_whose_explanation_is_owed_is_a_case_too(
        self, consulting_officer: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        thread = a_consultation(consulting_officer, consulted_officer)
        facts = {"decided_on": MARCH.date(), "recorded_at": MARCH, "after_consultation": True, "is_undercut": True}
        authority = consulting_officer.authority
        Decision.objects.bulk_create(
            [Decision(application=thread.application, authority=authority, regime="arms", outcome="granted", **facts)]
        )
        for reader, said in (
            (consulting_officer, thread.application.reference),
            (consulted_officer, thread.reference),
        ):
            shown = self.listed(reader, measure="undercuts", authority="BE")
            assert (shown.context["of_all"], shown.context["seen"]) == (1, 1)
            assert said in shown.content.decode()
            assert "still owed" in shown.content.decode()
        other = self.listed(stranger, measure="undercuts")
        assert (other.context["of_all"], other.context["seen"]) == (1, 0)
        assert thread.reference not in other.content.decode()

    def test_answers_lead_to_their_consultations(self, consulting_officer: Any, consulted_officer: Any) -> None:
        thread = a_consultation(consulting_officer, consulted_officer)
        answer_consultation(
            consultation_id=thread.pk, outcome="views", reasoning="Seen.", by=consulted_officer.principal, now=MARCH
        )
        for name, cell in self.numbers(consulting_officer, "/reports/arms/2026/"):
            if name in ("answers_by_time", "consultations_by_outcome"):
                assert cell["href"], (name, cell)
                assert thread.reference in consulting_officer.web.get(cell["href"]).content.decode()

    @pytest.mark.parametrize(
        "asked",
        [{}, {"measure": "share"}, {"measure": "secrets"}, {"measure": "licences_issued", "entry": "x" * 200}],
    )
    def test_what_is_no_number_is_not_there(self, supervisor: Any, asked: dict[str, str]) -> None:
        assert self.listed(supervisor, **asked).status_code == 404


class TestFiles:
    def test_tidy_figures_are_those_of_the_count(self, stranger: Any) -> None:
        a_historic_denial()
        answer = stranger.web.get(f"{PAGE}tidy.csv")
        assert answer.content.decode() == tidy_csv(count_year("arms", 2024, now=MARCH))
        assert answer["Content-Disposition"] == 'attachment; filename="arms_2024_tidy.csv"'
        assert answer["Content-Type"] == "text/csv; charset=utf-8"

    def test_each_table_has_its_file_and_others_are_not_there(self, stranger: Any) -> None:
        assert stranger.web.get(f"{PAGE}denials_by_destination.csv").status_code == 200
        assert stranger.web.get(f"{PAGE}denials_by_destination.json").status_code == 200
        assert stranger.web.get(f"{PAGE}secrets.csv").status_code == 404
        assert stranger.web.get(reverse("reports:json", args=["arms", 2024, "tidy"])).status_code == 404

    def test_the_drafts_files_are_the_drafts(self, stranger: Any) -> None:
        a_historic_denial("NL", "torture")
        draft_annual_tables()
        a_historic_denial("DE", "torture")
        text = stranger.web.get("/reports/torture/2026/tidy.csv?edition=draft").content.decode()
        assert "2026,torture,NL" in text
        assert "2026,torture,DE" not in text


class TestREST:
    def test_every_form_of_what_is_counted_drafted_and_signed(self, client_se: Any, eeas: Any, stranger: Any) -> None:
        a_historic_denial()
        begins = {
            "report.xlsx": b"PK",
            "report.pdf": b"%PDF",
            "report.json": b"{",
            "sdmx.csv": b"STRUCTURE",
            "dcat.jsonld": b"{",
            "regions.csv": b"destination",
            "denials_by_authority.csv": b"authority",
        }
        eeas.web.post("/reports/arms/2024/editions/draft/")
        assert eeas.web.post("/reports/arms/2024/editions/freeze/", {"confirm": "1"}).status_code == 302
        for name, head in begins.items():
            for edition in ("now", "draft", "full", "public"):
                answer = client_se.api.get(f"{API}files/{name}?edition={edition}")
                assert (answer.status_code, answer.content[: len(head)]) == (200, head), (name, edition)
        assert client_se.api.get(f"{API}files/secrets.docx").status_code == 404
        for form in ("xlsx", "pdf"):
            assert stranger.web.get(f"{PAGE}report.{form}?edition=draft").content.startswith(begins[f"report.{form}"])

    def test_a_client_reads_the_report(self, client_se: Any) -> None:
        a_historic_denial()
        answer = client_se.api.get(API)
        assert answer.status_code == 200
        report = answer.json()
        assert (report["regime"], report["year"]) == ("arms", 2024)
        (by_state,) = [one for one in report["tables"] if one["name"] == "denials_by_authority"]
        assert [(row["authority"], row["denials"]) for row in by_state["rows"]] == [("NL", 1)]

    @pytest.mark.parametrize("accept", ["*/*", "text/csv", "application/json"])
    def test_figures_and_tables_come_as_csv_whatever_is_accepted(self, client_se: Any, accept: str) -> None:
        a_historic_denial()
        for path in (f"{API}tidy.csv", f"{API}tables/denials_by_authority.csv"):
            answer = client_se.api.get(path, headers={"accept": accept})
            assert (answer.status_code, answer["Content-Type"]) == (200, "text/csv; charset=utf-8")
            assert "NL" in answer.content.decode()
        assert answer.content.decode().splitlines()[1].startswith("NL,Netherlands,1")

    def test_a_table_that_is_not_there_is_a_problem_document(self, client_se: Any) -> None:
        answer = client_se.api.get(f"{API}tables/secrets.csv")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["code"] == "not_found"

    def test_without_the_scope_it_is_refused(self) -> None:
        from tests.cast import system

        assert system("SE", ("denial.read",)).api.get(API).status_code == 403

    def test_the_draft_is_there_once_it_was_made(self, client_se: Any) -> None:
        path = "/api/v1/reports/torture/2026/"
        a_historic_denial("NL", "torture")
        assert client_se.api.get(f"{path}?edition=draft").status_code == 404
        draft_annual_tables()
        draft, now = client_se.api.get(f"{path}?edition=draft").json(), client_se.api.get(path).json()
        assert draft["digest"] == now["digest"]
