"""What comes in over REST, and how it becomes the content of a denial."""

import math
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.api.fields import StrictSerializer, TextField
from denials.fields import marking_ceiling
from denials.law.content import (
    LONGEST,
    MARKINGS,
    MOST_PARTS,
    SCOPES,
    Citation,
    DenialContent,
    StatedItem,
    StatedParty,
    usual_marking,
)
from denials.law.content import usual_basis as basis_of
from denials.law.origins import Granularity, Tier, known_origins, multilateral, origin_code
from denials.law.places import SPECIAL
from denials.law.regimes import Act, Activity, AuthorisationType, known_regimes, rules_for
from denials.law.transactions import Destination, Parameter, Role

SUBMIT = "Lay it before a second officer instead; it is done once released, see `proposal`."
CRITERION = r"^[1-8](\([a-z]{1,2}\))?$"


class OriginField(serializers.ChoiceField):
    """Where a denial comes from, by code or in the words that files use."""

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(origin_code(data) if isinstance(data, str) else data)


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number"}]})
class ValueField(TextField):
    """A text, or a number kept as it is written."""

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, bool) or (isinstance(data, float) and not math.isfinite(data)):
            self.fail("invalid")
        return super().to_internal_value(data)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {"code": {"type": "string"}, "printed": {"type": "string"}},
                "additionalProperties": False,
            },
        ]
    }
)
class DestinationField(serializers.Field[Destination, Any, Any, Any]):
    """A code (ISO 3166 alpha-2, VARIOUS, EU, EU_NATO_PLUS, UNKNOWN), a printed name, or both as an object."""

    default_error_messages = {"invalid": "A code, a name, or an object with `code` and `printed`."}

    def to_internal_value(self, data: Any) -> Destination:
        if isinstance(data, str) and data.strip():
            text, code = data.strip(), data.strip().upper()
            if code in SPECIAL or (len(code) == 2 and code.isascii() and code.isalpha()):
                return Destination(code=code)
            return Destination(printed=text)
        if isinstance(data, dict) and set(data) <= {"code", "printed"}:
            code, printed = data.get("code", ""), data.get("printed", "")
            if isinstance(code, str) and isinstance(printed, str) and (code or printed):
                return Destination(code=code.strip().upper(), printed=printed.strip())
        self.fail("invalid")
        raise AssertionError

    def to_representation(self, value: Destination) -> Any:
        return {"code": value.code, "printed": value.printed}


@extend_schema_field({"type": "string", "pattern": CRITERION, "example": "2(b)"})
class CriterionField(serializers.Field[Citation, Any, str, Any]):
    """One of the eight criteria, with its sub-point where given: "2" or "2(b)"."""

    default_error_messages = {"invalid": 'A criterion from "1" to "8", with its sub-point if any: "2(b)".'}

    def to_internal_value(self, data: Any) -> Citation:
        text = str(data).strip().lower() if isinstance(data, str | int) and not isinstance(data, bool) else ""
        code, _, rest = text.partition("(")
        if len(code) != 1 or code not in "12345678" or (rest and not (rest.endswith(")") and rest[:-1].isalpha())):
            self.fail("invalid")
        return Citation(code, rest.rstrip(")"))

    def to_representation(self, value: Citation) -> str:
        return str(value)


def line(limit: int, **options: Any) -> TextField:
    """An optional text of one line."""
    return TextField(max_length=limit, **{"required": False, "default": "", "allow_blank": True, **options})


def prose(limit: int, **options: Any) -> TextField:
    """An optional text of several lines."""
    return line(limit, multiline=True, **options)


class DenialParameterIn(StrictSerializer):
    """A technical parameter; the value as stated, such as 5 or ">= 40"."""

    name = TextField(max_length=LONGEST["parameter"])
    value = ValueField(max_length=LONGEST["parameter"])
    unit = line(LONGEST["parameter"])


class DenialItemIn(StrictSerializer):
    """An item; `code` in any notation of a control list, "End Use" or "unlisted" where it is on none."""

    code = line(LONGEST["code_printed"])
    description = prose(LONGEST["description"])
    description_en = prose(LONGEST["description"], help_text="In English, where `description` is in another language.")
    parameters = DenialParameterIn(many=True, required=False, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]  # `many` takes it
    quantity = serializers.DecimalField(
        max_digits=20, decimal_places=4, required=False, default=None, allow_null=True, coerce_to_string=False
    )
    unit = line(LONGEST["unit"])
    value = serializers.DecimalField(
        max_digits=20, decimal_places=2, required=False, default=None, allow_null=True, coerce_to_string=False
    )
    currency = line(3)
    manufacturer = line(LONGEST["manufacturer"])
    model = line(LONGEST["model"])
    cas = line(LONGEST["cas"])
    cn = line(LONGEST["cn"])


class DenialPartyIn(StrictSerializer):
    """A party by role. The exporter may be kept; no other authority ever sees it."""

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
    is_category = serializers.BooleanField(
        required=False, default=False, help_text="A category of consignees, not one of them."
    )


EXAMPLE = {
    "regime": "arms",
    "act": "refusal",
    "legal_basis": "cp_4",
    "decided_on": "2024-10-09",
    "destinations": ["IL"],
    "parties": [
        {"role": "end_user", "name": "Israeli Prison Service", "country": "IL"},
        {"role": "consignee", "name": "Troya Tech Defense Ltd."},
    ],
    "items": [{"code": "ML15.c", "description": "image intensifiers", "quantity": 40}],
    "criteria": ["2(b)", "4", "6", "7"],
    "explanation": "Risk of use in internal repression.",
}


@extend_schema_serializer(examples=[OpenApiExample("Image intensifiers", value=EXAMPLE, request_only=True)])
class ContentIn(StrictSerializer):
    """
    What a denial says.

    Left out, `act` and `legal_basis` are those that follow from the regime and the lists of the items, where one does.
    """

    regime = serializers.ChoiceField(choices=known_regimes())
    authority = line(20, help_text="The own authority or state; another's is refused.")
    act = serializers.ChoiceField(choices=[str(one) for one in Act], required=False, default="")
    legal_basis = line(40)
    decided_on = serializers.DateField(required=False, default=None, allow_null=True)
    suspended_until = serializers.DateField(required=False, default=None, allow_null=True)
    activity = serializers.ChoiceField(choices=[str(one) for one in Activity], required=False, default="export")
    authorisation_type = serializers.ChoiceField(
        choices=[str(one) for one in AuthorisationType], required=False, default=""
    )
    scope = serializers.ChoiceField(
        choices=SCOPES, required=False, default="whole", help_text="Whether all of the transaction is denied."
    )
    scope_note = prose(LONGEST["scope_note"], help_text="Which destination, user or item, where a part is.")
    authorisation_reference = line(
        LONGEST["authorisation_reference"], help_text="The number of the authorisation annulled, suspended or limited."
    )
    origin = OriginField(
        choices=known_origins(),
        required=False,
        default="EU_MS",
        help_text="A multilateral regime that passed the denial on; only its members see it then. Also as files write "
        "it: WA, Wassenaar Arrangement, Nuclear Suppliers Group …",
    )
    origin_state = line(2, help_text="Who denied, where a multilateral regime passed it on.")
    origin_reference = line(LONGEST["origin_reference"])
    granularity = serializers.ChoiceField(
        choices=[str(one) for one in Granularity], required=False, default="individual"
    )
    list_tier = serializers.ChoiceField(choices=[str(one) for one in Tier], required=False, default="")
    period_since = serializers.DateField(required=False, default=None, allow_null=True, help_text="Of an aggregate.")
    period_until = serializers.DateField(required=False, default=None, allow_null=True, help_text="Of an aggregate.")
    licences_denied = serializers.IntegerField(
        required=False, default=None, allow_null=True, max_value=2**31 - 1, help_text="Of an aggregate."
    )
    also_notified = serializers.ListField(
        child=OriginField(choices=multilateral()),
        required=False,
        default=list,
        max_length=MOST_PARTS,
        help_text="Multilateral regimes it was notified to besides.",
    )
    destinations = serializers.ListField(child=DestinationField(), required=False, default=list, max_length=MOST_PARTS)
    parties = DenialPartyIn(many=True, required=False, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]  # `many` takes it
    items = DenialItemIn(many=True, required=False, default=list, max_length=MOST_PARTS)  # type: ignore[call-arg]  # `many` takes it
    criteria = serializers.ListField(child=CriterionField(), required=False, default=list, max_length=MOST_PARTS)
    grounds = serializers.ListField(
        child=TextField(max_length=40),
        required=False,
        default=list,
        max_length=MOST_PARTS,
        help_text="Grounds other than the eight criteria, as the rules of the regime code them.",
    )
    end_use = prose(LONGEST["end_use"])
    explanation = prose(LONGEST["explanation"], help_text="Elements on which the assessment is based.")
    remarks = prose(LONGEST["remarks"])
    marking = serializers.ChoiceField(
        choices=MARKINGS, required=False, default="", help_text="Left out: LIMITE, or the system's ceiling if lower."
    )
    withheld = serializers.ListField(
        child=TextField(max_length=60),
        required=False,
        default=list,
        max_length=MOST_PARTS,
        help_text='Sections withheld from a class of readers, such as "remarks:secretariat" or "explanation:partner".',
    )
    source_reference = line(LONGEST["source_reference"], help_text="The authority's own number.")


class DenialIn(ContentIn):
    """A denial to notify at once, or to keep as a draft."""

    status = serializers.ChoiceField(choices=["in_force", "draft"], required=False, default="in_force")


class AmendmentIn(ContentIn):
    """The whole content as amended, and why."""

    reason = prose(20_000)
    valid_from = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Since when it has been so, if earlier than today: a correction that reaches back.",
    )
    is_review = serializers.BooleanField(
        default=False, help_text="The amendment is the result of a review, which is counted; the next one is set."
    )
    submit = serializers.BooleanField(default=False, help_text=SUBMIT)


class DenialReasonIn(StrictSerializer):
    """The reason of the act."""

    reason = prose(20_000)


class ReasonOfActIn(DenialReasonIn):
    """The reason of an act that a second officer may have to release."""

    submit = serializers.BooleanField(default=False, help_text=SUBMIT)


class NothingIn(StrictSerializer):
    """No content."""


class FileIn(StrictSerializer):
    """A file of denials decided in the past, CSV or XLSX."""

    name = TextField(max_length=255)
    content = serializers.CharField(help_text="The bytes of the file in base64.", trim_whitespace=True)
    regime = serializers.ChoiceField(choices=known_regimes(), required=False, default="")
    dry_run = serializers.BooleanField(required=False, default=False)


# ---- from data to content ----------------------------------------------------------------------------------------

_OWN = {"destinations", "parties", "items", "criteria", "grounds", "criteria_stated", "also_notified", "withheld"}


def content_of(data: Mapping[str, Any], *, today: date) -> DenialContent:
    """Return validated data as the content of a denial."""
    plain = {one.name: data[one.name] for one in fields(DenialContent) if one.name not in _OWN}
    plain["marking"] = data["marking"] or usual_marking(marking_ceiling())
    cited, grounds = _cited(data)
    content = DenialContent(
        **plain,
        destinations=tuple(data["destinations"]),
        parties=tuple(map(_party, data["parties"])),
        items=tuple(_item(row, data["regime"]) for row in data["items"]),
        criteria=cited,
        grounds=grounds,
        also_notified=tuple(dict.fromkeys(data["also_notified"])),
        withheld=tuple(dict.fromkeys(data["withheld"])),
    )
    return _completed(content, today)


def _completed(content: DenialContent, today: date) -> DenialContent:
    """Fill the act and the legal basis where regime and items leave no choice."""
    rules = rules_for(content.regime, today)
    return replace(
        content,
        act=content.act or str(rules.acts[0]),
        legal_basis=content.legal_basis or basis_of(rules, content.items, content.activity),
    )


def _cited(data: Mapping[str, Any]) -> tuple[tuple[Citation, ...], tuple[str, ...]]:
    """Return criteria and other grounds; a criterion among the grounds is a criterion."""
    named = [ground for ground in data["grounds"] if ground.startswith("criterion_")]
    also = [Citation(ground.removeprefix("criterion_")) for ground in named]
    cited = tuple(dict.fromkeys((*data["criteria"], *also)))
    return cited, tuple(dict.fromkeys(ground for ground in data["grounds"] if ground not in named))


def _party(row: Mapping[str, Any]) -> StatedParty:
    return StatedParty.stated(
        row["role"],
        row["name"],
        country=row["country"].upper(),
        address=row["address"],
        aliases=tuple(row["aliases"]),
        identifiers=tuple(sorted((str(kind), value) for kind, value in row["identifiers"].items())),
        is_category=row["is_category"],
    )


def _item(row: Mapping[str, Any], regime: str) -> StatedItem:
    facts = {name: value for name, value in row.items() if name not in ("code", "parameters")}
    parameters = tuple(Parameter(one["name"], one["value"], one["unit"]) for one in row["parameters"])
    return StatedItem.stated(row["code"], regime=regime, parameters=parameters, **facts)
