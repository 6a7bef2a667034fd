"""Where an authority has chosen that two officers act: one submits, another releases."""

from datetime import datetime

from accounts import principals
from accounts.law.settings import FOUR_EYES_DENIALS
from accounts.models import Authority, AuthoritySetting
from accounts.roles import Principal
from denials.law.lifecycle import Event, SecondOfficerNeeded
from denials.models import Denial, ProposedAct, ReleaseStep


def needs_release(authority: Authority, now: datetime) -> bool:
    """Tell whether the authority has chosen that a second officer releases its denials."""
    on = authority.day_of(now)
    return AuthoritySetting.objects.in_force(authority.pk, FOUR_EYES_DENIALS, on) == "on"


def check_direct(denial: Denial, by: Principal, now: datetime) -> None:
    """
    Refuse an act by one officer where two are needed, or where one waits for the second.

    :raises SecondOfficerNeeded: naming what to do.
    """
    waits = ProposedAct.objects.filter(denial=denial).exists()
    if by.kind != "system" and (waits or needs_release(denial.authority, now)):
        raise SecondOfficerNeeded()


def note_step(
    denial: Denial, kind: str, by: Principal, now: datetime, *, reason: str = "", event: str = Event.NOTIFY
) -> None:
    """Keep a step on the way past two officers."""
    person = principals.user_of(by)
    step = ReleaseStep(denial=denial, kind=kind, event=event, at=now, by=person, principal=by.key, reason=reason)
    step.save(force_insert=True)
