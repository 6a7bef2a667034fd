"""REST: what the own authority has chosen for itself."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock, principals
from accounts.actions import change_setting
from accounts.api.fields import StrictSerializer, TextField
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from accounts.law.settings import SETTINGS
from accounts.models import AuthoritySetting
from accounts.roles import Principal


class SettingOut(serializers.Serializer[Any]):
    """A setting: the value that holds today, the values it takes, and the choices made, the last first."""

    name = serializers.CharField()
    value = serializers.CharField()
    values = serializers.ListField(child=serializers.CharField())
    choices = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField()), help_text="Each with `value`, `since`, `set_at`."
    )


class SettingIn(StrictSerializer):
    """A choice and the first day it holds, today at the earliest."""

    name = TextField(max_length=40)
    value = TextField(max_length=40)
    since = serializers.DateField(required=False)


class Settings(ExchangeViewSet):
    """The settings of the own authority."""

    queryset = AuthoritySetting.objects.none()
    serializer_class = SettingOut
    pagination_class = None
    permissions_needed = {"list": "setting.read", "create": "setting.manage"}

    @extend_schema(
        summary="List the settings of the own authority", responses=answers({200: SettingOut(many=True)}), filters=False
    )
    def list(self, request: Request) -> Response:
        return Response(SettingOut(_shown(self.principal), many=True).data)

    @extend_schema(
        summary="Choose a setting of the own authority from a day on",
        request=SettingIn,
        responses=answers({201: SettingOut(many=True)}, 400, 422),
        parameters=[IDEMPOTENCY_KEY],
        filters=False,
    )
    def create(self, request: Request) -> Response:
        given = SettingIn(data=request.data)
        given.is_valid(raise_exception=True)
        now, authority = clock.now(), principals.authority_of(self.principal)
        chosen = {"since": now.date(), **given.validated_data}
        change_setting(authority=authority, by=self.principal, now=now, **chosen)
        return Response(SettingOut(_shown(self.principal), many=True).data, status=201)


def _shown(reader: Principal) -> list[dict[str, Any]]:
    """Return every setting with the value of today and the choices made."""
    today, rows = clock.now().date(), AuthoritySetting.objects.visible_to(reader)
    chosen = list(rows.order_by("-since", "-pk"))
    return [
        {
            "name": one.name,
            "value": next((row.value for row in chosen if row.name == one.name and row.since <= today), one.usual),
            "values": list(one.values),
            "choices": [
                {"value": row.value, "since": row.since.isoformat(), "set_at": row.set_at.isoformat()}
                for row in chosen
                if row.name == one.name
            ],
        }
        for one in SETTINGS
    ]
