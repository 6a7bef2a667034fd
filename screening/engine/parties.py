"""One party against another: all its names, its identifiers, its address, its country as context."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Final

from rapidfuzz import fuzz

from denials.law.placeholders import is_placeholder
from denials.law.transactions import Party
from screening.engine.addresses import compare_addresses
from screening.engine.comparison import Comparison, Verdict, unknown
from screening.engine.identifiers import SHARED_KINDS, SINGLE, compare_identifiers, normal_set
from screening.engine.name_forms import analyse
from screening.engine.names import SAME_FROM, SIMILAR_FROM, compare_names

MOST_NAMES: Final = 12
MOST_PARTIES: Final = 30
# From this evidence in the register on, names that differ may be one, and are one; the country is no part of it.
MAY_BE_FROM: Final = -1.0
IS_FROM: Final = 3.5
# From this score two names at one address, or of one web domain, may be one party.
_NAME_NEAR: Final = 0.5


@dataclass(frozen=True)
class PartyComparison:
    """A pair of parties by their places in the transactions, with what speaks for and against."""

    outcome: Comparison
    left_index: int
    right_index: int


def is_named(party: Party) -> bool:
    """Whether the party is somebody: not marked a placeholder, and some name of it is one."""
    return not party.is_placeholder and any(not is_placeholder(name) for name in (party.name, *party.aliases))


def has_own_number(party: Party) -> bool:
    """Whether the party has a number that nobody else has: of a register, no telephone and no web domain."""
    return bool(_own_numbers(party))


def _own_numbers(party: Party) -> frozenset[tuple[str, str]]:
    return frozenset(one for one in normal_set(party.identifiers) if one[0] not in SHARED_KINDS)


def is_comparable(party: Party) -> bool:
    """Whether the party can be told from others: by a name of two letters at least, or by a number of its own."""
    return has_own_number(party) or (is_named(party) and any(analyse(name).is_comparable for name in names_of(party)))


def names_of(party: Party) -> tuple[str, ...]:
    """The names a party is asked for by, placeholders left out; so many at most."""
    return tuple(name for name in (party.name, *party.aliases)[:MOST_NAMES] if not is_placeholder(name))


def all_names_of(party: Party) -> tuple[str, ...]:
    """All names a party goes by, placeholders left out: what a denial is held under."""
    return tuple(name for name in (party.name, *party.aliases) if not is_placeholder(name))


# The evidence that a name held (second) is the name asked for (first), where an index of the register has weighed it.
Evidence = Mapping[tuple[str, str], float]


def compare_parties(
    left: Party,
    right: Party,
    *,
    weights: Mapping[str, float] | None = None,
    evidence: Evidence | None = None,
) -> Comparison:
    """
    Same if a name or a strong identifier is the same; similar if a name is near, or somewhat near at one address.

    The alias that hit is `left` or `right` of the result; `detail` tells address, identifiers and countries.
    A side without a name is unknown, unless a number of its own is the same.
    A different LEI, IMO or DUNS number makes a same name similar only. The country never decides.
    """
    if not is_named(left) or not is_named(right):
        return _by_number(left, right)
    name = _best_name(left, right, weights, evidence or {})
    identifiers = compare_identifiers(left.identifiers, right.identifiers)
    address = compare_addresses(left.address, right.address)
    detail = {
        **name.detail,
        "name_score": name.score,
        "identifier": identifiers.reason,
        "numbers": _told(normal_set(left.identifiers) & normal_set(right.identifiers)),
        "address": address.reason,
        "country": _country(left.country, right.country),
    }
    verdict, score, reason = _weigh(name, identifiers, address)
    return Comparison(verdict, score, reason, detail, name.left, name.right)


def _by_number(left: Party, right: Party) -> Comparison:
    """Where a side goes by no name, only a number of its own tells who it is."""
    shared = sorted(_own_numbers(left) & _own_numbers(right))
    if not shared:
        return unknown("placeholder", left.name, right.name)
    detail = {
        "identifier": f"same_{shared[0][0]}",
        "numbers": _told(shared),
        "country": _country(left.country, right.country),
    }
    return Comparison(Verdict.SAME, 1.0, f"same_{shared[0][0]}", detail, left.name, right.name)


def _told(shared: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The kinds of numbers in common; with the number only of firms and ships, for what is told is kept with a hit."""
    return tuple((kind, value if kind in SINGLE else "") for kind, value in sorted(shared))


def _weigh(name: Comparison, identifiers: Comparison, address: Comparison) -> tuple[Verdict, float, str]:
    if identifiers.verdict is Verdict.SAME:
        return Verdict.SAME, 1.0, identifiers.reason
    if name.verdict is Verdict.SAME and identifiers.verdict is Verdict.DIFFERENT:
        return Verdict.SIMILAR, 0.8, identifiers.reason
    if name.verdict is Verdict.SAME:
        return Verdict.SAME, name.score, name.reason
    beside = address.verdict is Verdict.SAME or identifiers.verdict is Verdict.SIMILAR
    if name.verdict is Verdict.SIMILAR:
        return Verdict.SIMILAR, min(1.0, name.score + 0.05 * beside), name.reason
    if beside and name.score >= _NAME_NEAR:
        return Verdict.SIMILAR, 0.76, "same_address" if address.verdict is Verdict.SAME else identifiers.reason
    return name.verdict, name.score, name.reason


def _best_name(left: Party, right: Party, weights: Mapping[str, float] | None, evidence: Evidence) -> Comparison:
    best = unknown("no_name", left.name, right.name)
    asked = names_of(left)
    held = _nearest_names(asked, all_names_of(right), evidence)
    for one in asked:
        for other in held:
            found = _with_evidence(compare_names(one, other, weights=weights), evidence.get((one, other)))
            if found.score > best.score or best.verdict is Verdict.UNKNOWN:
                best = found
    if best.score > 0 and (best.left != left.name or best.right != right.name):
        reasons = ["alias", *(reason for reason in _reasons(best) if reason != "alias")]
        return Comparison(best.verdict, best.score, "alias", {**best.detail, "reasons": reasons}, best.left, best.right)
    return best


def _nearest_names(asked: Sequence[str], held: Sequence[str], evidence: Evidence) -> Sequence[str]:
    """Of very many names held, those nearest to the names asked for: by the register's evidence, then by letters."""
    if len(held) <= MOST_NAMES:
        return held
    folded = [analyse(name).folded for name in asked]

    def nearness(name: str) -> tuple[float, float]:
        shown = max((evidence.get((one, name), -inf) for one in asked), default=-inf)
        letters = analyse(name).folded
        return shown, max((fuzz.token_set_ratio(one, letters) for one in folded), default=0.0)

    return sorted(held, key=nearness, reverse=True)[:MOST_NAMES]


def _with_evidence(found: Comparison, evidence: float | None) -> Comparison:
    """A comparison of spellings raised by what the register shows the shared words to tell; never lowered."""
    if evidence is None or found.verdict in {Verdict.SAME, Verdict.UNKNOWN} or evidence < MAY_BE_FROM:
        return found
    is_one = evidence >= IS_FROM
    verdict, least = (Verdict.SAME, SAME_FROM) if is_one else (Verdict.SIMILAR, SIMILAR_FROM)
    detail = {**found.detail, "evidence": round(evidence, 2)}
    return Comparison(verdict, max(found.score, least), found.reason, detail, found.left, found.right)


def _reasons(comparison: Comparison) -> list[str]:
    held = comparison.detail.get("reasons", [])
    return [str(reason) for reason in held] if isinstance(held, list) else []


def _country(left: str, right: str) -> str:
    return "unknown" if not left or not right else "same" if left == right else "different"


def best_pair(
    left: Sequence[tuple[int, Party]],
    right: Sequence[tuple[int, Party]],
    *,
    weights: Mapping[str, float] | None = None,
    evidence: Evidence | None = None,
) -> PartyComparison | None:
    """
    The nearest pair of two lists of parties (with their places), or None if a list is empty.

    Of the left, which asks, so many are compared at most (`completeness.shortfalls` says so); of the right all.
    """
    best: PartyComparison | None = None
    for left_index, one in left[:MOST_PARTIES]:
        for right_index, other in right:
            found = compare_parties(one, other, weights=weights, evidence=evidence)
            if best is None or _order(found) > _order(best.outcome):
                best = PartyComparison(found, left_index, right_index)
    return best


_RANK: Final = {Verdict.SAME: 3, Verdict.SIMILAR: 2, Verdict.DIFFERENT: 1}


def _order(comparison: Comparison) -> tuple[int, float]:
    return _RANK.get(comparison.verdict, 0), comparison.score
