"""A second exchange keeps in step with a first, over HTTP, killed and taken up again, and proves it (docs/adr/0084)."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError

from tests.cast import person, system
from tests.factories import a_content, a_draft
from tests.mirrors import Mirror, Register

pytestmark = pytest.mark.committed
LATER = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def source(server, clock):
    clock.set(LATER)
    return Register([person(code, "supervisor") for code in ("NL", "SE", "BE-VLG")])


@pytest.fixture
def mirror(committed_db, server, source):
    return Mirror(committed_db, server, system("BE-WAL").token)


def test_a_mirror_killed_twice_holds_the_same_in_the_end(source, mirror, monkeypatch):
    """
    Some 75 mixed changes: a process killed -9 on its way, a run broken off within a page; then equal digests.

    `make soak` makes 10,000.
    """
    source.change(60)
    reached = mirror.kill_after(12, "--page", "6")
    assert 0 < reached < 60, "killed on its way"

    broken = break_off_after(20, monkeypatch)
    with pytest.raises(broken):
        mirror.follow("--page", "9")
    monkeypatch.undo()
    source.change(15)
    said = mirror.follow("--verify")
    assert said.endswith("equal\n")
    assert "equal" in mirror.follow("--once", "--verify"), "the same again changes nothing"

    assert set(source.counts) == {"notify", "amend", "renew", "revoke", "withdraw", "erase", "register"}
    assert_same_rows(mirror)
    assert_screened_and_read_only(mirror, source)
    assert_different_is_told(mirror)


def break_off_after(times, monkeypatch):
    """Let the run die in the middle of a page, as the n-th change is recorded."""
    from denials.actions import mirror as verbs

    class Died(BaseException):
        pass

    left, record = [times], verbs.record

    def dying(*args, **kwargs):
        left[0] -= 1
        if left[0] < 0:
            raise Died
        return record(*args, **kwargs)

    monkeypatch.setattr(verbs, "record", dying)
    return Died


def assert_same_rows(mirror):
    """What a mirror keeps is the same row by row: ids, references, versions and dates."""
    from django.db import connection

    statements = [
        "SELECT d.id, reference, regime, a.code, status, is_historic FROM denials_denial d "
        "JOIN accounts_authority a ON a.id = authority_id WHERE reference IS NOT NULL ORDER BY 1",
        "SELECT denial_id, number, kind, status, valid_from, recorded_at, notified_on, review_number, change_reason "
        "FROM denials_denialversion WHERE recorded_at IS NOT NULL ORDER BY 1, 2",
    ]
    for statement in statements:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            assert cursor.fetchall() == mirror.ask(statement)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM denials_erasure")
        assert cursor.fetchone()[0] > 0


def assert_screened_and_read_only(mirror, source):
    from django.db import transaction

    from accounts import audit
    from accounts.models import Authority
    from accounts.roles import SYSTEM
    from denials import actions
    from denials.law.feed import MirrorOnly
    from denials.models import Denial
    from screening.models import DenialIndex
    from screening.search import bring_up_to_date
    from tests.factories import asked

    with mirror.entered(), transaction.atomic():
        bring_up_to_date()
        assert DenialIndex.objects.count() == Denial.objects.count()
        member = person("BE-WAL", "officer")
        from screening import actions as screening

        screened, _result = screening.screen_without_filing(content=asked("arms"), by=member.principal, now=LATER)
        assert screened.hits.exists()
        denial = Denial.objects.filter(status="in_force").first()
        content = a_content(denial.regime)
        authority = Authority.objects.get(code="NL")
        for act in (
            lambda: actions.revoke_denial(denial_id=denial.pk, reason="x", by=SYSTEM, now=LATER),
            lambda: actions.amend_denial(denial_id=denial.pk, content=content, by=SYSTEM, now=LATER),
            lambda: actions.notify_content(content=content, authority=authority, by=SYSTEM, now=LATER),
            lambda: actions.register_historic_denial(content=content, authority=authority, by=SYSTEM, now=LATER),
            lambda: actions.erase_person(denial_id=denial.pk, names=["x"], basis="x", by=SYSTEM, now=LATER),
            lambda: a_draft(member, now=LATER),
        ):
            with pytest.raises(MirrorOnly):
                act()
        assert audit.first_broken() is None


def assert_different_is_told(mirror):
    """A row that was tampered with at the mirror is found, and the change named."""
    with mirror.services.cluster.superuser("exchange_mirror") as connection:
        connection.execute("ALTER TABLE denials_denialversion DISABLE TRIGGER ALL")
        change, version = connection.execute(
            "SELECT m.sequence, c.version_id FROM denials_mirroredchange m JOIN denials_registerchange c "
            "ON c.sequence = m.change_id JOIN denials_denialversion v ON v.id = c.version_id "
            "WHERE v.status <> 'withdrawn' ORDER BY 1 OFFSET 30 LIMIT 1"
        ).fetchone()
        connection.execute("UPDATE denials_denialversion SET end_use = 'forged' WHERE id = %s", [version])
    with pytest.raises(CommandError) as refused:
        mirror.follow("--verify")
    assert refused.value.returncode == 1
    from denials.management.following import compare
    from denials.management.source import Source

    with mirror.entered():
        found = compare(Source(mirror.source, mirror.token))
    assert (found.is_equal, found.first_differing) == (False, change)


class TestWhatIsRefused:
    def test_an_exchange_with_denials_of_its_own_becomes_no_mirror(self, source, mirror, server):
        source.change(1)
        with mirror.entered():
            Register([person("NL", "supervisor")]).change(1)
        with pytest.raises(CommandError) as refused:
            mirror.follow()
        assert refused.value.returncode == 3
        assert mirror.cursor() == 0

        fresh = Mirror(mirror.services, server, "dx_wrong")
        with pytest.raises(CommandError, match="401") as unknown:
            fresh.follow()
        assert unknown.value.returncode == 2

        lacking = Mirror(mirror.services, server, mirror.token)
        issuer = source.open[0][0].authority.code
        with mirror.services.cluster.superuser("exchange_mirror") as connection:
            connection.execute("UPDATE accounts_authority SET code = 'RENAMED' WHERE code = %s", [issuer])
        with pytest.raises(CommandError, match=f"authority that is not held: {issuer}") as missing:
            lacking.follow()
        assert missing.value.returncode == 3
        assert lacking.cursor() == 0

    def test_what_goes_out_of_sight_is_hidden_and_comes_back(self, source, mirror):
        from accounts.models import Competence
        from denials.models import Denial

        source.change(12)
        mirror.follow("--verify")
        lost = Competence.objects.filter(authority__code="BE-WAL", regime="dual_use")
        lost.update(until=date(2026, 5, 1))
        assert "equal" in mirror.follow("--verify")
        with mirror.entered():
            reader = system("BE-WAL").principal
            seen = set(Denial.objects.visible_to(reader).values_list("regime", flat=True))
            assert "dual_use" not in seen
            assert seen
        lost.update(until=None)
        assert "equal" in mirror.follow("--verify")
        with mirror.entered():
            assert Denial.objects.visible_to(reader).filter(regime="dual_use").exists()
