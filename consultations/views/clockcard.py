"""A thread's clock in words: the date, what is left, the strip of days, and how it was counted."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from accounts.law.periods import Day, Deadline, Unit, Why
from accounts.templatetags.words import last_moment, long_day, moment, zone_of
from consultations.labels import DOUBTS, SILENCE, UNITS
from consultations.law.lifecycle import State
from consultations.law.terms import Terms
from consultations.models import Consultation

SHORT = 2  # working days; from here on the clock is short
REG = "Reg. (EEC, Euratom) No 1182/71"


def card(thread: Consultation, deadline: Deadline | None, now: datetime) -> dict[str, Any]:
    """Return what the clock card of a thread shows at a moment."""
    stands, terms = thread.stands_as(now), thread.terms()
    settled = stands != State.OPEN
    left = deadline.working_days_left(now) if deadline and not settled else None
    doubt = "" if settled else thread.doubt()
    return {
        **of_deadline(deadline, terms, now),
        "doubt": doubt,
        "silence": _silence(terms, doubt),
        "status": str(stands),
        "settled": settled,
        "left": left,
        "tone": _tone(stands, left, thread),
        "working": list(_working(thread, deadline)) if deadline else [],
    }


def of_deadline(deadline: Deadline | None, terms: Terms, now: datetime) -> dict[str, Any]:
    """Return what is shown of a period whose thread may not be open yet."""
    doubt = "provisional" if deadline and deadline.provisional else ""
    silence = _silence(terms, doubt)
    if deadline is None:
        return {"due_before": None, "why_none": _("The law sets no time limit for the answer."), "silence": silence}
    return {
        "due_before": deadline.due_before,
        "zone": deadline.zone,
        "day": long_day(deadline.last_day),
        "left": deadline.working_days_left(now),
        "doubt": doubt,
        "days": [_strip(day, deadline, now) for day in deadline.days],
        "silence": silence,
        "source": _("%(article)s; %(reg)s; public holidays of %(state)s")
        % {
            "article": terms.source,
            "reg": REG,
            "state": deadline.state,
        },
    }


def _silence(terms: Terms, doubt: str) -> str:
    """Say what silence means, or why it means nothing yet."""
    return str(DOUBTS[doubt] if doubt else SILENCE[str(terms.silence)])


def _tone(stands: State, left: int | None, thread: Consultation) -> str:
    if stands in {State.ANSWERED, State.CLOSED}:
        return "done"
    if stands == State.LAPSED:
        return "plain"
    return "short" if left is not None and left <= SHORT and not thread.doubt() else "plain"


def _strip(day: Day, deadline: Deadline, now: datetime) -> dict[str, Any]:
    kinds = {Why.EVENT_DAY: "event", Why.WEEKEND: "weekend", Why.HOLIDAY: "holiday"}
    kind = kinds.get(day.why, "working")
    if day.date == deadline.last_day:
        kind = "due"
    today = now.astimezone(zone_of(deadline.zone)).date()
    return {
        "date": day.date,
        "kind": kind,
        "number": day.counted,
        "name": day.name,
        "today": day.date == today,
        "every_day": deadline.period.unit != Unit.WORKING_DAY,
    }


def _working(thread: Consultation, deadline: Deadline) -> Iterator[str]:
    zone = zone_of(deadline.zone)
    yield from _counted(thread, deadline)
    for day in deadline.days:
        if day.why == Why.HOLIDAY:
            yield _("%(day)s is not counted: %(name)s.") % {"day": long_day(day.date), "name": day.name}
    if deadline.last_day != deadline.strict_last_day:
        first, last = long_day(deadline.strict_last_day), long_day(deadline.last_day)
        if any(day.working and day.date < deadline.last_day for day in deadline.days if day.why == Why.ROLLED):
            words = _("The period would end on %(first)s; it holds two working days and ends on %(last)s (Art. 3(5)).")
        else:
            words = _("The period would end on %(first)s; it ends on the following working day, %(last)s (Art. 3(4)).")
        yield words % {"first": first, "last": last}
    if extended := thread.extended_by():
        agreed = _("%(count)s of them were added by agreement.")
        requested = _("%(count)s of them were added at the request of the consulted authority.")
        yield (agreed if thread.extended_by_agreement() else requested) % {"count": extended}
    if deadline.moved_from:
        was, new = (last_moment(end, zone) for end in (deadline.moved_from, deadline.due_before))
        yield _("A recorded act moved its end from %(was)s to %(new)s.") % {"was": was, "new": new}
    last = _("It ends with the last hour: %(moment)s.") if deadline.period.unit == Unit.HOUR else ""
    last = last or _("It ends with the last hour of its last day: %(moment)s.")
    yield last % {"moment": last_moment(deadline.due_before, zone)}
    for year in deadline.missing_years:
        yield _("The public holidays of %(year)s are not held yet: the date is provisional, nothing lapses on it.") % {
            "year": year
        }


def _counted(thread: Consultation, deadline: Deadline) -> Iterator[str]:
    """Say from when the period runs and which days it counts, by its unit."""
    received = {"at": _plain(thread.received_at, zone_of(deadline.zone))}
    period = {"count": deadline.period.count, "unit": UNITS[str(deadline.period.unit)]}
    if deadline.period.unit == Unit.HOUR:
        yield _("Received %(at)s; that hour is not counted (Art. 3(1)).") % received
        yield _("%(count)s %(unit)s are counted from the next full hour (Art. 3(2)(a)).") % period
        return
    yield _("Received %(at)s; that day is not counted (Art. 3(1)).") % received
    yield {
        Unit.WORKING_DAY: _("%(count)s %(unit)s are counted: no Saturdays, Sundays or public holidays (Art. 2(2))."),
        Unit.DAY: _("%(count)s %(unit)s are counted, Saturdays, Sundays and public holidays among them (Art. 3(3))."),
        Unit.WEEK: _("%(count)s %(unit)s run to the same day of the week (Art. 3(2)(c))."),
    }.get(deadline.period.unit, _("%(count)s %(unit)s run to the same date (Art. 3(2)(c)).")) % period


def _plain(at: datetime, zone: Any) -> str:
    return strip_tags(str(moment(at, zone=zone)))
