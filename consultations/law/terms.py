"""
The terms of each kind of consultation, as dated data: what is asked, until when, what silence means.

Numbers the text fixes cannot be set; those marked in `settable` (text not read, or silent) can be replaced by the
settings handed in.   Readings: docs/adr/0010, 0014 to 0017, 0019, 0022, 0024, 0029.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from accounts.law.errors import (
    AnswerNotForeseen,
    ExtensionNotForeseen,
    ExtensionTooLong,
    NotCountable,
    NotForeseen,
    RegimeUnknown,
    RuleUnknown,
    TermNotSettable,
)
from accounts.law.periods import Deadline, Period, Unit, WorkingCalendar
from denials.law.regimes import RegimeRules, Undercut


class Question(StrEnum):
    """What is asked."""

    IDENTITY = "identity"  # is it an essentially identical transaction?
    OBJECTION = "objection"
    VIEWS = "views"
    RELEASE = "release"  # customs: may the stopped items go?
    REQUIREMENT = "requirement"  # should an authorisation be required?


class Answer(StrEnum):
    """What may be answered."""

    IDENTICAL = "identical"
    NOT_IDENTICAL = "not_identical"
    PARTLY = "partly"
    NO_OBJECTION = "no_objection"
    OBJECTION = "objection"
    VIEWS = "views"
    RELEASE = "release"
    HOLD = "hold"
    REQUIREMENT = "requirement"
    NO_REQUIREMENT = "no_requirement"


#: Answers that are in their words, and so need them.
NEEDS_REASONS = frozenset({Answer.VIEWS, Answer.OBJECTION})


class Silence(StrEnum):
    """What silence means when the period ends."""

    NOT_IDENTICAL = "not_identical"
    NO_OBJECTION = "no_objection"
    RELEASE = "release"
    ENDED = "ended"  # the period ends, and the text gives silence no meaning
    NONE = "none"  # nothing lapses


class Mode(StrEnum):
    """Whether an extension's cap limits what is added, or the whole period."""

    ADDITIVE = "additive"
    TOTAL = "total"


class Kind(StrEnum):
    """What a consultation is counted as."""

    DENIALS = "denials"  # the one the regime prescribes before a decision
    FORMAL = "formal"  # another one the text knows
    INFORMAL = "informal"  # by practice, without prejudice


class About(StrEnum):
    """What a consultation is put about."""

    APPLICATION = "application"  # one of the consulting authority's
    STATED = "stated"  # facts stated for it: the case is the other side's, or nobody's yet
    EITHER = "either"


class By(StrEnum):
    """How an extension comes about."""

    AGREEMENT = "agreement"
    CONSULTED_REQUEST = "consulted_request"


@dataclass(frozen=True)
class Extension:
    """How far, how and by whom a reply period may be extended; `cap` has the unit of the reply period."""

    cap: Period
    mode: Mode
    by: By


@dataclass(frozen=True)
class Terms:
    """
    The terms of one kind of consultation from `since` to `until`, both days included.

    `reply` None: the text sets no period. `courtesy`: an agreed date without effect in law. `settable` names the
    fields a setting may replace; `verified` is false where the text was not read. `to_all`: put to all other members.
    """

    rule: str
    regime: str
    article: str
    question: Question
    answers: tuple[Answer, ...]
    reply: Period | None
    silence: Silence
    extension: Extension | None
    binding: bool
    about_denials: bool
    source: str
    verified: bool
    since: date
    until: date | None = None
    courtesy: Period | None = None
    kind: Kind = Kind.DENIALS
    about: About = About.APPLICATION
    to_all: bool = False
    settable: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        if self.extension and (self.reply is None or self.extension.cap.unit != self.reply.unit):
            raise TermNotSettable(self.rule, "extension", self.extension.cap)

    def as_data(self) -> dict[str, Any]:
        """Return the terms as JSON-ready values, to be kept with a case; `terms_of` reads them back."""
        extension = self.extension
        return {
            "rule": self.rule,
            "regime": self.regime,
            "article": self.article,
            "question": str(self.question),
            "answers": [str(one) for one in self.answers],
            "reply": str(self.reply) if self.reply else None,
            "silence": str(self.silence),
            "extension": extension
            and {"cap": str(extension.cap), "mode": str(extension.mode), "by": str(extension.by)},
            "binding": self.binding,
            "about_denials": self.about_denials,
            "source": self.source,
            "verified": self.verified,
            "since": self.since.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "courtesy": str(self.courtesy) if self.courtesy else None,
            "kind": str(self.kind),
            "about": str(self.about),
            "to_all": self.to_all,
            "settable": sorted(self.settable),
        }

    @property
    def lapses(self) -> bool:
        """Whether the end of the period closes the consultation."""
        return self.reply is not None and self.silence is not Silence.NONE

    def holds(self, on: date) -> bool:
        """Tell whether these terms are in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


_DUAL_USE_SINCE = date(2021, 9, 9)
_TEN = Period(10, Unit.WORKING_DAY)
_THIRTY = Period(30, Unit.WORKING_DAY)

TERMS: tuple[Terms, ...] = (
    Terms(
        rule="dual_use.16_5",
        regime="dual_use",
        article="Reg. (EU) 2021/821 Art. 16(5)",
        question=Question.IDENTITY,
        answers=(Answer.IDENTICAL, Answer.NOT_IDENTICAL, Answer.PARTLY),
        reply=_TEN,
        silence=Silence.NOT_IDENTICAL,
        extension=Extension(_THIRTY, Mode.ADDITIVE, By.AGREEMENT),
        binding=False,
        about_denials=True,
        source="Reg. (EU) 2021/821 Art. 16(5), second and third subparagraphs",
        verified=True,
        since=_DUAL_USE_SINCE,
        settable=frozenset({"extension_mode"}),
    ),
    Terms(
        rule="dual_use.14_1",
        regime="dual_use",
        article="Reg. (EU) 2021/821 Art. 14(1)",
        question=Question.OBJECTION,
        answers=(Answer.NO_OBJECTION, Answer.OBJECTION),
        reply=_TEN,
        silence=Silence.NO_OBJECTION,
        extension=Extension(_THIRTY, Mode.ADDITIVE, By.CONSULTED_REQUEST),
        binding=True,
        about_denials=False,
        source="Reg. (EU) 2021/821 Art. 14(1)",
        verified=True,
        since=_DUAL_USE_SINCE,
        kind=Kind.FORMAL,
        settable=frozenset({"extension_mode"}),
    ),
    Terms(
        rule="dual_use.14_2",
        regime="dual_use",
        article="Reg. (EU) 2021/821 Art. 14(2)",
        question=Question.VIEWS,
        answers=(Answer.VIEWS,),
        reply=_TEN,
        silence=Silence.ENDED,
        extension=None,
        binding=False,
        about_denials=False,
        source="Reg. (EU) 2021/821 Art. 14(2)",
        verified=True,
        since=_DUAL_USE_SINCE,
        kind=Kind.FORMAL,
        about=About.STATED,
    ),
    Terms(
        rule="dual_use.21_4",
        regime="dual_use",
        article="Reg. (EU) 2021/821 Art. 21(4)",
        question=Question.RELEASE,
        answers=(Answer.RELEASE, Answer.HOLD),
        reply=_TEN,
        silence=Silence.RELEASE,
        extension=Extension(_THIRTY, Mode.TOTAL, By.CONSULTED_REQUEST),
        binding=False,
        about_denials=False,
        source="Reg. (EU) 2021/821 Art. 21(3), (4)",
        verified=True,
        since=_DUAL_USE_SINCE,
        kind=Kind.FORMAL,
        about=About.STATED,
    ),
    Terms(
        rule="dual_use.5_5",
        regime="dual_use",
        article="Reg. (EU) 2021/821 Art. 5(5)",
        question=Question.REQUIREMENT,
        answers=(Answer.REQUIREMENT, Answer.NO_REQUIREMENT),
        reply=_THIRTY,
        silence=Silence.ENDED,
        extension=Extension(_THIRTY, Mode.ADDITIVE, By.CONSULTED_REQUEST),
        binding=False,
        about_denials=False,
        source="Reg. (EU) 2021/821 Art. 5(5)",
        verified=True,
        since=_DUAL_USE_SINCE,
        kind=Kind.FORMAL,
        about=About.STATED,
        to_all=True,
    ),
    Terms(
        rule="arms.4",
        regime="arms",
        article="CP 2008/944/CFSP Art. 4(1)",
        question=Question.VIEWS,
        answers=(Answer.VIEWS,),
        reply=Period(3, Unit.WEEK),
        silence=Silence.NO_OBJECTION,
        extension=Extension(Period(1, Unit.WEEK), Mode.ADDITIVE, By.AGREEMENT),
        binding=False,
        about_denials=True,
        source="User's Guide to CP 2008/944/CFSP",
        verified=False,
        since=date(2008, 12, 8),
        settable=frozenset({"reply", "silence", "extension", "extension_mode"}),
    ),
    Terms(
        rule="torture.23",
        regime="torture",
        article="Reg. (EU) 2019/125 Art. 23(2)",
        question=Question.VIEWS,
        answers=(Answer.VIEWS,),
        reply=None,
        silence=Silence.NONE,
        extension=None,
        binding=False,
        about_denials=True,
        source="Reg. (EU) 2019/125 Art. 23",
        verified=True,
        since=date(2019, 2, 20),
        settable=frozenset({"courtesy"}),
    ),
    Terms(
        rule="sanctions.833",
        regime="sanctions",
        article="Reg. (EU) No 833/2014; Reg. (EC) No 765/2006",
        question=Question.VIEWS,
        answers=(Answer.VIEWS,),
        reply=None,
        silence=Silence.NONE,
        extension=None,
        binding=False,
        about_denials=True,
        source="Reg. (EU) No 833/2014; Reg. (EC) No 765/2006",
        verified=False,
        since=date(2014, 8, 1),
        settable=frozenset({"reply", "silence", "extension", "extension_mode", "courtesy"}),
    ),
    *(
        Terms(
            rule=f"{regime}.informal",
            regime=regime,
            article="by practice, without prejudice",
            question=Question.IDENTITY,
            answers=(Answer.IDENTICAL, Answer.NOT_IDENTICAL, Answer.PARTLY),
            reply=None,
            silence=Silence.NONE,
            extension=None,
            binding=False,
            about_denials=False,
            source="practice under the Code of Conduct of 1998",
            verified=False,
            since=since,
            kind=Kind.INFORMAL,
            about=About.EITHER,
            settable=frozenset({"courtesy"}),
        )
        for regime, since in (
            ("arms", date(2008, 12, 8)),
            ("dual_use", _DUAL_USE_SINCE),
            ("torture", date(2019, 2, 20)),
        )
    ),
)

CONSULTING, CONSULTED = "consulting", "consulted"


@dataclass(frozen=True)
class Conclusion:
    """How a consultation without an application of the consulting side is concluded: by whom, and as what."""

    side: str
    outcomes: tuple[str, ...]
    told: frozenset[str] = frozenset()  # outcomes of which the other members and the Commission are told


#: Reg. (EU) 2021/821 Art. 14(2): the state asked decides; 21(3)-(4): the granting authority; 5(5): each for itself.
CONCLUSIONS: Mapping[str, Conclusion] = {
    "dual_use.14_2": Conclusion(CONSULTED, ("granted", "not_granted"), frozenset({"granted"})),
    "dual_use.21_4": Conclusion(CONSULTED, ("released", "held"), frozenset({"released", "held"})),
    "dual_use.5_5": Conclusion(CONSULTING, ("required", "not_required")),
    "arms.informal": Conclusion(CONSULTING, ("thanked",)),
    "dual_use.informal": Conclusion(CONSULTING, ("thanked",)),
    "torture.informal": Conclusion(CONSULTING, ("thanked",)),
}

#: Rules of consultations that hang on no denial: an officer opens them by hand.
OPENED_BY_HAND = frozenset(one.rule for one in TERMS if one.kind is not Kind.DENIALS)

Overrides = Mapping[str, Mapping[str, str]]


def known_rules(terms: Iterable[Terms] = TERMS) -> tuple[str, ...]:
    """Return the name of each rule once, in the order of the data."""
    return tuple(dict.fromkeys(one.rule for one in terms))


def terms_for(rule: str, on: date, overrides: Overrides | None = None, terms: Iterable[Terms] = TERMS) -> Terms:
    """
    Return the terms in force on a day, with the settings applied.

    :param overrides: per rule, replacements such as {"arms.4": {"reply": "3 week", "silence": "none"}}; periods are
        written "count unit", "none" takes an extension or a courtesy date away.
    :raises RuleUnknown: if no such rule is in force.   :raises TermNotSettable: naming the field and the value.
    """
    for one in terms:
        if one.rule == rule and one.holds(on):
            return _with_settings(one, (overrides or {}).get(rule, {}))
    raise RuleUnknown(rule=rule, on=on)


def terms_of(data: Mapping[str, Any]) -> Terms:
    """
    Return the terms kept with a case: those it was opened under, whatever rules and settings say today.

    :param data: what `Terms.as_data` gave.   :raises KeyError: if a part is missing.
    """
    extension, until = data["extension"], data["until"]
    return Terms(
        rule=data["rule"],
        regime=data["regime"],
        article=data["article"],
        question=Question(data["question"]),
        answers=tuple(Answer(one) for one in data["answers"]),
        reply=_period(data["reply"]) if data["reply"] else None,
        silence=Silence(data["silence"]),
        extension=Extension(_period(extension["cap"]), Mode(extension["mode"]), By(extension["by"]))
        if extension
        else None,
        binding=data["binding"],
        about_denials=data["about_denials"],
        source=data["source"],
        verified=data["verified"],
        since=date.fromisoformat(data["since"]),
        until=date.fromisoformat(until) if until else None,
        courtesy=_period(data["courtesy"]) if data["courtesy"] else None,
        kind=Kind(data.get("kind", Kind.DENIALS)),
        about=About(data.get("about", About.APPLICATION)),
        to_all=data.get("to_all", False),
        settable=frozenset(data["settable"]),
    )


def rule_for_denials(regime: str, on: date | None = None, terms: Iterable[Terms] = TERMS) -> str:
    """
    Return the rule under which a denial of this regime is consulted on.

    :param on: only rules in force that day; any day if not given.   :raises RegimeUnknown: if there is none.
    """
    for one in terms:
        if one.regime == regime and one.about_denials and (on is None or one.holds(on)):
            return one.rule
    raise RegimeUnknown(regime=regime, on=on)


def check_settings(overrides: Mapping[str, object], terms: Iterable[Terms] = TERMS) -> None:
    """
    Refuse settings that no terms would take.

    :raises RuleUnknown: for a rule that is not held.   :raises TermNotSettable: naming the rule, field and value.
    """
    held = {one.rule: one for one in terms}
    for rule, settings in overrides.items():
        if rule not in held:
            raise RuleUnknown(rule=rule)
        if not isinstance(settings, Mapping) or not all(isinstance(value, str) for value in settings.values()):
            raise TermNotSettable(rule, "", settings)
        _with_settings(held[rule], settings)


def _with_settings(terms: Terms, settings: Mapping[str, str]) -> Terms:
    changes: dict[str, Any] = {}
    for name, value in sorted(settings.items()):  # "extension" before "extension_mode"
        if name not in terms.settable:
            raise TermNotSettable(terms.rule, name, value)
        try:
            changes |= _change(changes.get("extension", terms.extension), name, value)
        except (ValueError, NotCountable):
            raise TermNotSettable(terms.rule, name, value) from None
    return replace(terms, **changes)


def _change(extension: Extension | None, name: str, value: str) -> dict[str, Any]:
    if name == "silence":
        return {name: Silence(value)}
    if name == "extension_mode":
        if extension is None:
            raise ValueError("no extension to set the mode of")
        return {"extension": replace(extension, mode=Mode(value))}
    if name == "reply" or value == "none":
        return {name: _period(value) if name == "reply" else None}
    if name == "courtesy":
        return {name: _period(value)}
    return {name: Extension(_period(value), Mode.ADDITIVE, By.AGREEMENT)}


def _period(value: str) -> Period:
    count, _, unit = value.partition(" ")
    return Period(int(count), Unit(unit))


# ---- the clock ---------------------------------------------------------------------------------------------------


def due(
    calendar: WorkingCalendar, terms: Terms, received_at: datetime | date, *, provisional: bool = False
) -> Deadline | None:
    """
    Return when the reply is due: in the consulted state's calendar and zone, from receipt. None: no period runs.

    A courtesy date is returned like a period; `terms.lapses` tells that nothing follows from it.

    :param received_at: the moment the request was made available to the consulted authority.
    :param provisional: assume no holidays where a list is missing, and flag the result.
    :raises HolidaysUnknown: if a list is missing and `provisional` is false.
    Source: Reg. 1182/71 Art. 3; for arms by analogy.
    """
    return extended_due(calendar, terms, received_at, 0, provisional=provisional)


def extended_due(
    calendar: WorkingCalendar, terms: Terms, received_at: datetime | date, extension: int, *, provisional: bool = False
) -> Deadline | None:
    """
    Return when the reply is due after extensions: one period, from receipt, of the reply's units and those added.

    :param extension: the sum of the units agreed so far.
    :raises ExtensionNotForeseen: :raises ExtensionTooLong: if the terms do not allow it.
    """
    period = terms.reply or terms.courtesy
    if period is None:
        return None
    if extension:
        check_extension(terms, agreed=0, further=extension)
        period = replace(period, count=period.count + extension)
    return calendar.deadline(received_at, period, provisional=provisional)


def extension_left(terms: Terms, agreed: int) -> int:
    """
    Return how many units may still be added after those agreed; 0 where the terms know no extension.

    Additive: "the extension shall not exceed 30 working days" (Art. 16(5), 14(1), 5(5)). Total: "may be extended
    to 30 working days" (Art. 21(4)).
    """
    if terms.extension is None or terms.reply is None:
        return 0
    base = terms.reply.count if terms.extension.mode is Mode.TOTAL else 0
    return max(0, terms.extension.cap.count - base - agreed)


def check_extension(terms: Terms, *, agreed: int, further: int) -> None:
    """
    Refuse an extension the terms do not allow; several are allowed while their sum stays within the cap.

    That it comes before the period has ended is `lifecycle.check_in_time`.

    :param agreed: the units agreed so far.   :param further: the units asked for now, at least 1.
    :raises ExtensionNotForeseen: :raises NotCountable: :raises ExtensionTooLong: naming what is left.
    """
    if terms.extension is None:
        raise ExtensionNotForeseen(terms.rule, article=terms.article)
    if further < 1:
        raise NotCountable(field="extension", value=further)
    if further > (left := extension_left(terms, agreed)):
        unit = str(terms.extension.cap.unit)
        raise ExtensionTooLong(terms.rule, asked=further, left=left, unit=unit, article=terms.article)


# ---- the answer --------------------------------------------------------------------------------------------------


def check_rule_opens(terms: Terms, *, with_application: bool) -> None:
    """
    Refuse to open a consultation by hand under terms that ask for something else.

    :param with_application: whether it is put about an application of the consulting authority.
    :raises NotForeseen: naming what the rule asks for.   Consultations on denials open from hits.
    """
    if terms.kind is Kind.DENIALS:
        raise NotForeseen(field="rule", value=terms.rule)
    if terms.about is not About.EITHER and (terms.about is About.APPLICATION) != with_application:
        raise NotForeseen(field="application", value=str(terms.about), article=terms.article)


def check_answer(terms: Terms, answer: str) -> Answer:
    """
    Return the answer if the question put knows it.

    :raises AnswerNotForeseen: naming the answers there are.
    """
    if answer not in terms.answers:
        raise AnswerNotForeseen(terms.rule, answer, terms.answers, article=terms.article)
    return Answer(answer)


def blocks_grant(terms: Terms, answer: str) -> bool:
    """Tell whether an answer stands against a grant: a binding objection, Reg. (EU) 2021/821 Art. 14(1)."""
    return terms.binding and answer == Answer.OBJECTION


WITHDRAWN = "withdrawn"
LAPSED = "lapsed"
CLOSED_UNANSWERED = "closed_unanswered"  # by the consulting authority, or by a decision taken nationally


def is_grant_after_consultation(outcomes: Collection[str]) -> bool:
    """
    Tell whether a grant owes its explanation: any consultation took place and was not withdrawn.

    :param outcomes: per consultation on a denial, its answer, or "lapsed", "closed_unanswered", "withdrawn".
    Source: Reg. (EU) 2021/821 Art. 16(5), fourth subparagraph; CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125
    Art. 23(3).
    """
    return any(outcome != WITHDRAWN for outcome in outcomes)


def is_undercut(rules: RegimeRules, outcomes: Collection[str]) -> bool:
    """
    Tell whether a grant after consultation is counted as an undercut.

    Where identity is asked (dual-use), only if an answer said identical; where only views are given (arms,
    torture), any grant after consultation.   :param outcomes: as above.
    """
    if rules.undercut is Undercut.IDENTICAL_ANSWER:
        return Answer.IDENTICAL in outcomes
    return is_grant_after_consultation(outcomes)
