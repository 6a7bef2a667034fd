"""The pages of the screening room."""

from screening.views.cases import (
    AmendApplication,
    ApplicationDetail,
    ApplicationPeek,
    Certificate,
    DismissHit,
    FileApplication,
    ReopenHit,
    ScreenAgain,
    ScreenWithoutFiling,
    TakeApplication,
    WithdrawApplication,
)
from screening.views.lists import ApplicationList, ScreeningList

__all__ = [
    "AmendApplication",
    "ApplicationDetail",
    "ApplicationList",
    "ApplicationPeek",
    "Certificate",
    "DismissHit",
    "FileApplication",
    "ReopenHit",
    "ScreenAgain",
    "ScreenWithoutFiling",
    "ScreeningList",
    "TakeApplication",
    "WithdrawApplication",
]
