"""Doors to the control lists: pages, REST, the picker in the forms, and what a notification refuses."""

from datetime import date

import pytest
from django.urls import reverse

from denials import actions
from denials.law.content import ContentRefused, StatedItem
from denials.management.commands.load_refdata import LANGUAGES
from denials.models import ControlList, ControlListEntry, Country, Denial, held_lists
from denials.models import content as rows
from denials.templatetags.entries import entry_title
from tests.denials.test_web import form_of
from tests.factories import MARCH, a_content, a_denial, a_draft, an_application
from tests.law.held import lists

pytestmark = pytest.mark.django_db
RESOLVE = "/api/v1/control-list-entries/resolve/"


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH)


class TestHeld:
    def test_the_database_holds_what_the_files_say(self):
        held = held_lists()
        assert set(held.versions) >= {held.version_on(v.control_list, date(2026, 3, 2))[0] for v in lists().versions}
        assert {(e.control_list, e.version, e.country, e.code) for e in held.entries} == {
            (e.control_list, e.version, e.country, e.code) for e in lists().entries
        }
        assert set(held.successions) == set(lists().successions)

    def test_they_are_read_once_and_again_after_a_load(self, django_assert_num_queries):
        held = held_lists()
        with django_assert_num_queries(1):
            assert held_lists() is held
        ControlListEntry.objects.filter(control_list__code="ml", code="ML6").update(title_en="Renamed")
        ControlList.objects.update(digest="another")
        assert held_lists().entry("ml", "ML6").title == "Renamed"


class TestResolve:
    """`GET /api/v1/control-list-entries/resolve/`."""

    def results(self, client, text, **more):
        response = client.api.get(RESOLVE, {"text": text, **more})
        assert response.status_code == 200, response.content
        return response.json()["results"]

    def test_each_code_of_a_field_is_answered(self, client_be):
        one, two, three, four = self.results(client_be, "ML 10 c 2; 3A001a2; End Use; 3A777")
        assert (one["answer"], one["canonical"], one["control_list"], one["regime"]) == (
            "entry",
            "ML10.c.2",
            "ml",
            "arms",
        )
        assert [step["code"] for step in one["path"]] == ["ML10", "ML10.c", "ML10.c.2"]
        assert one["path"][0]["title"].startswith('"Aircraft"')
        assert (two["canonical"], two["version"], two["annex_iv"]) == ("3A001.a.2", "2025-11-15", False)
        assert three["answer"] == "unlisted"
        assert (four["answer"], four["suggestions"][0]["code"]) == ("unknown", "3A227")
        assert len(four["suggestions"]) <= 5

    def test_annex_iv_and_predecessors_are_told(self, client_be):
        (one,) = self.results(client_be, "5A004")
        assert [each["from_code"] for each in one["predecessors"]] == ["5A002.a.2"]
        (one,) = self.results(client_be, "1A007")
        assert one["annex_iv"] is True

    def test_the_day_and_the_regime_decide(self, client_be):
        (now,) = self.results(client_be, "5A002.a.9")
        (then,) = self.results(client_be, "5A002.a.9", on="2017-01-09")
        assert (now["answer"], then["answer"]) == ("former", "entry")
        assert now["successors"][0]["to_codes"] == ["5A002.c"]
        assert now["successors"][0]["verified"] is False
        assert self.results(client_be, "Cat. 6", regime="arms")[0]["canonical"] == "ML6"

    def test_what_the_data_do_not_hold_is_said(self, client_be):
        (one,) = self.results(client_be, "1A202.b")
        assert (one["answer"], one["notices"]) == ("entry", ["subitems_not_held"])

    @pytest.mark.parametrize(
        "query",
        [
            {},
            {"text": ""},
            {"text": "x" * 401},
            {"text": "ML1", "on": "nonsense"},
            {"text": "ML1", "regime": "none"},
            {"text": "ML1", "more": "1"},
        ],
    )  # fmt: skip
    def test_a_question_that_is_none_is_refused(self, client_be, query):
        assert client_be.api.get(RESOLVE, query).status_code == 400

    def test_nonsense_is_unknown_and_no_error(self, client_be):
        for text in ("'; DROP TABLE", "%", "\\", "ML" * 150, "ＭＬ１", "🦆", "," * 300):
            assert client_be.api.get(RESOLVE, {"text": text}).status_code == 200


class TestListsInRest:
    def test_the_lists_and_their_versions(self, client_be):
        found = {one["code"]: one for one in client_be.api.get("/api/v1/control-lists/").json()}
        assert list(found) == ["ml", "annex_i", "annex_iv", "torture", "national", "uk"]
        assert (found["annex_i"]["version"], found["annex_i"]["entries"]) == ("2025-11-15", 2498)
        earlier = {one["version"]: one for one in found["annex_i"]["versions"]}["2016/1969"]
        assert (earlier["since"], earlier["until"], earlier["held"]) == ("2016-11-16", "2017-12-15", False)

    @pytest.mark.parametrize(
        ("code", "query", "count", "first"),
        [
            ("ml", {}, 485, "ML1"),
            ("ml", {"parent": ""}, 22, "ML1"),
            ("ml", {"parent": "ML10.c"}, 3, "ML10.c.1"),
            ("ml", {"parent": "ML 10 c"}, 3, "ML10.c.1"),
            ("ml", {"q": "ml10c"}, 4, "ML10.c"),
            ("ml", {"q": "image intensifier equipment"}, 1, "ML15.c"),
            ("annex_i", {"q": "1c350", "page_size": "5"}, 91, "1C350"),
            ("torture", {"version": "2019", "parent": ""}, 8, "II.1"),
            ("annex_i", {"on": "2020-01-08", "parent": "3A001"}, None, "3A001.a"),
        ],
    )
    def test_entries_are_paged(self, client_be, code, query, count, first):
        body = client_be.api.get(f"/api/v1/control-lists/{code}/entries/", query).json()
        assert body["results"][0]["code"] == first
        assert len(body["results"]) <= 50
        assert count in (None, body["count"])

    @pytest.mark.parametrize(
        ("path", "status"),
        [
            ("none/entries/", 404),
            ("ml/entries/?version=1", 404),
            ("ml/entries/?parent=ML99", 404),
            ("ml/entries/?page=99", 404),
            ("ml/entries/?on=1", 400),
            ("ml/entries/?x=1", 400),
        ],
    )
    def test_what_is_not_there(self, client_be, path, status):
        assert client_be.api.get(f"/api/v1/control-lists/{path}").status_code == status


class TestPages:
    def text(self, member, name, *args, **query):
        response = member.web.get(reverse(f"denials:{name}", args=args), query)
        assert response.status_code == 200
        return response.content.decode()

    def test_the_lists(self, stranger, django_assert_max_num_queries):
        assert stranger.web, "signed in"
        with django_assert_max_num_queries(12):
            page = self.text(stranger, "control-lists")
        assert "EU Common Military List" in page
        assert "2016/1969" in page

    def test_a_notation_is_read_on_the_page_of_the_lists(self, stranger):
        page = self.text(stranger, "control-lists", text="ML 10 c 2; 3AO01")
        assert "ML10.c.2" in page
        assert reverse("denials:control-lists-entry", args=["annex_i", "3A001"]) in page

    def test_a_tree_opens_by_category_and_is_never_one_page(self, stranger, django_assert_max_num_queries):
        assert "Sensors and lasers" in self.text(stranger, "control-lists-tree", "annex_i")
        with django_assert_max_num_queries(12):
            page = self.text(stranger, "control-lists-tree", "annex_i", category="1")
        assert page.count("<details") < 60
        assert len(page) < 200_000

    def test_a_search_without_an_entry_proposes(self, stranger):
        page = self.text(stranger, "control-lists-tree", "annex_i", q="3A777")
        assert "Did you mean" in page

    def test_an_entry_shows_where_it_stands_and_how_many_denials_the_reader_may_see(
        self, consulted_officer, stranger, eeas
    ):
        a_denial(consulted_officer)
        a_denial(consulted_officer, "dual_use")
        page = stranger.web.get(reverse("denials:control-lists-entry", args=["ml", "ML15"]))
        assert page.context["count"] == 1
        assert f"{reverse('denials:list')}?code=ML15&amp;status=in_force" in page.content.decode()
        page = stranger.web.get(reverse("denials:control-lists-entry", args=["annex_i", "1C350"]))
        assert page.context["count"] == 1
        hidden = eeas.web.get(reverse("denials:control-lists-entry", args=["annex_i", "1C350"]))
        assert hidden.context["count"] == 0, "the EEAS sees arms only"
        assert "ML15" in self.text(stranger, "control-lists-entry", "ml", "ML15.c")

    @pytest.mark.parametrize(
        ("args", "said"),
        [(("ml", "ML15.z"), "ML15.c"), (("annex_i", "5A002.a.9"), "5A002.c"), (("annex_i", "3AO01"), "3A001")],
    )
    def test_an_entry_that_is_none_is_not_there_and_proposes(self, stranger, args, said):
        response = stranger.web.get(reverse("denials:control-lists-entry", args=args))
        assert response.status_code == 404
        assert said in response.content.decode()

    @pytest.mark.parametrize("path", ["none/", "ml/?version=1", "none/ML1/", "ml/a;b;c/"])
    def test_what_is_not_there(self, stranger, path):
        assert stranger.web.get(f"{reverse('denials:control-lists')}{path}").status_code == 404

    def test_successors_and_predecessors(self, stranger):
        assert "5A002.a.2" in self.text(stranger, "control-lists-entry", "annex_i", "5A004")
        assert "3B501.a.4" in self.text(stranger, "control-lists-entry", "national", "3B001.a.4")

    @pytest.mark.parametrize(
        ("text", "codes"),
        [("ml15c", ["ML15.c"]), ("3A777", ["3A227"]), ("", []), ("3A001.z", ["3A001.a"])],
    )
    def test_the_list_under_the_field(self, stranger, text, codes):
        found = stranger.web.get(reverse("denials:entries"), {"q": text}).json()["entries"]
        assert [one["code"] for one in found][:1] == codes

    def test_the_fragment_beside_the_field(self, stranger):
        page = self.text(
            stranger, "read-entries", text="3A001.z", regime="dual_use", on="2026-03-02", field="items-0-code"
        )
        assert 'name="take" value="items-0-code=3A001.a"' in page
        assert "<html" not in page


class TestPicker:
    """Without scripts: saved as a draft, read, proposed, taken."""

    def test_a_draft_says_what_its_entries_are_read_as(self, consulted_officer):
        draft = a_draft(consulted_officer, items=(StatedItem.stated("ML 15 c"), StatedItem.stated("ML15.z")))
        page = consulted_officer.web.get(reverse("denials:edit", args=[draft.pk])).content.decode()
        assert "Image intensifier equipment" in page
        assert 'value="items-1-code=ML15.a"' in page
        assert "ML15.z is not an entry of the list" in page

    def test_taking_a_proposal_fills_the_field_and_saves(self, consulted_officer):
        draft = a_draft(consulted_officer, items=(StatedItem.stated("ML15.z"),))
        address = reverse("denials:edit", args=[draft.pk])
        sent = form_of(consulted_officer.web.get(address)) | {"take": "items-0-code=ML15.c"}
        response = consulted_officer.web.post(address, sent)
        assert (response.status_code, response.url) == (302, f"{address}#items")
        assert rows.read(Denial.objects.get(pk=draft.pk).current).items[0].code == "ML15.c"

    @pytest.mark.parametrize("take", ["items-0-code", "act=refusal", "items-9-code=ML1", "items-0-code=" + "x" * 99])
    def test_nothing_else_can_be_put_in_by_it(self, consulted_officer, take):
        draft = a_draft(consulted_officer)
        address = reverse("denials:edit", args=[draft.pk])
        consulted_officer.web.post(address, form_of(consulted_officer.web.get(address)) | {"take": take})
        assert rows.read(Denial.objects.get(pk=draft.pk).current).items[0].code == "ML15.c"

    def test_a_category_is_read_by_the_regime_of_the_denial(self, consulted_officer):
        draft = a_draft(consulted_officer, items=(StatedItem.stated("ML15.c"),))
        address = reverse("denials:edit", args=[draft.pk])
        sent = form_of(consulted_officer.web.get(address)) | {"items-0-code": "Cat. 6"}
        assert consulted_officer.web.post(address, sent).status_code == 302
        assert rows.read(Denial.objects.get(pk=draft.pk).current).items[0].code == "ML6"

    def test_the_preview_leads_back_to_an_entry_that_is_none(self, consulted_officer):
        draft = a_draft(consulted_officer, items=(StatedItem.stated("ML15.z"),))
        response = consulted_officer.web.get(reverse("denials:preview", args=[draft.pk]))
        assert "ML15.z is not an entry of the list" in response.content.decode()
        assert response.context["may_notify"] is False

    def test_an_application_proposes_too_and_files_nothing_by_that(self, consulting_officer):
        application = an_application(consulting_officer)
        address = reverse("applications:amend", args=[application.pk])
        sent = form_of(consulting_officer.web.get(address)) | {"items-0-code": "ML15.z", "take": "items-0-code=ML15.a"}
        response = consulting_officer.web.post(address, sent)
        assert response.status_code == 200
        assert 'value="ML15.a"' in response.content.decode()
        application.refresh_from_db()
        assert application.items.get().code == "ML15.c"


class TestNotifying:
    """A denial is notified under entries of a list in force on the day of its decision."""

    @pytest.mark.parametrize(
        ("code", "regime", "rule", "meant"),
        [
            ("ML15.z", "arms", "subitem_unknown", "ML15.a"),
            ("ML23", "arms", "entry_unknown", "ML2"),
            ("3AO01", "dual_use", "entry_unknown", "3A001"),
            ("ML1; ML2", "arms", "entries_several", None),
        ],
    )
    def test_an_unknown_entry_is_refused_with_what_may_have_been_meant(
        self, consulted_officer, code, regime, rule, meant
    ):
        with pytest.raises(ContentRefused) as refused:
            a_denial(
                consulted_officer,
                regime,
                items=(StatedItem.stated(code, description="x"),),
                decided_on=date(2026, 2, 2),
            )
        (problem,) = refused.value.problems
        assert (problem.field, problem.rule) == ("items[0].code", rule)
        assert [one["code"] for one in problem.params.get("suggestions", ())][:1] == ([meant] if meant else [])

    def test_the_list_is_that_of_the_day_of_decision(self, consulted_officer):
        item = (StatedItem.stated("5A002.a.9", description="QKD"),)
        a_denial(consulted_officer, "dual_use", items=item, decided_on=date(2017, 1, 9))
        with pytest.raises(ContentRefused) as refused:
            a_denial(consulted_officer, "dual_use", items=item, decided_on=date(2026, 2, 2))
        assert refused.value.problems[0].rule == "entry_former"
        assert refused.value.problems[0].params["suggestions"][0]["code"] == "5A002.c"

    def test_a_sub_item_whose_siblings_are_not_held_is_accepted(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use", items=(StatedItem.stated("1A202.b", description="x"),))
        assert denial.status == "in_force"

    def test_rest_names_the_field_and_the_proposals(self, client_nl):
        body = {
            "regime": "arms", "act": "refusal", "decided_on": "2026-02-02", "destinations": ["IL"], "criteria": ["2"],
            "parties": [{"role": "end_user", "name": "Somebody", "country": "IL"}], "explanation": "Risk.",
            "items": [{"code": "ML15.z", "description": "x"}],
        }  # fmt: skip
        response = client_nl.api.post("/api/v1/denials/", body)
        assert response.status_code == 422, response.content
        (error,) = response.json()["errors"]
        assert (error["field"], error["rule"]) == ("items[0].code", "subitem_unknown")
        assert error["suggestions"][0]["code"] == "ML15.a"
        assert "Did you mean ML15.a" in error["message"]

    def test_a_draft_may_hold_anything(self, consulted_officer):
        draft = actions.save_draft(
            content=a_content(items=(StatedItem.stated("MILTA"),)),
            authority=consulted_officer.authority,
            by=consulted_officer.principal,
            now=MARCH,
        )
        assert rows.read(draft.current).items[0].code == "MILTA"


def test_a_title_stands_behind_every_entry():
    assert entry_title("ML15c").startswith("Image intensifier")
    assert entry_title("1A202.b").startswith("1A202: ")
    assert entry_title("PL5001") == "Security and para-military police goods"
    assert entry_title("MILTA") == entry_title("") == ""


def test_every_country_has_its_name_in_every_language_of_the_union():
    assert len(LANGUAGES) == 23 + 2, "English has a column of its own"
    for country in Country.objects.all():
        assert all(country.names.get(language) for language in LANGUAGES), country.code
    assert Country.objects.get(code="TR").names["el"] == "Τουρκία"


def test_a_country_is_found_by_its_greek_name(consulted_officer, stranger):
    a_denial(consulted_officer)
    found = stranger.web.get(reverse("denials:list"), {"q": "Ισραήλ"})
    assert found.context["page"].paginator.count == 1
