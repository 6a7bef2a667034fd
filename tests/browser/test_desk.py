"""The auditor's desk, the receipts and the alarm as people see them, wide and narrow."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from accounts import actions
from accounts.models import Receipt
from screening.models import Screening
from tests.browser.test_walk import NARROW, WIDE, sign_in
from tests.browser.walker import look
from tests.cast import person
from tests.factories import MARCH, a_denial, an_application, consultations

pytestmark = [pytest.mark.browser, pytest.mark.committed]

WHY = "a complaint of the undertaking"


def test_every_question_is_asked_and_answered_on_either_screen(
    page: Page, server: str, clock: Any, settings: Any, pictures: Path | None
) -> None:
    clock.set(MARCH)
    with transaction.atomic():
        asking, denying, auditor = person("BE-VLG", "officer"), person("NL", "officer"), person("AUDIT", "auditor")
        denial = a_denial(denying, "arms")
        consultations(asking, an_application(asking, "arms"))
        actions.sign_checkpoint(now=MARCH)
        terms: dict[str, dict[str, Any]] = {
            "readers": {"denial": str(denial.pk)},
            "person": {"person": str(asking.user.pk), "since": "2026-03-01", "until": "2026-03-31"},
            "sample": {"number": 1},
            "unscreened": {},
            "undercuts": {"year": 2026},
            "replay": {"screening": str(Screening.objects.earliest("screened_at").pk)},
        }
        asked = [
            actions.ask_record(kind=kind, terms=given, reason=WHY, by=auditor.principal, now=MARCH)
            for kind, given in terms.items()
        ]
        subject = Receipt.objects.filter(act="consultation.opened").get().subject_id
    sign_in(page, server, asking)
    page.goto(f"/denials/{denial.pk}/")
    answers = [f"/reports/desk/{one.pk}/" for one in asked]
    faults = look(page, f"{server}/settings/receipts/?subject={subject}", WIDE)
    faults += look(page, f"{server}/settings/receipts/", NARROW, pictures / "receipts.png" if pictures else None)
    sign_in(page, server, auditor)
    settings.EXCHANGE_WITNESS_HOURS = 1
    clock.set(MARCH.replace(hour=MARCH.hour + 3))
    for at, path in enumerate(["/reports/desk/", *answers]):
        picture = pictures / f"desk-{at}.png" if pictures else None
        faults += look(page, server + path, WIDE) + look(page, server + path, NARROW, picture)
    expect(page.locator(".x-banner-alarm")).to_contain_text("no checkpoint since")
    page.goto(answers[2])
    page.locator("tbody a").first.click()
    faults += look(page, page.url, NARROW) + look(page, page.url, WIDE)
    expect(page.locator("main")).to_contain_text("application.filed")
    page.goto("/reports/desk/")
    page.locator("#unscreened button").click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    assert faults == []
