"""A year's tables as files: CSV, JSON and the tidy figures every cell can be added up from."""

from reports.exports.files import FORMATS, json_text, report_data, table_csv, tidy_csv, year_files
from reports.exports.words import WordedRow, WordedTable, worded

__all__ = [
    "FORMATS",
    "WordedRow",
    "WordedTable",
    "json_text",
    "report_data",
    "table_csv",
    "tidy_csv",
    "worded",
    "year_files",
]
