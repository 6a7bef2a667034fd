"""A row of the inbox, and the rows of what waits for one act of one's own side beside the answer itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Principal
from consultations.models import (
    AnswerElsewhere,
    Consultation,
    DeadlineProposal,
    PreparedAct,
)
from consultations.views.prepared import about_prepared, words_of
from consultations.views.threads import Row, rows_of

NEVER = datetime.max.replace(tzinfo=UTC)
MOST = 500  # rows of one kind looked at; the counts say when there are more


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
    doubt: str = ""  # why nothing lapses at `due_before`
    senders: tuple[Any, ...] = ()  # whose news it is, where they are few

    @property
    def order(self) -> tuple[bool, datetime, datetime]:
        """A recall stands first, then what becomes too late first; what has no end, by age."""
        return not self.first, self.due_before or NEVER, self.since or NEVER

    @property
    def tone(self) -> str:
        return "short" if self.left is not None and self.left <= 2 and not self.doubt else ""


def thread_item(task: str, words: str, row: Row, mine: Collection[Any], since: datetime) -> Item:
    """Return the row of what is to be done in a thread.   :param mine: oneself, and those one stands in for."""
    thread, owner = row.thread, row.owner
    return Item(
        task=task,
        what=words,
        href=reverse("consultations:detail", args=[thread.pk]),
        peek=reverse("consultations:peek", args=[thread.pk]),
        who=row.with_whom,
        about=row.about,
        owner=owner,
        is_owned=owner is not None,
        mine=owner is not None and owner.pk in mine,
        due_before=thread.due_before,
        zone=thread.due_zone,
        left=row.left,
        since=since,
        doubt=row.doubt,
    )


def waiting_items(by: Principal, mine: Collection[Any], now: datetime) -> Iterator[Item]:
    """Return what waits: acts a colleague prepared, answers to confirm, ends of periods to move."""
    if not by.may("consultation.answer"):
        return
    yield from _prepared(by)
    yield from _claims(by, mine, now)
    yield from _corrections(by, mine, now)


def _prepared(by: Principal) -> Iterator[Item]:
    for one in PreparedAct.objects.visible_to(by).waiting().exclude(prepared_by_id=by.id)[:MOST]:
        yield Item(
            task="review",
            what=_("Send what %(who)s prepared: %(what)s")
            % {"who": one.prepared_by or _("a national system"), "what": words_of(one)},
            href=reverse("consultations:prepared-act", args=[one.pk]),
            about=about_prepared(one),
            due_before=one.consultation.due_before if one.consultation else None,
            zone=one.consultation.due_zone if one.consultation else "",
            since=one.prepared_at,
        )


def _claims(by: Principal, mine: Collection[Any], now: datetime) -> Iterator[Item]:
    """Answers said to be given elsewhere, registered by the other side."""
    claims = AnswerElsewhere.objects.filter(status=AnswerElsewhere.State.REGISTERED)
    for claim, row in _in_threads(claims, by, now):
        thread = row.thread
        if thread.speaker(claim.registered_by_authority_id) != thread.speaker(by.authority_id):
            words = _("Confirm or dispute an answer given elsewhere: %(reference)s") % {"reference": thread.reference}
            yield thread_item("answer", words, row, mine, claim.registered_at)


def _corrections(by: Principal, mine: Collection[Any], now: datetime) -> Iterator[Item]:
    """Ends that a corrected calendar would move; whose calendar it is decides."""
    proposals = DeadlineProposal.objects.filter(status=DeadlineProposal.State.PROPOSED, consultation__status="open")
    for proposal, row in _in_threads(proposals, by, now):
        if not row.mine:
            words = _("Move or leave the end of a period: %(reference)s") % {"reference": row.thread.reference}
            yield thread_item("answer", words, row, mine, proposal.proposed_at)


def _in_threads(waiting: QuerySet[Any], by: Principal, now: datetime) -> Iterator[tuple[Any, Row]]:
    """Yield what waits in threads a principal is a party to, each with its thread as a row."""
    visible = Consultation.objects.visible_to(by)
    found = list(waiting.filter(consultation__in=visible.values("pk")).order_by("pk")[:MOST])
    threads = visible.filter(pk__in=[one.consultation_id for one in found]).for_inbox()
    rows = {row.thread.pk: row for row in rows_of(threads, by, now)}
    yield from ((one, rows[one.consultation_id]) for one in found if one.consultation_id in rows)
