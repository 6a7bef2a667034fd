"""Who is told of an act concerning a denial, and the notice that tells them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from accounts import outbox
from accounts.models import Authority, Notice
from denials import ledger
from denials.law.court import Fact
from denials.law.erasure import ERASE
from denials.law.lifecycle import Event
from denials.law.regimes import Recipients, RegimeRules
from denials.models import Denial

#: The notice of each act that others are told of; the audit trail calls these acts the same.
NOTICE_OF: Final[Mapping[str, str]] = {
    Event.NOTIFY: "denial.notified",
    Event.AMEND: "denial.amended",
    Event.RENEW: "denial.renewed",
    Event.REVOKE: "denial.revoked",
    Event.WITHDRAW: "denial.withdrawn",
    Event.LIFT: "denial.lifted",
    Event.CONFIRM: "denial.confirmed",
    Event.COURT: "denial.court",
    Event.RECALL: "denial.recalled",
    ERASE: "denial.person_erased",
}

#: Of a court, the notice says what it did.
NOTICE_OF_COURT: Final[Mapping[str, str]] = {
    Fact.APPEAL_LODGED: "denial.court_appeal",
    Fact.UPHELD: "denial.court_upheld",
    Fact.ANNULLED: "denial.court_annulled",
}


def kind_of(event: str, denial: Denial) -> str:
    """Return the notice of an act that made the denial's current version."""
    facts = denial.current.court if event == Event.COURT and denial.current else ()
    return NOTICE_OF_COURT.get(facts[-1]["fact"], NOTICE_OF[event]) if facts else NOTICE_OF.get(event, "")


def recipients(rules: RegimeRules, issuer: Authority, on: date, audience: str = "") -> list[Authority]:
    """
    Return whom the rule names: every other authority competent for the regime, and the institution that sees it.

    :param audience: the multilateral regime that passed the denial on; then its members alone, and no institution.
    Source: Reg. (EU) 2021/821 Art. 16(1); Reg. (EU) 2019/125 Art. 23(1); CP 2008/944/CFSP Art. 4(1).
    """
    if rules.recipients_of_denial is Recipients.DENYING_STATES:
        raise ValueError("a denial is told to all members")
    members = Authority.objects.members_of(rules.regime, on).exclude(pk=issuer.pk)
    if audience:
        insiders = Authority.objects.members_of(audience, on).values("pk")
        return list(members.filter(pk__in=insiders).order_by("code"))
    institutions = Authority.objects.filter(kind=rules.secretariat)
    return [*members.order_by("code"), *institutions.order_by("code")]


def to_be_told(denial: Denial, *, rules: RegimeRules, on: date) -> list[Authority]:
    """
    Return who is told of an act: whom the rule names on the day, then whoever received the denial before.

    What an authority received it may still hold, competent or not; told is the reference alone.
    """
    named = recipients(rules, denial.authority, on, denial.audience)
    received = Authority.objects.filter(pk__in=denial.recipients.values("authority"))
    return [*named, *received.exclude(pk__in=[one.pk for one in named]).order_by("code")]


def note(denial: Denial, *, rules: RegimeRules, on: date, now: datetime) -> list[Authority]:
    """
    Note in the recipients' ledger who is told of an act, and return them.

    An act does so before it takes the lock of the register's numbers, as exports do: the other way about, one would
    wait for the other in a circle.
    """
    told = to_be_told(denial, rules=rules, on=on)
    ledger.note_told(denial, told, at=now)
    return told


def tell(event: str, denial: Denial, *, to: Iterable[Authority], now: datetime) -> list[Notice]:
    """Queue the notice of an act for everyone who is told; it carries the reference, never the content."""
    return outbox.post(kind_of(event, denial), to=to, subject=denial, reference=denial.reference or "", now=now)
