"""What every act upon the register does: lock, guard, number, record."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from accounts import audit, principals
from accounts.law.errors import NotCompetent, NotForeseen
from accounts.models import Authority
from accounts.roles import Principal
from denials import fields, search
from denials.law import validity
from denials.law.content import ContentRefused, DenialContent, Problem, check_for_notification, check_plausible
from denials.law.feed import MirrorOnly
from denials.law.listed import unknown_entries
from denials.law.places import SPECIAL
from denials.law.regimes import RULES, RegimeRules, known_regimes, last_rules
from denials.models import (
    Country,
    Denial,
    DenialVersion,
    MirrorState,
    ReferenceCounter,
    RegisterChange,
    held_lists,
)
from denials.models import content as rows


def own_denial(denial_id: UUID, by: Principal) -> Denial:
    """
    Return the locked denial; what merely points at it, as a recipient's row, is not held up.

    :raises NotCompetent: if it is another's. :raises MirrorOnly: on a mirror.
    """
    check_no_mirror()
    locked = Denial.objects.select_for_update(of=("self",), no_key=True)
    denial: Denial = locked.select_related("authority__state").get(pk=denial_id)
    if by.kind != "system" and by.authority_id != denial.authority_id:
        raise NotCompetent(by.authority_code, denial.regime)
    return denial


def new_denial(
    content: DenialContent, authority: Authority, by: Principal, now: datetime, siblings_key: UUID | None
) -> Denial:
    if by.kind != "system" and by.authority_id != authority.pk:
        raise NotCompetent(by.authority_code, content.regime)
    if authority.state is None:
        raise NotCompetent(authority.code, content.regime)
    return Denial(
        regime=content.regime,
        authority=authority,
        state_of_issue=authority.state,
        siblings_key=siblings_key,
        source_reference=content.source_reference,
        created_at=now,
        created_by_id=by.id if by.kind == "user" else None,
    )


def current_version(denial: Denial) -> DenialVersion:
    if denial.current is None:
        raise ValueError("a denial without a version cannot be acted upon")
    return denial.current


def next_version(denial: Denial) -> DenialVersion:
    last: int = denial.versions.aggregate(last=Max("number"))["last"] or 0
    return DenialVersion(denial=denial, number=last + 1)


def carry_over(before: DenialVersion, version: DenialVersion) -> None:
    for name in ("notified_on", "court", "review_number", "review_due_on"):
        setattr(version, name, getattr(before, name))


def copy_in_force(denial: Denial, before: DenialVersion, *, amendment_stays: bool = False) -> DenialVersion:
    """
    Return a new version with the content in force.

    :param amendment_stays: whether an amendment in preparation keeps its place behind it, or gives way to it.
    """
    prepared = denial.versions.filter(recorded_at__isnull=True)
    version = DenialVersion(denial=denial, number=before.number + 1)
    if not amendment_stays:
        prepared.delete()
    prepared.update(number=version.number + 1)
    carry_over(before, version)
    rows.write(version, rows.read(before))
    return version


def record(
    denial: Denial, version: DenialVersion, event: str, *, since: date, by: Principal, now: datetime
) -> RegisterChange:
    """Enter a version in the register under the next number; from here on the database keeps it as it is."""
    content = rows.read(version)
    version.kind, version.status = event, denial.status
    version.valid_from, version.recorded_at, version.recorded_by = since, now, principals.user_of(by)
    version.save()
    denial.current = version
    denial.save()
    ledger = audit.lock_ledger()
    ledger.register_sequence += 1
    ledger.save(update_fields=["register_sequence"])
    change = RegisterChange(
        sequence=ledger.register_sequence,
        denial=denial,
        version=version,
        kind=event,
        regime=denial.regime,
        recorded_at=now,
    )
    change.save(force_insert=True)
    search.index([denial], [(version, content)])
    return change


def next_references(denials: Sequence[Denial], rules: Sequence[RegimeRules], years: Sequence[int]) -> None:
    """
    Give each denial its state's next reference in a regime and year, such as NL-ARM-2024-0008.

    The counters stay locked until the end of the transaction; they are locked in one order, so that two files of one
    state never wait for each other.
    """
    check_no_mirror()
    keys = [(denial.state_of_issue_id, denial.regime, year) for denial, year in zip(denials, years, strict=True)]
    counters = {key: _locked_counter(*key) for key in sorted(set(keys))}
    for denial, rule, key in zip(denials, rules, keys, strict=True):
        year, counter = key[2], counters[key]
        counter.last += 1
        denial.reference = f"{denial.state_of_issue_id}-{rule.mark}-{year}-{counter.last:04d}"
    for counter in counters.values():
        counter.save(update_fields=["last"])


def _locked_counter(state: str, regime: str, year: int) -> ReferenceCounter:
    key: dict[str, Any] = {"state_id": state, "regime": regime, "year": year}
    ReferenceCounter.objects.get_or_create(**key)
    return ReferenceCounter.objects.select_for_update().get(**key)


# ---- guards ------------------------------------------------------------------------------------------------------


def check_no_mirror() -> None:
    """Refuse to change anything where this exchange mirrors another.   :raises MirrorOnly: naming the source."""
    if (mirror := MirrorState.objects.first()) is not None:
        raise MirrorOnly(mirror.source)


def rules_then(regime: str, day: date, today: date) -> RegimeRules:
    """Return the rules of a past day, or today's where that day lies before the regime's first text."""
    first = min(one.since for one in RULES if one.regime == regime)
    return last_rules(regime, day if day >= first else today)


def review_due(rules: RegimeRules, denial: Denial, today: date) -> date | None:
    if rules.review_every is None:
        return None
    due = validity.review_due(rules, denial.state_of_issue.working_calendar(), today)
    return due.strict_last_day if due else None


def check_regime(regime: str) -> None:
    if regime not in known_regimes():
        raise NotForeseen("regime", regime)


def check_competent(authority: Authority, regime: str, on: date) -> None:
    if regime not in authority.regimes(on):
        raise NotCompetent(authority.code, regime, on=on)


def check_content(content: DenialContent, today: date) -> None:
    """Refuse what no denial can say, and places that the reference data do not hold."""
    check_plausible(content, today, fields.marking_ceiling())
    if problems := unknown_places([content]):
        raise ContentRefused(problems)


def unknown_places(contents: Sequence[DenialContent]) -> list[Problem]:
    """Return the countries named that the reference data do not hold, by where they stand."""
    named = [(where, code) for content in contents for where, code in _countries_of(content)]
    known = set(Country.objects.filter(code__in={code for _, code in named}).values_list("code", flat=True))
    return [Problem(where, "country_unknown", {"value": code}) for where, code in named if code not in known]


def _countries_of(content: DenialContent) -> Iterator[tuple[str, str]]:
    for at, party in enumerate(content.parties):
        if party.country:
            yield f"parties[{at}].country", party.country
    for at, one in enumerate(content.destinations):
        if one.code and one.code not in SPECIAL:
            yield f"destinations[{at}]", one.code
    if content.origin_state:
        yield "origin_state", content.origin_state


def check_notifiable_content(content: DenialContent, today: date) -> RegimeRules:
    """Refuse what cannot be notified: the rules of its regime, and entries that no list of the day of decision has."""
    check_content(content, today)
    rules = check_for_notification(content, today, fields.marking_ceiling())
    unknown = unknown_entries(
        content.items,
        held_lists(),
        on=content.decided_on or today,
        regime=content.regime,
        other_lists=rules.keeps_other_entries,
    )
    if problems := tuple(unknown):
        raise ContentRefused(problems)
    return rules
