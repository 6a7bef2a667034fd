"""The sweeps of this room: they draft the year's tables and remind of returns, once a day."""

from celery import shared_task
from django.conf import settings
from django.db import transaction

from accounts import clock
from accounts.roles import SYSTEM
from denials.law.regimes import known_regimes
from reports import actions
from reports.law.due import due_on, reminder
from reports.models import AnnualReturn
from reports.statistics.returns import expected


@shared_task(name="reports.tasks.draft_annual_tables")
def draft_annual_tables() -> None:
    """Draft this year's and last year's tables of every regime, where they have changed; safe to repeat."""
    now = clock.now()
    for regime in known_regimes():
        for year in (now.year - 1, now.year):
            with transaction.atomic():
                actions.draft_edition(regime=regime, year=year, by=SYSTEM, now=now)


@shared_task(name="reports.tasks.remind_of_returns")
def remind_of_returns() -> None:
    """Remind each authority of the return of last year that it owes and has not signed; safe to repeat."""
    now = clock.now()
    year = now.year - 1
    due = reminder(due_on(year, settings.EXCHANGE_RETURN_DUE), now.date())
    if due is None:
        return
    for regime in known_regimes():
        done = {one.authority_id for one in AnnualReturn.objects.current(regime, year)}
        owing = [one for state in expected(regime, year).values() for one in state if one.pk not in done]
        for authority in owing:
            with transaction.atomic():
                actions.remind_of_return(authority=authority, regime=regime, year=year, due=due, by=SYSTEM, now=now)
