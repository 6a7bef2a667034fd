"""Signs of diversion; rules of level in shadow first, switched on by two; what is for information only."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.actions import change_setting
from accounts.law.errors import NotCompetent, TransitionRefused
from consultations.actions import restrict_case
from consultations.models import gate_of
from denials.law.content import StatedItem, StatedParty
from denials.law.transactions import Destination
from reports.statistics import desk
from screening import actions, tasks
from screening.actions.rules import OwnChange, ShadowMissing
from screening.law.profiles import ProfileRefused
from screening.models import IndexedUpTo, RuleChange, Screening
from tests.cast import person
from tests.factories import MARCH, a_denial, a_historic_denial, an_application

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH + timedelta(minutes=5))


def place(address: str, phone: str = "") -> dict[str, object]:
    return {"address": address, "identifiers": (("phone", phone),) if phone else ()}


class TestDiversion:
    def test_other_denials_by_name_address_and_telephone(
        self, consulting_officer, consulted_officer, client_be, stranger
    ):
        front = (
            StatedParty.stated(
                "end_user", "Front Trading AS", country="TR", **place("Herzl Street 12, 61000 Tel Aviv")
            ),
            StatedParty.stated("other", "Israel Prison Service", country="IL"),
        )
        denial = a_denial(consulted_officer, parties=front, destinations=(Destination("TR"),))
        a_denial(consulted_officer, parties=(StatedParty.stated("end_user", "Nobody We Know"),))
        asked = (
            StatedParty.stated(
                "end_user", "Israel Prison Service", country="IL", **place("12 Herzl Str., 61000 Tel Aviv")
            ),
        )
        application = an_application(consulting_officer, parties=asked)
        page = f"/applications/{application.pk}/diversion/"
        shown = consulting_officer.web.get(page).content.decode()
        assert denial.reference in shown
        assert stranger.web.get(page).status_code == 404
        told = client_be.api.get(f"/api/v1/applications/{application.pk}/diversion/").json()
        assert [one["reference"] for one in told["denials"]] == [denial.reference]
        assert {link["kind"] for link in told["denials"][0]["links"]} == {"beneficial", "address"}
        assert told["denials"][0]["behind"] == ["country", "end_user"]
        assert told["is_whole"]

    def test_what_is_left_out_is_said(self, consulting_officer, consulted_officer, monkeypatch):
        monkeypatch.setattr("screening.search.diversion.MOST_SHOWN", 1)
        other = (
            StatedParty.stated("end_user", "Front Trading AS", country="TR"),
            StatedParty.stated("other", "Israel Prison Service", country="IL"),
        )
        for _ in range(2):
            a_denial(consulted_officer, parties=other)
        application = an_application(consulting_officer)
        shown = consulting_officer.web.get(f"/applications/{application.pk}/diversion/").content.decode()
        assert "those listed are not all" in shown

    def test_parts_of_one_among_the_own_applications_only(self, consulting_officer, stranger, client_be):
        item = (StatedItem.stated("ML15.c", description="image intensifiers", quantity=Decimal(60), unit="pieces"),)
        first = an_application(consulting_officer, items=item)
        second = an_application(consulting_officer, items=item)
        an_application(stranger, items=item)
        told = client_be.api.get(f"/api/v1/applications/{first.pk}/diversion/").json()
        assert [one["reference"] for one in told["splits"]] == [second.reference]
        assert told["splits"][0]["together"] == [{"unit": "pieces", "quantity": "120"}]

    def test_goods_without_a_code_hide_no_part(self, consulting_officer, client_be):
        plain = StatedItem.stated("", description="image intensifiers", quantity=Decimal(60), unit="pieces")
        coded = StatedItem.stated("ML15.c", description="image intensifiers", quantity=Decimal(60), unit="pieces")
        first = an_application(consulting_officer, items=(plain, StatedItem.stated("ML1.a", description="rifles")))
        second = an_application(consulting_officer, items=(coded,))
        told = client_be.api.get(f"/api/v1/applications/{first.pk}/diversion/").json()
        assert [one["reference"] for one in told["splits"]] == [second.reference]


OTHER_GOODS = (StatedItem.stated("ML1.a", description="hunting rifles", quantity=Decimal(3)),)
LEVELS = {"same_party_other_goods": "possible"}


class TestRules:
    @pytest.fixture
    def past(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        return an_application(consulting_officer, items=OTHER_GOODS)

    @pytest.fixture
    def change(self, past, consulting_supervisor):
        given = {"regime": "arms", "levels": LEVELS, "reason": "diverted twice", "now": MARCH}
        return actions.propose_rules(**given, by=consulting_supervisor.principal)

    def test_it_is_run_in_shadow_and_nothing_moves(self, past, change, consulting_officer):
        before = Screening.objects.count()
        tasks.sweep_shadows()
        change.refresh_from_db()
        assert (change.shadow["applications"], change.shadow["gained"], change.shadow["lost"]) == (1, 1, 0)
        assert change.shadow["examples"][0]["reference"] == past.reference
        assert (Screening.objects.count(), past.status) == (before, "decidable")
        page = consulting_officer.web.get(f"/applications/rules/{change.pk}/").content.decode()
        assert past.reference in page
        assert "Switch it on" in page

    def test_an_example_is_shown_to_who_may_see_its_case(
        self, past, change, consulting_officer, consulting_supervisor, client_be
    ):
        """ADR 0211: lists, counts and files follow where a case is kept to named officers."""
        tasks.sweep_shadows()
        page, listed = f"/applications/rules/{change.pk}/", "/api/v1/rule-changes/"
        told = client_be.api.get(f"{listed}{change.pk}/").json()
        assert [one["reference"] for one in told["shadow"]["examples"]] == [past.reference]
        colleague = person(consulting_officer.authority.code, "officer", "colleague")
        given = {"people": [consulting_officer.user.pk], "reason": "A witness.", "now": MARCH}
        restrict_case(case=past, **given, by=consulting_officer.principal)
        assert past.reference in consulting_officer.web.get(page).content.decode()
        shown = colleague.web.get(page).content.decode()
        assert past.reference not in shown
        assert str(past.pk) not in shown
        told = client_be.api.get(f"{listed}{change.pk}/").json(), client_be.api.get(listed).json()["results"][0]
        assert [(one["shadow"]["gained"], one["shadow"]["examples"]) for one in told] == [(1, [])] * 2

    def test_a_run_takes_no_lock_of_the_index_and_a_change_dropped_meanwhile_stays_dropped(
        self, past, change, consulted_officer, consulting_supervisor, monkeypatch
    ):
        assert actions.claim_shadows(now=MARCH, most=5) == [change.pk]
        assert actions.claim_shadows(now=MARCH, most=5) == []
        assert actions.claim_shadows(now=MARCH + timedelta(minutes=11), most=5) == [change.pk]
        a_denial(consulted_officer)
        reached = IndexedUpTo.objects.get().sequence
        monkeypatch.setattr("screening.actions.rules.MOST_EXAMPLES", 0)
        actions.run_shadow(change_id=change.pk, by=consulting_supervisor.principal, now=MARCH)
        assert IndexedUpTo.objects.get().sequence == reached
        change.refresh_from_db()
        page = consulting_supervisor.web.get(f"/applications/rules/{change.pk}/").content.decode()
        assert (change.shadow["gained"], change.shadow["examples"]) == (1, [])
        assert "0 of 1 are listed" in page
        actions.decline_rules(change=change, by=consulting_supervisor.principal, now=MARCH)
        RuleChange.objects.update(shadow=None, shadow_at=None)
        actions.run_shadow(change_id=change.pk, by=consulting_supervisor.principal, now=MARCH)
        assert RuleChange.objects.get().shadow is None

    def test_a_second_person_switches_it_on_and_pending_cases_follow(
        self, past, change, consulting_officer, consulting_supervisor
    ):
        with pytest.raises(ShadowMissing):
            actions.switch_rules_on(change=change, by=consulting_officer.principal, now=MARCH)
        tasks.sweep_shadows()
        with pytest.raises(OwnChange):
            actions.switch_rules_on(change=change, by=consulting_supervisor.principal, now=MARCH)
        actions.switch_rules_on(change=change, by=consulting_officer.principal, now=MARCH)
        assert gate_of(past, MARCH).is_stale
        tasks.sweep_rescreening()
        past.refresh_from_db()
        assert past.status == "screened"
        assert past.latest_screening().ruleset_version.endswith("+1")
        assert [one.hit.ground for one in past.open_hits()] == ["same_party_other_goods"]
        again = desk.replayed(past.latest_screening())  # by the rules of level then in force
        assert (again.hindered, again.same, again.differences) == ("", True, ())
        assert not gate_of(past, MARCH).is_stale
        with pytest.raises(TransitionRefused):
            actions.decline_rules(change=change, by=consulting_officer.principal, now=MARCH)

    def test_one_proposal_at_a_time_and_no_system(self, change, consulting_supervisor, client_be):
        given = {"regime": "arms", "levels": LEVELS, "reason": "again", "now": MARCH}
        with pytest.raises(TransitionRefused):
            actions.propose_rules(**given, by=consulting_supervisor.principal)
        with pytest.raises(NotCompetent):
            actions.propose_rules(**given, by=client_be.principal)
        with pytest.raises(ProfileRefused):
            actions.propose_rules(**{**given, "levels": {"test_met": "possible"}}, by=consulting_supervisor.principal)

    def test_over_rest_and_page(self, past, consulting_supervisor, consulting_officer, stranger):
        web = consulting_supervisor.web
        body = {"regime": "arms", "levels": LEVELS, "reason": "diverted twice"}
        made = web.post("/api/v1/rule-changes/", body, content_type="application/json")
        assert made.status_code == 201
        tasks.sweep_shadows()
        address = f"/api/v1/rule-changes/{made.json()['id']}/"
        assert web.post(f"{address}switch-on/", "{}", content_type="application/json").json()["code"] == "own_change"
        on = consulting_officer.web.post(f"{address}switch-on/", "{}", content_type="application/json")
        assert (on.status_code, on.json()["state"]) == (200, "on")
        assert stranger.web.get(address).status_code == 404
        form = {"regime": "arms", "months": "6", "reason": "back", "near_party": "possible"}
        assert web.post("/applications/rules/", form).status_code == 422


class TestInformation:
    def test_is_not_listed_unless_chosen_or_asked_for(
        self, consulting_officer, consulting_supervisor, consulted_officer
    ):
        denial = a_denial(consulted_officer)
        page = f"/applications/{an_application(consulting_officer, items=OTHER_GOODS).pk}/"
        assert denial.reference not in consulting_officer.web.get(page).content.decode()
        assert denial.reference in consulting_officer.web.get(f"{page}?information=1").content.decode()
        listed(consulting_supervisor)
        assert denial.reference in consulting_officer.web.get(page).content.decode()

    def test_chosen_it_shows_other_parties_regimes_and_years(
        self, consulting_officer, consulting_supervisor, consulted_officer
    ):
        """The issue's four: same goods to another party, same party and other goods, another regime, outside."""
        party = (StatedParty.stated("end_user", "Quartz Lagoon Foundry"),)
        a_denial(consulted_officer, parties=party)
        a_denial(consulted_officer, items=OTHER_GOODS)
        a_denial(consulted_officer, "dual_use", parties=(StatedParty.stated("end_user", "Israel Prison Service"),))
        past = a_historic_denial(decided_on=date(2022, 5, 1))
        application = an_application(consulting_officer)
        assert {one.hit.ground for one in application.standing_hits()} == {"same_party_other_goods"}
        listed(consulting_supervisor)
        hits = [one.hit for one in an_application(consulting_officer).standing_hits()]
        assert {hit.level for hit in hits} == {"information"}
        assert "same_goods_other_party" in {hit.ground for hit in hits}
        changes = [hit.changes for hit in hits]
        assert sum("same_regime" in one for one in changes) == 1
        assert [hit.denial_id for hit in hits if "outside_window" in hit.changes] == [past.pk]
        page = consulting_officer.web.get(f"/applications/{application.pk}/")
        assert page.status_code == 200


def listed(supervisor):
    on = {"name": "screening.information", "value": "on", "since": MARCH.date(), "now": MARCH}
    change_setting(authority=supervisor.authority, by=supervisor.principal, **on)
