"""
Keep a mirror in step with its source: take in a page of the feed, note what was proven.

A page is taken in whole, with the cursor that follows it, or not at all; the same page again changes nothing.
Reading: docs/adr/0084.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from accounts import audit
from accounts.law.errors import RuleBroken
from accounts.models import Authority, State
from accounts.roles import SYSTEM
from denials import search
from denials.actions import forgetting
from denials.actions.erasure import Left, Traces, blank, read_versions
from denials.actions.register import current_version, record
from denials.law.content import DenialContent, problems_of
from denials.law.court import Fact, from_data
from denials.law.erasure import ERASE, words_lost
from denials.law.feed import TOMBSTONE, ChangeUnreadable, as_content, digest_of
from denials.law.lifecycle import Event
from denials.law.lifecycle import State as Standing
from denials.law.origins import audience
from denials.law.regimes import known_regimes
from denials.models import Denial, DenialVersion, MirroredChange, MirrorState, OutOfSight
from denials.models import content as rows

#: The audience of a denial that the source shows no more: no body takes part in a regime of that name.
OUT_OF_SIGHT = "out_of_sight"
#: What the register records; the other events and states are a draft's.
RECORDED = frozenset(Event) - {Event.EDIT, Event.SUBMIT, Event.RETURN, Event.DISCARD} | {ERASE}
STANDING = frozenset(Standing) - {Standing.DRAFT, Standing.READY, Standing.DISCARDED}
#: What pages and columns cannot hold, whatever rules the source follows.
UNFIT = frozenset({"too_many", "too_long", "too_large", "criterion_unknown", "role_unknown", "scope_unknown"})
UNFIT |= {"origin_unknown", "granularity_unknown", "tier_unknown"}
HIGHEST = 2**15 - 1  # number of a version, of a review
LONGEST_REASON = 50_000


class NotAMirror(RuleBroken):
    """This exchange has a register of its own, or mirrors another source already."""

    code = "not_a_mirror"


class ReferenceDataMissing(RuleBroken):
    """The source names what this exchange's reference data do not hold: load the source's first."""

    code = "reference_data_missing"

    def __init__(self, kind: str, value: str, sequence: int) -> None:
        super().__init__(kind=kind, value=value, sequence=sequence)


class OutOfStep(RuleBroken):
    """A change does not follow from what is held here; `sequence` names it."""

    code = "out_of_step"

    def __init__(self, sequence: int, why: str) -> None:
        super().__init__(sequence=sequence, why=why)


@dataclass(frozen=True)
class Page:
    """A stretch of the source's feed: asked for after a number and in a scope, with the cursor that follows it."""

    after: int
    scope: str
    changes: Sequence[Mapping[str, Any]]
    next_after: int


@transaction.atomic
def begin_mirror(*, source: str, now: datetime) -> MirrorState:
    """
    Make an empty exchange the mirror of a source, or go on with the one it mirrors.

    :raises NotAMirror: if it has denials of its own, or mirrors another source.
    """
    held = MirrorState.objects.select_for_update().first()
    if held is None:
        if Denial.objects.exists():
            raise NotAMirror(why="own_denials")
        held = MirrorState(source=source, begun_at=now)
        held.save(force_insert=True)
        audit.record("mirror.begun", subject=held, by=SYSTEM, at=now, after={"source": source})
    elif held.source != source:
        raise NotAMirror(why="another_source", source=held.source)
    return held


@transaction.atomic
def take_in_page(*, page: Page, now: datetime) -> int:
    """
    Take in a page of changes and set the cursor behind it, in one transaction; return how many were new.

    A page that does not begin at the cursor was overtaken by another run and is left alone. Where the scope has
    changed, the source is read again from its first change: what is held is passed over, what has come into sight is
    added, what has gone out of sight is hidden.

    :raises ReferenceDataMissing, OutOfStep, ChangeUnreadable: naming the change; nothing of the page is taken in.
    """
    mirror = MirrorState.objects.select_for_update().get(id=1)
    if page.scope != mirror.scope:
        mirror.scope, mirror.cursor = page.scope, 0
    if page.after != mirror.cursor:
        mirror.save(update_fields=["scope", "cursor"])
        return 0
    numbers = _numbers(page)
    held = MirroredChange.objects.select_related("change__denial").in_bulk(numbers)
    new = sum(_take_in(one, held.get(number), now) for one, number in zip(page.changes, numbers, strict=True))
    mirror.cursor = page.next_after
    mirror.save(update_fields=["scope", "cursor"])
    if new:
        after = {"source": mirror.source, "changes": new, "cursor": mirror.cursor}
        audit.record("mirror.followed", subject=mirror, by=SYSTEM, at=now, after=after)
    return new


@transaction.atomic
def note_reached(*, now: datetime) -> None:
    """Note that the source had nothing more."""
    MirrorState.objects.filter(id=1).update(reached_at=now)


@transaction.atomic
def note_proven(*, upto: int, digest: str, now: datetime) -> None:
    """Note that source and mirror were found to have the same digest up to a change."""
    mirror = MirrorState.objects.select_for_update().get(id=1)
    mirror.proven_at, mirror.proven_up_to, mirror.proven_digest = now, upto, digest
    mirror.save(update_fields=["proven_at", "proven_up_to", "proven_digest"])
    audit.record("mirror.proven", subject=mirror, by=SYSTEM, at=now, after={"upto": upto, "digest": digest})


# ---- one change --------------------------------------------------------------------------------------------------


def _numbers(page: Page) -> list[int]:
    """Return the numbers of a page's changes, each higher than the one before."""
    if len(page.scope) > 64:
        raise ChangeUnreadable("scope")
    numbers = [_number(one) for one in page.changes]
    for before, number in zip([page.after, *numbers], [*numbers, page.next_after], strict=True):
        if number < before or (number == before and number != page.next_after):
            raise OutOfStep(number, "sequence")
    return numbers


def _number(change: Mapping[str, Any]) -> int:
    number = change.get("sequence") if isinstance(change, Mapping) else None
    if type(number) is not int or not 0 < number < 2**63:
        raise ChangeUnreadable("sequence")
    try:
        is_whole = change.get("digest") == digest_of(change)
    except ValueError:  # half of a character
        raise ChangeUnreadable("digest") from None
    if not is_whole:
        raise OutOfStep(number, "digest")
    return number


def _take_in(change: Mapping[str, Any], held: MirroredChange | None, now: datetime) -> bool:
    if change.get("kind") == TOMBSTONE:
        return _take_away(change, held, now)
    if held is None or held.change is None:
        try:
            return _add(change, held, now)
        except (ValueError, TypeError, ArithmeticError, ValidationError, DataError, IntegrityError) as odd:
            raise ChangeUnreadable("change", sequence=change["sequence"]) from odd
    _show_again(held.change.denial)
    return False


def _take_away(change: Mapping[str, Any], held: MirroredChange | None, now: datetime) -> bool:
    """Hide what the source no longer shows; of what was never shown, keep that there was something."""
    denial = Denial.objects.select_related("authority").filter(pk=_uuid(change, "denial")).first()
    if denial is not None and OutOfSight.objects.get_or_create(denial=denial, defaults={"since": now})[1]:
        _open_to(denial, OUT_OF_SIGHT)
    if held is None:
        _note(change, None, None, now)
    return held is None


def _show_again(denial: Denial) -> None:
    gone, _ = OutOfSight.objects.filter(denial=denial).delete()
    if gone:
        _open_to(denial, audience(current_version(denial).origin))


def _open_to(denial: Denial, readers: str) -> None:
    """Say who may see a denial, in the register and in what finds it."""
    denial.audience = readers
    denial.save(update_fields=["audience"])
    search.index([denial])


def _add(change: Mapping[str, Any], held: MirroredChange | None, now: datetime) -> bool:
    kind, status = _one_of(change, "kind", RECORDED), _one_of(change, "status", STANDING)
    denial = _denial(change)
    if kind == ERASE:
        _blank_again(change, denial)
    version = _version(change, denial)
    denial.status = status
    recorded = record(
        denial,
        version,
        kind,
        since=_day(change, "valid_from") or _moment(change).date(),
        by=SYSTEM,
        now=_moment(change),
    )
    _note(change, held, recorded, now)
    _show_again(denial)
    return True


def _note(change: Mapping[str, Any], held: MirroredChange | None, recorded: Any, now: datetime) -> None:
    row = held or MirroredChange(
        sequence=change["sequence"],
        denial=_uuid(change, "denial"),
        recorded_at=_moment(change),
        taken_in_at=now,
    )
    row.kind, row.change = _text(change, "kind"), recorded
    row.save()


def _denial(change: Mapping[str, Any]) -> Denial:
    """Return the denial a change is about, made with the same id and reference where it is new."""
    pk = _uuid(change, "denial")
    found = Denial.objects.select_for_update(of=("self",)).select_related("authority").filter(pk=pk).first()
    if found is None:
        return _made(change, pk)
    told = {name: change.get(name) for name in ("reference", "regime", "authority", "state")}
    if told != {
        "reference": found.reference,
        "regime": found.regime,
        "authority": found.authority.code,
        "state": found.state_of_issue_id,
    }:
        raise OutOfStep(change["sequence"], "identity")
    return found


def _made(change: Mapping[str, Any], pk: UUID) -> Denial:
    sequence, regime = change["sequence"], _text(change, "regime")
    authority = Authority.objects.select_related("state").filter(code=_text(change, "authority")).first()
    if authority is None:
        raise ReferenceDataMissing("authority", _text(change, "authority"), sequence)
    state = State.objects.filter(code=_text(change, "state")).first()
    if state is None:
        raise ReferenceDataMissing("state", _text(change, "state"), sequence)
    if regime not in known_regimes():
        raise ReferenceDataMissing("regime", regime, sequence)
    if authority.state_id != state.pk:
        raise OutOfStep(sequence, "state")
    if change["kind"] == ERASE:
        raise OutOfStep(sequence, "kind")
    denial = Denial(
        pk=pk,
        reference=_text(change, "reference", 40),
        regime=regime,
        authority=authority,
        state_of_issue=state,
        status=_text(change, "status"),
        is_historic=change.get("is_historic") is True,
        siblings_key=_uuid(change, "siblings_key") if change.get("siblings_key") else None,
        created_at=_moment(change),
    )
    denial.save(force_insert=True)
    return denial


def _version(change: Mapping[str, Any], denial: Denial) -> DenialVersion:
    number = _integer(change, "version", lowest=1)
    before = denial.versions.order_by("-number").first()
    if before is not None and before.number >= number:
        raise OutOfStep(change["sequence"], "version")
    version = DenialVersion(denial=denial, number=number, change_reason=_text(change, "reason", LONGEST_REASON))
    version.notified_on, version.review_due_on = _day(change, "notified_on"), _day(change, "review_due_on")
    version.review_number = _integer(change, "review_number", lowest=0)
    version.court = _court(change)
    content = _content(change, before, denial)
    denial.source_reference = content.source_reference
    rows.write(version, content)
    return version


def _content(change: Mapping[str, Any], before: DenialVersion | None, denial: Denial) -> DenialContent:
    """What the change states; a withdrawn denial is kept as it was last stated, as at the source."""
    if change.get("content") is not None:
        content = as_content(change["content"])
        if content.regime != denial.regime:
            raise OutOfStep(change["sequence"], "regime")
        for one in problems_of(content, _moment(change).date()):
            if one.rule in UNFIT:
                raise ChangeUnreadable(f"content.{one.field}")
        return content
    if before is None:
        if _text(change, "status") != Standing.WITHDRAWN:
            raise ChangeUnreadable("content")
        return DenialContent(regime=denial.regime)
    before.denial = denial
    return rows.read(before)


def _blank_again(change: Mapping[str, Any], denial: Denial) -> None:
    """Blank the earlier versions as the source did; a withdrawn one says what the one before it says."""
    told = {one.get("version"): one for one in change.get("rewritten") or () if isinstance(one, Mapping)}
    left, before_it = [], None
    for version, before in read_versions(denial):
        one = told.get(version.number)
        if one is None:
            raise OutOfStep(change["sequence"], "rewritten")
        after = as_content(one["content"]) if one.get("content") is not None else before_it or before
        left.append((version, before, after))
        before_it = after
    words = words_lost([(before, after) for _, before, after in left])
    blanked = tuple(
        Left(version, before, after, _court(told[version.number]), _text(told[version.number], "reason"))
        for version, before, after in left
    )
    blank(Traces(words, blanked, ()), basis=_text(change, "reason"), by=SYSTEM, now=_moment(change))
    forgetting.forget(denial, (), words, by=SYSTEM, now=_moment(change))


# ---- members of a change -----------------------------------------------------------------------------------------


def _text(change: Mapping[str, Any], name: str, longest: int = LONGEST_REASON) -> str:
    value = change.get(name)
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise ChangeUnreadable(name)
    return value


def _one_of(change: Mapping[str, Any], name: str, known: frozenset[str]) -> str:
    value = _text(change, name)
    if value not in known:
        raise ChangeUnreadable(name, value=value[:80])
    return value


def _integer(change: Mapping[str, Any], name: str, *, lowest: int) -> int:
    value = change.get(name)
    if type(value) is not int or not lowest <= value <= HIGHEST:
        raise ChangeUnreadable(name)
    return value


def _court(change: Mapping[str, Any]) -> list[dict[str, str]]:
    """Return what courts did, each fact as this exchange would have written it."""
    sent = change.get("court")
    try:
        facts = [one.as_data() for one in from_data(sent or ()) if one.fact in tuple(Fact)]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise ChangeUnreadable("court") from None
    texts = [text for one in facts for text in one.values()]
    if facts != sent or not all(isinstance(text, str) and len(text) <= 500 for text in texts):
        raise ChangeUnreadable("court")
    return facts


def _uuid(change: Mapping[str, Any], name: str) -> UUID:
    try:
        return UUID(_text(change, name))
    except ValueError:
        raise ChangeUnreadable(name) from None


def _day(change: Mapping[str, Any], name: str) -> date | None:
    if change.get(name) is None:
        return None
    try:
        return date.fromisoformat(_text(change, name))
    except ValueError:
        raise ChangeUnreadable(name) from None


def _moment(change: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(change, "recorded_at"))
    except ValueError:
        raise ChangeUnreadable("recorded_at") from None
    if moment.tzinfo is None:
        raise ChangeUnreadable("recorded_at")
    return moment
