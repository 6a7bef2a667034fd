"""What goes out, field by field; what one side alone may see is named here."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from accounts.law.periods import Deadline
from accounts.models import Authority
from accounts.roles import Principal
from consultations.labels import meaning_of
from consultations.law.terms import extension_left
from consultations.models import CONSULTING, AnswerElsewhere, Consultation, ConsultationEvent, Decision, GrantNotice


class BodyOut(serializers.Serializer[Any]):
    """An authority; never who in it."""

    code = serializers.CharField()
    name = serializers.CharField()
    state = serializers.CharField(allow_blank=True)


class DenialRefOut(serializers.Serializer[Any]):
    """A denial the thread is about. The level of the hit is the consulting side's own."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    version = serializers.IntegerField(help_text="Number of the version current when the thread opened.")
    level = serializers.CharField(allow_null=True)


class ApplicationRefOut(serializers.Serializer[Any]):
    """The consulting side's own application."""

    id = serializers.UUIDField()
    reference = serializers.CharField()


class AnswerOut(serializers.Serializer[Any]):
    """An answer as given."""

    id = serializers.UUIDField()
    outcome = serializers.CharField()
    reasoning = serializers.CharField(allow_blank=True)
    denial_still_valid = serializers.BooleanField(allow_null=True)
    is_late = serializers.BooleanField()
    answered_at = serializers.DateTimeField()


class ProposalOut(serializers.Serializer[Any]):
    """An extension proposed or decided."""

    id = serializers.UUIDField()
    amount = serializers.IntegerField()
    unit = serializers.CharField()
    reason = serializers.CharField()
    status = serializers.CharField()
    proposed_by = serializers.CharField()
    proposed_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    due_before_old = serializers.DateTimeField(allow_null=True)
    due_before_new = serializers.DateTimeField(allow_null=True)


class DayOut(serializers.Serializer[Any]):
    """One day of the working: counted, or why not."""

    date = serializers.DateField()
    counted = serializers.IntegerField(allow_null=True)
    why = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    working = serializers.BooleanField()


class PeriodOut(serializers.Serializer[Any]):
    """A number of units."""

    count = serializers.IntegerField()
    unit = serializers.CharField()


class ClockOut(serializers.Serializer[Any]):
    """The period with its working, in the consulted state's calendar and zone."""

    state = serializers.CharField()
    zone = serializers.CharField()
    period = PeriodOut()
    event_on = serializers.DateField()
    last_day = serializers.DateField()
    due_before = serializers.DateTimeField()
    strict_last_day = serializers.DateField()
    due_strict = serializers.DateTimeField()
    provisional = serializers.BooleanField()
    moved_from = serializers.DateTimeField(allow_null=True, help_text="The end as counted, where an act moved it.")
    missing_years = serializers.ListField(child=serializers.IntegerField())
    calendar_versions = serializers.DictField(child=serializers.CharField())
    days = DayOut(many=True)


class DocumentOut(serializers.Serializer[Any]):
    """A document of a thread, without its content."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    digest = serializers.CharField(help_text="SHA-256.")
    marking = serializers.CharField()
    by = serializers.CharField(source="authority.code")
    sent_at = serializers.DateTimeField(allow_null=True)


class ElsewhereOut(serializers.Serializer[Any]):
    """An answer said to be given by another channel."""

    outcome = serializers.CharField()
    reasoning = serializers.CharField(allow_blank=True)
    channel = serializers.CharField()
    given_at = serializers.DateTimeField()
    status = serializers.CharField(help_text="registered, confirmed or disputed")
    registered_by = serializers.CharField(help_text="Code of the authority.")
    registered_at = serializers.DateTimeField()


class CorrectionOut(serializers.Serializer[Any]):
    """An end of the period proposed by a corrected calendar."""

    due_before_old = serializers.DateTimeField()
    due_before_new = serializers.DateTimeField()
    status = serializers.CharField(help_text="proposed, applied, declined or overtaken")
    proposed_at = serializers.DateTimeField()


class ConsultationOut(serializers.Serializer[Any]):
    """A thread as a party to it sees it now."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    regime = serializers.CharField()
    rule = serializers.CharField()
    article = serializers.CharField()
    kind = serializers.CharField(help_text="denials, formal or informal: each counted apart.")
    asked = serializers.CharField(help_text="identity, views, objection, release or requirement")
    role = serializers.ChoiceField(choices=["initiated", "received"])
    status = serializers.CharField(help_text="Lapsed from the end of the period on.")
    outcome = serializers.CharField(allow_blank=True, help_text="The answer in time, lapsed, withdrawn; empty if open.")
    silence = serializers.CharField(help_text="What silence means at the end of the period.")
    consulting_authority = BodyOut()
    consulted_authority = BodyOut()
    consulted_state = serializers.CharField()
    application = ApplicationRefOut(allow_null=True)
    denials = DenialRefOut(many=True)
    sent_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    due_before = serializers.DateTimeField(allow_null=True, help_text="First instant after the period.")
    due_zone = serializers.CharField(allow_blank=True)
    provisional = serializers.BooleanField(help_text="A holiday list is missing; nothing lapses.")
    held = serializers.BooleanField(help_text="The period ended while the exchange was unavailable; nothing lapses.")
    working_days_left = serializers.IntegerField(allow_null=True)
    extension_left = serializers.IntegerField()
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    concluded_at = serializers.DateTimeField(allow_null=True)
    information_awaited_from = serializers.CharField(allow_blank=True)
    question = serializers.CharField(allow_blank=True)
    shared = serializers.DictField()
    answers = AnswerOut(many=True)
    extensions = ProposalOut(many=True)


class ConsultationDetailOut(ConsultationOut):
    """A thread with the working of its clock, and what waits for an act."""

    answers_elsewhere = ElsewhereOut(many=True)
    corrections = CorrectionOut(many=True)
    clock = ClockOut(allow_null=True)


class OpenedOut(serializers.Serializer[Any]):
    """The threads opened, one per denying state."""

    application = serializers.UUIDField(allow_null=True)
    consultations = ConsultationDetailOut(many=True)


class PlannedOut(serializers.Serializer[Any]):
    """A thread as it would be opened now."""

    consulted_state = serializers.CharField()
    consulted_authority = BodyOut()
    rule = serializers.CharField()
    article = serializers.CharField()
    denials = DenialRefOut(many=True)
    shared = serializers.DictField()
    clock = ClockOut(allow_null=True)


class PreviewOut(serializers.Serializer[Any]):
    """What `POST` would open; nothing is changed."""

    application = serializers.UUIDField(allow_null=True)
    consultations = PlannedOut(many=True)


class EventOut(serializers.Serializer[Any]):
    """One legal event and the instant it takes effect; `recorded_at` is empty while no sweep has written it."""

    id = serializers.UUIDField(allow_null=True)
    kind = serializers.CharField()
    effective_at = serializers.DateTimeField()
    recorded_at = serializers.DateTimeField(allow_null=True)
    by = serializers.CharField(allow_blank=True, help_text="Code of the authority; empty for the clock.")
    text = serializers.CharField(allow_blank=True)
    data = serializers.DictField()  # type: ignore[assignment]  # a member of that name is meant


class GrantNoticeOut(serializers.Serializer[Any]):
    """The explanation of a grant after consultation."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    regime = serializers.CharField()
    authority = BodyOut()
    decided_on = serializers.DateField()
    is_undercut = serializers.BooleanField()
    denials = serializers.ListField(child=serializers.CharField())
    shared = serializers.DictField()
    explanation = serializers.CharField()
    quantity = serializers.CharField(allow_blank=True)
    conditions = serializers.CharField(allow_blank=True)
    notified_at = serializers.DateTimeField()
    recipients = serializers.ListField(child=serializers.CharField())


class FlaggedOut(serializers.Serializer[Any]):
    """A decision recorded with flags: ids and codes, nothing of the case."""

    id = serializers.UUIDField()
    authority = BodyOut()
    application = serializers.CharField(help_text="Its reference.")
    regime = serializers.CharField()
    outcome = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    flags = serializers.ListField(child=serializers.CharField())


class DecisionOut(serializers.Serializer[Any]):
    """A decision as its authority sees it."""

    id = serializers.UUIDField()
    application = ApplicationRefOut()
    regime = serializers.CharField()
    outcome = serializers.CharField()
    reasons = serializers.CharField(allow_blank=True)
    decided_on = serializers.DateField()
    recorded_at = serializers.DateTimeField()
    after_consultation = serializers.BooleanField()
    is_undercut = serializers.BooleanField()
    flags = serializers.ListField(child=serializers.CharField())
    owes_explanation = serializers.BooleanField()
    own_denial = serializers.UUIDField(allow_null=True)
    grant_notice = GrantNoticeOut(allow_null=True)


class ConclusionOut(serializers.Serializer[Any]):
    """How a consultation of which all are told was concluded: by reference, and what it means."""

    id = serializers.UUIDField()
    reference = serializers.CharField()
    rule = serializers.CharField()
    article = serializers.CharField()
    concluded_by = serializers.CharField()
    concluded_at = serializers.DateTimeField()
    outcome = serializers.CharField()
    meaning = serializers.CharField()
    explanation = serializers.CharField(allow_blank=True)


class AwaitedOut(serializers.Serializer[Any]):
    """A grant whose explanation is overdue: `owed` by the own authority, or `awaited` from another."""

    direction = serializers.ChoiceField(choices=["owed", "awaited"])
    decision = serializers.UUIDField(allow_null=True, help_text="One's own decision; null where it is another's.")
    authority = BodyOut()
    regime = serializers.CharField()
    decided_on = serializers.DateField()


# ---- from records ------------------------------------------------------------------------------------------------


def body(authority: Authority) -> dict[str, str]:
    return {"code": authority.code, "name": authority.name, "state": authority.state_id or ""}


def consultation(thread: Consultation, *, by: Principal, now: datetime, deadline: Deadline | None) -> dict[str, Any]:
    """Return a thread as a party sees it; what belongs to the consulting side alone is left out for the other."""
    terms, mine = thread.terms(), thread.side_of(by.authority_id) == CONSULTING
    return {
        "id": thread.pk,
        "reference": thread.reference,
        "regime": thread.regime,
        "rule": thread.rule,
        "article": terms.article,
        "kind": thread.kind,
        "asked": str(terms.question),
        "role": "initiated" if mine else "received",
        "status": str(thread.stands_as(now)),
        "outcome": str(thread.outcome(now)),
        "silence": str(terms.silence),
        "consulting_authority": body(thread.consulting_authority),
        "consulted_authority": body(thread.consulted_authority),
        "consulted_state": thread.consulted_state_id,
        "application": _application(thread) if mine else None,
        "denials": [
            {
                "id": row.denial_id,
                "reference": row.denial.reference,
                "version": row.version.number,
                "level": row.level if mine else None,
            }
            for row in thread.denials.all()
        ],
        "sent_at": thread.sent_at,
        "received_at": thread.received_at,
        **_period(thread, now, deadline),
        "concluded_at": thread.concluded_on(now),
        "information_awaited_from": thread.awaits_information_from(),
        "question": thread.question,
        "shared": thread.shared,
        "answers": list(thread.answers.all()),
        "extensions": [_extension(one) for one in thread.extensions.all()],
    }


def whole(thread: Consultation, *, by: Principal, now: datetime, deadline: Deadline | None) -> dict[str, Any]:
    """Return a thread with the working of its clock, and what waits for an act."""
    return consultation(thread, by=by, now=now, deadline=deadline) | {
        "answers_elsewhere": [_elsewhere(one) for one in thread.answers_elsewhere.all()],
        "corrections": list(thread.corrections.all()),
        "clock": deadline.as_data() if deadline else None,
    }


def _period(thread: Consultation, now: datetime, deadline: Deadline | None) -> dict[str, Any]:
    return {
        "due_before": thread.due_before,
        "due_zone": thread.due_zone,
        "provisional": thread.due_is_provisional,
        "held": thread.held_by_id is not None,
        "working_days_left": deadline.working_days_left(now) if deadline else None,
        "extension_left": extension_left(thread.terms(), thread.extended_by()),
        "acknowledged_at": thread.acknowledged_at,
    }


def _application(thread: Consultation) -> dict[str, Any] | None:
    if thread.application is None:
        return None
    return {"id": thread.application.pk, "reference": thread.application.reference}


def _elsewhere(claim: AnswerElsewhere) -> dict[str, Any]:
    names = ("outcome", "reasoning", "channel", "given_at", "status", "registered_at")
    return {name: getattr(claim, name) for name in names} | {"registered_by": claim.registered_by_authority.code}


def _extension(extension: Any) -> dict[str, Any]:
    names = ("id", "amount", "unit", "reason", "status", "proposed_at", "decided_at")
    row = {name: getattr(extension, name) for name in (*names, "due_before_old", "due_before_new")}
    return row | {"proposed_by": extension.proposed_by_authority.code}


def planned(thread: Any) -> dict[str, Any]:
    return {
        "consulted_state": thread.state.code,
        "consulted_authority": body(thread.contact_point),
        "rule": thread.terms.rule,
        "article": thread.terms.article,
        "denials": [
            {
                "id": denial.pk,
                "reference": denial.reference,
                "version": denial.current.number,
                "level": thread.levels[denial.pk],
            }
            for denial in thread.denials
        ],
        "shared": thread.shared,
        "clock": thread.deadline.as_data() if thread.deadline else None,
    }


def event(row: ConsultationEvent) -> dict[str, Any]:
    return {
        "id": row.pk if not row._state.adding else None,
        "kind": row.kind,
        "effective_at": row.effective_at,
        "recorded_at": row.recorded_at,
        "by": row.by_authority.code if row.by_authority else "",
        "text": row.text,
        "data": row.data,
    }


def grant_notice(notice: GrantNotice) -> dict[str, Any]:
    return {
        "id": notice.pk,
        "reference": notice.reference,
        "regime": notice.regime,
        "authority": body(notice.authority),
        "decided_on": notice.decided_on,
        "is_undercut": notice.is_undercut,
        "denials": notice.content["denials"],
        "shared": notice.content["shared"],
        "explanation": notice.explanation,
        "quantity": notice.quantity,
        "conditions": notice.conditions,
        "notified_at": notice.notified_at,
        "recipients": sorted(one.code for one in notice.recipients.all()),
    }


def flagged(row: Decision) -> dict[str, Any]:
    names = ("id", "regime", "outcome", "recorded_at", "flags")
    named = {"authority": body(row.authority), "application": row.application.reference}
    return {name: getattr(row, name) for name in names} | named


def decision(row: Decision) -> dict[str, Any]:
    names = ("id", "regime", "outcome", "reasons", "decided_on", "recorded_at", "after_consultation", "is_undercut")
    notice = getattr(row, "grant_notice", None)
    return {name: getattr(row, name) for name in names} | {
        "flags": row.flags,
        "owes_explanation": row.owes_explanation,
        "application": {"id": row.application_id, "reference": row.application.reference},
        "own_denial": row.own_denial_id,
        "grant_notice": grant_notice(notice) if notice else None,
    }


def conclusion(event: ConsultationEvent) -> dict[str, Any]:
    thread, outcome = event.consultation, str(event.data.get("outcome", ""))
    return {
        "id": event.pk,
        "reference": thread.reference,
        "rule": thread.rule,
        "article": thread.terms().article,
        "concluded_by": event.by_authority.code if event.by_authority else "",
        "concluded_at": event.effective_at,
        "outcome": outcome,
        "meaning": str(meaning_of(thread.rule, outcome)),
        "explanation": event.data.get("explanation", ""),
    }


def awaited(row: Decision, *, by: Principal) -> dict[str, Any]:
    mine = row.authority_id == by.authority_id
    return {
        "direction": "owed" if mine else "awaited",
        "decision": row.pk if mine else None,
        "authority": body(row.authority),
        "regime": row.regime,
        "decided_on": row.decided_on,
    }
