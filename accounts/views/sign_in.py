"""In and out. In the demonstration the cast is offered by role, one step each."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from django.views.generic import TemplateView

from accounts.actions import record_sign_in
from accounts.clock import now
from accounts.labels import ROLES
from accounts.models import User
from accounts.principals import of_user
from accounts.views.page import ExchangeView, next_of


class SignIn(LoginView):
    """Sign in with a password; every sign-in is on the audit trail."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _record(self.request)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return {**context, "demo_people": _cast() if settings.EXCHANGE_DEMO else []}


class DemoSignIn(View):
    """Take the place of one of the cast; there is no such address outside the demonstration."""

    http_method_names = ["post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.EXCHANGE_DEMO:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        name = request.POST.get("username", "").replace("\0", "")
        person = get_object_or_404(User, username=name, is_active=True)
        login(request, person, backend="django.contrib.auth.backends.ModelBackend")
        _record(request)
        return redirect(next_of(request) or reverse("inbox"))


class SignOut(LogoutView):
    """Sign out; the session is gone at once."""

    http_method_names = ["post"]


class FirstDay(ExchangeView, TemplateView):
    """The five doors, explained."""

    template_name = "accounts/first_day.html"


def _record(request: HttpRequest) -> None:
    user: Any = request.user
    moment = now()
    record_sign_in(user=user, by=of_user(user, at=moment), now=moment)


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
