"""The pages of the reports room."""

from reports.views.pages import Reports, YearFile, YearTables

__all__ = ["Reports", "YearFile", "YearTables"]
