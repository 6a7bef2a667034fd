"""
The change feed of the register as one reader is sent it: every change once, in order, each with its digest.

Numbers are given under the ledger's lock, held until commit: who sees number n sees every change before it, so a
cursor never passes one by. A change of a denial that the reader received and may no longer see is a tombstone.
Reading: docs/adr/0082.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.law import digests
from accounts.roles import Principal
from denials.fields import content_shown
from denials.law import feed
from denials.law.erasure import ERASE
from denials.law.lifecycle import State
from denials.models import Denial, DenialRecipient, DenialVersion, MirroredChange, RegisterChange
from denials.models import content as rows
from denials.models.content import PARTS

BATCH = 500
NOTHING: tuple[str, ...] = (
    "reference",
    "authority",
    "state",
    "regime",
    "version",
    "status",
    "valid_from",
    "notified_on",
    "content",
)
NOTHING += ("review_number", "review_due_on", "is_historic", "siblings_key")


@dataclass(frozen=True)
class Stretch:
    """The chain over some changes in a row: after which, up to and with which, how many, and whether more follow."""

    after: int
    upto: int
    count: int
    digest: str
    more: bool


def scope_of(reader: Principal) -> str:
    """Return what names the reader's sight of the register: where it changes, earlier changes come in or out."""
    sight = [reader.authority_code, reader.body, reader.state, sorted(reader.regimes)]
    return digests.digest(sight)[:32]


def changes_for(reader: Principal) -> "QuerySet[RegisterChange]":
    """Return the changes a reader is sent, in order; `in_sight` tells those that are not tombstones."""
    visible = Denial.objects.visible_to(reader).filter(pk=OuterRef("denial_id"))
    received = DenialRecipient.objects.filter(denial=OuterRef("denial_id"), authority=reader.authority_id)
    sent = RegisterChange.objects.annotate(in_sight=Exists(visible))
    return sent.filter(Q(in_sight=True) | Exists(received)).order_by("sequence")


def head_for(reader: Principal) -> int:
    """Return the number of the last change a reader is sent, 0 for none."""
    return changes_for(reader).reverse().values_list("sequence", flat=True).first() or 0


def with_versions(changes: "QuerySet[RegisterChange]") -> "QuerySet[RegisterChange]":
    """Load the denial, the version and its parts in a fixed number of queries."""
    return changes.select_related("denial__authority", "version").prefetch_related(
        *(f"version__{part}" for part in PARTS)
    )


def as_data(change: RegisterChange, reader: Principal | None, sequence: int | None = None) -> dict[str, Any]:
    """
    Return a change as JSON-ready data with its digest.

    :param reader: who is sent it; None on a mirror, which holds what it was sent.
    :param sequence: its number at the source, on a mirror.
    """
    version, denial = change.version, change.denial
    version.denial = denial
    data = {
        "sequence": change.sequence if sequence is None else sequence,
        "kind": change.kind,
        "recorded_at": _instant(change.recorded_at),
        "denial": str(change.denial_id),
        "reference": denial.reference,
        "authority": denial.authority.code,
        "state": denial.state_of_issue_id,
        "regime": change.regime,
        "version": version.number,
        "status": version.status,
        "valid_from": _day(version.valid_from),
        "notified_on": _day(version.notified_on),
        "review_number": version.review_number,
        "review_due_on": _day(version.review_due_on),
        "court": version.court,
        "reason": version.change_reason,
        "is_historic": denial.is_historic,
        "siblings_key": str(denial.siblings_key) if denial.siblings_key else None,
        "content": _content(version, reader),
        "rewritten": _rewritten(version, reader) if change.kind == ERASE else [],
    }
    return {**data, "digest": feed.digest_of(data)}


def tombstone(*, sequence: int, denial: object, recorded_at: datetime) -> dict[str, Any]:
    """Return what stands for a change of a denial that the reader may no longer see: that there was one, and when."""
    data = {"sequence": sequence, "kind": feed.TOMBSTONE, "recorded_at": _instant(recorded_at), "denial": str(denial)}
    data |= dict.fromkeys(NOTHING)
    data |= {"reason": "", "court": [], "rewritten": []}
    return {**data, "digest": feed.digest_of(data)}


def is_in_sight(change: RegisterChange) -> bool:
    """Say whether a change of `changes_for` is sent with what it recorded, or as a tombstone."""
    return bool(change.in_sight)  # type: ignore[attr-defined]  # annotated


def sent(change: RegisterChange, reader: Principal) -> dict[str, Any]:
    """Return a change of `changes_for` as its reader is sent it."""
    if is_in_sight(change):
        return as_data(change, reader)
    return tombstone(sequence=change.sequence, denial=change.denial_id, recorded_at=change.recorded_at)


def stretch(reader: Principal, *, after: int, upto: int, previous: str, most: int) -> Stretch:
    """
    Return the chain over the changes a reader is sent after one number up to another, computed as they are read.

    :param previous: the chain up to and with `after`.   :param most: changes at most; `more` where some are left.
    """
    found = with_versions(changes_for(reader).filter(sequence__gt=after, sequence__lte=upto))
    told = ((one.sequence, sent(one, reader)["digest"]) for one in found[: most + 1].iterator(chunk_size=BATCH))
    return _chained(told, after=after, upto=upto, previous=previous, most=most)


def held(*, after: int, upto: int | None = None) -> Iterator[dict[str, Any]]:
    """Yield the changes a mirror holds, read again from its own rows, as the source is expected to send them."""
    found = MirroredChange.objects.filter(sequence__gt=after).order_by("sequence")
    if upto is not None:
        found = found.filter(sequence__lte=upto)
    loaded = found.select_related("change__denial__authority", "change__denial__out_of_sight", "change__version")
    loaded = loaded.prefetch_related(*(f"change__version__{part}" for part in PARTS))
    for one in loaded.iterator(chunk_size=BATCH):
        if one.change is None or hasattr(one.change.denial, "out_of_sight"):
            yield tombstone(sequence=one.sequence, denial=one.denial, recorded_at=one.recorded_at)
        else:
            yield as_data(one.change, None, one.sequence)


def stretch_held(*, after: int, upto: int, previous: str) -> Stretch:
    """Return the chain over what a mirror holds after one number of the source up to another."""
    told = ((int(one["sequence"]), str(one["digest"])) for one in held(after=after, upto=upto))
    return _chained(told, after=after, upto=upto, previous=previous, most=None)


def _chained(told: Iterable[tuple[int, str]], *, after: int, upto: int, previous: str, most: int | None) -> Stretch:
    count, last, chain = 0, after, previous
    for sequence, digest in told:
        if most is not None and count == most:
            return Stretch(after, last, count, chain, more=True)
        count, last, chain = count + 1, sequence, feed.chained(chain, digest)
    return Stretch(after, upto, count, chain, more=False)


def _content(version: DenialVersion, reader: Principal | None) -> dict[str, Any] | None:
    """What a version states; a withdrawn denial says nothing any more."""
    if version.status == State.WITHDRAWN:
        return None
    content = rows.read(version)
    if reader is not None:
        content = content_shown(content, reader, version.denial.authority_id)
    return feed.as_sent(content)


def _rewritten(version: DenialVersion, reader: Principal | None) -> list[dict[str, Any]]:
    """The earlier versions as they read since a person was erased."""
    earlier = version.denial.versions.filter(number__lt=version.number, recorded_at__isnull=False)
    found = []
    for one in earlier.order_by("number").prefetch_related(*PARTS):
        one.denial = version.denial
        left = {"reason": one.change_reason, "court": one.court, "content": _content(one, reader)}
        found.append({"version": one.number, **left})
    return found


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
