"""`manage.py deadline`: count a period for an authority and show the working."""

import json
from argparse import ArgumentParser
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.law.errors import ExtensionNotForeseen, ExtensionTooLong, NotCountable, RuleBroken, RuleUnknown
from accounts.law.periods import LONGEST, Deadline, Period, Unit
from accounts.models import Authority, State
from consultations.law import terms as law


class Command(BaseCommand):
    requires_system_checks: tuple[str, ...] = ()
    help = "Count a period in an authority's calendar and time zone and show, day by day, what counts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--authority", required=True, help="code of the authority or its state that must act: NL")
        parser.add_argument(
            "--from",
            dest="event",
            required=True,
            metavar="MOMENT",
            help="when the request was received, with its offset (2025-12-19T16:05+01:00), or a day",
        )
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--rule", help=f"the terms to count by: {', '.join(law.known_rules())}")
        what.add_argument("--working-days", type=int, metavar="N", help="a bare count of working days")
        parser.add_argument("--extension", type=int, default=0, metavar="N", help="units agreed on top, with --rule")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        state = self.state(options["authority"])
        event = moment(options["event"])
        try:
            deadline, terms = self.count(state, event, options)
        except RuleBroken as refusal:
            raise refused(option_of(refusal, options), explain(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps(as_data(deadline, terms, options["authority"]), indent=2, ensure_ascii=False))
        else:
            self.print(deadline, terms)
        if deadline and deadline.provisional:
            years = ", ".join(map(str, deadline.missing_years))
            self.stderr.write(f"provisional: no list of public holidays of {deadline.state} is held for {years}")

    def state(self, code: str) -> State:
        authority = Authority.objects.named(code).filter(kind="authority").select_related("state").first()
        state = authority.state if authority else State.objects.filter(code__iexact=code).first()
        if state is None:
            known = ", ".join(State.objects.order_by("code").values_list("code", flat=True))
            raise refused("--authority", f"{code!r} is no authority or state; states are {known}")
        return state

    def count(
        self, state: State, event: datetime | date, options: dict[str, Any]
    ) -> tuple[Deadline | None, law.Terms | None]:
        calendar = state.working_calendar()
        if options["rule"] is None:
            if options["extension"]:
                raise refused("--extension", "is counted by a rule; give --rule")
            period = Period(options["working_days"], Unit.WORKING_DAY)
            return calendar.deadline(event, period, provisional=True), None
        terms = law.terms_for(options["rule"], calendar.day_of(event), getattr(settings, "EXCHANGE_TERMS", None))
        if options["extension"]:
            law.check_extension(terms, agreed=0, further=options["extension"])
        return law.extended_due(calendar, terms, event, options["extension"], provisional=True), terms

    def print(self, deadline: Deadline | None, terms: law.Terms | None) -> None:
        if deadline is None:
            assert terms is not None
            self.stdout.write(f"{terms.rule}: {terms.article} sets no period; nothing lapses.")
            return
        for day in deadline.days:
            number = "" if day.counted is None else str(day.counted)
            self.stdout.write(f"{day.date:%a %Y-%m-%d}  {number:>4}  {day.why.replace('_', ' ')} {day.name}".rstrip())
        self.stdout.write(f"last day    {deadline.last_day:%A %Y-%m-%d}")
        self.stdout.write(f"due before  {deadline.due_before.isoformat()} ({deadline.zone})")
        if terms is not None:
            self.stdout.write(f"rule        {terms.rule}, {terms.article}; silence: {terms.silence.replace('_', ' ')}")


def moment(text: str) -> datetime | date:
    """Read a moment with its offset, or a day."""
    try:
        event = date.fromisoformat(text) if len(text) == len("2025-12-19") else datetime.fromisoformat(text)
    except ValueError:
        raise refused("--from", f"{text!r} is not a moment such as 2025-12-19T16:05+01:00") from None
    if isinstance(event, datetime) and event.utcoffset() is None:
        raise refused("--from", f"{text!r} lacks its offset from UTC, such as +01:00")
    return event


def refused(option: str, text: str) -> CommandError:
    return CommandError(f"{option}: {text}", returncode=2)


def option_of(refusal: RuleBroken, options: dict[str, Any]) -> str:
    """Name the option a refusal is about."""
    if isinstance(refusal, RuleUnknown):
        return "--rule"
    if isinstance(refusal, NotCountable) and refusal.params["field"] == "event":
        return "--from"
    if options["extension"]:
        return "--extension"
    return "--working-days" if options["rule"] is None else "--rule"


def explain(refusal: RuleBroken) -> str:
    """Say in words why a rule refuses, with its code; the known rules where none fits."""
    facts = refusal.params
    words = {
        NotCountable: "only moments of the years 1900 to 2200 are counted"
        if facts.get("field") == "event"
        else f"{facts.get('value')} cannot be counted; give a whole number from 1 to {LONGEST[Unit.WORKING_DAY]}",
        RuleUnknown: f"no rule {facts.get('rule')!r} is in force on {facts.get('on')}; "
        f"known: {', '.join(law.known_rules())}",
        ExtensionTooLong: f"{facts.get('asked')} is too long, {facts.get('left')} ({facts.get('unit')}) are left",
        ExtensionNotForeseen: f"{facts.get('rule')} knows no extension",
    }
    return f"{words[type(refusal)]} ({refusal})" if type(refusal) in words else str(refusal)


def as_data(deadline: Deadline | None, terms: law.Terms | None, authority: str) -> dict[str, Any]:
    """Return what is printed as JSON; without a period, `last_day` and `due_before` are null."""
    found: dict[str, Any] = {"authority": authority, "rule": None}
    if terms is not None:
        found |= {
            "rule": terms.rule,
            "article": terms.article,
            "silence": str(terms.silence),
            "lapses": terms.lapses,
            "verified": terms.verified,
        }
    return found | (deadline.as_data() if deadline else {"last_day": None, "due_before": None, "days": []})
