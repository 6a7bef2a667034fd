"""A year's tables as files: CSV, JSON, workbook, paper, portal, and the tidy figures behind every cell."""

from reports.exports.files import (
    FORMATS,
    TYPES,
    digests_of,
    files_of,
    files_of_each,
    form_of,
    json_text,
    report_json,
    table_csv,
    tidy_csv,
    year_files,
)
from reports.exports.report import Report, kept, report_from, report_of
from reports.exports.words import WordedRow, WordedTable, worded

__all__ = [
    "FORMATS",
    "TYPES",
    "Report",
    "WordedRow",
    "WordedTable",
    "digests_of",
    "files_of",
    "files_of_each",
    "form_of",
    "json_text",
    "kept",
    "report_from",
    "report_json",
    "report_of",
    "table_csv",
    "tidy_csv",
    "worded",
    "year_files",
]
