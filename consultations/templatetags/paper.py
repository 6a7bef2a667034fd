"""A thread on paper: parties, what was shared, the clock with its working, and everything said, in order."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.models import Authority
from accounts.roles import Principal
from accounts.templatetags.words import destination, last_moment, long_day, moment, state_name, zone_of
from consultations import labels
from consultations.models import Consultation
from consultations.templatetags.threads import activity
from consultations.templatetags.timeline import Entry, entries_of
from denials.exports.dossier import Dossier, Fact, Section


def paper_of(thread: Consultation, reader: Principal, now: datetime, *, clock: dict[str, Any], stands: str) -> Dossier:
    """
    Return a thread as its party may print it: what both sides see, and nothing that stays inside.

    :param clock: what the clock card shows.   :param stands: its state in words.
    """
    zone = thread.consulted_state.zone
    who = ", ".join(filter(None, (reader.authority_code, reader.name)))
    return Dossier(
        reference=thread.reference,
        marking=marking_of(thread),
        title=thread.reference,
        subtitle=f"{labels.KINDS[thread.kind]} · {thread.terms().article}",
        printed=_("Printed by %(who)s, %(at)s; without what stays inside") % {"who": who, "at": _plain(now, zone)},
        at=now,
        sections=[one for one in _sections(thread, reader, now, clock, stands) if one.facts],
    )


def marking_of(thread: Consultation) -> str:
    """Return the highest marking of a document that was sent in the thread, LIMITE at least."""
    sent = {one.data.get("marking") for one in thread.events.all() if one.kind == "document_sent"}
    highest = [name for name in labels.MARKINGS if name in {*sent, "limite"}]
    return str(labels.MARKINGS[highest[-1]])


def _sections(
    thread: Consultation, reader: Principal, now: datetime, clock: dict[str, Any], stands: str
) -> Iterator[Section]:
    yield Section(_("Parties to the consultation"), list(_parties(thread, stands)))
    yield Section(_("What was shared"), list(_shared(thread.shared)))
    yield Section(_("Clock"), list(_clock(clock)))
    entries = entries_of(thread, reader, now, inside=False)
    yield Section(_("Time line"), [_said(one, thread) for one in entries])


def _parties(thread: Consultation, stands: str) -> Iterator[Fact]:
    yield Fact(_("Consulting"), str(thread.consulting_authority))
    yield Fact(_("Consulted"), f"{state_name(thread.consulted_state)}, {thread.consulted_authority}")
    yield Fact(_("Rule"), f"{thread.terms().article}; {thread.terms().source}")
    yield Fact(_("Question"), str(labels.QUESTIONS[str(thread.terms().question)]))
    if thread.question:
        yield Fact("", thread.question)
    yield Fact(_("Sent and received"), _plain(thread.received_at, thread.consulted_state.zone))
    yield Fact(_("Status"), stands)
    references = [str(row.denial.reference) for row in thread.denials.all()]
    if references:
        yield Fact(_("Denials"), ", ".join(references))


def _shared(shared: dict[str, Any]) -> Iterator[Fact]:
    for name, label in (("subject", _("Subject")), ("reference", _("Reference"))):
        if shared.get(name):
            yield Fact(label, str(shared[name]))
    for party in shared.get("parties", []):
        also = ", ".join(party.get("aliases", []))
        lines = [f"{party['name']} ({party['country']})" if party.get("country") else party["name"]]
        lines += [f"{_('also')} {also}" if also else "", party.get("address", "")]
        lines += [f"{kind} {value}" for kind, value in dict(party.get("identifiers", {})).items()]
        yield Fact(str(labels.PARTY_ROLES.get(party["role"], party["role"])), "\n".join(filter(None, lines)))
    for item in shared.get("items", []):
        made = " ".join(filter(None, (item.get("manufacturer"), item.get("model"))))
        much = " ".join(str(part) for part in (item.get("quantity"), item.get("unit")) if part)
        lines = [f"{item.get('code', '')} {item.get('description', '')}".strip(), much, made]
        lines += [f"{label} {item[name]}" for name, label in (("cas", "CAS"), ("cn", "CN")) if item.get(name)]
        lines += [f"{one['name']}: {one['value']} {one.get('unit', '')}" for one in item.get("parameters", [])]
        yield Fact(_("Item"), "\n".join(filter(None, lines)))
    places = [_place(one) for one in shared.get("destinations", [])]
    if places:
        yield Fact(_("Destination"), ", ".join(places))
    if shared.get("activity"):
        yield Fact(_("Activity"), activity(shared["activity"]))
    if shared.get("end_use"):
        yield Fact(_("Stated end use"), str(shared["end_use"]))


def _place(shared: dict[str, str]) -> str:
    code, printed = shared.get("code", ""), shared.get("printed", "")
    return f"{destination(code)} ({printed})" if code and printed else str(destination(code) if code else printed)


def _clock(clock: dict[str, Any]) -> Iterator[Fact]:
    if not clock["due_before"]:
        yield Fact("", str(clock["why_none"]))
        return
    yield Fact(_("Ends"), last_moment(clock["due_before"], zone_of(clock["zone"])))
    for number, line in enumerate(clock["working"], 1):
        yield Fact(str(number), line)
    yield Fact(_("Silence"), str(clock["silence"]))
    for day in clock["days"]:
        counted = str(day["number"] or "–")
        yield Fact(long_day(day["date"]), f"{counted}  {day['name']}".rstrip())


def _said(one: Entry, thread: Consultation) -> Fact:
    who = one["who"].code if isinstance(one["who"], Authority) else str(one["who"] or _("Clock"))
    lines = [f"{who}: {one['what']}", str(one["outcome"]), str(one["meaning"])]
    if one["due_before"]:
        zone = zone_of(thread.due_zone or thread.consulted_state.zone)
        ends = (last_moment(one[name], zone) for name in ("due_before_old", "due_before") if one[name])
        lines.append(" → ".join(ends))
    if one["data"].get("amount"):
        lines.append(labels.span(one["data"]["amount"], one["data"]["unit"]))
    lines += [str(one["silence"]), str(one["data"].get("explanation", "")), one["text"]]
    if one["data"].get("summary"):
        lines.append(f"{_('In English')}: {one['data']['summary']}")
    if one["data"].get("digest"):
        lines.append(f"{one['data']['name']}, SHA-256 {one['data']['digest']}")
    return Fact(_plain(one["at"], thread.consulted_state.zone), "\n".join(filter(None, lines)))


def _plain(at: datetime, zone: Any) -> str:
    return strip_tags(str(moment(at, zone=zone)))
