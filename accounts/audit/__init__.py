"""The audit trail: one record per act, written in the act's own transaction, and all that makes it provable."""

from accounts.audit.chain import first_broken, lock_ledger, record, record_many
from accounts.audit.checkpoints import check_witnessed, is_witnessed, unwitnessed_since
from accounts.audit.readings import fold, note
from accounts.audit.rows import seal

__all__ = [
    "check_witnessed",
    "first_broken",
    "fold",
    "is_witnessed",
    "lock_ledger",
    "note",
    "record",
    "record_many",
    "seal",
    "unwitnessed_since",
]
