"""The pages of the reports room."""

from reports.views.cases import Cases
from reports.views.editions import DraftEdition, EditionFile, Editions, FreezeEdition
from reports.views.pages import Reports, YearFile, YearTables
from reports.views.returns import DiscardReturn, Progress, ReturnDetail, Returns, SignReturn
from reports.views.years import Indicators, Shares, Years

__all__ = [
    "Cases",
    "DiscardReturn",
    "DraftEdition",
    "EditionFile",
    "Editions",
    "FreezeEdition",
    "Indicators",
    "Progress",
    "Reports",
    "ReturnDetail",
    "Returns",
    "Shares",
    "SignReturn",
    "YearFile",
    "YearTables",
    "Years",
]
