"""Every act in a thread and after it: open, answer, extend, lapse, withdraw, decide."""

from consultations.actions.answering import (
    add_note,
    answer_consultation,
    answer_late,
    give_information,
    request_information,
    take_consultation,
)
from consultations.actions.asking import conclude_query, open_queries, plan_queries
from consultations.actions.calendars import (
    affected_by,
    apply_correction,
    calendar_with,
    correct_calendar,
    decline_correction,
    follow_calendar,
)
from consultations.actions.closing import close_unanswered, remind_consulted
from consultations.actions.deciding import record_decision
from consultations.actions.documents import attach_document, discard_document, note_printed, send_document
from consultations.actions.elsewhere import (
    confirm_answer_elsewhere,
    dispute_answer_elsewhere,
    register_answer_elsewhere,
)
from consultations.actions.foureyes import (
    check_alone,
    needs_four_eyes,
    plan_prepared,
    prepare_act,
    prepare_opening,
    return_prepared,
    send_prepared,
)
from consultations.actions.handing import hand_over, held_by, remove_person
from consultations.actions.holding import end_unavailability, move_held_deadlines, record_unavailability
from consultations.actions.inbox import drop_filter, keep_filter
from consultations.actions.inviting import end_invitation, guests_of, invite_reader
from consultations.actions.keeping import (
    case_seen,
    lift_restriction,
    named_in,
    officers_of,
    restrict_case,
    restriction_of,
)
from consultations.actions.opening import Thread, contact_point, open_consultations, plan_consultations
from consultations.actions.outcome import explain_grant
from consultations.actions.timing import (
    agree_extension,
    lapse_consultation,
    propose_extension,
    refuse_extension,
    withdraw_consultation,
)
from consultations.actions.watching import (
    absences_of,
    acknowledge_consultation,
    assign_consultation,
    plan_missing_reminders,
    send_reminder,
)

__all__ = [
    "Thread",
    "absences_of",
    "acknowledge_consultation",
    "add_note",
    "affected_by",
    "agree_extension",
    "answer_consultation",
    "answer_late",
    "apply_correction",
    "assign_consultation",
    "attach_document",
    "calendar_with",
    "case_seen",
    "check_alone",
    "close_unanswered",
    "conclude_query",
    "confirm_answer_elsewhere",
    "contact_point",
    "correct_calendar",
    "decline_correction",
    "discard_document",
    "dispute_answer_elsewhere",
    "drop_filter",
    "end_invitation",
    "end_unavailability",
    "explain_grant",
    "follow_calendar",
    "give_information",
    "guests_of",
    "hand_over",
    "held_by",
    "invite_reader",
    "keep_filter",
    "lapse_consultation",
    "lift_restriction",
    "move_held_deadlines",
    "named_in",
    "needs_four_eyes",
    "note_printed",
    "officers_of",
    "open_consultations",
    "open_queries",
    "plan_consultations",
    "plan_missing_reminders",
    "plan_prepared",
    "plan_queries",
    "prepare_act",
    "prepare_opening",
    "propose_extension",
    "record_decision",
    "record_unavailability",
    "refuse_extension",
    "register_answer_elsewhere",
    "remind_consulted",
    "remove_person",
    "request_information",
    "restrict_case",
    "restriction_of",
    "return_prepared",
    "send_document",
    "send_prepared",
    "send_reminder",
    "take_consultation",
    "withdraw_consultation",
]
