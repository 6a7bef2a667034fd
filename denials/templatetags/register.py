"""Words of a denial for its pages."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.labels import NOTICES, REGIMES
from accounts.templatetags.words import destination as place_words
from accounts.templatetags.words import long_day, state_name
from denials import labels
from denials.law.content import Citation, Difference, StatedItem, StatedParty
from denials.law.regimes import RULES, RegimeRules
from denials.law.transactions import Destination, Parameter

register = template.Library()

WORDS: dict[str, Any] = {
    "regime": REGIMES,
    "act": labels.ACTS,
    "activity": labels.ACTIVITIES,
    "authorisation_type": labels.AUTHORISATION_TYPES,
    "role": labels.ROLES,
    "status": labels.STATUSES,
    "kind": labels.KINDS,
    "legal_basis": labels.LEGAL_BASES,
    "marking": labels.MARKINGS,
    "scope": labels.SCOPES,
    "origin": labels.ORIGINS,
    "also_notified": labels.ORIGINS,
    "granularity": labels.GRANULARITIES,
    "list_tier": labels.TIERS,
    "section": labels.SECTIONS,
    "recipient": labels.RECIPIENTS,
    "counts": labels.COUNTS,
    "field": labels.FIELDS,
    "ground": labels.GROUNDS,
    "notice": NOTICES,
    "overlay": labels.OVERLAYS,
    "court": labels.COURT_FACTS,
    "demand": labels.DEMANDS,
    "release": labels.RELEASE_STEPS,
    "offered": labels.OFFERED,
    "job": labels.JOB_STATES,
    "job_now": labels.JOB_STATES_NOW,
    "line": labels.LINES,
    "line_one": labels.LINE,
    "outcome": labels.OUTCOMES,
}


@register.filter
def words(code: Any, kind: str) -> str:
    """Return the label of a code: `{{ version.act|words:"act" }}`."""
    return str(WORDS[kind].get(str(code), code)) if code else ""


@register.filter
def problem(finding: Any) -> str:
    """Return the words for a finding of a file, or for a line of it that was left out."""
    rule, value = (finding["rule"], finding["value"]) if isinstance(finding, dict) else (finding.rule, finding.value)
    return labels.problem_text(str(rule), {"value": value})


@register.filter
def quantity(item: Any) -> str:
    """Write a quantity with its unit; where no number was read, as printed."""
    if item.quantity is None:
        return str(item.quantity_printed)
    number = number_format(_trimmed(item.quantity), use_l10n=True, force_grouping=True)
    return f"{number} {item.unit}".strip()


def _trimmed(value: Decimal) -> str:
    return format(value.normalize(), "f")


@register.filter
def entry(item: Any) -> str:
    """Write an item's control-list entry: as read, with what was printed where that differs; unlisted; not stated."""
    if item.is_unlisted:
        return _("on no list (“%(printed)s”)") % {"printed": item.code_printed}
    if item.code and item.code_printed and item.code != item.code_printed:
        return f"{item.code} (“{item.code_printed}”)"
    return item.code or _("not stated")


@register.filter
def entry_code(item: Any, beside: str = "") -> str:
    """Write an item's entry in a cell; nothing where none is stated and a description stands beside it."""
    return item.code or (_("unlisted") if item.is_unlisted else "" if beside else "–")


@register.filter
def item_words(item: Any) -> str:
    """Write an item in a cell: its entry and what it is, in English where the source says that beside its own words."""
    said = item.description_en or item.description
    return f"{entry_code(item, said)} {said}".strip()


@register.filter
def ground_articles(grounds: Iterable[str], regime: str) -> str:
    """Write grounds by their articles, as in a cell, a paragraph said once: 15(1)(a), (d), 4(1)(b)."""
    known = {ground.code: ground.article for rules in RULES if rules.regime == regime for ground in rules.grounds}
    found: list[str] = []
    said = ""
    for code in grounds:
        article = known.get(code, "").rpartition("Art. ")[2] or words(code, "ground")
        paragraph, opening, point = article.rpartition("(")
        found.append(f"({point}" if opening and paragraph == said else article)
        said = paragraph
    return ", ".join(found)


@register.filter
def main_party(parties: Iterable[Any]) -> str:
    """Name the end-user, else the consignee, else whoever is named."""
    ranked = sorted((one for one in parties if one.role != "exporter"), key=lambda one: _RANK.get(one.role, 9))
    return ranked[0].name if ranked else ""


_RANK = {"end_user": 0, "consignee": 1, "intermediary": 2, "broker": 3}


@register.filter
def criteria_words(criteria: Iterable[Any]) -> str:
    """Write the criteria cited: 2(b), 4, 7."""
    return ", ".join(str(one) for one in sorted(criteria, key=lambda one: (one.code, one.sub_point)))


@register.filter
def ground_words(code: str, rules: RegimeRules) -> str:
    """Write a ground with its article."""
    article = next((ground.article for ground in rules.grounds if ground.code == code), "")
    return ", ".join(filter(None, (words(code, "ground"), article)))


@register.filter
def withheld_words(entry: str) -> str:
    """Write what is withheld from whom: Remarks – Secretariat."""
    section, _colon, recipient = entry.partition(":")
    return f"{words(section, 'section')} – {words(recipient, 'recipient')}"


@register.filter
def section_names(sections: Iterable[str]) -> str:
    """Write sections as a reader calls them, as in: Reasons, Remarks."""
    return ", ".join(words(section, "section") for section in sections)


@register.filter
def withholds(content: Any, section: str) -> bool:
    """Say whether a section is withheld from anybody; of what another reads, from that reader."""
    return any(one.startswith(f"{section}:") for one in content.withheld)


@register.filter
def stated(value: Any) -> list[str]:
    """Write a value of the content in lines, for a difference between versions."""
    if isinstance(value, tuple):
        return [_line(one) for one in value] or ["–"]
    return [_line(value)]


@register.filter
def before_only(change: Difference) -> list[str]:
    """Return the lines that the later version no longer has."""
    after = _in_words(change.field, change.after)
    return [line for line in _in_words(change.field, change.before) if line not in after]


@register.filter
def after_only(change: Difference) -> list[str]:
    """Return the lines that the later version adds."""
    before = _in_words(change.field, change.before)
    return [line for line in _in_words(change.field, change.after) if line not in before]


def _in_words(field: str, value: Any) -> list[str]:
    if field == "grounds":
        return [words(code, "ground") for code in value]
    if field == "also_notified":
        return [words(code, "origin") for code in value]
    if field == "withheld":
        return [withheld_words(entry) for entry in value]
    if isinstance(value, str) and field in WORDS:
        return [words(value, field)] if value else []
    return stated(value) if value else []


def _line(value: Any) -> str:
    if isinstance(value, StatedItem):
        said = (entry_code(value), value.description, value.description_en, quantity(value))
        return " · ".join(filter(None, (*said, *map(_parameter, value.parameters))))
    if isinstance(value, StatedParty):
        facts = (words(value.role, "role"), value.name, *value.aliases, value.address, state_name(value.country))
        return " · ".join(filter(None, facts))
    if isinstance(value, Destination):
        return place_words(value)
    if isinstance(value, Citation):
        return str(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return long_day(value) if hasattr(value, "strftime") else str(value or "–")


def _parameter(one: Parameter) -> str:
    return f"{one.name}: {one.value} {one.unit}".strip()


@register.filter
def parameter_words(one: Any) -> str:
    """Write a technical parameter: frequency 40 GHz."""
    return _parameter(one)
