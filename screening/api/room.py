"""What the REST doors of this room do alike."""

from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts import principals
from accounts.api.errors import problem
from accounts.api.views import ExchangeViewSet
from accounts.labels import rule_text
from denials.law.content import ContentRefused
from screening.api import answers as out
from screening.api import serializers as given
from screening.api import shapes
from screening.labels import problem_text
from screening.law.applications import ApplicationContent
from screening.models import Screening
from screening.querysets import ScreeningQuerySet

ACT = (400, 404, 409, 422)
HIT = [OpenApiParameter("hit", UUID, OpenApiParameter.PATH, description="A hit of the last screening.")]


class ScreeningRoom(ExchangeViewSet):
    """What both doors of this room do alike."""

    def checked(self, kind: type[BaseSerializer[Any]], data: Any) -> dict[str, Any]:
        """Return what was sent, or refuse it naming field and rule."""
        serializer = kind(data=data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def asked(self, request: Request, now: Any) -> ApplicationContent:
        """Return what is asked, of the own authority."""
        data = self.checked(given.ApplicationIn, request.data)
        own = {self.principal.authority_code.upper(), self.principal.state.upper()}
        if data["authority"] and data["authority"].upper() not in own:
            raise ValidationError({"authority": ["Only the own authority."]}, code="not_own_authority")
        return given.content_of(data, today=principals.authority_of(self.principal).day_of(now))

    def handle_exception(self, error: Exception) -> Any:
        """Name every field a rule refuses, as for any other content that is not accepted."""
        if not isinstance(error, ContentRefused):
            return super().handle_exception(error)
        errors = [
            {"field": one.field, "rule": one.rule, "message": problem_text(one.rule, one.params)}
            for one in error.problems
        ]
        return problem(422, code=error.code, title=rule_text(error), errors=errors)


def page_of_screenings(view: ScreeningRoom, rows: ScreeningQuerySet) -> Response:
    page = cast("list[Screening]", view.paginate_queryset(rows.with_counts()) or [])
    data = [out.screening(row, out.counted(row)) for row in page]
    return view.get_paginated_response(shapes.ScreeningOut(data, many=True).data)
