"""The review docket: what is due and overdue, by whom, and one screen to maintain many denials."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from accounts.labels import RULES
from accounts.law.text import UnfitText, clean
from accounts.templatetags.parts import query_with
from accounts.views import ExchangeView
from denials import actions
from denials import docket as owed
from denials.docket import Group
from denials.forms.rows import LONGEST_LIST
from denials.models import Denial

PER_PAGE = 25
MOST_AT_ONCE = 50
MOST_LISTED = 50
GROUPS = {
    Group.OVERDUE: gettext_lazy("Overdue"),
    Group.THIS_QUARTER: gettext_lazy("Due this quarter"),
    Group.NEXT_QUARTER: gettext_lazy("Due next quarter"),
}


def uuid_or_none(text: str) -> UUID | None:
    """Return an id as written, None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


class DocketPage(ExchangeView):
    """A page of the own authority's docket."""

    permission_needed = "denial.amend"

    @cached_property
    def who(self) -> str:
        """Whose denials: "all", or a person's id. Officers begin with their own, supervisors with all."""
        asked = self.request.GET.get("who", "")
        if asked == "all" or uuid_or_none(asked):
            return asked
        return "all" if self.principal.may("work.oversee") or self.principal.kind != "user" else str(self.principal.id)

    @cached_property
    def docket(self) -> owed.Docket:
        """What is owed today."""
        return owed.Docket(self.principal, self.now, None if self.who == "all" else UUID(self.who))

    def review_rows(self, rows: Sequence[Denial]) -> list[dict[str, Any]]:
        """Return each denial with its review, and the reason typed so far."""
        return [{"denial": one, "review": self.docket.review(one), "reason": "", "error": ""} for one in rows]


class Docket(DocketPage, TemplateView):
    """What the own authority owes, the oldest first."""

    template_name = "denials/docket.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.request.GET.get("group", "")
        due = self.docket.reviews_due(group).with_content().select_related("current__recorded_by")
        page = Paginator(due, PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            rows=self.review_rows(list(page.object_list)),
            facets=self._facets(group),
            chosen_group=group,
            docket=self.docket,
            everyone=self.who == "all",
            assessments=list(self.docket.assessments().with_content()[:MOST_LISTED]),
            waiting=list(self.docket.waiting_for_release().with_content()[:MOST_LISTED]),
            proposed=list(self.docket.proposed_acts()[:MOST_LISTED]),
            files=list(self.docket.submitted_files()[:MOST_LISTED]) if self.principal.may("denial.import") else [],
            to_acknowledge=list(self.docket.to_acknowledge()[:MOST_LISTED]),
            unanswered=list(self.docket.unanswered()[:MOST_LISTED]),
            **kwargs,
        )

    def _facets(self, group: str) -> list[dict[str, Any]]:
        counts, asked = self.docket.counts(), self.request.GET
        when = [
            _option(asked, "group", str(one), str(label), counts[str(one)], chosen=group == one)
            for one, label in GROUPS.items()
        ]
        when.insert(0, _option(asked, "group", None, _("All"), sum(counts.values()), chosen=not group))
        people = self.docket.by_person()
        whose = [
            _option(asked, "who", str(one.pk), _name(one, self.principal.id), number, chosen=self.who == str(one.pk))
            for one, number in people
            if one is not None
        ]
        whose.insert(0, _option(asked, "who", "all", _("Everyone"), sum(n for _one, n in people), self.who == "all"))
        return [{"title": _("Review due"), "options": when}, {"title": _("Whose"), "options": whose}]


def _option(asked: QueryDict, name: str, value: str | None, label: str, count: int, chosen: bool) -> dict[str, Any]:
    href = query_with(asked, **{name: value, "page": None})
    return {"label": label, "count": count, "href": href, "selected": chosen}


def _name(person: Any, own: UUID | None) -> str:
    return _("%(name)s (me)") % {"name": person} if person.pk == own else str(person)


class RenewSeveral(DocketPage, TemplateView):
    """Reviewed denials maintained in one go: form, preview, confirmation, and what came of each."""

    template_name = "denials/docket_renew.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what came of each, as the address after the confirmation says."""
        done = [one for one in map(uuid_or_none, request.GET.getlist("done")) if one]
        refused = [one.partition("~") for one in request.GET.getlist("refused")]
        codes = {found: code for text, _sign, code in refused if (found := uuid_or_none(text))}
        if not (done or codes):
            return HttpResponseRedirect(reverse("denials:docket"))
        held = Denial.objects.own(self.principal).filter(pk__in=[*done, *codes][: 2 * MOST_AT_ONCE])
        rows = [
            {"denial": one, "refusal": RULES.get(codes[one.pk], RULES["rule_broken"]) if one.pk in codes else ""}
            for one in held.select_related("current").order_by("reference")
        ]
        return self.render_to_response(self.get_context_data(results=rows))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows, problem = self._chosen(request.POST)
        if problem or any(row["error"] for row in rows):
            return self.render_to_response(self.get_context_data(rows=rows, problem=problem), status=422)
        if "confirm" not in request.POST:
            return self.render_to_response(self.get_context_data(rows=rows, previewed=True))
        reviews = [actions.Review(row["denial"].pk, row["reason"]) for row in rows]
        outcomes = actions.renew_denials(reviews=reviews, by=self.principal, now=self.now)
        told = [("done", str(one.denial_id)) for one in outcomes if one.refusal is None]
        told += [("refused", f"{one.denial_id}~{one.refusal.code}") for one in outcomes if one.refusal is not None]
        return HttpResponseRedirect(f"{reverse('denials:docket-renew')}?{urlencode(told)}")

    def _chosen(self, sent: QueryDict) -> tuple[list[dict[str, Any]], str]:
        """Return the rows chosen with their reasons, each checked; and what is wrong with the whole."""
        ids = list(dict.fromkeys(one for one in map(uuid_or_none, sent.getlist("chosen")) if one))
        if not ids:
            return [], _("Choose at least one denial.")
        if len(ids) > MOST_AT_ONCE:
            return [], _("Choose at most %(most)s at once.") % {"most": MOST_AT_ONCE}
        held = self.docket.own.in_force().filter(pk__in=ids, current__review_due_on__isnull=False)
        due = held.order_by("current__review_due_on", "reference").with_content()
        rows = self.review_rows(list(due.select_related("current__recorded_by")))
        same, unfit = _read(sent.get("same_reason", ""))
        for row in rows:
            row["reason"], row["error"] = _read(sent.get(f"reason-{row['denial'].pk}", ""))
            row["reason"] = row["reason"] or same
            if not row["reason"] and row["review"].reasoning_required:
                row["error"] = row["error"] or _("From the third review on, the reasoning is explained.")
        missing = _("A denial chosen is no longer in force, or not yours.") if len(rows) < len(ids) else ""
        return rows, unfit or missing

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(docket=self.docket, **kwargs)


def _read(text: str) -> tuple[str, str]:
    """Return a reason as it is kept, and what is wrong with it."""
    try:
        cleaned = clean(text, multiline=True).strip()
    except UnfitText as refused:
        return "", _("The character %(character)s is not accepted in text.") % refused.params
    if len(cleaned) > LONGEST_LIST:
        return cleaned[:LONGEST_LIST], _("Longer than %(most)s characters.") % {"most": LONGEST_LIST}
    return cleaned, ""
