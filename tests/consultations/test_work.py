"""Reminders once each, escalation, absence, duty desk, assignment, the work of a team, the calendar file."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts import actions as house
from accounts.law.errors import NotCompetent, NotForeseen
from accounts.models import Delivery, Notice
from consultations import actions
from consultations.models import ThreadReminder
from consultations.tasks import sweep_calendars, sweep_lapses, sweep_reminders
from tests.cast import person
from tests.consultations.test_actions import DUAL_USE_DUE
from tests.factories import MARCH, a_consultation

pytestmark = pytest.mark.django_db
HALF = datetime(2026, 3, 9, 23, tzinfo=UTC)
TWO_DAYS = datetime(2026, 3, 11, 23, tzinfo=UTC)
LAST_DAY = datetime(2026, 3, 15, 23, tzinfo=UTC)


def reminded(kind: str) -> list[tuple[str, str]]:
    """To which authority and person a reminder went."""
    rows = Notice.objects.filter(kind=f"consultation.reminder_{kind}").select_related("recipient", "person")
    return sorted((row.recipient.code, row.person.username if row.person else "") for row in rows)


class TestReminders:
    """The issue: "at half, at two days, on the day … each exactly once"; docs/adr/0095."""

    def test_each_once_however_often_the_sweep_runs(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any, clock: Any
    ) -> None:
        actions.take_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        for at in (HALF, HALF, TWO_DAYS, TWO_DAYS, LAST_DAY, LAST_DAY):
            clock.set(at)
            sweep_reminders()
        assert reminded("half") == [("NL", "consulted_officer")]
        assert reminded("two_days") == [("NL", ""), ("NL", "consulted_officer")]
        assert reminded("last_day") == [("NL", ""), ("NL", "consulted_officer"), ("NL", "supervisor")]

    def test_not_a_second_before(self, dual_use: Any, clock: Any) -> None:
        clock.set(HALF - timedelta(seconds=1))
        sweep_reminders()
        assert reminded("half") == []

    def test_none_of_what_is_answered(self, dual_use: Any, consulted_officer: Any, clock: Any) -> None:
        actions.answer_consultation(
            consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        clock.set(LAST_DAY)
        sweep_reminders()
        assert not Notice.objects.filter(kind__startswith="consultation.reminder").exists()
        assert set(ThreadReminder.objects.values_list("state", flat=True)) == {"passed"}

    def test_an_extended_period_has_its_own(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        actions.propose_extension(
            consultation_id=dual_use.pk, amount=5, reason="x", by=consulted_officer.principal, now=MARCH
        )
        actions.agree_extension(consultation_id=dual_use.pk, by=consulting_officer.principal, now=MARCH)
        clock.set(LAST_DAY)
        sweep_reminders()
        assert reminded("last_day") == []
        clock.set(datetime(2026, 3, 22, 23, tzinfo=UTC))
        sweep_reminders()
        assert ("NL", "") in reminded("last_day")

    def test_what_nobody_opened_asks_for_acknowledgement(
        self, dual_use: Any, supervisor: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(MARCH + timedelta(hours=24))
        sweep_reminders()
        assert reminded("unopened") == [("NL", ""), ("NL", "supervisor")]

    @pytest.mark.parametrize("act", ["propose", "refuse", "register", "document"])
    def test_who_has_acted_in_it_is_not_asked_whether_they_have_it(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any, act: str
    ) -> None:
        """Whatever the consulted side did; docs/adr/0095: "acknowledged, took or acted in"."""
        known = {"consultation_id": dual_use.pk, "now": MARCH}
        by, theirs = consulted_officer.principal, consulting_officer.principal
        if act == "propose":
            actions.propose_extension(**known, amount=5, reason="x", by=by)
        elif act == "refuse":
            actions.propose_extension(**known, amount=5, reason="x", by=theirs)
            dual_use.refresh_from_db()
            assert dual_use.acknowledged_at is None, "the other side's act says nothing"
            actions.refuse_extension(**known, by=by)
        elif act == "register":
            actions.register_answer_elsewhere(**known, outcome="identical", channel="telephone", given_at=MARCH, by=by)
        else:
            kept = actions.attach_document(**known, name="note.txt", content=b"Hello", marking="unmarked", by=by)
            actions.send_document(document_id=kept.pk, by=by, now=MARCH)
        dual_use.refresh_from_db()
        assert (dual_use.acknowledged_at is None, dual_use.consulted_owner) == (False, consulted_officer.user)
        clock.set(MARCH + timedelta(hours=24))
        sweep_reminders()
        assert reminded("unopened") == []

    def test_acknowledged_it_does_not(self, dual_use: Any, consulted_officer: Any, client_nl: Any, clock: Any) -> None:
        first = client_nl.api.post(f"/api/v1/consultations/{dual_use.pk}/acknowledge/", {})
        assert first.json()["acknowledged_at"] == "2026-03-02T09:00:00Z"[:10] + first.json()["acknowledged_at"][10:]
        clock.set(MARCH + timedelta(hours=24))
        actions.acknowledge_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        sweep_reminders()
        assert reminded("unopened") == []
        assert dual_use.events.filter(kind="acknowledged").count() == 1

    def test_what_fell_due_while_the_period_was_held_comes_after_it_once(
        self, dual_use: Any, commission: Any, clock: Any
    ) -> None:
        clock.set(HALF - timedelta(hours=1))
        window = actions.record_unavailability(
            began_at=HALF - timedelta(hours=2), reason="Power failure.", by=commission.principal, now=MARCH
        )
        clock.set(TWO_DAYS)
        sweep_reminders()
        assert reminded("half") == reminded("two_days") == []
        clock.set(TWO_DAYS + timedelta(hours=1))
        actions.end_unavailability(window_id=window.pk, ended_at=TWO_DAYS, by=commission.principal, now=MARCH)
        for _turn in range(2):
            sweep_reminders()
        assert reminded("half") == [], "past by meaning: two days are left"
        assert reminded("two_days") == [("NL", "")]
        assert reminded("unopened") == [("NL", "")]

    def test_a_thread_of_an_earlier_release_is_given_its_own(self, dual_use: Any, torture: Any, clock: Any) -> None:
        ThreadReminder.objects.all().delete()
        clock.set(TWO_DAYS)
        for _turn in range(2):
            sweep_calendars()
            sweep_reminders()
        assert (reminded("half"), reminded("two_days")) == ([], [("NL", "")])
        assert reminded("unopened") == [("NL", ""), ("NL", "")]
        assert list(ThreadReminder.objects.filter(state="waiting").values_list("kind", flat=True)) == ["last_day"]

    def test_a_person_is_told_at_their_address_and_nobody_else_reads_it(
        self, dual_use: Any, consulted_officer: Any, observer: Any, clock: Any
    ) -> None:
        consulted_officer.user.email = "jansen@example.org"
        consulted_officer.user.save()
        actions.take_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        clock.set(HALF)
        sweep_reminders()
        assert Delivery.objects.filter(address="jansen@example.org").count() == 1
        assert Notice.objects.visible_to(consulted_officer.principal).filter(kind__contains="half").exists()
        assert not Notice.objects.visible_to(observer.principal).filter(kind__contains="half").exists()


class TestAbsence:
    def away(self, by: Any, stand_in: Any, until: date = date(2026, 3, 20)) -> None:
        house.record_absence(
            stand_in_id=stand_in.user.pk, since=date(2026, 3, 2), until=until, by=by.principal, now=MARCH
        )

    def test_the_stand_in_is_reminded_and_has_it_among_theirs(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any, clock: Any
    ) -> None:
        actions.take_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        self.away(consulted_officer, supervisor)
        clock.set(HALF)
        sweep_reminders()
        assert reminded("half") == [("NL", "consulted_officer"), ("NL", "supervisor")]
        assert dual_use.reference in supervisor.web.get("/?owner=mine").content.decode()

    def test_the_stand_in_has_an_answer_to_confirm_among_theirs(
        self, dual_use: Any, consulted_officer: Any, consulting_officer: Any, supervisor: Any, clock: Any
    ) -> None:
        actions.take_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        clock.set(MARCH + timedelta(hours=5))
        said = {
            "channel": "coreu",
            "given_at": MARCH + timedelta(hours=1),
            "outcome": "identical",
            "reasoning": "Same.",
        }
        by = consulting_officer.principal
        actions.register_answer_elsewhere(consultation_id=dual_use.pk, **said, by=by, now=MARCH)
        self.away(consulted_officer, supervisor)
        for reader in (supervisor, consulted_officer):
            page = reader.web.get("/?owner=mine").content.decode()
            assert f"Confirm or dispute an answer given elsewhere: {dual_use.reference}" in page

    def test_in_one_click_and_back(self, consulted_officer: Any, supervisor: Any) -> None:
        given = {"stand_in": str(supervisor.user.pk), "until": "2026-03-20"}
        consulted_officer.web.post(reverse("consultations:absence"), given)
        assert "You are away until" in consulted_officer.web.get("/").content.decode()
        consulted_officer.web.post(reverse("consultations:back"))
        assert "You are away until" not in consulted_officer.web.get("/").content.decode()

    def test_only_a_colleague_and_only_forwards(self, consulted_officer: Any, supervisor: Any, stranger: Any) -> None:
        for stand_in in (stranger, consulted_officer):
            with pytest.raises(NotForeseen):
                self.away(consulted_officer, stand_in)
        with pytest.raises(NotForeseen):
            self.away(consulted_officer, supervisor, date(2026, 3, 1))


class TestAssignment:
    def assign(self, thread: Any, to: Any, by: Any) -> None:
        person_id = to.user.pk if to else None
        actions.assign_consultation(consultation_id=thread.pk, person_id=person_id, by=by.principal, now=MARCH)

    def test_handed_over_and_told(self, dual_use: Any, consulted_officer: Any, supervisor: Any) -> None:
        self.assign(dual_use, supervisor, consulted_officer)
        dual_use.refresh_from_db()
        assert dual_use.consulted_owner == supervisor.user
        assert Notice.objects.get(kind="consultation.assigned").person == supervisor.user
        with pytest.raises(NotCompetent):
            self.assign(dual_use, consulted_officer, consulted_officer)
        self.assign(dual_use, consulted_officer, supervisor)

    def test_only_to_colleagues_who_do_casework(
        self, dual_use: Any, supervisor: Any, observer: Any, stranger: Any
    ) -> None:
        for to in (observer, stranger):
            with pytest.raises(NotForeseen):
                self.assign(dual_use, to, supervisor)
        with pytest.raises(NotCompetent):
            self.assign(dual_use, stranger, stranger)

    def test_the_duty_desk_has_what_comes_in(
        self, consulting_officer: Any, consulted_officer: Any, supervisor: Any
    ) -> None:
        given = {"regime": "dual_use", "officer": str(consulted_officer.user.pk)}
        supervisor.web.post(reverse("consultations:duty"), given)
        thread = a_consultation(consulting_officer, consulted_officer, "dual_use")
        assert thread.consulted_owner == consulted_officer.user
        TestAbsence().away(consulted_officer, supervisor)
        other = a_consultation(consulting_officer, consulted_officer, "dual_use")
        assert other.consulted_owner == supervisor.user
        assert consulted_officer.web.post(reverse("consultations:duty"), given).status_code == 403


class TestWorkOfTheTeam:
    def test_what_will_lapse_and_the_load(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any, stranger: Any, clock: Any
    ) -> None:
        actions.take_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        place = reverse("consultations:work")
        assert dual_use.reference not in supervisor.web.get(place).content.decode()
        clock.set(DUAL_USE_DUE - timedelta(days=6))
        page = supervisor.web.get(place)
        assert dual_use.reference in page.content.decode()
        load = {name: (one.received, one.lapsing) for name, one in page.context["load"]}
        assert load["Officer NL"] == (1, 1)
        over_rest = supervisor.web.get("/api/v1/workload/").json()
        loads = {one["person"]: (one["received"], one["lapsing"]) for one in over_rest["load"]}
        assert loads[str(consulted_officer.user.pk)] == (1, 1)
        assert [one["reference"] for one in over_rest["lapsing"]] == [dual_use.reference]
        assert consulted_officer.web.get(place).status_code == 403
        assert dual_use.reference not in person("SE", "supervisor").web.get(place).content.decode()

    def test_the_load_per_team(
        self, dual_use: Any, arms: Any, consulted_officer: Any, supervisor: Any, clock: Any
    ) -> None:
        place, rest = reverse("consultations:work"), "/api/v1/workload/"
        for thread, by in ((dual_use, consulted_officer), (arms, supervisor)):
            actions.take_consultation(consultation_id=thread.pk, by=by.principal, now=MARCH)
        assert supervisor.web.get(rest).json()["teams"] == []
        consulted_officer.user.team = "Dual-use"
        consulted_officer.user.save()
        clock.set(DUAL_USE_DUE - timedelta(days=6))
        page = supervisor.web.get(place).content.decode()
        assert "Dual-use" in page
        assert "no team" in page
        found = [(one["team"], one["received"], one["lapsing"]) for one in supervisor.web.get(rest).json()["teams"]]
        assert found == [("Dual-use", 1, 1), ("", 1, 0)]

    def test_a_stand_in_has_the_file_of_who_is_away(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any
    ) -> None:
        actions.take_consultation(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        place = reverse("consultations:deadlines-file")
        assert dual_use.reference not in supervisor.web.get(place).content.decode()
        TestAbsence().away(consulted_officer, supervisor)
        for reader in (supervisor, consulted_officer):
            assert dual_use.reference in reader.web.get(place).content.decode()

    def test_a_month_shows_its_own_ends_however_many_come_before(
        self, dual_use: Any, arms: Any, consulted_officer: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("consultations.views.work.MOST", 1)
        actions.propose_extension(
            consultation_id=dual_use.pk, amount=30, reason="x", by=consulted_officer.principal, now=MARCH
        )
        actions.agree_extension(consultation_id=dual_use.pk, by=person("BE-VLG", "officer").principal, now=MARCH)
        place = reverse("consultations:calendar")
        assert arms.reference in consulted_officer.web.get(f"{place}?month=2026-03").content.decode()
        assert dual_use.reference in consulted_officer.web.get(f"{place}?month=2026-05").content.decode()

    def test_the_calendar_and_its_file_hold_references_only(
        self, dual_use: Any, consulted_officer: Any, stranger: Any, clock: Any
    ) -> None:
        page = consulted_officer.web.get(f"{reverse('consultations:calendar')}?month=2026-03").content.decode()
        assert dual_use.reference in page
        sent = consulted_officer.web.get(reverse("consultations:deadlines-file"))
        assert sent["Content-Type"] == "text/calendar; charset=utf-8"
        lines = sent.content.decode().split("\r\n")
        assert "DTSTART;VALUE=DATE:20260316" in lines
        assert f"SUMMARY:{dual_use.reference}" in lines
        assert all(len(line) <= 75 for line in lines)
        assert "pump" not in sent.content.decode().lower()
        assert dual_use.reference not in stranger.web.get(reverse("consultations:deadlines-file")).content.decode()

    @pytest.mark.parametrize("month", ["9999-99", "0001-01", "x", "2026-02-30"])
    def test_a_month_that_is_none_is_this_one(self, consulted_officer: Any, month: str) -> None:
        assert consulted_officer.web.get(f"{reverse('consultations:calendar')}?month={month}").status_code == 200


def test_reminders_move_no_clock(dual_use: Any, clock: Any) -> None:
    clock.set(DUAL_USE_DUE + timedelta(hours=1))
    sweep_reminders()
    assert sweep_lapses() == 1
    assert not Notice.objects.filter(kind="consultation.reminder_last_day").exists()


class TestKeptFilters:
    def test_kept_opened_and_forgotten_by_their_own_person(
        self, dual_use: Any, consulted_officer: Any, supervisor: Any
    ) -> None:
        keep, drop = reverse("consultations:keep-filter"), reverse("consultations:drop-filter")
        inbox = reverse("inbox")
        consulted_officer.web.post(keep, {"name": "To answer", "owner": "unassigned", "kind": "answer"})
        consulted_officer.user.refresh_from_db()
        assert consulted_officer.user.inbox_filters == [
            {"name": "To answer", "chosen": {"owner": "unassigned", "kind": "answer"}}
        ]
        assert "To answer" in consulted_officer.web.get(inbox).content.decode()
        assert "To answer" not in supervisor.web.get(inbox).content.decode()
        supervisor.web.post(drop, {"name": "To answer"})
        shown = consulted_officer.web.get(f"{inbox}?owner=unassigned&kind=answer").content.decode()
        assert "Forget this filter" in shown
        consulted_officer.web.post(drop, {"name": "To answer"})
        assert "To answer" not in consulted_officer.web.get(inbox).content.decode()

    @pytest.mark.parametrize("sent", [{"name": ""}, {"name": "x", "owner": "everybody"}, {"name": "y" * 61}])
    def test_nonsense_keeps_nothing(self, consulted_officer: Any, sent: dict[str, str]) -> None:
        assert consulted_officer.web.post(reverse("consultations:keep-filter"), sent).status_code == 302
        consulted_officer.user.refresh_from_db()
        assert consulted_officer.user.inbox_filters == []


def test_assigned_over_rest(dual_use: Any, consulted_officer: Any, client_nl: Any, client_se: Any) -> None:
    place = f"/api/v1/consultations/{dual_use.pk}/assign/"
    assert client_se.api.post(place, {"person": None}).status_code == 404
    assert client_nl.api.post(place, {"person": str(dual_use.pk)}).status_code == 422
    assert client_nl.api.post(place, {"person": str(consulted_officer.user.pk)}).status_code == 200
    dual_use.refresh_from_db()
    assert dual_use.consulted_owner == consulted_officer.user
    assert client_nl.api.post(place, {"person": None}).status_code == 409  # somebody looks after it


def test_the_sweep_needs_no_broker(dual_use: Any, clock: Any, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    clock.set(DUAL_USE_DUE)
    said = io.StringIO()
    call_command("sweep", "--once", stdout=said)
    assert said.getvalue().startswith("1 lapsed")
    dual_use.refresh_from_db()
    assert dual_use.status == "lapsed"
