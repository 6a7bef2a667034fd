"""What goes out: applications, screenings and hits with their verdict sheets, in words and as data."""

from collections.abc import Container, Iterable
from typing import Any

from django.utils.translation import gettext as _

from screening.labels import (
    COMPLETENESS,
    ELEMENTS,
    LEVELS,
    RETURNED,
    STANDINGS,
    change_texts,
    reason_text,
    rule_words,
    sentence,
)
from screening.law.diversion import Link
from screening.models import Application, BulkJob, BulkRow, Hit, RuleChange, Screening, StandingHit
from screening.search import Diverted, Split
from screening.templatetags.verdicts import left_out


def application(row: Application, seen: Screening | None) -> dict[str, Any]:
    """Return an application with the figures of its last screening, whose hits are counted."""
    return {**_asked(row), **done_screening(row, seen), "screening": _figures(seen) if seen else None}


def application_detail(row: Application, *, information: bool = False) -> dict[str, Any]:
    """Return an application with its last screening in full."""
    seen = row.latest_screening()
    found = screening_detail(seen, information=information) if seen else None
    return {**_asked(row), **done_screening(row, seen), "screening": found}


def done_screening(row: Application, screening: Screening | None) -> dict[str, Any]:
    """Return how far what was asked has been compared with the register, in code and words."""
    state = row.completeness(screening)
    return {
        "completeness": state,
        "completeness_words": str(COMPLETENESS[state]),
        "failed_at": row.screening_failed_at,
        "next_try_at": row.screen_after if row.screening_failed_at else None,
    }


def screening(row: Screening, counts: dict[str, int]) -> dict[str, Any]:
    """Return a screening with its figures and the sentence that says what it proves."""
    names = ("id", "regime", "trigger", "screened_at", "judged_on", "register_sequence", "ruleset_version")
    rest = ("content_digest", "compared", "screenable_by_party", "duration_ms")
    return {
        **{name: getattr(row, name) for name in names + rest},
        "application": row.application_id,
        "counts": counts,
        "left_out": row.shortfalls,
        "words": " ".join(filter(None, (statement(row, counts), left_out(row)))),
    }


def screening_detail(
    row: Screening, *, information: bool = False, sheets: dict[Any, list[dict[str, Any]]] | None = None
) -> dict[str, Any]:
    """
    Return a screening with its hits.

    :param sheets: verdict sheets in full by denial, to show once where the record keeps the denial's side only.
    """
    standing = row.standing_hits()
    shown = [one for one in standing if information or one.hit.level != "information"]
    hits = [hit(one, (sheets or {}).get(one.hit.denial_id)) for one in shown]
    return {**screening(row, counts_of(one.hit.level for one in standing)), "hits": hits}


def hit(one: StandingHit, elements: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    """Return a hit with its verdict sheet in words and as data."""
    row = one.hit
    return {
        "id": row.pk,
        "rank": row.rank,
        "level": row.level,
        "label": str(LEVELS[row.level]),
        "rule": row.rule,
        "rule_version": row.rule_version,
        "ground": row.ground,
        "why": rule_words(row.rule, row.ground),
        "sentence": sentence(row.level, row.rule, row.ground),
        "changes": row.changes,
        "change_words": change_texts(row.changes),
        "is_own": row.is_own,
        "standing": one.standing,
        "words": str(STANDINGS[one.standing]),
        "returned": str(RETURNED[one.returned]) if one.returned else "",
        "denial": _denial(row),
        "elements": [_element(element) for element in (row.elements if elements is None else elements)],
        "disposition": _disposition(one),
    }


def statement(row: Screening, counts: dict[str, int]) -> str:
    """Say what a screening proves; without a named party it never says that there is nothing."""
    facts = {
        "hits": counts["strong"] + counts["possible"],
        "compared": row.compared,
        "sequence": row.register_sequence,
        "rules": row.ruleset_version,
    }
    if row.screenable_by_party:
        words = _("%(hits)s hits among %(compared)s denials in force, register state %(sequence)s, rules %(rules)s.")
    else:
        words = _(
            "Not screenable by party: nobody is named. Compared by goods with %(compared)s denials in force, "
            "register state %(sequence)s, rules %(rules)s."
        )
    return words % facts


def counts_of(levels: Iterable[str]) -> dict[str, int]:
    """Return how many hits there are by level."""
    counts = {"strong": 0, "possible": 0, "information": 0}
    for level in levels:
        counts[level] += 1
    return counts


def counted(row: Screening) -> dict[str, int]:
    """Return the counts of a screening read with `with_counts`."""
    return {level: getattr(row, level) for level in LEVELS}


def _figures(row: Screening) -> dict[str, Any]:
    names = ("id", "screened_at", "register_sequence", "compared", "screenable_by_party")
    return {**{name: getattr(row, name) for name in names}, "counts": counted(row)}


def _asked(row: Application) -> dict[str, Any]:
    names = ("id", "reference", "own_reference", "regime", "status", "activity", "authorisation_type", "received_on")
    return {
        **{name: getattr(row, name) for name in (*names, "created_at", "end_use")},
        "authority": row.authority.code,
        "owner": str(row.owner or ""),
        "destinations": [one.code for one in _ordered(row.destinations.all())],
        "parties": _ordered(row.parties.all()),
        "items": _ordered(row.items.all()),
    }


def _ordered(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: row.position)


def _denial(row: Hit) -> dict[str, Any]:
    return {
        "id": row.denial_id,
        "reference": row.denial.reference,
        "state": row.denial.state_of_issue_id,
        "authority": row.denial.authority.code,
        "version": row.version.number,
        "decided_on": row.version.decided_on,
    }


def _element(row: dict[str, Any]) -> dict[str, Any]:
    label = str(ELEMENTS.get(row["element"], row["element"]))
    return {**row, "label": label, "words": reason_text(row["reason"], row["params"])}


def _disposition(one: StandingHit) -> dict[str, Any] | None:
    last = one.last
    if last is None:
        return None
    names = ("kind", "number", "reason_code", "reason", "at")
    return {**{name: getattr(last, name) for name in names}, "by": str(last.by or "")}


def bulk_job(row: BulkJob, counts: dict[str, int] | None = None) -> dict[str, Any]:
    """Return a job of very many applications with how far it is."""
    names = ("id", "mode", "name", "state", "total", "asked_at", "finished_at")
    counts = row.counts() if counts is None else counts
    return {**{name: getattr(row, name) for name in names}, "counts": counts, "done": row.total - counts["waiting"]}


def bulk_row(row: BulkRow) -> dict[str, Any]:
    """Return what became of one application of a job."""
    names = ("position", "key", "state", "strong", "possible", "findings")
    return {
        **{name: getattr(row, name) for name in names},
        "application": row.application_id,
        "screening": row.screening_id,
        "completeness": row.completeness or "",
        "completeness_words": str(COMPLETENESS[row.completeness]) if row.completeness else "",
    }


def rule_change(row: RuleChange, seen: Container[str]) -> dict[str, Any]:
    """
    Return a change of the authority's rules of level, with its run over past applications.

    :param seen: the ids of those that the reader may see.
    """
    names = ("id", "number", "regime", "levels", "reason", "state", "proposed_at", "closed_at", "months", "shadow_at")
    people = {"proposed_by": str(row.proposed_by), "closed_by": str(row.closed_by or "")}
    examples = [one for one in row.examples if one["application"] in seen]
    shadow = {**row.shadow, "examples": examples} if row.shadow else None
    return {**{name: getattr(row, name) for name in names}, "shadow": shadow, **people}


def diversion(found: Iterable[Diverted], parts: Iterable[Split], *, is_whole: bool) -> dict[str, Any]:
    """Return where persons and places of an application stand elsewhere."""
    return {
        "is_whole": is_whole,
        "denials": [
            {
                "id": one.denial.pk,
                "reference": one.denial.reference or "",
                "regime": one.denial.regime,
                "state": one.denial.state_of_issue_id,
                "behind": one.behind,
                "links": [_link(link) for link in one.links],
            }
            for one in found
        ],
        "splits": [
            {
                "application": part.application.pk,
                "reference": part.application.reference,
                "status": part.application.status,
                "links": [_link(link) for link in part.links],
                "together": [{"unit": unit, "quantity": str(sum_)} for unit, sum_ in part.together.items()],
            }
            for part in parts
        ],
    }


def _link(link: Link) -> dict[str, Any]:
    names = ("kind", "left", "right", "left_role", "right_role", "left_spans", "right_spans")
    return {name: getattr(link, name) for name in names}
