"""Every act in a thread and after it: open, answer, extend, lapse, withdraw, decide."""

from consultations.actions.answering import (
    add_note,
    answer_consultation,
    answer_late,
    give_information,
    request_information,
    take_consultation,
)
from consultations.actions.closing import close_unanswered, remind_consulted
from consultations.actions.deciding import record_decision
from consultations.actions.opening import Thread, contact_point, open_consultations, plan_consultations
from consultations.actions.outcome import explain_grant
from consultations.actions.timing import (
    agree_extension,
    lapse_consultation,
    propose_extension,
    refuse_extension,
    withdraw_consultation,
)

__all__ = [
    "Thread",
    "add_note",
    "agree_extension",
    "answer_consultation",
    "answer_late",
    "close_unanswered",
    "contact_point",
    "explain_grant",
    "give_information",
    "lapse_consultation",
    "open_consultations",
    "plan_consultations",
    "propose_extension",
    "record_decision",
    "refuse_extension",
    "remind_consulted",
    "request_information",
    "take_consultation",
    "withdraw_consultation",
]
