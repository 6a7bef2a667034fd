"""REST: searches kept under a name."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import clock, principals
from accounts.api.fields import StrictSerializer, TextField
from accounts.api.schema import IDEMPOTENCY_KEY, answers
from accounts.api.views import ExchangeViewSet
from denials import actions, search
from denials.api.listing import DenialsIn
from denials.law.searches import LONGEST_NAME
from denials.models import SavedSearch


class SavedSearchIn(StrictSerializer):
    """A search to keep; `asked` holds the parameters of the list of denials, as lists of texts."""

    name = TextField(max_length=LONGEST_NAME)
    asked = serializers.DictField(
        child=serializers.ListField(child=TextField(max_length=200), max_length=40),
        help_text='Such as {"q": ["valves"], "regime": ["dual_use"]}.',
    )
    is_shared = serializers.BooleanField(required=False, default=False)
    gives_notice = serializers.BooleanField(required=False, default=False)

    def validate_asked(self, given: dict[str, list[str]]) -> search.Asked:
        """Refuse what the list of denials would refuse; a page or an order is not part of a search."""
        known = {"q", *search.FACETS, *search.DATES}
        if unknown := sorted(set(given) - known):
            raise serializers.ValidationError(f"Not known here: {', '.join(unknown)}.", code="unknown_field")
        single = {name: values[-1] for name, values in given.items() if name not in search.FACETS and values}
        checked = DenialsIn(data={name: single.get(name, values) for name, values in given.items() if values})
        if not checked.is_valid():
            raise serializers.ValidationError(f"Not accepted: {', '.join(sorted(checked.errors))}.", code="invalid")
        return search.Asked.read(given)


class SavedSearchOut(serializers.Serializer[Any]):
    """A search kept under a name; `found` counts what it finds now, `new` what changed since its owner looked."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    asked = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    is_shared = serializers.BooleanField()
    gives_notice = serializers.BooleanField()
    is_own = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class SavedSearchFoundOut(SavedSearchOut):
    """A search with how many denials it finds now, and how many of them are new or changed since its owner looked."""

    found = serializers.IntegerField()
    new = serializers.IntegerField()


@extend_schema_view(
    list=extend_schema(
        summary="List the own searches and those shared in the authority",
        responses=answers({200: SavedSearchOut(many=True)}),
    ),
    retrieve=extend_schema(
        summary="Read a saved search, with how much it finds", responses=answers({200: SavedSearchFoundOut}, 404)
    ),
)
class SavedSearches(ExchangeViewSet):
    """Searches of the register kept under a name."""

    queryset = SavedSearch.objects.none()
    serializer_class = SavedSearchOut
    permissions_needed = dict.fromkeys(("list", "retrieve", "create", "change", "remove", "seen"), "denial.read")

    def get_queryset(self) -> Any:
        return SavedSearch.objects.visible_to(self.principal).order_by("name", "pk")

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(SavedSearchOut([self._data(one) for one in page], many=True).data)

    def retrieve(self, request: Request, pk: str) -> Response:
        saved = self.get_object()
        today = principals.today_of(self.principal, clock.now())
        rows = search.all_of(self.principal, search.Asked.read(saved.asked), on=today)
        data = self._data(saved)
        data |= {"found": rows.count(), "new": rows.filter(sequence__gt=saved.seen_sequence).count()}
        return Response(SavedSearchFoundOut(data).data)

    @extend_schema(
        summary="Keep a search under a name",
        request=SavedSearchIn,
        responses=answers({201: SavedSearchOut}, 400, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    def create(self, request: Request) -> Response:
        saved = actions.save_search(**self._given(request), by=self.principal, now=clock.now())
        response = Response(SavedSearchOut(self._data(saved)).data, status=201)
        response.headers["Location"] = f"/api/v1/saved-searches/{saved.pk}/"
        return response

    @extend_schema(
        summary="Change an own search",
        request=SavedSearchIn,
        responses=answers({200: SavedSearchOut}, 400, 404, 409, 422),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: str) -> Response:
        saved = self._own()
        saved = actions.change_search(search_id=saved.pk, **self._given(request), by=self.principal, now=clock.now())
        return Response(SavedSearchOut(self._data(saved)).data)

    @extend_schema(
        summary="Note that what an own search finds was looked at",
        request=None,
        responses=answers({200: SavedSearchOut}, 404),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def seen(self, request: Request, pk: str) -> Response:
        saved = actions.mark_seen(search_id=self._own().pk, by=self.principal)
        return Response(SavedSearchOut(self._data(saved)).data)

    @extend_schema(
        summary="Give an own search up",
        request=None,
        responses=answers({204: None}, 404),
        parameters=[IDEMPOTENCY_KEY],
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> Response:
        actions.remove_search(search_id=self._own().pk, by=self.principal, now=clock.now())
        return Response(status=204)

    def _own(self) -> SavedSearch:
        """One's own; another's, shared or not, cannot be changed and is answered as if it were not there."""
        found: SavedSearch = get_object_or_404(SavedSearch.objects.own(self.principal), pk=self.kwargs["pk"])
        return found

    def _given(self, request: Request) -> dict[str, Any]:
        given = SavedSearchIn(data=request.data)
        given.is_valid(raise_exception=True)
        return dict(given.validated_data)

    def _data(self, saved: SavedSearch) -> dict[str, Any]:
        owner = saved.client_id if self.principal.kind == "client" else saved.owner_id
        names = ("name", "asked", "is_shared", "gives_notice", "created_at")
        return {name: getattr(saved, name) for name in names} | {
            "id": saved.pk,
            "is_own": owner is not None and owner == self.principal.id,
        }
