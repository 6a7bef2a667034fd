"""The legal acts of the screening room: file, amend, screen, dismiss, take back, take over, withdraw."""

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
from screening.actions.screening import screen_application, screen_without_filing

__all__ = [
    "amend_application",
    "claim_stale",
    "confirm_dismissal",
    "consult_on_hits",
    "dismiss_hit",
    "needs_second_officer",
    "record_used_up",
    "release_hits",
    "reopen_hit",
    "rescreen_after_change",
    "return_dismissal",
    "screen_application",
    "screen_without_filing",
    "stale",
    "submit_application",
    "take_application",
    "watch_licence",
    "withdraw_application",
]
