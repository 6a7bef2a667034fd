"""Acts at the same moment, on the real database: numbers without gaps, each act once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from accounts.audit import first_broken
from accounts.law.errors import RuleBroken
from denials import actions
from denials.models import Denial, RegisterChange
from tests.cast import person
from tests.factories import MARCH, a_draft

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
