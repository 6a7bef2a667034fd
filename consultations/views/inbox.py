"""What needs me, sorted by the instant it becomes too late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import DetailView, TemplateView, View

from accounts.labels import NOTICES
from accounts.models import Absence, Authority, Notice
from accounts.templatetags.words import long_day
from accounts.views import ExchangeView
from consultations import actions, forms, labels
from consultations.law.lifecycle import State
from consultations.law.terms import CONCLUSIONS, Kind
from consultations.models import (
    CONSULTED,
    Consultation,
    Decision,
    gate_of,
    grants_against_own,
    hits_to_judge,
)
from consultations.views.facets import facet
from consultations.views.items import MOST, Item, thread_item, waiting_items
from consultations.views.threads import Row, rows_of
from denials.docket import Docket
from denials.labels import OFFERED
from denials.law import validity
from denials.law.lifecycle import State as Ready
from denials.models import Denial, RecallRequest, ReleaseStep
from denials.notices import NOTICE_OF, NOTICE_OF_COURT
from denials.standing import rules_of
from screening.models import Application

PER_PAGE = 50
FILTERS = ("owner", "kind")
NAMED = 3  # references of news said in its row, the newest first
#: News worth a row of its own; what asks for an act is a row already.
NEWS = (
    *NOTICE_OF.values(),
    *NOTICE_OF_COURT.values(),
    "denial.recall_unanswered",
    "denial.recall_acknowledged",
    "denial.review_ahead",
    "denial.review_due",
    "denial.review_overdue",
    "denial.assessment_due",
    "search.new_results",
    "screening.licence_alert",
    "screening.enumeration",
    "denial.own_grant",  # by another authority of the own state: its case is not the issuer's to see
    "grant.notified",
    "query.concluded",
    "consultation.answered",
    "consultation.lapsed",
    "consultation.late_answer",
    "consultation.answer_confirmed",
    "consultation.answer_disputed",
    "consultation.closed_unanswered",
    "consultation.correction_declined",
    "consultation.deadline_held",
    "consultation.deadline_moved",
    "consultation.deadline_released",
    "consultation.document_sent",
    "consultation.reminded",
    "consultation.information_given",
    "consultation.extension_agreed",
    "consultation.extension_refused",
    "consultation.withdrawn",
    "consultation.outcome",
)


class Inbox(ExchangeView, TemplateView):
    """The home page."""

    template_name = "inbox/inbox.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [item for item in self._items if self._wanted(item)]
        page = Paginator(shown, PER_PAGE).get_page(self.request.GET.get("page"))
        facets = [
            facet(self.request.GET, "owner", labels.OWNERS, {"owner": self._by_owner()}),
            facet(self.request.GET, "kind", labels.TASKS, {"kind": self._by_task()}),
        ]
        return super().get_context_data(
            page=page,
            facets=facets,
            inbox_count=len(self._items),
            now=self.now,
            total=len(self._items),
            kept=self._kept(),
            filter_form=forms.FilterForm(initial={name: self._chosen.get(name, "") for name in FILTERS}),
            filtered=bool(self._chosen),
            away=next((one for one in self._away if one.user_id == self.principal.id), None),
            **kwargs,
        )

    @cached_property
    def _chosen(self) -> dict[str, str]:
        """The filters chosen, as far as there are such values."""
        known = {"owner": labels.OWNERS, "kind": labels.TASKS}
        get = self.request.GET
        return {name: get[name] for name in FILTERS if get.get(name) in known[name]}

    def _kept(self) -> list[dict[str, Any]]:
        """One's own named filters, each with its address."""
        place, now_on = reverse("inbox"), self._chosen
        return [
            {"name": one["name"], "href": f"{place}?{urlencode(one['chosen'])}", "on": one["chosen"] == now_on}
            for one in getattr(self.request.user, "inbox_filters", [])
        ]

    @cached_property
    def _away(self) -> list[Absence]:
        """Absences of today in which one is away, or stands in."""
        concerned = Q(user_id=self.principal.id) | Q(stand_in_id=self.principal.id)
        near = Absence.objects.filter(concerned, ended_at__isnull=True, until__gte=self.now.date() - timedelta(days=1))
        rows = near.select_related("user__authority__state", "stand_in")
        return [one for one in rows if one.since <= self._day_of(one) <= one.until]

    def _day_of(self, absence: Absence) -> date:
        """The day it is where they work."""
        body = absence.user.authority
        return body.day_of(self.now) if body else self.now.date()

    @cached_property
    def _mine(self) -> set[Any]:
        """Oneself, and those one stands in for today."""
        stood_in_for = {one.user_id for one in self._away if one.stand_in_id == self.principal.id}
        return {self.principal.id, *stood_in_for} if self.principal.id else set()

    @cached_property
    def _items(self) -> list[Item]:
        register = [*self._recalls(), *self._releases(), *self._submitted(), *self._own_reviews()]
        waiting = waiting_items(self.principal, self._mine, self.now)
        found = [*self._of_threads(), *waiting, *self._of_applications(), *register, *self._owed(), *self._news()]
        return sorted(found, key=lambda item: item.order)

    def _wanted(self, item: Item) -> bool:
        if item.task != self._chosen.get("kind", item.task):
            return False
        return {"mine": item.mine, "unassigned": not item.is_owned}.get(self._chosen.get("owner", ""), True)

    def _by_owner(self) -> dict[str, int]:
        items = self._items
        return {
            "mine": sum(item.mine for item in items),
            "authority": len(items),
            "unassigned": sum(not item.is_owned for item in items),
        }

    def _by_task(self) -> dict[str, int]:
        return {task: sum(item.task == task for item in self._items) for task in labels.TASKS}

    # ---- where the rows come from --------------------------------------------------------------------------------

    def _of_threads(self) -> Iterator[Item]:
        threads = Consultation.objects.visible_to(self.principal).awaiting_answer(self.now)
        soonest = threads.for_inbox().order_by("due_before")[:MOST]
        for row in rows_of(soonest, self.principal, self.now):
            yield from self._of_thread(row)
        if self.principal.may("consultation.answer"):
            yield from self._after_the_end()

    def _after_the_end(self) -> Iterator[Item]:
        """What is still owed in threads that are answered or have lapsed, for as long as nobody has given it."""
        threads = Consultation.objects.visible_to(self.principal).owing_after_the_end(self.now)
        for row in rows_of(threads.for_inbox().order_by("sent_at", "pk")[:MOST], self.principal, self.now):
            thread, side = row.thread, row.thread.speaker(self.principal.authority_id)
            named, ends = {"reference": thread.reference}, CONCLUSIONS.get(thread.rule)
            if thread.kind == Kind.FORMAL and thread.application_id is None and ends and ends.side == side:
                words = _("Make known how %(reference)s was concluded")
                yield self._owed_in("decide", words % named, row)
            if thread.awaits_information_from() == side:
                yield self._owed_in("explain", _("Give information on %(reference)s") % named, row)

    def _owed_in(self, task: str, words: str, row: Row) -> Item:
        """A row without a due date: the period is over."""
        since = row.thread.concluded_on(self.now) or row.thread.received_at
        return replace(thread_item(task, words, row, self._mine, since), due_before=None, zone="")

    def _of_thread(self, row: Row) -> Iterator[Item]:
        thread = row.thread
        side, proposal = thread.speaker(self.principal.authority_id), thread.proposal()
        named = {"reference": thread.reference}
        if side == CONSULTED:
            yield self._thread_item("answer", _("Answer the consultation %(reference)s") % named, row)
        if proposal and thread.speaker(proposal.proposed_by_authority_id) != side:
            more = {"more": labels.span(proposal.amount, proposal.unit)}
            words = _("Agree to an extension (%(more)s) of %(reference)s") % {**more, **named}
            yield self._thread_item("answer", words, row)
        if thread.awaits_information_from() == side:
            yield self._thread_item("explain", _("Give information on %(reference)s") % named, row)

    def _thread_item(self, task: str, words: str, row: Row) -> Item:
        return thread_item(task, words, row, self._mine, row.thread.received_at)

    def _of_applications(self) -> Iterator[Item]:
        visible = Application.objects.visible_to(self.principal).pending()
        running = (
            Consultation.objects.awaiting_answer(self.now)
            .exclude(kind="informal")
            .filter(application_id=OuterRef("pk"))
        )
        waiting = hits_to_judge(visible.values("pk")).filter(screening__application_id=OuterRef("pk"))
        counted = waiting.order_by().values("screening__application_id").annotate(hits=Count("pk")).values("hits")
        rows = visible.annotate(hits_open=Subquery(counted), runs=Exists(running))
        rows = rows.filter(Q(hits_open__gt=0) | Q(status="consulting", runs=False)).order_by("created_at")
        for application in rows.select_related("owner").prefetch_related("items", "destinations")[:MOST]:
            yield self._of_application(application, application.hits_open or 0)

    def _of_application(self, application: Application, count: int) -> Item:
        named = {"count": count, "reference": application.reference}
        if not count:
            words = _("Decide on %(reference)s: its consultations are concluded")
            return self._application_item("decide", words % named, application)
        words = ngettext("%(count)s hit to judge on %(reference)s", "%(count)s hits to judge on %(reference)s", count)
        return self._application_item("review", words % named, application)

    def _application_item(self, task: str, words: str, application: Application) -> Item:
        page = "consultations:decide" if task == "decide" else "applications:detail"
        return Item(
            task=task,
            what=words,
            href=reverse(page, args=[application.pk]),
            peek=reverse("consultations:application-peek", args=[application.pk]),
            about=about_application(application),
            owner=application.owner,
            is_owned=application.owner_id is not None,
            mine=application.owner_id is not None and application.owner_id == self.principal.id,
            since=application.created_at,
        )

    def _recalls(self) -> Iterator[Item]:
        """The recalls of others that the own authority has not acknowledged."""
        if not self.principal.may("denial.acknowledge"):
            return
        open_ones = RecallRequest.objects.filter(authority=self.principal.authority_id, acknowledged_at__isnull=True)
        related = ("recall__denial__authority", "recall__denial__state_of_issue")
        for one in open_ones.select_related(*related).order_by("asked_at", "pk")[:MOST]:
            denial = one.recall.denial
            yield Item(
                task="answer",
                what=_("Acknowledge a recall"),
                href=reverse("denials:acknowledge", args=[denial.pk]),
                who=denial.authority,
                about=denial.reference or "",
                due_before=denial.state_of_issue.working_calendar().end_of(one.recall.answer_by),
                zone=denial.state_of_issue.zone,
                since=one.asked_at,
                first=True,
            )

    def _releases(self) -> Iterator[Item]:
        """The drafts of the own authority that wait for a second officer, but for those the reader submitted."""
        if not self.principal.may("denial.release"):
            return
        waiting = Denial.objects.own(self.principal).filter(status=Ready.READY).with_content()
        for denial in waiting.select_related("created_by").order_by("created_at")[:MOST]:
            asked = denial.release_steps.filter(kind=ReleaseStep.Kind.SUBMITTED, event="notify")
            step = asked.order_by("-pk").first()
            if step is None or step.principal != self.principal.key:
                yield self._release(denial, step)

    def _release(self, denial: Denial, step: ReleaseStep | None) -> Item:
        decided = denial.current.decided_on if denial.current else None
        due = None
        if decided:
            rules = rules_of(denial.regime, decided, decided)
            due = validity.notification_due(rules, denial.state_of_issue.working_calendar(), decided)
        named = {"who": denial.created_by or _("a national system"), "day": long_day(decided) or _("not stated")}
        return Item(
            task="review",
            what=_("Release: draft by %(who)s, decided %(day)s") % named,
            href=reverse("denials:release", args=[denial.pk]),
            about=about_draft(denial),
            due_before=due.due_before if due else None,
            zone=denial.state_of_issue.zone,
            left=due.working_days_left(self.now) if due else None,
            since=step.at if step else denial.created_at,
        )

    def _submitted(self) -> Iterator[Item]:
        """Acts upon denials in force and files that wait for a second officer, but for what the reader submitted."""
        if not self.principal.may("denial.release"):
            return
        docket = Docket(self.principal, self.now)
        for act in islice(docket.proposed_acts(), MOST):
            if act.principal != self.principal.key:
                named = {"what": OFFERED.get(act.event, act.event), "who": act.proposed_by or _("a national system")}
                yield Item(
                    task="review",
                    what=_("Release: %(what)s, submitted by %(who)s") % named,
                    href=reverse("denials:proposed", args=[act.denial_id]),
                    about=act.denial.reference or "",
                    since=act.proposed_at,
                )
        for job in islice(docket.submitted_files(), MOST) if self.principal.may("denial.import") else ():
            if self.principal.id != job.person_id:
                named = {"who": job.person or _("a national system")}
                yield Item(
                    task="review",
                    what=_("Release: file submitted by %(who)s") % named,
                    href=reverse("denials:import-confirm", args=[job.pk]),
                    about=job.name,
                    since=job.submitted_at,
                )

    def _senders(self, unread: Any) -> tuple[Any, ...]:
        """The authorities whose denials the news is about, where they are others and few."""
        told = unread.filter(subject_type="denials.denial").values("subject_id")
        issuers = Denial.objects.visible_to(self.principal).filter(pk__in=told).order_by().values("authority")
        found = tuple(Authority.objects.filter(pk__in=issuers).order_by("code")[: NAMED + 1])
        own = any(one.pk == self.principal.authority_id for one in found)
        return () if own or len(found) > NAMED else found

    def _owed(self) -> Iterator[Item]:
        """Explanations of grants: owed from the day of the decision on."""
        owing = Decision.objects.visible_to(self.principal).owing_explanation().select_related("application__owner")
        for decision in owing.order_by("recorded_at")[:MOST]:
            application = decision.application
            yield Item(
                task="explain",
                what=_("Explain the grant on %(reference)s: the explanation is overdue")
                % {"reference": application.reference},
                href=reverse("consultations:explain", args=[decision.pk]),
                owner=application.owner,
                is_owned=application.owner_id is not None,
                mine=application.owner_id is not None and application.owner_id == self.principal.id,
                since=decision.recorded_at,
            )

    def _own_reviews(self) -> Iterator[Item]:
        """Own denials in spite of which a similar transaction was granted since: keep, amend or revoke them."""
        if not self.principal.may("denial.amend"):
            return
        hits = grants_against_own().filter(denial__authority_id=self.principal.authority_id)
        seen: set[Any] = set()
        for hit in hits.select_related("denial").order_by("-granted_at", "pk")[:MOST]:
            if hit.denial_id in seen:
                continue
            seen.add(hit.denial_id)
            words = _("Review your denial %(reference)s: a similar transaction was granted since")
            yield Item(
                task="review",
                what=words % {"reference": hit.denial.reference},
                href=reverse("denials:renew", args=[hit.denial_id]),
                since=hit.granted_at,
            )

    def _news(self) -> Iterator[Item]:
        unread = Notice.objects.visible_to(self.principal).unread_by(self.principal).filter(kind__in=NEWS)
        if self.principal.may("denial.acknowledge"):
            unread = unread.exclude(kind="denial.recalled")  # each has a row of its own until it is acknowledged
        counts = unread.order_by().values("kind").annotate(rows=Count("pk"))
        for row in sorted(counts, key=lambda one: NEWS.index(one["kind"])):
            words = ngettext("%(what)s", "%(what)s (%(count)s)", row["rows"])
            what = words % {"what": NOTICES[row["kind"]], "count": row["rows"]}
            newest = unread.filter(kind=row["kind"]).order_by("-created_at").values_list("reference", flat=True)
            named = ", ".join(newest[:NAMED]) + (", …" if row["rows"] > NAMED else "")
            senders = self._senders(unread.filter(kind=row["kind"])) if row["kind"].startswith("denial.") else ()
            yield Item(task="review", what=what, href=reverse("notices"), about=named, senders=senders)


def about_application(application: Application) -> str:
    """Say in a few words what is applied for."""
    items, places = list(application.items.all()), list(application.destinations.all())
    first = f"{items[0].code} {items[0].description}".strip()[:80] if items else ""
    return " → ".join(part for part in (first, ", ".join(one.code or one.printed for one in places)) if part)


def about_draft(denial: Denial) -> str:
    """Say in a few words what a draft denies: the item, and where it was to go."""
    if denial.current is None:
        return ""
    items, places = list(denial.current.items.all()), list(denial.current.destinations.all())
    first = f"{items[0].code} {items[0].description}".strip()[:80] if items else ""
    return " → ".join(part for part in (first, ", ".join(one.code or one.printed for one in places)) if part)


class KeepFilter(ExchangeView, View):
    """Keep the filters chosen under a name."""

    http_method_names = ["post"]

    def post(self, request: Any) -> HttpResponse:
        form = forms.FilterForm(request.POST)
        chosen: dict[str, str] = {}
        if form.is_valid():
            chosen = {name: form.cleaned_data[name] for name in FILTERS if form.cleaned_data[name]}
            actions.keep_filter(name=form.cleaned_data["name"], chosen=chosen, by=self.principal, now=self.now)
        return redirect(f"{reverse('inbox')}?{urlencode(chosen)}")


class DropFilter(ExchangeView, View):
    """Forget a named filter."""

    http_method_names = ["post"]

    def post(self, request: Any) -> HttpResponse:
        actions.drop_filter(name=request.POST.get("name", ""), by=self.principal, now=self.now)
        return redirect("inbox")


class ApplicationPeek(ExchangeView, DetailView):
    """An application at a glance: what stands at the gate."""

    permission_needed = "application.read"
    template_name = "inbox/application_peek.html"
    pk_url_kwarg = "application"

    def get_object(self, queryset: Any = None) -> Application:
        rows = Application.objects.visible_to(self.principal).with_content()
        return get_object_or_404(rows, pk=self.kwargs["application"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        gate = gate_of(self.object, self.now)
        threads = self.object.consultations.with_thread().order_by("sent_at")
        return super().get_context_data(
            application=self.object,
            about=about_application(self.object),
            gate=gate,
            flags=[labels.GATE[str(flag)] for flag in gate.flags(granting=True)],
            hits=self.object.open_hits(),
            rows=rows_of(threads, self.principal, self.now),
            is_open=self.object.status not in {"granted", "refused", "withdrawn"},
            open_state=State.OPEN,
            now=self.now,
            **kwargs,
        )
