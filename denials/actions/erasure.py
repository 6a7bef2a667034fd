"""Erase a person from a denial: blanked in every version and all that goes with it, digests of each value are kept."""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models, transaction

from accounts import audit, principals
from accounts.law.errors import ReasonMissing, TransitionRefused
from accounts.models import ReceiptContent
from accounts.roles import Principal
from denials import notices, search
from denials.actions import forgetting, proposals
from denials.actions.register import copy_in_force, current_version, own_denial, record
from denials.law import erasure
from denials.law.content import DenialContent
from denials.law.erasure import ERASE, PERSONAL, Blanked, PersonNotFound
from denials.law.regimes import last_rules
from denials.models import Denial, DenialVersion, Erasure, ErasureSalt, ProposedAct, RecallRequest
from denials.models import content as rows
from denials.models.content import PARTS
from denials.querysets import UNNOTIFIED

Court = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Left:
    """A version, what it states, and what of that is left."""

    version: DenialVersion
    before: DenialContent
    after: DenialContent
    court: Court
    reason: str

    def values(self) -> list[Blanked]:
        """Return what is blanked of it.   :raises NotAnErasure: if more than that differs."""
        found = [*erasure.blanked(self.before, self.after), *erasure.court_blanked(self.version.court, self.court)]
        if self.reason != self.version.change_reason:
            found.append(Blanked("change_reason", self.version.change_reason, self.reason))
        return found


@dataclass(frozen=True)
class Beside:
    """A text that goes with a denial and is blanked: of a recall, an acknowledgement, a step of the release."""

    version: DenialVersion
    row: models.Model
    field: str
    value: Blanked


@dataclass(frozen=True)
class Traces:
    """Where a denial holds a person: by which names and numbers, in which versions, in which texts beside them."""

    words: frozenset[str]
    versions: tuple[Left, ...]
    beside: tuple[Beside, ...]

    def by_version(self) -> Iterator[tuple[DenialVersion, list[Blanked]]]:
        """Yield each version of which something is blanked, with all of that."""
        for left in self.versions:
            beside = [one.value for one in self.beside if one.version == left.version]
            if found := [*left.values(), *beside]:
                yield left.version, found


def traces_of(denial: Denial, names: Collection[str], chosen: Collection[str] = PERSONAL) -> Traces:
    """
    Return what erasing a person from a denial blanks; nothing is changed.

    :param names: as some version states them, and any other spelling.   :param chosen: of PERSONAL.
    """
    held = read_versions(denial)
    contents = [content for _, content in held]
    known = erasure.all_names(contents, [name.strip() for name in names if name.strip()])
    words = erasure.words_of(contents, known, chosen)
    left = (
        Left(
            version,
            content,
            erasure.erased(content, known, chosen, words),
            erasure.court_left(version.court, words),
            erasure.without(version.change_reason, words),
        )
        for version, content in held
    )
    return Traces(words, tuple(left), tuple(_beside(denial, words)))


@transaction.atomic
def erase_person(
    *,
    denial_id: UUID,
    names: Collection[str],
    basis: str,
    by: Principal,
    now: datetime,
    chosen: Collection[str] = PERSONAL,
) -> Denial:
    """
    Blank a person in all that is kept of a denial, and tell all who were told of it to do the same.

    The fields chosen of each party that bears one of the names, or another name such a party goes by, are blanked,
    and these names and numbers in all texts of every version and beside them. A salted digest of each value is kept;
    the history stays as long as it was. Own files, stored answers and saved searches that hold them are emptied.

    :param names: as some version states them, and any other spelling.   :param chosen: of PERSONAL.
    :param basis: why; no personal data.
    :raises PersonNotFound: if nothing holds them.   :raises ReasonMissing: without a basis.
    :raises TransitionRefused: for a draft, which is simply edited.   :raises NotCompetent: if it is another's denial.
    Source: Reg. (EU) 2016/679 Art. 17; Reg. (EC) No 515/97 Art. 45(4). Reading: docs/adr/0083, docs/adr/0105.
    """
    files = forgetting.hold_files(by.authority_id)  # before the denial, as taking in a file does
    denial = own_denial(denial_id, by)
    if denial.status in UNNOTIFIED:
        raise TransitionRefused(denial.status, ERASE)
    if not basis.strip():
        raise ReasonMissing("basis", article="Reg. (EU) 2016/679 Art. 5(2)")
    found = traces_of(denial, names, chosen)
    if not any(found.by_version()):
        raise PersonNotFound(names=len(names))
    basis = erasure.without(basis, found.words)
    waiting = ProposedAct.objects.filter(denial=denial).first()
    if waiting is not None:  # it gives way, as an amendment in preparation does
        proposals.give_back(waiting, denial, basis, by, now)
    told_of = blank(found, basis=basis, by=by, now=now)
    forgetting.forget(denial, files, found.words, by=by, now=now)
    ReceiptContent.objects.filter(receipt__subject_id=str(denial.pk)).delete()  # the receipts stay good without
    today = denial.authority.day_of(now)
    told = notices.note(denial, rules=last_rules(denial.regime, today), on=today, now=now)
    _leave_version(denial, basis, by, now)
    audit.record("denial.person_erased", subject=denial, by=by, at=now, after={"blanked": told_of})
    notices.tell(ERASE, denial, to=told, now=now)
    return denial


def read_versions(denial: Denial) -> list[tuple[DenialVersion, DenialContent]]:
    """Return the recorded versions with what they state, the first first."""
    found = []
    recorded = denial.versions.filter(recorded_at__isnull=False).order_by("number")
    for version in recorded.prefetch_related(*PARTS):
        version.denial = denial
        found.append((version, rows.read(version)))
    return found


def blank(found: Traces, *, basis: str, by: Principal, now: datetime) -> list[str]:
    """
    Blank versions and what goes with them; return the paths, as `1.parties[0].name`.

    The digests are written first: the database lets a recorded value be blanked only then.

    :raises NotAnErasure: if a content differs in more than what an erasure blanks.
    """
    told = []
    for version, values in found.by_version():
        _keep_digests(version, values, basis, by, now)
        told += [f"{version.number}.{one.path}" for one in values]
    for left in found.versions:
        _write(left)
    for one in found.beside:
        type(one.row)._base_manager.filter(pk=one.row.pk).update(**{one.field: one.value.after})
    return told


def _beside(denial: Denial, words: Collection[str]) -> Iterator[Beside]:
    """Yield the texts of recalls, of what was answered to them, and of steps of the release that hold a person."""
    for recall in denial.recalls.select_related("version").order_by("recalled_at", "pk"):
        for name in ("what", "reason"):
            yield from _holding(recall.version, recall, name, f"recall.{name}", words)
        for request in RecallRequest.objects.filter(recall=recall).select_related("authority").order_by("pk"):
            path = f"recall.requests[{request.authority.code}].note"
            yield from _holding(recall.version, request, "note", path, words)
    first = denial.versions.order_by("number").first()
    for step in denial.release_steps.order_by("pk"):
        if first is not None:
            yield from _holding(first, step, "reason", f"release_steps[{step.pk}].reason", words)


def _holding(
    version: DenialVersion, row: models.Model, field: str, path: str, words: Collection[str]
) -> Iterator[Beside]:
    before = getattr(row, field)
    after = erasure.without(before, words)
    if after != before:
        yield Beside(version, row, field, Blanked(path, before, after))


def _keep_digests(version: DenialVersion, values: Sequence[Blanked], basis: str, by: Principal, now: datetime) -> None:
    person, kept, salts = principals.user_of(by), [], []
    for one in values:
        salt = secrets.token_hex(16)
        digest = erasure.digest(one.before, salt)
        row = Erasure(version=version, path=one.path, digest=digest, basis=basis, at=now, by=person)
        kept.append(row)
        salts.append(ErasureSalt(erasure=row, value=salt))
    Erasure.objects.bulk_create(kept)
    ErasureSalt.objects.bulk_create(salts)


def _write(left: Left) -> None:
    """Blank the columns named by the paths, part by part."""
    columns: dict[tuple[str, int], dict[str, Any]] = {}
    for one in left.values():
        part, _, name = one.path.rpartition(".")
        field, _, place = part.rstrip("]").partition("[")
        columns.setdefault((field, int(place or 0)), {})[name] = _column(name, one.after)
    own = columns.pop(("", 0), {})
    for field, position in columns:
        if field == "court":
            own["court"] = list(left.court)
        else:
            getattr(left.version, field).filter(position=position).update(**columns[field, position])
    if own:
        DenialVersion.objects.filter(pk=left.version.pk).update(**own)


def _column(name: str, value: Any) -> Any:
    """Write a value of the content as its column holds it."""
    if name == "aliases":
        return list(value)
    if name == "identifiers":
        return dict(value)
    if name == "parameters":
        return [{"name": one.name, "value": one.value, "unit": one.unit} for one in value]
    return value


def _leave_version(denial: Denial, basis: str, by: Principal, now: datetime) -> None:
    """
    Record the content as it is left as a version of its own, by which mirrors and indexes learn of it.

    An amendment in preparation gives way to it, as to any other act.
    """
    before = DenialVersion.objects.prefetch_related(*PARTS).get(pk=current_version(denial).pk)
    before.denial = denial
    denial.source_reference = before.source_reference
    version = copy_in_force(denial, before)
    version.change_reason = basis
    record(denial, version, ERASE, since=denial.authority.day_of(now), by=by, now=now)
    search.forget_kinds()  # an entry that no list has may have been a name
