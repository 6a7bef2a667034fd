"""How long what was done about a hit holds. Reg. (EU) 2021/821 Art. 16(5): "...all valid denials..." """

import pytest

from screening.law.dispositions import Basis, Kind, Outcome, Returned, Settled, Standing, standing

JUDGED = Basis(version="v1", content="c1", ruleset="r1")
AMENDED_DENIAL = Basis(version="v2", content="c1", ruleset="r1")
AMENDED_APPLICATION = Basis(version="v1", content="c2", ruleset="r1")
NEW_RULES = Basis(version="v1", content="c1", ruleset="r2")
ALL_NEW = Basis(version="v2", content="c2", ruleset="r2")

TABLE = [
    (None, JUDGED, Outcome(Standing.OPEN)),
    (Kind.DISMISSED, JUDGED, Outcome(Standing.DISMISSED)),
    (Kind.DISMISSED, AMENDED_DENIAL, Outcome(Standing.OPEN, Returned.DENIAL_CHANGED)),
    (Kind.DISMISSED, AMENDED_APPLICATION, Outcome(Standing.OPEN, Returned.APPLICATION_CHANGED)),
    (Kind.DISMISSED, NEW_RULES, Outcome(Standing.OPEN, Returned.RULES_CHANGED)),
    (Kind.DISMISSED, ALL_NEW, Outcome(Standing.OPEN, Returned.DENIAL_CHANGED)),
    (Kind.PROPOSED, JUDGED, Outcome(Standing.PROPOSED)),
    (Kind.PROPOSED, AMENDED_DENIAL, Outcome(Standing.OPEN, Returned.DENIAL_CHANGED)),
    (Kind.PROPOSED, AMENDED_APPLICATION, Outcome(Standing.OPEN, Returned.APPLICATION_CHANGED)),
    (Kind.PROPOSED, NEW_RULES, Outcome(Standing.OPEN, Returned.RULES_CHANGED)),
    (Kind.CONSULTED, JUDGED, Outcome(Standing.CONSULTED)),
    (Kind.CONSULTED, NEW_RULES, Outcome(Standing.CONSULTED)),
    (Kind.CONSULTED, AMENDED_DENIAL, Outcome(Standing.OPEN, Returned.DENIAL_CHANGED)),
    (Kind.CONSULTED, AMENDED_APPLICATION, Outcome(Standing.OPEN, Returned.APPLICATION_CHANGED)),
    (Kind.REOPENED, JUDGED, Outcome(Standing.OPEN, Returned.REOPENED)),
    (Kind.REOPENED, NEW_RULES, Outcome(Standing.OPEN, Returned.REOPENED)),
]


@pytest.mark.parametrize(("kind", "now", "outcome"), TABLE)
@pytest.mark.parametrize("level", ["strong", "possible"])
def test_a_hit_stands_where_the_table_says(level, kind, now, outcome):
    last = Settled(kind, JUDGED) if kind else None
    assert standing(level, is_own=False, basis=now, last=last) == outcome


@pytest.mark.parametrize("kind", [None, *Kind])
def test_own_denials_and_mere_information_are_never_open(kind):
    last = Settled(kind, JUDGED) if kind else None
    assert standing("strong", is_own=True, basis=ALL_NEW, last=last) == Outcome(Standing.OWN)
    assert standing("information", is_own=False, basis=ALL_NEW, last=last) == Outcome(Standing.INFORMATION)
