"""The pages of the reports room."""

from reports.views.desk import Answer, Ask, Case, Desk
from reports.views.pages import Reports, YearFile, YearTables
from reports.views.retention import EndHold, OpenBlocked, RetentionPage

__all__ = [
    "Answer",
    "Ask",
    "Case",
    "Desk",
    "EndHold",
    "OpenBlocked",
    "Reports",
    "RetentionPage",
    "YearFile",
    "YearTables",
]
