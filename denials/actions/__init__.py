"""Every act upon the register: draft, notify, register, amend, renew, revoke, withdraw."""

from denials.actions.changes import amend_denial, draft_amendment, renew_denial, revoke_denial, withdraw_denial
from denials.actions.drafts import discard_draft, save_draft
from denials.actions.history import (
    HistoricDenial,
    one_file_at_a_time,
    register_historic_denial,
    take_in_file,
)
from denials.actions.importing import cancel_import, forget_files, map_columns, tick_changes
from denials.actions.notification import notify_content, notify_denial

__all__ = [
    "HistoricDenial",
    "amend_denial",
    "cancel_import",
    "discard_draft",
    "draft_amendment",
    "forget_files",
    "map_columns",
    "notify_content",
    "notify_denial",
    "one_file_at_a_time",
    "register_historic_denial",
    "renew_denial",
    "revoke_denial",
    "save_draft",
    "take_in_file",
    "tick_changes",
    "withdraw_denial",
]
