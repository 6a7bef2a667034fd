"""The consultations room in a real browser: nothing that axe finds, nothing wider than the screen, in four eyes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page

from tests.browser.walker import EYES, axe_findings, walk
from tests.cast import Member, person
from tests.factories import MARCH, a_consultation, a_denial, an_application

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def sign_in(page: Page, server: str, member: Member) -> None:
    cookie = member.web.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])


def told(thread: Any, asking: Member, denying: Member) -> None:
    """A thread in which much was said."""
    from consultations import actions

    key = {"consultation_id": thread.pk, "now": MARCH}
    actions.request_information(**key, text="Which model of the image intensifier?", by=denying.principal)
    actions.give_information(**key, text="XR-5, second generation.\nNo spare tubes.", by=asking.principal)
    actions.propose_extension(**key, amount=1, reason="The embassy has been asked.", by=denying.principal)
    actions.add_note(**key, text="Ask the desk for Israel.", by=asking.principal)
    actions.add_note(**key, text="We denied it in October.", by=denying.principal)


@pytest.fixture
def cases(page: Page, server: str, clock: Any) -> dict[str, Any]:
    clock.set(MARCH)
    with transaction.atomic():
        asking, denying = person("BE-VLG", "officer"), person("NL", "officer")
        arms = a_consultation(asking, denying, "arms")
        told(arms, asking, denying)
        dual_use = a_consultation(asking, denying, "dual_use")
        a_denial(denying, "arms", source_reference="second")
        waiting = an_application(asking, "arms")
    return {"asking": asking, "denying": denying, "arms": arms, "dual_use": dual_use, "waiting": waiting}


def preview_of(page: Page, button: str, fill: Callable[[Page], None], name: str, into: Path | None) -> list[str]:
    """Fill a form of the page, send it to its preview, and look at that."""
    fill(page)
    page.get_by_role("button", name=button).click()
    page.wait_for_selector("[name=confirm]")
    if into:
        page.screenshot(path=into / f"{name}.png", full_page=True)
    return axe_findings(page)


def test_the_pages_of_both_sides(page: Page, server: str, cases: dict[str, Any], pictures: Path | None) -> None:
    arms, dual_use, waiting = cases["arms"].pk, cases["dual_use"].pk, cases["waiting"].pk
    sign_in(page, server, cases["asking"])
    ours = {
        "inbox-ours": "/",
        "consultations": "/consultations/",
        "thread-ours": f"/consultations/{arms}/",
        "agree": f"/consultations/{arms}/agree-extension/",
        "open": f"/consultations/open/{waiting}/",
        "decide": f"/decide/{cases['arms'].application_id}/",
        "opened": f"/consultations/opened/{cases['arms'].application_id}/",
        "grants": "/grant-notices/",
    }
    faults = walk(page, server, ours, pictures)
    page.goto(f"{server}/consultations/open/{waiting}/")
    faults += preview_of(page, "Preview", lambda _: None, "open-preview", pictures)
    page.context.clear_cookies()
    sign_in(page, server, cases["denying"])
    theirs = {
        "inbox-theirs": "/",
        "thread-theirs": f"/consultations/{dual_use}/",
        "answer": f"/consultations/{dual_use}/answer/",
    }
    faults += walk(page, server, theirs, pictures)
    page.goto(f"{server}/consultations/{dual_use}/answer/")
    faults += preview_of(page, "Preview", lambda one: one.locator("[name=outcome]").first.check(), "preview", pictures)
    page.locator("[name=confirm]").click()
    page.wait_for_selector(".x-receipt")
    faults += axe_findings(page)
    if pictures:
        page.screenshot(path=pictures / "receipt.png", full_page=True)
    assert faults == []
    assert {(one.width, one.scheme) for one in EYES} == {(w, s) for w in (1280, 390) for s in ("light", "dark")}
