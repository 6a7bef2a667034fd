"""One JSON parser: bounded, without duplicate keys, without hidden characters."""

import json
import re
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.parsers import BaseParser

from accounts.law.text import UnfitText, clean

MAX_BYTES = 1_000_000
MAX_DEPTH = 32


class TooLarge(APIException):
    """The body is larger than a request may be."""

    status_code = 413
    default_code = "body_too_large"
    default_detail = f"The body is larger than {MAX_BYTES} bytes."


class StrictJSONParser(BaseParser):
    """Parse JSON of at most 1 MB and 32 levels; refuse duplicate keys, NaN, control characters."""

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        limit = getattr(settings, "EXCHANGE_MAX_JSON_BYTES", MAX_BYTES)
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as wrong:
            raise ParseError("The body is not UTF-8.", code="not_utf8") from wrong
        _refuse_deep(text)
        try:
            content = strict_json(text)
        except (ValueError, RecursionError) as wrong:
            raise ParseError(f"The body is not acceptable JSON: {wrong}", code="not_json") from wrong
        return _cleaned(content, "")


_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)


def _refuse_deep(text: str) -> None:
    depth = 0
    for token in _TOKENS.finditer(text):
        if token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth -= 1
        if depth > MAX_DEPTH:
            raise ParseError(f"The body is nested deeper than {MAX_DEPTH} levels.", code="too_deep")


def strict_json(text: str) -> Any:
    """
    Parse JSON that has no key twice and no number beyond JSON's.

    :raises ValueError: saying what is wrong.   :raises RecursionError: where it is nested too deep.
    """
    return json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return content


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a JSON number")


def _cleaned(content: Any, where: str) -> Any:
    if isinstance(content, str):
        try:
            return clean(content)
        except UnfitText as refused:
            field = where or "body"
            raise ValidationError(
                {field: [f"The character {refused.params['character']} is not accepted."]}, code=refused.code
            ) from refused
    if isinstance(content, list):
        return [_cleaned(item, f"{where}[{index}]") for index, item in enumerate(content)]
    if isinstance(content, dict):
        return {
            _cleaned(name, where): _cleaned(value, f"{where}.{name}" if where else name)
            for name, value in content.items()
        }
    return content
