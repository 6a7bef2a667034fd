"""The form marks what is needed and takes several entries apart; notices, badges and the mirror say what they mean."""

import io
import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Notice
from denials import actions, notices, search
from denials.law.court import CourtFact, Fact
from denials.law.feed import ChangeUnreadable
from denials.management.commands import mirror as command
from denials.models import Denial, RegisterVocabulary
from denials.models import content as rows
from denials.templatetags.dossier import dossier_of
from tests.factories import MARCH, a_content, a_denial, a_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def march(clock):
    clock.set(MARCH)


def sent_form(browser, path, **changes):
    """What the form of a page sends when nothing is touched but some fields."""
    page = browser.get(path).content.decode()
    found = dict(re.findall(r'<input[^>]*?name="([^"]+)"[^>]*?value="([^"]*)"', page))
    chosen = re.findall(r'<select name="([^"]+)".*?</select>', page, re.DOTALL)
    for name in chosen:
        block = re.search(rf'<select name="{re.escape(name)}".*?</select>', page, re.DOTALL)[0]
        picked = re.search(r'<option value="([^"]*)" selected', block)
        found[name] = picked[1] if picked else ""
    found |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\r?\n?([^<]*)</textarea>', page))
    found = {name: value for name, value in found.items() if not name.endswith("-DELETE")}
    return found | changes


class TestTheForm:
    def test_what_is_needed_to_notify_is_marked_in_words_and_for_readers_of_the_screen(self, march, consulted_officer):
        draft = a_draft(consulted_officer)
        page = consulted_officer.web.get(reverse("denials:edit", args=[draft.pk])).content.decode()
        for name in ("act", "decided_on", "destinations-0-code"):
            control = re.search(rf'<(?:input|select)[^>]*name="{name}"[^>]*>', page)[0]
            assert 'aria-required="true"' in control, name
            label = re.search(rf'<label class="form-label" for="id_{name}">.*?</label>', page)[0]
            assert "needed to notify" in label, name
        for name in ("remarks", "source_reference", "suspended_until"):
            label = re.search(rf'<label class="form-label" for="id_{name}">.*?</label>', page)[0]
            assert "optional" in label, name

    def test_a_suspension_needs_its_end(self, march, consulted_officer):
        draft = a_draft(consulted_officer, "dual_use", act="suspension")
        page = consulted_officer.web.get(reverse("denials:edit", args=[draft.pk])).content.decode()
        assert (
            "needed to notify" in re.search(r'<label class="form-label" for="id_suspended_until">.*?</label>', page)[0]
        )

    @pytest.mark.parametrize(
        ("typed", "codes", "is_said"),
        [
            ("ML1; ML15.c", ["ML1", "ML15.c"], True),
            ("ML15.c", ["ML15.c"], False),
            ("ML15.c; a pump", None, False),  # read only in part: not taken apart
        ],
    )
    def test_several_entries_in_one_field_become_an_item_each(self, march, consulted_officer, typed, codes, is_said):
        draft = a_draft(consulted_officer)
        path = reverse("denials:edit", args=[draft.pk])
        sent = sent_form(consulted_officer.web, path, **{"items-0-code": typed})
        answer = consulted_officer.web.post(path, sent, follow=True)
        items = rows.read(_current(draft)).items
        assert (f"“{typed}” was taken apart into 2 items: ML1, ML15.c." in answer.content.decode()) is is_said
        if codes is None:
            assert len(items) == 1
            return
        assert [one.code for one in items] == codes
        assert [one.quantity for one in items] == [40, None][: len(codes)]
        assert {one.description for one in items} == {"Beeldversterkers"}

    def test_an_amendment_reaches_back_by_page(self, march, consulted_officer):
        denial = a_denial(consulted_officer)
        by = consulted_officer.principal
        content = a_content(explanation="More.")
        actions.draft_amendment(denial_id=denial.pk, content=content, reason="", by=by, now=MARCH)
        path = reverse("denials:amend-preview", args=[denial.pk])
        assert 'name="valid_from"' in consulted_officer.web.get(path).content.decode()
        given = {"reason": "It was so.", "confirm": "1"}
        for day in ("2030-01-01", "1999-01-01"):
            wrong = consulted_officer.web.post(path, {**given, "valid_from": day})
            assert wrong.status_code == 422
            assert 'id="id_valid_from_error"' in wrong.content.decode()
        assert consulted_officer.web.post(path, {**given, "valid_from": "2025-05-05"}).status_code == 302
        assert denial.versions.get(number=2).valid_from == date(2025, 5, 5)


def _current(draft):
    version = Denial.objects.get(pk=draft.pk).current
    version.denial = draft
    return version


class TestNotices:
    def test_the_notice_of_a_court_says_what_it_did(self, march, consulted_officer, stranger):
        denial = a_denial(consulted_officer)
        by = consulted_officer.principal
        for fact in (Fact.APPEAL_LODGED, Fact.ANNULLED):
            given = CourtFact(str(fact), date(2026, 3, 1))
            actions.record_court_fact(denial_id=denial.pk, fact=given, by=by, now=MARCH)
        told = Notice.objects.filter(recipient=stranger.authority, subject_id=denial.pk).order_by("kind")
        assert list(told.values_list("kind", flat=True)) == [
            "denial.court_annulled",
            "denial.court_appeal",
            "denial.notified",
        ]
        page = stranger.web.get(reverse("inbox")).content.decode()
        assert "A court annulled a denial" in page
        assert "An appeal was lodged against a denial" in page
        receipt = consulted_officer.web.get(reverse("denials:receipt", args=[denial.pk])).content.decode()
        assert stranger.authority.code in receipt

    def test_every_fact_has_its_notice(self):
        assert set(notices.NOTICE_OF_COURT) == set(Fact)


class TestRecalled:
    def test_list_rest_and_dossier_say_that_it_was_recalled(self, march, consulted_officer, stranger, client_se):
        denial, other = a_denial(consulted_officer), a_denial(consulted_officer, "dual_use")
        given = {"demand": "delete", "what": "x", "reason": "x", "by": consulted_officer.principal, "now": MARCH}
        actions.recall_denial(denial_id=denial.pk, **given)
        told = {one["id"]: one["recalled_at"] for one in client_se.api.get("/api/v1/denials/").json()["results"]}
        assert (bool(told[str(denial.pk)]), told[str(other.pk)]) == (True, None)
        assert client_se.api.get(f"/api/v1/denials/{denial.pk}/").json()["recalled_at"] == told[str(denial.pk)]
        assert stranger.web.get(reverse("denials:list")).content.decode().count(">recalled<") == 1
        found = Denial.objects.with_content().get(pk=denial.pk)  # as the dossier reads it
        state = dossier_of(found, stranger.principal, now=MARCH).sections[0]
        assert [fact.text for fact in state.facts if "recalled" in fact.text]


class TestTheMirrorThatFollows:
    """It says what is wrong and goes on; without --follow it ends with a code of its own."""

    ERRORS = (ChangeUnreadable("court", sequence=7), OperationalError("server closed the connection"))

    @pytest.fixture
    def rounds(self, march, monkeypatch):
        """A source of which each round comes to what the test says; sleeping twice ends the run."""
        waited = []

        class Over(Exception):
            """The test has seen enough."""

        def wait(seconds):
            waited.append(seconds)
            if len(waited) == 2:
                raise Over

        def run(error, *options):
            def fail(*_given):
                raise error

            monkeypatch.setattr(command.Command, "_round", fail)
            monkeypatch.setattr(command.time, "sleep", wait)
            monkeypatch.setattr(command, "connection", io.StringIO())  # the test's own stays open
            said = io.StringIO()
            try:
                call_command(
                    "mirror", "--from", "https://x.example", "--token", "t", *options, stdout=said, stderr=said
                )
            except Over:
                monkeypatch.setattr(command, "connection", io.StringIO())
            return said.getvalue(), waited

        return run

    @pytest.mark.parametrize("error", ERRORS, ids=lambda one: type(one).__name__)
    def test_it_survives_what_may_pass(self, rounds, error, monkeypatch):
        said, waited = rounds(error, "--follow", "5")
        assert said.count("trying again in 5 s") == 2
        assert waited == [5, 5]

    @pytest.mark.parametrize(("error", "code"), [(ERRORS[0], 3), (ERRORS[1], 2)], ids=["change", "database"])
    def test_once_it_ends_with_a_code(self, rounds, error, code):
        with pytest.raises(CommandError) as ended:
            rounds(error)
        assert ended.value.returncode == code
        assert "Traceback" not in str(ended.value)


def test_words_are_forgotten_under_the_lock_of_the_ledger(march, consulted_officer):
    a_denial(consulted_officer)
    RegisterVocabulary.objects.create(word="zwaluwstaart")
    with CaptureQueriesContext(connection) as asked:
        assert search.forget_words(["zwaluwstaart"]) == 1
    first = next(one["sql"] for one in asked if "SAVEPOINT" not in one["sql"])
    assert "FOR UPDATE" in first
    assert "accounts_ledger" in first
