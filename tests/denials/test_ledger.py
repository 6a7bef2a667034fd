"""Who received a denial: told, read, exported, mirrored; each other authority once, for the issuer to recall."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.labels import NOTICES
from accounts.models import Competence, Notice
from consultations.views.inbox import NEWS
from denials import actions, ledger
from denials.models import DenialRecipient
from denials.notices import NOTICE_OF
from tests.factories import MARCH, a_content, a_denial, a_draft, a_historic_denial

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH)


def received(denial, code):
    return DenialRecipient.objects.filter(denial=denial, authority__code=code).first()


class TestTold:
    def test_everyone_who_is_told_is_in_it_and_the_issuer_is_not(self, consulted_officer):
        denial = a_denial(consulted_officer, "dual_use")
        told = set(denial.recipients.values_list("authority__code", flat=True))
        assert {"SE", "BE-VLG", "COM"} <= told
        assert "NL" not in told
        assert {row.told_at for row in denial.recipients.all()} == {MARCH}

    def test_the_first_notice_is_kept(self, consulted_officer):
        denial = a_denial(consulted_officer)
        again = [row.authority for row in denial.recipients.all()]
        ledger.note_told(denial, again, at=MARCH + timedelta(days=9))
        assert {row.told_at for row in denial.recipients.all()} == {MARCH}

    def test_nobody_was_told_of_a_denial_of_the_past(self):
        assert not a_historic_denial().recipients.exists()


class TestToldAgain:
    """Who received a denial is told of what becomes of it, competent for its regime or not any more."""

    @pytest.fixture
    def lost(self, consulted_officer, stranger):
        denial = a_denial(consulted_officer)
        Competence.objects.filter(authority=stranger.authority, regime="arms").update(until=date(2026, 3, 10))
        return denial

    @pytest.mark.parametrize("end", [actions.revoke_denial, actions.withdraw_denial])
    def test_of_its_end(self, consulted_officer, stranger, lost, end):
        end(denial_id=lost.pk, reason="x", by=consulted_officer.principal, now=MARCH + timedelta(days=20))
        (notice,) = Notice.objects.filter(recipient=stranger.authority).exclude(kind="denial.notified")
        assert (notice.kind, notice.reference) in {
            ("denial.revoked", lost.reference),
            ("denial.withdrawn", lost.reference),
        }

    def test_of_an_amendment_and_an_erasure(self, consulted_officer, stranger, lost):
        given = {"denial_id": lost.pk, "by": consulted_officer.principal, "now": MARCH + timedelta(days=20)}
        actions.amend_denial(**given, content=a_content(remarks="x"))
        actions.erase_person(**given, names=["Troya Tech Defense Ltd."], basis="Request of 9 March")
        told = Notice.objects.filter(recipient=stranger.authority).values_list("kind", flat=True)
        assert sorted(told) == ["denial.amended", "denial.notified", "denial.person_erased"]

    def test_of_one_they_only_took_out_in_a_file(self, consulted_officer, stranger):
        historic = a_historic_denial()
        ledger.note_exported([historic], stranger.principal, at=MARCH)
        Competence.objects.filter(authority=stranger.authority, regime="arms").update(until=date(2026, 3, 10))
        later = MARCH + timedelta(days=20)
        actions.revoke_denial(denial_id=historic.pk, reason="x", by=consulted_officer.principal, now=later)
        assert received(historic, "SE").told_at == later

    def test_a_first_notice_goes_to_whom_the_rule_names_alone(self, consulted_officer, stranger, lost):
        later = a_denial(consulted_officer, now=MARCH + timedelta(days=20))
        assert received(later, "SE") is None

    def test_every_act_told_has_words_and_a_row_in_the_inbox(self):
        assert set(NOTICE_OF.values()) <= set(NOTICES) & set(NEWS)
        assert {"search.new_results", "denial.review_ahead"} <= set(NEWS)

    def test_the_inbox_says_that_copies_are_to_be_blanked(self, consulted_officer, stranger, lost):
        given = {"by": consulted_officer.principal, "now": MARCH + timedelta(days=1)}
        actions.erase_person(denial_id=lost.pk, names=["Troya Tech Defense Ltd."], basis="Request of 9 March", **given)
        assert "blank your copies" in stranger.web.get(reverse("inbox")).content.decode()


class TestRead:
    def test_a_page_and_rest_leave_the_first_and_the_last_reading(self, consulted_officer, stranger, client_be):
        denial = a_denial(consulted_officer)
        stranger.web.get(reverse("denials:detail", args=[denial.pk]))
        row = received(denial, "SE")
        assert row.first_read_at == row.last_read_at >= MARCH
        later = row.first_read_at + timedelta(days=2)
        ledger.note_read([denial], stranger.principal, at=later)
        row.refresh_from_db()
        assert (row.first_read_at, row.last_read_at) == (later - timedelta(days=2), later)
        client_be.api.get("/api/v1/denials/")
        assert received(denial, "BE-VLG").first_read_at

    @pytest.mark.parametrize("who", ["consulted_officer", "observer", "auditor", "client_nl"])
    def test_the_issuer_and_the_auditors_are_no_recipients(self, request, consulted_officer, who):
        denial = a_denial(consulted_officer)
        ledger.note_read([denial], request.getfixturevalue(who).principal, at=MARCH)
        assert not denial.recipients.filter(first_read_at__isnull=False).exists()

    def test_a_draft_has_no_recipient(self, consulted_officer, stranger):
        ledger.note_read([a_draft(consulted_officer)], stranger.principal, at=MARCH)
        assert not DenialRecipient.objects.exists()

    def test_a_list_read_within_the_hour_is_not_written_again(self, consulted_officer, stranger):
        both = [a_denial(consulted_officer), a_denial(consulted_officer)]
        ledger.note_read(both, stranger.principal, at=MARCH)
        ledger.note_read(both, stranger.principal, at=MARCH + timedelta(minutes=59))
        assert received(both[0], "SE").last_read_at == MARCH
        ledger.note_read(both, stranger.principal, at=MARCH + timedelta(minutes=61))
        assert received(both[1], "SE").last_read_at == MARCH + timedelta(minutes=61)


class TestTaken:
    def test_exports_and_mirrors_are_noted_with_their_last_time(self, consulted_officer, stranger, client_be):
        historic = a_historic_denial()
        for days in (3, 1):
            at = MARCH + timedelta(days=days)
            ledger.note_exported([historic.pk], stranger.principal, at=at)
            ledger.note_mirrored([historic], client_be.principal, at=at)
        assert received(historic, "SE").exported_at == MARCH + timedelta(days=3)
        assert received(historic, "BE-VLG").mirrored_at == MARCH + timedelta(days=3)
        assert received(historic, "BE-VLG").told_at is None

    def test_a_row_is_never_deleted(self, consulted_officer):
        denial = a_denial(consulted_officer)
        with pytest.raises(DatabaseError), transaction.atomic():
            denial.recipients.all().delete()
