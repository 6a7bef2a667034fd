"""What an officer types into a thread, an opening or a decision."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from accounts.forms import Text, offer
from consultations.labels import ANSWERS, CHANNELS, CONCLUSIONS, DECISIONS, MARKINGS, OWNERS, SHARES, TASKS, UNITS
from consultations.law.sharing import ALWAYS, USUAL, Share
from consultations.law.terms import NEEDS_REASONS, Kind, Terms, extension_left
from consultations.models import Decision

LONGEST = 20_000  # characters
Shown = list[tuple[str, str]]
SUMMARY = _("Summary in English, beside the original")


class Prose(Text):
    """Text of several lines."""

    def __init__(self, *, rows: int = 4, **options: Any) -> None:
        super().__init__(rows=rows, max_length=LONGEST, **options)


class ActForm(forms.Form):
    """The form of one act; `shown()` is what the preview prints of it."""

    def shown(self) -> Shown:
        """Return label and text of what was typed, for the preview."""
        rows = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value not in (None, "", []):
                rows.append((str(field.label), self.words(name, value)))
        return rows

    def words(self, name: str, value: Any) -> str:
        """Say a value as its reader will see it."""
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))

    def given(self) -> dict[str, Any]:
        """Return the arguments of the act."""
        return dict(self.cleaned_data)


class AnswerForm(ActForm):
    """The structured answer first, the words second."""

    outcome = forms.ChoiceField(label=_("Answer"), widget=forms.RadioSelect)
    reasoning = Prose(label=_("Reasons"), required=False)
    summary = Prose(label=SUMMARY, rows=2, required=False)
    denial_still_valid = forms.ChoiceField(
        label=_("Is the denial still valid?"),
        required=False,
        choices=[("", _("not stated")), ("yes", _("Yes")), ("no", _("No"))],
    )

    def __init__(self, *args: Any, terms: Terms, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "outcome", [(str(one), ANSWERS[str(one)]) for one in terms.answers])
        if terms.kind is Kind.FORMAL:  # it is about no denial
            del self.fields["denial_still_valid"]
        if len(terms.answers) == 1:
            self.fields["outcome"].initial = str(terms.answers[0])
            self.fields["reasoning"].required = terms.answers[0] in NEEDS_REASONS

    def clean(self) -> dict[str, Any]:
        """An answer that is in its words needs them before it is previewed."""
        data = super().clean() or {}
        if data.get("outcome") in NEEDS_REASONS and not data.get("reasoning") and "reasoning" not in self.errors:
            self.add_error("reasoning", _("This answer needs its reasons."))
        return data

    def given(self) -> dict[str, Any]:
        valid = {"yes": True, "no": False}.get(self.cleaned_data.get("denial_still_valid", ""))
        return {**self.cleaned_data, "denial_still_valid": valid}


class InformationForm(ActForm):
    """What is asked, or given."""

    text = Prose(label=_("Text"))
    summary = Prose(label=SUMMARY, rows=2, required=False)


class ExtensionForm(ActForm):
    """How much more time, and why."""

    amount = forms.IntegerField(label=_("Extension"), min_value=1)
    reason = Prose(label=_("Reason"), rows=2)
    summary = Prose(label=SUMMARY, rows=2, required=False)

    def __init__(self, *args: Any, terms: Terms, agreed: int, **options: Any) -> None:
        super().__init__(*args, **options)
        left = extension_left(terms, agreed)
        unit = UNITS[str(terms.reply.unit)] if terms.reply else ""
        self.fields["amount"].help_text = _("In %(unit)s; at most %(left)s.") % {"unit": unit, "left": left}


class ConsentForm(ActForm):
    """Nothing to type."""


class ReasonForm(ActForm):
    """Why."""

    reason = Prose(label=_("Reason"), rows=2)
    summary = Prose(label=SUMMARY, rows=2, required=False)


class OptionalReasonForm(ActForm):
    """Why, if said."""

    reason = Prose(label=_("Reason"), rows=2, required=False)
    summary = Prose(label=SUMMARY, rows=2, required=False)


class OptionalTextForm(ActForm):
    """A text, if there is one."""

    text = Prose(label=_("Text"), rows=2, required=False)
    summary = Prose(label=SUMMARY, rows=2, required=False)


class LocalMoment(forms.DateTimeField):
    """A moment typed in the legal time of one's own state."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **options)
        self.zone: tzinfo = UTC

    def to_python(self, value: Any) -> datetime | None:
        found = super().to_python(value)
        return found.replace(tzinfo=self.zone, fold=0) if isinstance(found, datetime) else None


class ElsewhereForm(AnswerForm):
    """An answer given by another channel, with its true time."""

    channel = forms.ChoiceField(label=_("Given by"), choices=list(CHANNELS.items()))
    given_at = LocalMoment(label=_("Given at"))
    summary = None  # type: ignore[assignment]  # it was said elsewhere, in its own words
    field_order = ("channel", "given_at", "outcome", "reasoning", "denial_still_valid")

    def __init__(self, *args: Any, zone: tzinfo, place: str, **options: Any) -> None:
        super().__init__(*args, **options)
        given_at: Any = self.fields["given_at"]
        given_at.zone = zone
        given_at.help_text = _("In the legal time of %(place)s.") % {"place": place}


class WindowForm(ActForm):
    """When the exchange could not be used, and why."""

    began_at = LocalMoment(label=_("Unavailable from (UTC)"))
    ended_at = LocalMoment(label=_("Available again from (UTC); leave empty while it lasts"), required=False)
    reason = Prose(label=_("What happened"), rows=3)


class WindowEndForm(ActForm):
    """When the exchange was available again."""

    ended_at = LocalMoment(label=_("Available again from (UTC)"))


class CalendarForm(ActForm):
    """A year's list of public holidays, one a line: day and name."""

    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2100)
    holidays = Prose(label=_("Public holidays, one a line: 2026-04-03 Good Friday"), rows=16, required=False)
    source = Text(label=_("Source: the list sent and where it was published"), max_length=500)

    def clean_holidays(self) -> dict[date, str]:
        """Return day to name; a line that is none is named."""
        found: dict[date, str] = {}
        for line in filter(str.strip, self.cleaned_data["holidays"].splitlines()):
            day, _space, name = line.strip().partition(" ")
            try:
                on = date.fromisoformat(day)
            except ValueError:
                raise forms.ValidationError(_("This line begins with no day: %(line)s") % {"line": line[:80]}) from None
            if on in found or not name.strip():
                raise forms.ValidationError(
                    _("This line names no holiday, or a day twice: %(line)s") % {"line": line[:80]}
                )
            if len(name) > 200:
                raise forms.ValidationError(_("This name is longer than 200 characters."))
            found[on] = name.strip()
        return found


class DocumentForm(forms.Form):
    """A document and how it is to be handled."""

    document = forms.FileField(
        label=_("Document"),
        help_text=_("PDF, PNG, JPEG, TXT, CSV, DOCX, XLSX or ODT; at most 5 MB. Nothing classified."),
    )
    marking = forms.ChoiceField(label=_("Marking"), choices=list(MARKINGS.items()))


class AssignForm(forms.Form):
    """Which colleague looks after a thread; empty for nobody."""

    person = forms.ChoiceField(label=_("Looked after by"), required=False)

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "person", [("", _("nobody")), *colleagues])


class AbsenceForm(forms.Form):
    """Who stands in, and until when."""

    stand_in = forms.ChoiceField(label=_("Stand-in"))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "stand_in", list(colleagues))


class DutyForm(forms.Form):
    """Who looks after what comes in for a regime."""

    regime = Text(max_length=32, widget=forms.HiddenInput)
    officer = forms.ChoiceField(label=_("On duty"), required=False)

    def __init__(self, *args: Any, colleagues: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "officer", [("", _("nobody")), *colleagues])


class FilterForm(forms.Form):
    """A name for the filters that are chosen in the inbox."""

    name = Text(label=_("Keep these filters as"), max_length=60)
    owner = forms.ChoiceField(required=False, choices=[("", ""), *OWNERS.items()], widget=forms.HiddenInput)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *TASKS.items()], widget=forms.HiddenInput)


class NoteForm(ActForm):
    """A note that stays inside."""

    text = Prose(label=_("Internal note"), rows=2)


class OpenForm(ActForm):
    """Which hits to consult on, what is asked, and what of the application is shared."""

    hits = forms.MultipleChoiceField(label=_("Denials to consult on"), widget=forms.CheckboxSelectMultiple)
    question = Prose(label=_("Question"), required=False, rows=3)
    summary = Prose(label=SUMMARY, rows=2, required=False)
    share = forms.MultipleChoiceField(
        label=_("Shared with the other side"),
        help_text=_("Nothing else of the application travels. Items and parties always do."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(str(one), SHARES[str(one)]) for one in Share],
        initial=[str(one) for one in Share if one in USUAL],
    )

    def __init__(self, *args: Any, hits: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "hits", list(hits))

    def clean_share(self) -> Sequence[str]:
        """What is indispensable is always among it."""
        return sorted({*self.cleaned_data["share"], *(str(one) for one in ALWAYS)})


class ExplanationForm(ActForm):
    """The explanation owed with a grant after consultation."""

    explanation = Prose(label=_("Explanation to those who are told of the grant"))
    quantity = Text(label=_("Quantity or value granted"), required=False, max_length=120)
    conditions = Prose(label=_("Conditions of the grant"), required=False, rows=2)


class QueryForm(ActForm):
    """A consultation under another rule than that on denials: about an own application, or about facts stated."""

    states = forms.MultipleChoiceField(label=_("States asked"), widget=forms.CheckboxSelectMultiple, required=False)
    subject = Text(label=_("Subject"), max_length=200)
    reference = Text(label=_("Reference of the case at the other side"), max_length=60, required=False)
    items = Prose(label=_("Items, one a line: entry, then description"), rows=3, required=False)
    end_user = Text(label=_("End-user"), max_length=300, required=False)
    destination = forms.RegexField(
        r"^[A-Z]{2}$", label=_("Destination, by its two letters"), required=False, max_length=2, min_length=2
    )
    share = forms.MultipleChoiceField(
        label=_("Shared with the other side"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[(str(one), SHARES[str(one)]) for one in Share],
        initial=[str(one) for one in Share if one in USUAL],
    )
    question = Prose(label=_("Question"), required=False, rows=3)
    summary = Prose(label=SUMMARY, rows=2, required=False)

    def __init__(
        self, *args: Any, terms: Terms, states: Iterable[tuple[str, str]], with_application: bool, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.terms, self.with_application = terms, with_application
        offer(self, "states", list(states))
        if terms.to_all:
            self.fields["states"].help_text = _("All other members, if none is chosen.")
        stated = ("subject", "reference", "items", "end_user", "destination")
        for name in stated if with_application else ("share",):
            del self.fields[name]

    def clean_share(self) -> Sequence[str]:
        """What is indispensable is always among it."""
        return sorted({*self.cleaned_data["share"], *(str(one) for one in ALWAYS)})

    def given(self) -> dict[str, Any]:
        kept = self.cleaned_data
        found: dict[str, Any] = {"states": kept["states"]}
        if self.with_application:
            return found | {"shared": kept["share"]}
        end_user = {"role": "end_user", "name": kept["end_user"], "country": kept["destination"]}
        statement = {
            "subject": kept["subject"],
            "reference": kept["reference"],
            "items": [_item_of(line) for line in kept["items"].splitlines() if line.strip()],
            "parties": [end_user] if kept["end_user"] else [],
            "destinations": [kept["destination"]] if kept["destination"] else [],
        }
        return found | {"statement": statement}


def _item_of(line: str) -> dict[str, str]:
    """Read an item: an entry holds a digit and no space; a line without one is a description."""
    first, _space, rest = line.strip().partition(" ")
    coded = any(sign.isdigit() for sign in first) and bool(rest)
    return {"code": first, "description": rest.strip()} if coded else {"code": "", "description": line.strip()}


class ConclusionForm(ActForm):
    """How a consultation was concluded."""

    outcome = forms.ChoiceField(label=_("Conclusion"), widget=forms.RadioSelect)
    text = Prose(label=_("To the other side"), required=False)
    summary = Prose(label=SUMMARY, rows=2, required=False)
    explanation = Prose(
        label=_("Explanation to everybody who is told"),
        help_text=_("The other side, and where the text says so all members and the Commission."),
        required=False,
    )

    def __init__(self, *args: Any, outcomes: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "outcome", [(one, CONCLUSIONS[one]) for one in outcomes])


class DecisionForm(ActForm):
    """Grant, refuse, or withdrawn by the applicant; a grant after consultation with its explanation."""

    outcome = forms.ChoiceField(
        label=_("Decision"),
        widget=forms.RadioSelect,
        choices=[(str(one), DECISIONS[str(one)]) for one in Decision.Outcome.values],
    )
    decided_on = forms.DateField(label=_("Decided on"), widget=forms.DateInput(attrs={"type": "date"}))
    reasons = Prose(label=_("Reasons (stay inside; needed for a refusal)"), required=False)
    explanation = Prose(label=_("Explanation to those who are told of the grant"), required=False)
    quantity = Text(label=_("Quantity or value granted"), required=False, max_length=120)
    conditions = Prose(label=_("Conditions of the grant"), required=False, rows=2)
    draft_denial = forms.BooleanField(
        label=_("If refused: prepare our own denial, prefilled from this application"), required=False, initial=True
    )
    nationally = forms.BooleanField(
        label=_("If granted: the grant was already taken nationally; record it although the gate is closed"),
        help_text=_("What stands against it is kept as flags, shown to your supervisor and the auditors."),
        required=False,
    )

    def __init__(self, *args: Any, today: date, consulted: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.consulted = consulted
        self.fields["decided_on"].initial = today
        if not consulted:
            for name in ("explanation", "quantity", "conditions"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Drop what belongs to another outcome; ask for what this one needs."""
        data: dict[str, Any] = super().clean() or {}
        outcome = data.get("outcome")
        data["draft_denial"] = bool(data.get("draft_denial")) and outcome == Decision.Outcome.REFUSED
        if outcome == Decision.Outcome.REFUSED and not data.get("reasons"):
            self.add_error("reasons", _("A refusal needs its reasons."))
        data["nationally"] = bool(data.get("nationally")) and outcome == Decision.Outcome.GRANTED
        owes = outcome == Decision.Outcome.GRANTED and self.consulted and not data["nationally"]
        if owes and not data.get("explanation"):
            self.add_error("explanation", _("A grant after consultation owes its explanation."))
        return data

    def given(self) -> dict[str, Any]:
        kept = dict(self.cleaned_data)
        if kept["outcome"] != Decision.Outcome.GRANTED:
            for name in ("explanation", "quantity", "conditions"):
                kept.pop(name, None)
        return kept


class RestrictForm(forms.Form):
    """The officers who may see a case, and why nobody else."""

    people = forms.MultipleChoiceField(label=_("Who may see it"), widget=forms.CheckboxSelectMultiple)
    reason = Prose(label=_("Reason"), rows=2)

    def __init__(self, *args: Any, officers: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "people", officers)

    def given(self) -> dict[str, Any]:
        """Return the arguments of the act."""
        return {"people": [UUID(one) for one in self.cleaned_data["people"]], "reason": self.cleaned_data["reason"]}


class InviteForm(ActForm):
    """Who is invited, to which sections, until the end of which day, and why."""

    authority = forms.ChoiceField(label=_("Who is invited"))
    sections = forms.MultipleChoiceField(label=_("Sections"), widget=forms.CheckboxSelectMultiple)
    until = forms.DateField(
        label=_("Until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MaxValueValidator(date(2100, 12, 31))],
    )
    reason = Prose(label=_("Reason"), rows=2)

    def __init__(
        self,
        *args: Any,
        bodies: Iterable[tuple[str, str]],
        sections: Iterable[tuple[str, Any]],
        zone: tzinfo,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.zone = zone
        offer(self, "authority", bodies)
        offer(self, "sections", sections)

    def words(self, name: str, value: Any) -> str:
        if name == "sections":
            return ", ".join(super(InviteForm, self).words(name, one) for one in value)
        return super().words(name, value)

    def given(self) -> dict[str, Any]:
        day = self.cleaned_data["until"]
        until = datetime.combine(day + timedelta(days=1), time.min, self.zone)
        return {**super().given(), "until": until}
