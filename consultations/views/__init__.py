"""The pages of the room: inbox, threads, acts, decisions, notices of grant."""

from consultations.views.acts import (
    AddNote,
    AgreeExtension,
    AnswerThread,
    AnswerThreadLate,
    AskInformation,
    CloseUnanswered,
    GiveInformation,
    ProposeExtension,
    Receipt,
    RefuseExtension,
    RemindThread,
    TakeThread,
    WithdrawThread,
)
from consultations.views.deciding import (
    Decide,
    Decided,
    ExplainGrant,
    FlaggedDecisions,
    GrantNoticeDetail,
    GrantNoticeList,
    Rescreen,
)
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
    "CloseUnanswered",
    "ConsultationDetail",
    "ConsultationList",
    "ConsultationPeek",
    "Decide",
    "Decided",
    "ExplainGrant",
    "FlaggedDecisions",
    "GiveInformation",
    "GrantNoticeDetail",
    "GrantNoticeList",
    "Inbox",
    "OpenConsultations",
    "Opened",
    "ProposeExtension",
    "Receipt",
    "RefuseExtension",
    "RemindThread",
    "Rescreen",
    "TakeThread",
    "WithdrawThread",
]
