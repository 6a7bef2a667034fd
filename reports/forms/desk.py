"""The questions of the auditor's desk."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text
from accounts.law.witness import SHORTEST_REASON
from accounts.models import User
from accounts.principals import SEAT
from denials.models import Denial
from screening.models import Screening


class Question(forms.Form):
    """A question with its reason; `terms` is what goes on record of it."""

    reason = Text(
        label=_("Reason"),
        min_length=SHORTEST_REASON,
        max_length=1000,
        help_text=_("Why you ask; it goes on record before the answer is shown."),
    )

    def terms(self) -> dict[str, Any]:
        """Return the question as it goes on record."""
        return {}


class ReadersQuestion(Question):
    """Who saw this denial?"""

    denial = Text(label=_("Denial"), max_length=64, help_text=_("Its reference or id."))
    field_order = ("denial", "reason")

    def clean_denial(self) -> Denial:
        given = self.cleaned_data["denial"].strip()
        rows = Denial.objects.filter(reference__isnull=False)
        found: Denial | None = (rows.filter(pk=given) if _is_id(given) else rows.filter(reference=given)).first()
        if found is None:
            raise forms.ValidationError(_("There is no such denial in the register."))
        return found

    def terms(self) -> dict[str, Any]:
        return {"denial": str(self.cleaned_data["denial"].pk)}


class PersonQuestion(Question):
    """What did this person look at?"""

    person = Text(label=_("Person"), max_length=150, help_text=_("User name."))
    since = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("To, that day included"), widget=forms.DateInput(attrs={"type": "date"}))
    field_order = ("person", "since", "until", "reason")

    def clean_person(self) -> User:
        found = User.objects.filter(username=self.cleaned_data["person"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("Nobody goes by this name."))
        return found

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        since, until = given.get("since"), given.get("until")
        if since and until and not (date(2000, 1, 1) <= since <= until <= since + timedelta(days=366)):
            self.add_error("until", _("The days are reversed, or more than a year apart."))
        return given

    def terms(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {
            "person": str(given["person"].pk),
            "since": given["since"].isoformat(),
            "until": given["until"].isoformat(),
        }


class SampleQuestion(Question):
    """A random sample of cases with their dossiers."""

    number = forms.IntegerField(label=_("How many cases"), min_value=1, max_value=50)
    field_order = ("number", "reason")

    def terms(self) -> dict[str, Any]:
        return {"number": self.cleaned_data["number"]}


class UndercutsQuestion(Question):
    """All undercuts of a year."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    field_order = ("year", "reason")

    def terms(self) -> dict[str, Any]:
        return {"year": self.cleaned_data["year"]}


class ReplayQuestion(Question):
    """A screening done again."""

    screening = forms.UUIDField(label=_("Screening"), help_text=_("Its id, as the dossier or the certificate has it."))
    field_order = ("screening", "reason")

    def clean_screening(self) -> UUID:
        given: UUID = self.cleaned_data["screening"]
        if not Screening.objects.filter(pk=given).exists():
            raise forms.ValidationError(_("There is no such screening."))
        return given

    def terms(self) -> dict[str, Any]:
        return {"screening": str(self.cleaned_data["screening"])}


#: Kind of question to its form, in the order of the desk.
QUESTIONS: dict[str, type[Question]] = {
    "readers": ReadersQuestion,
    "person": PersonQuestion,
    "sample": SampleQuestion,
    "unscreened": Question,
    "undercuts": UndercutsQuestion,
    "replay": ReplayQuestion,
}


def span(since: str, until: str) -> tuple[datetime, datetime]:
    """Return the moments from the first day's beginning to the last day's end, at the seat of the institutions."""
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    return datetime.combine(first, time.min, SEAT), datetime.combine(last + timedelta(days=1), time.min, SEAT)


def _is_id(given: str) -> bool:
    try:
        UUID(given)
    except ValueError:
        return False
    return True
