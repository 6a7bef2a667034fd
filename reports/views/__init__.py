"""The pages of the reports room."""

from reports.views.pages import Reports, YearFile, YearTables
from reports.views.returns import DiscardReturn, Progress, ReturnDetail, Returns, SignReturn

__all__ = [
    "DiscardReturn",
    "Progress",
    "Reports",
    "ReturnDetail",
    "Returns",
    "SignReturn",
    "YearFile",
    "YearTables",
]
