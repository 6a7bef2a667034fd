"""The pages of the screening room."""

from screening.views.bulk import BulkDetail, BulkList, BulkRefusals, CancelBulk
from screening.views.cases import (
    AmendApplication,
    ApplicationDetail,
    ApplicationPeek,
    FileApplication,
    ScreenAgain,
    ScreenWithoutFiling,
    TakeApplication,
    UsedUp,
    WithdrawApplication,
)
from screening.views.hits import (
    Certificate,
    CertificatePaper,
    ConfirmDismissal,
    DismissHit,
    HitDetail,
    ReopenHit,
    ReturnDismissal,
    VerdictPaper,
)
from screening.views.house import AlarmList, DeclineRules, RuleDetail, RuleList, SwitchRulesOn
from screening.views.lists import ApplicationList, ScreeningList
from screening.views.patterns import Diversion

__all__ = [
    "AlarmList",
    "AmendApplication",
    "ApplicationDetail",
    "ApplicationList",
    "ApplicationPeek",
    "BulkDetail",
    "BulkList",
    "BulkRefusals",
    "CancelBulk",
    "Certificate",
    "CertificatePaper",
    "ConfirmDismissal",
    "DeclineRules",
    "DismissHit",
    "Diversion",
    "FileApplication",
    "HitDetail",
    "ReopenHit",
    "ReturnDismissal",
    "RuleDetail",
    "RuleList",
    "ScreenAgain",
    "ScreenWithoutFiling",
    "ScreeningList",
    "SwitchRulesOn",
    "TakeApplication",
    "UsedUp",
    "VerdictPaper",
    "WithdrawApplication",
]
