"""REST: the control lists, and what a code written in any notation is."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer, TextField, checked_query
from accounts.api.schema import SuggestionOut, answers
from accounts.api.views import ExchangeViewSet
from denials.labels import CONTROL_LISTS
from denials.law.listed import proposal
from denials.law.lists import LIST_ORDER, Answer, Entry, Kind, Lists, ListVersion, Notice, Reading, Succession
from denials.law.regimes import known_regimes
from denials.models import ControlList, ControlListEntry, held_lists

LONGEST_TEXT = 400


class ListVersionOut(serializers.Serializer[Any]):
    """A version of a control list; of most earlier ones only the dates are held."""

    version = serializers.CharField()
    title = serializers.CharField()
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    held = serializers.BooleanField(help_text="Whether its entries are held.")
    completeness = serializers.ChoiceField(choices=["full", "heads", "part"])
    source = serializers.CharField()  # type: ignore[assignment]  # a member of that name is meant


class ControlListOut(serializers.Serializer[Any]):
    """A control list with its versions, the newest first."""

    code = serializers.CharField()
    title = serializers.CharField()
    version = serializers.CharField(help_text="The version that answers today.")
    entries = serializers.IntegerField(help_text="How many entries that version has.")
    versions = ListVersionOut(many=True)


class EntryOut(serializers.Serializer[Any]):
    """An entry of a version of a list; `sub_items` says whether all that stands below it is held."""

    code = serializers.CharField()
    control_list = serializers.CharField()
    version = serializers.CharField()
    title = serializers.CharField()
    titles = serializers.DictField(child=serializers.CharField(), help_text="By language, where held.")
    parent = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a member of that name is meant
    level = serializers.IntegerField()
    category = serializers.CharField(allow_blank=True)
    origin = serializers.CharField(allow_blank=True, help_text="The multilateral regime, or the national text.")
    country = serializers.CharField(allow_blank=True, help_text="Of an entry of a national list.")
    annex_iv = serializers.BooleanField()
    used = serializers.BooleanField()
    sub_items = serializers.ChoiceField(choices=["held", "not_held"])


class StepOut(serializers.Serializer[Any]):
    """A step of the path to an entry."""

    code = serializers.CharField()
    title = serializers.CharField()


class SuccessionOut(serializers.Serializer[Any]):
    """What became of an entry in a later version or another list."""

    control_list = serializers.CharField()
    from_version = serializers.CharField()
    from_code = serializers.CharField()
    to_list = serializers.CharField()
    to_version = serializers.CharField()
    to_codes = serializers.ListField(child=serializers.CharField())
    kind = serializers.ChoiceField(choices=[one.value for one in Kind])
    verified = serializers.BooleanField()
    source = serializers.CharField()  # type: ignore[assignment]  # a member of that name is meant


class ReadingOut(serializers.Serializer[Any]):
    """What a code as written is. `former`: an entry of an earlier version; see `successors`."""

    printed = serializers.CharField()
    answer = serializers.ChoiceField(choices=[one.value for one in Answer])
    canonical = serializers.CharField(allow_blank=True)
    control_list = serializers.CharField(allow_blank=True)
    version = serializers.CharField(allow_blank=True)
    regime = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    annex_iv = serializers.BooleanField()
    path = StepOut(many=True)
    notices = serializers.ListField(child=serializers.ChoiceField(choices=[one.value for one in Notice]))
    suggestions = SuggestionOut(many=True)
    successors = SuccessionOut(many=True)
    predecessors = SuccessionOut(many=True)


class ResolvedOut(serializers.Serializer[Any]):
    """The codes of a field, each once, in order."""

    on = serializers.DateField()
    results = ReadingOut(many=True)


class EntriesIn(StrictSerializer):
    """Which entries."""

    q = TextField(required=False, allow_blank=True, max_length=80, help_text="A code in any notation, or words.")
    parent = TextField(  # type: ignore[assignment]  # a member of that name is meant
        required=False, allow_blank=True, max_length=40, help_text="What stands directly below it; empty: the heads."
    )
    version = TextField(required=False, max_length=40)
    on = serializers.DateField(required=False, help_text="The version in force on a day; today by default.")
    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)


class ResolveIn(StrictSerializer):
    """A field as an authority wrote it: one code or several."""

    text = TextField(max_length=LONGEST_TEXT)
    regime = serializers.ChoiceField(
        choices=known_regimes(), required=False, help_text="Decides what can be read in two ways, such as Cat. 6."
    )
    on = serializers.DateField(required=False, help_text="The day of decision; today by default.")


READ = OpenApiExample(
    "One code read, one unknown",
    value={
        "on": "2026-03-02",
        "results": [
            {
                "printed": "ML 15 c",
                "answer": "entry",
                "canonical": "ML15.c",
                "control_list": "ml",
                "version": "2025",
                "regime": "arms",
                "title": "Image intensifier equipment;",
                "annex_iv": False,
                "path": [
                    {"code": "ML15", "title": "Imaging or countermeasure equipment"},
                    {"code": "ML15.c", "title": "Image intensifier equipment;"},
                ],
                "notices": [],
                "suggestions": [],
                "successors": [],
                "predecessors": [],
            },
            {
                "printed": "3A777",
                "answer": "unknown",
                "canonical": "3A777",
                "control_list": "annex_i",
                "version": "2025-11-15",
                "regime": "dual_use",
                "title": "",
                "annex_iv": False,
                "path": [],
                "notices": [],
                "suggestions": [
                    {"code": "3A227", "title": "High-voltage direct current supplies", "control_list": "annex_i"}
                ],
                "successors": [],
                "predecessors": [],
            },
        ],
    },
    response_only=True,
)  # fmt: skip


class ControlLists(ExchangeViewSet):
    """The control lists by version, as they are held here; the Official Journal decides."""

    queryset = ControlList.objects.none()
    serializer_class = ControlListOut
    pagination_class = None  # one answer, not pages
    permissions_needed = {"list": "denial.read"}

    @extend_schema(
        summary="List the control lists with their versions", responses=answers({200: ControlListOut(many=True)})
    )
    def list(self, request: Request) -> Response:
        lists, on = held_lists(), clock.now().date()
        return Response([_control_list(lists, code, on) for code in LIST_ORDER if lists.versions_of(code)])


class Entries(ExchangeViewSet):
    """The entries of a list, and what a code is."""

    queryset = ControlListEntry.objects.none()
    serializer_class = EntryOut
    permissions_needed = {"list": "denial.read"}

    @extend_schema(
        operation_id="control_lists_entries_list",
        summary="List entries of a control list: below one, under a code in any notation, or by words of the title",
        parameters=[OpenApiParameter("code", OpenApiTypes.STR, OpenApiParameter.PATH, enum=LIST_ORDER), EntriesIn],
        responses=answers({200: EntryOut(many=True)}, 400, 404),
    )
    def list(self, request: Request, code: str) -> Response:
        asked = checked_query(EntriesIn, request)
        lists = held_lists()
        version = _version(lists, code, asked)
        found: Sequence[Entry]
        if asked.get("q"):
            found = tuple(lists.search(code, version.version, asked["q"]))
        elif "parent" in asked:
            found = lists.below.get((code, version.version, _canonical(lists, asked["parent"], version)), ())
        else:
            found = tuple(lists.index.get((code, version.version), {}).values())
        page = self.paginate_queryset(found)
        return self.get_paginated_response([_entry(one) for one in page or ()])


class EntryReadings(ExchangeViewSet):
    """What codes as written are."""

    queryset = ControlListEntry.objects.none()
    serializer_class = ResolvedOut
    pagination_class = None  # one answer, not pages
    permissions_needed = {"resolve": "denial.read"}

    @extend_schema(
        summary="Say what each code of a field is, in any notation",
        description="An entry, an entry of an earlier list, no entry (with what may have been meant), or on no list.",
        parameters=[ResolveIn],
        responses=answers({200: ResolvedOut}, 400),
        examples=[READ],
        filters=False,
    )
    @action(detail=False)
    def resolve(self, request: Request) -> Response:
        asked = checked_query(ResolveIn, request)
        lists, on = held_lists(), asked.get("on") or clock.now().date()
        readings = lists.read(asked["text"], on=on, regime=asked.get("regime", ""))
        return Response({"on": on, "results": [_reading(one) for one in readings]})


# ---- as data -----------------------------------------------------------------------------------------------------


def _version(lists: Lists, code: str, asked: dict[str, Any]) -> ListVersion:
    """Return the version asked for, else that of the day.   :raises Http404: if it is not held."""
    if "version" in asked:
        named = (one for one in lists.versions_of(code) if one.version == asked["version"] and one.is_held)
        chosen = next(named, None)
    else:
        chosen, _exact = lists.version_on(code, asked.get("on") or clock.now().date())
    if chosen is None:
        raise Http404
    return chosen


def _canonical(lists: Lists, text: str, version: ListVersion) -> str:
    held = lists.index.get((version.control_list, version.version), {})
    if not text or text in held:
        return text
    found = lists.read(text, on=version.since or clock.now().date())
    if len(found) != 1 or found[0].canonical not in held:
        raise Http404
    return found[0].canonical


def _control_list(lists: Lists, code: str, on: date) -> dict[str, Any]:
    version, _exact = lists.version_on(code, on)
    name = version.version if version else ""
    return {
        "code": code,
        "title": str(CONTROL_LISTS.get(code, code)),
        "version": name,
        "entries": len(lists.index.get((code, name), {})),
        "versions": [
            {
                "version": one.version,
                "title": one.title,
                "since": one.since,
                "until": one.until,
                "held": one.is_held,
                "completeness": one.completeness,
                "source": one.source,
            }
            for one in lists.versions_of(code)
        ],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "control_list": entry.control_list,
        "version": entry.version,
        "title": entry.title,
        "titles": dict(entry.titles),
        "parent": entry.parent,
        "level": entry.level,
        "category": entry.category,
        "origin": entry.regime_note,
        "country": entry.country,
        "annex_iv": entry.annex_iv,
        "used": entry.is_used,
        "sub_items": "not_held" if entry.is_open else "held",
    }


def _reading(reading: Reading) -> dict[str, Any]:
    is_entry = reading.answer in (Answer.ENTRY, Answer.FORMER)
    return {
        "printed": reading.printed,
        "answer": reading.answer,
        "canonical": reading.canonical,
        "control_list": reading.control_list,
        "version": reading.version,
        "regime": reading.regime,
        "title": reading.entry.title if reading.entry and is_entry else "",
        "annex_iv": reading.annex_iv,
        "path": [{"code": one.code, "title": one.title} for one in reading.path],
        "notices": list(reading.notices),
        "suggestions": [proposal(one) for one in reading.suggestions],
        "successors": [_succession(one) for one in reading.successors],
        "predecessors": [_succession(one) for one in reading.predecessors],
    }


def _succession(one: Succession) -> dict[str, Any]:
    return {
        "control_list": one.control_list,
        "from_version": one.from_version,
        "from_code": one.from_code,
        "to_list": one.to_list,
        "to_version": one.to_version,
        "to_codes": list(one.to_codes),
        "kind": one.kind,
        "verified": one.verified,
        "source": one.source,
    }
