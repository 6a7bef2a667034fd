"""What an answer showed: the ids of the records on a page or in the body of a call, without asking the database."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Model, QuerySet
from django.http import HttpResponse

#: Pages that show no record of a case: the house's own, reference data, what everybody may know.
QUIET = frozenset(
    {
        *(
            "second-step",
            "enrol",
            "sign-in-with",
            "sign-in-back",
            "prove",
            "invitation",
            "second-factor",
            "password",
            "sessions",
        ),
        *("healthz", "readyz", "sign-in", "demo-sign-in", "sign-out", "set-language", "first-day", "people"),
        *(
            "calendars",
            "clients",
            "client",
            "client-keys",
            "end-client-key",
            "withdraw-tokens",
            "api-token",
            "settings",
            "webhooks",
            "undelivered",
            "notices",
            "operation",
            "receipts",
            "receipt-program",
            "api-receipt-list",
            "api-checkpoint-list",
        ),
        *("person", "api-person-list", "api-person-cases-held"),
        *("consultations:hand-over", "consultations:remove-person", "consultations:exonerate"),
        *("denials:entries", "denials:read-entries", "denials:control-lists", "denials:control-lists-tree"),
        *("denials:control-lists-entry", "denials:places", "denials:places-detail", "api-place-list"),
        *("api-place-detail", "api-control-list-list", "api-control-list-entries-list", "api-setting-list"),
        *("api-control-list-entry-resolve", "consultations:unavailability", "consultations:correct-calendar"),
    }
)
RECORDS = frozenset({"denial", "application", "consultation", "screening", "decision", "grantnotice", "document"})
KEYS = ("id", "denial", "application", "consultation", "denial_id", "application_id", "consultation_id")
DEEP = 4
MOST = 1000  # ids of one answer


def is_quiet(route: str) -> bool:
    """Say whether a page shows no record of a case."""
    return route in QUIET


def shown_in(kwargs: Mapping[str, Any], response: HttpResponse) -> list[str]:
    """Return the ids an answer showed, each once: that of its address first."""
    found = ids_of(kwargs)
    data, context = getattr(response, "data", None), getattr(response, "context_data", None)
    found += _in_data(data, DEEP) if data is not None else _in_context(context or {})
    return list(dict.fromkeys(found))[:MOST]


def ids_of(kwargs: Mapping[str, Any]) -> list[str]:
    """Return the ids in an address."""
    return [str(value) for value in kwargs.values() if _is_id(value)]


def _in_data(data: Any, depth: int) -> Iterator[str]:
    """The ids in the body of a call."""
    if depth and isinstance(data, Mapping):
        yield from (str(data[name]) for name in KEYS if _is_id(data.get(name)))
        for value in data.values():
            yield from _in_data(value, depth - 1)
    elif depth and isinstance(data, list | tuple):
        for value in data:
            yield from _in_data(value, depth)


def _in_context(context: Mapping[str, Any]) -> Iterator[str]:
    """The ids of the records a page was made of: what it was given, and what stands in its lists and rows."""
    for name, value in context.items():
        if name not in ("view", "form", "principal", "request"):
            for one in _elements(value):
                yield from _ids_of(one)
                if not isinstance(one, Model):
                    yield from (found for part in _parts(one) for found in _ids_of(part))


def _elements(value: Any) -> Iterable[Any]:
    if isinstance(value, Page):
        value = value.object_list
    if isinstance(value, QuerySet):
        return value._result_cache or ()
    return value if isinstance(value, list | tuple) else (value,)


def _parts(value: Any) -> Iterable[Any]:
    if isinstance(value, Mapping):
        return value.values()
    return vars(value).values() if hasattr(value, "__dict__") and not isinstance(value, type) else ()


def _ids_of(value: Any) -> Iterator[str]:
    if not isinstance(value, Model):
        return
    if value._meta.model_name in RECORDS:
        yield str(value.pk)
    yield from (str(vars(value)[name]) for name in KEYS[4:] if _is_id(vars(value).get(name)))


def _is_id(value: Any) -> bool:
    if isinstance(value, UUID):
        return True
    if not isinstance(value, str) or len(value) != 36:
        return False
    try:
        UUID(value)
    except ValueError:
        return False
    return True
