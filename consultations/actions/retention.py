"""What falls due: cases closed long enough are blocked, later their words about people go and the proof stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, CharField, DateField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate

from accounts import audit, principals
from accounts.law import retention as law
from accounts.law.retention import APPLICATION, CONSULTATION, DENIAL, KINDS
from accounts.models import AuditRecord, Authority, Retention, RetentionHold
from accounts.roles import SYSTEM, Principal
from consultations.actions.forgetting import forget_case
from consultations.law.lifecycle import State as ThreadState
from consultations.models import Consultation
from denials.actions import erase_person
from denials.actions.erasure import read_versions
from denials.law.erasure import ERASED, PersonNotFound
from denials.law.lifecycle import State as DenialState
from denials.models import Denial
from screening.law.lifecycle import State as ApplicationState
from screening.models import Application

SLACK = timedelta(days=3)  # the last days of short months are told apart exactly afterwards
OVER = {
    APPLICATION: (ApplicationState.GRANTED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN),
    CONSULTATION: (ThreadState.CLOSED, ThreadState.WITHDRAWN),
    DENIAL: (DenialState.LIFTED, DenialState.REVOKED, DenialState.WITHDRAWN),
}
BASIS = "the time it is kept has passed ({source})"


@dataclass(frozen=True)
class Due:
    """A closed record with its days: `blocks_on` None where its kind is never blocked."""

    kind: str
    subject_id: UUID
    reference: str
    bodies: tuple[UUID, ...]
    closed_on: date
    blocks_on: date | None
    deletes_on: date


def closed(kind: str) -> "QuerySet[Any]":
    """Return the records of a kind that are formally closed, each with `closed_on`."""
    models: dict[str, Any] = {APPLICATION: Application, CONSULTATION: Consultation, DENIAL: Denial}
    rows = models[kind].objects
    return rows.filter(status__in=OVER[kind]).annotate(closed_on=_closure(kind)).filter(closed_on__isnull=False)


def _closure(kind: str) -> Any:
    if kind == CONSULTATION:
        return TruncDate(Max("events__recorded_at"))
    if kind == DENIAL:
        return F("current__valid_from")
    withdrawn = AuditRecord.objects.filter(
        act="application.withdrawn",
        subject_type=Application._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField()),
    ).order_by("-sequence")
    lasts = Value(timedelta(days=365 * law.LICENCE_MONTHS // 12))
    return Coalesce(
        "used_up_on",
        Case(
            When(status=ApplicationState.GRANTED, then=Cast(F("decision__decided_on") + lasts, DateField())),
            default=F("decision__decided_on"),
        ),
        TruncDate(Subquery(withdrawn.values("recorded_at")[:1])),
        output_field=DateField(),
    )


def falling_due(
    kind: str, *, by_day: date, today: date, body: UUID | None = None, with_held: bool = True
) -> Iterator[Due]:
    """
    Yield what is to be blocked or deleted by a day, the earliest closed first.

    :param body: of one authority alone.   :param with_held: what is on hold today too.
    """
    done = Retention.objects.filter(subject_id=OuterRef("pk"))
    rule = law.rule_for(kind, today)
    waits = Q(closed_on__lte=law.months_after(by_day, -rule.delete_months) + SLACK)
    if rule.block_months is not None:
        blocks = Q(closed_on__lte=law.months_after(by_day, -rule.block_months) + SLACK)
        waits |= blocks & Q(~Exists(done.filter(blocked_at__isnull=False)))
    rows = closed(kind).filter(waits, ~Exists(done.filter(deleted_at__isnull=False))).order_by("closed_on", "pk")
    if not with_held:
        rows = rows.filter(~Exists(RetentionHold.objects.on(today).filter(subject_id=OuterRef("pk"))))
    for row in _of(rows, kind, body).iterator(chunk_size=500):
        due = _due(kind, row, today)
        if min(due.blocks_on or due.deletes_on, due.deletes_on) <= by_day:
            yield due


def closed_named(reference: str, *, body: UUID | None, today: date) -> Due | None:
    """Return the closed record of an authority with a reference that is not forgotten yet."""
    for kind in KINDS:
        row = _of(closed(kind), kind, body).filter(reference=reference.strip()).first()
        if row is not None and not Retention.objects.filter(pk=row.pk, deleted_at__isnull=False).exists():
            return _due(kind, row, today)
    return None


def _of(rows: "QuerySet[Any]", kind: str, body: UUID | None) -> "QuerySet[Any]":
    if body is None:
        return rows
    if kind == CONSULTATION:
        return rows.filter(Q(consulting_authority_id=body) | Q(consulted_authority_id=body))
    return rows.filter(authority_id=body)


def _due(kind: str, row: Any, today: date) -> Due:
    bodies = (row.consulting_authority_id, row.consulted_authority_id) if kind == CONSULTATION else (row.authority_id,)
    return Due(
        kind=kind,
        subject_id=row.pk,
        reference=row.reference or "",
        bodies=tuple(dict.fromkeys(bodies)),
        closed_on=row.closed_on,
        blocks_on=law.blocks_on(kind, row.closed_on, today),
        deletes_on=law.deletes_on(kind, row.closed_on, today),
    )


@transaction.atomic
def settle(*, due: Due, now: datetime, by: Principal = SYSTEM) -> bool:
    """Block a record, or forget what it says of people, as it is due; one on hold stays. Return whether it changed."""
    today = now.date()
    if RetentionHold.objects.on(today).filter(subject_id=due.subject_id).exists():
        return False
    record, _made = Retention.objects.select_for_update(of=("self",)).get_or_create(
        subject_id=due.subject_id,
        defaults={
            "kind": due.kind,
            "reference": due.reference,
            "bodies": list(due.bodies),
            "closed_on": due.closed_on,
        },
    )
    deletes = due.deletes_on <= today and record.deleted_at is None
    blocks = due.blocks_on is not None and due.blocks_on <= today and record.blocked_at is None
    if blocks:
        record.blocked_at = now
        if due.kind == APPLICATION:  # nobody reads it: its licence is watched no longer
            Application.objects.filter(pk=due.subject_id, used_up_on__isnull=True).update(used_up_on=due.closed_on)
        audit.record("record.blocked", subject=record, by=by, at=now, after={"closed_on": due.closed_on})
    if deletes:
        record.deleted_at = now
        basis = BASIS.format(source=law.rule_for(due.kind, today).source)
        if due.kind == DENIAL:
            _forget_denial(due.subject_id, basis, now)
        else:
            forget_case(kind=due.kind, subject_id=due.subject_id, basis=basis, by=by, now=now)
    if blocks or deletes:
        record.save(update_fields=["blocked_at", "deleted_at"])
    return blocks or deletes


def _forget_denial(denial_id: UUID, basis: str, now: datetime) -> None:
    """Erase every party of a denial that has ended, as its issuer would; those who were told are told."""
    denial = Denial.objects.select_related("authority__state").get(pk=denial_id)
    issuer = Authority.objects.select_related("state").get(pk=denial.authority_id)
    by = principals.of_authority(issuer, frozenset({"denial.erase"}), at=now)
    contents = [content for _version, content in read_versions(denial)]
    names = {party.name for content in contents for party in content.parties} - {ERASED, ""}
    if not names:
        return
    try:
        erase_person(denial_id=denial_id, names=names, basis=basis, by=by, now=now)
    except PersonNotFound:  # placeholders alone: nobody is named
        return
