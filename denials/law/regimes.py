"""
What each regime asks of a denial, as dated data.

A change of law is a new row with its own dates; a case keeps the row of its day. Adding a regime is adding rows.
`unverified` names the fields whose text was not read; those are open to replacement. Readings: ADRs 0018 to 0023, 0029.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from accounts.law.errors import NotForeseen, NotNotifiable, RegimeUnknown
from accounts.law.periods import Period, Unit
from denials.law.places import Special
from denials.law.recipients import EXAMINED, Recipient, Section, Shared


class Act(StrEnum):
    """What an authority did. Reg. (EU) 2021/821 Art. 16(1), (3); Reg. (EU) 2019/125 Art. 23(1); CP Art. 4(1), (2)."""

    REFUSAL = "refusal"
    ANNULMENT = "annulment"
    SUSPENSION = "suspension"
    LIMITATION = "limitation"  # an authorisation substantially limited
    REVOCATION = "revocation"  # of an authorisation
    NOT_TO_BE_AUTHORISED = "not_to_be_authorised"  # a determination without or before an application
    TRANSIT_PROHIBITION = "transit_prohibition"
    NEGATIVE_REPLY = "negative_reply"  # to a formal initial enquiry
    DISMISSAL = "dismissal"
    REQUIREMENT_IMPOSED = "requirement_imposed"  # an authorisation is required for items on no list: a notice


class Activity(StrEnum):
    """What was to be done. CP Art. 1(2); Reg. (EU) 2021/821 Arts 3, 6, 7, 8, 11; Reg. (EU) 2019/125 Art. 23(2)."""

    EXPORT = "export"
    BROKERING = "brokering"
    TECHNICAL_ASSISTANCE = "technical_assistance"
    TRANSIT = "transit"
    INTANGIBLE_TRANSFER = "intangible_transfer"
    LICENSED_PRODUCTION = "licensed_production"
    TRANSFER = "transfer"  # within the Union


class AuthorisationType(StrEnum):
    """Reg. (EU) 2021/821 Art. 12(1)."""

    INDIVIDUAL = "individual"
    GLOBAL = "global"
    LARGE_PROJECT = "large_project"
    GENERAL = "general"


class Anchor(StrEnum):
    """The day from which a look-back window is judged."""

    DECISION = "decision"
    NOTIFICATION = "notification"


class Recipients(StrEnum):
    """Who is told."""

    ALL_MEMBERS = "all_members"
    ALL_MEMBERS_AND_COMMISSION = "all_members_and_commission"
    DENYING_STATES = "denying_states"


class Undercut(StrEnum):
    """When a grant after consultation is counted as an undercut."""

    IDENTICAL_ANSWER = "identical_answer"
    ANY_GRANT = "any_grant"


@dataclass(frozen=True)
class Window:
    """How far back a denial still triggers the duty to consult."""

    period: Period
    anchor: Anchor


@dataclass(frozen=True)
class LegalBasis:
    """
    The provision a denial rests on.

    `listed` is false for catch-all bases, which concern items on no list. `activities` are those it governs, all
    those of the regime where none is named.
    """

    code: str
    article: str
    listed: bool = True
    activities: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Ground:
    """A ground of refusal: a criterion or an article, whether it is notified, and counted as a denial."""

    code: str
    article: str
    notifiable: bool = True
    counted: bool = True


@dataclass(frozen=True)
class ActNeeds:
    """The only activities and legal bases an act can go with; all where none is named."""

    act: Act
    article: str
    activities: tuple[Activity, ...] = ()
    legal_bases: tuple[str, ...] = ()


@dataclass(frozen=True)
class RegimeRules:
    """
    The rules of one regime from `since` to `until`, both days included.

    `required` names the fields a notification needs, `required_by_act` those an act needs besides. `secretariat` is
    the institution that sees the regime's denials. `mark` stands for the regime in a denial's reference.
    `notices` are acts that are told but deny nothing: never counted, never obliging; `required_of_notice` is what
    they need. `act_needs` says what goes with what. `shared` lists what may not be withheld from whom; `partners`
    the states outside the Union that take part. `keeps_other_entries`: entries of lists not held are kept as printed.
    """

    regime: str
    since: date
    until: date | None
    instrument: str
    source: str
    mark: str
    window: Window | None
    valid_until_revoked: bool
    notify_within: Period | None
    review_every: Period | None
    reasoning_from_review: int | None
    recipients_of_denial: Recipients
    recipients_of_grant: Recipients
    grant_told_immediately: bool
    undercut: Undercut
    secretariat: str
    acts: tuple[Act, ...]
    legal_bases: tuple[LegalBasis, ...]
    required: tuple[str, ...]
    activities: tuple[Activity, ...]
    grounds_kind: str
    grounds: tuple[Ground, ...]
    required_by_act: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    authorisation_types: tuple[AuthorisationType, ...] = tuple(AuthorisationType)
    special_destinations: tuple[Special, ...] = tuple(Special)
    act_needs: tuple[ActNeeds, ...] = ()
    keeps_other_entries: bool = False
    notices: tuple[Act, ...] = ()
    required_of_notice: tuple[str, ...] = ()
    shared: tuple[Shared, ...] = ()
    partners: tuple[str, ...] = ()
    unverified: frozenset[str] = frozenset()

    def is_notice(self, act: str) -> bool:
        """Tell whether an act is told as a notice and denies nothing. For example Reg. (EU) 2021/821 Art. 4(4)."""
        return act in self.notices

    @property
    def verified(self) -> bool:
        """Whether every field was read in the text."""
        return not self.unverified

    def holds(self, on: date) -> bool:
        """Tell whether these rules are in force on a day."""
        return self.since <= on and (self.until is None or on <= self.until)


# ---- arms --------------------------------------------------------------------------------------------------------

_CRITERIA = tuple(Ground(str(number), f"CP 2008/944/CFSP Art. 2({number})") for number in range(1, 9))
_NOT_DENIALS = (
    Ground("national_policy", "CP 2008/944/CFSP Art. 3", notifiable=False, counted=False),
    Ground("formal", "", notifiable=False, counted=False),
)

ARMS = RegimeRules(
    regime="arms",
    since=date(2025, 4, 15),
    until=None,
    instrument="Common Position 2008/944/CFSP as amended by Decision (CFSP) 2025/779",
    source="CP 2008/944/CFSP Art. 4; User's Guide",
    mark="ARM",
    window=Window(Period(3, Unit.YEAR), Anchor.DECISION),
    valid_until_revoked=False,
    notify_within=Period(1, Unit.MONTH),
    review_every=None,
    reasoning_from_review=None,
    recipients_of_denial=Recipients.ALL_MEMBERS,
    recipients_of_grant=Recipients.DENYING_STATES,
    grant_told_immediately=False,
    undercut=Undercut.ANY_GRANT,
    secretariat="eeas",
    acts=(Act.REFUSAL, Act.REVOCATION, Act.ANNULMENT, Act.SUSPENSION, Act.LIMITATION, Act.NEGATIVE_REPLY),
    legal_bases=(LegalBasis("cp_4", "CP 2008/944/CFSP Art. 4(1)"),),
    required=("act", "legal_basis", "decided_on", "destinations", "items", "grounds", "reasons"),
    required_by_act={"suspension": ("suspended_until",)},
    activities=(
        Activity.EXPORT,
        Activity.BROKERING,
        Activity.TRANSIT,
        Activity.INTANGIBLE_TRANSFER,
        Activity.LICENSED_PRODUCTION,
        Activity.TECHNICAL_ASSISTANCE,
    ),
    grounds_kind="criteria",
    grounds=(
        *_CRITERIA,
        Ground("embargo_only", "CP 2008/944/CFSP Art. 2(1)(a)", notifiable=True, counted=False),
        *_NOT_DENIALS,
    ),
    shared=(
        Shared((Section.EXPLANATION, *EXAMINED), (Recipient.MEMBER,), "CP 2008/944/CFSP Art. 4(1)"),
        Shared(EXAMINED, (Recipient.PARTNER,), "CP 2008/944/CFSP Art. 4(1), as extended to the partner"),
    ),
    partners=("NO",),
    unverified=frozenset(
        {
            "window",
            "notify_within",
            "recipients_of_denial",
            "recipients_of_grant",
            "undercut",
            "acts",
            "required",
            "grounds",
            "shared",
        }
    ),
)

# ---- dual-use ----------------------------------------------------------------------------------------------------

_ART = "Reg. (EU) 2021/821 Art. "

_EXPORTS = (Activity.EXPORT, Activity.INTANGIBLE_TRANSFER)

DUAL_USE = RegimeRules(
    regime="dual_use",
    since=date(2021, 9, 9),
    until=None,
    instrument="Regulation (EU) 2021/821",
    source="Reg. (EU) 2021/821 Art. 16",
    mark="DU",
    window=None,
    valid_until_revoked=True,
    notify_within=None,
    review_every=Period(3, Unit.YEAR),
    reasoning_from_review=3,
    recipients_of_denial=Recipients.ALL_MEMBERS_AND_COMMISSION,
    recipients_of_grant=Recipients.ALL_MEMBERS_AND_COMMISSION,
    grant_told_immediately=False,
    undercut=Undercut.IDENTICAL_ANSWER,
    secretariat="commission",
    acts=(
        Act.REFUSAL,
        Act.ANNULMENT,
        Act.SUSPENSION,
        Act.LIMITATION,
        Act.REVOCATION,
        Act.NOT_TO_BE_AUTHORISED,
        Act.TRANSIT_PROHIBITION,
        Act.REQUIREMENT_IMPOSED,
    ),
    notices=(Act.REQUIREMENT_IMPOSED,),
    required_of_notice=("act", "legal_basis", "decided_on", "items", "grounds"),
    legal_bases=(
        LegalBasis("annex_i", _ART + "3(1)", activities=_EXPORTS),
        LegalBasis("catch_all", _ART + "4(1), (6)", listed=False, activities=_EXPORTS),
        LegalBasis("cyber_surveillance", _ART + "5(1), (8)", listed=False, activities=_EXPORTS),
        LegalBasis("brokering", _ART + "6, 16(4)", activities=(Activity.BROKERING,)),
        LegalBasis("transit", _ART + "7, 16(3)", activities=(Activity.TRANSIT,)),
        LegalBasis("technical_assistance", _ART + "8, 16(4)", activities=(Activity.TECHNICAL_ASSISTANCE,)),
        LegalBasis("national_list", _ART + "9", listed=False, activities=_EXPORTS),
        LegalBasis("other_national_list", _ART + "10(1), (2)", listed=False, activities=_EXPORTS),
        LegalBasis("transfer", _ART + "11", activities=(Activity.TRANSFER,)),
    ),
    act_needs=(
        ActNeeds(Act.TRANSIT_PROHIBITION, _ART + "16(3)", (Activity.TRANSIT,), ("transit",)),
        ActNeeds(Act.REQUIREMENT_IMPOSED, _ART + "4(4)", _EXPORTS, ("catch_all", "cyber_surveillance")),
    ),
    required=("act", "legal_basis", "decided_on", "destinations", "items", "parties", "grounds"),
    required_by_act={
        "suspension": ("suspended_until",),
        "transit_prohibition": ("item_codes", "item_parameters", "end_user"),
    },
    activities=(
        Activity.EXPORT,
        Activity.BROKERING,
        Activity.TECHNICAL_ASSISTANCE,
        Activity.TRANSIT,
        Activity.INTANGIBLE_TRANSFER,
        Activity.TRANSFER,
    ),
    grounds_kind="articles",
    grounds=(
        *(Ground(f"15_1_{letter}", f"{_ART}15(1)({letter})") for letter in "abcd"),
        *(Ground(f"4_1_{letter}", f"{_ART}4(1)({letter})") for letter in "abc"),
        Ground("5_1", _ART + "5(1)"),
        *(
            Ground(f"criterion_{number}", f"{_ART}15(1)(c), CP 2008/944/CFSP Art. 2({number})")
            for number in range(1, 9)
        ),
        Ground("formal", "", notifiable=False, counted=False),
    ),
    shared=(Shared((Section.EXPLANATION, *EXAMINED), (Recipient.MEMBER, Recipient.SECRETARIAT), _ART + "16(1)"),),
    unverified=frozenset({"required", "grounds", "shared"}),
)

# ---- anti-torture ------------------------------------------------------------------------------------------------

_TORTURE = "Reg. (EU) 2019/125 Art. "

TORTURE = RegimeRules(
    regime="torture",
    since=date(2019, 2, 20),
    until=None,
    instrument="Regulation (EU) 2019/125",
    source="Reg. (EU) 2019/125 Art. 23",
    mark="TOR",
    window=Window(Period(3, Unit.YEAR), Anchor.DECISION),
    valid_until_revoked=False,
    notify_within=Period(30, Unit.DAY),
    review_every=None,
    reasoning_from_review=None,
    recipients_of_denial=Recipients.ALL_MEMBERS_AND_COMMISSION,
    recipients_of_grant=Recipients.ALL_MEMBERS_AND_COMMISSION,
    grant_told_immediately=True,
    undercut=Undercut.ANY_GRANT,
    secretariat="commission",
    acts=(Act.DISMISSAL, Act.ANNULMENT),
    legal_bases=(
        LegalBasis("annex_ii", _TORTURE + "3"),
        LegalBasis("annex_iii", _TORTURE + "12(1)"),
        LegalBasis("annex_iv", _TORTURE + "17(1)"),
        LegalBasis("brokering", _TORTURE + "15, 19", activities=(Activity.BROKERING, Activity.TECHNICAL_ASSISTANCE)),
    ),
    required=("act", "legal_basis", "decided_on", "destinations", "items", "parties", "grounds"),
    activities=(Activity.EXPORT, Activity.TRANSIT, Activity.TECHNICAL_ASSISTANCE, Activity.BROKERING),
    grounds_kind="articles",
    grounds=(
        Ground("12_2", _TORTURE + "12(2)"),
        Ground("17", _TORTURE + "17"),
        Ground("3", _TORTURE + "3"),
        Ground("national_prohibition", _TORTURE + "23(4)", notifiable=False, counted=False),
        Ground("formal", "", notifiable=False, counted=False),
    ),
    shared=(
        Shared((Section.EXPLANATION, *EXAMINED), (Recipient.MEMBER, Recipient.SECRETARIAT), _TORTURE + "23(1), 26(2)"),
    ),
    unverified=frozenset({"required", "grounds", "legal_bases", "undercut", "shared"}),
)

# ---- EU sanctions: nothing of these texts was read -----------------------------------------------------------------

_RUSSIA = "Reg. (EU) No 833/2014 Art. "

SANCTIONS = RegimeRules(
    regime="sanctions",
    since=date(2014, 8, 1),
    until=None,
    instrument="Regulations (EU) No 833/2014 and (EC) No 765/2006",
    source="Reg. (EU) No 833/2014; Reg. (EC) No 765/2006",
    mark="SAN",
    window=None,
    valid_until_revoked=True,
    notify_within=None,
    review_every=None,
    reasoning_from_review=None,
    recipients_of_denial=Recipients.ALL_MEMBERS_AND_COMMISSION,
    recipients_of_grant=Recipients.ALL_MEMBERS_AND_COMMISSION,
    grant_told_immediately=False,
    undercut=Undercut.ANY_GRANT,
    secretariat="commission",
    acts=(Act.REFUSAL, Act.ANNULMENT, Act.SUSPENSION, Act.LIMITATION, Act.REVOCATION),
    legal_bases=(
        LegalBasis("reg_833_2", _RUSSIA + "2"),
        LegalBasis("reg_833_2a", _RUSSIA + "2a"),
        LegalBasis("reg_833_other", "Reg. (EU) No 833/2014, other restrictions on exports"),
        LegalBasis("reg_765", "Reg. (EC) No 765/2006, restrictions on exports"),
    ),
    required=("act", "legal_basis", "decided_on", "destinations", "items", "parties", "grounds"),
    required_by_act={"suspension": ("suspended_until",)},
    activities=(
        Activity.EXPORT,
        Activity.BROKERING,
        Activity.TECHNICAL_ASSISTANCE,
        Activity.TRANSIT,
        Activity.INTANGIBLE_TRANSFER,
    ),
    grounds_kind="articles",
    grounds=(
        Ground("no_derogation", "Reg. (EU) No 833/2014; Reg. (EC) No 765/2006"),
        Ground("military_end_use_or_user", _RUSSIA + "2(7), 2a(7)"),
        Ground("diversion", "Reg. (EU) No 833/2014; Reg. (EC) No 765/2006"),
        Ground("formal", "", notifiable=False, counted=False),
    ),
    keeps_other_entries=True,
    shared=(Shared((Section.EXPLANATION, *EXAMINED), (Recipient.MEMBER, Recipient.SECRETARIAT), _RUSSIA + "2, 2a"),),
    unverified=frozenset(
        {
            "window",
            "review_every",
            "recipients_of_denial",
            "recipients_of_grant",
            "undercut",
            "secretariat",
            "acts",
            "legal_bases",
            "required",
            "activities",
            "grounds",
            "shared",
        }
    ),
)

# ---- earlier texts, so that old denials keep the rules of their day; none of them was read -------------------------

_UNREAD = frozenset({"window", "notify_within", "recipients_of_denial", "recipients_of_grant", "undercut", "acts"})


def _until(rules: RegimeRules, since: date, until: date, instrument: str, source: str) -> RegimeRules:
    return replace(
        rules,
        since=since,
        until=until,
        instrument=instrument,
        source=source,
        unverified=rules.unverified | _UNREAD,
    )


RULES: tuple[RegimeRules, ...] = (
    _until(ARMS, date(1998, 6, 8), date(2008, 12, 7), "EU Code of Conduct on Arms Exports", "Code of Conduct OP 3, 4"),
    _until(ARMS, date(2008, 12, 8), date(2025, 4, 14), "Common Position 2008/944/CFSP", "CP 2008/944/CFSP Art. 4"),
    ARMS,
    _until(DUAL_USE, date(2000, 9, 28), date(2009, 8, 26), "Regulation (EC) No 1334/2000", "Art. 9"),
    _until(DUAL_USE, date(2009, 8, 27), date(2021, 9, 8), "Regulation (EC) No 428/2009", "Art. 13"),
    DUAL_USE,
    _until(TORTURE, date(2006, 7, 30), date(2019, 2, 19), "Regulation (EC) No 1236/2005", "Art. 11"),
    TORTURE,
    SANCTIONS,
)


def known_regimes(rules: Iterable[RegimeRules] = RULES) -> tuple[str, ...]:
    """Return the code of each regime once, in the order of the data."""
    return tuple(dict.fromkeys(one.regime for one in rules))


def usual_act(regime: str, rules: Iterable[RegimeRules] = RULES) -> str:
    """Return the act a denial of a regime is where its source names none: the first of its latest rules."""
    return next((str(one.acts[0]) for one in reversed(tuple(rules)) if one.regime == regime), str(Act.REFUSAL))


def resting_on_criteria(rules: Iterable[RegimeRules] = RULES) -> tuple[str, ...]:
    """Return the regimes whose grounds are the eight criteria themselves."""
    return known_regimes(one for one in rules if one.grounds_kind == "criteria")


def rules_for(regime: str, on: date, rules: Iterable[RegimeRules] = RULES) -> RegimeRules:
    """
    Return the rules of a regime in force on a day.

    :raises RegimeUnknown: if there are none.
    """
    for one in rules:
        if one.regime == regime and one.holds(on):
            return one
    raise RegimeUnknown(regime=regime, on=on)


def last_rules(regime: str, on: date, rules: Iterable[RegimeRules] = RULES) -> RegimeRules:
    """
    Return the rules of a regime in force on a day, or where it has ended the last it had.

    What was recorded is read, and ended, by them; nothing new begins under rules that have ended (`rules_for`).
    :raises RegimeUnknown: if the regime has not begun.   Reading: docs/adr/0100.
    """
    held = [one for one in rules if one.regime == regime and one.since <= on]
    if not held:
        raise RegimeUnknown(regime=regime, on=on)
    return max(held, key=lambda one: one.since)


def begun_by(on: date, rules: Iterable[RegimeRules] = RULES) -> tuple[RegimeRules, ...]:
    """Return for each regime that has begun by a day the rules it is read by; see `last_rules`."""
    held = tuple(rules)
    begun = known_regimes(one for one in held if one.since <= on)
    return tuple(last_rules(regime, on, held) for regime in begun)


def partners(regime: str, rules: Iterable[RegimeRules] = RULES) -> tuple[str, ...]:
    """Return the states outside the Union that take part in a regime by its latest rules."""
    return next((one.partners for one in reversed(tuple(rules)) if one.regime == regime), ())


def notice_acts(rules: Iterable[RegimeRules] = RULES) -> tuple[Act, ...]:
    """Return every act that is told as a notice in some regime: never counted, never obliging."""
    return tuple(dict.fromkeys(act for one in rules for act in one.notices))


def required_fields(rules: RegimeRules, act: str) -> tuple[str, ...]:
    """Return the fields a notification of an act must fill."""
    if rules.is_notice(act):
        return rules.required_of_notice
    return rules.required + tuple(rules.required_by_act.get(act, ()))


def check_foreseen(rules: RegimeRules, **values: str) -> None:
    """
    Refuse values the regime does not know: `act`, `activity`, `legal_basis`, `authorisation_type`, `ground`.

    Empty means not stated, and passes.   :raises NotForeseen: naming the field and the value.
    """
    lists: dict[str, tuple[str, ...]] = {
        "act": rules.acts,
        "activity": rules.activities,
        "authorisation_type": rules.authorisation_types,
        "legal_basis": tuple(basis.code for basis in rules.legal_bases),
        "ground": tuple(ground.code for ground in rules.grounds),
    }
    for name, value in values.items():
        if value and value not in lists[name]:
            raise NotForeseen(field=name, value=value, article=rules.source)


def check_coherent(rules: RegimeRules, *, act: str, activity: str, legal_basis: str) -> None:
    """
    Refuse an act, an activity and a legal basis that do not go together.

    Empty means not stated, and passes.   :raises NotForeseen: naming the field, the value and the article.
    Source: for example Reg. (EU) 2021/821 Art. 16(3), (4), 4(4), (6).
    """
    basis = next((one for one in rules.legal_bases if one.code == legal_basis), None)
    if basis and activity and basis.activities and activity not in basis.activities:
        raise NotForeseen(field="activity", value=activity, article=basis.article)
    for need in rules.act_needs:
        if need.act != act:
            continue
        if activity and need.activities and activity not in need.activities:
            raise NotForeseen(field="activity", value=activity, article=need.article)
        if legal_basis and need.legal_bases and legal_basis not in need.legal_bases:
            raise NotForeseen(field="legal_basis", value=legal_basis, article=need.article)


def check_notifiable(rules: RegimeRules, grounds: Iterable[str]) -> None:
    """
    Refuse to notify a refusal that rests only on grounds that are not notified.

    :raises NotNotifiable: naming the ground.   Source: for example Reg. (EU) 2019/125 Art. 23(4).
    """
    stated = [ground for ground in rules.grounds if ground.code in set(grounds)]
    if stated and not any(ground.notifiable for ground in stated):
        raise NotNotifiable(ground=stated[0].code, article=stated[0].article or rules.source)


def is_counted(rules: RegimeRules, grounds: Iterable[str]) -> bool:
    """Tell whether the year's tables count the denial: unless all its stated grounds are outside the count."""
    stated = [ground for ground in rules.grounds if ground.code in set(grounds)]
    return not stated or any(ground.counted for ground in stated)
