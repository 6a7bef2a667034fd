"""What two officers and a supervisor meet: the act before the second, a file before the second, an erasure."""

from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Page

from tests.browser.test_walk import NARROW, WIDE, sign_in
from tests.browser.walker import look
from tests.cast import person
from tests.factories import MARCH, a_content, a_denial, a_draft

pytestmark = [pytest.mark.browser, pytest.mark.committed]
FILE = (
    "reference,date,destination,end user,description,code,criteria\n"
    "A-1,2024-01-02,France,Société Générale,pumps,ML6,2\n"
)


def test_nothing_sticks_out_of_what_waits_or_is_erased(
    page: Page, server: str, clock: Any, pictures: Path | None
) -> None:
    from accounts.actions import change_setting
    from accounts.law.settings import FOUR_EYES_DENIALS
    from denials import actions
    from denials.imports import jobs
    from denials.law.proposals import Proposal

    clock.set(MARCH)
    with transaction.atomic():
        officer, second = person("NL", "officer"), person("NL", "supervisor")
        given = {"by": officer.principal, "now": MARCH}
        denial, draft = a_denial(officer), a_draft(officer)
        recalled = {"demand": "delete", "what": "Troya Tech Defense Ltd.", "reason": "Exonerated."}
        actions.recall_denial(denial_id=denial.pk, **recalled, **given)
        kept = {"authority": officer.authority, "regime": "arms", **given}
        job = jobs.start(content=FILE.encode("cp1252"), name="old.csv", **kept)
        choice = {"name": FOUR_EYES_DENIALS, "value": "on", "since": MARCH.date(), "now": MARCH}
        change_setting(authority=officer.authority, by=second.principal, **choice)
        amended = Proposal("amend", reason="Completed.", content=a_content(explanation="Completed."))
        actions.propose_act(denial_id=denial.pk, proposal=amended, **given)
        actions.submit_import(job_id=job.pk, **given)
    sign_in(page, server, second)
    paths = {
        "proposed": f"/denials/{denial.pk}/proposed/",
        "file": f"/denials/import/{job.pk}/",
        "erase": f"/denials/{denial.pk}/erase/",
        "form": f"/denials/{draft.pk}/edit/",
        "docket": "/denials/docket/",
    }
    faults = []
    for name, path in paths.items():
        for eyes in (NARROW, WIDE):
            picture = pictures / f"second-{name}-{eyes}.png" if pictures else None
            faults += look(page, server + path, eyes, picture)
    assert faults == []
