"""The main walk as officers take it: from the inbox to a sent consultation, its answer, and the pages around it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from playwright.sync_api import Page, expect

from tests.browser.walker import Eyes, axe_findings, look
from tests.cast import Member, person
from tests.factories import MARCH, a_denial, a_historic_denial, an_application

pytestmark = [pytest.mark.browser, pytest.mark.committed]

WIDE, NARROW = Eyes(1280, "light"), Eyes(390, "light")
PAGES = (
    "/",
    "/denials/",
    "/denials/?q=nobody",
    "/denials/new/",
    "/denials/import/",
    "/applications/",
    "/applications/new/",
    "/applications/screen/",
    "/applications/screenings/",
    "/consultations/",
    "/grant-notices/",
    "/undercuts/",
    "/conclusions/",
    "/?owner=unassigned&kind=decide",
    "/reports/",
    "/reports/arms/2026/",
    "/notices/",
    "/settings/calendars/",
    "/first-day/",
)
ROW = 34  # pixels: a row of one line with its badge and border


def sign_in(page: Page, server: str, member: Member) -> None:
    page.context.clear_cookies()
    cookie = member.web.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server}])


@pytest.fixture
def sides(page: Page, server: str, clock: Any) -> tuple[Member, Member]:
    """Flanders with an application that a denial of the Netherlands concerns, and the Netherlands."""
    clock.set(MARCH)
    with transaction.atomic():
        asking, denying = person("BE-VLG", "officer"), person("NL", "officer")
        a_denial(denying, "arms")
        a_historic_denial("GB", "arms", decided_on=date(2009, 12, 23))
        an_application(asking, "arms")
    return asking, denying


def confirmed(page: Page) -> None:
    """Confirm the preview in view and stand before its receipt."""
    page.locator("[name=confirm]").click()
    expect(page.locator(".x-receipt")).to_be_visible()


class TestFromTheInboxToTheAnswer:
    def test_a_consultation_is_sent_in_four_acts_and_answered(
        self, page: Page, server: str, sides: tuple[Member, Member]
    ) -> None:
        asking, denying = sides
        sign_in(page, server, asking)
        page.goto("/")
        page.get_by_role("link", name=re.compile("to judge on")).click()
        page.get_by_role("link", name=re.compile("^Consult NL")).first.click()
        expect(page.locator(".x-legal")).to_contain_text("NL Netherlands")
        faults = axe_findings(page)
        confirmed(page)
        faults += axe_findings(page)

        sign_in(page, server, denying)
        page.goto("/")
        expect(page.locator("tbody tr").first).to_contain_text("BE Belgium")
        page.get_by_role("link", name=re.compile("Answer the consultation")).click()
        page.get_by_role("button", name="Preview the answer").click()
        page.get_by_label("Reasons").fill("Diversion within the country was established in 2024.")
        page.get_by_role("button", name=re.compile("^Preview")).click()
        expect(page.locator(".x-legal")).to_contain_text("Diversion within the country")
        confirmed(page)

        sign_in(page, server, asking)
        page.goto("/consultations/")
        expect(page.locator("tbody tr").first).to_contain_text("answered")
        assert faults == []


class TestTheRegisterAsAList:
    def test_rows_have_one_line_and_say_what_a_denial_is_worth(
        self, page: Page, server: str, sides: tuple[Member, Member]
    ) -> None:
        sign_in(page, server, sides[0])
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto("/denials/")
        heights = page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.getBoundingClientRect().height)")
        assert len(heights) == 2
        assert max(heights) <= ROW
        expect(page.locator("tbody tr", has_text="GB-")).to_contain_text("former member")
        expect(page.locator("tbody tr", has_text="NL-")).to_contain_text("notified late")


def test_no_page_is_wider_than_the_screen_or_faulted_by_axe(
    page: Page, server: str, sides: tuple[Member, Member], pictures: Path | None
) -> None:
    sign_in(page, server, sides[0])
    faults = []
    for at, path in enumerate(PAGES):
        picture = pictures / f"walk-{at}.png" if pictures else None
        faults += look(page, server + path, WIDE if at % 2 else NARROW, picture)
    assert faults == []
