"""Where an authority's systems are told of notices, and what did not arrive."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView, View

from accounts import actions
from accounts.forms import Text
from accounts.law.errors import RuleBroken
from accounts.law.webhooks import ED25519, HMAC
from accounts.models import Delivery, Webhook
from accounts.views.page import ExchangeView
from accounts.webhooks import keys_of


class WebhookForm(forms.Form):
    """An address of one's own system."""

    url = Text(label=_("Address"), max_length=300, help_text=_("https, port 443, a public name."))
    algorithm = forms.ChoiceField(
        label=_("Signed by"),
        choices=[
            (HMAC, _("HMAC-SHA256: a secret both sides hold")),
            (ED25519, _("Ed25519: a public key to check with")),
        ],
        initial=HMAC,
        required=False,
    )


class Webhooks(ExchangeView, FormView):
    """The addresses registered; an administrator adds one, a secretariat approves."""

    permission_needed = {"GET": "people.read", "POST": "client.manage"}
    form_class = WebhookForm
    template_name = "accounts/webhooks.html"

    def form_valid(self, form: WebhookForm) -> HttpResponse:
        try:
            made = actions.register_webhook(
                url=form.cleaned_data["url"],
                algorithm=form.cleaned_data["algorithm"] or HMAC,
                by=self.principal,
                now=self.now,
            )
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return _shown_once(self, made)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Webhook.objects.visible_to(self.principal).filter(ended_at__isnull=True)
        return super().get_context_data(
            webhooks=rows.select_related("authority", "approved_by").order_by("authority__code", "registered_at"),
            **kwargs,
        )


def _shown_once(view: ExchangeView, webhook: Webhook) -> HttpResponse:
    """Show the secret: it can be derived again, but is shown only to who made or replaced it."""
    secret = keys_of(webhook, view.now)[0]
    context = {"webhook": webhook, "secret": secret, "now": view.now, "principal": view.principal}
    return render(view.request, "accounts/webhook_secret.html", context)


class OnWebhook(ExchangeView, View):
    """One act on one webhook."""

    http_method_names = ["post"]
    permission_needed: str | dict[str, str] = "client.manage"

    def found(self, pk: Any) -> Webhook:
        """Return one of the own authority."""
        return get_object_or_404(Webhook.objects.owned_by(self.principal), pk=pk, ended_at__isnull=True)


class Approve(OnWebhook):
    """Let the exchange reach it."""

    permission_needed = "webhook.approve"

    def found(self, pk: Any) -> Webhook:
        """Return one of any authority: a secretariat approves them all."""
        return get_object_or_404(Webhook.objects.visible_to(self.principal), pk=pk, ended_at__isnull=True)

    def post(self, request: HttpRequest, webhook: Any) -> HttpResponse:
        actions.approve_webhook(webhook_id=self.found(webhook).pk, by=self.principal, now=self.now)
        return redirect("webhooks")


class ReplaceSecret(OnWebhook):
    """Give it a new secret."""

    def post(self, request: HttpRequest, webhook: Any) -> HttpResponse:
        made = actions.replace_secret(webhook_id=self.found(webhook).pk, by=self.principal, now=self.now)
        return _shown_once(self, made)


class End(OnWebhook):
    """Send nothing there any more."""

    def post(self, request: HttpRequest, webhook: Any) -> HttpResponse:
        actions.end_webhook(webhook_id=self.found(webhook).pk, by=self.principal, now=self.now)
        return redirect("webhooks")


class Undelivered(ExchangeView, ListView):
    """What was given up after ten tries, by mail or webhook; no legal date depends on it."""

    permission_needed = "people.read"
    template_name = "accounts/undelivered.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[Delivery]:
        rows = Delivery.objects.visible_to(self.principal).dead().select_related("notice__recipient")
        return rows.order_by("-next_attempt_at", "-pk")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        own = {row.pk for row in context["object_list"] if row.notice.recipient_id == self.principal.authority_id}
        return {**context, "own": own}


class Redeliver(ExchangeView, View):
    """Try again by hand."""

    http_method_names = ["post"]
    permission_needed = "delivery.again"

    def post(self, request: HttpRequest, delivery: int) -> HttpResponse:
        rows = Delivery.objects.visible_to(self.principal).dead()
        found = get_object_or_404(rows, pk=delivery)
        actions.redeliver(delivery_id=found.pk, by=self.principal, now=self.now)
        return redirect(reverse("undelivered"))
