"""The pages of the reports room."""

from reports.views.desk import Answer, Ask, Case, Desk
from reports.views.pages import Reports, YearFile, YearTables

__all__ = ["Answer", "Ask", "Case", "Desk", "Reports", "YearFile", "YearTables"]
