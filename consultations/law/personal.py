"""
Where a case holds what somebody wrote about people: table by table, which columns, and what is left of each.

One table serves both ways of forgetting: all of it once the time a case is kept has passed, and the words of one person
wherever they stand. Codes, states, counts, dates and quantities stay: statistics say the same before and after.
Source: docs/adr/0222, docs/adr/0223.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from accounts.law.retention import APPLICATION, CONSULTATION
from denials.law.erasure import ERASED

#: What an event's data may keep once its words are gone: figures, codes, moments. Words have spaces or these names.
WORDS: Final = frozenset(
    {"reason", "reasoning", "text", "summary", "explanation", "conditions", "question", "name", "note"}
)


@dataclass(frozen=True)
class Table:
    """
    A table of a case: its model, the path from a row to the case, and its columns with what is left of each.

    `of`: the kind of case.   A column left as None keeps what of it holds no words (see `without_words`).
    """

    model: str
    of: str
    path: str
    columns: Mapping[str, Any]


TABLES: Final = (
    Table("screening.Application", APPLICATION, "pk", {"own_reference": "", "end_use": ""}),
    Table(
        "screening.ApplicationParty",
        APPLICATION,
        "application",
        {"name": ERASED, "address": "", "aliases": [], "identifiers": {}},
    ),
    Table(
        "screening.ApplicationItem",
        APPLICATION,
        "application",
        {"description": "", "manufacturer": "", "model": "", "parameters": []},
    ),
    Table("screening.ApplicationDestination", APPLICATION, "application", {"printed": ""}),
    Table("screening.Hit", APPLICATION, "screening__application", {"elements": []}),
    Table("screening.Disposition", APPLICATION, "application", {"reason": ""}),
    Table("consultations.Decision", APPLICATION, "application", {"reasons": ""}),
    Table(
        "consultations.GrantNotice",
        APPLICATION,
        "decision__application",
        {"content": {}, "explanation": "", "conditions": ""},
    ),
    Table("consultations.Consultation", CONSULTATION, "pk", {"shared": {}, "question": ""}),
    Table("consultations.ConsultationEvent", CONSULTATION, "consultation", {"text": "", "data": None}),
    Table("consultations.InternalNote", CONSULTATION, "consultation", {"text": ""}),
    Table("consultations.Answer", CONSULTATION, "consultation", {"reasoning": ""}),
    Table("consultations.Extension", CONSULTATION, "consultation", {"reason": ""}),
    Table("consultations.AnswerElsewhere", CONSULTATION, "consultation", {"reasoning": "", "reason": ""}),
    Table("consultations.DeadlineProposal", CONSULTATION, "consultation", {"reason": ""}),
    Table("consultations.PreparedAct", APPLICATION, "application", {"given": {}}),
    Table("consultations.PreparedAct", CONSULTATION, "consultation", {"given": {}}),
    Table("consultations.Invitation", CONSULTATION, "consultation", {"reason": ""}),
    Table("consultations.Document", CONSULTATION, "consultation", {"name": ERASED}),
)


def without_words(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an event's data is no running text."""
    return {name: value for name, value in data.items() if name not in WORDS and not _is_text(value)}


def left_of(column: str, value: Any, table: Table) -> Any:
    """Return what is left of a value once its time has passed."""
    blank = table.columns[column]
    if blank is None:
        return without_words(value)
    return value if value in ("", None, [], {}) else blank


def _is_text(value: Any) -> bool:
    if isinstance(value, Mapping | list):
        return True
    return isinstance(value, str) and " " in value.strip()
