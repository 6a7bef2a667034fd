"""Who is told what: the post a thread sends, and the recipients a regime prescribes for a grant."""

import base64
import secrets
from collections.abc import Iterable
from datetime import date, datetime
from itertools import chain

from accounts import outbox
from accounts.models import Authority
from consultations.law.lifecycle import State
from consultations.law.terms import Kind
from consultations.models import CONSULTED, Consultation, GrantNotice
from denials.law.regimes import Recipients, last_rules
from screening.models import Application

SUFFIX_BYTES = 5  # eight characters of base32: 2 to the power of 40


def random_suffix() -> str:
    """Return eight characters that tell nobody how many came before."""
    return base64.b32encode(secrets.token_bytes(SUFFIX_BYTES)).decode("ascii")


def consulted_bodies(consultation: Consultation) -> list[Authority]:
    """Return the contact point of the consulted state and the authorities that issued the denials."""
    issuers = (row.denial.authority for row in consultation.denials.select_related("denial__authority"))
    bodies = {body.pk: body for body in chain([consultation.consulted_authority], issuers)}
    return list(bodies.values())


def tell(kind: str, consultation: Consultation, *, side: str, now: datetime) -> None:
    """Post a notice of a thread to one side, `consulting` or `consulted`; ids only."""
    to = consulted_bodies(consultation) if side == CONSULTED else [consultation.consulting_authority]
    outbox.post(f"consultation.{kind}", to=to, subject=consultation, reference=consultation.reference, now=now)


def tell_both(kind: str, consultation: Consultation, *, now: datetime) -> None:
    """Post a notice of a thread to both sides."""
    to = [consultation.consulting_authority, *consulted_bodies(consultation)]
    outbox.post(f"consultation.{kind}", to=to, subject=consultation, reference=consultation.reference, now=now)


def tell_grant(notice: GrantNotice, recipients: Iterable[Authority], *, now: datetime) -> None:
    """Post a notice of grant to its recipients."""
    outbox.post("grant.notified", to=recipients, subject=notice, reference=notice.reference, now=now)


def grant_recipients(application: Application, on: date) -> list[Authority]:
    """
    Return who is told of a grant after consultation, as the regime of the day prescribes.

    Source: CP 2008/944/CFSP Art. 4(1): the States that issued the denials; Reg. (EU) 2021/821 Art. 16(5), fourth
    subparagraph, and Reg. (EU) 2019/125 Art. 23(3): the other Member States and the Commission.
    """
    if last_rules(application.regime, on).recipients_of_grant is Recipients.DENYING_STATES:
        held = application.consultations.filter(kind=Kind.DENIALS).exclude(status=State.WITHDRAWN)
        threads = held.select_related("consulted_authority")
        bodies = {body.pk: body for thread in threads for body in consulted_bodies(thread)}
        return sorted(bodies.values(), key=lambda body: body.code)
    members = Authority.objects.members_of(application.regime, on).exclude(state_id=application.authority.state_id)
    return [*members.order_by("code"), *Authority.objects.filter(kind=Authority.Kind.COMMISSION)]


def members_and_commission(consultation: Consultation, now: datetime) -> list[Authority]:
    """Return the authorities of all members of the thread's regime and the Commission."""
    on = consultation.consulted_authority.day_of(now)
    members = Authority.objects.members_of(consultation.regime, on).order_by("code")
    return [*members, *Authority.objects.filter(kind=Authority.Kind.COMMISSION)]


def grant_content(application: Application) -> dict[str, object]:
    """Return what the recipients of a grant see of the case: the denials consulted on and the facts shared then."""
    held = application.consultations.filter(kind=Kind.DENIALS).exclude(status=State.WITHDRAWN)
    threads = held.prefetch_related("denials__denial")
    latest = threads.order_by("sent_at", "pk").last()
    references = sorted({str(row.denial.reference) for thread in threads for row in thread.denials.all()})
    return {"denials": references, "shared": latest.shared if latest else {}}
