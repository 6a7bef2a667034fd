"""The gate before a decision: what still stands against it, gathered from the records."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from consultations.law.lifecycle import State
from consultations.law.terms import Kind as Counted
from consultations.law.terms import blocks_grant
from denials.models import RegisterChange
from screening.law import lifecycle
from screening.law.completeness import INCOMPLETE
from screening.law.dispositions import Kind
from screening.models import Application, Disposition, Hit, Screening

FOR_INFORMATION = "information"


@dataclass(frozen=True)
class Gate:
    """
    What the decision on an application meets at a moment.

    `seen` is the last change of the register the latest screening saw (None: never screened), `head` the last one
    of the regime. Source: Reg. (EU) 2021/821 Art. 16(5).
    """

    seen: int | None
    head: int
    hits_open: int
    consultations_open: int
    binding_objections: int
    is_incomplete: bool = False

    @property
    def is_stale(self) -> bool:
        """Whether denials have come or changed since the latest screening."""
        return lifecycle.is_stale(self.seen, self.head)

    @property
    def is_clear(self) -> bool:
        """Whether nothing stands against a grant."""
        return not self.flags(granting=True)

    def check(self, *, granting: bool) -> None:
        """Let a decision through or raise what stands against it; see `screening.law.lifecycle.check_ready`."""
        lifecycle.check_ready(**self._facts(), granting=granting)

    def flags(self, *, granting: bool) -> tuple[lifecycle.Flag, ...]:
        """Return what a decision recorded outside the gate is flagged with."""
        return lifecycle.flags(**self._facts(), granting=granting)

    def _facts(self) -> dict[str, Any]:
        return {
            "seen": self.seen,
            "head": self.head,
            "hits_open": self.hits_open,
            "consultations_open": self.consultations_open,
            "binding_objections": self.binding_objections,
            "is_incomplete": self.is_incomplete,
        }


def gate_of(application: Application, now: datetime) -> Gate:
    """Gather what stands against a decision on an application at a moment."""
    formal = application.consultations.exclude(kind=Counted.INFORMAL)
    threads = list(formal.prefetch_related("answers"))
    screening = application.latest_screening()
    head = RegisterChange.objects.filter(regime=application.regime).order_by("-sequence").first()
    on = application.authority.day_of(now)
    is_of_now = screening is not None and screening.is_by_rules_in_force() and screening.is_of_what_counts(on)
    return Gate(
        seen=screening.register_sequence if screening and is_of_now else None,
        head=head.sequence if head else 0,
        is_incomplete=application.completeness(screening) in INCOMPLETE,
        hits_open=len(application.open_hits()),
        consultations_open=sum(thread.stands_as(now) == State.OPEN for thread in threads),
        binding_objections=sum(blocks_grant(thread.terms(), thread.outcome(now)) for thread in threads),
    )


def withdrawn_on(application: Application) -> bool:
    """Tell whether a consultation was withdrawn and nobody was consulted on its denial again."""
    threads = list(application.consultations.filter(kind=Counted.DENIALS).prefetch_related("denials"))
    held = {row.denial_id for one in threads if one.status != State.WITHDRAWN for row in one.denials.all()}
    taken_back = {row.denial_id for one in threads if one.status == State.WITHDRAWN for row in one.denials.all()}
    return bool(taken_back - held)


def hits_to_judge(applications: Iterable[UUID] | QuerySet[Any]) -> QuerySet[Hit]:
    """
    Return the open hits of the latest screenings of many applications, in one query.

    The same reading as `screening.law.dispositions.standing`: a dismissal holds while the denial's version, the
    application's content and the rules stay the same, a consultation while the first two do; a proposed dismissal
    stands in the way until it is confirmed.
    """
    of_application = OuterRef("screening__application_id")
    latest = Screening.objects.filter(application_id=of_application).order_by("-screened_at", "-pk")
    dispositions = Disposition.objects.filter(application_id=of_application, denial_id=OuterRef("denial_id"))
    last = dispositions.order_by("-number")
    changed = ~Q(last_version=F("version_id")) | ~Q(last_content=F("screening__content_digest"))
    rules_changed = Q(last_kind=Kind.DISMISSED) & ~Q(last_rules=F("screening__ruleset_version"))
    return (
        Hit.objects.filter(screening__application_id__in=applications, is_own=False)
        .exclude(level=FOR_INFORMATION)
        .filter(screening_id=Subquery(latest.values("pk")[:1]))
        .annotate(
            last_kind=Subquery(last.values("kind")[:1]),
            last_version=Subquery(last.values("version_id")[:1]),
            last_content=Subquery(last.values("hit__screening__content_digest")[:1]),
            last_rules=Subquery(last.values("hit__screening__ruleset_version")[:1]),
        )
        .filter(Q(last_kind__isnull=True) | Q(last_kind__in=(Kind.REOPENED, Kind.PROPOSED)) | changed | rules_changed)
    )
