"""The one column of a thread, on the page and on paper: its clock, what was said, screenings, changes of the rules."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Principal
from consultations import labels
from consultations.law.terms import TERMS
from consultations.models import CONSULTING, Consultation, ConsultationEvent
from denials.labels import KINDS as CHANGES
from denials.models import RegisterChange
from screening.models import Screening

Entry = dict[str, Any]
SYMBOLS = {"screened": "search", "rules": "gavel", "terms": "gavel", "register": "file-x", "attached": "paperclip"}


def entries_of(thread: Consultation, reader: Principal, now: datetime, *, inside: bool) -> list[Entry]:
    """
    Return what happened, in order, as a party sees it.

    :param inside: with what never leaves the reader's authority: notes, documents not sent, own screenings.
    """
    side = thread.side_of(reader.authority_id)
    found = [event_entry(thread, event, side, now) for event in thread.timeline(now)]
    found += _of_register(thread)
    found += _of_rules(thread, now)
    if inside:
        found += _notes(thread, reader)
        found += _unsent(thread, reader)
        found += _screenings(thread, side)
    return sorted(found, key=lambda one: one["order"])


def event_entry(thread: Consultation, event: ConsultationEvent, side: str, now: datetime) -> Entry:
    """Return a legal event as the time line and the dossier print it."""
    speaker = thread.side_of(event.by_authority_id)
    outcome = event.data.get("outcome", "")
    said = {"outcome": labels.DECISIONS, "concluded": labels.CONCLUSIONS}.get(event.kind, labels.OUTCOMES)
    return {
        "side": "clock" if not speaker else ("ours" if speaker == side else "theirs"),
        "who": event.by_authority,
        "what": labels.EVENTS[event.kind],
        "kind": event.kind,
        "at": event.effective_at,
        "order": (event.recorded_at or now, event.effective_at),
        "text": event.text,
        "outcome": said.get(outcome, "") if outcome else "",
        "meaning": labels.meaning_of(thread.rule, outcome) if event.kind == "concluded" else "",
        "data": event.data,
        "due_before": _instant(event.data.get("due_before") or event.data.get("due_before_proposed")),
        "due_before_old": _instant(event.data.get("due_before_old")),
        "silence": labels.SILENCE.get(str(event.data.get("silence", "")), ""),
    }


def _entry(side: str, kind: str, at: datetime, what: str, text: str = "", **more: Any) -> Entry:
    empty: Entry = {"who": "", "outcome": "", "data": {}, "silence": "", "meaning": ""}
    empty |= {"due_before": None, "due_before_old": None}
    empty["symbol"] = SYMBOLS.get(kind, "")
    return {**empty, "side": side, "kind": kind, "at": at, "order": (at, at), "what": what, "text": text, **more}


def _notes(thread: Consultation, reader: Principal) -> Iterator[Entry]:
    for note in thread.notes.filter(authority_id=reader.authority_id or "").select_related("by"):
        yield _entry("inside", "note", note.at, _("noted"), note.text, who=note.by)


def _unsent(thread: Consultation, reader: Principal) -> Iterator[Entry]:
    """Documents kept inside: seen by one's own authority alone, for as long as nobody sends them."""
    rows = thread.documents.filter(authority_id=reader.authority_id or "", sent_at__isnull=True)
    for one in rows.select_related("attached_by"):
        facts = {"document": str(one.pk), "name": one.name, "size": one.size, "marking": one.marking}
        yield _entry("inside", "attached", one.attached_at, _("attached a document"), who=one.attached_by, data=facts)


def _screenings(thread: Consultation, side: str) -> Iterator[Entry]:
    """The consulting side's screenings of its application, and where the rules of screening changed between them."""
    if side != CONSULTING or thread.application_id is None:
        return
    rows = list(Screening.objects.filter(application_id=thread.application_id).order_by("screened_at").with_counts())
    for row in rows:
        found = row.strong + row.possible
        hits = ngettext("%(count)s hit", "%(count)s hits", found) % {"count": found}
        facts = {"hits": hits, "compared": row.compared, "rules": row.ruleset_version}
        text = _("%(hits)s; %(compared)s denials compared; rules of screening %(rules)s") % facts
        yield _entry("inside", "screened", row.screened_at, _("screened the application"), text, who=_("Screening"))
    for earlier, later in pairwise(rows):
        if earlier.ruleset_version != later.ruleset_version:
            text = f"{earlier.ruleset_version} → {later.ruleset_version}"
            yield _entry(
                "inside", "rules", later.screened_at, _("The rules of screening changed"), text, who=_("Rules")
            )


def _of_register(thread: Consultation) -> Iterator[Entry]:
    """What became of the denials since the thread was opened."""
    held = {row.denial_id: row.denial.reference for row in thread.denials.all()}
    rows = RegisterChange.objects.filter(denial__in=held, recorded_at__gt=thread.sent_at) if held else []
    for row in rows:
        what = _("%(reference)s: %(change)s") % {
            "reference": held[row.denial_id],
            "change": CHANGES.get(row.kind, row.kind),
        }
        yield _entry("record", "register", row.recorded_at, what, who=_("Register"))


def _of_rules(thread: Consultation, now: datetime) -> Iterator[Entry]:
    """Terms of the thread's rule that came into force while it ran; it keeps those it was opened under."""
    for terms in TERMS:
        begun = datetime.combine(terms.since, time.min, UTC)
        if terms.rule == thread.rule and thread.sent_at < begun <= now:
            text = _("This consultation keeps the terms it was opened under.")
            yield _entry("record", "terms", begun, _("The terms of the rule changed"), text, who=_("Rules"))


def _instant(value: Any) -> datetime | None:
    return datetime.fromisoformat(value) if isinstance(value, str) else None
