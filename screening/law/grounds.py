"""
What two transactions have in common, found before the law is asked: the parties and the goods.

A finding is a word for what the comparisons show together. It decides nothing: `identity` does, by its tables.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from denials.law.transactions import Party, Role, Transaction
from screening.engine.codes import compare_codes
from screening.engine.comparison import Verdict
from screening.engine.items import ItemComparison, compare_items
from screening.engine.parameters import AMOUNTS
from screening.engine.parties import Evidence, PartyComparison, best_pair, is_comparable
from screening.engine.retrieval import MOST_ITEMS
from screening.engine.text import compare_descriptions

# So many pairs of items, those nearest by entry and description, are compared in any case, and further ones until two
# are identical: characteristics may tell apart what entry and description do not. Beyond, nothing is said to be other.
_FIRST_COMPARED: Final = 40
_MOST_COMPARED: Final = 2000


class PartyFinding(StrEnum):
    """How the parties of two transactions lie to each other."""

    SAME = "same"  # the same end-user, or the same consignee
    OTHER_ROLE = "other_role"  # the end-user of one is the consignee of the other
    NEAR = "near"  # a name near enough that an officer must look
    BESIDE = "beside"  # the same party, but as intermediary or broker in one of them
    OPEN = "open"  # no end-user or consignee named on a side: unknown never equals unknown
    OTHER = "other"


class GoodsFinding(StrEnum):
    """How the goods of two transactions lie to each other."""

    IDENTICAL = "identical"  # same or covered entry, with like description or parameters
    PROBABLE = "probable"  # like goods, but an entry or parameter is missing, near or of another list
    DOUBTFUL = "doubtful"  # something speaks for and something against
    OPEN = "open"  # nothing to compare
    OTHER = "other"  # other goods, or other parameters


@dataclass(frozen=True)
class Parties:
    """The nearest pair per role, the nearest across roles, the nearest with an intermediary, and the finding."""

    finding: PartyFinding
    by_role: Mapping[str, PartyComparison | None]
    across: PartyComparison | None
    across_roles: tuple[str, str]

    @property
    def roles_same(self) -> int:
        """In how many of the decisive roles the party is the same."""
        return sum(pair is not None and pair.outcome.verdict is Verdict.SAME for pair in self.by_role.values())

    @property
    def countries_agree(self) -> int:
        """Of how many pairs that are near the parties are of one country, less those of two."""
        pairs = [pair.outcome for pair in (*self.by_role.values(), self.across) if pair]
        told = [pair.detail.get("country") for pair in pairs if pair.verdict in {Verdict.SAME, Verdict.SIMILAR}]
        return told.count("same") - told.count("different")

    @property
    def nearness(self) -> float:
        """The best score of any pair."""
        pairs = [pair for pair in (*self.by_role.values(), self.across) if pair]
        return max((pair.outcome.score for pair in pairs), default=0.0)


DECISIVE_ROLES: Final = (Role.END_USER, Role.CONSIGNEE)
_BESIDE_ROLES: Final = (Role.INTERMEDIARY, Role.BROKER, Role.OTHER)


def in_role(transaction: Transaction, roles: Sequence[str]) -> list[tuple[int, Party]]:
    """Return the parties in one of these roles, each with its place in the record."""
    return [(at, party) for at, party in enumerate(transaction.parties) if party.role in roles]


def find_parties(
    application: Transaction,
    denial: Transaction,
    weights: Mapping[str, float] | None = None,
    evidence: Evidence | None = None,
) -> Parties:
    """
    Compare end-users with end-users and consignees with consignees, then across, then with intermediaries.

    Exporters are left out: the same exporter makes no transaction essentially identical.
    Source: Reg. (EU) 2021/821 Art. 2(22): "involving the same end-user or consignee".
    """
    by_role = {
        str(role): best_pair(
            in_role(application, (role,)), in_role(denial, (role,)), weights=weights, evidence=evidence
        )
        for role in DECISIVE_ROLES
    }
    verdicts = {pair.outcome.verdict for pair in by_role.values() if pair}
    if Verdict.SAME in verdicts:
        return Parties(PartyFinding.SAME, by_role, None, ("", ""))
    across, roles = _across(application, denial, weights, evidence)
    across_verdict = across.outcome.verdict if across else Verdict.UNKNOWN
    decisive = all(role in DECISIVE_ROLES for role in roles)
    finding = PartyFinding.OTHER
    if across_verdict is Verdict.SAME and decisive:
        finding = PartyFinding.OTHER_ROLE
    elif Verdict.SIMILAR in verdicts or (across_verdict is Verdict.SIMILAR and decisive):
        finding = PartyFinding.NEAR
    elif across_verdict is Verdict.SAME:
        finding = PartyFinding.BESIDE
    elif not (_names_a_decisive_party(application) and _names_a_decisive_party(denial)):
        finding = PartyFinding.OPEN
    shown = across if across_verdict in {Verdict.SAME, Verdict.SIMILAR} else None
    return Parties(finding, by_role, shown, roles if shown else ("", ""))


def _across(
    application: Transaction, denial: Transaction, weights: Mapping[str, float] | None, evidence: Evidence | None
) -> tuple[PartyComparison | None, tuple[str, str]]:
    """The nearest pair whose roles differ, or of intermediaries; pairs of end-user and consignee go first."""
    best: PartyComparison | None = None
    roles = ("", "")
    lefts, rights = _by_role(application), _by_role(denial)
    for left, ours in lefts.items():
        for right, theirs in rights.items():
            if left == right and left in DECISIVE_ROLES:
                continue
            found = best_pair(ours, theirs, weights=weights, evidence=evidence)
            if found and (best is None or found.outcome.score > best.outcome.score):
                best, roles = found, (left, right)
    return best, roles


def _by_role(transaction: Transaction) -> dict[str, list[tuple[int, Party]]]:
    """The parties by role, end-users first, exporters left out."""
    held = {str(role): in_role(transaction, (role,)) for role in (*DECISIVE_ROLES, *_BESIDE_ROLES)}
    return {role: parties for role, parties in held.items() if parties}


def _names_a_decisive_party(transaction: Transaction) -> bool:
    return any(is_comparable(party) for _, party in in_role(transaction, DECISIVE_ROLES))


def is_screenable_by_party(transaction: Transaction) -> bool:
    """Whether an end-user or consignee is named so that it can be compared; else no screening shows there was none."""
    return _names_a_decisive_party(transaction)


@dataclass(frozen=True)
class Goods:
    """The nearest pair of items and the finding; no pair if a side lists none."""

    finding: GoodsFinding
    pair: ItemComparison | None


def find_goods(application: Transaction, denial: Transaction) -> Goods:
    """
    Compare every item with every item; the pair that speaks most for identity counts.

    Where there are more pairs than can be compared, goods not found alike are doubtful, never other goods.
    """
    best = Goods(GoodsFinding.OPEN, None)
    pairs = _nearest_first(application, denial)
    for compared, (left_index, right_index) in enumerate(pairs):
        if compared >= _FIRST_COMPARED and best.finding is GoodsFinding.IDENTICAL:
            return best
        if compared >= _MOST_COMPARED:
            return replace(best, finding=GoodsFinding.DOUBTFUL) if best.finding is GoodsFinding.OTHER else best
        pair = compare_items(application.items[left_index], denial.items[right_index], left_index, right_index)
        found = Goods(goods_finding(pair), pair)
        if best.pair is None or _goods_order(found) > _goods_order(best):
            best = found
    return best


def _nearest_first(application: Transaction, denial: Transaction) -> list[tuple[int, int]]:
    pairs = [
        (left, right)
        for left in range(min(len(application.items), MOST_ITEMS))
        for right in range(min(len(denial.items), MOST_ITEMS))
    ]
    if len(pairs) <= _FIRST_COMPARED:
        return pairs

    def nearness(pair: tuple[int, int]) -> float:
        one, other = application.items[pair[0]], denial.items[pair[1]]
        described = compare_descriptions(one.description, other.description)
        return compare_codes(one.code, other.code).score + described.score

    return sorted(pairs, key=nearness, reverse=True)


GOODS_RANK: Final = {
    GoodsFinding.IDENTICAL: 4,
    GoodsFinding.PROBABLE: 3,
    GoodsFinding.DOUBTFUL: 2,
    GoodsFinding.OPEN: 1,
    GoodsFinding.OTHER: 0,
}


def _goods_order(goods: Goods) -> tuple[float, ...]:
    assert goods.pair is not None
    pair = goods.pair
    described = pair.description.score + pair.entry.score
    return GOODS_RANK[goods.finding], described, pair.parameters.score, pair.quantity.score


def goods_finding(pair: ItemComparison) -> GoodsFinding:
    """
    What entry, description and parameters of two items show together.

    Other parameters are other goods, whatever the entry (Art. 2(22): "essentially identical parameters or technical
    characteristics"). An entry missing on a side is unknown, and the description decides.
    """
    if pair.parameters.verdict is Verdict.DIFFERENT:
        return GoodsFinding.OTHER
    if pair.entry.holds:
        return _under_one_entry(pair)
    if pair.entry.verdict is Verdict.UNKNOWN:
        return _without_entry(pair)
    return _under_other_entries(pair)


def _under_one_entry(pair: ItemComparison) -> GoodsFinding:
    described, measured = pair.description, pair.parameters
    if described.verdict is Verdict.DIFFERENT:
        return _described_apart(pair)
    if measured.verdict is Verdict.SIMILAR:
        return GoodsFinding.PROBABLE
    if measured.holds and described.reason != "other_guise":
        return GoodsFinding.IDENTICAL
    if described.verdict is Verdict.SAME:
        return GoodsFinding.IDENTICAL
    return GoodsFinding.PROBABLE if described.verdict is Verdict.UNKNOWN or described.score >= _LIKE else _DOUBTFUL


def _described_apart(pair: ItemComparison) -> GoodsFinding:
    """
    One entry and other words: where several characteristics are the same, the words may be another language's.

    Art. 2(22) asks for "essentially identical parameters or technical characteristics", not for one description.
    """
    rows = pair.parameters.detail.get("rows", ())
    same = sum(row[1] == Verdict.SAME and row[0] not in AMOUNTS for row in rows) if isinstance(rows, tuple) else 0
    exact = pair.entry.verdict is Verdict.SAME and pair.parameters.verdict is Verdict.SAME
    return GoodsFinding.PROBABLE if exact and same >= _SEVERAL else GoodsFinding.DOUBTFUL


_SEVERAL: Final = 2
_LIKE: Final = 0.55
_DOUBTFUL: Final = GoodsFinding.DOUBTFUL


def _without_entry(pair: ItemComparison) -> GoodsFinding:
    described, measured = pair.description, pair.parameters
    if described.verdict is Verdict.DIFFERENT:
        return GoodsFinding.OTHER
    if described.verdict is Verdict.SAME:
        unlisted = pair.entry.reason == "no_entry" and measured.verdict is not Verdict.SIMILAR
        return GoodsFinding.IDENTICAL if unlisted else GoodsFinding.PROBABLE
    if described.verdict is Verdict.SIMILAR:
        return GoodsFinding.PROBABLE if described.score >= _LIKE or measured.holds else GoodsFinding.DOUBTFUL
    return GoodsFinding.DOUBTFUL if measured.holds else GoodsFinding.OPEN


def _under_other_entries(pair: ItemComparison) -> GoodsFinding:
    described, measured = pair.description, pair.parameters
    beside = pair.entry.verdict is Verdict.SIMILAR
    if described.verdict is Verdict.SAME:
        return GoodsFinding.PROBABLE if beside else GoodsFinding.DOUBTFUL
    if described.verdict is Verdict.SIMILAR and described.score >= _LIKE:
        return GoodsFinding.DOUBTFUL
    if beside and described.verdict is not Verdict.DIFFERENT and (measured.holds or described.score > 0):
        return GoodsFinding.DOUBTFUL
    return GoodsFinding.OTHER
