"""The legal acts of the screening room: file, amend, screen, dismiss, take back, take over, withdraw."""

from screening.actions.disposing import consult_on_hits, dismiss_hit, reopen_hit
from screening.actions.filing import amend_application, submit_application, take_application, withdraw_application
from screening.actions.screening import rescreen_after_change, screen_application, screen_without_filing

__all__ = [
    "amend_application",
    "consult_on_hits",
    "dismiss_hit",
    "reopen_hit",
    "rescreen_after_change",
    "screen_application",
    "screen_without_filing",
    "submit_application",
    "take_application",
    "withdraw_application",
]
