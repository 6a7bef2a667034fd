"""The acts of the screening room, each with its audit record."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.law.errors import NotCompetent, NotForeseen, ReasonMissing, RegimeUnknown, TransitionRefused
from accounts.models import AuditRecord, Notice
from denials.law.content import ContentRefused, StatedItem, StatedParty
from denials.law.transactions import Destination, Parameter
from screening import actions
from screening.law.dispositions import EarlierScreening, OthersMustBeTold, Returned, Standing
from screening.models import Application, Disposition, Hit, Screening
from tests.factories import MARCH, a_denial, an_application, asked

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def acts_on(subject: Any) -> list[str]:
    return list(
        AuditRecord.objects.filter(subject_id=str(subject.pk)).order_by("sequence").values_list("act", flat=True)
    )


def open_hit(application: Application) -> Hit:
    return application.open_hits()[0].hit


class TestFiling:
    def test_screens_at_once_and_keeps_what_was_found(self, consulting_officer, consulted_officer):
        denial = a_denial(consulted_officer)
        application = an_application(consulting_officer)
        screening = application.screenings.get()
        assert application.status == "screened"
        assert [hit.denial_id for hit in screening.hits.all()] == [denial.pk]
        assert (screening.trigger, screening.compared, screening.register_sequence) == ("filed", 1, 1)
        assert screening.screenable_by_party
        assert acts_on(application) == ["application.filed", "application.screened"]

    def test_without_hits_is_kept_as_proof(self, consulting_officer):
        application = an_application(consulting_officer)
        screening = application.screenings.get()
        assert application.status == "decidable"
        assert screening.hits.count() == 0
        assert screening.register_sequence == 0
        assert screening.content_digest
        assert screening.ruleset_version

    def test_reference_has_no_counter(self, consulting_officer):
        first, second = an_application(consulting_officer), an_application(consulting_officer)
        assert first.reference.startswith("BE-VLG-ARM-2026-")
        assert first.reference != second.reference

    def test_own_denial_is_shown_as_own_and_leaves_nothing_open(self, consulting_officer, neighbour):
        a_denial(consulting_officer)
        application = an_application(consulting_officer)
        assert [one.standing for one in application.standing_hits()] == [Standing.OWN]
        assert application.status == "decidable"

    def test_a_placeholder_is_nobody(self, consulting_officer):
        private = (StatedParty.stated("end_user", "Private end-user"),)
        application = an_application(consulting_officer, parties=private)
        assert not application.screenings.get().screenable_by_party

    def test_a_client_files_without_a_person(self, client_be):
        application = an_application(client_be)
        assert application.created_by is None
        assert application.authority == client_be.authority

    def test_keeps_a_code_as_printed_and_as_read(self, consulting_officer):
        application = an_application(consulting_officer, items=(StatedItem.stated("ML 15 c", description="tubes"),))
        item = application.items.get()
        assert (item.code, item.code_printed, item.control_list, item.category) == ("ML15.c", "ML 15 c", "ml", "ML15")

    def test_a_destination_by_name_is_resolved(self, consulting_officer):
        application = an_application(consulting_officer, destinations=(Destination(printed="Israël"),))
        assert [(row.code, row.printed) for row in application.destinations.all()] == [("IL", "Israël")]

    def test_nothing_remains_if_the_record_cannot_be_written(self, consulting_officer, monkeypatch):
        monkeypatch.setattr("screening.actions.filing.audit.record", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            an_application(consulting_officer)
        assert not Application.objects.exists()
        assert not Screening.objects.exists()


BAD = [
    ("received_on", {"received_on": date(2026, 3, 3)}, "in_future"),
    ("received_on", {"received_on": date(1, 1, 1)}, "too_early"),
    ("received_on", {"received_on": date(9999, 12, 31)}, "in_future"),
    ("destinations", {"destinations": ()}, "required"),
    ("destinations[0]", {"destinations": (Destination("QQ"),)}, "country_unknown"),
    ("destinations[0]", {"destinations": (Destination(printed="Congo"),)}, "country_unknown"),
    ("destinations[0]", {"destinations": (Destination(printed="Atlantis"),)}, "country_unknown"),
    ("items", {"items": ()}, "required"),
    ("items[0]", {"items": (StatedItem(),)}, "required"),
    ("items[0].quantity", {"items": (StatedItem(description="x", quantity=Decimal(-1)),)}, "not_positive"),
    ("items[0].quantity", {"items": (StatedItem(description="x", quantity=Decimal(10) ** 15),)}, "too_large"),
    ("items[0].code", {"items": (StatedItem.stated("MILTA"),)}, "entry_unknown"),
    ("items[0].code", {"items": (StatedItem.stated("3A777.b"),)}, "entry_unknown"),
    ("items[0].description", {"items": (StatedItem(description="x" * 10_001),)}, "too_long"),
    ("items[0].parameters", {"items": (StatedItem(description="x", parameters=(Parameter("", "5"),)),)}, "required"),
    ("parties[0].name", {"parties": (StatedParty("end_user", " "),)}, "required"),
    ("parties[0].name", {"parties": (StatedParty("end_user", "x" * 10_000),)}, "too_long"),
    ("parties[0].role", {"parties": (StatedParty("buyer", "Acme"),)}, "role_unknown"),
    ("parties[0].role", {"parties": (StatedParty("exporter", "Acme"),)}, "applicant_not_accepted"),
    ("parties[0].country", {"parties": (StatedParty("end_user", "Acme", country="QQ"),)}, "country_unknown"),
    ("own_reference", {"own_reference": "x" * 81}, "too_long"),
]


class TestWhatIsRefused:
    @pytest.mark.parametrize(("field", "changes", "rule"), BAD, ids=[f"{row[0]} {row[2]}" for row in BAD])
    def test_names_field_and_rule_and_stores_nothing(self, consulting_officer, field, changes, rule):
        with pytest.raises(ContentRefused) as refused:
            an_application(consulting_officer, **changes)
        assert (field, rule) in [(one.field, one.rule) for one in refused.value.problems]
        assert not Application.objects.exists()
        assert not AuditRecord.objects.filter(act__startswith="application.").exists()

    def test_an_activity_the_regime_does_not_know(self, consulting_officer):
        with pytest.raises(NotForeseen):
            an_application(consulting_officer, activity="licensed_production", regime="dual_use")

    def test_a_regime_nobody_knows(self, consulting_officer):
        with pytest.raises(RegimeUnknown):
            actions.submit_application(
                content=replace(asked(), regime="nuclear"), by=consulting_officer.principal, now=MARCH
            )

    def test_an_authority_not_competent_for_the_regime(self, eeas):
        with pytest.raises(NotCompetent):
            an_application(eeas)


class TestScreeningWithoutFiling:
    def test_keeps_a_digest_and_the_hits_and_nothing_of_what_was_asked(self, client_be, consulted_officer):
        a_denial(consulted_officer)
        screening, result = actions.screen_without_filing(content=asked(), by=client_be.principal, now=MARCH)
        assert not Application.objects.exists()
        stored = Screening.objects.get()
        assert stored.application is None
        kept = str([*Screening.objects.values(), *Hit.objects.values()])
        for word in ("Israel Prison Service", "TROYA TECH DEFENCE LIMITED", "image intensifiers", "VLG 2026/17"):
            assert word not in kept
        assert "Israeli Prison Service" in kept
        assert [found.denial_id for found in result.hits] == [hit.denial_id for hit in stored.hits.all()]
        assert acts_on(screening) == ["screening.unfiled"]

    def test_the_same_content_has_the_same_digest(self, client_be):
        one, _ = actions.screen_without_filing(content=asked(), by=client_be.principal, now=MARCH)
        other, _ = actions.screen_without_filing(content=asked(), by=client_be.principal, now=MARCH + HOUR)
        another, _ = actions.screen_without_filing(content=asked(end_use="spare"), by=client_be.principal, now=MARCH)
        assert one.content_digest == other.content_digest != another.content_digest


class TestDismissal:
    def test_settles_the_hit_and_the_application(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        dismissed = actions.dismiss_hit(
            application=application,
            hit=open_hit(application),
            reason_code="other_end_use",
            reason="Training only.",
            by=consulting_officer.principal,
            now=MARCH + HOUR,
        )
        application.refresh_from_db()
        assert application.status == "decidable"
        assert dismissed.by == consulting_officer.user
        assert acts_on(application)[-1] == "hit.dismissed"

    @pytest.mark.parametrize(
        ("reason_code", "refusal"), [("", NotForeseen), ("because", NotForeseen), ("other", ReasonMissing)]
    )
    def test_needs_a_reason(self, consulting_officer, consulted_officer, reason_code, refusal):
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        with pytest.raises(refusal):
            dismiss(application, consulting_officer, reason_code=reason_code)
        assert not Disposition.objects.exists()

    def test_is_remembered_by_the_next_screening(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        application = dismiss(an_application(consulting_officer), consulting_officer)
        screen(application, consulting_officer)
        assert [one.standing for one in application.standing_hits()] == [Standing.DISMISSED]
        application.refresh_from_db()
        assert application.status == "decidable"

    def test_comes_back_when_the_denial_changes_and_says_so(self, consulting_officer, consulted_officer):
        denial = a_denial(consulted_officer)
        application = dismiss(an_application(consulting_officer), consulting_officer)
        amend(denial, consulted_officer)
        screen(application, consulting_officer)
        [hit] = application.standing_hits()
        assert (hit.standing, hit.returned) == (Standing.OPEN, Returned.DENIAL_CHANGED)
        application.refresh_from_db()
        assert application.status == "screened"

    def test_comes_back_when_the_rules_change(self, consulting_officer, consulted_officer, monkeypatch):
        a_denial(consulted_officer)
        application = dismiss(an_application(consulting_officer), consulting_officer)
        monkeypatch.setattr("screening.search.run.RULESET_VERSION", "next")
        screen(application, consulting_officer)
        assert application.standing_hits()[0].returned == Returned.RULES_CHANGED

    def test_comes_back_when_the_application_changes(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        application = dismiss(an_application(consulting_officer), consulting_officer)
        application = actions.amend_application(
            application=application,
            content=asked(end_use="training"),
            by=consulting_officer.principal,
            now=MARCH + 2 * HOUR,
        )
        assert application.standing_hits()[0].returned == Returned.APPLICATION_CHANGED
        assert acts_on(application)[-2:] == ["application.amended", "application.screened"]

    def test_the_screening_of_the_new_facts_is_the_last_whoever_read_the_clock_first(self, consulting_officer):
        application = an_application(consulting_officer, now=MARCH + HOUR)
        filed = application.latest_screening()
        actions.amend_application(
            application=application, content=asked(end_use="training"), by=consulting_officer.principal, now=MARCH
        )
        last = application.latest_screening()
        assert last.pk != filed.pk
        assert last.screened_at > filed.screened_at

    def test_can_be_taken_back(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        application = dismiss(an_application(consulting_officer), consulting_officer)
        hit = application.standing_hits()[0].hit
        actions.reopen_hit(application=application, hit=hit, by=consulting_officer.principal, now=MARCH + 2 * HOUR)
        application.refresh_from_db()
        assert application.status == "screened"
        assert application.standing_hits()[0].returned == Returned.REOPENED
        assert acts_on(application)[-1] == "hit.reopened"

    def test_cannot_be_done_twice(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        hit = open_hit(application)
        dismiss(application, consulting_officer)
        with pytest.raises(TransitionRefused):
            actions.dismiss_hit(
                application=application,
                hit=hit,
                reason_code="other_item",
                by=consulting_officer.principal,
                now=MARCH + 2 * HOUR,
            )

    def test_of_a_version_since_replaced_is_refused(self, consulting_officer, consulted_officer):
        denial = a_denial(consulted_officer)
        application = an_application(consulting_officer)
        old = open_hit(application)
        amend(denial, consulted_officer)
        screen(application, consulting_officer)
        with pytest.raises(EarlierScreening):
            actions.dismiss_hit(
                application=application,
                hit=old,
                reason_code="other_item",
                by=consulting_officer.principal,
                now=MARCH + 3 * HOUR,
            )


class TestTakingIntoConsultation:
    def test_settles_the_hit_through_a_change_of_rules(self, consulting_officer, consulted_officer, monkeypatch):
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        actions.consult_on_hits(
            application=application,
            hits=[open_hit(application)],
            by=consulting_officer.principal,
            now=MARCH + HOUR,
        )
        application.refresh_from_db()
        assert application.status == "consulting"
        monkeypatch.setattr("screening.search.run.RULESET_VERSION", "next")
        screen(application, consulting_officer)
        assert application.open_hits() == []

    def test_leaves_own_denials_alone(self, consulting_officer):
        a_denial(consulting_officer)
        application = an_application(consulting_officer)
        with pytest.raises(TransitionRefused):
            actions.consult_on_hits(
                application=application,
                hits=[application.standing_hits()[0].hit],
                by=consulting_officer.principal,
                now=MARCH + HOUR,
            )


class TestTheRegisterMovesOn:
    def test_a_new_denial_brings_a_notice_to_the_authority_alone(self, consulting_officer, consulted_officer):
        application = an_application(consulting_officer)
        a_denial(consulted_officer, now=MARCH + HOUR)
        actions.rescreen_after_change(application=application, by=consulting_officer.principal, now=MARCH + 2 * HOUR)
        notice = Notice.objects.get(kind="screening.new_hits")
        assert notice.recipient == consulting_officer.authority
        assert notice.reference == application.reference
        application.refresh_from_db()
        assert application.status == "screened"

    def test_a_denial_known_before_brings_none(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        a_denial(consulted_officer, parties=(StatedParty.stated("end_user", "Ministerio de Salud"),), now=MARCH + HOUR)
        actions.rescreen_after_change(application=application, by=consulting_officer.principal, now=MARCH + 2 * HOUR)
        assert not Notice.objects.filter(kind="screening.new_hits").exists()

    def test_a_revoked_denial_is_no_hit_any_more(self, consulting_officer, consulted_officer):
        denial = a_denial(consulted_officer)
        application = an_application(consulting_officer)
        revoke(denial, consulted_officer)
        screening = screen(application, consulting_officer)
        assert screening.compared == 0
        assert application.standing_hits() == []
        application.refresh_from_db()
        assert application.status == "decidable"


class TestTakingAndWithdrawing:
    def test_an_officer_takes_an_application(self, client_be, consulting_officer):
        application = an_application(client_be)
        actions.take_application(application=application, by=consulting_officer.principal, now=MARCH + HOUR)
        application.refresh_from_db()
        assert application.owner == consulting_officer.user
        assert acts_on(application)[-1] == "application.taken"

    def test_a_system_cannot_look_after_one(self, client_be):
        application = an_application(client_be)
        with pytest.raises(NotCompetent):
            actions.take_application(application=application, by=client_be.principal, now=MARCH + HOUR)

    def test_after_a_consultation_the_other_side_must_be_told(self, consulting_officer, consulted_officer):
        a_denial(consulted_officer)
        application = an_application(consulting_officer)
        by = consulting_officer.principal
        actions.consult_on_hits(application=application, hits=[open_hit(application)], by=by, now=MARCH + HOUR)
        with pytest.raises(OthersMustBeTold):
            actions.withdraw_application(application=application, by=by, now=MARCH + 2 * HOUR)

    def test_what_is_withdrawn_stays_so(self, consulting_officer):
        application = an_application(consulting_officer)
        withdraw = {"application": application, "by": consulting_officer.principal, "now": MARCH + HOUR}
        actions.withdraw_application(**withdraw)
        assert acts_on(application)[-1] == "application.withdrawn"
        with pytest.raises(TransitionRefused):
            actions.withdraw_application(**withdraw)
        with pytest.raises(TransitionRefused):
            screen(application, consulting_officer)


# ---- verbs in short ------------------------------------------------------------------------------------------------


def dismiss(application: Application, by: Any, reason_code: str = "other_item") -> Application:
    actions.dismiss_hit(
        application=application,
        hit=open_hit(application),
        reason_code=reason_code,
        by=by.principal,
        now=MARCH + HOUR,
    )
    return application


def screen(application: Application, by: Any) -> Screening:
    return actions.screen_application(
        application=application, trigger="requested", by=by.principal, now=MARCH + 2 * HOUR
    )


def amend(denial: Any, by: Any) -> None:
    from denials.actions import amend_denial
    from tests.factories import a_content

    amend_denial(
        denial_id=denial.pk,
        content=a_content(remarks="By air."),
        reason="Route added.",
        by=by.principal,
        now=MARCH + HOUR,
    )


def revoke(denial: Any, by: Any) -> None:
    from denials.actions import revoke_denial

    revoke_denial(denial_id=denial.pk, reason="Embargo lifted.", by=by.principal, now=MARCH + HOUR)
