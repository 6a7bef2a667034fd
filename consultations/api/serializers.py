"""What comes in, field by field; a member not named here is refused."""

from typing import Any

from rest_framework import serializers

from accounts.api.fields import DayField, StrictSerializer, TextField
from consultations.law.documents import Marking
from consultations.law.sharing import USUAL, Share
from consultations.law.terms import CONCLUSIONS, OPENED_BY_HAND, known_rules
from consultations.law.terms import Answer as Outcome
from consultations.models import AnswerElsewhere, Decision
from denials.law.transactions import Role

LONGEST = 20_000  # characters of a text of a thread


def prose(**options: Any) -> TextField:
    """A text of several lines."""
    return TextField(multiline=True, max_length=LONGEST, **options)


def in_english() -> TextField:
    """A summary beside the original words."""
    return prose(required=False, default="", allow_blank=True, help_text="In English, beside the original.")


# ---- in ----------------------------------------------------------------------------------------------------------


class OpenIn(StrictSerializer):
    """The application, the hits or denials to consult on, and what of the application is shared."""

    application = serializers.UUIDField()
    hits = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=200)
    denials = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=200)
    question = prose(required=False, default="", allow_blank=True)
    summary = in_english()
    share = serializers.ListField(
        child=serializers.ChoiceField(choices=[str(one) for one in Share]),
        required=False,
        default=lambda: sorted(USUAL),
        help_text="Parts of the application that travel; nothing else does. Items and parties always do.",
    )


class StatedItemIn(StrictSerializer):
    """An item of the case."""

    code = TextField(required=False, default="", allow_blank=True, max_length=64)
    description = TextField(max_length=1000)


class StatedPartyIn(StrictSerializer):
    """A party of the case; the exporter is never shared."""

    role = serializers.ChoiceField(choices=[str(one) for one in Role])
    name = TextField(max_length=300)
    country = serializers.RegexField(r"^[A-Z]{2}$", required=False, default="", allow_blank=True)


class QueryIn(StrictSerializer):
    """A consultation under a rule other than that on denials: about an own application, or about facts stated."""

    rule = serializers.ChoiceField(choices=[rule for rule in known_rules() if rule in OPENED_BY_HAND])
    states = serializers.ListField(
        child=serializers.RegexField(r"^[A-Z]{2}$"),
        required=False,
        default=list,
        max_length=40,
        help_text="Who is asked; for a review under Art. 5(5) all other members if empty.",
    )
    application = serializers.UUIDField(required=False, default=None, allow_null=True)
    share = serializers.ListField(
        child=serializers.ChoiceField(choices=[str(one) for one in Share]),
        required=False,
        default=lambda: sorted(USUAL),
    )
    denials = serializers.ListField(child=serializers.UUIDField(), required=False, default=list, max_length=50)
    subject = TextField(required=False, default="", allow_blank=True, max_length=200)
    reference = TextField(required=False, default="", allow_blank=True, max_length=60)
    items = StatedItemIn(many=True, required=False, default=list)
    parties = StatedPartyIn(many=True, required=False, default=list)
    destinations = serializers.ListField(
        child=serializers.RegexField(r"^[A-Z]{2}$"), required=False, default=list, max_length=50
    )
    question = prose(required=False, default="", allow_blank=True)
    summary = in_english()


class AssignIn(StrictSerializer):
    """The colleague who looks after it; null for nobody."""

    person = serializers.UUIDField(allow_null=True)


class ConclusionIn(StrictSerializer):
    """How the consultation was concluded."""

    outcome = serializers.ChoiceField(choices=sorted({one for ends in CONCLUSIONS.values() for one in ends.outcomes}))
    text = prose(required=False, default="", allow_blank=True)
    summary = in_english()
    explanation = prose(required=False, default="", allow_blank=True, help_text="To everybody who is told of it.")


class AnswerIn(StrictSerializer):
    """The structured answer, its reasons, and whether the denial is still valid."""

    outcome = serializers.ChoiceField(choices=[str(one) for one in Outcome])
    reasoning = prose(required=False, default="", allow_blank=True)
    summary = in_english()
    denial_still_valid = serializers.BooleanField(required=False, default=None, allow_null=True)


class TextIn(StrictSerializer):
    """A text the other side will read, in any language, with a summary in English beside it if one is given."""

    text = prose()
    summary = in_english()


class DocumentIn(StrictSerializer):
    """A document, its bytes in base64; it is sent at once."""

    name = TextField(max_length=120)
    content = serializers.CharField(max_length=900_000, help_text="Base64.")
    marking = serializers.ChoiceField(choices=[str(one) for one in Marking], required=False, default="unmarked")


class ExtensionIn(StrictSerializer):
    """How many units of the rule's period, and why."""

    amount = serializers.IntegerField(min_value=1, max_value=1000)
    reason = prose()
    summary = in_english()


class NothingIn(StrictSerializer):
    """No content."""


class RefusalIn(StrictSerializer):
    """Why the extension is refused, if said."""

    reason = prose(required=False, default="", allow_blank=True)
    summary = in_english()


class ReasonIn(StrictSerializer):
    """Why."""

    reason = prose()
    summary = in_english()


class DecisionIn(StrictSerializer):
    """The decision on an application; a grant after consultation needs its explanation."""

    application = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=Decision.Outcome.values)
    reasons = prose(required=False, default="", allow_blank=True)
    decided_on = serializers.DateField(required=False, default=None, allow_null=True)
    explanation = prose(required=False, default="", allow_blank=True)
    quantity = TextField(required=False, default="", allow_blank=True, max_length=120)
    conditions = prose(required=False, default="", allow_blank=True)
    draft_denial = serializers.BooleanField(required=False, default=False)
    nationally = serializers.BooleanField(
        required=False,
        default=False,
        help_text="A grant already taken outside the exchange: recorded although the gate is closed, and flagged.",
    )


class ExplanationIn(StrictSerializer):
    """The explanation a grant after consultation still owes."""

    explanation = prose()
    quantity = TextField(required=False, default="", allow_blank=True, max_length=120)
    conditions = prose(required=False, default="", allow_blank=True)


class ElsewhereIn(StrictSerializer):
    """An answer given by another channel, with its true time."""

    outcome = serializers.ChoiceField(choices=[str(one) for one in Outcome])
    reasoning = prose(required=False, default="", allow_blank=True)
    denial_still_valid = serializers.BooleanField(required=False, default=None, allow_null=True)
    channel = serializers.ChoiceField(choices=AnswerElsewhere.Channel.values)
    given_at = serializers.DateTimeField(help_text="When the answer was given there.")


class OptionalTextIn(StrictSerializer):
    """A text the other side will read, if there is one."""

    text = prose(required=False, default="", allow_blank=True)
    summary = in_english()


class PagesIn(StrictSerializer):
    """A list without filters of its own."""

    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=200, required=False)


class UndercutsIn(PagesIn):
    """The filters of the register of undercuts."""

    regime = TextField(max_length=32, required=False)
    year = serializers.IntegerField(min_value=1990, max_value=2200, required=False)


class ListIn(StrictSerializer):
    """The filters of the list."""

    role = serializers.ChoiceField(choices=["initiated", "received"], required=False)
    status = serializers.ChoiceField(choices=["open", "answered", "lapsed", "withdrawn", "closed"], required=False)
    regime = serializers.SlugField(max_length=32, required=False)
    due = DayField(required=False, help_text="Open, and due on this day or before.")
    application = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(choices=["denials", "formal", "informal"], required=False)
    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=200, required=False)
