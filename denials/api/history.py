"""REST: the register as it stood on a day as known on a day, and what any two versions of a denial state otherwise."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock
from accounts.api.fields import StrictSerializer, TextField, checked_query
from accounts.api.schema import answers
from accounts.api.views import ExchangeViewSet
from accounts.roles import Principal
from denials import history, ledger
from denials.api import answers as out
from denials.law.content import plain
from denials.law.differences import PartDifference
from denials.law.history import check_days, today
from denials.law.regimes import known_regimes
from denials.models import Denial, DenialVersion
from denials.templatetags.differences import sentence


class DaysIn(StrictSerializer):
    """The day asked about and the day of knowledge, both today where left out."""

    on = serializers.DateField(required=False, help_text="The register as it stood on this day.")
    known = serializers.DateField(required=False, help_text="As known at the end of this day, in Brussels.")


class RegisterIn(DaysIn):
    """The days, and which denials."""

    regime = serializers.ChoiceField(choices=[(one, one) for one in known_regimes()], required=False)
    authority = TextField(max_length=20, required=False, help_text="Of an authority or a state.")
    status = serializers.ChoiceField(
        choices=[(one, one) for one in ("in_force", "lifted", "revoked", "withdrawn")], required=False
    )
    page = serializers.IntegerField(min_value=1, required=False)
    page_size = serializers.IntegerField(min_value=1, max_value=200, required=False)


Shown = list[dict[str, Any]]
_NUMBER: dict[str, Any] = {"min_value": 1, "max_value": 32767, "required": False}
#: Two versions by their numbers; left out, the last and the one before it. `from` is no name in a class.
VersionsIn = type(
    "VersionsIn",
    (StrictSerializer,),
    {"from": serializers.IntegerField(**_NUMBER), "to": serializers.IntegerField(**_NUMBER)},
)


class HeldOut(out.ContentOut):
    """A denial as it stood: the version that held, and what it stated, as this reader may see it today."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    authority = serializers.CharField()
    state = serializers.CharField()
    status = serializers.CharField(help_text="On that day, as known then.")
    version = serializers.IntegerField()
    kind = serializers.CharField()
    valid_from = serializers.DateField()
    recorded_at = serializers.DateTimeField()
    notified_on = serializers.DateField(allow_null=True)
    review_number = serializers.IntegerField()
    review_due_on = serializers.DateField(allow_null=True)
    erased_at = serializers.DateTimeField(allow_null=True, help_text="When a person was last erased from it.")


class PartDifferenceOut(serializers.Serializer[Any]):
    """One value stated otherwise, or a party, item, destination … added or removed."""

    path = serializers.CharField(help_text="Such as `items[0].quantity`; in the later version, unless it was removed.")
    kind = serializers.CharField(help_text="changed, added or removed.")
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)
    sentence = serializers.CharField(help_text="In the language asked for.")


class DifferencesOut(serializers.Serializer[Any]):
    """What two versions state otherwise."""

    earlier = serializers.IntegerField()
    later = serializers.IntegerField()
    differences = PartDifferenceOut(many=True)


@extend_schema_view(
    list=extend_schema(
        summary="List the register as it stood on a day, as known on a day",
        parameters=[RegisterIn],
        responses=answers({200: HeldOut(many=True)}, 400, 422),
        filters=False,
    ),
    retrieve=extend_schema(
        summary="Read a denial as it stood on a day, as known on a day",
        parameters=[DaysIn],
        responses=answers({200: HeldOut}, 400, 404, 422),
        filters=False,
    ),
)
class Register(ExchangeViewSet):
    """The register on earlier days; who may see what is judged by today."""

    queryset = DenialVersion.objects.none()
    serializer_class = HeldOut
    permissions_needed = {"list": "denial.read", "retrieve": "denial.read"}

    def list(self, request: Request) -> Response:
        asked = checked_query(RegisterIn, request)
        chosen = {name: asked[name] for name in ("regime", "authority", "status") if name in asked}
        versions = history.narrowed(self._held(asked), **chosen)
        page = cast("list[DenialVersion]", self.paginate_queryset(history.with_parts(versions)) or [])
        return self.get_paginated_response(HeldOut(self._shown(page), many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        found = history.with_parts(self._held(checked_query(DaysIn, request))).filter(denial_id=pk).first()
        if found is None:
            raise Http404
        return Response(HeldOut(self._shown([found])[0]).data)

    def _held(self, asked: dict[str, Any]) -> "QuerySet[DenialVersion]":
        now = clock.now()
        on, known = asked.get("on", today(now)), asked.get("known", today(now))
        check_days(on, known, now)
        return history.as_it_stood(self.principal, on=on, known=known)

    def _shown(self, page: Iterable[DenialVersion]) -> Shown:
        versions = list(page)
        ledger.note_read([one.denial_id for one in versions], self.principal, at=clock.now())
        blanked = history.erased_at([one.pk for one in versions])
        return [_held(one, self.principal, blanked) for one in versions]


class Differences:
    """The operation that compares, for the viewset of the register."""

    principal: Principal

    @extend_schema(
        summary="Compare any two recorded versions of a denial, value by value",
        parameters=[VersionsIn],
        responses=answers({200: DifferencesOut}, 400, 404),
        filters=False,
    )
    @action(detail=True, pagination_class=None)
    def differences(self, request: Request, pk: str) -> Response:
        asked = checked_query(VersionsIn, request)
        row = cast("Denial", self.get_object())  # type: ignore[attr-defined]  # of the viewset
        ledger.note_read([row], self.principal, at=clock.now())
        versions = {one.number: one for one in history.recorded(row)}
        later = asked.get("to", max(versions, default=0))
        earlier = asked.get("from", max((one for one in versions if one < later), default=later))
        if earlier not in versions or later not in versions:
            raise NotFound
        found = history.between(versions[earlier], versions[later], self.principal)
        data = {"earlier": earlier, "later": later, "differences": [_difference(one) for one in found]}
        return Response(DifferencesOut(data).data)


def _held(version: DenialVersion, reader: Principal, blanked: dict[UUID, date]) -> dict[str, Any]:
    denial = version.denial
    return {
        **out.content(version, denial, reader),
        "id": denial.pk,
        "reference": denial.reference,
        "authority": denial.authority.code,
        "state": denial.state_of_issue_id,
        "status": version.status,
        "version": version.number,
        "kind": version.kind,
        "valid_from": version.valid_from,
        "recorded_at": version.recorded_at,
        "notified_on": version.notified_on,
        "review_number": version.review_number,
        "review_due_on": version.review_due_on,
        "erased_at": blanked.get(version.pk),
    }


def _difference(one: PartDifference) -> dict[str, Any]:
    return {
        "path": one.path,
        "kind": one.kind,
        "before": plain(one.before),
        "after": plain(one.after),
        "sentence": sentence(one),
    }
