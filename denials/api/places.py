"""REST: countries and territories, and what holds of them on a day."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer, TextField, checked_query
from accounts.api.schema import answers
from accounts.api.views import ExchangeViewSet
from denials.law.places import Attribute, remarks
from denials.models import Country, members_of_the_union, places_found
from denials.models import place as place_of

LONGEST_NAME = 120


class PlaceDayIn(StrictSerializer):
    """The day asked about."""

    on = serializers.DateField(required=False, help_text="The day asked about; today by default.")


class PlacesIn(PlaceDayIn):
    """Which places."""

    q = TextField(required=False, allow_blank=True, max_length=LONGEST_NAME, help_text="A name as written, or a code.")
    attribute = serializers.SlugField(
        required=False, max_length=32, help_text="Only those of which it holds on the day, such as arms_embargo."
    )
    page = serializers.IntegerField(required=False, min_value=1)
    page_size = serializers.IntegerField(required=False, min_value=1, max_value=200)


class PlaceOut(serializers.Serializer[Any]):
    """A country or territory by its ISO 3166 code, with its names by language."""

    code = serializers.CharField()
    iso3 = serializers.CharField(allow_blank=True)
    name = serializers.CharField()
    names = serializers.DictField(child=serializers.CharField())
    region = serializers.CharField(allow_null=True)


class AttributeOut(serializers.Serializer[Any]):
    """A dated fact about a place; `by` is who decided it, or the state a territory belongs to."""

    name = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    since = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True, help_text="The last day.")
    holds = serializers.BooleanField(help_text="On the day asked about.")
    note = serializers.CharField(allow_blank=True)
    source = serializers.CharField()  # type: ignore[assignment]  # a member of that name is meant
    verified = serializers.BooleanField(help_text="Whether the text was read.")


class PlaceRemarkOut(serializers.Serializer[Any]):
    """What an officer should know of the place as a destination on that day."""

    remark = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    since = serializers.DateField(allow_null=True)


class PlaceDetailOut(PlaceOut):
    """A place with its dated attributes."""

    on = serializers.DateField()
    attributes = AttributeOut(many=True)
    remarks = PlaceRemarkOut(many=True)


GREENLAND = OpenApiExample(
    "Greenland",
    value={
        "code": "GL",
        "iso3": "GRL",
        "name": "Greenland",
        "names": {"en": "Greenland", "de": "Grönland"},
        "region": "other_european",
        "on": "2026-03-02",
        "attributes": [
            {
                "name": "territory_of",
                "by": "DK",
                "since": None,
                "until": None,
                "holds": True,
                "note": "Overseas country or territory: TFEU Annex II",
                "source": "Greenland Treaty",
                "verified": False,
            }
        ],
        "remarks": [{"remark": "outside_customs_territory", "by": "DK", "since": None}],
    },
    response_only=True,
)


class Places(ExchangeViewSet):
    """Countries and territories with their names and dated attributes."""

    queryset = Country.objects.none()
    serializer_class = PlaceOut
    permissions_needed = {"list": "denial.read", "retrieve": "denial.read"}
    lookup_url_kwarg = "place"
    lookup_value_regex = "[A-Za-z]{2}"

    def get_queryset(self) -> "QuerySet[Country]":
        return Country.objects.order_by("code")

    @extend_schema(
        summary="List countries and territories, all or those of which something holds on a day",
        parameters=[PlacesIn],
        responses=answers({200: PlaceOut(many=True)}, 400),
    )
    def list(self, request: Request) -> Response:
        asked = checked_query(PlacesIn, request)
        found = places_found(asked.get("q", ""), asked.get("attribute", ""), asked.get("on") or clock.now().date())
        page = self.paginate_queryset(found) or []
        return self.get_paginated_response([_place(row) for row in page])

    @extend_schema(
        summary="Read a country or territory with its dated attributes",
        parameters=[
            PlaceDayIn,
            OpenApiParameter("place", OpenApiTypes.STR, OpenApiParameter.PATH, description="Code."),
        ],
        responses=answers({200: PlaceDetailOut}, 400, 404),
        examples=[GREENLAND],
    )
    def retrieve(self, request: Request, place: str) -> Response:
        on = checked_query(PlaceDayIn, request).get("on") or clock.now().date()
        row = self.get_queryset().prefetch_related("attributes").filter(code=place.upper()).first()
        if row is None:
            raise Http404
        known = place_of(row)
        found = remarks(known, on, members_of_the_union(on))
        return Response(
            {
                **_place(row),
                "on": on,
                "attributes": [_attribute(one, on) for one in known.attributes],
                "remarks": [
                    {"remark": one.remark, "by": one.attribute.by, "since": one.attribute.span.since} for one in found
                ],
            }
        )


def _place(row: Country) -> dict[str, Any]:
    return {
        "code": row.code,
        "iso3": row.iso3,
        "name": row.name_en,
        "names": {"en": row.name_en, **row.names},
        "region": row.region_id,
    }


def _attribute(one: Attribute, on: date) -> dict[str, Any]:
    return {
        "name": one.name,
        "by": one.by,
        "since": one.span.since,
        "until": one.span.until,
        "holds": one.span.holds(on),
        "note": one.note,
        "source": one.source,
        "verified": one.verified,
    }
