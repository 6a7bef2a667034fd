"""
An authority's own rules of level on top of the legal test: policy where no act defines "essentially identical".

A profile says of the grounds of a hit (`identity.LEVEL_RULES`) at which level they are shown. It never makes a hit
strong, which the legal test alone does, never lowers a strong one, and gives no duty to what has none: another regime,
outside the window, an aggregate. "Same goods and another party is never more than information" stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from accounts.law.errors import RuleBroken
from screening.law.elements import ElementName
from screening.law.identity import LEVEL_RULES, Judgement, Level

#: Grounds an authority may place itself, each between "possible" and "information".
GROUNDS: Final = tuple(
    rule.code
    for rule in LEVEL_RULES
    if rule.level is not Level.STRONG
    and rule.code not in {"same_goods_other_party", "same_goods_no_party_named", "same_party_goods_to_examine"}
)
LEVELS: Final = (Level.POSSIBLE, Level.INFORMATION)


class ProfileRefused(RuleBroken):
    """The change names a ground that is not the authority's to place, or a level it cannot have, or changes nothing."""

    code = "profile_refused"
    conflict = False


@dataclass(frozen=True)
class Profile:
    """At which level hits on some grounds are shown; `number` counts the authority's changes, 0: none."""

    number: int = 0
    levels: Mapping[str, str] = field(default_factory=dict)

    def version(self, ruleset: str) -> str:
        """Return the version of the rules with this profile on top."""
        return f"{ruleset}+{self.number}" if self.number else ruleset


USUAL: Final = Profile()


def usual_levels() -> dict[str, str]:
    """Return the level of each ground an authority may place, as it is without a change."""
    return {rule.code: str(rule.level) for rule in LEVEL_RULES if rule.code in GROUNDS}


def check_levels(levels: Mapping[str, str], held: Mapping[str, str]) -> None:
    """
    Refuse what is no change of an authority's rules.

    :param held: the levels as they are now.   :raises ProfileRefused:
    """
    for ground, level in levels.items():
        if ground not in GROUNDS or level not in set(LEVELS):
            raise ProfileRefused(field="levels", value=f"{ground}: {level}")
    if {**usual_levels(), **levels} == {**usual_levels(), **held}:
        raise ProfileRefused(field="levels", value="")


def carries_duty(judgement: Judgement) -> bool:
    """Tell whether the denial of a hit obliges on the day, in the regime: its level is then that of its ground."""
    counts = next((row.params.get("counts") for row in judgement.elements if row.element == ElementName.WINDOW), True)
    return bool(counts) and "same_regime" not in judgement.changes


def applied(judgement: Judgement, profile: Profile) -> Judgement:
    """Return the judgement at the level the profile gives its ground."""
    level = profile.levels.get(judgement.ground)
    if level is None or judgement.level in {None, Level.STRONG} or not carries_duty(judgement):
        return judgement
    return replace(judgement, level=Level(level))
