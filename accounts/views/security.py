"""One's own security: second factors, sessions, the password; and proving who one is before legal acts."""

from abc import ABC, abstractmethod
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, ListView, TemplateView, View

from accounts import factors, sessions, signing
from accounts.forms import Text
from accounts.labels import rule_text
from accounts.law.errors import RuleBroken
from accounts.models import PersonSession, User
from accounts.principals import moment_of, user_of
from accounts.views import entrance, proving
from accounts.views.page import ExchangeView, next_of

SECRET = "new_factor"  # noqa: S105 - the name under which a session keeps the secret of an app being added


class AppForm(forms.Form):
    """The first code an authenticator app shows."""

    code = forms.CharField(
        label=_("Code the app shows"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class KeyForm(forms.Form):
    """A security key's answer, which the browser fills in, and what one calls the key."""

    name = Text(label=_("Name of the key"), max_length=60, help_text=_("So that you know it again."))
    answer = entrance.key_answer()


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    password = forms.CharField(
        label=_("New password"),
        max_length=500,
        strip=False,
        help_text=_("At least 15 characters; a sentence does well."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("New password once more"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("password") != given.get("again"):
            self.add_error("again", _("The two are not the same."))
        return given


class Enrolling(TemplateView, ABC):
    """Two ways to a factor on one page: an authenticator app or a security key; `act` says which was sent."""

    @abstractmethod
    def person(self) -> User:
        """Who gets the factor."""

    @abstractmethod
    def secret(self) -> str:
        """The secret offered to the app, the same until it was taken."""

    @abstractmethod
    def added(self, user: User, kind: str, codes: list[str]) -> HttpResponse:
        """Answer after a factor was added."""

    def post(self, request: HttpRequest) -> HttpResponse:
        key = request.POST.get("act") == "key"
        form: AppForm | KeyForm = KeyForm(request.POST) if key else AppForm(request.POST)
        if form.is_valid():
            user, at, given = self.person(), moment_of(request), form.cleaned_data
            try:
                if key:
                    codes = signing.add_key(user=user, name=given["name"], answer=given["answer"], now=at)
                else:
                    codes = signing.add_app(user=user, secret=self.secret(), code=given["code"], now=at)
            except RuleBroken as refusal:
                form.add_error("name" if key else "code", rule_text(refusal))
            else:
                return self.added(user, "key" if key else "app", codes)
        return self.render_to_response(self.get_context_data(**{"key_form" if key else "app_form": form}))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, secret = self.person(), self.secret()
        offered = {"app_form": AppForm(auto_id="app_%s"), "key_form": KeyForm(auto_id="key_%s")}
        return super().get_context_data(
            person=user,
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            picture=factors.picture_of(user, secret),
            registration=factors.registration_of(user),
            **{**offered, **kwargs},
        )


class Enrol(Enrolling):
    """The first sign-in: nothing else is reachable before a second factor is there."""

    template_name = "accounts/enrol.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.halfway = entrance.halfway_of(request, moment_of(request))
        if self.halfway is None or factors.is_enrolled(self.halfway.user):
            return redirect("second-step" if self.halfway else "sign-in")
        return super().dispatch(request, *args, **kwargs)

    def person(self) -> User:
        assert self.halfway is not None
        return self.halfway.user

    def secret(self) -> str:
        assert self.halfway is not None
        return self.halfway.secret

    def added(self, user: User, kind: str, codes: list[str]) -> HttpResponse:
        assert self.halfway is not None
        means = f"{self.halfway.means}, {kind}"
        entrance.enter(self.request, user, means=means, at=moment_of(self.request))
        shown = _codes(self.request, codes, self.halfway.next or reverse("inbox"))
        return entrance.remember(self.request, shown, user)


class Factors(ExchangeView, Enrolling):
    """One's second factors: what there is, another one, other recovery codes."""

    template_name = "accounts/second_factor.html"
    proof_needed = True

    def person(self) -> User:
        return _person(self)

    def secret(self) -> str:
        kept: str = self.request.session.setdefault(SECRET, factors.new_secret())
        return kept

    def added(self, user: User, kind: str, codes: list[str]) -> HttpResponse:
        self.request.session.pop(SECRET, None)
        return _codes(self.request, codes, reverse("second-factor")) if codes else redirect("second-factor")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.person()
        held = factors.of_person(user)
        return super().get_context_data(held=held, left=factors.recovery_codes_left(user), **kwargs)


class RemoveFactor(ExchangeView, View):
    """Remove one of several factors."""

    http_method_names = ["post"]
    proof_needed = True

    def post(self, request: HttpRequest, factor: int) -> HttpResponse:
        signing.remove_factor(user=_person(self), factor_id=factor, now=self.now)
        return redirect("second-factor")


class RecoveryCodes(ExchangeView, View):
    """Make new recovery codes; they are shown this once."""

    http_method_names = ["post"]
    proof_needed = True

    def post(self, request: HttpRequest) -> HttpResponse:
        codes = signing.renew_recovery_codes(user=_person(self), now=self.now)
        return _codes(request, codes, reverse("second-factor"))


class Password(ExchangeView, FormView):
    """Change one's password; every other session ends."""

    template_name = "accounts/password.html"
    form_class = NewPasswordForm
    proof_needed = True

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        user = _person(self)
        try:
            signing.set_password(user=user, password=form.cleaned_data["password"], now=self.now)
        except ValidationError as weak:
            form.add_error("password", weak)
            return self.form_invalid(form)
        entrance.enter(self.request, user, means="new password", at=self.now)
        return redirect("second-factor")


class Invited(FormView):
    """Set a password by an invitation; signing in, second factor included, comes after."""

    template_name = "accounts/invitation.html"
    form_class = NewPasswordForm

    def form_valid(self, form: NewPasswordForm) -> HttpResponse:
        at = moment_of(self.request)
        found = signing.invitation_of(self.kwargs["token"], now=at)
        if found is None:
            return self.form_invalid(form)
        try:
            user = signing.set_first_password(invitation_id=found.pk, password=form.cleaned_data["password"], now=at)
        except ValidationError as weak:
            form.add_error("password", weak)
            return self.form_invalid(form)
        return redirect(entrance.begin(self.request, user, means="invitation", to="", at=at))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = signing.invitation_of(self.kwargs["token"], now=moment_of(self.request))
        return super().get_context_data(invited=found.user if found else None, **kwargs)


class Sessions(ExchangeView, ListView):
    """Where one is signed in: browser, since when, last used. The place is not known, and not asked for."""

    template_name = "accounts/sessions.html"

    def get_queryset(self) -> Any:
        return PersonSession.objects.visible_to(self.principal).order_by("-used_at")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = sessions.row_of(self.request)
        return super().get_context_data(here=row.handle if row else None, limits=sessions.limits(), **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """End all but this one."""
        row = sessions.row_of(request)
        signing.end_sessions(user=_person(self), by=self.principal, now=self.now, but=row.handle if row else None)
        return redirect("sessions")


class EndSession(ExchangeView, View):
    """End one of one's own sessions."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, session: UUID) -> HttpResponse:
        signing.end_session(handle=session, by=self.principal, now=self.now)
        return redirect("sessions")


class EndSessionsOf(ExchangeView, View):
    """End all sessions of a colleague."""

    http_method_names = ["post"]
    permission_needed = "people.manage"

    def post(self, request: HttpRequest, person: UUID) -> HttpResponse:
        colleague = get_object_or_404(User.people.visible_to(self.principal), pk=person)
        signing.end_sessions(user=colleague, by=self.principal, now=self.now)
        return redirect("people")


class Prove(ExchangeView, View):
    """Prove who one is before it is asked for; REST by session leads here."""

    proof_needed = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.prove_first()

    def post(self, request: HttpRequest) -> HttpResponse:
        if proving.is_given(request):
            return self.prove_first()
        return redirect(next_of(request) or reverse("inbox"))


def _person(view: ExchangeView) -> User:
    found = user_of(view.principal)
    assert found is not None  # pages are for people: `ExchangeView` let nobody else in
    return found


def _codes(request: HttpRequest, codes: list[str], to: str) -> HttpResponse:
    shown = [f"{code[:4]} {code[4:8]} {code[8:]}" for code in codes]
    return render(request, "accounts/recovery_codes.html", {"codes": shown, "to": to})
