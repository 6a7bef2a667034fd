"""Small words for what a thread shares."""

from typing import Any

from django import template

from consultations.labels import PARTY_ROLES
from consultations.labels import span as words_of
from denials.labels import ACTIVITIES

register = template.Library()


@register.simple_tag
def party_role(role: str) -> str:
    """Say the part a party takes."""
    return str(PARTY_ROLES.get(role, role))


@register.filter
def activity(code: str) -> str:
    """Say what is applied for: export, brokering, transit …"""
    return str(ACTIVITIES.get(code, code))


@register.filter
def part(shared: dict[str, Any], name: str) -> Any:
    """Return a part of what is shared; a plain look-up would find the mapping's own `items`."""
    return shared.get(name, [])


@register.simple_tag
def span(count: int, unit: str) -> str:
    """Say a number of units of a period."""
    return words_of(count, unit)
