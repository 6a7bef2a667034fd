"""The sweep that drafts the year's tables once a day."""

from celery import shared_task
from django.db import transaction

from accounts import clock
from accounts.roles import SYSTEM
from denials.law.regimes import known_regimes
from reports import actions


@shared_task(name="reports.tasks.draft_annual_tables")
def draft_annual_tables() -> None:
    """Draft this year's and last year's tables of every regime, where they have changed; safe to repeat."""
    now = clock.now()
    for regime in known_regimes():
        for year in (now.year - 1, now.year):
            with transaction.atomic():
                actions.draft_edition(regime=regime, year=year, by=SYSTEM, now=now)
