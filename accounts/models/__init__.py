"""WHO: states, authorities, people, calendars, the audit trail and the outgoing post."""

from accounts.models.calendars import CalendarYear, PublicHoliday
from accounts.models.organisation import Authority, Competence, Membership, State
from accounts.models.people import Client, ClientToken, User
from accounts.models.post import Delivery, Notice, NoticeReading
from accounts.models.record import AuditRecord, AuditSalt, IdempotentRequest, Ledger, SweepHeartbeat
from accounts.models.settings import AuthoritySetting

__all__ = [
    "AuditRecord",
    "AuditSalt",
    "Authority",
    "AuthoritySetting",
    "CalendarYear",
    "Client",
    "ClientToken",
    "Competence",
    "Delivery",
    "IdempotentRequest",
    "Ledger",
    "Membership",
    "Notice",
    "NoticeReading",
    "PublicHoliday",
    "State",
    "SweepHeartbeat",
    "User",
]
