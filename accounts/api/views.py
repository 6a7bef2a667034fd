"""What the REST doors of all rooms have in common."""

from typing import Any

from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from accounts.api.authentication import PrincipalMay
from accounts.api.idempotency import IdempotentPosts
from accounts.models import Receipt
from accounts.principals import principal_of
from accounts.roles import Principal

MOST_RECEIPTS = 50  # named in one header; all of them stand in the list


class Pages(PageNumberPagination):
    """Pages of 50 rows, up to 200 with `page_size`."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class ExchangeViewSet(IdempotentPosts, GenericViewSet[Any]):
    """A viewset of visible objects only: what may not be seen is not there."""

    permission_classes = [PrincipalMay]
    permissions_needed: dict[str, str] = {}
    pagination_class: Any = Pages  # None in a view that answers with one page
    lookup_value_regex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"

    @property
    def principal(self) -> Principal:
        """The principal the middleware resolved."""
        return principal_of(self.request._request)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Name in the header `Receipt` the receipts of the acts of this call."""
        if request.method not in SAFE_METHODS and 200 <= response.status_code < 300:
            issued = Receipt.objects.of_transaction().order_by("statement__audit_sequence").values_list("pk", flat=True)
            if given := ", ".join(str(pk) for pk in issued[:MOST_RECEIPTS]):
                response.headers["Receipt"] = given
        return super().finalize_response(request, response, *args, **kwargs)
