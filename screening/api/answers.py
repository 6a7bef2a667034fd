"""What goes out: applications, screenings and hits with their verdict sheets, in words and as data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from screening.labels import ELEMENTS, LEVELS, RETURNED, STANDINGS, change_texts, reason_text, rule_words
from screening.models import Application, Hit, Screening, StandingHit


class ElementOut(serializers.Serializer[Any]):
    """One legal element: both values, how they lie to each other, why; spans are the stretches that differ."""

    element = serializers.CharField()
    label = serializers.CharField()
    verdict = serializers.ChoiceField(choices=["same", "covered", "covers", "similar", "different", "unknown"])
    left = serializers.CharField(help_text="What is asked; empty in a record kept without filing.")
    right = serializers.CharField(help_text="What was refused.")
    reason = serializers.CharField()
    words = serializers.CharField()
    params = serializers.DictField()
    left_index = serializers.IntegerField(allow_null=True, help_text="Place of the party or item asked for.")
    right_index = serializers.IntegerField(allow_null=True)
    left_spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))
    right_spans = serializers.ListField(child=serializers.ListField(child=serializers.IntegerField()))


class HitDenialOut(serializers.Serializer[Any]):
    """The denial a hit is on, in the version compared."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    state = serializers.CharField()
    authority = serializers.CharField()
    version = serializers.IntegerField()
    decided_on = serializers.DateField(allow_null=True)


class HitDispositionOut(serializers.Serializer[Any]):
    """The last thing done about a denial for an application."""

    kind = serializers.CharField()
    reason_code = serializers.CharField()
    reason = serializers.CharField()
    at = serializers.DateTimeField()


class HitOut(serializers.Serializer[Any]):
    """A denial that may concern an essentially identical transaction, with its grounds and where it stands."""

    id = serializers.UUIDField()
    rank = serializers.IntegerField()
    level = serializers.ChoiceField(choices=["strong", "possible", "information"])
    label = serializers.CharField()
    rule = serializers.CharField()
    rule_version = serializers.CharField()
    ground = serializers.CharField(help_text="The rule of the level that fitted.")
    why = serializers.CharField()
    changes = serializers.ListField(child=serializers.CharField(), help_text="What would change this verdict.")
    change_words = serializers.ListField(child=serializers.CharField())
    is_own = serializers.BooleanField()
    standing = serializers.ChoiceField(choices=["open", "dismissed", "consulted", "own", "information"])
    words = serializers.CharField()
    returned = serializers.CharField(help_text="Why a hit once settled is open again.")
    denial = HitDenialOut()
    elements = ElementOut(many=True)
    disposition = HitDispositionOut(allow_null=True)


class CountsOut(serializers.Serializer[Any]):
    """How many hits there are, by level."""

    strong = serializers.IntegerField()
    possible = serializers.IntegerField()
    information = serializers.IntegerField()


class ScreeningOut(serializers.Serializer[Any]):
    """A screening as proof: what it saw, by which rules, how much it compared."""

    id = serializers.UUIDField()
    application = serializers.UUIDField(allow_null=True)
    regime = serializers.CharField()
    trigger = serializers.CharField()
    screened_at = serializers.DateTimeField()
    judged_on = serializers.DateField()
    register_sequence = serializers.IntegerField()
    ruleset_version = serializers.CharField()
    content_digest = serializers.CharField()
    compared = serializers.IntegerField(help_text="Denials that counted on the day; all of them are covered.")
    screenable_by_party = serializers.BooleanField()
    duration_ms = serializers.FloatField()
    counts = CountsOut()
    words = serializers.CharField()


class ScreeningDetailOut(ScreeningOut):
    """A screening with its hits; those without a duty only where asked for."""

    hits = HitOut(many=True)


class AskedParameterOut(serializers.Serializer[Any]):
    """A technical parameter as stated."""

    name = serializers.CharField()
    value = serializers.CharField()
    unit = serializers.CharField()


class AskedItemOut(serializers.Serializer[Any]):
    """An item; `code` in dotted form, `code_printed` as written."""

    code = serializers.CharField()
    code_printed = serializers.CharField()
    control_list = serializers.CharField()
    description = serializers.CharField()
    parameters = AskedParameterOut(many=True)
    quantity = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    unit = serializers.CharField()
    manufacturer = serializers.CharField()
    model = serializers.CharField()
    cas = serializers.CharField()
    cn = serializers.CharField()


class AskedPartyOut(serializers.Serializer[Any]):
    """A party by role; a placeholder names nobody."""

    role = serializers.CharField()
    name = serializers.CharField()
    is_placeholder = serializers.BooleanField()
    country = serializers.CharField()
    address = serializers.CharField()
    aliases = serializers.ListField(child=serializers.CharField())
    identifiers = serializers.DictField(child=serializers.CharField())


class SeenOut(serializers.Serializer[Any]):
    """The last screening, in figures."""

    id = serializers.UUIDField()
    screened_at = serializers.DateTimeField()
    register_sequence = serializers.IntegerField()
    compared = serializers.IntegerField()
    screenable_by_party = serializers.BooleanField()
    counts = CountsOut()


class ApplicationOut(serializers.Serializer[Any]):
    """An application of one's own authority."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    own_reference = serializers.CharField()
    authority = serializers.CharField()
    regime = serializers.CharField()
    status = serializers.CharField()
    activity = serializers.CharField()
    authorisation_type = serializers.CharField()
    received_on = serializers.DateField()
    created_at = serializers.DateTimeField()
    owner = serializers.CharField()
    destinations = serializers.ListField(child=serializers.CharField())
    parties = AskedPartyOut(many=True)
    items = AskedItemOut(many=True)
    end_use = serializers.CharField()
    screening = SeenOut(allow_null=True)


class ApplicationDetailOut(ApplicationOut):
    """An application with its last screening in full."""

    screening = ScreeningDetailOut(allow_null=True)  # type: ignore[assignment]


def application(row: Application, seen: Screening | None) -> dict[str, Any]:
    """Return an application with the figures of its last screening, whose hits are counted."""
    return {**_asked(row), "screening": _figures(seen) if seen else None}


def application_detail(row: Application, *, information: bool = False) -> dict[str, Any]:
    """Return an application with its last screening in full."""
    seen = row.latest_screening()
    return {**_asked(row), "screening": screening_detail(seen, information=information) if seen else None}


def screening(row: Screening, counts: dict[str, int]) -> dict[str, Any]:
    """Return a screening with its figures and the sentence that says what it proves."""
    names = ("id", "regime", "trigger", "screened_at", "judged_on", "register_sequence", "ruleset_version")
    rest = ("content_digest", "compared", "screenable_by_party", "duration_ms")
    return {
        **{name: getattr(row, name) for name in names + rest},
        "application": row.application_id,
        "counts": counts,
        "words": statement(row, counts),
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
    return {"kind": last.kind, "reason_code": last.reason_code, "reason": last.reason, "at": last.at}
