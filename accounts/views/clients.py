"""The national systems of one's authority: what each may do, with which keys it proves itself, when it last did."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from accounts import signing
from accounts.actions import connect_client, withdraw_tokens
from accounts.api.tokens import PATH
from accounts.forms import Text
from accounts.labels import SCOPES_IN_WORDS
from accounts.law.errors import RuleBroken
from accounts.models import Client, ClientKey
from accounts.principals import authority_behind
from accounts.views.page import ExchangeView

SEES, MANAGES = "client.read", "client.manage"


def _offered() -> list[tuple[str, Any]]:
    return [(scope, words) for scope, words in SCOPES_IN_WORDS.items()]


class ScopesForm(forms.Form):
    """What a system may do."""

    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=_offered, widget=forms.CheckboxSelectMultiple, required=False
    )
    is_active = forms.BooleanField(label=_("It may call the exchange"), required=False)


class ConnectForm(forms.Form):
    """A new system."""

    name = Text(label=_("Name of the system"), max_length=120)
    scopes = forms.MultipleChoiceField(label=_("What it may do"), choices=_offered, widget=forms.CheckboxSelectMultiple)


class KeyForm(forms.Form):
    """A public key or a certificate."""

    key = Text(
        rows=8,
        label=_("Public key or certificate"),
        max_length=20_000,
        help_text=_(
            "PEM or JWK: Ed25519, P-256, or RSA of 3072 bits and more. The private key never leaves your system."
        ),
    )


class Clients(ExchangeView, FormView):
    """The systems; an administrator connects another one, which can do nothing until it has a key."""

    permission_needed = {"GET": SEES, "POST": MANAGES}
    form_class = ConnectForm
    template_name = "accounts/clients.html"

    def form_valid(self, form: ConnectForm) -> HttpResponse:
        authority = authority_behind(self.request)
        made = connect_client(authority=authority, **form.cleaned_data, by=self.principal, now=self.now)
        return redirect("client", made.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Client.objects.visible_to(self.principal).select_related("use").prefetch_related("keys", "tokens")
        return super().get_context_data(object_list=rows.order_by("name"), **kwargs)


class ClientPage(ExchangeView, FormView):
    """One system; its scopes and whether it is active are changed here."""

    permission_needed: str | dict[str, str] = {"GET": SEES, "POST": MANAGES}
    form_class = ScopesForm
    template_name = "accounts/client.html"

    @cached_property
    def client(self) -> Client:
        """A system of one's own authority."""
        rows: QuerySet[Client] = Client.objects.visible_to(self.principal).select_related("use")
        return get_object_or_404(rows, pk=self.kwargs["client"])

    def get_initial(self) -> dict[str, Any]:
        return {"scopes": self.client.scopes, "is_active": self.client.is_active}

    def form_valid(self, form: ScopesForm) -> HttpResponse:
        signing.change_client(client_id=self.client.pk, **form.cleaned_data, by=self.principal, now=self.now)
        return redirect("client", self.kwargs["client"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        client = self.client
        return super().get_context_data(
            client=client,
            keys=client.keys.filter(ended_at__isnull=True).order_by("-added_at"),
            ended=client.keys.filter(ended_at__isnull=False).order_by("-ended_at")[:10],
            tokens=client.tokens.filter(withdrawn_at__isnull=True, expires_at__gt=self.now).order_by("expires_at")[:20],
            **{"key_form": KeyForm(), "token_path": PATH, **kwargs},
        )


class AddKey(ClientPage):
    """Register a key; beside the present one there may be one more, so that it can be replaced without a gap."""

    http_method_names = ["post"]
    permission_needed = MANAGES

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        client, form = self.client, KeyForm(request.POST)
        if form.is_valid():
            try:
                signing.add_client_key(
                    client_id=client.pk, text=form.cleaned_data["key"], by=self.principal, now=self.now
                )
            except RuleBroken as refusal:
                self.add_refusal(form, refusal)
            else:
                return redirect("client", client.pk)
        shown = ScopesForm(initial=self.get_initial())
        return self.render_to_response(self.get_context_data(form=shown, key_form=form), status=422)


class EndKey(ExchangeView, View):
    """End a key at once."""

    http_method_names = ["post"]
    permission_needed = MANAGES

    def post(self, request: HttpRequest, client: UUID, key: UUID) -> HttpResponse:
        found = get_object_or_404(ClientKey.objects.visible_to(self.principal), pk=key, client_id=client)
        signing.end_client_key(key_id=found.pk, by=self.principal, now=self.now)
        return redirect("client", client)


class WithdrawTokens(ExchangeView, View):
    """Make every token that is out worthless at once."""

    http_method_names = ["post"]
    permission_needed = MANAGES

    def post(self, request: HttpRequest, client: UUID) -> HttpResponse:
        found = get_object_or_404(Client.objects.visible_to(self.principal), pk=client)
        withdraw_tokens(client_id=found.pk, by=self.principal, now=self.now)
        return redirect(reverse("client", args=[client]))
