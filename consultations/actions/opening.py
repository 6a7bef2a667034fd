"""From hits to threads: one consultation per denying state, all in one transaction."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts.law.errors import NotCompetent, NotForeseen
from accounts.law.periods import Deadline
from accounts.models import Authority, Competence, State
from accounts.principals import authority_of, user_of
from accounts.roles import Principal
from consultations import notices
from consultations.actions.record import said, write
from consultations.actions.watching import on_duty, plan_reminders
from consultations.law.lifecycle import State as Standing
from consultations.law.parties import Concerned, NoContactPoint, by_state
from consultations.law.sharing import USUAL, shared_content
from consultations.law.terms import Kind, Terms, due, rule_for_denials, terms_for
from consultations.models import CONSULTED, Consultation, ConsultationDenial
from consultations.models.gate import FOR_INFORMATION
from denials.models import Denial
from screening.actions import consult_on_hits
from screening.models import Application, Hit

UNSCREENED = "chosen"  # the level of a denial the officer chose although no screening brought it up
IN_FORCE = "in_force"


@dataclass(frozen=True)
class Thread:
    """A consultation as it would be opened: what the preview shows and the act writes."""

    state: State
    contact_point: Authority
    terms: Terms
    deadline: Deadline | None
    denials: tuple[Denial, ...]
    levels: dict[UUID, str]
    shared: dict[str, object]

    @property
    def readers(self) -> list[Authority]:
        """Who will see it: the contact point, and the authorities that issued the denials."""
        bodies = {body.pk: body for body in [self.contact_point, *(denial.authority for denial in self.denials)]}
        return list(bodies.values())


@transaction.atomic
def open_consultations(
    *,
    application_id: UUID,
    by: Principal,
    now: datetime,
    hits: Iterable[UUID] = (),
    denials: Iterable[UUID] = (),
    question: str = "",
    summary: str = "",
    shared: Collection[str] = USUAL,
) -> list[Consultation]:
    """
    Open one consultation with each state that issued a denial an application may be essentially identical to.

    Sent is received: the thread is made available to the contact point at that moment, and its period runs from
    there in the consulted state's calendar and zone.

    :param hits: ids of hits of the application.   :param denials: ids of denials; several of one state share a thread.
    :param shared: the parts of the application that travel, see `law/sharing.py`; nothing else does.
    :param summary: of the question, in English, beside the original words.
    :raises NotCompetent: for another authority's application.   :raises NotConsultedOn: for a denial of the own
        state, of a former member, no longer valid, or consulted on already.
    :raises NoContactPoint: :raises TransitionRefused: if the application is decided.
    Source: Reg. (EU) 2021/821 Art. 16(5); CP 2008/944/CFSP Art. 4(1); Reg. (EU) 2019/125 Art. 23(2).
    """
    application = Application.objects.select_for_update().get(pk=application_id)
    if application.authority_id != by.authority_id:
        raise NotCompetent(authority=by.authority_code, regime=application.regime)
    hit_ids, denial_ids = list(hits), list(denials)
    found = _found(application, hit_ids, denial_ids)
    threads = plan_consultations(
        application=application, by=by, now=now, hits=hit_ids, denials=denial_ids, shared=shared
    )
    dutiable = [hit for hit in found if hit.level != FOR_INFORMATION]
    consult_on_hits(application=application, hits=dutiable, by=by, now=now)
    opened = [open_thread(application, thread, question, by=by, now=now) for thread in threads]
    for consultation in opened:
        announce(consultation, by=by, now=now, summary=summary)
    return opened


def plan_consultations(
    *,
    application: Application,
    by: Principal,
    now: datetime,
    hits: Iterable[UUID] = (),
    denials: Iterable[UUID] = (),
    shared: Collection[str] = USUAL,
) -> list[Thread]:
    """
    Return the consultations `open_consultations` would open at a moment; changes nothing.

    :raises: as `open_consultations`.
    """
    levels = {hit.denial_id: hit.level for hit in _found(application, list(hits), list(denials))}
    order = list(dict.fromkeys([*levels, *denials]))
    chosen = {denial.pk: denial for denial in _denials(order, by)}
    for pk in order:
        if pk not in chosen:
            raise NotForeseen(field="denials", value=str(pk))
    grouped = by_state(_concerned([chosen[pk] for pk in order], application, now), by.state)
    content = shared_content(application.facts(), shared)
    threads = []
    for members in grouped.values():
        rows = tuple(chosen[UUID(one.key)] for one in members)
        state = rows[0].state_of_issue
        rule = rule_for_denials(application.regime, state.day_of(now))
        threads.append(plan_thread(rule, state, rows, levels, content, now))
    return threads


def _found(application: Application, hits: Collection[UUID], denials: Collection[UUID]) -> list[Hit]:
    """
    Return the hits asked for, and those of the latest screening on the denials asked for, by rank.

    :raises NotForeseen: for a hit that is not one of the application's.
    """
    asked = list(Hit.objects.filter(pk__in=hits, screening__application=application))
    for missing in sorted(set(hits) - {hit.pk for hit in asked}, key=str):
        raise NotForeseen(field="hits", value=str(missing))
    screening = application.latest_screening()
    of_denials = list(screening.hits.filter(denial_id__in=denials)) if screening and denials else []
    return sorted({hit.pk: hit for hit in [*asked, *of_denials]}.values(), key=lambda hit: hit.rank)


def _denials(wanted: Collection[UUID], by: Principal) -> list[Denial]:
    rows = Denial.objects.visible_to(by).notified().filter(pk__in=wanted)
    return list(rows.select_related("authority", "state_of_issue", "current"))


def _concerned(denials: Iterable[Denial], application: Application, now: datetime) -> list[Concerned]:
    rows = list(denials)
    consulted = set(
        ConsultationDenial.objects.filter(consultation__application=application, denial__in=rows)
        .filter(consultation__kind=Kind.DENIALS)
        .exclude(consultation__status=Standing.WITHDRAWN)
        .values_list("denial_id", flat=True)
    )
    states = {row.state_of_issue_id: row.state_of_issue for row in rows}
    members = {code: state.takes_part(application.regime, now) for code, state in states.items()}
    return [
        Concerned(
            key=str(row.pk),
            reference=str(row.reference),
            state=row.state_of_issue_id,
            in_force=row.status == IN_FORCE and row.regime == application.regime,
            state_is_member=members[row.state_of_issue_id],
            already_consulted=row.pk in consulted,
        )
        for row in rows
    ]


def plan_thread(
    rule: str,
    state: State,
    denials: tuple[Denial, ...],
    levels: dict[UUID, str],
    content: dict[str, object],
    now: datetime,
) -> Thread:
    """Return the consultation with one state under a rule, by the terms of its own day."""
    today = state.day_of(now)
    terms = terms_for(rule, today, getattr(settings, "EXCHANGE_TERMS", None))
    return Thread(
        state=state,
        contact_point=contact_point(state.code, terms.regime, today),
        terms=terms,
        deadline=due(state.working_calendar(), terms, now, provisional=True),
        denials=denials,
        levels={denial.pk: levels.get(denial.pk, UNSCREENED) for denial in denials},
        shared=content,
    )


def contact_point(state: str, regime: str, on: date) -> Authority:
    """
    Return the authority to which consultations with a state are routed on a day.

    :raises NoContactPoint: if it has none for the regime.
    """
    points = Competence.objects.contact_points(regime, on).filter(authority__state_id=state)
    point = points.select_related("authority").order_by("-since", "authority__code").first()
    if point is None:
        raise NoContactPoint(state=state, regime=regime)
    return point.authority


def open_thread(
    application: Application | None, thread: Thread, question: str, *, by: Principal, now: datetime
) -> Consultation:
    """Write one planned thread and its denials; announcing it is `announce`."""
    person = user_of(by)
    consultation = Consultation(
        reference=f"{by.state}-{thread.state.code}-{notices.random_suffix()}",
        regime=thread.terms.regime,
        kind=str(thread.terms.kind),
        rule=thread.terms.rule,
        terms_used=thread.terms.as_data(),
        application=application,
        consulting_authority=application.authority if application else authority_of(by),
        consulted_state=thread.state,
        consulted_authority=thread.contact_point,
        sent_at=now,
        received_at=now,
        lapses=thread.terms.lapses,
        shared=thread.shared,
        question=question,
        sent_by=person,
        consulting_owner=person,
        screening=application.latest_screening() if application else None,
        **deadline_columns(thread.deadline),
    )
    consultation.consulted_owner = on_duty(consultation, now)
    consultation.save(force_insert=True)
    ConsultationDenial.objects.bulk_create(
        ConsultationDenial(
            consultation=consultation, denial=denial, version=denial.current, level=thread.levels[denial.pk]
        )
        for denial in thread.denials
    )
    plan_reminders(consultation, thread.deadline, now=now)
    return consultation


def deadline_columns(deadline: Deadline | None) -> dict[str, Any]:
    """Return what is kept of a deadline: its exclusive end, zone, calendar versions, and whether it is provisional."""
    if deadline is None:
        return {"due_before": None, "due_zone": "", "due_is_provisional": False, "calendar_versions": {}}
    return {
        "due_before": deadline.due_before,
        "due_zone": deadline.zone,
        "due_is_provisional": deadline.provisional,
        "calendar_versions": {str(year): version for year, version in deadline.calendar_versions},
    }


def announce(consultation: Consultation, *, by: Principal, now: datetime, summary: str = "") -> None:
    """Write that a thread was opened, and tell the consulted side."""
    data: dict[str, object] = {
        "rule": consultation.rule,
        "due_before": consultation.due_before.isoformat() if consultation.due_before else None,
        "provisional": consultation.due_is_provisional,
        "denials": [str(row.denial_id) for row in consultation.denials.all()],
        **said(summary),
    }
    write(consultation, "opened", by=by, at=now, now=now, key="opened", text=consultation.question, data=data)
    notices.tell("opened", consultation, side=CONSULTED, now=now)
