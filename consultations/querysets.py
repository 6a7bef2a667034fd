"""Named filters over threads: parties see theirs, everybody else sees nothing."""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from accounts.querysets import open_to, unblocked

if TYPE_CHECKING:
    from accounts.roles import Principal


def period_ended(now: datetime) -> Q:
    """The condition under which silence has had its effect: not on a provisional, held or courtesy date."""
    return Q(due_before__lte=now, due_is_provisional=False, held_by__isnull=True, lapses=True)


class ConsultationQuerySet(models.QuerySet[Any]):
    """Consultations."""

    def visible_to(self, principal: "Principal") -> "ConsultationQuerySet":
        """
        The consulting authority, the contact point of the consulted state, and the authority that issued a denial
        the thread is about. Nobody else: not other authorities of the same state, not the secretariats.
        """
        if not principal.may("consultation.read") or principal.body != "authority":
            return self.none()
        here = principal.authority_id
        issued = models.Exists(
            self.model._meta.get_field("denials").related_model.objects.filter(
                consultation_id=models.OuterRef("pk"), denial__authority_id=here
            )
        )
        party = Q(consulting_authority_id=here) | Q(consulted_authority_id=here) | Q(issued)
        return self.filter(unblocked(), party, open_to(principal, "pk", "application_id"))

    def with_thread(self) -> "ConsultationQuerySet":
        """Load what a thread shows in a fixed number of queries."""
        rows = self.select_related("application", "consulting_authority", "consulted_authority", "consulted_state")
        return rows.prefetch_related(
            self._with("denials", "denial__authority", "version"),
            self._with("extensions", "proposed_by_authority"),
            self._with("events", "by_authority"),
            "answers",
        )

    def with_waiting(self) -> "ConsultationQuerySet":
        """Load what waits for an act of one side: an answer registered, a corrected end."""
        return self.prefetch_related(self._with("answers_elsewhere", "registered_by_authority"), "corrections")

    def _with(self, name: str, *related: str) -> "models.Prefetch[Any]":
        """Load child rows with what they point to, in one query."""
        rows = self.model._meta.get_field(name).related_model._default_manager
        return models.Prefetch(name, rows.select_related(*related))

    def for_inbox(self) -> "ConsultationQuerySet":
        """Load what a row of the inbox shows."""
        rows = self.select_related("consulting_authority", "consulted_authority", "consulted_state").select_owner()
        return rows.prefetch_related("extensions", "events")

    def for_list(self) -> "ConsultationQuerySet":
        """Load what a row of the list shows."""
        rows = self.select_related("consulting_authority", "consulted_authority", "consulted_state").select_owner()
        return rows.prefetch_related("extensions", "answers")

    def select_owner(self) -> "ConsultationQuerySet":
        return self.select_related("consulting_owner", "consulted_owner")

    def on_side(self, role: str, principal: "Principal") -> "ConsultationQuerySet":
        """Those a principal's authority initiated, or received."""
        mine = Q(consulting_authority_id=principal.authority_id)
        return self.filter(mine if role == "initiated" else ~mine)

    def counts(self, principal: "Principal", now: datetime) -> dict[str, dict[str, int]]:
        """Count by role, standing and regime, in one query."""
        ended = Q(status="open") & period_ended(now)
        stands = models.Case(
            models.When(ended, then=models.Value("lapsed")), default=F("status"), output_field=models.CharField()
        )
        role = models.Case(
            models.When(consulting_authority_id=principal.authority_id, then=models.Value("initiated")),
            default=models.Value("received"),
            output_field=models.CharField(),
        )
        grouped = self.order_by().values("regime", "kind").annotate(stands=stands, role=role, rows=models.Count("pk"))
        found: dict[str, dict[str, int]] = {"role": {}, "status": {}, "regime": {}, "counted": {}}
        for row in grouped.values("regime", "kind", "stands", "role", "rows"):
            codes = {"role": row["role"], "status": row["stands"], "regime": row["regime"], "counted": row["kind"]}
            for name, code in codes.items():
                found[name][code] = found[name].get(code, 0) + row["rows"]
        return found

    def received_open(self, principal: "Principal", now: datetime) -> "ConsultationQuerySet":
        """What waits for an authority's answer, the soonest first; threads it takes part in as issuer included."""
        received = self.visible_to(principal).on_side("received", principal)
        return received.awaiting_answer(now).order_by("due_before", "pk")

    def lapsing_within(self, span: timedelta, now: datetime) -> "ConsultationQuerySet":
        """Open ones that silence will conclude within a span unless they are answered."""
        return self.awaiting_answer(now).filter(period_ended(now + span))

    def newest_first(self) -> "ConsultationQuerySet":
        return self.order_by("-sent_at", "-pk")

    def standing(self, status: str, now: datetime) -> "ConsultationQuerySet":
        """Those that stand as a state at a moment: from the end of its period on, an open thread has lapsed."""
        if status == "open":
            return self.awaiting_answer(now)
        if status == "lapsed":
            ended = Q(status="open") & period_ended(now)
            return self.filter(Q(status="lapsed") | ended)
        return self.filter(status=status)

    def due_by(self, day: date, now: datetime) -> "ConsultationQuerySet":
        """Open, and due at the end of a day or before, in the zone of whoever must act."""
        latest = datetime.combine(day, time.max, UTC) + timedelta(hours=14)  # the day has then ended everywhere
        rows = self.awaiting_answer(now).filter(due_before__lte=latest).values_list("pk", "due_before", "due_zone")
        found = [
            pk
            for pk, due_before, zone in rows
            if (due_before.astimezone(ZoneInfo(zone)) - timedelta.resolution).date() <= day
        ]
        return self.filter(pk__in=found)

    def open(self) -> "ConsultationQuerySet":
        return self.filter(status="open")

    def awaiting_answer(self, now: datetime) -> "ConsultationQuerySet":
        """Open and within their period, or without one."""
        return self.open().filter(Q(due_before__isnull=True) | ~period_ended(now))

    def owing_after_the_end(self, now: datetime) -> "ConsultationQuerySet":
        """
        Answered or lapsed ones in which something is still owed: their conclusion, where no decision on an application
        tells it and the text has somebody told, or information asked for since.
        """
        ended = Q(status__in=("answered", "lapsed")) | Q(status="open") & period_ended(now)
        events = self.model._meta.get_field("events").related_model.objects
        asked = events.filter(
            consultation=models.OuterRef("pk"), kind__in=("information_requested", "information_given")
        )
        last = asked.order_by("-recorded_at").values("kind")[:1]
        owed = Q(kind="formal", application__isnull=True) | Q(last_asked="information_requested")
        return self.filter(ended).annotate(last_asked=models.Subquery(last)).filter(owed)

    def without_reminders(self, now: datetime) -> "ConsultationQuerySet":
        """Running threads for which no reminder was ever planned although there is something to remind of."""
        owed = Q(due_before__gt=now) | Q(acknowledged_at__isnull=True, due_before__isnull=True)
        return self.open().filter(owed, reminders__isnull=True)

    def past_due(self, now: datetime) -> "ConsultationQuerySet":
        """Open although their period has ended: what the sweep lapses."""
        return self.open().filter(period_ended(now))


class EventQuerySet(models.QuerySet[Any]):
    """Legal events of threads."""

    def conclusions_told_to(self, principal: "Principal") -> "EventQuerySet":
        """Conclusions of consultations: for the parties, and for those who were told by a notice."""
        if not principal.may("denial.read") or principal.authority_id is None:
            return self.none()
        threads = self.model._meta.get_field("consultation").related_model.objects.visible_to(principal)
        told = apps.get_model("accounts", "Notice").objects.filter(kind="query.concluded")
        mine = told.filter(recipient_id=principal.authority_id)
        rows = self.filter(unblocked("consultation_id"), open_to(principal, "consultation_id"), kind="concluded")
        rows = rows.filter(consultation__kind="formal")
        return rows.filter(Q(consultation__in=threads.values("pk")) | Q(pk__in=mine.values("subject_id")))


class DocumentQuerySet(models.QuerySet[Any]):
    """Documents of threads."""

    def visible_to(self, principal: "Principal") -> "DocumentQuerySet":
        """One's own; and those sent in threads one's authority is a party to."""
        threads = self.model._meta.get_field("consultation").related_model.objects.visible_to(principal)
        sent = Q(sent_at__isnull=False) | Q(authority_id=principal.authority_id)
        return self.filter(sent, consultation__in=threads.values("pk"))


class PreparedActQuerySet(models.QuerySet[Any]):
    """Acts that wait for a second person, or did."""

    def visible_to(self, principal: "Principal") -> "PreparedActQuerySet":
        """Those of one's own authority, in threads and about applications one may see."""
        if not principal.may("consultation.read") or principal.body != "authority":
            return self.none()
        threads, applications = (
            self.model._meta.get_field(name).related_model.objects.visible_to(principal).values("pk")
            for name in ("consultation", "application")
        )
        about_none = Q(consultation__isnull=True, application__isnull=True)
        here = about_none | Q(consultation__in=threads) | Q(application__in=applications)
        return self.filter(here, authority_id=principal.authority_id)

    def waiting(self) -> "PreparedActQuerySet":
        """What nobody has sent or given back, the oldest first."""
        rows = self.filter(status="waiting").select_related("consultation", "application", "prepared_by")
        return rows.order_by("prepared_at", "pk")


class UnavailabilityQuerySet(models.QuerySet[Any]):
    """Windows in which the exchange could not be used."""

    def counted(self) -> "UnavailabilityQuerySet":
        """With how many periods each holds; which, nobody but their parties sees."""
        return self.annotate(holding=models.Count("held"))


class DecisionQuerySet(models.QuerySet[Any]):
    """Decisions on applications."""

    def visible_to(self, principal: "Principal") -> "DecisionQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        rows = self.filter(unblocked("application_id"), authority_id=principal.authority_id)
        return rows.filter(open_to(principal, "application_id"))

    def flagged(self, principal: "Principal") -> "DecisionQuerySet":
        """Decisions recorded with flags: those of one's own authority for its supervisor, all for the auditors."""
        if not principal.may("audit.read"):
            return self.none()
        rows = self.filter(unblocked("application_id")).exclude(flags=[])
        if principal.body == "audit":
            return rows
        return rows.filter(open_to(principal, "application_id"), authority_id=principal.authority_id)

    def awaited_by(self, principal: "Principal") -> "DecisionQuerySet":
        """Grants of others that owe an explanation to an authority they consulted: it knows the outcome, not why."""
        threads = apps.get_model("consultations", "Consultation").objects.visible_to(principal)
        held = threads.on_side("received", principal).filter(kind="denials").exclude(status="withdrawn")
        return self.owing_explanation().filter(application__in=held.values("application_id"))

    def owing_explanation(self) -> "DecisionQuerySet":
        """Grants after a consultation whose explanation has not been given."""
        return self.filter(outcome="granted", after_consultation=True, grant_notice__isnull=True)


class GrantNoticeQuerySet(models.QuerySet[Any]):
    """Notices of grant after consultation."""

    def visible_to(self, principal: "Principal") -> "GrantNoticeQuerySet":
        """The author and the recipients the regime prescribes."""
        if not principal.may("denial.read") or principal.authority_id is None:
            return self.none()
        mine = Q(authority_id=principal.authority_id) | Q(recipients=principal.authority_id)
        kept = open_to(principal, "pk", "decision__application_id")
        return self.filter(unblocked("decision__application_id"), mine, kept).distinct()

    def undercuts(self, regime: str = "", year: int | None = None) -> "GrantNoticeQuerySet":
        """Those of undercuts, of a regime and a year of decision where they are named."""
        rows = self.filter(is_undercut=True)
        if regime:
            rows = rows.filter(regime=regime)
        return rows.filter(decided_on__year=year) if year else rows


class InvitationQuerySet(models.QuerySet[Any]):
    """Third bodies invited to read sections of a thread."""

    def visible_to(self, principal: "Principal", now: datetime) -> "InvitationQuerySet":
        """The invited body while it is invited; both sides of the thread, always."""
        if not principal.authority_id or not principal.may("invitation.read"):
            return self.none()
        threads = self.model._meta.get_field("consultation").related_model.objects.visible_to(principal)
        mine = Q(pk__in=self.received_by(principal, now).values("pk"))
        return self.filter(mine | Q(consultation__in=threads.values("pk")))

    def received_by(self, principal: "Principal", now: datetime) -> "InvitationQuerySet":
        """Those addressed to a principal's own body, while they run."""
        if not principal.authority_id or not principal.may("invitation.read"):
            return self.none()
        return self.running(now).filter(authority_id=principal.authority_id)

    def running(self, now: datetime) -> "InvitationQuerySet":
        """Begun, not ended, and not past their day."""
        return self.filter(ended_at__isnull=True, until__gt=now)
