"""The legal acts of the screening room: file, amend, screen, dismiss, take back, take over, withdraw."""

from screening.actions.bulk import begin_bulk, cancel_bulk, end_bulk, next_row, refuse_row, take_row
from screening.actions.disposing import (
    confirm_dismissal,
    consult_on_hits,
    dismiss_hit,
    needs_second_officer,
    release_hits,
    reopen_hit,
    return_dismissal,
)
from screening.actions.filing import amend_application, submit_application, take_application, withdraw_application
from screening.actions.rescreening import (
    claim_stale,
    record_used_up,
    rescreen_after_change,
    stale,
    watch_licence,
)
from screening.actions.rules import claim_shadows, decline_rules, propose_rules, run_shadow, switch_rules_on
from screening.actions.screening import screen_application, screen_without_filing

__all__ = [
    "amend_application",
    "begin_bulk",
    "cancel_bulk",
    "claim_shadows",
    "claim_stale",
    "confirm_dismissal",
    "consult_on_hits",
    "decline_rules",
    "dismiss_hit",
    "end_bulk",
    "needs_second_officer",
    "next_row",
    "propose_rules",
    "record_used_up",
    "refuse_row",
    "release_hits",
    "reopen_hit",
    "rescreen_after_change",
    "return_dismissal",
    "run_shadow",
    "screen_application",
    "screen_without_filing",
    "stale",
    "submit_application",
    "switch_rules_on",
    "take_application",
    "take_row",
    "watch_licence",
    "withdraw_application",
]
