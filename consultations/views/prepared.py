"""Acts that wait for a second person of one's own authority: what they would do, send them or give them back."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.generic import DetailView, ListView, View

from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.roles import Principal
from accounts.views import ExchangeView
from consultations import actions, labels
from consultations.models import OPENED, OPENINGS, PreparedAct
from consultations.querysets import PreparedActQuerySet
from consultations.views.clockcard import of_deadline


def needed_for(prepared: PreparedAct) -> str:
    """Return the permission of the act prepared."""
    return "consultation.open" if prepared.act in OPENINGS else "consultation.answer"


def described(prepared: PreparedAct, by: Principal) -> dict[str, Any]:
    """Return a prepared act in words, as its list and its page show it."""
    return {
        "act": prepared,
        "what": words_of(prepared),
        "lines": [str(value) for value in prepared.given.values() if isinstance(value, str) and value],
        "about": about_prepared(prepared),
        "mine": prepared.prepared_by_id == by.id,
        "may": by.may(needed_for(prepared)),
    }


def words_of(prepared: PreparedAct) -> Any:
    """Say what it would do; whatever opens consultations opens them."""
    return labels.EVENTS[OPENED if prepared.act in OPENINGS else prepared.act]


def about_prepared(prepared: PreparedAct) -> str:
    """Say what it is about: a reference, or the subject stated."""
    subject = prepared.consultation or prepared.application
    return subject.reference if subject else str(prepared.given.get("statement", {}).get("subject", ""))


def planned(prepared: PreparedAct, by: Principal, now: datetime) -> list[Any]:
    """Return what a prepared opening would open now, with its clocks."""
    return [(one, of_deadline(one.deadline, one.terms, now)) for one in actions.plan_prepared(prepared, by=by, now=now)]


class PreparedPage(ExchangeView):
    """A page about acts that wait."""

    permission_needed: str | dict[str, str] = "consultation.read"

    def get_queryset(self) -> PreparedActQuerySet:
        return PreparedAct.objects.visible_to(self.principal).waiting()


class PreparedList(PreparedPage, ListView):
    """All that waits in one's authority."""

    template_name = "consultations/prepared_list.html"
    paginate_by = 50

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "rows": [described(one, self.principal) for one in context["object_list"]]}


class PreparedDetail(PreparedPage, DetailView):
    """One of them; for one that opens consultations exactly what each state asked will see."""

    template_name = "consultations/prepared.html"
    pk_url_kwarg = "prepared"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        found = get_object_or_404(self.get_queryset(), pk=kwargs["prepared"])
        if found.consultation_id is not None:
            return redirect("consultations:detail", thread=found.consultation_id)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown: dict[str, Any] = {"planned": [], "refusal": ""}
        try:
            shown["planned"] = planned(self.object, self.principal, self.now)
        except RuleBroken as refusal:  # what it was prepared for has changed since
            shown["refusal"] = rule_text(refusal)
        words = {name: self.object.given.get(name, "") for name in ("question", "summary")}
        return super().get_context_data(**described(self.object, self.principal), **words, **shown, **kwargs)


class OnPrepared(PreparedPage, View):
    """One act a colleague prepared."""

    permission_needed = "consultation.answer"
    http_method_names = ["post"]

    def prepared(self, pk: Any) -> PreparedAct:
        """One that waits or did, or 404; 403 for who may not do the act itself."""
        found: PreparedAct = get_object_or_404(PreparedAct.objects.visible_to(self.principal), pk=pk)
        if not self.principal.may(needed_for(found)):
            raise PermissionDenied
        return found


class SendPrepared(OnPrepared):
    """Send it."""

    def post(self, request: Any, prepared: Any) -> HttpResponse:
        found = self.prepared(prepared)
        actions.send_prepared(prepared_id=found.pk, by=self.principal, now=self.now)
        if found.application_id is not None:
            return redirect("consultations:opened", application=found.application_id)
        return _to(found)


class ReturnPrepared(OnPrepared):
    """Give it back."""

    def post(self, request: Any, prepared: Any) -> HttpResponse:
        found = self.prepared(prepared)
        actions.return_prepared(prepared_id=found.pk, by=self.principal, now=self.now)
        return _to(found)


def _to(prepared: PreparedAct) -> HttpResponse:
    if prepared.consultation_id is not None:
        return redirect("consultations:detail", thread=prepared.consultation_id)
    return redirect("consultations:prepared")
