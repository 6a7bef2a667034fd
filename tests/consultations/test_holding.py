"""Unavailability of the exchange, answers given elsewhere, corrected calendars: held, confirmed, moved by an act."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.law.errors import AlreadyAnswered, NotCompetent, NotForeseen, ReasonMissing, TransitionRefused
from accounts.models import AuditRecord, CalendarYear, State
from consultations import actions
from consultations.law.holding import MovesIntoThePast, StillUnavailable
from consultations.models import Answer, Consultation, Unavailability
from consultations.tasks import sweep_calendars, sweep_lapses
from tests.consultations.test_actions import ARMS_DUE, DUAL_USE_DUE, acts_on, told
from tests.consultations.test_decisions import decide
from tests.consultations.test_pages import confirm, once_of
from tests.factories import MARCH, a_consultation

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BEGAN, ENDED = DUAL_USE_DUE - 2 * HOUR, DUAL_USE_DUE + 3 * HOUR
#: Tuesday 17 March is the day of the act and of the window's end; one working day after it is Wednesday 18 March.
MOVED_TO = datetime(2026, 3, 18, 23, tzinfo=UTC)


def kinds(thread: Any) -> list[str]:
    return [event.kind for event in thread.timeline(DUAL_USE_DUE + 9 * HOUR)]


def locks(seen: Any) -> list[str]:
    """The tables whose rows were locked, in order."""
    taken = (one["sql"] for one in seen.captured_queries if "FOR UPDATE" in one["sql"])
    return [re.search(r'FROM "(\w+)"', sql)[1] for sql in taken]


def a_window(by: Any, began: datetime = BEGAN, ended: datetime | None = ENDED) -> Unavailability:
    return actions.record_unavailability(
        began_at=began, ended_at=ended, reason="Power failure in the data centre.", by=by.principal, now=MARCH
    )


class TestUnavailability:
    """The issue: "deadlines that end in it are held and a recorded act moves them"; docs/adr/0091."""

    def test_what_ended_in_it_is_held_although_the_sweep_was_first(
        self, dual_use: Any, commission: Any, clock: Any
    ) -> None:
        clock.set(ENDED + HOUR)
        assert sweep_lapses() == 1
        a_window(commission)
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.concluded_at) == ("open", None)
        assert dual_use.stands_as(ENDED + HOUR) == "open"
        assert sweep_lapses() == 0
        assert kinds(dual_use) == ["opened", "lapsed", "deadline_held"]
        assert told("consultation.deadline_held") == {"BE-VLG", "NL"}

    def test_a_recorded_act_moves_it_and_both_are_told(self, dual_use: Any, commission: Any, clock: Any) -> None:
        clock.set(ENDED + HOUR)
        window = a_window(commission)
        actions.move_held_deadlines(window_id=window.pk, by=commission.principal, now=MARCH)
        dual_use.refresh_from_db()
        assert (dual_use.due_before, dual_use.held_by) == (MOVED_TO, None)
        event = dual_use.events.get(kind="deadline_moved")
        assert event.data["due_before_old"] == DUAL_USE_DUE.isoformat()
        assert told("consultation.deadline_moved") == {"BE-VLG", "NL"}
        assert acts_on(window) == ["unavailability.recorded", "unavailability.deadlines_moved"]
        clock.set(MOVED_TO)
        assert sweep_lapses() == 1
        dual_use.refresh_from_db()
        assert dual_use.concluded_at == MOVED_TO
        assert dual_use.working().moved_from == DUAL_USE_DUE

    def test_an_answer_is_in_time_while_it_is_held(
        self, dual_use: Any, commission: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(ENDED + HOUR)
        a_window(commission)
        answer = actions.answer_consultation(
            consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        assert not answer.is_late

    def test_an_extension_of_what_is_held_does_not_end_in_the_past(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, commission: Any, clock: Any
    ) -> None:
        clock.set(DUAL_USE_DUE + timedelta(days=60))
        a_window(commission, BEGAN, DUAL_USE_DUE + timedelta(days=59))
        known = {"consultation_id": dual_use.pk, "now": MARCH}
        actions.propose_extension(amount=1, reason="More is needed.", by=consulted_officer.principal, **known)
        with pytest.raises(MovesIntoThePast):
            actions.agree_extension(by=consulting_officer.principal, **known)
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.due_before) == ("open", DUAL_USE_DUE)

    def test_a_lapse_undone_and_released_is_written_again(self, dual_use: Any, commission: Any, clock: Any) -> None:
        clock.set(DUAL_USE_DUE + HOUR)
        assert sweep_lapses() == 1
        window = a_window(commission, BEGAN, None)
        actions.end_unavailability(
            window_id=window.pk, ended_at=DUAL_USE_DUE - HOUR, by=commission.principal, now=MARCH
        )
        assert sweep_lapses() == 1
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.concluded_at) == ("lapsed", DUAL_USE_DUE)

    def test_a_lapse_that_cannot_be_written_waits_and_stops_no_other(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any, monkeypatch: Any
    ) -> None:
        second = a_consultation(consulting_officer, consulted_officer, "dual_use")
        first = min(dual_use.pk, second.pk)

        def lapse(*, consultation_id: Any, now: datetime) -> None:
            if consultation_id == first:
                raise RuntimeError
            actions.lapse_consultation(consultation_id=consultation_id, now=now)

        monkeypatch.setattr("consultations.tasks.lapse_consultation", lapse)
        clock.set(DUAL_USE_DUE + HOUR)
        assert sweep_lapses() == 1
        assert Consultation.objects.get(status="open").pk == first

    def test_what_was_answered_while_held_does_not_stop_the_others(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, commission: Any, clock: Any
    ) -> None:
        second = a_consultation(consulting_officer, consulted_officer, "dual_use")
        clock.set(ENDED + HOUR)
        window = a_window(commission)
        actions.answer_consultation(
            consultation_id=second.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        moved = actions.move_held_deadlines(window_id=window.pk, by=commission.principal, now=MARCH)
        assert [one.pk for one in moved] == [dual_use.pk]

    @pytest.mark.parametrize(
        ("began", "ended"), [(DUAL_USE_DUE, ENDED), (BEGAN, DUAL_USE_DUE - timedelta(seconds=1)), (MARCH, BEGAN)]
    )
    def test_what_ended_outside_it_is_not_held(
        self, dual_use: Any, commission: Any, clock: Any, began: datetime, ended: datetime
    ) -> None:
        clock.set(ENDED + HOUR)
        a_window(commission, began, ended)
        dual_use.refresh_from_db()
        assert dual_use.held_by is None
        assert sweep_lapses() == 1

    def test_while_it_lasts_nothing_lapses_and_its_end_releases_the_rest(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, commission: Any, clock: Any
    ) -> None:
        arms = a_consultation(consulting_officer, consulted_officer, "arms")
        clock.set(BEGAN + HOUR)
        window = a_window(commission, BEGAN, None)
        clock.set(ENDED + HOUR)
        assert sweep_lapses() == 0
        with pytest.raises(StillUnavailable):
            actions.move_held_deadlines(window_id=window.pk, by=commission.principal, now=MARCH)
        actions.end_unavailability(window_id=window.pk, ended_at=ENDED, by=commission.principal, now=MARCH)
        held = set(Consultation.objects.filter(held_by=window).values_list("pk", flat=True))
        assert held == {dual_use.pk}
        assert kinds(arms)[-1] == "deadline_released"
        arms.refresh_from_db()
        assert arms.due_before == ARMS_DUE

    def test_only_a_secretariat_records_it(self, consulting_officer: Any, supervisor: Any) -> None:
        for by in (consulting_officer, supervisor):
            with pytest.raises(NotCompetent):
                a_window(by, MARCH - HOUR, MARCH)

    @pytest.mark.parametrize(
        ("began", "ended"), [(MARCH + HOUR, None), (MARCH - HOUR, MARCH + HOUR), (MARCH - HOUR, MARCH - 2 * HOUR)]
    )
    def test_not_ahead_of_time_or_backwards(self, commission: Any, began: datetime, ended: datetime | None) -> None:
        with pytest.raises(NotForeseen):
            a_window(commission, began, ended)

    def test_by_page_and_rest(
        self, dual_use: Any, commission: Any, consulted_officer: Any, client_be: Any, clock: Any
    ) -> None:
        clock.set(ENDED + HOUR)
        typed = {"began_at": f"{BEGAN:%Y-%m-%dT%H:%M}", "ended_at": f"{ENDED:%Y-%m-%dT%H:%M}", "reason": "Power."}
        confirm(commission.web, reverse("consultations:record-unavailability"), typed)
        window = Unavailability.objects.get()
        assert (window.began_at, window.ended_at) == (BEGAN, ENDED)
        page = consulted_officer.web.get(reverse("consultations:detail", args=[dual_use.pk])).content.decode()
        assert "The end of the period is held" in page
        assert "No answer by then means" not in page
        listed = consulted_officer.web.get(reverse("consultations:list")).content.decode()
        assert "held" in listed
        assert "period ended" not in listed
        assert consulted_officer.web.post(reverse("consultations:record-unavailability"), typed).status_code == 403
        seen = client_be.api.get("/api/v1/unavailabilities/").json()["results"]
        assert [(one["recorded_by"], one["held"]) for one in seen] == [("COM", 1)]
        place = f"/api/v1/unavailabilities/{window.pk}/move-deadlines/"
        assert client_be.api.post(place, {}).status_code == 403
        assert client_be.api.get(f"/api/v1/consultations/{dual_use.pk}/").json()["held"] is True
        moving = reverse("consultations:move-held", args=[window.pk])
        preview = commission.web.get(moving)
        commission.web.post(moving, {"confirm": "1", "once": once_of(preview)})
        page = consulted_officer.web.get(reverse("consultations:detail", args=[dual_use.pk])).content.decode()
        said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        moved = said[said.index("moved the end of the period") - 200 :][:400]
        for words in ("COM", "Mon 16 Mar 2026, 24:00", "→", "Wed 18 Mar 2026, 24:00"):
            assert words in moved, moved
        shown = client_be.api.get(f"/api/v1/consultations/{dual_use.pk}/").json()
        assert (shown["held"], shown["due_before"]) == (False, "2026-03-18T23:00:00Z")
        assert shown["clock"]["moved_from"] == "2026-03-17T00:00:00+01:00"


class TestAnswerElsewhere:
    """The issue: registered by either side with its true time, confirmed or disputed by the other; docs/adr/0093."""

    def register(self, thread: Any, by: Any, given_at: datetime = DUAL_USE_DUE - HOUR, **changes: Any) -> Any:
        whole = {"outcome": "identical", "channel": "telephone", "given_at": given_at, **changes}
        return actions.register_answer_elsewhere(consultation_id=thread.pk, by=by.principal, now=MARCH, **whole)

    def confirm(self, thread: Any, by: Any) -> Any:
        return actions.confirm_answer_elsewhere(consultation_id=thread.pk, by=by.principal, now=MARCH)

    @pytest.mark.parametrize("swept", [True, False])
    def test_confirmed_in_time_it_supersedes_the_lapse(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any, swept: bool
    ) -> None:
        clock.set(DUAL_USE_DUE + HOUR)
        if swept:
            sweep_lapses()
        self.register(dual_use, consulted_officer)
        dual_use.refresh_from_db()
        assert dual_use.outcome(DUAL_USE_DUE + HOUR) == "lapsed"
        self.confirm(dual_use, consulting_officer)
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.outcome(DUAL_USE_DUE + HOUR)) == ("answered", "identical")
        assert dual_use.concluded_at == DUAL_USE_DUE - HOUR
        assert sorted(kinds(dual_use)) == sorted(["opened", "lapsed", "answer_registered", "answer_confirmed"])
        assert told("consultation.answer_confirmed") == {"BE-VLG", "NL"}

    def test_registered_by_the_consulting_side_the_consulted_confirms(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(MARCH + 2 * HOUR)
        self.register(dual_use, consulting_officer, MARCH + HOUR)
        with pytest.raises(NotCompetent):
            self.confirm(dual_use, consulting_officer)
        self.confirm(dual_use, consulted_officer)
        dual_use.refresh_from_db()
        assert (dual_use.status, Answer.objects.get().is_late) == ("answered", False)

    def test_given_too_late_it_is_a_late_answer(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(DUAL_USE_DUE + HOUR)
        self.register(dual_use, consulted_officer, DUAL_USE_DUE)
        self.confirm(dual_use, consulting_officer)
        dual_use.refresh_from_db()
        assert (dual_use.status, Answer.objects.get().is_late) == ("lapsed", True)

    def test_a_second_one_may_be_confirmed_after_a_late_one(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(DUAL_USE_DUE + HOUR)
        for given_at in (DUAL_USE_DUE, DUAL_USE_DUE - HOUR):
            self.register(dual_use, consulted_officer, given_at)
            self.confirm(dual_use, consulting_officer)
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.answers.count()) == ("answered", 2)

    def test_given_after_the_closure_it_is_late(
        self, torture: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        known = {"consultation_id": torture.pk, "by": consulting_officer.principal, "now": MARCH}
        actions.remind_consulted(**known)
        clock.set(MARCH + HOUR)
        actions.close_unanswered(reason="Nobody answers.", **known)
        clock.set(MARCH + 3 * HOUR)
        self.register(torture, consulted_officer, MARCH + 2 * HOUR, outcome="views", reasoning="As in the denial.")
        self.confirm(torture, consulting_officer)
        torture.refresh_from_db()
        assert (torture.concluded_at < MARCH + 2 * HOUR, Answer.objects.get().is_late) == (True, True)

    def test_disputed_it_changes_nothing_and_may_be_registered_again(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(DUAL_USE_DUE + HOUR)
        self.register(dual_use, consulted_officer)
        with pytest.raises(TransitionRefused):
            self.register(dual_use, consulting_officer)
        with pytest.raises(ReasonMissing):
            actions.dispute_answer_elsewhere(
                consultation_id=dual_use.pk, reason="", by=consulting_officer.principal, now=MARCH
            )
        actions.dispute_answer_elsewhere(
            consultation_id=dual_use.pk, reason="Nobody called.", by=consulting_officer.principal, now=MARCH
        )
        assert not Answer.objects.exists()
        self.register(dual_use, consulted_officer)

    def test_after_the_decision_it_is_added_and_the_decision_stands(
        self, dual_use: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(DUAL_USE_DUE + HOUR)
        made = decide(dual_use.application, consulting_officer, explanation="Silence.")
        self.register(dual_use, consulted_officer)
        self.confirm(dual_use, consulting_officer)
        dual_use.refresh_from_db()
        assert (dual_use.status, dual_use.outcome(DUAL_USE_DUE + HOUR)) == ("closed", "identical")
        assert not type(made).objects.get(pk=made.pk).is_undercut

    @pytest.mark.parametrize("given_at", [MARCH - HOUR, MARCH + HOUR])
    def test_its_time_lies_between_receipt_and_now(
        self, dual_use: Any, consulted_officer: Any, given_at: datetime
    ) -> None:
        with pytest.raises(NotForeseen):
            self.register(dual_use, consulted_officer, given_at)

    def test_not_after_an_answer_in_time_nor_by_a_stranger(
        self, dual_use: Any, consulted_officer: Any, stranger: Any
    ) -> None:
        with pytest.raises(NotCompetent):
            self.register(dual_use, stranger, MARCH)
        with pytest.raises(NotForeseen):
            self.register(dual_use, consulted_officer, MARCH, channel="pigeon")
        actions.answer_consultation(
            consultation_id=dual_use.pk, outcome="identical", by=consulted_officer.principal, now=MARCH
        )
        with pytest.raises(AlreadyAnswered):
            self.register(dual_use, consulted_officer, MARCH)

    def test_by_page_in_the_local_time(
        self, arms: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        clock.set(MARCH + 5 * HOUR)
        typed = {
            "channel": "coreu",
            "given_at": "2026-03-02T11:30",
            "outcome": "views",
            "reasoning": "As in the denial.",
        }
        confirm(consulted_officer.web, reverse("consultations:register-answer", args=[arms.pk]), typed)
        claim = arms.answers_elsewhere.get()
        assert claim.given_at == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
        place = reverse("consultations:confirm-answer", args=[arms.pk])
        preview = consulting_officer.web.get(place)
        assert "COREU" in preview.content.decode()
        consulting_officer.web.post(place, {"confirm": "1", "once": once_of(preview)})
        arms.refresh_from_db()
        assert arms.status == "answered"

    def test_by_rest(self, arms: Any, client_be: Any, client_nl: Any, client_se: Any, clock: Any) -> None:
        clock.set(MARCH + 5 * HOUR)
        place = f"/api/v1/consultations/{arms.pk}"
        body = {
            "outcome": "views",
            "reasoning": "As in the denial.",
            "channel": "telephone",
            "given_at": "2026-03-02T11:30:00+01:00",
        }
        assert client_se.api.post(f"{place}/register-answer/", body).status_code == 404
        sent = client_nl.api.post(f"{place}/register-answer/", body)
        assert [one["status"] for one in sent.json()["answers_elsewhere"]] == ["registered"], sent.content
        assert client_nl.api.post(f"{place}/confirm-answer/", {}).status_code == 409
        assert client_be.api.post(f"{place}/confirm-answer/", {}).json()["status"] == "answered"


class TestCalendars:
    """The issue: "a correction never moves a running deadline silently"; docs/adr/0092."""

    def correct(self, by: Any, *more: date, year: int = 2026) -> CalendarYear:
        state = State.objects.get(code="NL")
        held = CalendarYear.objects.filter(state=state, year=year).order_by("-version").first()
        days = {row.date: row.name for row in held.holidays.all()} if held else {}
        return actions.correct_calendar(
            state=state,
            year=year,
            holidays={**days, **dict.fromkeys(more, "Day of mourning")},
            source="Staatscourant 2026, 1",
            by=by.principal,
            now=MARCH,
        )

    def test_it_proposes_and_moves_nothing(self, dual_use: Any, administrator: Any) -> None:
        recorded = self.correct(administrator, date(2026, 3, 10))
        dual_use.refresh_from_db()
        assert (recorded.version, dual_use.due_before) == (2, DUAL_USE_DUE)
        proposal = dual_use.corrections.get()
        assert proposal.due_before_new == DUAL_USE_DUE + timedelta(days=1)
        assert told("consultation.correction_proposed") == {"BE-VLG", "NL"}
        assert AuditRecord.objects.filter(act="calendar.recorded").count() == 1
        assert dual_use.working().last_day == date(2026, 3, 16), "the working shown is that of the calendar kept"

    def test_applied_by_the_authority_whose_calendar_it_is(
        self, dual_use: Any, administrator: Any, consulting_officer: Any, consulted_officer: Any, clock: Any
    ) -> None:
        self.correct(administrator, date(2026, 3, 10))
        with pytest.raises(NotCompetent):
            actions.apply_correction(consultation_id=dual_use.pk, by=consulting_officer.principal, now=MARCH)
        actions.apply_correction(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        dual_use.refresh_from_db()
        assert dual_use.due_before == DUAL_USE_DUE + timedelta(days=1)
        assert (dual_use.calendar_versions, dual_use.working().moved_from) == ({"2026": "2"}, None)
        assert told("consultation.deadline_moved") == {"BE-VLG", "NL"}
        with pytest.raises(TransitionRefused):
            actions.apply_correction(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)

    def test_declined_it_stays_and_is_not_proposed_again(
        self, dual_use: Any, administrator: Any, consulted_officer: Any
    ) -> None:
        self.correct(administrator, date(2026, 3, 10))
        actions.decline_correction(consultation_id=dual_use.pk, by=consulted_officer.principal, now=MARCH)
        assert sweep_calendars() == 0
        dual_use.refresh_from_db()
        assert dual_use.due_before == DUAL_USE_DUE

    def test_another_end_overtakes_what_was_proposed(
        self, dual_use: Any, administrator: Any, consulting_officer: Any, consulted_officer: Any
    ) -> None:
        self.correct(administrator, date(2026, 3, 10))
        assert f"/consultations/{dual_use.pk}/" in consulted_officer.web.get("/?kind=answer").content.decode()
        known = {"consultation_id": dual_use.pk, "now": MARCH}
        actions.propose_extension(amount=1, reason="More is needed.", by=consulted_officer.principal, **known)
        actions.agree_extension(by=consulting_officer.principal, **known)
        assert dual_use.corrections.get().status == "overtaken"
        dual_use.refresh_from_db()
        assert dual_use.working().last_day == date(2026, 3, 18)  # eleven working days by the corrected list

    def test_a_later_correction_overtakes_the_first(self, dual_use: Any, administrator: Any) -> None:
        self.correct(administrator, date(2026, 3, 10))
        self.correct(administrator, date(2026, 3, 10), date(2026, 3, 11))
        standing = {one.status: one.due_before_new for one in dual_use.corrections.all()}
        assert standing == {
            "overtaken": DUAL_USE_DUE + timedelta(days=1),
            "proposed": DUAL_USE_DUE + timedelta(days=2),
        }

    def test_a_provisional_end_becomes_certain_when_the_list_comes(
        self, consulting_officer: Any, consulted_officer: Any, administrator: Any, clock: Any
    ) -> None:
        december = datetime(2031, 12, 22, 9, tzinfo=UTC)
        clock.set(december)
        thread = a_consultation(consulting_officer, consulted_officer, "dual_use", december)
        assert thread.due_is_provisional
        for year in (2031, 2032):
            self.correct(administrator, date(year, 12, 25), date(year, 1, 1), year=year)
        thread.refresh_from_db()
        assert (thread.due_is_provisional, thread.working().last_day) == (False, date(2032, 1, 7))

    def test_a_provisional_end_that_acts_moved_becomes_certain_too(
        self, consulting_officer: Any, consulted_officer: Any, commission: Any, administrator: Any, clock: Any
    ) -> None:
        december = datetime(2031, 12, 8, 9, tzinfo=UTC)
        self.correct(administrator, date(2031, 12, 25), year=2031)
        clock.set(december)
        thread = a_consultation(consulting_officer, consulted_officer, "dual_use", december)
        assert (thread.due_is_provisional, thread.working().last_day) == (False, date(2031, 12, 22))
        clock.set(ended := datetime(2031, 12, 23, 9, tzinfo=UTC))
        window = a_window(commission, datetime(2031, 12, 18, 9, tzinfo=UTC), ended)
        actions.move_held_deadlines(window_id=window.pk, by=commission.principal, now=ended)  # three days were lost
        thread.refresh_from_db()
        assert thread.working().last_day == date(2031, 12, 29)  # 24, 26, 29 December
        known = {"consultation_id": thread.pk, "now": ended}
        actions.propose_extension(amount=4, reason="More is needed.", by=consulted_officer.principal, **known)
        preview = consulting_officer.web.get(reverse("consultations:agree", args=[thread.pk]))
        assert "2 Jan 2032" in preview.content.decode()  # of what agreeing brings about, nobody's count from receipt
        actions.agree_extension(by=consulting_officer.principal, **known)
        thread.refresh_from_db()
        assert (thread.due_is_provisional, thread.working().last_day) == (True, date(2032, 1, 2))
        self.correct(administrator, date(2032, 1, 1), year=2032)
        thread.refresh_from_db()
        assert (thread.due_is_provisional, thread.working().last_day) == (False, date(2032, 1, 5))
        assert thread.calendar_versions == {"2031": "1", "2032": "1"}

    def test_the_threads_are_locked_before_the_ledger(
        self, dual_use: Any, administrator: Any, commission: Any, clock: Any
    ) -> None:
        with CaptureQueriesContext(connection) as seen:
            self.correct(administrator, date(2026, 3, 10))
        assert locks(seen)[0] == "consultations_consultation"
        clock.set(ENDED + HOUR)
        window = a_window(commission, MARCH, None)
        with CaptureQueriesContext(connection) as seen:
            actions.end_unavailability(window_id=window.pk, ended_at=ENDED, by=commission.principal, now=MARCH)
        assert locks(seen)[:2] == ["consultations_unavailability", "consultations_consultation"]

    def test_nobody_keeps_anothers_list(self, dual_use: Any, administrator: Any) -> None:
        from tests.cast import person

        with pytest.raises(NotCompetent):
            self.correct(person("SE", "administrator"), date(2026, 3, 10))

    def test_by_page_with_its_preview(self, dual_use: Any, administrator: Any, consulted_officer: Any) -> None:
        place = reverse("consultations:correct-calendar")
        shown = administrator.web.get(f"{place}?year=2026").context["form"].initial
        typed = {"year": "2026", "holidays": f"{shown['holidays']}\n2026-03-10 Day of mourning", "source": "Stcrt. 1"}
        preview, _receipt = confirm(administrator.web, place, typed)
        assert "Day of mourning" in preview
        assert dual_use.reference in preview
        assert CalendarYear.objects.filter(state="NL", year=2026).count() == 2
        wrong = administrator.web.post(place, {**typed, "holidays": "tomorrow Feast"})
        assert "begins with no day" in wrong.content.decode()
        assert consulted_officer.web.get(place).status_code == 403
        apply = reverse("consultations:apply-correction", args=[dual_use.pk])
        page = consulted_officer.web.get(reverse("consultations:detail", args=[dual_use.pk])).content.decode()
        assert apply in page
        consulted_officer.web.post(apply, {"confirm": "1"})
        dual_use.refresh_from_db()
        assert dual_use.due_before == DUAL_USE_DUE + timedelta(days=1)

    def test_by_rest(self, dual_use: Any, administrator: Any, client_be: Any, client_nl: Any) -> None:
        held = CalendarYear.objects.get(state="NL", year=2026)
        days = [{"date": row.date.isoformat(), "name": row.name} for row in held.holidays.all()]
        body = {"year": 2026, "holidays": [*days, {"date": "2026-03-10", "name": "Mourning"}], "source": "Stcrt. 1"}
        json = "application/json"
        preview = administrator.web.post("/api/v1/calendars/preview/", body, content_type=json)
        assert [one["reference"] for one in preview.json()["affected"]] == [dual_use.reference]
        assert administrator.web.post("/api/v1/calendars/", body, content_type=json).status_code == 201
        again = administrator.web.post("/api/v1/calendars/", body, content_type=json)
        assert (again.status_code, again.json()["code"]) == (409, "calendar_unchanged")
        twice = {**body, "holidays": [*body["holidays"], body["holidays"][0]]}
        assert administrator.web.post("/api/v1/calendars/", twice, content_type=json).status_code == 422
        assert client_be.api.post(f"/api/v1/consultations/{dual_use.pk}/apply-correction/", {}).status_code == 409
        moved = client_nl.api.post(f"/api/v1/consultations/{dual_use.pk}/apply-correction/", {}).json()
        assert moved["due_before"] == "2026-03-17T23:00:00Z"
        assert [one["status"] for one in moved["corrections"]] == ["applied"]
