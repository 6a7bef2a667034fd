"""A row of the inbox, and the rows of what waits for one act of one's own side beside the answer itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Principal
from consultations import labels
from consultations.models import (
    CONSULTED,
    OPENED,
    OPENINGS,
    AnswerElsewhere,
    Consultation,
    DeadlineProposal,
    PreparedAct,
)
from consultations.views.offers import about
from consultations.views.prepared import about_prepared

NEVER = datetime.max.replace(tzinfo=UTC)
MOST = 500  # rows of one kind looked at


@dataclass(frozen=True)
class Item:
    """One thing to do: what, from whom, about what, whose, and until when."""

    task: str
    what: str
    href: str
    peek: str = ""
    who: Any = None
    about: str = ""
    owner: Any = None
    is_owned: bool = False
    mine: bool = False
    due_before: datetime | None = None
    zone: str = ""
    left: int | None = None
    since: datetime | None = None
    first: bool = False
    senders: tuple[Any, ...] = ()  # whose news it is, where they are few

    @property
    def order(self) -> tuple[bool, datetime, datetime]:
        """A recall stands first, then what becomes too late first; what has no end, by age."""
        return not self.first, self.due_before or NEVER, self.since or NEVER

    @property
    def tone(self) -> str:
        return "short" if self.left is not None and self.left <= 2 else ""


def waiting_items(by: Principal) -> Iterator[Item]:
    """Return what waits: acts a colleague prepared, answers to confirm, ends of periods to move."""
    if not by.may("consultation.answer"):
        return
    yield from _prepared(by)
    yield from _claims(by)
    yield from _corrections(by)


def _prepared(by: Principal) -> Iterator[Item]:
    for one in PreparedAct.objects.visible_to(by).waiting().exclude(prepared_by_id=by.id)[:MOST]:
        kind = OPENED if one.act in OPENINGS else one.act
        yield Item(
            task="review",
            what=_("Send what %(who)s prepared: %(what)s")
            % {"who": one.prepared_by or _("a national system"), "what": labels.EVENTS[kind]},
            href=reverse("consultations:prepared-act", args=[one.pk]),
            about=about_prepared(one),
            due_before=one.consultation.due_before if one.consultation else None,
            zone=one.consultation.due_zone if one.consultation else "",
            since=one.prepared_at,
        )


def _claims(by: Principal) -> Iterator[Item]:
    """Answers said to be given elsewhere, registered by the other side."""
    rows = AnswerElsewhere.objects.filter(status=AnswerElsewhere.State.REGISTERED)
    for claim in _in_threads(rows, by):
        thread: Consultation = claim.consultation
        if thread.speaker(claim.registered_by_authority_id) != thread.speaker(by.authority_id):
            words = _("Confirm or dispute an answer given elsewhere: %(reference)s") % {"reference": thread.reference}
            yield _thread_item(words, thread, by, claim.registered_at)


def _corrections(by: Principal) -> Iterator[Item]:
    """Ends that a corrected calendar would move; whose calendar it is decides."""
    rows = DeadlineProposal.objects.filter(status=DeadlineProposal.State.PROPOSED, consultation__status="open")
    for proposal in _in_threads(rows, by):
        thread: Consultation = proposal.consultation
        if thread.speaker(by.authority_id) == CONSULTED:
            words = _("Move or leave the end of a period: %(reference)s") % {"reference": thread.reference}
            yield _thread_item(words, thread, by, proposal.proposed_at)


def _in_threads(rows: Any, by: Principal) -> Any:
    related = ("consulting_authority", "consulted_authority", "consulting_owner", "consulted_owner")
    found = rows.filter(consultation__in=Consultation.objects.visible_to(by).values("pk"))
    return found.select_related(*(f"consultation__{one}" for one in related)).order_by("pk")[:MOST]


def _thread_item(words: str, thread: Consultation, by: Principal, since: datetime) -> Item:
    side = thread.speaker(by.authority_id)
    owner = thread.consulted_owner if side == CONSULTED else thread.consulting_owner
    return Item(
        task="answer",
        what=words,
        href=reverse("consultations:detail", args=[thread.pk]),
        peek=reverse("consultations:peek", args=[thread.pk]),
        who=thread.consulting_authority if side == CONSULTED else thread.consulted_authority,
        about=about(thread),
        owner=owner,
        is_owned=owner is not None,
        mine=owner is not None and owner.pk == by.id,
        due_before=thread.due_before,
        zone=thread.due_zone,
        since=since,
    )
