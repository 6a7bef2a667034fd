"""What the REST doors of this room have in common."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404
from rest_framework.request import Request
from rest_framework.serializers import BaseSerializer

from accounts.api.fields import checked_query
from accounts.api.views import ExchangeViewSet
from consultations.api.serializers import PagesIn
from denials.models import Denial
from screening.models import Application

ACT = (400, 404, 409, 422)
READ = (400, 404)
STATED = ("subject", "reference", "items", "parties", "destinations")


def checked(kind: type[BaseSerializer[Any]], request: Request) -> dict[str, Any]:
    """Return the content of a request, or refuse it naming field and rule."""
    serializer = kind(data=request.data)
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


def plain_list(request: Request) -> None:
    """Refuse a query parameter that a list without filters does not know."""
    checked_query(PagesIn, request)


def visible_application(view: ExchangeViewSet, pk: UUID) -> Application:
    """Return one's own application; another's is not there."""
    found = Application.objects.visible_to(view.principal).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def visible_denials(view: ExchangeViewSet, wanted: Iterable[UUID]) -> list[UUID]:
    """Return the denials asked for if all are visible; one that is not is not there."""
    asked = list(wanted)
    if Denial.objects.visible_to(view.principal).filter(pk__in=asked).count() != len(set(asked)):
        raise Http404
    return asked
