"""Who is told of an act concerning a denial, and the notice that tells them."""

from datetime import date, datetime

from accounts import outbox
from accounts.models import Authority, Notice
from denials import ledger
from denials.law.regimes import Recipients, RegimeRules
from denials.models import Denial


def recipients(rules: RegimeRules, issuer: Authority, on: date, audience: str = "") -> list[Authority]:
    """
    Return who is told: every other authority competent for the regime, and the institution that sees it.

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


def tell(kind: str, denial: Denial, *, rules: RegimeRules, on: date, now: datetime) -> list[Notice]:
    """Queue the notice for everyone who is told; it carries the reference, never the content."""
    told = recipients(rules, denial.authority, on, denial.audience)
    ledger.note_told(denial, told, at=now)
    return outbox.post(kind, to=told, subject=denial, reference=denial.reference or "", now=now)
