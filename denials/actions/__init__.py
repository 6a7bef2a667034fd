"""Every act upon the register: draft, notify, register, amend, renew, revoke, withdraw."""

from denials.actions.changes import amend_denial, draft_amendment, renew_denial, revoke_denial, withdraw_denial
from denials.actions.courses import confirm_suspension, lift_suspension, record_court_fact
from denials.actions.drafts import discard_draft, save_draft
from denials.actions.erasure import erase_person, traces_of
from denials.actions.history import (
    HistoricDenial,
    one_file_at_a_time,
    register_historic_denial,
    take_in_file,
)
from denials.actions.importing import (
    cancel_import,
    forget_files,
    map_columns,
    return_import,
    submit_import,
    tick_changes,
)
from denials.actions.mirror import (
    NotAMirror,
    OutOfStep,
    Page,
    ReferenceDataMissing,
    begin_mirror,
    note_proven,
    note_reached,
    take_in_page,
)
from denials.actions.notification import (
    notify_content,
    notify_denial,
    release_denial,
    return_denial,
    submit_denial,
)
from denials.actions.proposals import propose_act, release_act, return_act
from denials.actions.recalls import acknowledge_recall, recall_denial
from denials.actions.reviews import Outcome, Review, remind_of, renew_denials
from denials.actions.searches import (
    change_search,
    mark_seen,
    remove_search,
    save_search,
    searches_waiting,
    tell_of_news,
)
from denials.actions.second import needs_release

__all__ = [
    "HistoricDenial",
    "NotAMirror",
    "OutOfStep",
    "Outcome",
    "Page",
    "ReferenceDataMissing",
    "Review",
    "acknowledge_recall",
    "amend_denial",
    "begin_mirror",
    "cancel_import",
    "change_search",
    "confirm_suspension",
    "discard_draft",
    "draft_amendment",
    "erase_person",
    "forget_files",
    "lift_suspension",
    "map_columns",
    "mark_seen",
    "needs_release",
    "note_proven",
    "note_reached",
    "notify_content",
    "notify_denial",
    "one_file_at_a_time",
    "propose_act",
    "recall_denial",
    "record_court_fact",
    "register_historic_denial",
    "release_act",
    "release_denial",
    "remind_of",
    "remove_search",
    "renew_denial",
    "renew_denials",
    "return_act",
    "return_denial",
    "return_import",
    "revoke_denial",
    "save_draft",
    "save_search",
    "searches_waiting",
    "submit_denial",
    "submit_import",
    "take_in_file",
    "take_in_page",
    "tell_of_news",
    "tick_changes",
    "traces_of",
    "withdraw_denial",
]
