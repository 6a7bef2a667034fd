"""The pages of the room: inbox, threads, acts, decisions, notices of grant."""

from consultations.views.acts import (
    AddNote,
    AgreeExtension,
    AnswerThread,
    AnswerThreadLate,
    AskInformation,
    GiveInformation,
    ProposeExtension,
    Receipt,
    RefuseExtension,
    TakeThread,
    WithdrawThread,
)
from consultations.views.deciding import Decide, Decided, GrantNoticeDetail, GrantNoticeList, Rescreen
from consultations.views.inbox import ApplicationPeek, Inbox
from consultations.views.opening import OpenConsultations, Opened
from consultations.views.threads import ConsultationDetail, ConsultationList, ConsultationPeek

__all__ = [
    "AddNote",
    "AgreeExtension",
    "AnswerThread",
    "AnswerThreadLate",
    "ApplicationPeek",
    "AskInformation",
    "ConsultationDetail",
    "ConsultationList",
    "ConsultationPeek",
    "Decide",
    "Decided",
    "GiveInformation",
    "GrantNoticeDetail",
    "GrantNoticeList",
    "Inbox",
    "OpenConsultations",
    "Opened",
    "ProposeExtension",
    "Receipt",
    "RefuseExtension",
    "Rescreen",
    "TakeThread",
    "WithdrawThread",
]
