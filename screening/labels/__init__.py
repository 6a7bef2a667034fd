"""Translated labels of codes kept in screening's rows, and the words of a verdict sheet."""

from denials.labels import ACTIVITIES, AUTHORISATION_TYPES
from screening.labels.cases import (
    DISMISSALS,
    LEVELS,
    PROBLEMS,
    RETURNED,
    ROLES,
    STANDINGS,
    STATES,
    TRIGGERS,
    problem_text,
)
from screening.labels.sheet import ELEMENTS, change_texts, reason_text, rule_words

__all__ = [
    "ACTIVITIES",
    "AUTHORISATION_TYPES",
    "DISMISSALS",
    "ELEMENTS",
    "LEVELS",
    "PROBLEMS",
    "RETURNED",
    "ROLES",
    "STANDINGS",
    "STATES",
    "TRIGGERS",
    "change_texts",
    "problem_text",
    "reason_text",
    "rule_words",
]
