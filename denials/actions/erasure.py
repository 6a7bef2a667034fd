"""Erase a person from a denial: personal fields are blanked in every version, digests of them are kept."""

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts import audit, principals
from accounts.law.errors import ReasonMissing, TransitionRefused
from accounts.roles import Principal
from denials import notices
from denials.actions.register import copy_in_force, current_version, own_denial, record, today_at
from denials.law import erasure
from denials.law.content import DenialContent
from denials.law.erasure import ERASE, PERSONAL, Blanked, PersonNotFound
from denials.law.regimes import last_rules
from denials.models import Denial, DenialVersion, Erasure, ErasureSalt
from denials.models import content as rows
from denials.models.content import PARTS
from denials.querysets import UNNOTIFIED


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
    Blank a person in every version of a denial, and tell all who were told of it to do the same.

    The fields chosen of each party that bears one of the names, or another name such a party goes by, are blanked,
    and these names in all texts. A salted digest of each value is kept; the history stays as long as it was.

    :param names: as some version states them.   :param chosen: of PERSONAL.   :param basis: why; no personal data.
    :raises PersonNotFound: if no version names them.   :raises ReasonMissing: without a basis.
    :raises TransitionRefused: for a draft, which is simply edited.   :raises NotCompetent: if it is another's denial.
    Source: Reg. (EU) 2016/679 Art. 17; Reg. (EC) No 515/97 Art. 45(4).
    """
    denial = own_denial(denial_id, by)
    if denial.status in UNNOTIFIED:
        raise TransitionRefused(denial.status, ERASE)
    if not basis.strip():
        raise ReasonMissing("basis", article="Reg. (EU) 2016/679 Art. 5(2)")
    held = read_versions(denial)
    known = erasure.all_names([content for _, content in held], names)
    left = [(version, content, erasure.erased(content, known, chosen)) for version, content in held]
    if not any(erasure.blanked(before, after) for _, before, after in left):
        raise PersonNotFound(names=len(names))
    names_out = known if "name" in chosen else frozenset()
    reasons = {version.number: erasure.without(version.change_reason, names_out) for version, _ in held}
    blanked = blank(left, reasons=reasons, basis=basis, by=by, now=now)
    today = today_at(denial.authority, now)
    told = notices.note(denial, rules=last_rules(denial.regime, today), on=today, now=now)
    _leave_version(denial, basis, by, now)
    audit.record("denial.person_erased", subject=denial, by=by, at=now, after={"blanked": blanked})
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


def blank(
    versions: Sequence[tuple[DenialVersion, DenialContent, DenialContent]],
    *,
    reasons: Mapping[int, str],
    basis: str,
    by: Principal,
    now: datetime,
) -> list[str]:
    """
    Blank versions from one content to another; return the paths, as `1.parties[0].name`.

    The digests are written first: the database lets a recorded version be blanked only then.

    :param reasons: by number of the version, the reason of the change as it is left.
    :raises NotAnErasure: if a content differs in more than what an erasure blanks.
    """
    told = []
    for version, before, after in versions:
        values = list(erasure.blanked(before, after))
        reason = reasons[version.number]
        if reason != version.change_reason:
            values.append(Blanked("change_reason", version.change_reason, reason))
        if not values:
            continue
        if version.recorded_at is not None:
            _keep_digests(version, values, basis, by, now)
        _write(version, values)
        told += [f"{version.number}.{one.path}" for one in values]
    return told


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


def _write(version: DenialVersion, values: Sequence[Blanked]) -> None:
    """Blank the columns named by the paths, part by part; the words the record was found by go with them."""
    columns: dict[tuple[str, int], dict[str, Any]] = {}
    for one in values:
        part, _, name = one.path.rpartition(".")
        field, _, place = part.rstrip("]").partition("[")
        columns.setdefault((field, int(place or 0)), {})[name] = _column(name, one.after)
    own = columns.pop(("", 0), {})
    for (parts, position), blanked in columns.items():
        getattr(version, parts).filter(position=position).update(**blanked)
    DenialVersion.objects.filter(pk=version.pk).update(search_text="", **own)


def _column(name: str, value: Any) -> Any:
    return {"aliases": [], "identifiers": {}}.get(name, value)


def _leave_version(denial: Denial, basis: str, by: Principal, now: datetime) -> None:
    """
    Record the content as it is left as a version of its own, by which mirrors and indexes learn of it.

    An amendment in preparation gives way to it, as to any other act.
    """
    before = DenialVersion.objects.prefetch_related(*PARTS).get(pk=current_version(denial).pk)
    before.denial = denial
    version = copy_in_force(denial, before)
    version.change_reason = basis
    record(denial, version, ERASE, since=today_at(denial.authority, now), by=by, now=now)
