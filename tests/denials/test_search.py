"""One box without a query language, facets that combine, what is nearest, and nothing of what one may not see."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from accounts.principals import today_of
from denials import actions, search
from denials.law import words
from denials.law.content import StatedItem, StatedParty
from denials.law.transactions import Destination, Parameter
from denials.models import Denial, RegisterRow, RegisterVocabulary
from denials.search.asked import Asked, terms_of
from denials.search.conditions import Day, conditions
from denials.search.marks import snippet, spans
from tests.factories import MARCH, a_content, a_denial, a_draft, a_historic_denial

LIST = reverse("denials:list")
REST = "/api/v1/denials/"


class TestWhatWasTyped:
    @pytest.mark.parametrize(
        ("typed", "found_words", "entries"),
        [
            ("Troya Tech", ("troya", "tech"), ()),
            ("Троя Тех", ("troya", "tekh"), ()),
            ("ML 10 c 2", (), ("ML10.c.2",)),
            ("3A001a2 valves", ("valves",), ("3A001.a.2",)),
            ("0011a", (), ("ML11.a",)),
            ("ML10 in Turkey", ("in", "turkey"), ("ML10",)),
            ("NL-ARM-2026-0001", ("nlarm20260001",), ()),
            ("nl-arm-2026-1", ("nlarm20260001",), ()),
            ("3A1a2", (), ("3A001.a.2",)),
            ("O'Neil & Sons", ("oneil", "sons"), ()),
            ('% _ ( ) " \\ ;', (), ()),
        ],
    )
    def test_entries_are_read_in_any_notation_and_the_rest_is_words(self, typed, found_words, entries):
        terms = terms_of(typed)
        assert (terms.words, terms.entries) == (found_words, entries)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("technology", "tekhnologii"),
            ("mohammed", "muhamad"),
            ("mohammed", "mhmd"),
            ("troya", "troia"),
            ("khimicheskiy", "himicheskii"),
        ],
    )
    def test_ways_of_romanising_meet_in_the_skeleton(self, one, other):
        assert words.skeleton(one) == words.skeleton(other) != ""

    def test_an_unspaced_name_is_found_from_each_of_its_characters_on(self):
        held = set(words.lexemes("北京科技有限公司"))
        assert any(one.startswith("beijing") for one in held)
        assert any(one.startswith("keji") for one in held)

    def test_hits_are_marked_as_they_are_written(self):
        text = "Завод Троя & <b>Tech</b>"
        assert [text[first:last] for first, last in spans(text, terms_of("troya tech"))] == ["Троя", "Tech"]
        assert spans("ML10.c.2 drones", terms_of("ML10"))
        assert not spans("ML1.a rifles", terms_of("ML10"))

    def test_a_snippet_is_taken_where_no_column_shows_the_word(self):
        terms = terms_of("prison refinery")
        assert "oil refinery" in snippet(["nothing", "for an oil refinery at sea"], terms, "Prison Service")
        assert snippet(["for an oil refinery"], terms, "Prison refinery") == ""

    @pytest.mark.parametrize(
        "given",
        [
            {"status": ["in_force", "review_due"], "regime": ["arms"], "q": ["troya"], "decided_from": ["2024-01-01"]},
            {"sort": ["nonsense"], "decided_to": ["0000-99-99"], "counted": ["²"], "only": ["x"], "code": ["", " "]},
        ],
    )
    def test_a_question_is_the_same_after_it_was_kept(self, given):
        asked = Asked.read(given)
        assert Asked.read(asked.as_parameters()) == asked


@pytest.mark.django_db
class TestSearch:
    @pytest.fixture(autouse=True)
    def march(self, clock):
        clock.set(MARCH)

    def found(self, reader, **given):
        asked = Asked.read({name: [value] if isinstance(value, str) else value for name, value in given.items()})
        return search.answer(reader.principal, asked, on=MARCH.date())

    def test_the_box_finds_in_any_script_notation_and_language(self, consulted_officer, stranger):
        held = a_denial(
            consulted_officer,
            parties=(
                StatedParty.stated("end_user", "Троя Технологии", country="IL", aliases=("北京科技有限公司",)),
                StatedParty.stated("consignee", "شركة النور", country="AE"),
                StatedParty.stated("exporter", "Geheime Uitvoer B.V.", country="NL"),
            ),
            items=(StatedItem.stated("ML15c", description="Beeldversterkers voor de politie"),),
        )
        a_denial(consulted_officer, "dual_use")
        for typed in [
            "Troya Tekhnologii", "Троя", "troya", "Beijing Keji", "科技", "النور", "ML15", "ml 15 c", "ML15.c",
            "Israël", "Izrael", "Emirats", held.reference, held.reference.lower(), "politie beeldversterkers",
        ]:  # fmt: skip
            found = self.found(stranger, q=typed)
            assert (found.ids(0, 9), found.nearest) == ([held.pk], ()), typed
        for typed in ["Geheime", "Uitvoer", "ML1", "ML15.d", "%", "\\", "troya zzzz"]:
            assert held.pk not in self.found(stranger, q=typed).ids(0, 9) or self.found(stranger, q=typed).nearest, (
                typed
            )

    def test_where_nothing_is_under_an_entry_what_is_above_it_is_nearest(self, consulted_officer, stranger):
        held = a_denial(consulted_officer, items=(StatedItem.stated("ML15", description="Beeldversterkers"),))
        for typed in ["ML15.c.2", "ML15c", "ml15c beeldversterkers"]:
            assert self.found(stranger, q=typed).nearest == (held.pk,), typed
        assert not self.found(stranger, q="ML15c zzqqx").total
        assert not self.found(stranger, q="ML14.a").total

    def test_a_reference_finds_its_denial_alone(self, consulted_officer, stranger):
        first, second = a_denial(consulted_officer), a_denial(consulted_officer)
        for typed in (first.reference, first.reference.lower(), first.reference.replace("-000", "-")):
            found = self.found(stranger, q=typed)
            assert (found.ids(0, 9), found.nearest) == ([first.pk], ()), typed
        assert second.pk in self.found(stranger, q="NL ARM 2026").ids(0, 9)

    def test_errors_of_typing_find_what_is_nearest_and_it_is_said(self, consulted_officer, stranger):
        held = a_denial(consulted_officer)
        for typed in ["Troja Tehc", "Isreali Prisn", "Beeldversterkrs", "Troya Defnse"]:
            found = self.found(stranger, q=typed)
            assert found.nearest == (held.pk,), typed
        page = stranger.web.get(LIST, {"q": "Troja Defnse"}).content.decode()
        assert "No denial holds all the words" in page
        assert "<mark>Defense</mark>" in page
        assert not self.found(stranger, q="qqxzw").total

    def test_choices_combine_within_a_facet_and_between(self, consulted_officer, stranger):
        arms = a_denial(consulted_officer)
        a_denial(consulted_officer, "dual_use")
        swedish = a_denial(stranger, "dual_use", destinations=(Destination("IR"), Destination("", "Nordic countries")))
        table = [
            ({"regime": ["arms", "dual_use"]}, 3),
            ({"regime": "arms", "state": "SE"}, 0),
            ({"state": ["SE", "NL"], "regime": "dual_use"}, 2),
            ({"destination": "XX"}, 1),
            ({"destination": ["IL", "IR"]}, 2),
            ({"code": "1C350"}, 2),
            ({"category": ["ML15", "1"]}, 3),
            ({"criterion": ["2", "7"]}, 1),
            ({"ground": "15_1_a"}, 2),
            ({"status": "in_force"}, 3),
            ({"status": ["revoked", "withdrawn"]}, 0),
            ({"status": "out_of_window"}, 0),
            ({"decided_from": "2025-01-01"}, 2),
            ({"notified_to": "2020-01-01"}, 0),
            ({"only": str(arms.pk)}, 1),
            ({"counted": "2024"}, 1),
        ]
        for given, number in table:
            found = self.found(consulted_officer, **given)
            assert found.total == len(found.ids(0, 50)) == number, given
        counted = self.found(consulted_officer, regime="dual_use", state="SE").counted.by_facet
        assert (counted["regime"], counted["state"]) == ({"dual_use": 1}, {"NL": 1, "SE": 1})
        assert self.found(consulted_officer, category="1").counted.by_facet["code"] == {"1C350": 2}
        assert self.found(consulted_officer, q=swedish.reference).total == 1

    def test_each_choice_finds_as_many_as_it_was_counted_for(self, consulted_officer, stranger):
        a_historic_denial(decided_on=date(2019, 5, 5))
        a_denial(consulted_officer)
        a_denial(stranger, "dual_use", destinations=(Destination("IR"), Destination("", "Nordic countries")))
        row = RegisterRow.objects.filter(pk=a_denial(consulted_officer, "dual_use").pk)
        a_draft(consulted_officer)
        seen = set()
        for due, ended in ((date(2026, 2, 2), None), (date(2026, 4, 4), None), (date(2026, 2, 2), date(2026, 1, 1))):
            row.update(review_due_on=due, suspended_until=ended)
            for chosen in ({}, {"category": "1"}, {"regime": ["arms", "dual_use"], "state": "NL"}):
                counted = self.found(consulted_officer, **chosen).counted.by_facet
                for name, code in ((name, code) for name, held in counted.items() for code in held):
                    found = self.found(consulted_officer, **{**chosen, name: code})
                    assert found.total == len(found.ids(0, 50)) == counted[name][code], (chosen, name, code)
                    seen.add(code)
        assert {"review_due", "review_overdue", "out_of_window", "draft", "XX", "1C350"} <= seen

    def test_overlays_are_counted_on_the_day_asked_about(self, consulted_officer):
        a_historic_denial(decided_on=date(2019, 5, 5))
        a_denial(consulted_officer, "dual_use")
        counted = self.found(consulted_officer).counted.by_facet["status"]
        assert counted == {"in_force": 2, "out_of_window": 1}
        later = search.answer(consulted_officer.principal, Asked.read({}), on=date(2029, 2, 1)).counted.by_facet
        assert later["status"]["review_due"] == 1
        after = search.answer(consulted_officer.principal, Asked.read({}), on=date(2029, 6, 1)).counted.by_facet
        assert after["status"]["review_overdue"] == 1

    def test_who_may_see_a_denial_finds_it_and_nobody_else(
        self, consulted_officer, stranger, eeas, commission, auditor, administrator
    ):
        a_denial(consulted_officer)
        a_denial(consulted_officer, "dual_use")
        a_draft(consulted_officer)
        for reader in (consulted_officer, stranger, eeas, commission, auditor, administrator):
            seen = set(Denial.objects.visible_to(reader.principal).values_list("pk", flat=True))
            assert set(RegisterRow.objects.visible_to(reader.principal).values_list("pk", flat=True)) == seen
        assert self.found(consulted_officer).counted.by_facet["status"]["draft"] == 1
        assert self.found(consulted_officer, status="draft").total == 1
        for given in ({"status": "draft"}, {"q": "qqq", "status": "draft"}):
            assert self.found(stranger, **given).total == 0
        assert "draft" not in self.found(stranger).counted.by_facet["status"]
        assert self.found(eeas, q="hydrogen").total == 0
        assert not self.found(eeas, q="hydrogem").nearest

    def test_what_is_withheld_from_any_reader_is_found_by_nobody(self, consulted_officer, stranger):
        held = a_denial(consulted_officer, end_use="Kernreactor", withheld=("end_use:secretariat",))
        assert held.pk not in self.found(stranger, q="Kernreactor").ids(0, 9)

    def test_every_act_keeps_the_row_in_step(self, consulted_officer, stranger):
        held = a_denial(consulted_officer)
        amended = replace(a_content(), items=(StatedItem.stated("ML5.b", description="Richtkijkers"),))
        actions.amend_denial(
            denial_id=held.pk, content=amended, by=consulted_officer.principal, now=MARCH, reason="A mistake."
        )
        assert self.found(stranger, q="Richtkijkers").ids(0, 9) == [held.pk]
        assert not self.found(stranger, q="Beeldversterkers").total
        assert not RegisterVocabulary.objects.filter(word="beeldversterkers").exists()
        actions.revoke_denial(denial_id=held.pk, by=consulted_officer.principal, now=MARCH, reason="No longer.")
        assert self.found(stranger, status="revoked").total == 1
        draft = a_draft(consulted_officer)
        actions.discard_draft(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)
        assert self.found(consulted_officer, status="discarded").total == 1

    def test_rows_made_anew_are_the_same(self, consulted_officer):
        from django.core.management import call_command

        a_denial(consulted_officer)
        a_draft(consulted_officer)
        before = list(RegisterRow.objects.order_by("pk").values())
        RegisterRow.objects.all().delete()
        RegisterVocabulary.objects.all().delete()
        assert search.missing().count() == 2
        call_command("rebuild_search", missing=True, verbosity=0)
        call_command("rebuild_search", verbosity=0)
        assert list(RegisterRow.objects.order_by("pk").values()) == before
        assert not search.missing().exists()

    def test_a_late_page_is_read_from_the_end_in_the_same_order(self, consulted_officer):
        for day in range(1, 8):
            a_historic_denial(decided_on=date(2024, 5, day))
        for sort in ("-decided", "decided", "reference"):
            found = self.found(consulted_officer, sort=sort)
            whole = found.ids(0, 50)
            assert [found.ids(at, 1)[0] for at in range(7)] == whole
            assert found.ids(99, 50) == []


@pytest.mark.django_db
class TestDoors:
    @pytest.fixture(autouse=True)
    def march(self, clock):
        clock.set(MARCH)

    def test_the_page_takes_the_same_few_statements_whatever_its_length(self, consulted_officer, stranger):
        from django.test.utils import CaptureQueriesContext

        for _ in range(12):
            a_denial(consulted_officer)
        stranger.web.get(LIST)
        for given in ({}, {"q": "troya", "regime": ["arms", "dual_use"], "state": "NL"}):
            with CaptureQueriesContext(connection) as asked:
                assert stranger.web.get(LIST, given).status_code == 200
            statements = [one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
            assert len(statements) <= 11 + 2 * bool(given)  # six of them are every page's

    def test_what_was_typed_is_never_markup(self, consulted_officer, stranger):
        party = StatedParty.stated("end_user", "<script>alert(1)</script> & Söhne")
        a_denial(consulted_officer, parties=(party,))
        page = stranger.web.get(LIST, {"q": "<script> Sohne"}).content.decode()
        assert "<script>alert" not in page
        assert "<mark>Söhne</mark>" in page
        assert "&lt;<mark>script</mark>&gt;" in page

    def test_chips_take_one_choice_away_each(self, consulted_officer, stranger):
        a_denial(consulted_officer)
        shown = stranger.web.get(LIST, {"regime": ["arms", "torture"], "q": "troya", "decided_from": "2024-01-01"})
        assert [chip["label"] for chip in shown.context["chips"]] == [
            "Regime: Arms",
            "Regime: Anti-torture goods",
            "decided from 2024-01-01",
        ]
        assert "regime=arms" in shown.context["chips"][1]["href"]
        assert "torture" not in shown.context["chips"][1]["href"]
        assert shown.context["reset"] == LIST
        assert stranger.web.get(LIST).context["reset"] == ""

    def test_a_review_is_overdue_in_the_list_when_it_is_on_the_page(self, consulted_officer):
        row = RegisterRow.objects.filter(pk=a_denial(consulted_officer, "dual_use").pk)
        row.update(review_due_on=date(2029, 3, 3))  # a Saturday: in time until the Monday

        def found(name, day):
            return row.filter(*conditions(Asked(chosen={"status": (name,)}), Day(date(2029, 3, day))).values()).exists()

        assert [(found("review_due", day), found("review_overdue", day)) for day in (5, 6)] == [
            (True, False),
            (False, True),
        ]
        row.update(suspended_until=date(2029, 1, 1))  # its final assessment is owed, no review
        assert not found("review_overdue", 6)

    def test_reasons_remarks_and_parameters_are_searched_unless_they_are_withheld(self, consulted_officer, stranger):
        bandwidth = (Parameter("bandwidth", "77", "terahertz"),)
        stated = {"explanation": "Jacaranda trees.", "remarks": "Beware of barracudas."}
        held = a_denial(consulted_officer, items=(StatedItem.stated("ML15.c", parameters=bandwidth),), **stated)
        a_denial(consulted_officer, source_reference="W", remarks="Quetzal.", withheld=("remarks:member",))
        for asked in ("jacaranda", "barracudas", "terahertz"):
            assert [one.pk for one in stranger.web.get(LIST, {"q": asked}).context["page"]] == [held.pk]
        assert stranger.web.get(LIST, {"q": "quetzal"}).context["found"].total == 0

    def test_the_day_is_the_reader_s_own(self, consulted_officer, stranger, client_se, eeas, clock):
        late = MARCH.replace(day=31, hour=22, minute=30)  # 1 April in Sweden and Brussels, in summer time
        clock.set(late)
        assert today_of(replace(stranger.principal, state="PT"), late) == date(2026, 3, 31)
        assert {today_of(one.principal, late) for one in (stranger, client_se, eeas)} == {date(2026, 4, 1)}
        a_historic_denial(decided_on=date(2023, 3, 31))  # three years ago to the day in UTC: still in the window there
        assert stranger.web.get(LIST, {"status": "out_of_window"}).context["found"].total == 1
        assert client_se.api.get(REST, {"status": "out_of_window"}).json()["count"] == 1

    def test_rest_asks_the_same_and_counts(self, consulted_officer, client_se):
        a_denial(consulted_officer)
        a_denial(consulted_officer, "dual_use")
        data = client_se.api.get(REST, {"regime": ["arms", "dual_use"], "q": "troya"}).json()
        assert (data["count"], data["nearest"], data["facets"]["regime"]) == (1, False, {"arms": 1})
        assert data["results"][0]["items"][0]["quantity"] == "40"
        assert client_se.api.get(REST, {"q": "trojja"}).json()["count"] == 0
        near = client_se.api.get(REST, {"q": "trojja", "near": "true"}).json()
        assert (near["count"], near["nearest"]) == (1, True)

    @pytest.mark.parametrize(
        ("parameter", "value"),
        [("colour", "red"), ("status", "gone"), ("criterion", "9"), ("decided_from", "yesterday"), ("ordering", "id")],
    )
    def test_rest_refuses_what_it_does_not_know_by_name(self, client_se, parameter, value):
        answer = client_se.api.get(REST, {parameter: value})
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["field"].startswith(parameter)
