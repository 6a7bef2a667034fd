"""The people of an authority: for all its people a list, for its administrators the place to invite and change them."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from accounts import forms as fields
from accounts import signing
from accounts.actions import people as acts
from accounts.labels import ROLES
from accounts.law.errors import RuleBroken
from accounts.law.people import ROLES_OF
from accounts.models import User
from accounts.principals import authority_behind
from accounts.views.page import ExchangeView


class RolesForm(forms.Form):
    """What a person may do."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, body: str, **options: Any) -> None:
        super().__init__(*args, **options)
        fields.offer(self, "roles", [(role, ROLES[role]) for role in ROLES_OF.get(body, ())])


class DescriptionForm(forms.Form):
    """Who a person is, and where their mail goes."""

    first_name = fields.optional(150, _("First name"))
    last_name = fields.optional(150, _("Last name"))
    email = fields.MailAddress(label=_("E-mail address"), max_length=254)
    team = fields.optional(80, _("Team"))


class InvitationForm(RolesForm, DescriptionForm):
    """A new person: they are mailed a link and choose their password themselves."""

    username = fields.Text(max_length=150, label=_("Log-in"))
    field_order = ("username", "first_name", "last_name", "email", "team", "roles")


class MailboxForm(forms.Form):
    """Where the authority's post goes."""

    mailbox = fields.MailAddress(
        label=_("Functional mailbox"), required=False, help_text=_("Receives what is told to the authority: ids only.")
    )


class People(ExchangeView, FormView):
    """One's own colleagues, their teams and roles; an administrator invites a new one here."""

    permission_needed = {"GET": "people.read", "POST": "people.manage"}
    template_name = "accounts/people.html"
    form_class = InvitationForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "body": self.principal.body}

    def form_valid(self, form: InvitationForm) -> HttpResponse:
        try:
            person = acts.add_person(**form.cleaned_data, by=self.principal, now=self.now)
        except RuleBroken as refusal:
            self.add_refusal(form, refusal)
            return self.form_invalid(form)
        return redirect("person", person=person.pk)

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = User.people.visible_to(self.principal).order_by("-is_active", "last_name", "first_name", "username")
        mailbox = {"mailbox": authority_behind(self.request).mailbox}
        return super().get_context_data(
            object_list=rows,
            may_manage=self.principal.may("people.manage"),
            mailbox_form=MailboxForm(initial=mailbox),
            **kwargs,
        )


class SetMailbox(ExchangeView, FormView):
    """Say where the authority's post goes."""

    permission_needed = "people.manage"
    http_method_names = ["post"]
    form_class = MailboxForm

    def form_valid(self, form: MailboxForm) -> HttpResponse:
        acts.set_mailbox(mailbox=form.cleaned_data["mailbox"], by=self.principal, now=self.now)
        return redirect("people")

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self._message(" ".join(map(str, form.errors.get("mailbox", ()))), status=422)


class OnPerson(ExchangeView):
    """A page about one colleague, for administrators; another authority's people are not there."""

    permission_needed: str | dict[str, str] = "people.manage"

    def get_queryset(self) -> QuerySet[User]:
        return User.people.visible_to(self.principal)

    @cached_property
    def person(self) -> User:
        """The colleague."""
        found: User = get_object_or_404(self.get_queryset(), pk=self.kwargs["person"])
        return found


class Person(OnPerson, TemplateView):
    """One colleague: who they are, what they may do, the link they were sent; each form is an act of its own."""

    template_name = "accounts/person.html"

    def post(self, request: HttpRequest, person: UUID) -> HttpResponse:
        forms_of = {"roles": self._roles_form, "describe": self._description_form}
        kind = request.POST.get("act", "")
        if kind == "link":
            acts.send_link(person_id=self.person.pk, by=self.principal, now=self.now)
            return redirect("person", person=self.person.pk)
        if kind == "factors":
            signing.reset_factors(user=self.person, by=self.principal, now=self.now)
            return redirect("person", person=self.person.pk)
        if kind not in forms_of:
            raise Http404
        form, act = forms_of[kind](request.POST), acts.change_roles if kind == "roles" else acts.describe_person
        if form.is_valid():
            try:
                act(person_id=self.person.pk, by=self.principal, now=self.now, **form.cleaned_data)
            except RuleBroken as refusal:
                self.add_refusal(form, refusal)
            else:
                return redirect("person", person=self.person.pk)
        return self.render_to_response(self.get_context_data(**{f"{kind}_form": form}), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = {"roles_form": self._roles_form(), "describe_form": self._description_form(), **kwargs}
        given["person"] = self.person
        link = self.person.invitations.order_by("-invited_at").first()
        waits = link is not None and link.is_good(self.now)
        return super().get_context_data(
            link=link,
            link_waits=waits,
            is_oneself=self.person.pk == self.principal.id,
            form=next((one for one in (given["roles_form"], given["describe_form"]) if one.errors), None),
            **given,
        )

    def _roles_form(self, data: Any = None) -> RolesForm:
        return RolesForm(data, body=self.principal.body, initial={"roles": self.person.roles})

    def _description_form(self, data: Any = None) -> DescriptionForm:
        names = ("first_name", "last_name", "email", "team")
        return DescriptionForm(data, initial={name: getattr(self.person, name) for name in names})
