"""What every operation of the OpenAPI file says alike: problems, and the key that makes a POST count once."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers
from rest_framework.serializers import BaseSerializer

from accounts.api.errors import MEDIA_TYPE


class SuggestionOut(serializers.Serializer[Any]):
    """An entry of a control list that may have been meant."""

    code = serializers.CharField()
    title = serializers.CharField()
    control_list = serializers.CharField()


class FieldErrorOut(serializers.Serializer[Any]):
    """A field that is not accepted, by which rule, and where it names an entry, those that may have been meant."""

    field = serializers.CharField()
    rule = serializers.CharField()
    message = serializers.CharField()
    suggestions = SuggestionOut(many=True, required=False)


class ProblemOut(serializers.Serializer[Any]):
    """A problem (RFC 9457): a stable code, the article where a rule of law refuses, fields where content does."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField(required=False)
    article = serializers.CharField(required=False)
    params = serializers.DictField(required=False)
    errors = FieldErrorOut(many=True, required=False)  # type: ignore[assignment]  # a member of that name is meant


REASONS = {
    400: "The content is not accepted; `errors` names field and rule.",
    401: "Not signed in, or the token is unknown, withdrawn or out of date.",
    403: "The role or the client's scopes do not allow it.",
    404: "Not there, or not visible to this authority: both look the same.",
    409: "The act does not fit the state of the record; `code` and `article` say why.",
    429: "The client has used up its quota; `Retry-After` says how many seconds to wait.",
    422: "A rule does not know the act as stated, or the Idempotency-Key was used with another body.",
}
IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="1 to 255 characters, unique per client: the same request sent again returns the stored answer.",
)


def answers(success: dict[int, Any], *problems: int) -> dict[Any, Any]:
    """Return the answers of an operation: what succeeds, and the problems beside 401, 403, 429; of a list 404."""
    listed = {404} if isinstance(success.get(200), BaseSerializer) and getattr(success[200], "many", False) else set()
    codes = sorted({401, 403, 429, *listed, *problems})  # a page of a list that is not there
    refused = {(code, MEDIA_TYPE): OpenApiResponse(ProblemOut, description=REASONS[code]) for code in codes}
    return {**success, **refused}
