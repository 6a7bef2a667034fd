"""
What an authority may choose for itself, as data: the name of a setting, its values, and what holds without a choice.

A choice never overrides a text; it adds a step of the authority's own. Readings: docs/adr/0067, 0097.
"""

from dataclasses import dataclass

from accounts.law.errors import RuleBroken


@dataclass(frozen=True)
class Setting:
    """
    A setting: the values it takes, the first of which holds where nothing was chosen.

    `adds_a_step`: its other values add a step of the authority's own, which is not ended on the day itself.
    """

    name: str
    values: tuple[str, ...]
    adds_a_step: bool = True

    @property
    def usual(self) -> str:
        """The value without a choice."""
        return self.values[0]


FOUR_EYES_DENIALS = "four_eyes.denials"
FOUR_EYES_DISPOSITIONS = "four_eyes.dispositions"
FOUR_EYES_CONSULTATIONS = "four_eyes.consultations"
SCREENING_INFORMATION = "screening.information"

#: Whether the public edition of the annual report shows the state's denials and consultations.
DENIALS_BY_STATE = "reports.denials_by_state"

SETTINGS: tuple[Setting, ...] = (
    Setting(FOUR_EYES_DENIALS, ("off", "on")),
    Setting(FOUR_EYES_DISPOSITIONS, ("off", "on")),
    Setting(FOUR_EYES_CONSULTATIONS, ("off", "on")),
    Setting(SCREENING_INFORMATION, ("off", "on"), adds_a_step=False),
    Setting(DENIALS_BY_STATE, ("withheld", "public"), adds_a_step=False),
)


class SettingUnknown(RuleBroken):
    """There is no setting of this name, or it does not take this value."""

    code = "setting_unknown"
    conflict = False


class SettingInThePast(RuleBroken):
    """A setting holds from today at the earliest: what was done before stays judged as it was."""

    code = "setting_in_the_past"
    conflict = False


class SettingEndsTooSoon(RuleBroken):
    """A choice that adds a step ends tomorrow at the earliest: nobody ends it to pass it by and makes it again."""

    code = "setting_ends_too_soon"
    conflict = False


def setting_named(name: str) -> Setting:
    """Return a setting.   :raises SettingUnknown: if there is none of this name."""
    found = next((one for one in SETTINGS if one.name == name), None)
    if found is None:
        raise SettingUnknown(field="name", value=name)
    return found


def check_value(name: str, value: str) -> None:
    """Refuse a value the setting does not take.   :raises SettingUnknown: naming it."""
    if value not in setting_named(name).values:
        raise SettingUnknown(field="value", value=value)
