"""Words of control-list entries for the pages: `{% load entries %}`."""

import time
from typing import Any

from babel import Locale
from django import template
from django.utils.translation import get_language

from denials import labels
from denials.law import codes
from denials.law.entries import Entry
from denials.law.lists import Lists
from denials.models import held_lists

register = template.Library()
_AGREES_FOR = 60.0  # seconds; only words hang on it, nothing is decided by them
_SHORTENED = 120


@register.filter
def entry_words(entry: Entry) -> str:
    """Write the title of an entry in the reader's language, in English where it is not held."""
    return entry.title_in(_language())


@register.filter
def list_words(control_list: str) -> str:
    """Write the name of a control list."""
    return str(labels.CONTROL_LISTS.get(control_list, control_list))


@register.filter
def entry_notice(notice: str) -> str:
    """Write what a reader should know about how a code was read."""
    return str(labels.ENTRY_NOTICES.get(notice, notice))


@register.filter
def entry_problem(problem: Any) -> str:
    """Write why a code is no entry; what may have been meant stands beside it."""
    return labels.problem_text(problem.rule, {**problem.params, "suggestions": ()})


@register.filter
def completeness_words(completeness: str) -> str:
    """Write how much of a list is held."""
    return str(labels.COMPLETENESS.get(completeness, completeness))


@register.filter
def succession_words(kind: str) -> str:
    """Write what became of an entry."""
    return str(labels.SUCCESSIONS.get(kind, kind))


@register.filter
def language_name(language: str) -> str:
    """Write a language by its own name."""
    return (Locale.parse(language).get_display_name(language) or language).capitalize()


@register.filter
def entry_title(code: Any) -> str:
    """
    Write the title of an entry for a tooltip: `<abbr title="{{ item.code|entry_title }}">`.

    Takes a code in any notation; "" where no title is held.
    """
    read = codes.parse(str(code or ""))
    held = _lists()
    for above in reversed(codes.path(read.canonical)):
        for control_list in (read.control_list, "national", "uk") if read.control_list else ("uk",):
            entry = held.entry("annex_i" if control_list == "annex_iv" else control_list, above)
            if entry is not None and (title := entry.title_in(_language())):
                said = title if above == read.canonical else f"{above}: {title}"
                return said if len(said) <= _SHORTENED else f"{said[:_SHORTENED].rstrip()}…"
    return ""


def _language() -> str:
    return (get_language() or "en").split("-")[0]


_last: list[tuple[float, Lists]] = []


def _lists() -> Lists:
    """Return the lists as this process read them last, asked anew once a minute: a page asks for many titles."""
    if not _last or time.monotonic() - _last[0][0] > _AGREES_FOR:
        _last[:] = [(time.monotonic(), held_lists())]
    return _last[0][1]
