"""
What the law refuses, as facts: a stable code, the article, and parameters.

No prose: a door translates the code and fills in the parameters, the page beside the field, the API in a
`problem+json` with the same code. Parameters hold dates, codes and names of fields, never the content of a case.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar


class RuleBroken(Exception):
    """
    A rule refuses the act. `code` and `article` are fixed per class; an instance may name a nearer article.

    `conflict` tells the two kinds apart: true, the act does not fit the state of the record (409); false, the
    act as stated is not one the rule knows (422).
    """

    code: ClassVar[str] = "rule_broken"
    conflict: ClassVar[bool] = True
    article: str = ""

    def __init__(self, **params: object) -> None:
        """Take the parameters by name; `article`, if among them, is the nearer article."""
        super().__init__()
        self.article = str(params.pop("article", "") or type(self).article)
        self.params = params

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={_plain(value)}" for name, value in self.params.items())
        article = f"[{self.article}]" if self.article else ""
        return " ".join(part for part in (self.code, article, facts) if part)

    def as_data(self) -> dict[str, object]:
        """Return code, article and parameters as JSON-ready values."""
        return {
            "code": self.code,
            "article": self.article,
            "params": {name: _plain(value) for name, value in self.params.items()},
        }


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(one) for one in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def every_rule_broken() -> tuple[type[RuleBroken], ...]:
    """Return each kind of refusal once, ordered by code; a door must have words for all of them."""

    def below(kind: type[RuleBroken]) -> Iterable[type[RuleBroken]]:
        yield kind
        for nearer in kind.__subclasses__():
            yield from below(nearer)

    return tuple(sorted(set(below(RuleBroken)), key=lambda kind: kind.code))


# ---- time --------------------------------------------------------------------------------------------------------


class NotYetDue(RuleBroken):
    """The period has not ended; nothing can lapse before `due_before`."""

    code = "not_yet_due"
    article = "Reg. 1182/71 Art. 3(2)"

    def __init__(self, due_before: datetime | None = None, **params: object) -> None:
        super().__init__(due_before=due_before, **params)


class PeriodEnded(RuleBroken):
    """The period ended at `due_before`; what comes at that instant or later comes late."""

    code = "period_ended"
    article = "Reg. 1182/71 Art. 3(2)"

    def __init__(self, due_before: datetime, **params: object) -> None:
        super().__init__(due_before=due_before, **params)


class HolidaysUnknown(RuleBroken):
    """The list of public holidays of `state` for `year` is not held, so a working day cannot be told."""

    code = "holidays_unknown"
    article = "Reg. 1182/71 Art. 2(1)"

    def __init__(self, state: str, year: int) -> None:
        super().__init__(state=state, year=year)


class NotCountable(RuleBroken):
    """The period or moment lies outside what is counted here (a count below one, a year out of range)."""

    code = "not_countable"
    conflict = False
    article = "Reg. 1182/71 Art. 3"

    def __init__(self, field: str, value: object) -> None:
        super().__init__(field=field, value=value)


class ExtensionNotForeseen(RuleBroken):
    """The rule under which the period runs knows no extension, or not by this side."""

    code = "extension_not_foreseen"
    conflict = False

    def __init__(self, rule: str, **params: object) -> None:
        super().__init__(rule=rule, **params)


class ExtensionTooLong(RuleBroken):
    """The extension asked for, with those already agreed, is longer than the rule allows."""

    code = "extension_too_long"
    conflict = False

    def __init__(self, rule: str, asked: int, left: int, unit: str, **params: object) -> None:
        super().__init__(rule=rule, asked=asked, left=left, unit=unit, **params)


# ---- states ------------------------------------------------------------------------------------------------------


class TransitionRefused(RuleBroken):
    """From `state`, `event` leads nowhere."""

    code = "transition_refused"

    def __init__(self, state: str, event: str, **params: object) -> None:
        super().__init__(state=str(state), event=str(event), **params)


class AlreadyAnswered(TransitionRefused):
    """The consultation has its answer; a second one is refused."""

    code = "already_answered"


class ConsultationsOpen(RuleBroken):
    """A consultation still runs; no grant before it is concluded."""

    code = "consultations_open"
    article = "Reg. (EU) 2021/821 Art. 16(5)"

    def __init__(self, count: int, **params: object) -> None:
        super().__init__(count=count, **params)


class ObjectionBinds(RuleBroken):
    """A consulted Member State objected, and the objection binds."""

    code = "objection_binds"
    article = "Reg. (EU) 2021/821 Art. 14(1)"


class ScreeningStale(RuleBroken):
    """The register has changed since the last screening (`seen` before `head`), or there was none."""

    code = "screening_stale"
    article = "Reg. (EU) 2021/821 Art. 16(5)"

    def __init__(self, seen: int | None, head: int, **params: object) -> None:
        super().__init__(seen=seen, head=head, **params)


class HitsOpen(RuleBroken):
    """Hits of the screening are neither dismissed with a reason nor taken into a consultation."""

    code = "hits_open"
    article = "Reg. (EU) 2021/821 Art. 16(5)"

    def __init__(self, count: int, **params: object) -> None:
        super().__init__(count=count, **params)


# ---- content -----------------------------------------------------------------------------------------------------


class FieldMissing(RuleBroken):
    """A field the rule requires is empty."""

    code = "field_missing"
    conflict = False

    def __init__(self, field: str, **params: object) -> None:
        super().__init__(field=field, **params)


class ReasonMissing(FieldMissing):
    """The act needs its reasons."""

    code = "reason_missing"

    def __init__(self, field: str = "reason", **params: object) -> None:
        super().__init__(field, **params)


class StillIncomplete(RuleBroken):
    """Several fields the rule requires are empty; all are named."""

    code = "still_incomplete"
    conflict = False

    def __init__(self, fields: Iterable[str], **params: object) -> None:
        super().__init__(fields=tuple(fields), **params)


class AnswerNotForeseen(RuleBroken):
    """The question put under `rule` does not know this answer."""

    code = "answer_not_foreseen"
    conflict = False

    def __init__(self, rule: str, answer: str, allowed: Iterable[str] = (), **params: object) -> None:
        super().__init__(rule=rule, answer=str(answer), allowed=tuple(str(one) for one in allowed), **params)


class NotForeseen(RuleBroken):
    """A value outside the list the regime keeps (an act, activity, ground, legal basis, destination)."""

    code = "not_foreseen"
    conflict = False

    def __init__(self, field: str, value: str, **params: object) -> None:
        super().__init__(field=field, value=str(value), **params)


class NotNotifiable(RuleBroken):
    """A refusal on this ground is not a denial to be notified."""

    code = "not_notifiable"
    conflict = False

    def __init__(self, ground: str, **params: object) -> None:
        super().__init__(ground=ground, **params)


# ---- who, and under which rule -----------------------------------------------------------------------------------


class NotCompetent(RuleBroken):
    """The authority is not competent for this regime, or the act is not its own."""

    code = "not_competent"

    def __init__(self, authority: str = "", regime: str = "", **params: object) -> None:
        super().__init__(authority=str(authority), regime=regime, **params)


class SamePerson(RuleBroken):
    """Who prepared an act does not send it too, where their authority asks for two."""

    code = "same_person"


class RegimeUnknown(RuleBroken):
    """No rule is held for this regime on this day."""

    code = "regime_unknown"
    conflict = False

    def __init__(self, regime: str, on: date | None = None) -> None:
        super().__init__(regime=regime, on=on)


class RuleUnknown(RuleBroken):
    """No terms are held under this name on this day."""

    code = "rule_unknown"
    conflict = False

    def __init__(self, rule: str, on: date | None = None) -> None:
        super().__init__(rule=rule, on=on)


class TermNotSettable(RuleBroken):
    """A setting would change what the text fixes, or gives a value the term does not know."""

    code = "term_not_settable"
    conflict = False

    def __init__(self, rule: str, field: str, value: object = None) -> None:
        super().__init__(rule=rule, field=field, value=value)
