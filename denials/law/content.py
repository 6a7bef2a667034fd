"""
What a denial says, as one value: built alike by form, REST and file, checked by one function.

A draft may lack anything; what a notification lacks is listed by `missing`, from the dated rules of the regime. An
empty field means "not stated". Source of the fields: Reg. (EU) 2021/821 Art. 16(1), (3) and Annex III; Reg. (EU)
2019/125 Art. 26(2); User's Guide to CP 2008/944/CFSP.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from dataclasses import field as member
from datetime import date
from decimal import Decimal
from typing import Any, Final

from accounts.law.errors import RegimeUnknown, RuleBroken, StillIncomplete
from denials.law import codes, recipients
from denials.law.origins import (
    ORIGINS,
    REQUIRED_OF_AGGREGATE,
    Granularity,
    Origin,
    Tier,
    audience,
    known_origins,
    multilateral,
)
from denials.law.placeholders import is_placeholder
from denials.law.places import SPECIAL
from denials.law.regimes import (
    RegimeRules,
    check_coherent,
    check_foreseen,
    check_notifiable,
    required_fields,
    rules_for,
)
from denials.law.transactions import Destination, Parameter, Role

EARLIEST: Final = date(1950, 1, 1)  # no denial of this exchange was decided before
LATEST_SUSPENSION: Final = date(2100, 1, 1)
LARGEST_QUANTITY: Final = Decimal(10) ** 15
LARGEST_COUNT: Final = 1_000_000  # licences denied, in an aggregate
MARKINGS: Final = ("UNMARKED", "LIMITE", "SENSITIVE", "R-UE/EU-R")  # from the lowest to the highest
USUAL_CEILING: Final = "SENSITIVE"  # no classified information without an accreditation: Decision 2013/488/EU Art. 10
SCOPES: Final = ("whole", "part")
CRITERIA: Final = tuple(str(number) for number in range(1, 9))
MOST_PARTS: Final = 200  # items, parties, destinations each

#: Longest text of each field, in characters; the columns hold no more.
LONGEST: Final[Mapping[str, int]] = {
    "name": 500,
    "alias": 500,
    "address": 2000,
    "description": 10_000,
    "end_use": 10_000,
    "explanation": 50_000,
    "remarks": 50_000,
    "code_printed": 80,
    "quantity_printed": 60,
    "unit": 24,
    "manufacturer": 200,
    "model": 200,
    "cas": 16,
    "cn": 12,
    "printed": 120,
    "source_reference": 80,
    "origin_reference": 80,
    "authorisation_reference": 80,
    "scope_note": 5000,
    "sub_point": 4,
    "parameter": 200,
    "identifier": 200,
}

# Words that say "on no list", as against those that say nothing at all.
_NOT_STATED: Final = frozenset(
    re.split(
        r"\|",
        "|-|--|–|—|?|unknown|other|n/a|na|n.a|nil|no|none|onbekend|geen|unbekannt|keine|inconnu|sans objet|néant|aucun",
    )
)


@dataclass(frozen=True)
class StatedItem:
    """An item: its entry as printed and as read, its description in the issuer's language and in English."""

    code: str = ""
    code_printed: str = ""
    control_list: str = ""
    category: str = ""
    is_unlisted: bool = False
    description: str = ""
    description_en: str = ""
    parameters: tuple[Parameter, ...] = ()
    quantity: Decimal | None = None
    quantity_printed: str = ""
    unit: str = ""
    value: Decimal | None = None
    currency: str = ""
    manufacturer: str = ""
    model: str = ""
    cas: str = ""
    cn: str = ""

    @classmethod
    def stated(cls, code: str = "", *, regime: str = "", **facts: Any) -> "StatedItem":
        """Return an item whose control-list entry is read from any notation; unknown notation stays verbatim."""
        read = codes.parse(code, regime)
        return cls(
            code=read.canonical[:40],
            code_printed=read.printed,
            control_list=read.control_list,
            category=read.category,
            is_unlisted=not read.canonical and says_unlisted(read.printed),
            **facts,
        )

    @property
    def is_stated(self) -> bool:
        """Whether the item says anything."""
        return bool(self.code or self.code_printed or self.description or self.description_en or self.model)


@dataclass(frozen=True)
class StatedParty:
    """A party by role; a placeholder is kept as printed and names nobody; a category names no single one."""

    role: str
    name: str
    country: str = ""
    address: str = ""
    aliases: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    is_placeholder: bool = False
    is_category: bool = False

    @classmethod
    def stated(cls, role: str, name: str, **facts: Any) -> "StatedParty":
        """Return a party whose name was looked at: "private end-user" stands for nobody in particular."""
        return cls(role=role, name=name, is_placeholder=is_placeholder(name), **facts)


@dataclass(frozen=True)
class Citation:
    """One of the eight criteria, with its sub-point where given: 2(b) is code "2", sub_point "b"."""

    code: str
    sub_point: str = ""

    def __str__(self) -> str:
        return f"{self.code}({self.sub_point})" if self.sub_point else self.code


@dataclass(frozen=True)
class DenialContent:
    """Everything a version of a denial holds that its authority states."""

    regime: str
    act: str = ""
    legal_basis: str = ""
    decided_on: date | None = None
    suspended_until: date | None = None
    activity: str = "export"
    authorisation_type: str = ""
    origin: str = "EU_MS"
    origin_state: str = ""
    origin_reference: str = ""
    granularity: str = "individual"
    list_tier: str = ""
    period_since: date | None = None
    period_until: date | None = None
    licences_denied: int | None = None
    also_notified: tuple[str, ...] = ()
    scope: str = "whole"
    scope_note: str = ""
    authorisation_reference: str = ""
    destinations: tuple[Destination, ...] = ()
    parties: tuple[StatedParty, ...] = ()
    items: tuple[StatedItem, ...] = ()
    criteria: tuple[Citation, ...] = ()
    criteria_stated: bool = True
    grounds: tuple[str, ...] = ()
    end_use: str = ""
    explanation: str = ""
    remarks: str = ""
    marking: str = "LIMITE"
    withheld: tuple[str, ...] = ()
    source_reference: str = ""

    @property
    def is_aggregate(self) -> bool:
        """Whether it stands for a number of denials that a multilateral regime passed on: an alert, never a duty."""
        return self.granularity == Granularity.AGGREGATE

    @property
    def is_multilateral(self) -> bool:
        """Whether a multilateral regime passed it on, so that its members alone see it."""
        return bool(audience(self.origin))

    def as_data(self) -> dict[str, Any]:
        """Return the content as JSON-ready values, for digests and answers."""
        data: dict[str, Any] = plain(self)
        return data


@dataclass(frozen=True)
class Problem:
    """A field that cannot be accepted: where (`items[0].quantity`), by which rule, with what."""

    field: str
    rule: str
    params: Mapping[str, object] = member(default_factory=dict)

    def as_data(self) -> dict[str, object]:
        """Return the problem as JSON-ready values."""
        facts = {name: list(value) if isinstance(value, tuple) else str(value) for name, value in self.params.items()}
        return {"field": self.field, "rule": self.rule, **facts}


class ContentRefused(RuleBroken):
    """The content holds values no denial can have; all are named."""

    code = "content_refused"
    conflict = False

    def __init__(self, problems: Collection[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)
        self.params = {"problems": [one.as_data() for one in self.problems]}

    def as_data(self) -> dict[str, object]:
        """Return code, article and the problems as JSON-ready values."""
        return {"code": self.code, "article": self.article, "params": self.params}


class NothingChanged(RuleBroken):
    """The amendment says what the denial says already."""

    code = "nothing_changed"


@dataclass(frozen=True)
class Missing:
    """A field still to fill before the denial can be notified, and the text that asks for it."""

    field: str
    source: str


@dataclass(frozen=True)
class Difference:
    """A field that one version states otherwise than the one before."""

    field: str
    before: Any
    after: Any


def says_unlisted(printed: str) -> bool:
    """Tell whether a text states that the item is on no list ("End Use", "catch all"), rather than stating nothing."""
    text = printed.casefold().strip(" .")
    return text not in _NOT_STATED


# ---- what a notification needs -----------------------------------------------------------------------------------


def filled(content: DenialContent) -> frozenset[str]:
    """Return the names of the fields that hold something, as the rules of a regime name them."""
    told = [party for party in content.parties if party.role != Role.EXPORTER]
    items = [item for item in content.items if item.is_stated]
    held = {
        "act": content.act,
        "legal_basis": content.legal_basis,
        "decided_on": content.decided_on,
        "suspended_until": content.suspended_until,
        "destinations": content.destinations,
        "items": items,
        "item_codes": items and all(item.code for item in items),
        "item_parameters": items and all(item.parameters for item in items),
        "parties": told,
        "end_user": [party for party in told if party.role == Role.END_USER],
        "period": content.period_since and content.period_until,
        "licences_denied": content.licences_denied,
        "scope_note": content.scope_note.strip(),
        "origin_state": content.origin_state,
        "grounds": content.criteria or content.grounds,
        "reasons": content.explanation.strip(),
    }
    return frozenset(name for name, value in held.items() if value)


def missing(content: DenialContent, on: date) -> tuple[Missing, ...]:
    """
    Return what is still missing to notify, in the order the rules name it.

    :param on: the day asked about; the rules are those of the day of decision, or of this day where none is stated.
    :raises RegimeUnknown: if no rules are held for that day.
    """
    rules = rules_for(content.regime, content.decided_on or on)
    held = filled(content)
    return tuple(Missing(name, rules.source) for name in _needed(rules, content) if name not in held)


def _needed(rules: RegimeRules, content: DenialContent) -> Iterator[str]:
    """Yield the fields to fill: those of the act; of an aggregate, only what an aggregate says."""
    if content.is_aggregate:
        yield from (*REQUIRED_OF_AGGREGATE, "legal_basis", "items")
        return
    yield from required_fields(rules, content.act)
    if content.scope == "part":
        yield "scope_note"
    if content.is_multilateral:
        yield "origin_state"


def check_for_notification(content: DenialContent, on: date, ceiling: str = USUAL_CEILING) -> RegimeRules:
    """
    Refuse a content that cannot be notified on a day; return the rules it was judged by.

    :raises ContentRefused: values no denial can have.   :raises StillIncomplete: naming every missing field.
    :raises NotForeseen: an act, activity, basis or ground the regime does not know.
    :raises NotNotifiable: grounds that are not notified.   Source: the article in each error.
    """
    check_plausible(content, on, ceiling)
    rules = rules_for(content.regime, content.decided_on or on)
    if lacking := missing(content, on):
        raise StillIncomplete([one.field for one in lacking], article=rules.source)
    check_listed(content, rules)
    check_notifiable(rules, content.grounds if not content.criteria else ())
    return rules


def check_listed(content: DenialContent, rules: RegimeRules) -> None:
    """Refuse values outside the lists the regime keeps.   :raises NotForeseen: naming field and value."""
    check_foreseen(
        rules,
        act=content.act,
        activity=content.activity,
        legal_basis=content.legal_basis,
        authorisation_type=content.authorisation_type,
    )
    check_coherent(rules, act=content.act, activity=content.activity, legal_basis=content.legal_basis)
    for ground in content.grounds:
        check_foreseen(rules, ground=ground)


def assessed(suspension: DenialContent, act: str, decided_on: date | None) -> DenialContent:
    """
    Return what a suspension says once its final assessment has made another decision of it, of a day of its own.

    Source: Reg. (EU) 2021/821 Art. 16(1), second sentence.
    """
    return replace(suspension, act=act, decided_on=decided_on, suspended_until=None)


def usual_basis(rules: RegimeRules, items: Collection[StatedItem], activity: str = "export") -> str:
    """
    Return the legal basis that follows from regime, activity and the lists of the items, "" where none does.

    Source: CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2021/821 Art. 3(1); Reg. (EU) 2019/125 Arts 3, 12, 17.
    """
    governing = [basis.code for basis in rules.legal_bases if activity in basis.activities]
    known = [basis.code for basis in rules.legal_bases if not basis.activities or activity in basis.activities]
    if len(known) == 1 or len(governing) == 1:
        return (governing if len(governing) == 1 else known)[0]
    lists = {item.control_list for item in items}
    if lists and lists <= {"annex_i", "annex_iv"} and "annex_i" in known:
        return "annex_i"
    annexes = {f"annex_{item.category.lower()}" for item in items} if lists == {"torture"} else set()
    return annexes.pop() if len(annexes) == 1 and annexes <= set(known) else ""


# ---- what no denial can say --------------------------------------------------------------------------------------


def check_plausible(content: DenialContent, on: date, ceiling: str = USUAL_CEILING) -> None:
    """Refuse values no denial can have, drafts included.   :raises ContentRefused: naming each."""
    if problems := tuple(problems_of(content, on, ceiling)):
        raise ContentRefused(problems)


def markings_up_to(ceiling: str) -> tuple[str, ...]:
    """Return the markings a system with a ceiling holds, from the lowest to the highest."""
    return MARKINGS[: MARKINGS.index(ceiling) + 1]


def usual_marking(ceiling: str) -> str:
    """Return the marking a denial has unless another is chosen: LIMITE, or the ceiling where that is lower."""
    return min(("LIMITE", ceiling), key=MARKINGS.index)


def problems_of(content: DenialContent, on: date, ceiling: str = USUAL_CEILING) -> Iterator[Problem]:
    """
    Yield every value no denial can have: dates, numbers, roles, codes of places, lengths.

    :param ceiling: the highest marking the system may hold.
    """
    yield from _dates(content, on)
    for name in _TEXTS:
        yield from _length(name, name, getattr(content, name))
    for name in ("destinations", "parties", "items"):
        if len(getattr(content, name)) > MOST_PARTS:
            yield Problem(name, "too_many", {"most": MOST_PARTS})
    if content.marking not in markings_up_to(ceiling):
        yield Problem("marking", "above_ceiling", {"value": content.marking, "ceiling": ceiling})
    yield from _scope(content)
    yield from _origin(content, on)
    yield from _withheld(content, on)
    for at, destination in enumerate(content.destinations):
        yield from _destination(f"destinations[{at}]", destination)
    for at, party in enumerate(content.parties):
        yield from _party(f"parties[{at}]", party)
    for at, item in enumerate(content.items):
        yield from _item(f"items[{at}]", item)
    for at, citation in enumerate(content.criteria):
        if citation.code not in CRITERIA:
            yield Problem(f"criteria[{at}]", "criterion_unknown", {"value": citation.code})
        yield from _length("sub_point", f"criteria[{at}].sub_point", citation.sub_point)


def _dates(content: DenialContent, on: date) -> Iterator[Problem]:
    if content.decided_on is not None:
        if content.decided_on > on:
            yield Problem("decided_on", "in_future", {"value": content.decided_on})
        if content.decided_on < EARLIEST:
            yield Problem("decided_on", "too_early", {"value": content.decided_on})
    if content.suspended_until is not None:
        if content.decided_on is not None and content.suspended_until < content.decided_on:
            yield Problem("suspended_until", "before_decision", {"value": content.suspended_until})
        if content.suspended_until > LATEST_SUSPENSION:
            yield Problem("suspended_until", "too_late", {"value": content.suspended_until})


_TEXTS: Final = (
    "end_use",
    "explanation",
    "remarks",
    "source_reference",
    "origin_reference",
    "authorisation_reference",
    "scope_note",
)


def _scope(content: DenialContent) -> Iterator[Problem]:
    if content.scope not in SCOPES:
        yield Problem("scope", "scope_unknown", {"value": content.scope})
    elif content.scope == "whole" and content.scope_note.strip():
        yield Problem("scope_note", "only_of_a_part")


def _origin(content: DenialContent, on: date) -> Iterator[Problem]:
    """A state's own denial says nothing of a multilateral regime but whom it was notified to besides."""
    for at, name in enumerate(content.also_notified):
        if name not in multilateral() or name == content.origin:
            yield Problem(f"also_notified[{at}]", "origin_unknown", {"value": name})
    if content.origin not in known_origins():
        yield Problem("origin", "origin_unknown", {"value": content.origin})
        return
    day = content.decided_on or content.period_until or on
    held = next((one for one in ORIGINS if one.code == content.origin and one.holds(day)), None)
    if held is None:
        yield Problem("origin", "origin_later", {"value": content.origin})
        return
    yield from _of_origin(content, held)
    yield from _aggregate(content, on)


def _of_origin(content: DenialContent, held: Origin) -> Iterator[Problem]:
    if content.granularity not in tuple(Granularity):
        yield Problem("granularity", "granularity_unknown", {"value": content.granularity})
    elif content.is_aggregate and not held.aggregates:
        yield Problem("granularity", "no_aggregates", {"value": content.origin})
    if content.list_tier and (content.list_tier not in tuple(Tier) or content.list_tier not in held.tiers):
        yield Problem("list_tier", "tier_unknown", {"value": content.list_tier})
    if not held.audience:
        for name in ("origin_state", "origin_reference"):
            if getattr(content, name):
                yield Problem(name, "only_of_another_origin")
    elif content.origin_state and not _is_alpha_2(content.origin_state):
        yield Problem("origin_state", "country_unknown", {"value": content.origin_state})


def _aggregate(content: DenialContent, on: date) -> Iterator[Problem]:
    for name in ("period_since", "period_until", "licences_denied"):
        if getattr(content, name) is not None and not content.is_aggregate:
            yield Problem(name, "only_of_an_aggregate")
    since, until, count = content.period_since, content.period_until, content.licences_denied
    if since is not None and since < EARLIEST:
        yield Problem("period_since", "too_early", {"value": since})
    if until is not None and until > on:
        yield Problem("period_until", "in_future", {"value": until})
    if since is not None and until is not None and until < since:
        yield Problem("period_until", "before_start", {"value": until})
    if count is not None and not 0 < count < LARGEST_COUNT:
        yield Problem("licences_denied", "not_positive" if count <= 0 else "too_large")


def _withheld(content: DenialContent, on: date) -> Iterator[Problem]:
    """Refuse to withhold what the law obliges to share. Source: the article in each problem."""
    try:
        shared = rules_for(content.regime, content.decided_on or on).shared
    except RegimeUnknown:
        shared = ()
    for stated, rule, article in recipients.refusals(content.withheld, shared):
        yield Problem("withheld", rule, {"value": stated, "article": article})


def _destination(where: str, destination: Destination) -> Iterator[Problem]:
    if not destination.code and not destination.printed:
        yield Problem(where, "required")
    if destination.code and destination.code not in SPECIAL and not _is_alpha_2(destination.code):
        yield Problem(where, "country_unknown", {"value": destination.code})
    yield from _length("printed", where, destination.printed)


def _party(where: str, party: StatedParty) -> Iterator[Problem]:
    if party.role not in tuple(Role):
        yield Problem(f"{where}.role", "role_unknown", {"value": party.role})
    if not party.name.strip():
        yield Problem(f"{where}.name", "required")
    if party.country and not _is_alpha_2(party.country):
        yield Problem(f"{where}.country", "country_unknown", {"value": party.country})
    yield from _length("name", f"{where}.name", party.name)
    yield from _length("address", f"{where}.address", party.address)
    for alias in party.aliases:
        yield from _length("alias", f"{where}.aliases", alias)
    for pair in party.identifiers:
        for text in pair:
            yield from _length("identifier", f"{where}.identifiers", text)


def _item(where: str, item: StatedItem) -> Iterator[Problem]:
    if not item.is_stated:
        yield Problem(where, "required")
    if item.quantity is not None and not 0 < item.quantity < LARGEST_QUANTITY:
        yield Problem(f"{where}.quantity", "not_positive" if item.quantity <= 0 else "too_large")
    if item.value is not None and not 0 <= item.value < LARGEST_QUANTITY:
        yield Problem(f"{where}.value", "not_positive" if item.value < 0 else "too_large")
    for name in ("code_printed", "quantity_printed", "unit", "manufacturer", "model", "cas", "cn"):
        yield from _length(name, f"{where}.{name}", getattr(item, name))
    yield from _length("description", f"{where}.description", item.description)
    yield from _length("description", f"{where}.description_en", item.description_en)
    for parameter in item.parameters:
        if not parameter.name.strip() or not parameter.value.strip():
            yield Problem(f"{where}.parameters", "required")
        for text in (parameter.name, parameter.value, parameter.unit):
            yield from _length("parameter", f"{where}.parameters", text)


def _length(limit: str, where: str, text: str) -> Iterator[Problem]:
    if len(text) > LONGEST[limit]:
        yield Problem(where, "too_long", {"most": LONGEST[limit]})


def _is_alpha_2(code: str) -> bool:
    return len(code) == 2 and code.isascii() and code.isalpha() and code.isupper()


# ---- comparing versions ------------------------------------------------------------------------------------------


def differences(before: DenialContent, after: DenialContent) -> tuple[Difference, ...]:
    """Return the fields stated otherwise, in the order of the record."""
    pairs = ((one.name, getattr(before, one.name), getattr(after, one.name)) for one in fields(DenialContent))
    return tuple(Difference(name, old, new) for name, old, new in pairs if old != new)


def plain(value: Any) -> Any:
    """Return a value of the content as JSON-ready data; numbers and days as text, as they are stated."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return value.isoformat() if isinstance(value, date) else value
