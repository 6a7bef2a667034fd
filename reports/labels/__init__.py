"""Words for codes: of tables, of returns and of what their checks find."""

from reports.labels.returns import ANSWERS, QUESTIONS, SECTIONS, STATES, finding_words
from reports.labels.tables import (
    COLUMNS,
    DENIALS,
    KEYS,
    NOTES,
    TITLES,
    TOTALS,
    UNITS,
    column_words,
    key_words,
    note_words,
    place,
)

__all__ = [
    "ANSWERS",
    "COLUMNS",
    "DENIALS",
    "KEYS",
    "NOTES",
    "QUESTIONS",
    "SECTIONS",
    "STATES",
    "TITLES",
    "TOTALS",
    "UNITS",
    "column_words",
    "finding_words",
    "key_words",
    "note_words",
    "place",
]
