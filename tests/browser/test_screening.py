"""The pages of the screening room in a real browser, and a hit judged by keys alone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page

from accounts.actions import change_setting
from screening import actions, tasks
from tests.browser.walker import walk
from tests.cast import Member, person
from tests.factories import MARCH, StatedParty, a_denial, an_application

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def sign_in(page: Page, server: str, member: Member) -> None:
    cookie = member.web.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.clear_cookies()
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])


@pytest.fixture
def cases(page: Page, server: str, clock: Any) -> dict[str, Any]:
    clock.set(MARCH + timedelta(minutes=5))
    with transaction.atomic():
        officer, second, denier = person("BE-VLG", "officer"), person("BE-VLG", "supervisor"), person("NL", "officer")
        a_denial(denier)
        a_denial(denier, source_reference="second")
        behind = (
            StatedParty.stated("end_user", "Front Trading AS", country="TR"),
            StatedParty.stated("other", "Israel Prison Service", country="IL"),
        )
        a_denial(denier, parties=behind)
        on = {"name": "four_eyes.dispositions", "value": "on", "since": MARCH.date(), "now": MARCH}
        change_setting(authority=second.authority, by=second.principal, **on)
        application = an_application(officer)
        an_application(officer)
        given = {"regime": "arms", "levels": {"same_party_other_goods": "possible"}, "reason": "diverted twice"}
        change = actions.propose_rules(**given, by=second.principal, now=MARCH)
        actions.run_shadow(change_id=change.pk, by=second.principal, now=MARCH)
        rows = ['{"regime": "arms"}', "not json"]
        job = actions.begin_bulk(rows=rows, mode="screen", name="many.jsonl", by=officer.principal, now=MARCH)
        tasks.work_next(job.pk)
    return {"officer": officer, "second": second, "application": application, "change": change, "job": job}


def test_the_pages(page: Page, server: str, cases: dict[str, Any], pictures: Path | None) -> None:
    application = cases["application"]
    hit = application.open_hits()[0].hit
    home = f"/applications/{application.pk}/"
    sign_in(page, server, cases["officer"])
    faults = walk(
        page,
        server,
        {
            "application": home,
            "hit": f"{home}hits/{hit.pk}/",
            "diversion": f"{home}diversion/",
            "bulk": "/applications/bulk/",
            "bulk-job": f"/applications/bulk/{cases['job'].pk}/",
            "rule-change": f"/applications/rules/{cases['change'].pk}/",
        },
        pictures,
    )
    sign_in(page, server, cases["second"])
    faults += walk(page, server, {"rules": "/applications/rules/"}, pictures)
    assert not faults, "\n".join(faults)


def test_a_hit_is_judged_by_keys_alone(page: Page, server: str, cases: dict[str, Any]) -> None:
    application = cases["application"]
    hits = [one.hit for one in application.open_hits()]
    home = f"{server}/applications/{application.pk}/"
    sign_in(page, server, cases["officer"])
    page.goto(f"{home}hits/{hits[0].pk}/")
    page.keyboard.press("j")
    page.wait_for_url(f"{home}hits/{hits[1].pk}/")
    page.keyboard.press("k")
    page.wait_for_url(f"{home}hits/{hits[0].pk}/")
    page.keyboard.press("n")
    page.wait_for_url("**/dismiss/")
    page.get_by_label("Reason").select_option("other_party")
    page.get_by_role("button", name="Propose to dismiss the hit").press("Enter")
    page.wait_for_url(f"{home}**")
    page.goto(f"{home}hits/{hits[0].pk}/")
    page.keyboard.press("u")
    page.wait_for_url(f"{home}#hit-{hits[0].rank}")
    page.goto(f"{home}hits/{hits[1].pk}/")
    page.keyboard.press("y")
    page.wait_for_url("**/consultations/open/**")
    page.goto(f"{home}hits/{hits[1].pk}/")
    page.keyboard.press("?")
    assert page.get_by_role("dialog").get_by_text("take the dismissal back").is_visible()
