"""The form, the preview and the places as an officer meets them: nothing sticks out, axe finds no fault."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect

from denials.law.transactions import Destination
from tests.browser.test_walk import NARROW, WIDE, sign_in
from tests.browser.walker import axe_findings, look
from tests.cast import person
from tests.factories import MARCH, a_denial, a_draft

pytestmark = [pytest.mark.browser, pytest.mark.committed]


def test_the_form_stays_calm_and_says_what_each_will_see(
    page: Page, server: str, clock: Any, pictures: Path | None
) -> None:
    clock.set(MARCH)
    bound = (Destination("RU"), Destination("GL"))
    with transaction.atomic():
        officer = person("NL", "officer")
        draft = a_draft(officer, destinations=bound, remarks="For the members", withheld=("remarks:partner",))
        passed_on = a_denial(officer, "dual_use", origin="wassenaar", origin_state="US", list_tier="sensitive")
    sign_in(page, server, officer)
    edit = f"/denials/{draft.pk}/edit/"
    paths = (
        edit,
        f"/denials/{draft.pk}/preview/",
        f"/denials/{passed_on.pk}/",
        "/denials/places/",
        "/denials/places/GL/",
    )
    faults = []
    for at, path in enumerate(paths):
        for eyes in (NARROW, WIDE):
            faults += look(page, server + path, eyes, pictures / f"form-{at}-{eyes}.png" if pictures else None)
    assert faults == []

    page.goto(server + edit)
    expect(page.get_by_label("State that denied")).to_be_hidden()
    page.get_by_text("Passed on by, or told to, a multilateral regime").click()
    expect(page.get_by_label("State that denied")).to_be_visible()
    expect(page.get_by_label("withhold: Remarks, Partner states outside the Union")).to_be_checked()
    assert axe_findings(page) == []
