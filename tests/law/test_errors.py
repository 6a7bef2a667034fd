"""Refusals name a code, an article and parameters, so that every door can say the same thing."""

import re
from datetime import UTC, date, datetime

from accounts.law.errors import (
    AlreadyAnswered,
    FieldMissing,
    HolidaysUnknown,
    NotCompetent,
    ReasonMissing,
    RuleBroken,
    StillIncomplete,
    TransitionRefused,
    every_rule_broken,
)


def test_each_refusal_has_a_code_of_its_own():
    codes = [kind.code for kind in every_rule_broken() if kind.__module__ == "accounts.law.errors"]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)
    assert codes == sorted(codes)


def test_parameters_are_ready_for_json():
    refusal = RuleBroken(article="Art. 1", on=date(2026, 3, 2), at=datetime(2026, 3, 2, tzinfo=UTC), names=("a", "b"))
    assert refusal.as_data() == {
        "code": "rule_broken",
        "article": "Art. 1",
        "params": {"on": "2026-03-02", "at": "2026-03-02T00:00:00+00:00", "names": ["a", "b"]},
    }


def test_a_refusal_reads_as_code_article_and_facts():
    assert str(HolidaysUnknown("NL", 2031)) == "holidays_unknown [Reg. 1182/71 Art. 2(1)] state=NL, year=2031"


def test_a_nearer_article_replaces_the_general_one():
    assert StillIncomplete(["items"], article="Reg. (EU) 2019/125 Art. 23").article == "Reg. (EU) 2019/125 Art. 23"


def test_conflicts_are_told_from_unknown_values():
    assert RuleBroken.conflict
    assert TransitionRefused("open", "send").conflict
    assert not FieldMissing("items").conflict


def test_a_missing_reason_is_a_missing_field():
    refusal = ReasonMissing()
    assert isinstance(refusal, FieldMissing)
    assert refusal.params == {"field": "reason"}


def test_a_lack_of_competence_names_authority_and_regime():
    assert NotCompetent("NL", "arms").params == {"authority": "NL", "regime": "arms"}


def test_a_second_answer_is_a_refused_transition():
    assert isinstance(AlreadyAnswered("answered", "answer"), TransitionRefused)
