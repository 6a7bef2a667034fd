"""What comes in, in the field names of the scorecard. What goes out stands in `answers.py`."""

import math
from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.fields import StrictSerializer, TextField
from denials.law.content import LONGEST, MOST_PARTS, StatedItem, StatedParty
from denials.law.places import SPECIAL
from denials.law.regimes import Activity, AuthorisationType
from denials.law.transactions import Destination, Parameter, Role
from screening.law.applications import LONGEST_REFERENCE, ApplicationContent
from screening.law.bulk import MOST_ROWS, Mode, RowState
from screening.law.dispositions import Reason
from screening.law.lifecycle import State
from screening.law.profiles import LEVELS


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number"}]})
class ValueField(TextField):
    """A text, or a number kept as it is written."""

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, bool) or (isinstance(data, float) and not math.isfinite(data)):
            self.fail("invalid")
        return super().to_internal_value(data)


def line(limit: int, **options: Any) -> TextField:
    """An optional text of one line."""
    return TextField(max_length=limit, **{"required": False, "default": "", "allow_blank": True, **options})


def prose(limit: int, **options: Any) -> TextField:
    """An optional text of several lines."""
    return line(limit, multiline=True, **options)


class AskedParameterIn(StrictSerializer):
    """A technical parameter; the value as stated, such as 5 or ">= 40"."""

    name = TextField(max_length=LONGEST["parameter"])
    value = ValueField(max_length=LONGEST["parameter"])
    unit = line(LONGEST["parameter"])


class AskedItemIn(StrictSerializer):
    """An item; `code` in any notation of a control list, empty where it is on none."""

    code = line(LONGEST["code_printed"])
    description = prose(LONGEST["description"])
    parameters = AskedParameterIn(many=True, required=False, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]  # `many` takes it
    quantity = serializers.DecimalField(
        max_digits=20, decimal_places=4, required=False, default=None, allow_null=True, coerce_to_string=False
    )
    unit = line(LONGEST["unit"])
    manufacturer = line(LONGEST["manufacturer"])
    model = line(LONGEST["model"])
    cas = line(LONGEST["cas"])
    cn = line(LONGEST["cn"])


class AskedPartyIn(StrictSerializer):
    """A party by role. The applicant or exporter is not accepted: it stays national."""

    role = serializers.ChoiceField(choices=[str(role) for role in Role])
    name = TextField(max_length=LONGEST["name"])
    country = line(2)
    address = prose(LONGEST["address"])
    aliases = serializers.ListField(
        child=TextField(max_length=LONGEST["alias"]), required=False, default=list, max_length=MOST_PARTS
    )
    identifiers = serializers.DictField(
        child=ValueField(max_length=LONGEST["identifier"]),
        required=False,
        default=dict,
        help_text='Kind to value, such as {"lei": "…"}.',
    )


EXAMPLE = {
    "regime": "arms",
    "own_reference": "VLG 2026/17",
    "received_on": "2026-03-02",
    "destinations": ["IL"],
    "parties": [
        {"role": "end_user", "name": "Israel Prison Service", "country": "IL"},
        {"role": "consignee", "name": "TROYA TECH DEFENCE LIMITED", "country": "IL"},
    ],
    "items": [{"code": "ML15.c", "description": "image intensifiers", "quantity": 40}],
}


@extend_schema_serializer(examples=[OpenApiExample("Image intensifiers", value=EXAMPLE, request_only=True)])
class ApplicationIn(StrictSerializer):
    """What is asked. `authority` may be left out; another's is refused. `received_on` is today where left out."""

    regime = serializers.SlugField(max_length=32)
    authority = line(20)
    own_reference = line(LONGEST_REFERENCE, help_text="The authority's own file number; not part of what is compared.")
    received_on = serializers.DateField(required=False, default=None, allow_null=True)
    activity = serializers.ChoiceField(choices=[str(one) for one in Activity], required=False, default="export")
    authorisation_type = serializers.ChoiceField(
        choices=[str(one) for one in AuthorisationType], required=False, default="individual"
    )
    destinations = serializers.ListField(
        child=TextField(max_length=LONGEST["printed"]),
        allow_empty=False,
        max_length=MOST_PARTS,
        help_text="ISO 3166 alpha-2, VARIOUS, EU, EU_NATO_PLUS, UNKNOWN, or the name of one country.",
    )
    parties = AskedPartyIn(many=True, required=False, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]  # `many` takes it
    items = AskedItemIn(many=True, allow_empty=False, max_length=MOST_PARTS)  # type: ignore[call-arg]  # `many` takes it
    end_use = prose(LONGEST["end_use"])


class BulkRowIn(ApplicationIn):
    """One of very many applications; filed once under a `key` of the authority's own."""

    key = line(80)


class BulkIn(StrictSerializer):
    """
    Up to 10,000 applications, each as for filing and with an optional `key` of one's own.

    As `applications` in JSON (up to 1 MB), or as the part `file` of a form (up to 20 MB): JSON Lines, a list, or an
    object with the list as `applications`. What each row says is read when it is worked on.
    """

    mode = serializers.ChoiceField(choices=[str(mode) for mode in Mode], required=False, default="screen")
    name = line(255)
    applications = serializers.ListField(
        child=serializers.DictField(), required=False, allow_empty=False, max_length=MOST_ROWS
    )
    file = serializers.FileField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("applications" in attrs) == ("file" in attrs):
            raise serializers.ValidationError({"applications": ["Either applications or file."]}, code="required")
        return attrs


class BulkRowsIn(StrictSerializer):
    """Which rows of a job."""

    state = serializers.ChoiceField(choices=[str(state) for state in RowState], required=False)
    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=200, required=False)


class RulesIn(StrictSerializer):
    """At which level hits on some grounds are to be shown under a regime; what is left out is as usual."""

    regime = serializers.SlugField(max_length=32)
    levels = serializers.DictField(
        child=serializers.ChoiceField(choices=[str(level) for level in LEVELS]), help_text="Ground to level."
    )
    reason = TextField(max_length=20_000, multiline=True)
    months = serializers.IntegerField(min_value=1, max_value=36, required=False, default=12)


class UsedUpIn(StrictSerializer):
    """The day on which a licence was used up or ran out; today where left out."""

    on = serializers.DateField(required=False, default=None, allow_null=True)


class ProposalReadIn(StrictSerializer):
    """The number of the proposal that was read; another one is not confirmed."""

    proposal = serializers.IntegerField(required=False, default=None, allow_null=True)


class ReturnIn(ProposalReadIn):
    """Why a proposed dismissal is returned, and the number of the proposal that was read."""

    reason = TextField(max_length=20_000, multiline=True)


class DismissalIn(StrictSerializer):
    """Why the denial does not concern an essentially identical transaction; words are needed with `other`."""

    reason_code = serializers.ChoiceField(choices=[str(one) for one in Reason])
    reason = prose(20_000)


class WhyIn(StrictSerializer):
    """Why, if said."""

    reason = prose(20_000)


class NoContentIn(StrictSerializer):
    """No content."""


class ScreeningPageIn(StrictSerializer):
    """The page of a list."""

    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=200, required=False)


class ApplicationsIn(ScreeningPageIn):
    """The filters of the list of applications."""

    regime = serializers.SlugField(max_length=32, required=False)
    status = serializers.ChoiceField(choices=[str(state) for state in State], required=False)
    own_reference = TextField(max_length=LONGEST_REFERENCE, required=False)


class ScreeningsIn(ScreeningPageIn):
    """The filters of the list of screenings."""

    regime = serializers.SlugField(max_length=32, required=False)
    filed = serializers.BooleanField(required=False, default=None, allow_null=True)


class HitsIn(StrictSerializer):
    """Whether hits that carry no duty are listed too."""

    information = serializers.BooleanField(required=False, default=False)


def content_of(data: dict[str, Any], *, today: date) -> ApplicationContent:
    """Return validated data as the content of an application."""
    return ApplicationContent(
        regime=data["regime"],
        received_on=data["received_on"] or today,
        destinations=tuple(map(destination, data["destinations"])),
        parties=tuple(_party(row) for row in data["parties"]),
        items=tuple(_item(row, data["regime"]) for row in data["items"]),
        end_use=data["end_use"],
        activity=data["activity"],
        authorisation_type=data["authorisation_type"],
        own_reference=data["own_reference"],
    )


def destination(text: str) -> Destination:
    """Return a destination from a code or the name of a place."""
    code = text.strip().upper()
    if code in SPECIAL or (len(code) == 2 and code.isascii() and code.isalpha()):
        return Destination(code=code)
    return Destination(printed=text.strip())


def _party(row: dict[str, Any]) -> StatedParty:
    identifiers = tuple(sorted((str(kind), value) for kind, value in row["identifiers"].items()))
    rest = {name: row[name] for name in ("address",)}
    return StatedParty.stated(
        row["role"],
        row["name"],
        country=row["country"].upper(),
        aliases=tuple(row["aliases"]),
        identifiers=identifiers,
        **rest,
    )


def _item(row: dict[str, Any], regime: str) -> StatedItem:
    facts = {name: row[name] for name in ("description", "quantity", "unit", "manufacturer", "model", "cas", "cn")}
    parameters = tuple(Parameter(one["name"], one["value"], one["unit"]) for one in row["parameters"])
    return StatedItem.stated(row["code"], regime=regime, parameters=parameters, **facts)
