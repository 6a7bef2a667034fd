"""The acts upon the register: what each leaves behind, whom it tells, and what it refuses."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from accounts.law.errors import (
    NotCompetent,
    NotForeseen,
    NotNotifiable,
    ReasonMissing,
    StillIncomplete,
    TransitionRefused,
)
from accounts.models import AuditRecord, Authority, Ledger, Notice
from denials import actions
from denials.law.content import Citation, ContentRefused, NothingChanged, StatedItem, StatedParty
from denials.law.transactions import Destination
from denials.models import Denial, DenialItem, DenialVersion, RegisterChange
from denials.models import content as rows
from tests.factories import MARCH, a_content, a_denial, a_draft, a_historic_denial

pytestmark = pytest.mark.django_db
LATER = MARCH + timedelta(days=30)


def acts(denial):
    return list(
        AuditRecord.objects.filter(subject_id=str(denial.pk)).order_by("sequence").values_list("act", flat=True)
    )


def told(kind):
    return set(Notice.objects.filter(kind=kind).values_list("recipient__code", flat=True))


class TestDraft:
    def test_a_draft_may_lack_everything_but_its_regime(self, consulted_officer):
        draft = actions.save_draft(
            content=replace(a_content(), act="", decided_on=None, items=(), parties=(), destinations=(), criteria=()),
            authority=consulted_officer.authority,
            by=consulted_officer.principal,
            now=MARCH,
        )
        assert (draft.status, draft.reference) == ("draft", None)
        assert not Notice.objects.exists()
        assert not RegisterChange.objects.exists()

    def test_what_is_saved_is_read_back_whole(self, consulted_officer):
        draft = a_draft(consulted_officer)
        assert rows.read(Denial.objects.get(pk=draft.pk).current) == a_content()

    def test_saving_again_replaces_the_parts(self, consulted_officer):
        draft = a_draft(consulted_officer)
        other = replace(a_content(), items=(StatedItem.stated("ML1.a", description="rifles"),), parties=())
        actions.save_draft(
            content=other,
            authority=consulted_officer.authority,
            by=consulted_officer.principal,
            now=MARCH,
            denial_id=draft.pk,
        )
        assert rows.read(Denial.objects.get(pk=draft.pk).current) == other
        assert acts(draft) == ["denial.drafted", "denial.drafted"]

    def test_a_discarded_draft_cannot_be_edited_or_notified(self, consulted_officer):
        draft = a_draft(consulted_officer)
        actions.discard_draft(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)
        with pytest.raises(TransitionRefused):
            actions.notify_denial(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)
        assert acts(draft) == ["denial.drafted", "denial.discarded"]

    def test_another_authority_cannot_touch_it(self, consulted_officer, stranger):
        draft = a_draft(consulted_officer)
        with pytest.raises(NotCompetent):
            actions.notify_denial(denial_id=draft.pk, by=stranger.principal, now=MARCH)

    @pytest.mark.parametrize(
        ("changes", "field", "rule"),
        [
            ({"decided_on": date(2026, 3, 3)}, "decided_on", "in_future"),
            ({"decided_on": date(1, 1, 1)}, "decided_on", "too_early"),
            ({"decided_on": date(9999, 12, 31)}, "decided_on", "in_future"),
            ({"suspended_until": date(2020, 1, 1)}, "suspended_until", "before_decision"),
            ({"end_use": "x" * 10_001}, "end_use", "too_long"),
            ({"marking": "SECRET"}, "marking", "above_ceiling"),
            ({"destinations": (Destination("ZZ"),)}, "destinations[0]", "country_unknown"),
            ({"destinations": (Destination(),)}, "destinations[0]", "required"),
            ({"parties": (StatedParty("end_user", "n" * 501),)}, "parties[0].name", "too_long"),
            ({"parties": (StatedParty("end_user", " "),)}, "parties[0].name", "required"),
            ({"parties": (StatedParty("friend", "A"),)}, "parties[0].role", "role_unknown"),
            ({"parties": (StatedParty("end_user", "A", country="QQ"),)}, "parties[0].country", "country_unknown"),
            ({"items": (StatedItem(),)}, "items[0]", "required"),
            ({"items": (StatedItem("ML1", quantity=Decimal(-1)),)}, "items[0].quantity", "not_positive"),
            ({"items": (StatedItem("ML1", quantity=Decimal(10) ** 15),)}, "items[0].quantity", "too_large"),
            ({"items": (StatedItem("ML1"),) * 201}, "items", "too_many"),
            ({"criteria": (Citation("9"),)}, "criteria[0]", "criterion_unknown"),
        ],
    )
    def test_values_no_denial_can_have_are_refused_by_field_and_rule(self, consulted_officer, changes, field, rule):
        with pytest.raises(ContentRefused) as refused:
            a_draft(consulted_officer, **changes)
        assert (field, rule) in {(one.field, one.rule) for one in refused.value.problems}
        assert not Denial.objects.exists()


class TestNotification:
    """Reg. (EU) 2021/821 Art. 16(1); Reg. (EU) 2019/125 Art. 23(1); CP 2008/944/CFSP Art. 4(1)."""

    def test_it_gives_a_reference_of_state_regime_year_and_serial(self, consulted_officer):
        assert a_denial(consulted_officer).reference == "NL-ARM-2026-0001"
        assert a_denial(consulted_officer).reference == "NL-ARM-2026-0002"
        assert a_denial(consulted_officer, "dual_use").reference == "NL-DU-2026-0001"

    def test_all_other_competent_authorities_and_the_institution_are_told(self, consulted_officer):
        a_denial(consulted_officer)
        recipients = told("denial.notified")
        assert {"SE", "BE-VLG", "NO", "EEAS"} <= recipients
        assert not {"NL", "COM", "GB", "AUDIT"} & recipients
        a_denial(consulted_officer, "dual_use")
        assert "COM" in told("denial.notified")

    def test_a_notice_carries_the_reference_and_no_content(self, consulted_officer):
        denial = a_denial(consulted_officer)
        assert set(Notice.objects.values_list("reference", flat=True)) == {denial.reference}

    def test_it_enters_the_register_without_gaps(self, consulted_officer, stranger):
        for officer in (consulted_officer, stranger, consulted_officer):
            a_denial(officer)
        assert list(RegisterChange.objects.order_by("sequence").values_list("sequence", flat=True)) == [1, 2, 3]
        assert Ledger.objects.get().register_sequence == 3

    def test_it_is_audited(self, consulted_officer):
        assert acts(a_denial(consulted_officer)) == ["denial.drafted", "denial.notified"]

    def test_nothing_remains_if_the_audit_record_cannot_be_written(self, consulted_officer, monkeypatch):
        draft = a_draft(consulted_officer)
        monkeypatch.setattr("accounts.audit.chain.AuditRecord.objects.bulk_create", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.notify_denial(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)
        draft.refresh_from_db()
        assert (draft.status, draft.reference) == ("draft", None)
        assert not Notice.objects.exists()

    def test_a_second_notification_is_refused(self, consulted_officer):
        denial = a_denial(consulted_officer)
        with pytest.raises(TransitionRefused):
            actions.notify_denial(denial_id=denial.pk, by=consulted_officer.principal, now=MARCH)

    def test_every_missing_field_is_named(self, consulted_officer):
        draft = a_draft(consulted_officer, criteria=(), explanation=" ", items=())
        with pytest.raises(StillIncomplete) as refused:
            actions.notify_denial(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)
        assert refused.value.params["fields"] == ("items", "grounds", "reasons")

    @pytest.mark.parametrize(
        ("regime", "changes", "error"),
        [
            ("arms", {"act": "dismissal"}, NotForeseen),
            ("arms", {"legal_basis": "annex_i"}, NotForeseen),
            ("arms", {"criteria": (), "grounds": ("national_policy",)}, NotNotifiable),
            ("torture", {"grounds": ("national_prohibition",)}, NotNotifiable),
            ("dual_use", {"items": (StatedItem.stated("MILTA"),)}, ContentRefused),
            ("dual_use", {"items": (StatedItem.stated("3A777"),)}, ContentRefused),
            ("dual_use", {"act": "suspension"}, StillIncomplete),
            ("dual_use", {"act": "transit_prohibition"}, StillIncomplete),
        ],
    )
    def test_what_the_regime_does_not_know_is_refused(self, consulted_officer, regime, changes, error):
        draft = a_draft(consulted_officer, regime, **changes)
        with pytest.raises(error):
            actions.notify_denial(denial_id=draft.pk, by=consulted_officer.principal, now=MARCH)

    def test_a_suspension_until_a_day_is_notified(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use", act="suspension", suspended_until=date(2026, 6, 1))
        assert denial.status == "in_force"

    def test_an_authority_not_competent_for_the_regime_is_refused(self, db):
        from tests.cast import person

        officer = person("FR-CIEEMG", "officer")
        with pytest.raises(NotCompetent):
            a_denial(officer, "dual_use")

    def test_the_first_review_of_a_dual_use_denial_is_due_after_three_years(self, consulted_officer):
        assert a_denial(consulted_officer, "dual_use").current.review_due_on == date(2029, 3, 2)
        assert a_denial(consulted_officer, "arms").current.review_due_on is None

    def test_the_day_is_that_of_the_authority(self, consulted_officer):
        denial = a_denial(consulted_officer, now=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
        assert denial.current.notified_on == date(2026, 3, 2)


class TestHistoricDenial:
    def test_it_is_in_force_without_day_of_notification_and_nobody_is_told(self, db):
        denial = a_historic_denial()
        assert (denial.status, denial.is_historic, denial.current.notified_on) == ("in_force", True, None)
        assert not Notice.objects.exists()
        assert acts(denial) == ["denial.registered"]

    def test_its_reference_is_of_the_year_of_decision(self, db):
        assert a_historic_denial().reference == "NL-ARM-2024-0001"

    def test_what_its_source_leaves_open_stays_open(self, db):
        denial = a_historic_denial(criteria=(), criteria_stated=False, parties=(), act="", explanation="")
        assert denial.status == "in_force"

    def test_one_decided_before_the_regime_had_a_text_keeps_a_reference(self, db):
        assert a_historic_denial("NL", "torture", decided_on=date(2006, 8, 1)).reference == "NL-TOR-2006-0001"

    def test_an_issuer_of_the_past_keeps_its_denials(self, db):
        assert a_historic_denial("GB", decided_on=date(2008, 1, 7)).reference == "GB-ARM-2008-0001"
        with pytest.raises(NotCompetent):
            a_historic_denial("GB", decided_on=date(2021, 1, 7))


class TestAmendment:
    def amended(self, officer, **changes):
        denial = a_denial(officer)
        return actions.amend_denial(
            denial_id=denial.pk,
            content=replace(a_content(), **changes),
            by=officer.principal,
            now=LATER,
            reason="Corrected.",
        )

    def test_it_adds_a_version_and_keeps_the_first(self, consulted_officer):
        denial = self.amended(consulted_officer, end_use="Prison equipment")
        first, second = denial.versions.order_by("number")
        assert (first.end_use, second.end_use) == ("", "Prison equipment")
        assert denial.current == second
        assert second.notified_on == first.notified_on
        assert list(denial.changes.order_by("sequence").values_list("kind", flat=True)) == ["notify", "amend"]

    def test_everyone_is_told_again(self, consulted_officer):
        self.amended(consulted_officer, end_use="Prison equipment")
        assert told("denial.amended") == told("denial.notified")

    def test_an_amendment_that_changes_nothing_is_refused(self, consulted_officer):
        with pytest.raises(NothingChanged):
            self.amended(consulted_officer)

    def test_the_regime_cannot_be_amended(self, consulted_officer):
        with pytest.raises(NotForeseen):
            self.amended(consulted_officer, regime="torture")

    def test_an_amendment_must_be_as_complete_as_a_notification(self, consulted_officer):
        with pytest.raises(StillIncomplete):
            self.amended(consulted_officer, criteria=())

    def test_a_historic_denial_may_stay_incomplete(self, consulted_officer):
        denial = a_historic_denial(criteria=(), criteria_stated=False)
        content = replace(rows.read(denial.current), end_use="Unknown")
        amended = actions.amend_denial(denial_id=denial.pk, content=content, by=consulted_officer.principal, now=MARCH)
        assert amended.current.number == 2

    def test_one_in_preparation_is_not_in_force(self, consulted_officer):
        denial = a_denial(consulted_officer)
        content = replace(a_content(), end_use="Prison equipment")
        for _ in range(2):
            actions.draft_amendment(
                denial_id=denial.pk, content=content, reason="", by=consulted_officer.principal, now=LATER
            )
        assert Denial.objects.get(pk=denial.pk).current.number == 1
        actions.amend_denial(denial_id=denial.pk, content=content, by=consulted_officer.principal, now=LATER)
        assert [version.number for version in denial.versions.order_by("number")] == [1, 2]


class TestReview:
    """Reg. (EU) 2021/821 Art. 16(2)."""

    def renewed(self, officer, denial, year, reason=""):
        return actions.renew_denial(
            denial_id=denial.pk, by=officer.principal, now=datetime(year, 3, 1, 9, tzinfo=UTC), reason=reason
        )

    def test_each_review_sets_the_next_three_years_on(self, consulted_officer):
        denial = self.renewed(consulted_officer, a_denial(consulted_officer, "dual_use"), 2029)
        assert (denial.current.review_number, denial.current.review_due_on) == (1, date(2032, 3, 1))
        assert told("denial.renewed") == told("denial.notified")

    def test_the_third_needs_its_reasoning(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        self.renewed(consulted_officer, denial, 2029)
        self.renewed(consulted_officer, denial, 2032)
        with pytest.raises(ReasonMissing):
            self.renewed(consulted_officer, denial, 2035)
        assert self.renewed(consulted_officer, denial, 2035, "The risk persists.").current.review_number == 3

    def test_arms_denials_know_none(self, consulted_officer):
        with pytest.raises(NotForeseen):
            self.renewed(consulted_officer, a_denial(consulted_officer), 2029)


class TestEnd:
    @pytest.mark.parametrize(
        ("verb", "status", "kind"),
        [("revoke_denial", "revoked", "denial.revoked"), ("withdraw_denial", "withdrawn", "denial.withdrawn")],
    )
    def test_it_needs_a_reason_and_everyone_is_told(self, consulted_officer, verb, status, kind):
        denial = a_denial(consulted_officer)
        act = getattr(actions, verb)
        with pytest.raises(ReasonMissing):
            act(denial_id=denial.pk, reason="  ", by=consulted_officer.principal, now=LATER)
        ended = act(denial_id=denial.pk, reason="Issued in error.", by=consulted_officer.principal, now=LATER)
        assert (ended.status, ended.current.status, ended.current.change_reason) == (status, status, "Issued in error.")
        assert told(kind) == told("denial.notified")
        assert acts(denial)[-1] == kind

    def test_what_has_ended_cannot_be_amended_or_ended_again(self, consulted_officer):
        denial = a_denial(consulted_officer)
        actions.revoke_denial(denial_id=denial.pk, reason="Over.", by=consulted_officer.principal, now=LATER)
        with pytest.raises(TransitionRefused):
            actions.revoke_denial(denial_id=denial.pk, reason="Over.", by=consulted_officer.principal, now=LATER)


class TestSeal:
    """A recorded version is evidence; the database refuses to change it."""

    @pytest.mark.parametrize(
        "change",
        [
            lambda version: DenialVersion.objects.filter(pk=version.pk).update(end_use="x"),
            lambda version: version.items.update(description="x"),
            lambda version: version.parties.all().delete(),
            lambda version: version.destinations.update(code="FR"),
            lambda version: version.criteria.all().delete(),
            lambda version: DenialItem.objects.create(version=version, position=9),
            lambda version: RegisterChange.objects.filter(version=version).update(kind="x"),
            lambda version: DenialVersion.objects.filter(pk=version.pk)._raw_delete("default"),
        ],
    )
    def test_a_recorded_version_and_its_parts_never_change(self, consulted_officer, change):
        version = a_denial(consulted_officer).current
        refused = pytest.raises(DatabaseError, match=r"recorded|permission|written once")
        with refused, transaction.atomic():
            change(version)

    def test_a_draft_may_change(self, consulted_officer):
        version = a_draft(consulted_officer).current
        version.items.update(description="x")
        assert version.items.get().description == "x"


class TestVisibility:
    def test_drafts_are_seen_by_their_authority_only(self, consulted_officer, observer, stranger, eeas):
        draft = a_draft(consulted_officer)
        sees = [person for person in (consulted_officer, observer, stranger, eeas) if self.sees(person, draft)]
        assert sees == [consulted_officer, observer]

    def test_arms_go_to_the_eeas_and_dual_use_to_the_commission(self, consulted_officer, eeas, commission):
        arms, dual_use = a_denial(consulted_officer), a_denial(consulted_officer, "dual_use")
        assert [self.sees(eeas, arms), self.sees(eeas, dual_use)] == [True, False]
        assert [self.sees(commission, arms), self.sees(commission, dual_use)] == [False, True]

    def test_norway_sees_arms_only(self, consulted_officer):
        from tests.cast import person

        norway = person("NO", "officer")
        assert self.sees(norway, a_denial(consulted_officer))
        assert not self.sees(norway, a_denial(consulted_officer, "dual_use"))

    def test_the_exporter_is_not_among_the_facts(self, consulted_officer):
        facts = a_denial(consulted_officer).facts()
        assert {party.role for party in facts.parties} == {"end_user", "consignee"}

    def sees(self, member, denial):
        return Denial.objects.visible_to(member.principal).filter(pk=denial.pk).exists()


def test_the_register_counts_the_authorities_it_tells(consulted_officer):
    a_denial(consulted_officer)
    members = Authority.objects.members_of("arms", date(2026, 3, 2)).exclude(code="NL").count()
    assert Notice.objects.count() == members + 1
