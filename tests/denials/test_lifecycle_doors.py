"""Release, assessment, courts, recalls and the docket by page and over REST; what strangers do not see."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from accounts.actions import change_setting
from accounts.law.settings import FOUR_EYES_DENIALS
from accounts.models import Notice, SweepHeartbeat
from denials import actions, tasks
from denials.law.court import CourtFact
from denials.models import Denial, Reminder
from tests.factories import MARCH, a_content, a_denial, a_draft, a_historic_denial

pytestmark = pytest.mark.django_db
YEARS_LATER = MARCH.replace(year=2029)  # the day a dual-use denial of MARCH is due for review


@pytest.fixture(autouse=True)
def march(clock):
    clock.set(MARCH)


def page(name, denial=None, **query):
    return reverse(f"denials:{name}", args=[denial.pk] if denial else [])


def rest(act, denial=None):
    return f"/api/v1/denials/{denial.pk}/{act}/" if denial else f"/api/v1/denials/{act}/"


def again(denial):
    return Denial.objects.with_content().get(pk=denial.pk)


def act(member, name, denial, **sent):
    """Form, preview, confirmation, receipt; return what the receipt page says."""
    preview = member.web.post(page(name, denial), sent)
    assert preview.status_code == 200, preview.content.decode()
    done = member.web.post(page(name, denial), {**sent, "confirm": "1"})
    assert done.status_code == 302, done.content.decode()
    return preview.content.decode(), member.web.get(done["Location"]).content.decode()


def suspension(by):
    return a_denial(by, "dual_use", act="suspension", suspended_until=date(2026, 3, 20))


class TestRelease:
    @pytest.fixture(autouse=True)
    def four_eyes(self, supervisor):
        setting = {"name": FOUR_EYES_DENIALS, "value": "on", "since": MARCH.date()}
        change_setting(authority=supervisor.authority, by=supervisor.principal, now=MARCH, **setting)

    def test_by_page(self, consulted_officer, supervisor, stranger):
        draft = a_draft(consulted_officer)
        assert "Submit for release" in consulted_officer.web.get(page("preview", draft)).content.decode()
        sent = consulted_officer.web.post(page("preview", draft), {"confirm": "1"})
        assert sent["Location"] == page("release", draft)
        own = consulted_officer.web.get(page("release", draft)).content.decode()
        assert "Release and notify" not in own
        assert "Take it back" in own
        assert consulted_officer.web.post(page("release", draft)).status_code == 422
        for name in ("release", "return"):
            assert stranger.web.get(page(name, draft)).status_code == 404
        assert "awaits release" in supervisor.web.get(page("detail", draft)).content.decode()
        assert page("release", draft) in supervisor.web.get(page("docket")).content.decode()
        assert "Release and notify" in supervisor.web.get(page("release", draft)).content.decode()
        released = supervisor.web.post(page("release", draft), {"confirm": "1"})
        assert released["Location"] == page("receipt", draft)
        assert again(draft).status == "in_force"
        assert "submitted for release" in supervisor.web.get(page("detail", draft)).content.decode()
        assert "submitted for release" not in stranger.web.get(page("detail", draft)).content.decode()

    def test_returned_by_page(self, consulted_officer, supervisor):
        draft = a_draft(consulted_officer)
        consulted_officer.web.post(page("preview", draft), {"confirm": "1"})
        assert supervisor.web.post(page("return", draft), {"reason": ""}).status_code == 422
        supervisor.web.post(page("return", draft), {"reason": "Name the end-user."})
        assert "Name the end-user." in consulted_officer.web.get(page("detail", draft)).content.decode()
        assert again(draft).status == "draft"

    def test_over_rest(self, consulted_officer, client_nl, supervisor):
        draft = a_draft(consulted_officer)
        refused = client_nl.api.post(rest("notify", draft))
        assert (refused.status_code, refused.json()["code"]) == (409, "second_officer_needed")
        assert client_nl.api.post(rest("submit", draft)).json()["status"] == "ready"
        assert client_nl.api.post(rest("release", draft)).status_code == 403
        returned = client_nl.api.post(rest("return", draft), {"reason": "Not yet."})
        assert returned.json()["status"] == "draft"
        client_nl.api.post(rest("submit", draft))
        released = supervisor.web.post(rest("release", draft), {}, content_type="application/json")
        assert released.json()["status"] == "in_force"


class TestAssessmentAndCourts:
    def test_a_suspension_is_confirmed_or_lifted_by_page(self, consulted_officer, stranger, clock):
        confirmed, lifted = suspension(consulted_officer), suspension(consulted_officer)
        clock.set(MARCH + timedelta(days=30))
        assert "final assessment owed" in stranger.web.get(page("detail", confirmed)).content.decode()
        assert stranger.web.get(page("confirm", confirmed)).status_code == 404
        sent = {"act": "revocation", "decided_on": "2026-03-30", "reason": "Diverted."}
        for wrong in ({"act": "limitation"}, {"decided_on": "2026-05-01"}, {"reason": ""}):
            response = consulted_officer.web.post(page("confirm", confirmed), {**sent, **wrong, "confirm": "1"})
            assert response.status_code == 422, wrong
        preview, receipt = act(consulted_officer, "confirm", confirmed, **sent)
        assert "Revocation of an authorisation" in preview
        assert "SE" in receipt
        assert again(confirmed).current.act == "revocation"
        act(consulted_officer, "lift", lifted, reason="No concern.")
        assert again(lifted).status == "lifted"
        assert consulted_officer.web.get(page("lift", confirmed))["Location"] == page("detail", confirmed)

    def test_over_rest_with_the_rule_named(self, consulted_officer, client_nl, client_se):
        denial, plain = suspension(consulted_officer), a_denial(consulted_officer, "dual_use")
        assert client_nl.api.post(rest("lift", plain), {"reason": "x"}).json()["code"] == "transition_refused"
        assert client_se.api.post(rest("lift", denial), {"reason": "x"}).status_code == 403
        wrong = client_nl.api.post(rest("confirm", denial), {"act": "limitation", "reason": "x"})
        assert (wrong.status_code, wrong.json()["code"]) == (422, "not_foreseen")
        done = client_nl.api.post(rest("confirm", denial), {"act": "annulment", "reason": "Diverted."}).json()
        assert (done["act"], done["suspended_until"], done["status"]) == ("annulment", None, "in_force")

    def test_what_a_court_did_is_recorded_and_shown_to_others(self, consulted_officer, stranger, client_nl):
        denial = a_denial(consulted_officer, "dual_use", decided_on=date(2026, 2, 2))
        sent = {"fact": "appeal_lodged", "on": "2026-02-20", "court": "Rechtbank Den Haag", "number": "SGR 26/1"}
        act(consulted_officer, "court", denial, **sent)
        seen = stranger.web.get(page("detail", denial)).content.decode()
        assert "under appeal" in seen
        assert "Rechtbank Den Haag" in seen
        refused = client_nl.api.post(rest("court", denial), {"fact": "annulled", "on": "2026-02-01"})
        assert (refused.status_code, refused.json()["code"]) == (409, "court_fact_out_of_turn")
        done = client_nl.api.post(rest("court", denial), {"fact": "annulled", "on": "2026-03-01"}).json()
        assert done["validity"] == {"counts": False, "reason": "annulled_by_court", "until": None}
        assert done["overlays"] == ["annulled_by_court"]
        history = client_nl.api.get(rest("history", denial)).json()
        assert [one["kind"] for one in history] == ["notify", "court", "court"]
        assert [one["fact"] for one in history[-1]["court"]] == ["appeal_lodged", "annulled"]

    def test_late_notification_is_flagged(self, consulted_officer, stranger, client_se):
        late = a_denial(consulted_officer, "torture", decided_on=date(2026, 1, 5))
        a_denial(consulted_officer, "torture", decided_on=date(2026, 2, 20))
        assert "notified late" in stranger.web.get(page("detail", late)).content.decode()
        rows = client_se.api.get("/api/v1/denials/").json()["results"]
        assert {one["reference"]: one["overlays"] for one in rows} == {
            "NL-TOR-2026-0001": ["notified_late"],
            "NL-TOR-2026-0002": [],
        }


class TestAmendment:
    def test_a_notice_leads_to_what_changed(self, consulted_officer, stranger, observer):
        denial = a_denial(consulted_officer, "dual_use")
        amended = a_content("dual_use", end_use="Pickling of steel")
        now = MARCH + timedelta(hours=1)
        actions.amend_denial(denial_id=denial.pk, content=amended, by=consulted_officer.principal, now=now)
        notice = Notice.objects.get(recipient=stranger.authority, kind="denial.amended")
        told = reverse("denials:told", args=[notice.pk])
        assert told in stranger.web.get(reverse("notices")).content.decode()
        led = stranger.web.get(told)
        assert led["Location"] == page("detail", denial) + "#v2"
        seen = stranger.web.get(page("detail", denial)).content.decode()
        assert 'id="v2"' in seen
        assert "<ins>Pickling of steel</ins>" in seen
        assert observer.web.get(told).status_code == 404

    def test_as_the_result_of_a_review(self, consulted_officer, client_nl):
        denial, by = a_denial(consulted_officer, "dual_use"), consulted_officer.principal
        content = a_content("dual_use", remarks="checked")
        actions.draft_amendment(denial_id=denial.pk, content=content, reason="", by=by, now=MARCH)
        assert "result of the review" in consulted_officer.web.get(page("amend-preview", denial)).content.decode()
        consulted_officer.web.post(page("amend-preview", denial), {"confirm": "1", "as_review": "on"})
        assert again(denial).current.review_number == 1
        arms = a_denial(consulted_officer)
        actions.draft_amendment(denial_id=arms.pk, content=a_content(remarks="x"), reason="", by=by, now=MARCH)
        assert "result of the review" not in consulted_officer.web.get(page("amend-preview", arms)).content.decode()


class TestRecall:
    def recall(self, by):
        denial = a_denial(by)
        sent = {"demand": "delete", "what": "The consignee", "reason": "Exonerated by the court."}
        preview, receipt = act(by, "recall", denial, **sent)
        return denial, preview, receipt

    def test_it_is_asked_and_acknowledged_by_page(self, consulted_officer, stranger, eeas, observer):
        denial, preview, receipt = self.recall(consulted_officer)
        assert "SE" in preview
        assert "EEAS" in receipt
        seen = stranger.web.get(page("detail", denial)).content.decode()
        assert "Exonerated by the court." in seen
        assert "BE-VLG" not in seen.split('id="recall"')[1]
        assert "Recalls to acknowledge" in stranger.web.get(page("docket")).content.decode()
        for member in (stranger, eeas):
            assert "The consignee" in member.web.get(page("acknowledge", denial)).content.decode()
            assert member.web.post(page("acknowledge", denial), {"note": "Deleted everywhere."}).status_code == 302
            assert member.web.get(page("acknowledge", denial)).status_code == 302
        own = consulted_officer.web.get(page("detail", denial)).content.decode()
        assert "Deleted everywhere." in own
        assert "Recalls to acknowledge" not in stranger.web.get(page("docket")).content.decode()
        assert "Own recalls" in consulted_officer.web.get(page("docket")).content.decode()
        assert observer.web.get(page("acknowledge", denial)).status_code == 403
        assert consulted_officer.web.get(page("acknowledge", denial)).status_code == 404

    def test_over_rest(self, consulted_officer, client_nl, client_se, client_be):
        denial = a_denial(consulted_officer)
        assert (
            client_nl.api.post(rest("recall", denial), {"demand": "burn", "what": "x", "reason": "x"}).status_code
            == 400
        )
        body = {"demand": "correct", "what": "The address", "reason": "Wrong person."}
        made = client_nl.api.post(rest("recall", denial), body, key="once").json()
        assert client_nl.api.post(rest("recall", denial), body, key="once").json() == made
        assert "SE" in made["missing"]
        assert client_se.api.post(rest("recall", denial), body).status_code == 403
        (asked,) = client_se.api.get(rest("recalls", denial)).json()
        assert [one["authority"] for one in asked["requests"]] == ["SE"]
        done = client_se.api.post(rest("acknowledge", denial), {"recall": made["id"], "note": "Done."})
        assert done.json()["missing"] == []
        twice = client_se.api.post(rest("acknowledge", denial), {"recall": made["id"]})
        assert (twice.status_code, twice.json()["code"]) == (409, "nothing_to_acknowledge")
        assert client_be.api.get(rest("docket")).json()["recalls_to_acknowledge"][0]["id"] == made["id"]
        assert client_nl.api.get(rest("docket")).json()["recalls_unanswered"][0]["id"] == made["id"]
        rows = {one["authority"]: one for one in client_nl.api.get(rest("recipients", denial)).json()}
        assert rows["SE"]["told_at"]
        assert client_se.api.get(rest("recipients", denial)).status_code == 403

    def test_who_was_not_asked_sees_none_of_it(self, consulted_officer, stranger, client_be):
        denial = a_historic_denial()
        stranger.web.get(page("detail", denial))
        by = consulted_officer.principal
        actions.recall_denial(denial_id=denial.pk, demand="delete", what="x", reason="hidden words", by=by, now=MARCH)
        assert client_be.api.get(rest("recalls", denial)).json() == []
        assert stranger.web.get(page("acknowledge", denial)).status_code == 200


class TestDocket:
    @pytest.fixture
    def due(self, consulted_officer, supervisor, clock):
        """Reviews in every group: overdue, due today, next quarter, third review; arms are not there."""
        made = {
            "overdue": a_denial(consulted_officer, "dual_use"),
            "today": a_denial(supervisor, "dual_use", now=MARCH + timedelta(days=20)),
            "next": a_denial(consulted_officer, "dual_use", now=MARCH + timedelta(days=60)),
            "far": a_denial(consulted_officer, "dual_use", now=MARCH + timedelta(days=200)),
            "third": a_denial(consulted_officer, "dual_use"),
            "arms": a_denial(consulted_officer),
        }
        for _ in range(2):
            actions.renew_denial(denial_id=made["third"].pk, by=consulted_officer.principal, now=MARCH)
        clock.set(YEARS_LATER + timedelta(days=20))
        return made

    def test_it_counts_and_groups_by_when_and_whose(self, due, consulted_officer, supervisor, stranger):
        shown = supervisor.web.get(page("docket"))
        counts = {one["label"]: one["count"] for group in shown.context["facets"] for one in group["options"]}
        assert counts["Overdue"] == 2
        assert counts["Due this quarter"] == 1
        assert counts["Due next quarter"] == 1
        assert counts["Everyone"] == 4
        assert [row["denial"] for row in shown.context["rows"]][:2] == [due["overdue"], due["third"]]
        mine = consulted_officer.web.get(page("docket"))
        assert due["today"] not in [row["denial"] for row in mine.context["rows"]]
        assert len(consulted_officer.web.get(page("docket") + "?who=all").context["rows"]) == 4
        assert [row["denial"] for row in supervisor.web.get(page("docket") + "?group=overdue").context["rows"]] == [
            due["overdue"],
            due["third"],
        ]
        assert not stranger.web.get(page("docket") + "?who=all").context["rows"]
        for nonsense in ("?group=x&who=y&page=z", "?page=99"):
            assert supervisor.web.get(page("docket") + nonsense).status_code == 200

    def test_it_takes_few_queries(self, due, supervisor, django_assert_max_num_queries):
        web = supervisor.web
        with django_assert_max_num_queries(28):
            web.get(page("docket"))

    def test_several_are_maintained_on_one_screen(self, due, supervisor):
        chosen = [str(due[one].pk) for one in ("overdue", "third", "today")]
        refused = supervisor.web.post(page("docket-renew"), {"chosen": chosen})
        assert refused.status_code == 422
        assert "From the third review on" in refused.content.decode()
        sent = {"chosen": chosen, "same_reason": "Unchanged risk.", f"reason-{due['third'].pk}": "Still a front."}
        preview = supervisor.web.post(page("docket-renew"), sent)
        assert preview.status_code == 200
        assert preview.content.decode().count("Unchanged risk.") == 4  # shown and kept, twice
        sent = {name: value for name, value in sent.items() if name != "same_reason"}
        sent |= {f"reason-{due[one].pk}": "Unchanged risk." for one in ("overdue", "today")}
        done = supervisor.web.post(page("docket-renew"), {**sent, "confirm": "1", "once": "abc"})
        repeated = supervisor.web.post(page("docket-renew"), {**sent, "confirm": "1", "once": "abc"})
        assert done["Location"] == repeated["Location"]
        assert [again(due[one]).current.review_number for one in ("overdue", "third", "today")] == [1, 3, 1]
        assert again(due["third"]).current.change_reason == "Still a front."
        report = supervisor.web.get(done["Location"]).content.decode()
        assert report.count("renewed") >= 3

    def test_one_that_has_changed_meanwhile_holds_up_no_other(self, due, supervisor, consulted_officer):
        by = consulted_officer.principal
        outcome = f"{page('docket-renew')}?done={due['today'].pk}&refused={due['overdue'].pk}~transition_refused&done=x"
        actions.revoke_denial(denial_id=due["overdue"].pk, reason="x", by=by, now=YEARS_LATER)
        report = supervisor.web.get(outcome).content.decode()
        assert "does not allow" in report
        stale = supervisor.web.post(page("docket-renew"), {"chosen": [str(due["overdue"].pk)]})
        assert stale.status_code == 422
        assert supervisor.web.post(page("docket-renew"), {}).status_code == 422
        assert supervisor.web.get(page("docket-renew")).status_code == 302

    def test_over_rest(self, due, client_nl, client_se):
        docket = client_nl.api.get(rest("docket")).json()
        assert docket["counts"] == {"overdue": 2, "this_quarter": 1, "next_quarter": 1}
        third = next(one for one in docket["reviews"] if one["number"] == 3)
        assert (third["reasoning_required"], third["group"]) == (True, "overdue")
        assert client_se.api.get(rest("docket")).json()["reviews"] == []
        body = {"reviews": [{"denial": str(due[one].pk)} for one in ("overdue", "third", "arms")]}
        results = client_nl.api.post(rest("docket/renew"), body).json()["results"]
        assert [(one["done"], one["code"]) for one in results] == [
            (True, ""),
            (False, "reason_missing"),
            (False, "not_foreseen"),
        ]
        assert client_se.api.post(rest("docket/renew"), body).json()["results"][0]["code"] == "not_competent"
        assert client_nl.api.post(rest("docket/renew"), {"reviews": []}).status_code == 400

    def test_a_reader_has_none(self, observer, eeas, auditor):
        for member in (observer, eeas, auditor):
            assert member.web.get(page("docket")).status_code == 403


class TestSweep:
    def test_every_reminder_is_sent_once_by_any_number_of_sweeps(self, consulted_officer, clock):
        denial = a_denial(consulted_officer, "dual_use")
        assert tasks.sweep_reminders() == 0
        clock.set(YEARS_LATER)
        assert [tasks.sweep_reminders() for _ in range(3)] == [1, 0, 0]
        assert Reminder.objects.get(denial=denial).kind == "review_due"
        assert list(Notice.objects.filter(kind="denial.review_due").values_list("recipient__code", flat=True)) == ["NL"]

    def test_one_that_fails_holds_up_no_other(self, consulted_officer, clock, monkeypatch, caplog):
        broken, sound = sorted((a_denial(consulted_officer, "dual_use") for _ in range(2)), key=lambda one: one.pk)
        remind = actions.remind_of

        def fail_on_one(*, denial_id, now):
            if denial_id == broken.pk:
                raise ValueError("broken")
            return remind(denial_id=denial_id, now=now)

        monkeypatch.setattr(actions, "remind_of", fail_on_one)
        clock.set(YEARS_LATER)
        assert tasks.sweep_reminders() == 1
        assert [one.denial_id for one in Reminder.objects.all()] == [sound.pk]
        assert "no reminder of a denial" in caplog.text
        assert SweepHeartbeat.objects.filter(name="reminders").exists()

    def test_a_reminder_that_another_sweep_has_claimed_is_not_sent_again(self, consulted_officer, monkeypatch):
        denial = a_denial(consulted_officer, "dual_use")
        assert actions.remind_of(denial_id=denial.pk, now=YEARS_LATER)
        monkeypatch.setattr(
            "django.db.models.query.QuerySet.exists", lambda self: False
        )  # both looked before either wrote
        assert actions.remind_of(denial_id=denial.pk, now=YEARS_LATER) == []
        assert Notice.objects.filter(kind="denial.review_due").count() == 1


class TestDetail:
    def test_it_takes_few_queries_whatever_happened(self, consulted_officer, stranger, django_assert_max_num_queries):
        denial, by = a_denial(consulted_officer, "dual_use"), consulted_officer.principal
        for _ in range(5):
            actions.renew_denial(denial_id=denial.pk, by=by, now=MARCH, reason="x")
        fact = CourtFact("appeal_lodged", date(2026, 3, 1))
        actions.record_court_fact(denial_id=denial.pk, fact=fact, by=by, now=MARCH)
        actions.recall_denial(denial_id=denial.pk, demand="delete", what="x", reason="x", by=by, now=MARCH)
        for web in (consulted_officer.web, stranger.web):
            with django_assert_max_num_queries(21):  # two open and close the request, six are every page's
                web.get(page("detail", denial))

    def test_the_ledger_is_shown_to_the_issuer_only(self, consulted_officer, stranger):
        denial = a_denial(consulted_officer)
        stranger.web.get(page("detail", denial))
        assert len(consulted_officer.web.get(page("detail", denial)).context["recipients"]) > 20
        assert stranger.web.get(page("detail", denial)).context["recipients"] == []
