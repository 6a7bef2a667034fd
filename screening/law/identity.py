"""
Each regime's legal test for an essentially identical transaction, as tables read from top to bottom.

The machine says what meets the test on its face; only an authority judges two transactions essentially identical.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from denials.law.transactions import Transaction
from denials.law.validity import Reason, Validity
from screening.engine.comparison import Verdict
from screening.engine.parties import Evidence
from screening.law.elements import Element, ElementName, sheet
from screening.law.grounds import (
    GOODS_RANK,
    Goods,
    GoodsFinding,
    Parties,
    PartyFinding,
    find_goods,
    find_parties,
    is_screenable_by_party,
)

__all__ = [
    "LEGAL_TESTS",
    "LEVEL_RULES",
    "RULESET_VERSION",
    "Element",
    "ElementName",
    "Judgement",
    "Level",
    "judge",
    "level_rule",
    "test_for",
]

RULESET_VERSION: Final = "3"


class Level(StrEnum):
    """
    What a hit means: "strong", the legal test is met on its face; "possible", an officer must look; "information",
    no duty follows.
    """

    STRONG = "strong"
    POSSIBLE = "possible"
    INFORMATION = "information"


@dataclass(frozen=True)
class LegalTest:
    """
    A regime's test from a day on.

    `defined`: the act itself defines "essentially identical"; where not, the test is a policy both sides apply.
    `decides`: the elements that decide. Where quantity or end use are among them, as in the policy both sides apply,
    another one leaves the hit to an officer (`POLICY_RULE`). `context`: those shown, which decide nothing.
    """

    regime: str
    rule: str
    version: int
    since: date
    article: str
    defined: bool
    decides: tuple[ElementName, ...]
    context: tuple[ElementName, ...]


_PARTIES: Final = (ElementName.END_USER, ElementName.CONSIGNEE, ElementName.PARTY_ROLES)
_GOODS: Final = (ElementName.ITEM, ElementName.DESCRIPTION, ElementName.PARAMETERS)
_CONTEXT: Final = (ElementName.DESTINATION, ElementName.ACTIVITY)
_POLICY: Final = (ElementName.QUANTITY, ElementName.END_USE)
_DECIDES: Final = (*_PARTIES, *_GOODS, ElementName.WINDOW)
_POLICY_DECIDES: Final = (*_DECIDES, *_POLICY)

LEGAL_TESTS: Final = (
    # No definition; User's Guide: function and characteristics of the goods, quantity, end-user or consignee, end use.
    LegalTest(
        "arms", "arms.4(1)", 2, date(2008, 12, 8), "CP 2008/944/CFSP Art. 4(1)", False, _POLICY_DECIDES, _CONTEXT
    ),
    # Reg. (EC) 428/2009 Art. 13(5) used the words without defining them; they were read alike.
    LegalTest(
        "dual_use", "dual_use.13(5)", 1, date(2009, 8, 27), "Reg. (EC) 428/2009 Art. 13(5)", False, _DECIDES,
        (*_POLICY, *_CONTEXT),
    ),
    # "items with essentially identical parameters or technical characteristics and involving the same end-user or
    # consignee as another transaction"
    LegalTest(
        "dual_use", "dual_use.16(5)", 1, date(2021, 9, 9), "Reg. (EU) 2021/821 Art. 2(22), 16(5)", True, _DECIDES,
        (*_POLICY, *_CONTEXT),
    ),
    LegalTest(
        "torture", "torture.23(2)", 2, date(2019, 2, 20), "Reg. (EU) 2019/125 Art. 12(1), 17(1), 23(2)", False,
        _POLICY_DECIDES, _CONTEXT,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class LevelRule:
    """Where the parties are found so, and the goods so, the hit is of this level; `code` names the rule."""

    code: str
    parties: frozenset[PartyFinding]
    goods: frozenset[GoodsFinding]
    level: Level


def _rule(code: str, parties: str, goods: str, level: Level) -> LevelRule:
    return LevelRule(
        code,
        frozenset(map(PartyFinding, parties.split())),
        frozenset(map(GoodsFinding, goods.split())),
        level,
    )


# The first rule that fits is the level; none fits: no hit. Read with `PartyFinding` and `GoodsFinding`.
LEVEL_RULES: Final = (
    _rule("test_met", "same", "identical", Level.STRONG),
    _rule("same_party_goods_to_examine", "same", "probable doubtful open", Level.POSSIBLE),
    _rule("party_in_other_role", "other_role", "identical probable doubtful", Level.POSSIBLE),
    _rule("near_party", "near", "identical probable", Level.POSSIBLE),
    _rule("party_as_intermediary", "beside", "identical probable", Level.POSSIBLE),
    _rule("same_party_other_goods", "same other_role", "other open", Level.INFORMATION),
    _rule("near_party_goods_to_examine", "near beside", "doubtful open", Level.INFORMATION),
    _rule("same_goods_no_party_named", "open", "identical probable", Level.INFORMATION),
    _rule("same_goods_other_party", "other", "identical probable", Level.INFORMATION),
)

# Where a regime reads quantity and end use with the goods, and one of them is another, an officer must look.
POLICY_RULE: Final = _rule("other_quantity_or_end_use", "same", "identical", Level.POSSIBLE)

# Denials for which nothing is shown at all: what was revoked or never notified is no denial.
GONE: Final = frozenset((Reason.REVOKED, Reason.WITHDRAWN, Reason.LIFTED, Reason.NOT_NOTIFIED))


@dataclass(frozen=True)
class Judgement:
    """
    The judgement of one denial against what is applied for.

    `rule` and `rule_version` name the legal test, `ground` the level rule that fitted; `changes` are codes of what
    would change the verdict; `rank` orders hits of one level, greater first; `is_own`: refused by the asking state
    itself, no consultation follows. Without a hit, `elements` is empty: there is no sheet.
    """

    level: Level | None
    elements: tuple[Element, ...]
    rule: str
    rule_version: str
    ground: str = ""
    changes: tuple[str, ...] = ()
    rank: tuple[float, ...] = ()
    screenable_by_party: bool = True
    is_own: bool = False


def test_for(regime: str, on: date) -> LegalTest:
    """The legal test of a regime on a day; before the first one held, the first; another regime: a policy test."""
    held = sorted((test for test in LEGAL_TESTS if test.regime == regime), key=lambda test: test.since)
    if not held:
        return LegalTest(regime, f"{regime}.identity", 1, on, "", False, _POLICY_DECIDES, _CONTEXT)
    return next((test for test in reversed(held) if test.since <= on), held[0])


test_for.__test__ = False  # type: ignore[attr-defined]  # a legal test, not one of pytest's


def judge(
    application: Transaction,
    denial: Transaction,
    *,
    regime: str,
    on: date,
    validity: Validity,
    weights: Mapping[str, float] | None = None,
    evidence: Evidence | None = None,
) -> Judgement:
    """
    Say whether a denial stands in the way of what is applied for, and on what grounds.

    :param regime: the regime the application is examined under.   :param on: the day the grant is intended.
    :param validity: whether the denial counts on that day, and why.
    :param weights: what words of names tell, learned from the register (0 to 1); built-in where absent.
    :param evidence: what an index of the register found to speak for two names being one, by name asked and name held.
    Source: Reg. (EU) 2021/821 Art. 2(22), 16(5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2).
    """
    test = test_for(regime, on)
    version = f"{RULESET_VERSION}.{test.version}"
    screenable = is_screenable_by_party(application)
    if not validity.counts and validity.reason in GONE:
        return Judgement(None, (), test.rule, version, str(validity.reason), screenable_by_party=screenable)
    parties = find_parties(application, denial, weights, evidence)
    goods = find_goods(application, denial)
    fitting = level_rule(parties.finding, goods.finding)
    own = bool(application.state) and application.state == denial.state
    if fitting is None:
        return Judgement(None, (), test.rule, version, screenable_by_party=screenable, is_own=own)
    elements = sheet(application, denial, parties, goods, on, validity)
    apart = _apart_by_policy(test, elements) if fitting.level is Level.STRONG else ()
    fitting = POLICY_RULE if apart else fitting
    without_duty = denial.regime != regime or not validity.counts
    level = Level.INFORMATION if without_duty else fitting.level
    changes = _changes(level, parties, goods, elements) + apart + _outside(denial.regime != regime, validity)
    rank = _rank(parties, goods, elements)
    return Judgement(level, elements, test.rule, version, fitting.code, changes, rank, screenable, own)


def level_rule(parties: PartyFinding, goods: GoodsFinding) -> LevelRule | None:
    """The first level rule that fits two findings."""
    return next((rule for rule in LEVEL_RULES if parties in rule.parties and goods in rule.goods), None)


def _apart_by_policy(test: LegalTest, elements: tuple[Element, ...]) -> tuple[str, ...]:
    """Codes of what is another, of the elements beside parties and goods that the test of the regime reads."""
    read = [name for name in _POLICY if name in test.decides]
    return tuple(f"same_{row.element}" for row in elements if row.element in read and row.verdict is Verdict.DIFFERENT)


def _outside(other_regime: bool, validity: Validity) -> tuple[str, ...]:
    outside_window = () if validity.counts else (str(validity.reason),)
    return (("same_regime",) if other_regime else ()) + outside_window


def _changes(level: Level, parties: Parties, goods: Goods, elements: tuple[Element, ...]) -> tuple[str, ...]:
    """Codes of facts that, once known or shown, would change the verdict."""
    found = dict(_PARTY_CHANGES)[parties.finding] + dict(_GOODS_CHANGES)[goods.finding]
    open_rows = {row.element for row in elements if row.verdict is Verdict.UNKNOWN}
    if goods.finding in {GoodsFinding.PROBABLE, GoodsFinding.DOUBTFUL, GoodsFinding.OPEN}:
        found += ("entry_stated",) if ElementName.ITEM in open_rows else ()
        found += ("parameters_stated",) if ElementName.PARAMETERS in open_rows else ()
        found += ("goods_described",) if ElementName.DESCRIPTION in open_rows else ()
    return found + (("party_shown_other", "goods_shown_other") if level is Level.STRONG else ())


_PARTY_CHANGES: Final = (
    (PartyFinding.SAME, ()),
    (PartyFinding.OTHER_ROLE, ("same_role",)),
    (PartyFinding.NEAR, ("party_identified",)),
    (PartyFinding.BESIDE, ("same_role",)),
    (PartyFinding.OPEN, ("party_named",)),
    (PartyFinding.OTHER, ("same_party",)),
)
_GOODS_CHANGES: Final = (
    (GoodsFinding.IDENTICAL, ()),
    (GoodsFinding.PROBABLE, ()),
    (GoodsFinding.DOUBTFUL, ("goods_shown_same",)),
    (GoodsFinding.OPEN, ()),
    (GoodsFinding.OTHER, ("same_goods",)),
)

_NEARNESS: Final = {Verdict.SAME: 1.0, Verdict.COVERED: 0.9, Verdict.COVERS: 0.9, Verdict.SIMILAR: 0.6}


def _rank(parties: Parties, goods: Goods, elements: tuple[Element, ...]) -> tuple[float, ...]:
    """
    Order within a level: the goods first, then in how many roles the party is the same, then the rest in turn.

    A party of the same country stands before one of another: the country filters nothing, and counts.
    """
    nearness = {row.element: _NEARNESS.get(row.verdict, 0.3 * (row.verdict is Verdict.UNKNOWN)) for row in elements}
    described = goods.pair.description.score if goods.pair else 0.0
    context = (ElementName.PARAMETERS, ElementName.END_USE, ElementName.QUANTITY, ElementName.DESTINATION)
    return (
        float(GOODS_RANK[goods.finding]),
        float(parties.roles_same),
        round(described, 3),
        round(parties.nearness, 3),
        float(parties.countries_agree),
        *(nearness.get(name, 0.0) for name in context),
    )
