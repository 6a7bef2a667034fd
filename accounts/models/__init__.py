"""WHO: states, authorities, people, calendars, the audit trail and the outgoing post."""

from accounts.models.calendars import CalendarYear, PublicHoliday
from accounts.models.organisation import SEAT, Authority, Competence, Membership, State
from accounts.models.people import Absence, Client, ClientToken, DutyDesk, User
from accounts.models.post import Delivery, Notice, NoticeReading
from accounts.models.record import AuditRecord, AuditSalt, IdempotentRequest, Ledger, SweepHeartbeat
from accounts.models.restriction import RestrictedRecord, Restriction, RestrictionUserPermission
from accounts.models.retention import Blanking, Forgetting, Retention, RetentionHold
from accounts.models.settings import AuthoritySetting
from accounts.models.sign_in import (
    ClientKey,
    ClientUse,
    ExternalIdentity,
    IdentityProvider,
    Invitation,
    PersonSession,
    SignInTries,
    UsedAssertion,
)
from accounts.models.webhooks import Webhook
from accounts.models.witness import (
    AuditKey,
    AuditQuestion,
    Checkpoint,
    Reading,
    Receipt,
    ReceiptContent,
    RowProof,
    RowSeal,
)

__all__ = [
    "SEAT",
    "Absence",
    "AuditKey",
    "AuditQuestion",
    "AuditRecord",
    "AuditSalt",
    "Authority",
    "AuthoritySetting",
    "Blanking",
    "CalendarYear",
    "Checkpoint",
    "Client",
    "ClientKey",
    "ClientToken",
    "ClientUse",
    "Competence",
    "Delivery",
    "DutyDesk",
    "ExternalIdentity",
    "Forgetting",
    "IdempotentRequest",
    "IdentityProvider",
    "Invitation",
    "Ledger",
    "Membership",
    "Notice",
    "NoticeReading",
    "PersonSession",
    "PublicHoliday",
    "Reading",
    "Receipt",
    "ReceiptContent",
    "RestrictedRecord",
    "Restriction",
    "RestrictionUserPermission",
    "Retention",
    "RetentionHold",
    "RowProof",
    "RowSeal",
    "SignInTries",
    "State",
    "SweepHeartbeat",
    "UsedAssertion",
    "User",
    "Webhook",
]
