"""One screening: every denial that counts is asked for, the candidates are judged, the hits are put in order."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter
from typing import Any

from denials.law.regimes import rules_for
from denials.law.transactions import Role, Transaction
from screening.engine.parties import MOST_PARTIES, Evidence, is_named, names_of
from screening.engine.retrieval import goods_keys, party_keys
from screening.law.grounds import is_screenable_by_party
from screening.law.identity import RULESET_VERSION, Judgement, Level, judge
from screening.law.profiles import Profile, applied
from screening.search import index
from screening.search.candidates import AlertingRegister, Candidate, CountingDenials, Register, day_of, other_days

_LEVELS = (Level.STRONG, Level.POSSIBLE, Level.INFORMATION)
MOST_INFORMATION = 50  # hits that carry no duty are kept up to this number


@dataclass(frozen=True)
class Found:
    """A denial that is a hit, and its judgement."""

    denial_id: Any
    version_id: Any
    judgement: Judgement

    @property
    def level(self) -> Level:
        """The level, which a hit always has."""
        assert self.judgement.level is not None
        return self.judgement.level


@dataclass(frozen=True)
class Result:
    """
    What a screening found, and what it can show for it.

    `compared` counts all denials that counted on the day; `register_sequence` is the last change it saw.
    """

    register_sequence: int
    ruleset_version: str
    judged_on: date
    compared: int
    screenable_by_party: bool
    hits: tuple[Found, ...]
    duration_ms: float
    is_cut: bool = False  # more denials are of nearly one name than are compared


def screen(asked: Transaction, *, on: date, extends: bool = True, informs: bool = False) -> Result:
    """
    Compare what is asked with every denial that counts for its regime on a day.

    The index is first brought up to the register's last committed change. Where the index of names finds nobody, the
    names are compared with all names of all denials that count: there is no silent zero. A case without
    a named party is looked for by its goods, and is said not to be screenable by party. How many of the hits are
    `kept` is told when the rules of the authority have placed them.

    :param extends: whether the index is brought up to date first, which locks it; else it is asked as it is.
    :param informs: whether denials without a duty are looked for too: of the same goods and another party, of another
        regime of the asking authority, of before the look-back window.
    :raises RegimeUnknown: if no rules are held for the regime on the day.
    """
    started = perf_counter()
    reached = index.taken_in() if extends else index.reached()
    day = day_of(rules_for(asked.regime, on), on, asked.authority)
    register = CountingDenials(day, reached, other_days(day, asked.authority) if informs else ())
    hits = find_all(asked, register, on=on, informs=informs)
    return Result(
        register_sequence=reached.sequence,
        ruleset_version=RULESET_VERSION,
        judged_on=on,
        compared=len(register),
        screenable_by_party=is_screenable_by_party(asked),
        hits=hits,
        duration_ms=(perf_counter() - started) * 1000,
        is_cut=register.is_cut,
    )


def find_all(asked: Transaction, register: AlertingRegister, *, on: date, informs: bool) -> tuple[Found, ...]:
    """Return all hits of a register in their order, each denial once: those with a duty, and those without."""
    found = (*find(asked, register, on=on), *_alerts(asked, register, on))
    if informs:
        found = (*found, *_beside(asked, register, on))
    return in_order({hit.denial_id: hit for hit in reversed(found)}.values())


def find(asked: Transaction, register: Register, *, on: date) -> tuple[Found, ...]:
    """Return the hits of a register in their order: by names and identifiers, and if nobody is near, by a full scan."""
    if not is_screenable_by_party(asked):
        return in_order(_judged(asked, register.found_by(goods_keys(asked)), on))
    names = asked_names(asked)
    named = register.named_like(names)
    rows = {row.denial_id: row for row in (*named.candidates, *register.numbered(party_keys(asked)))}
    if not rows:
        rows = {row.denial_id: row for row in register.nearest_to(names)}
    return in_order(_judged(asked, rows.values(), on, named.evidence))


def _alerts(asked: Transaction, register: AlertingRegister, on: date) -> list[Found]:
    """Return hits that carry no duty in any case: aggregates, and notices of requirements."""
    named = register.alerts_named_like(asked_names(asked))
    keyed = register.alerts_by(party_keys(asked) | goods_keys(asked))
    rows = {row.denial_id: row for row in (*named.candidates, *keyed)}
    return _judged(asked, rows.values(), on, named.evidence)


def _beside(asked: Transaction, register: AlertingRegister, on: date) -> list[Found]:
    """Return hits for information alone: the same goods and another party, another regime, outside the window."""
    named = register.beside_named_like(asked_names(asked))
    goods = goods_keys(asked)
    keyed = (*register.beside_by(party_keys(asked) | goods), *register.found_by(goods))
    rows = {row.denial_id: row for row in (*named.candidates, *keyed)}
    return _judged(asked, rows.values(), on, named.evidence)


def asked_names(asked: Transaction) -> list[str]:
    """Return the names a case is looked for by, each once: of all named parties but exporters."""
    parties = (party for party in asked.parties[:MOST_PARTIES] if party.role != Role.EXPORTER and is_named(party))
    return list(dict.fromkeys(name for party in parties for name in names_of(party)))


def in_order(hits: Iterable[Found]) -> tuple[Found, ...]:
    """Return the hits strong before possible before information, within a level the nearest first."""
    return tuple(sorted(hits, key=_order))


def kept(hits: Iterable[Found], profile: Profile) -> tuple[Found, ...]:
    """Return hits at the levels of the authority's rules in their order, without the farthest that carry no duty."""
    ordered = in_order(replace(hit, judgement=applied(hit.judgement, profile)) for hit in hits)
    duties = [hit for hit in ordered if hit.level is not Level.INFORMATION]
    return (*duties, *ordered[len(duties) :][:MOST_INFORMATION])


def _order(hit: Found) -> tuple[int, tuple[float, ...], str]:
    return _LEVELS.index(hit.level), tuple(-figure for figure in hit.judgement.rank), str(hit.denial_id)


def _judged(asked: Transaction, rows: Iterable[Candidate], on: date, evidence: Evidence | None = None) -> list[Found]:
    found = []
    for row in rows:
        judgement = judge(asked, row.facts, regime=asked.regime, on=on, validity=row.validity, evidence=evidence)
        if judgement.level is not None:
            found.append(Found(row.denial_id, row.version_id, judgement))
    return found
