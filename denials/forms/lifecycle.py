"""What an act upon a denial asks for beside its reason: an assessment, a court, a recall, a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import day, offer
from denials import labels
from denials.forms.acts import ReasonForm
from denials.forms.rows import LONGEST_LIST, optional
from denials.law.court import CourtFact, next_facts
from denials.law.lifecycle import FINAL_ACTS

LONGEST_LINE = 200


class AmendmentForm(ReasonForm):
    """Why it is amended, and whether that is the result of a review."""

    as_review = forms.BooleanField(
        label=_("This amendment is the result of the review"),
        required=False,
        help_text=_("The review is counted and the next one is due in three years."),
    )
    valid_from = day(_("It has been so since"))
    field_order = ("reason", "valid_from", "as_review")

    def __init__(self, *args: Any, knows_reviews: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_from"].help_text = _(
            "Only for a correction that reaches back: from this day on the register then reads so, from the decision "
            "at the earliest. Left out: from today on."
        )
        if not knows_reviews:
            del self.fields["as_review"]


class AssessmentForm(ReasonForm):
    """What the suspension becomes, decided when."""

    act = forms.ChoiceField(label=_("The suspension becomes"))
    decided_on = day(_("Date of the final assessment"))
    field_order = ("act", "decided_on", "reason")

    def __init__(self, *args: Any, known: tuple[str, ...] = FINAL_ACTS, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, labels.ACTS[one]) for one in FINAL_ACTS if one in known]
        offer(self, "act", choices)
        self.fields["decided_on"].required = True


class CourtForm(ReasonForm):
    """What a court did, when, which court, and its number."""

    fact = forms.ChoiceField(label=_("What happened"))
    on = day(_("On"))
    court = optional(LONGEST_LINE, _("Court"))
    number = optional(LONGEST_LINE, _("Number of the case"))
    field_order = ("fact", "on", "court", "number", "reason")

    def __init__(self, *args: Any, last: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "fact", [(str(one), labels.COURT_FACTS[one]) for one in next_facts(last)])
        self.fields["on"].required = True
        self.fields["reason"].label = _("Remark")

    def fact_given(self) -> CourtFact:
        """Return the fact as stated."""
        given = self.cleaned_data
        return CourtFact(given["fact"], given["on"], given["court"], given["number"])


class RecallForm(ReasonForm):
    """What all who received the denial are asked to do, and why."""

    demand = forms.ChoiceField(label=_("They are asked to"), choices=tuple(labels.DEMANDS.items()))
    what = optional(LONGEST_LIST, _("What to delete or correct"), rows=3)
    field_order = ("demand", "what", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["what"].required = True


class NoteForm(forms.Form):
    """What was done about a recall, for its issuer to read."""

    note = optional(LONGEST_LIST, _("What was done"), rows=3)
