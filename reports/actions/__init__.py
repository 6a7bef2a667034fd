"""What is done in this room: returns are delivered and signed off, editions drafted and frozen."""

from reports.actions.editions import draft_edition
from reports.actions.freezing import checked, edition_file, edition_files, edition_report, freeze_edition, public_of
from reports.actions.reminding import remind_of_return
from reports.actions.returns import deliver_return, discard_return, sign_return

__all__ = [
    "checked",
    "deliver_return",
    "discard_return",
    "draft_edition",
    "edition_file",
    "edition_files",
    "edition_report",
    "freeze_edition",
    "public_of",
    "remind_of_return",
    "sign_return",
]
