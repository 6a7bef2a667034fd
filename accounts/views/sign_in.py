"""In and out: a password, then a second factor. In the demonstration the cast is offered by role, one step each."""

from typing import Any

from django import forms
from django.contrib.auth.views import LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView, TemplateView

from accounts import factors, signing
from accounts.labels import ROLES
from accounts.models import IdentityProvider, User
from accounts.principals import moment_of, principal_of
from accounts.views import entrance
from accounts.views.page import ExchangeView, next_of


class PasswordForm(forms.Form):
    """A log-in and its password."""

    username = forms.CharField(
        label=_("Log-in"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=500,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class SignIn(FormView):
    """The first step: a password, or the identity provider of one's authority."""

    template_name = "accounts/sign_in.html"
    form_class = PasswordForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if principal_of(request).kind == "user":
            return redirect(reverse("inbox"))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: PasswordForm) -> HttpResponse:
        username, at = form.cleaned_data["username"], moment_of(self.request)
        source = entrance.source_of(self.request, username)
        tried = signing.try_password(username=username, password=form.cleaned_data["password"], source=source, now=at)
        if tried.user is not None:
            to = next_of(self.request)
            return redirect(entrance.begin(self.request, tried.user, means="password", to=to, at=at))
        if tried.wait:
            entrance.say_wait(form, tried.wait)
        else:
            form.add_error(None, _("Log-in and password do not go together. Mind upper and lower case."))
        return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            next=self.request.POST.get("next") or self.request.GET.get("next", ""),
            providers=IdentityProvider.objects.filter(is_active=True).order_by("name"),
            demo_people=_cast() if entrance.is_demo(self.request) else [],
            **kwargs,
        )


class SecondStep(FormView):
    """The second step: nothing else is reachable until it is done."""

    template_name = "accounts/second_step.html"
    form_class = entrance.FactorForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.halfway = entrance.halfway_of(request, moment_of(request))
        if self.halfway is None or not factors.is_enrolled(self.halfway.user):
            return redirect("enrol" if self.halfway else "sign-in")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        shown = entrance.is_demo(self.request) and self.halfway is not None
        return {"code": factors.next_app_code(self.halfway.user)} if shown and self.halfway else {}

    def form_valid(self, form: entrance.FactorForm) -> HttpResponse:
        halfway, at = self.halfway, moment_of(self.request)
        assert halfway is not None
        source = entrance.source_of(self.request, halfway.user.username)
        proof = signing.try_factor(user=halfway.user, given=form.given(), source=source, now=at)
        if not entrance.judge(form, proof):
            return self.form_invalid(form)
        entrance.enter(self.request, halfway.user, means=f"{halfway.means}, {proof.means}", at=at)
        return entrance.remember(self.request, redirect(halfway.next or reverse("inbox")), halfway.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question = factors.question_of(self.halfway.user) if self.halfway else ""
        return super().get_context_data(question=question, **kwargs)


class DemoSignIn(View):
    """Take the place of one of the cast, second factor included; there is no such address outside the demonstration."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not entrance.is_demo(request):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("username", "").replace("\0", "")
        person = get_object_or_404(User, username=name, is_active=True, authority__isnull=False)
        entrance.enter(request, person, means="demonstration", at=moment_of(request))
        return redirect(next_of(request) or reverse("inbox"))


class SignOut(LogoutView):
    """Sign out; the session is gone at once."""

    http_method_names = ["post"]


class FirstDay(ExchangeView, TemplateView):
    """The five doors, explained."""

    template_name = "accounts/first_day.html"


def _cast() -> list[dict[str, Any]]:
    people = User.objects.filter(is_active=True, authority__isnull=False).select_related("authority")
    return [
        {
            "username": person.username,
            "authority": person.authority,
            "role": ", ".join(str(ROLES.get(role, role)) for role in person.roles),
        }
        for person in people.order_by("authority__code", "username")
    ]
