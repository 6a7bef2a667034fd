"""Filters at the left of a list, each with its count."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

from accounts.templatetags.parts import query_with
from consultations import labels


def facet(
    chosen: QueryDict, name: str, words: Mapping[str, Any], counts: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    """Return one group of options: each adds itself to the query, or takes itself away when chosen."""
    held = counts.get(name, {})
    options = [
        {
            "label": label,
            "count": held.get(code, 0),
            "href": query_with(chosen, **{name: None if chosen.get(name) == code else code, "page": None}),
            "selected": chosen.get(name) == code,
        }
        for code, label in words.items()
        if held.get(code) or chosen.get(name) == code
    ]
    return {"title": labels.FACETS[name], "options": options}
