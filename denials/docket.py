"""What an authority owes for its denials, and to others for theirs: reviews, assessments, recalls, releases."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from accounts import principals
from accounts.models import Authority, User
from accounts.roles import Principal
from denials.law import validity
from denials.law.jobs import JobState
from denials.law.lifecycle import SUSPENSION, State
from denials.law.regimes import last_rules
from denials.models import Denial, ImportJob, ProposedAct, Recall, RecallRequest
from denials.querysets import DenialQuerySet


class Group(StrEnum):
    """When a review falls due."""

    OVERDUE = "overdue"
    THIS_QUARTER = "this_quarter"
    NEXT_QUARTER = "next_quarter"


@dataclass(frozen=True)
class Review:
    """A review to be done: of which denial, by when, the how-manieth, and whether its reasoning is explained."""

    denial: Denial
    due_on: date
    last_day: date
    group: Group
    number: int
    reasoning_required: bool

    @property
    def person(self) -> User | None:
        """Who recorded the version in force; None for a national system or a file."""
        return self.denial.current.recorded_by if self.denial.current else None


class Docket:
    """
    The docket of one authority on one day at its seat; every list is a query of its own, asked for when it is used.

    :param person: the officer whose denials are meant; None for all of the authority.
    """

    def __init__(self, principal: Principal, now: datetime, person: UUID | None = None) -> None:
        self.authority: Authority = principals.authority_of(principal)
        self.own: DenialQuerySet = Denial.objects.own(principal)
        self.person = person
        self.today: date = self.authority.day_of(now)
        self.quarter_ends = validity.quarter_end(self.today)
        self.horizon = validity.quarter_end(self.today, 1)

    @cached_property
    def _calendar(self) -> validity.WorkingCalendar | None:
        return self.authority.state.working_calendar() if self.authority.state else None

    @cached_property
    def overdue_before(self) -> date:
        """A review that was due before this day is overdue."""
        return validity.in_time_since(self._calendar, self.today) if self._calendar else self.today

    # ---- reviews -------------------------------------------------------------------------------------------------

    def _due(self) -> DenialQuerySet:
        rows = self.own.in_force().filter(current__review_due_on__lte=self.horizon)
        return rows.exclude(current__act=SUSPENSION)

    def _of(self, group: Group) -> Q:
        due = "current__review_due_on"
        return {
            Group.OVERDUE: Q(**{f"{due}__lt": self.overdue_before}),
            Group.THIS_QUARTER: Q(**{f"{due}__gte": self.overdue_before, f"{due}__lte": self.quarter_ends}),
            Group.NEXT_QUARTER: Q(**{f"{due}__gt": self.quarter_ends}),
        }[group]

    def _mine(self, rows: DenialQuerySet) -> DenialQuerySet:
        return rows if self.person is None else rows.filter(current__recorded_by=self.person)

    def reviews_due(self, group: str = "") -> DenialQuerySet:
        """Return the denials to review up to the end of the next quarter, or those of a group, the oldest first."""
        rows = self._mine(self._due())
        if group in tuple(Group):
            rows = rows.filter(self._of(Group(group)))
        return rows.order_by("current__review_due_on", "reference")

    def review(self, denial: Denial) -> Review:
        """Return what is to be done for a denial whose review falls due."""
        version = denial.current
        if version is None or version.review_due_on is None:
            raise ValueError("no review is due")
        number, due = version.review_number + 1, version.review_due_on
        return Review(
            denial=denial,
            due_on=due,
            last_day=validity.review_last_day(self._calendar, due) if self._calendar else due,
            group=self._group(due),
            number=number,
            reasoning_required=validity.reasoning_required(last_rules(denial.regime, self.today), number),
        )

    def _group(self, due: date) -> Group:
        if due < self.overdue_before:
            return Group.OVERDUE
        return Group.THIS_QUARTER if due <= self.quarter_ends else Group.NEXT_QUARTER

    def counts(self) -> dict[str, int]:
        """Return how many reviews there are in each group."""
        groups = {str(one): Count("pk", filter=self._of(one)) for one in Group}
        found: dict[str, int] = self._mine(self._due()).aggregate(**groups)
        return found

    def by_person(self) -> list[tuple[User | None, int]]:
        """Return whose the reviews are, who has most first; None for those of no person."""
        rows = self._due().order_by().values_list("current__recorded_by").annotate(n=Count("pk"))
        held = dict(rows)
        people = {one.pk: one for one in User.people.filter(pk__in=[pk for pk in held if pk])}
        found = [(people.get(pk) if pk else None, number) for pk, number in held.items()]
        return sorted(found, key=lambda row: (-row[1], str(row[0])))

    # ---- what else is owed ---------------------------------------------------------------------------------------

    def assessments(self) -> DenialQuerySet:
        """Return the suspensions that have ended, or end in this quarter, the first first."""
        rows = self._mine(self.own.in_force()).filter(
            current__act=SUSPENSION, current__suspended_until__lte=self.quarter_ends
        )
        return rows.order_by("current__suspended_until", "reference")

    def waiting_for_release(self) -> DenialQuerySet:
        """Return the drafts submitted and not yet released or returned."""
        return self.own.filter(status=State.READY).order_by("created_at")

    def proposed_acts(self) -> QuerySet[ProposedAct]:
        """Return the acts upon denials in force that wait for a second officer."""
        rows = ProposedAct.objects.filter(denial__in=self.own.values("pk"))
        return rows.select_related("denial__state_of_issue", "proposed_by").order_by("proposed_at", "pk")

    def submitted_files(self) -> QuerySet[ImportJob]:
        """Return the files that wait for a second officer."""
        rows = ImportJob.objects.filter(authority=self.authority, state=JobState.SUBMITTED)
        return rows.select_related("person", "client").defer("content").order_by("submitted_at", "pk")

    def to_acknowledge(self) -> QuerySet[RecallRequest]:
        """Return the recalls of others that the authority has not acknowledged."""
        rows = RecallRequest.objects.filter(authority=self.authority, acknowledged_at__isnull=True)
        return rows.select_related("recall__denial__state_of_issue").order_by("asked_at", "pk")

    def unanswered(self) -> QuerySet[Recall]:
        """Return the authority's own recalls that somebody has not acknowledged, with how many have not."""
        missing = Count("requests", filter=Q(requests__acknowledged_at__isnull=True))
        rows = Recall.objects.filter(denial__in=self.own.values("pk")).annotate(
            missing=missing, asked=Count("requests")
        )
        return rows.filter(missing__gt=0).select_related("denial").order_by("recalled_at")
