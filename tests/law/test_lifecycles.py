"""Every (state, event) pair of the three life cycles, from tables written out here: "-" means refused."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.law.errors import (
    AlreadyAnswered,
    ConsultationsOpen,
    HitsOpen,
    NotYetDue,
    ObjectionBinds,
    PeriodEnded,
    ScreeningStale,
    TransitionRefused,
)
from consultations.law import lifecycle as consultation
from denials.law import lifecycle as denial
from screening.law import lifecycle as application

DENIAL = """
            draft      ready      in_force   lifted  revoked  withdrawn  discarded
edit        draft      -          -          -       -        -          -
submit      ready      -          -          -       -        -          -
return      -          draft      -          -       -        -          -
discard     discarded  discarded  -          -       -        -          -
notify      in_force   in_force   -          -       -        -          -
register    in_force   -          -          -       -        -          -
amend       -          -          in_force   -       -        -          -
renew       -          -          in_force   -       -        -          -
revoke      -          -          revoked    -       -        -          -
withdraw    -          -          withdrawn  -       -        -          -
lift        -          -          lifted     -       -        -          -
confirm     -          -          in_force   -       -        -          -
court       -          -          in_force   -       -        -          -
recall      -          -          in_force   lifted  revoked  withdrawn  -
"""

APPLICATION = """
                         received   screened    consulting  decidable   granted  refused  withdrawn
amend                    received   received    -           received    -        -        -
screened_clear           decidable  decidable   consulting  decidable   -        -        -
screened_hits            screened   screened    consulting  screened    -        -        -
screening_failed         received   received    consulting  received    -        -        -
hits_dismissed           -          decidable   consulting  decidable   -        -        -
open_consultation        -          consulting  consulting  consulting  -        -        -
consultations_concluded  -          -           decidable   -           -        -        -
grant                    -          -           -           granted     -        -        -
refuse                   -          -           -           refused     -        -        -
record_grant             granted    granted     granted     granted     -        -        -
record_refusal           refused    refused     refused     refused     -        -        -
withdraw                 withdrawn  withdrawn   withdrawn   withdrawn   -        -        -
"""

CONSULTATION = """
                   draft      open       answered  lapsed    withdrawn  closed
edit               draft      -          -         -         -          -
discard            withdrawn  -          -         -         -          -
send               open       -          -         -         -          -
write              -          open       answered  lapsed    -          closed
ask_information    -          open       answered  lapsed    -          -
give_information   -          open       answered  lapsed    -          -
propose_extension  -          open       -         -         -          -
agree_extension    -          open       -         -         -          -
refuse_extension   -          open       -         -         -          -
hold               -          open       -         open      -          -
move_deadline      -          open       -         -         -          -
answer             -          answered   -         -         -          -
answer_late        -          -          -         lapsed    -          closed
period_ended       -          lapsed     -         -         -          -
confirm_timely     -          answered   -         answered  -          closed
remind             -          open       -         -         -          -
close_unanswered   -          closed     -         -         -          -
decided_nationally -          closed     -         -         -          -
withdraw           -          withdrawn  -         -         -          -
notify_outcome     -          -          closed    closed    -          closed
"""


def cells(table):
    head, *lines = table.strip("\n").splitlines()
    states = head.split()
    return [
        (state, line.split()[0], following)
        for line in lines
        for state, following in zip(states, line.split()[1:], strict=True)
    ]


ALL = [
    (module, *cell)
    for module, table in ((denial, DENIAL), (application, APPLICATION), (consultation, CONSULTATION))
    for cell in cells(table)
]


@pytest.mark.parametrize(
    ("module", "table"), [(denial, DENIAL), (application, APPLICATION), (consultation, CONSULTATION)]
)
def test_the_tables_here_name_every_state_and_event(module, table):
    written = cells(table)
    assert {state for state, _, _ in written} == set(map(str, module.State))
    assert {event for _, event, _ in written} == set(map(str, module.Event))


@pytest.mark.parametrize(
    ("module", "state", "event", "following"), ALL, ids=lambda value: getattr(value, "__name__", value)
)
def test_every_pair(module, state, event, following):
    if following == "-":
        with pytest.raises(TransitionRefused) as refusal:
            module.next_state(state, event)
        assert refusal.value.params == {"state": state, "event": event}
        assert event not in module.events_from(state)
    else:
        assert module.next_state(state, event) == following
        assert event in module.events_from(state)


@pytest.mark.parametrize("module", [denial, application, consultation])
def test_an_unknown_state_or_event_is_refused(module):
    for state, event in (("lost", "notify"), ("draft", "explode")):
        with pytest.raises(TransitionRefused):
            module.next_state(state, event)


class TestSuspension:
    """Reg. (EU) 2021/821 Art. 16(1): "the final assessment shall be communicated … at the end of the period"."""

    @pytest.mark.parametrize("event", ["lift", "confirm"])
    def test_only_a_suspension_has_a_final_assessment(self, event):
        assert denial.next_state("in_force", event, act="suspension")
        with pytest.raises(TransitionRefused):
            denial.next_state("in_force", event, act="refusal")
        assert event in denial.events_from("in_force", act="suspension")
        assert event not in denial.events_from("in_force", act="refusal")

    def test_other_acts_are_not_barred_by_it(self):
        assert denial.next_state("in_force", "revoke", act="refusal") == "revoked"


DUE = datetime(2026, 3, 16, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)
RUNNING = consultation.Clock(DUE, lapses=True)
COURTESY = consultation.Clock(DUE, lapses=False)
NO_PERIOD = consultation.Clock(None, lapses=False)


class TestLapse:
    """Reg. (EU) 2021/821 Art. 16(5): no reaction within the period has its effect when the period ends."""

    def test_a_lapse_is_dated_to_the_end_of_the_period_however_late_it_is_written(self):
        for now in (DUE, DUE + SECOND, DUE + timedelta(days=400)):
            assert consultation.check_lapsed("open", RUNNING, now) == DUE

    @pytest.mark.parametrize("clock", [RUNNING, COURTESY, NO_PERIOD])
    def test_nothing_lapses_before_the_end_or_without_a_period(self, clock):
        with pytest.raises(NotYetDue):
            consultation.check_lapsed("open", clock, DUE - SECOND)

    @pytest.mark.parametrize("clock", [COURTESY, NO_PERIOD])
    def test_a_courtesy_or_provisional_date_never_lapses(self, clock):
        """Reg. (EU) 2019/125 Art. 23 sets no period; a provisional date is none either."""
        with pytest.raises(NotYetDue):
            consultation.check_lapsed("open", clock, DUE + timedelta(days=400))

    @pytest.mark.parametrize("state", ["draft", "answered", "lapsed", "withdrawn", "closed"])
    def test_what_is_not_open_does_not_lapse(self, state):
        with pytest.raises(TransitionRefused):
            consultation.check_lapsed(state, RUNNING, DUE)

    @pytest.mark.parametrize(
        ("state", "clock", "at", "shown"),
        [
            ("open", RUNNING, DUE - SECOND, "open"),
            ("open", RUNNING, DUE, "lapsed"),
            ("open", COURTESY, DUE, "open"),
            ("open", NO_PERIOD, DUE, "open"),
            ("answered", RUNNING, DUE, "answered"),
            ("withdrawn", RUNNING, DUE, "withdrawn"),
        ],
    )
    def test_reads_show_the_lapse_from_the_instant_of_expiry(self, state, clock, at, shown):
        assert consultation.effective_state(state, clock, at) == shown

    def test_an_answer_at_the_bound_is_late_even_if_no_lapse_is_written(self):
        consultation.check_in_time("open", RUNNING, DUE - SECOND)
        with pytest.raises(PeriodEnded) as refusal:
            consultation.check_in_time("open", RUNNING, DUE)
        assert refusal.value.params == {"due_before": DUE}

    def test_an_answer_is_never_late_where_nothing_lapses(self):
        consultation.check_in_time("open", COURTESY, DUE + SECOND)
        consultation.check_in_time("open", NO_PERIOD, DUE + SECOND)

    def test_a_second_answer_is_named_as_such(self):
        with pytest.raises(AlreadyAnswered):
            consultation.next_state("answered", "answer")

    def test_only_a_consultation_that_never_lapses_is_closed_unanswered(self):
        """Reg. (EU) 2019/125 Art. 23(2) sets no period; docs/adr/0019."""
        consultation.check_closable("open", lapses=False, reminded=True)
        with pytest.raises(TransitionRefused):
            consultation.check_closable("open", lapses=True, reminded=True)
        with pytest.raises(TransitionRefused):
            consultation.check_closable("answered", lapses=False, reminded=True)
        with pytest.raises(consultation.ReminderMissing):
            consultation.check_closable("open", lapses=False, reminded=False)

    @pytest.mark.parametrize(
        ("state", "lapses", "concluded", "closed"),
        [
            ("closed", True, DUE, False),
            ("closed", True, DUE - SECOND, True),
            ("closed", False, DUE + SECOND, True),
            ("lapsed", True, DUE, False),
            ("closed", True, None, False),
        ],
    )
    def test_what_an_act_ended_did_not_lapse(self, state, lapses, concluded, closed):
        clock = consultation.Clock(DUE, lapses=lapses)
        assert consultation.ended_without_answer(state, clock, concluded) is closed

    def test_concluded_is_all_but_draft_and_open(self):
        assert set(consultation.State) - consultation.CONCLUDED == {"draft", "open"}


FREE = {"seen": 7, "head": 7, "hits_open": 0, "consultations_open": 0}


class TestGate:
    """Art. 16(5): all valid denials are examined before deciding "whether or not to grant"."""

    @pytest.mark.parametrize("granting", [True, False])
    def test_a_fresh_screening_without_open_ends_lets_the_decision_through(self, granting):
        application.check_ready(**FREE, granting=granting)
        assert application.flags(**FREE, granting=granting) == ()

    @pytest.mark.parametrize("granting", [True, False])
    @pytest.mark.parametrize(
        ("change", "refusal", "flag"),
        [
            ({"seen": None}, ScreeningStale, "screening_stale"),
            ({"seen": 6}, ScreeningStale, "screening_stale"),
            ({"hits_open": 1}, HitsOpen, "hits_open"),
            ({"consultations_open": 2}, ConsultationsOpen, "consultation_open"),
        ],
    )
    def test_grant_and_refusal_alike_wait(self, change, refusal, flag, granting):
        with pytest.raises(refusal):
            application.check_ready(**FREE | change, granting=granting)
        assert application.flags(**FREE | change, granting=granting) == (flag,)

    def test_a_binding_objection_stands_against_a_grant_only(self):
        """Art. 14(1)."""
        application.check_ready(**FREE, granting=False, binding_objections=1)
        with pytest.raises(ObjectionBinds):
            application.check_ready(**FREE, granting=True, binding_objections=1)
        assert application.flags(**FREE, granting=True, binding_objections=1) == ("objection_binds",)

    def test_pending_and_decided_are_told_apart(self):
        assert set(application.State) - application.PENDING - application.DECIDED == {"withdrawn"}
