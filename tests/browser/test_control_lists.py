"""The control lists and the picker as an officer meets them, with scripts, wide and narrow."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from denials.law.content import StatedItem
from tests.browser.test_walk import NARROW, WIDE, sign_in
from tests.browser.walker import axe_findings, look
from tests.cast import person
from tests.factories import MARCH, a_denial, a_draft

pytestmark = [pytest.mark.browser, pytest.mark.committed]
PAGES = (
    "/denials/lists/?text=ML+10+c+2%3B+3AO01%3B+5A002.a.9%3B+1A202.b%3B+1A007",
    "/denials/lists/annex_i/",
    "/denials/lists/annex_i/?category=3",
    "/denials/lists/ml/?q=image+intensifier",
    "/denials/lists/ml/?q=ML99",
    "/denials/lists/ml/ML8.a/",
    "/denials/lists/annex_i/5A004/",
    "/denials/lists/ml/ML15.z/",
)


def test_the_lists_are_read_and_an_entry_is_picked(page: Page, server: str, clock: Any, pictures: Path | None) -> None:
    clock.set(MARCH)
    with transaction.atomic():
        officer = person("NL", "officer")
        a_denial(officer)
        draft = a_draft(officer, items=(StatedItem.stated("ML15.z"), StatedItem.stated("3A001a2")))
    sign_in(page, server, officer)
    faults = []
    for at, path in enumerate(PAGES):
        for eyes in (WIDE, NARROW):
            picture = pictures / f"lists-{at}-{eyes}.png" if pictures else None
            faults += [one for one in look(page, server + path, eyes, picture) if "404" not in one]
    for eyes in (NARROW, WIDE):
        picture = pictures / f"picker-{eyes}.png" if pictures else None
        faults += look(page, f"{server}/denials/{draft.pk}/edit/", eyes, picture)
    assert faults == []

    field, said = page.locator("[name=items-0-code]"), page.locator("[data-read-as]").first
    expect(said).to_contain_text("ML15.z is not an entry of the list")
    said.get_by_role("button", name="ML15.c").click()
    expect(field).to_have_value("ML15.c")
    expect(said).to_contain_text("Image intensifier equipment")
    field.fill("3AO01")
    expect(said.get_by_role("button")).to_have_text("3A001")
    field.fill("End Use")
    expect(said).to_contain_text("on no list")
    assert axe_findings(page) == []
