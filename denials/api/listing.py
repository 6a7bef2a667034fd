"""REST: the register as a list, by words and facets, with how many denials each choice stands for."""

from datetime import date
from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock, principals
from accounts.api.fields import StrictSerializer, TextField
from accounts.api.schema import answers
from accounts.api.views import Pages
from denials import ledger, search
from denials.api import answers as out
from denials.law.lifecycle import State
from denials.models import Denial
from denials.search.page import FoundRows

ORDERINGS = {
    "decided_on": "decided",
    "notified_on": "notified",
    "recorded_at": "recorded",
    "reference": "reference",
}


def several(child: Any, help_text: str) -> Any:
    """A parameter that may be given several times: any of its values."""
    return serializers.ListField(child=child, required=False, help_text=help_text, max_length=40)


class QuestionIn(StrictSerializer):
    """The question put to the register: one of the values of each filter, and all filters together."""

    q = TextField(
        max_length=200,
        required=False,
        allow_blank=True,
        help_text="Names in any script, references, entries in any notation, places in any language, other words.",
    )
    regime = several(serializers.SlugField(max_length=32), "arms, dual_use, torture …")
    authority = several(TextField(max_length=20), "Of an authority, or of all of a state.")
    state = several(TextField(max_length=20), "Of all authorities of a state.")
    destination = several(TextField(max_length=12), "A code; XX where the text tells no country.")
    code = several(TextField(max_length=80), "A control-list entry in any notation, with what is under it.")
    category = several(TextField(max_length=16), "ML1 to ML22, 0 to 9, II to IV.")
    criterion = several(serializers.ChoiceField(choices=list("12345678")), "One of the eight criteria.")
    ground = several(TextField(max_length=40), "Another ground, as the rules of the regime code it.")
    status = several(
        serializers.ChoiceField(choices=[*map(str, State), *search.OVERLAYS]),
        "A state, or what is true of a denial in force today: review_due, review_overdue, out_of_window.",
    )
    decided_from = serializers.DateField(required=False)
    decided_to = serializers.DateField(required=False)
    notified_from = serializers.DateField(required=False)
    notified_to = serializers.DateField(required=False)
    ordering = serializers.ChoiceField(
        choices=[f"{sign}{name}" for name in ORDERINGS for sign in ("-", "")], required=False, default="-decided_on"
    )


class DenialsIn(QuestionIn):
    """The question, and which part of the answer is shown."""

    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=200, required=False)
    near = serializers.BooleanField(
        required=False, default=False, help_text="Where no denial holds all the words: those nearest in spelling."
    )


class RegisterPages(Pages):
    """Pages of the register, with the counts of every facet."""

    def get_paginated_response(self, data: Any) -> Response:
        found = cast("search.Found", self.found)  # type: ignore[attr-defined]  # set by the list
        response = super().get_paginated_response(data)
        facets = {
            name: dict(sorted(held.items(), key=lambda one: (-one[1], one[0])))
            for name, held in found.counted.by_facet.items()
        }
        response.data |= {"nearest": bool(found.nearest), "facets": facets}
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        whole = super().get_paginated_response_schema(schema)
        counts = {"type": "object", "additionalProperties": {"type": "integer"}}
        whole["properties"] |= {
            "nearest": {
                "type": "boolean",
                "description": "No denial holds all the words; these are nearest in spelling, the nearest first.",
            },
            "facets": {
                "type": "object",
                "additionalProperties": counts,
                "description": "How many denials each choice of a filter finds, the other filters being as they are.",
            },
        }
        whole["required"] = [*whole.get("required", []), "nearest", "facets"]
        return whole


class Listing:
    """The list of the register."""

    pagination_class: Any = RegisterPages

    @extend_schema(
        summary="List and search the register, in the regimes this reader takes part in",
        parameters=[DenialsIn],
        responses=answers({200: out.DenialOut(many=True)}, 400),
        filters=False,
    )
    def list(self, request: Request) -> Response:
        view: Any = self
        given = DenialsIn(data=request.query_params)
        given.is_valid(raise_exception=True)
        now = clock.now()
        found = _answer(view.principal, given.validated_data, principals.today_of(view.principal, now))
        view.paginator.found = found
        page = cast("list[Denial]", view.paginate_queryset(FoundRows(found, view.principal)) or [])
        ledger.note_read(page, view.principal, at=now)
        shown: Response = view.get_paginated_response(out.DenialOut(view._data(page), many=True).data)
        return shown


def _answer(principal: Any, given: dict[str, Any], on: date) -> search.Found:
    return search.answer(principal, asked_of(given), on=on, near=given["near"])


def asked_of(given: dict[str, Any]) -> search.Asked:
    """Return what validated parameters ask for."""
    ordering = given["ordering"]
    sort = ("-" if ordering.startswith("-") else "") + ORDERINGS[ordering.lstrip("-")]
    return search.Asked(
        q=" ".join(given.get("q", "").split()),
        chosen={name: tuple(dict.fromkeys(given[name])) for name in search.FACETS if given.get(name)},
        dates={name: given[name] for name in search.DATES if name in given},
        sort=sort,
        with_drafts=True,
    )
