"""Acts at the same moment, on the real database: numbers without gaps, each act once."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from accounts import audit
from accounts.audit import first_broken
from accounts.law.errors import RuleBroken
from denials import actions, ledger
from denials.actions import importing
from denials.imports import jobs
from denials.models import Denial, RegisterChange
from tests.cast import person
from tests.factories import MARCH, a_content, a_denial, a_draft

pytestmark = pytest.mark.committed


def notified(draft, by):
    try:
        return actions.notify_denial(denial_id=draft.pk, by=by, now=MARCH).reference
    except RuleBroken as refusal:
        return refusal.code
    finally:
        connections.close_all()


def at_once(*pairs):
    with ThreadPoolExecutor(len(pairs)) as pool:
        return list(pool.map(lambda pair: notified(*pair), pairs))


def test_notifications_at_the_same_moment_are_numbered_without_gaps(committed_db):
    dutch, swedish = person("NL", "officer"), person("SE", "officer")
    pairs = [(a_draft(officer), officer.principal) for officer in (dutch, swedish) for _ in range(4)]
    references = at_once(*pairs)
    expected = [f"{state}-ARM-2026-{number:04d}" for state in ("NL", "SE") for number in range(1, 5)]
    assert sorted(references) == expected
    assert sorted(RegisterChange.objects.values_list("sequence", flat=True)) == list(range(1, 9))
    assert first_broken() is None

    draft = a_draft(dutch)
    assert sorted(at_once(*[(draft, dutch.principal)] * 4)) == ["NL-ARM-2026-0005"] + ["transition_refused"] * 3
    assert Denial.objects.filter(reference="NL-ARM-2026-0005").count() == 1


BESIDE = 1.5  # seconds, for the other to come to the lock it has to wait for


def beside(verb, **given):
    """Do an act in a thread of its own, which may have to wait for what this one holds."""

    def act():
        try:
            return verb(**given)
        finally:
            connections.close_all()

    pool = ThreadPoolExecutor(1)
    waiting = pool.submit(act)
    time.sleep(BESIDE)
    return waiting


def test_an_act_waits_for_an_export_and_neither_for_the_other_in_a_circle(committed_db):
    dutch, swedish = person("NL", "officer"), person("SE", "officer")
    told = a_denial(dutch)
    say = {"denial_id": told.pk, "by": dutch.principal, "now": MARCH}
    for verb, more in (
        (actions.amend_denial, {"content": a_content(remarks="x")}),
        (actions.erase_person, {"names": ["Troya Tech Defense Ltd."], "basis": "Request"}),
        (actions.revoke_denial, {"reason": "x"}),
    ):
        with transaction.atomic():
            ledger.note_exported([told], swedish.principal, at=MARCH)
            waiting = beside(verb, **say, **more)
            audit.record("denial.exported", subject=told, by=swedish.principal, at=MARCH)
        assert waiting.result(timeout=30).pk == told.pk
    assert first_broken() is None


def test_a_file_taken_in_waits_for_an_amendment_of_what_it_amends(committed_db):
    dutch = person("NL", "officer")
    head = "reference,date,destination,end user,description,code,criteria\n"
    held, new = "A-1,2024-01-02,France,{},pumps,ML6,2\n", "A-2,2024-01-02,France,Beta SA,pumps,ML6,2\n"
    given = {"name": "old.csv", "regime": "", "authority": dutch.authority, "by": dutch.principal, "now": MARCH}
    first = jobs.start(content=(head + held.format("Alpha SA")).encode(), **given)
    jobs.confirm_now(first, amend=(), by=dutch.principal, now=MARCH)
    job = jobs.start(content=(head + held.format("Omega SA") + new).encode(), **given)
    importing.confirm_import(job_id=job.pk, amend=None, by=dutch.principal, now=MARCH)
    denial = Denial.objects.get(source_reference="A-1")
    with transaction.atomic():
        Denial.objects.select_for_update(of=("self",), no_key=True).get(pk=denial.pk)
        waiting = beside(importing.take_in_some, job_id=job.pk, by=dutch.principal, now=MARCH)
        actions.revoke_denial(denial_id=denial.pk, reason="x", by=dutch.principal, now=MARCH)
    done = waiting.result(timeout=30)
    assert (done.taken_in, done.amended) == (1, 0)
    assert first_broken() is None
