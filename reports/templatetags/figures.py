"""Figures as tables print them."""

from typing import Any

from django import template

from reports.labels import place

register = template.Library()

GAP = "\u202f"  # a narrow blank that does not break


@register.filter
def grouped(value: Any) -> Any:
    """Write a whole number of five figures or more in groups of three; anything else as it is."""
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > 9999:
        return f"{value:,}".replace(",", GAP)
    return value


@register.filter
def place_name(code: str) -> str:
    """Name a destination as the tables do."""
    return place(code) if code else "–"
