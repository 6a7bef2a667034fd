"""Which denials count on a day, how they are found, and that nothing is missed in silence."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from accounts.models import Membership
from denials.actions import amend_denial, revoke_denial
from denials.law import validity
from denials.law.content import StatedItem, StatedParty
from denials.law.regimes import rules_for
from denials.law.transactions import Parameter
from screening import search
from screening.actions.screening import by_profile
from screening.law.identity import Level
from screening.law.profiles import Profile
from screening.models import DenialIndex, IndexedUpTo
from screening.search import candidates, index
from screening.search.names import RegisterNames
from screening.search.scratch import ScratchRegister
from tests.cast import person
from tests.factories import MARCH, a_content, a_denial, a_historic_denial, an_application, asked

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)


def run(content=None, on=TODAY):
    facts = (content or asked()).facts(authority="x", state="BE")
    return search.screen(facts, on=on)


class TestWhatWasPassedOn:
    """docs/adr/0101: information for the members of the regime that passed it on, as long as it looks back."""

    def test_it_obliges_nobody_and_is_told_as_long_as_its_regime_looks_back(self, consulted_officer, stranger):
        passed_on = {"origin": "nsg", "origin_state": "US"}
        held = a_denial(consulted_officer, "dual_use", decided_on=date(2023, 3, 2), **passed_on)
        a_denial(consulted_officer, "dual_use", decided_on=date(2023, 3, 1), **passed_on)
        endless = a_denial(consulted_officer, "dual_use", decided_on=date(2003, 3, 1), origin="mtcr", origin_state="US")
        search.bring_up_to_date()
        rules = rules_for("dual_use", TODAY)
        insider = candidates.day_of(rules, TODAY, str(stranger.authority.pk))
        assert not candidates.counting(insider).exists()
        assert set(candidates.alerting(insider).values_list("pk", flat=True)) == {held.pk, endless.pk}
        assert not candidates.alerting(candidates.day_of(rules, TODAY)).exists()
        facts = asked("dual_use").facts(authority=str(stranger.authority.pk), state="SE")
        found = search.screen(facts, on=TODAY).hits
        assert {one.level for one in found if one.denial_id == held.pk} == {Level.INFORMATION}


class TestWhatCounts:
    """CP 2008/944/CFSP Art. 4(1): "...within the last three years..." """

    DECIDED = (date(2023, 3, 1), date(2023, 3, 2), date(2023, 3, 3), date(2026, 3, 2))

    def test_the_database_counts_as_the_law_does(self):
        for decided in self.DECIDED:
            a_historic_denial("NL", decided_on=decided)
        a_historic_denial("DE", decided_on=None)
        search.bring_up_to_date()
        for on in (date(2026, 3, 1), TODAY, date(2026, 3, 3), date(2029, 3, 2), date(2029, 3, 3)):
            day = candidates.day_of(rules_for("arms", on), on)
            by_law = {row.pk for row in DenialIndex.objects.all() if day.validity(row).counts}
            assert set(candidates.counting(day).values_list("pk", flat=True)) == by_law

    def test_a_denial_decided_where_it_is_tomorrow_already_is_not_missed(self, consulting_officer):
        late = datetime(2026, 3, 2, 22, 30, tzinfo=UTC)  # half past eleven in Brussels, half past midnight in Helsinki
        denial = a_denial(person("FI", "officer"), "dual_use", now=late, decided_on=date(2026, 3, 3))
        application = an_application(consulting_officer, "dual_use", now=late)
        assert [one.hit.denial_id for one in application.open_hits()] == [denial.pk]
        assert run(asked("dual_use"), on=date(2026, 3, 1)).compared == 0

    def test_a_denial_valid_until_revoked_never_ages(self):
        a_historic_denial("NL", "dual_use", decided_on=date(2010, 6, 2))
        assert run(asked("dual_use")).compared == 1

    def test_another_regime_is_not_compared(self):
        a_historic_denial("NL", "torture")
        assert run().compared == 0

    def test_a_former_members_denials_trigger_nothing(self):
        a_historic_denial("NL")
        Membership.objects.filter(state_id="NL", regime="arms").update(until=date(2026, 1, 31))
        result = run()
        assert (result.compared, result.hits) == (0, ())
        rules = rules_for("arms", TODAY)
        assert not validity.counts(rules, date(2024, 10, 9), "in_force", TODAY, issuer_is_member=False).counts


class TestTheIndex:
    def test_sees_the_last_committed_change(self, consulted_officer):
        denial = a_denial(consulted_officer)
        assert run().register_sequence == 1
        amend_denial(
            denial_id=denial.pk,
            content=a_content(parties=(StatedParty.stated("end_user", "Ministerio de Salud"),)),
            by=consulted_officer.principal,
            now=MARCH,
        )
        result = run()
        assert (result.register_sequence, result.compared, result.hits) == (2, 1, ())
        revoke_denial(denial_id=denial.pk, reason="Embargo lifted.", by=consulted_officer.principal, now=MARCH)
        assert (run().register_sequence, run().compared) == (3, 0)

    def test_the_names_in_memory_follow_a_change_taken_back(self, consulted_officer):
        with transaction.atomic():
            a_denial(consulted_officer, parties=(StatedParty.stated("end_user", "Uralmet"),))
            assert run(asked(parties=(StatedParty.stated("end_user", "Uralmet"),))).compared == 1
            transaction.set_rollback(True)
        denial = a_denial(consulted_officer)
        result = run()
        assert [hit.denial_id for hit in result.hits] == [denial.pk]

    def test_holds_no_exporter(self, consulted_officer):
        a_denial(consulted_officer)
        search.bring_up_to_date()
        assert "Geheime Uitvoer" not in str(DenialIndex.objects.values())

    def test_asks_once_when_nothing_has_changed(self, consulted_officer, django_assert_max_num_queries):
        a_denial(consulted_officer)
        run()
        with django_assert_max_num_queries(8):
            run()


class TestAnotherAnalysis:
    """Rows made by an earlier program are read in memory, and made anew in batches, never all in one screening."""

    @pytest.fixture
    def rows(self, consulted_officer, monkeypatch):
        parties = (StatedParty.stated("end_user", "Israel Prison Service", identifiers=(("vat", "IL514"),)),)
        denials = [a_denial(consulted_officer, parties=parties) for _ in range(3)]
        search.bring_up_to_date()
        DenialIndex.objects.update(keys=[], names=[], lines=[])
        monkeypatch.setattr(index, "ANALYSIS", "9.9.9")
        monkeypatch.setattr(candidates, "REGISTER_NAMES", RegisterNames())
        return {denial.pk for denial in denials}

    @pytest.mark.parametrize("name", ["Israel Prison Service", "Qwghlm"])
    def test_a_screening_finds_by_name_and_by_number_what_is_stored_otherwise(self, rows, name):
        parties = (StatedParty.stated("end_user", name, identifiers=(("vat", "IL 514"),)),)
        assert {hit.denial_id for hit in run(asked(parties=parties)).hits} == rows
        assert IndexedUpTo.objects.get().analysis != index.ANALYSIS
        assert not DenialIndex.objects.filter(analysis=index.ANALYSIS).exists()

    def test_the_full_scan_reads_them_too(self, rows, monkeypatch):
        monkeypatch.setattr("screening.search.candidates.near_names", lambda *_: candidates.Named([], {}))
        assert {hit.denial_id for hit in run().hits} == rows

    def test_they_are_made_anew_some_at_a_time_to_the_last(self, rows, consulted_officer):
        assert [search.work_off(2), IndexedUpTo.objects.get().analysis] == [2, ""]
        assert [search.work_off(2), IndexedUpTo.objects.get().analysis] == [1, "9.9.9"]
        assert search.work_off(2) == 0
        assert all(lines for lines in DenialIndex.objects.values_list("lines", flat=True))
        assert {hit.denial_id for hit in run().hits} == rows

    def test_changes_of_the_register_come_first_and_in_steps(self, rows, consulted_officer):
        for _ in range(3):
            a_denial(consulted_officer)
        assert [search.work_off(2) for _ in range(5)] == [2, 1, 2, 1, 0]

    def test_a_program_of_before_leaves_the_rows_of_a_later_one(self, rows, monkeypatch):
        DenialIndex.objects.update(analysis="10.1.1")
        assert search.work_off(2) == 0
        assert set(DenialIndex.objects.values_list("analysis", flat=True)) == {"10.1.1"}
        assert {hit.denial_id for hit in run().hits} == rows


class TestNoSilentZero:
    def test_where_the_index_finds_nobody_all_names_are_compared(self, consulted_officer, monkeypatch):
        denial = a_denial(consulted_officer)
        monkeypatch.setattr("screening.search.candidates.near_names", lambda *_: candidates.Named([], {}))
        assert [hit.denial_id for hit in run().hits] == [denial.pk]

    @pytest.mark.parametrize(
        "name",
        ["Israeli Prison Service", "ISRAELI PRISONS SERVICE", "Israel Prison Srevice", "Израильская тюремная служба"],
    )
    def test_the_party_is_looked_for_however_it_is_written(self, consulted_officer, name):
        a_denial(consulted_officer)
        parties = (StatedParty.stated("end_user", name), StatedParty.stated("consignee", "Troya Tech Defence"))
        assert run(asked(parties=parties)).hits

    @pytest.mark.parametrize("name", ["' OR 1=1 --", "%_%", "a:*&!(b|c)", 'NOT "x" AND', "-", "o", "…", "🛰"])
    def test_query_syntax_is_a_name_like_any_other(self, consulted_officer, name):
        a_denial(consulted_officer)
        result = run(asked(parties=(StatedParty.stated("end_user", name),)))
        assert not [hit for hit in result.hits if hit.level != "information"]

    def test_whom_only_a_number_names_is_found_by_it(self, consulted_officer):
        numbered = StatedParty.stated("end_user", "Uralmet", identifiers=(("lei", "529900T8BM49AURSDO55"),))
        denial = a_denial(consulted_officer, parties=(numbered,))
        private = StatedParty.stated("end_user", "Private end-user", identifiers=numbered.identifiers)
        result = run(asked(parties=(private,)))
        assert (result.screenable_by_party, [hit.denial_id for hit in result.hits]) == (True, [denial.pk])
        assert result.hits[0].level == "strong"

    def test_nobody_named_is_said_and_looked_for_by_goods(self, consulted_officer):
        denial = a_denial(consulted_officer)
        nobody = (StatedParty.stated("end_user", "Private end-user"),)
        items = (StatedItem.stated("ML15.c", description="image intensifiers"),)
        result = run(asked(parties=nobody, items=items))
        assert not result.screenable_by_party
        assert [(hit.denial_id, hit.level) for hit in result.hits] == [(denial.pk, "information")]

    def test_the_last_of_two_hundred_goods_is_looked_for_too(self, consulted_officer):
        denial = a_denial(consulted_officer)
        nobody = (StatedParty.stated("end_user", "Private end-user"),)
        many = [StatedItem.stated("ML13.a", description=f"plate {at}") for at in range(199)]
        items = (*many, StatedItem.stated("ML15.c", description="image intensifiers"))
        result = run(asked(parties=nobody, items=items))
        assert [(hit.denial_id, hit.level) for hit in result.hits] == [(denial.pk, "information")]


def test_hits_stand_strong_before_possible_before_information(consulted_officer, consulting_officer):
    same = a_denial(consulted_officer)
    vaguer = a_denial(consulted_officer, items=(StatedItem.stated("", description="night vision"),))
    other = a_denial(consulted_officer, items=(StatedItem.stated("ML1.a", description="rifles"),))
    application = an_application(consulting_officer, now=datetime(2026, 3, 2, 12, tzinfo=UTC))
    hits = [one.hit for one in application.standing_hits()]
    assert [hit.denial_id for hit in hits] == [same.pk, vaguer.pk, other.pk]
    assert [hit.level for hit in hits] == ["strong", "possible", "information"]
    assert [hit.rank for hit in hits] == [1, 2, 3]


class TestNamesInMemory:
    """One question sees one state of the register, and an older state is never kept as the newest."""

    def test_who_has_seen_less_leaves_nothing_behind(self, consulted_officer):
        a_denial(consulted_officer)
        held = RegisterNames()
        sequence = search.bring_up_to_date()
        live = held.up_to(sequence)
        everything = list(DenialIndex.objects.values_list("pk", flat=True))
        assert held.kept(live, sequence - 1, "counting", list) == []
        assert held.kept(live, sequence, "counting", lambda: everything) == everything
        assert held.kept(live, sequence, "counting", list) == everything

    def test_what_is_being_asked_does_not_change(self, consulted_officer):
        a_denial(consulted_officer)
        held = RegisterNames()
        before = held.up_to(search.bring_up_to_date())
        a_denial(consulted_officer)
        after = held.up_to(search.bring_up_to_date())
        assert (len(before), len(after)) == (1, 2)
        assert len(before.nearest("Israel Prison Service")) == 1


class TestVeryManyNamesAndParties:
    """What a denial names last binds as what it names first: nothing of it is left out of index or comparison."""

    ALIASES = tuple(f"Quarry{number} Works" for number in range(40))
    SOUGHT = (StatedParty.stated("end_user", "Blue Lantern Shipping"),)

    @pytest.mark.parametrize("name", ["Blue Lantern Shipping", "Блу Лантерн Шиппинг", "Blue Lantrn Shiping"])
    def test_the_last_of_forty_aliases_is_found(self, consulted_officer, name):
        a_denial(
            consulted_officer,
            parties=(StatedParty.stated("end_user", "Uralmet", aliases=(*self.ALIASES, "Blue Lantern Shipping")),),
        )
        [hit] = run(asked(parties=(StatedParty.stated("end_user", name),))).hits
        [row] = [one for one in hit.judgement.elements if one.element == "end_user"]
        assert (hit.level, row.right) == ("strong", "Blue Lantern Shipping")

    def test_the_last_alias_is_found_by_the_full_scan_too(self, consulted_officer, monkeypatch):
        aliases = (*self.ALIASES, "Blue Lantern Shipping")
        a_denial(consulted_officer, parties=(StatedParty.stated("end_user", "Uralmet", aliases=aliases),))
        monkeypatch.setattr("screening.search.candidates.near_names", lambda *_: candidates.Named([], {}))
        assert [hit.level for hit in run(asked(parties=self.SOUGHT)).hits] == ["strong"]

    def test_the_last_of_forty_parties_is_found_by_name_and_by_number(self, consulted_officer):
        last = StatedParty.stated("end_user", "Blue Lantern Shipping", identifiers=(("vat", "IL514"),))
        a_denial(consulted_officer, parties=(*(StatedParty.stated("end_user", one) for one in self.ALIASES), last))
        other = StatedParty.stated("end_user", "Zambezi Sugar", identifiers=(("vat", "IL 514"),))
        for party in (*self.SOUGHT, other):
            assert [hit.level for hit in run(asked(parties=(party,))).hits] == ["strong"]

    def test_more_denials_of_one_number_than_are_compared_are_said(self, consulted_officer, monkeypatch):
        numbered = (StatedParty.stated("end_user", "Uralmet", identifiers=(("vat", "IL514"),)),)
        for _ in range(2):
            a_denial(consulted_officer, parties=numbered)
        other = (StatedParty.stated("end_user", "Zambezi Sugar", identifiers=(("vat", "IL514"),)),)
        assert (len(run(asked(parties=other)).hits), run(asked(parties=other)).is_cut) == (2, False)
        monkeypatch.setattr(candidates, "MOST_OF_A_NAME", 1)
        assert run(asked(parties=other)).is_cut


class TestManyDenialsOfOneName:
    def register(self, count):
        facts = asked().facts(authority="y", state="NL")
        counts = validity.Validity(counts=True, reason=validity.Reason.IN_WINDOW)
        return ScratchRegister(candidates.Candidate(at, at, facts, counts) for at in range(count))

    def test_all_are_judged(self):
        facts = asked().facts(authority="x", state="BE")
        named = self.register(90).named_like(["Israel Prison Service"])
        assert (len(named.candidates), named.is_cut) == (90, False)
        assert len(search.find(facts, self.register(90), on=TODAY)) == 90

    def test_what_is_left_is_said(self, consulted_officer, monkeypatch):
        monkeypatch.setattr(candidates, "MOST_OF_A_NAME", 20)
        assert self.register(90).named_like(["Israel Prison Service"]).is_cut
        monkeypatch.setattr(candidates, "MOST_OF_A_NAME", 1)
        a_denial(consulted_officer)
        assert run().is_cut


def test_only_what_is_kept_is_cut_when_the_rules_have_placed_it(consulted_officer, monkeypatch):
    monkeypatch.setattr("screening.search.run.MOST_INFORMATION", 1)
    for _time in range(2):
        a_denial(consulted_officer, items=(StatedItem.stated("ML1.a", description="rifles"),))
    result = run()
    assert (len(result.hits), len(by_profile(result, Profile()).hits)) == (2, 1)
    placed = by_profile(result, Profile(1, {hit.judgement.ground: "possible" for hit in result.hits}))
    assert [hit.level for hit in placed.hits] == ["possible", "possible"]


class TestWhatTheSheetSaysOfAParty:
    """What decided is said, with the value: never other words on both sides alone where a number is the same."""

    def test_the_number_in_common_and_the_country(self, consulted_officer, consulting_officer, client_be):
        held = {"country": "IL", "identifiers": (("lei", "529900T8BM49AURSDO55"), ("phone", "+972 3 555 0172"))}
        a_denial(consulted_officer, parties=(StatedParty.stated("end_user", "Uralmet", **held),))
        asked_for = (StatedParty.stated("end_user", "Zambezi Sugar", **held | {"country": "TR"}),)
        application = an_application(consulting_officer, parties=asked_for)
        [hit] = client_be.api.get(f"/api/v1/applications/{application.pk}/").json()["screening"]["hits"]
        words = hit["elements"][0]["words"]
        assert words.startswith("the same LEI 529900T8BM49AURSDO55; other words on both sides")
        assert "the same telephone;" in words
        assert "3555017" not in str(
            application.latest_screening().hits.get().elements
        )  # of persons only the kind is kept
        assert "another country: it never decides" in words
        page = consulting_officer.web.get(f"/applications/{application.pk}/").content.decode()
        assert "the same LEI 529900T8BM49AURSDO55" in page

    def test_the_party_of_the_same_country_stands_first_and_the_other_is_no_less_a_hit(
        self, consulted_officer, consulting_officer
    ):
        far, near = (
            a_denial(consulted_officer, parties=(StatedParty.stated("end_user", "Uralmet", country=country),))
            for country in ("TR", "IL")
        )
        for country, first in (("IL", near), ("TR", far)):
            party = (StatedParty.stated("end_user", "Uralmet", country=country),)
            hits = run(asked(parties=party)).hits
            assert [hit.level for hit in hits] == ["strong", "strong"]
            assert hits[0].denial_id == first.pk


class TestWhatTheSheetSaysOfParameters:
    """Bad input of the issue: never an element left out without "unknown" in the sheet."""

    def test_each_is_told_also_what_is_unknown_or_stated_once(self, consulted_officer, consulting_officer):
        def tubes(*stated):
            parameters = tuple(Parameter(*one) for one in stated)
            return (StatedItem.stated("ML15.c", description="image intensifiers", parameters=parameters),)

        denied = tubes(("diameter", "18", "mm"), ("power", "2", "kW"), ("mass", "1", "kg"))
        a_denial(consulted_officer, items=denied)
        wanted = tubes(("diameter", "18", "mm"), ("power", "2", "kW"), ("power", "9", "kW"), ("generation", "3"))
        application = an_application(consulting_officer, items=wanted)
        page = consulting_officer.web.get(f"/applications/{application.pk}/").content.decode()
        for words in (
            "diameter: the same value",
            "power: unknown, a side contradicts itself",
            "in the application only: generation",
            "in the denial only: mass",
        ):
            assert words in page, words
