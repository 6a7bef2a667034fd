"""The pages of the reports room."""

from reports.views.cases import Cases
from reports.views.desk import Answer, Ask, Case, Desk
from reports.views.editions import DraftEdition, EditionFile, Editions, FreezeEdition
from reports.views.pages import Reports, YearFile, YearTables
from reports.views.retention import EndHold, OpenBlocked, RetentionPage
from reports.views.returns import DiscardReturn, Progress, ReturnDetail, Returns, SignReturn
from reports.views.years import Indicators, Shares, Years

__all__ = [
    "Answer",
    "Ask",
    "Case",
    "Cases",
    "Desk",
    "DiscardReturn",
    "DraftEdition",
    "EditionFile",
    "Editions",
    "EndHold",
    "FreezeEdition",
    "Indicators",
    "OpenBlocked",
    "Progress",
    "Reports",
    "RetentionPage",
    "ReturnDetail",
    "Returns",
    "Shares",
    "SignReturn",
    "YearFile",
    "YearTables",
    "Years",
]
