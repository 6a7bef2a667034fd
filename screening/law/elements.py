"""The rows of a verdict sheet: one per legal element, with both values, the verdict and the reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from denials.law.transactions import Transaction
from denials.law.validity import Validity
from screening.engine.comparison import Comparison, Span, Verdict, differing_spans, unknown
from screening.engine.parties import PartyComparison
from screening.engine.text import compare_descriptions
from screening.law.grounds import Goods, Parties, in_role

_NO_COUNTRY: Final = frozenset(("", "VARIOUS", "EU", "EU_NATO_PLUS", "UNKNOWN"))


class ElementName(StrEnum):
    """The rows of a verdict sheet, in their order."""

    END_USER = "end_user"
    CONSIGNEE = "consignee"
    PARTY_ROLES = "party_roles"
    ITEM = "item"
    DESCRIPTION = "description"
    PARAMETERS = "parameters"
    QUANTITY = "quantity"
    DESTINATION = "destination"
    END_USE = "end_use"
    ACTIVITY = "activity"
    WINDOW = "window"


@dataclass(frozen=True)
class Element:
    """
    One row of the verdict sheet: both values, the verdict, the reason as a code, the differing stretches.

    `params` holds plain data for the sentence; `left_index` and `right_index` the places of party or item.
    """

    element: str
    verdict: Verdict
    left: str
    right: str
    reason: str
    params: Mapping[str, object] = field(default_factory=dict)
    left_spans: tuple[Span, ...] = ()
    right_spans: tuple[Span, ...] = ()
    left_index: int | None = None
    right_index: int | None = None


def sheet(
    application: Transaction, denial: Transaction, parties: Parties, goods: Goods, on: date, validity: Validity
) -> tuple[Element, ...]:
    """The rows of the verdict sheet; an element that could not be compared is there as unknown."""
    rows = [_party_row(role, parties.by_role[role], application, denial) for role in parties.by_role]
    if parties.across:
        rows.append(_across_row(parties))
    rows += _goods_rows(goods)
    rows.append(_row(ElementName.DESTINATION, compare_destinations(application, denial)))
    rows.append(_row(ElementName.END_USE, compare_descriptions(application.end_use, denial.end_use)))
    rows.append(_row(ElementName.ACTIVITY, _compare_activity(application.activity, denial.activity)))
    rows.append(_window_row(denial, on, validity))
    return tuple(rows)


def _row(name: str, found: Comparison, pair: tuple[int, int] | None = None) -> Element:
    left_spans, right_spans = ((), ())  # type: tuple[Span, ...], tuple[Span, ...]
    if found.verdict is not Verdict.DIFFERENT and found.left and found.right and found.left != found.right:
        left_spans, right_spans = differing_spans(found.left, found.right)
    left_index, right_index = pair or (None, None)
    params = {**found.detail, "score": found.score}
    return Element(
        str(name), found.verdict, found.left, found.right, found.reason, params, left_spans, right_spans,
        left_index, right_index,
    )  # fmt: skip


def _party_row(role: str, pair: PartyComparison | None, application: Transaction, denial: Transaction) -> Element:
    if pair:
        return _row(role, pair.outcome, (pair.left_index, pair.right_index))
    names = [", ".join(party.name for _, party in in_role(each, (role,))) for each in (application, denial)]
    return _row(role, unknown("not_named", *names))


def _across_row(parties: Parties) -> Element:
    assert parties.across is not None
    left, right = parties.across_roles
    found = parties.across.outcome
    detail = {**found.detail, "left_role": left, "right_role": right}
    shown = Comparison(found.verdict, found.score, found.reason, detail, found.left, found.right)
    return _row(ElementName.PARTY_ROLES, shown, (parties.across.left_index, parties.across.right_index))


def _goods_rows(goods: Goods) -> Sequence[Element]:
    if goods.pair is None:
        names = (ElementName.ITEM, ElementName.DESCRIPTION, ElementName.PARAMETERS, ElementName.QUANTITY)
        return [_row(name, unknown("no_items")) for name in names]
    pair = goods.pair
    places = pair.left_index, pair.right_index
    return [
        _row(ElementName.ITEM, pair.entry, places),
        _row(ElementName.DESCRIPTION, pair.description, places),
        _row(ElementName.PARAMETERS, pair.parameters, places),
        _row(ElementName.QUANTITY, pair.quantity, places),
    ]


def compare_destinations(application: Transaction, denial: Transaction) -> Comparison:
    """The countries of destination: context, never a condition (Art. 2(22) does not name them)."""
    left, right = ({place.code for place in each.destinations} - _NO_COUNTRY for each in (application, denial))
    shown = tuple(
        ", ".join(place.printed or place.code for place in each.destinations) for each in (application, denial)
    )
    if not left or not right:
        return unknown("no_single_country", *shown)
    if left == right:
        return Comparison(Verdict.SAME, 1.0, "same_country", {}, *shown)
    if left & right:
        return Comparison(Verdict.SIMILAR, 0.7, "shared_country", {}, *shown)
    return Comparison(Verdict.DIFFERENT, 0.0, "other_country", {}, *shown)


def _compare_activity(left: str, right: str) -> Comparison:
    if not left or not right:
        return unknown("not_stated", left, right)
    verdict = Verdict.SAME if left == right else Verdict.DIFFERENT
    return Comparison(
        verdict, float(left == right), "same_activity" if left == right else "other_activity", {}, left, right
    )


def _window_row(denial: Transaction, on: date, validity: Validity) -> Element:
    until = validity.until.isoformat() if validity.until else ""
    decided = denial.dated.isoformat() if denial.dated else ""
    verdict = Verdict.SAME if validity.counts else Verdict.DIFFERENT
    params = {"until": until, "counts": validity.counts}
    return Element(str(ElementName.WINDOW), verdict, on.isoformat(), decided, str(validity.reason), params)
