"""What may be put to the register: by whom, and with which content."""

from collections.abc import Iterable
from datetime import datetime

from accounts.law.errors import NotCompetent
from accounts.models import Authority
from accounts.roles import Principal
from denials.law import codes
from denials.law.content import StatedItem
from denials.law.place_names import fold
from denials.law.regimes import RegimeRules, rules_for
from denials.law.transactions import Destination
from denials.models import ControlListEntry, Country, PlaceName
from screening.law import applications as law
from screening.law.applications import ApplicationContent


def competent(regime: str, *, by: Principal, now: datetime) -> tuple[Authority, RegimeRules]:
    """
    Return the acting authority and the regime's rules today.

    :raises RegimeUnknown: :raises NotCompetent: if it is no national authority, or not competent for the regime.
    """
    authority = Authority.objects.national().filter(pk=by.authority_id).select_related("state").first()
    if authority is None:
        raise NotCompetent(authority=by.authority_code, regime=regime)
    rules = rules_for(regime, authority.day_of(now))
    if regime not in by.regimes:
        raise NotCompetent(authority=authority.code, regime=regime)
    return authority, rules


def accepted(
    content: ApplicationContent, rules: RegimeRules, *, authority: Authority, now: datetime
) -> ApplicationContent:
    """
    Return the content with its destinations resolved.

    :raises ContentRefused: naming every field that cannot be accepted, and why.
    """
    content = law.resolved(content, _places_named(content.destinations))
    countries = frozenset(Country.objects.values_list("code", flat=True))
    entries = _heads_held(content.items)
    law.check(content, rules, today=authority.day_of(now), countries=countries, entries=entries)
    return content


def _places_named(destinations: Iterable[Destination]) -> dict[str, str]:
    """Return text to code for the texts that name exactly one place."""
    printed = [one.printed for one in destinations if not one.code]
    if not printed:
        return {}
    names = PlaceName.objects.filter(folded__in=[fold(text) for text in printed])
    known = {name.folded: name.codes[0] for name in names if len(name.codes) == 1}
    return {text: known[fold(text)] for text in printed if fold(text) in known}


def _heads_held(items: Iterable[StatedItem]) -> dict[str, frozenset[str]]:
    """Return, per list held, which of the heads asked for are its entries; national lists are each state's own."""
    held: dict[str, frozenset[str]] = {}
    asked = [item for item in items if item.code]
    for control_list in {item.control_list for item in asked} - {"", "national"}:
        entries = ControlListEntry.objects.filter(control_list__code=control_list)
        heads = {codes.head(item.code) for item in asked if item.control_list == control_list}
        found = frozenset(entries.filter(code__in=heads).values_list("code", flat=True))
        if found or entries.exists():
            held[control_list] = found
    return held
