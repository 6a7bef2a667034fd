"""The role that serves requests, the clock, and real commits, as every test gets them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from accounts.clock import now


def role() -> tuple[str, bool, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        name, mighty = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        return name, mighty, cursor.fetchone()[0]


class TestDatabaseRoles:
    def test_tests_connect_as_the_web_role_which_owns_nothing(self, db):
        assert role() == ("exchange_web", False, 0)

    @pytest.mark.parametrize("right", ["CREATE"])
    def test_web_and_worker_create_nothing(self, db, right):
        with connection.cursor() as cursor:
            for name in ("exchange_web", "exchange_worker"):
                cursor.execute("SELECT has_schema_privilege(%s, 'public', %s)", [name, right])
                assert cursor.fetchone() == (False,)

    def test_the_owner_is_no_superuser(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname='exchange_owner'")
            assert cursor.fetchone() == (False, False, False)


class TestClock:
    def test_the_test_clock_moves_legal_time(self, db, clock):
        moment = datetime(2026, 3, 2, 9, tzinfo=UTC)
        clock.set(moment)
        assert timedelta() <= now() - moment < timedelta(seconds=30)

    def test_it_goes_on_from_there(self, db, clock):
        clock.set(datetime(2026, 3, 2, 9, tzinfo=UTC))
        clock.forward(timedelta(days=3))
        assert now().date().isoformat() == "2026-03-05"


class TestRealCommits:
    """Two tests that each find the database untouched by the other."""

    @pytest.mark.parametrize("turn", [1, 2])
    def test_what_a_test_commits_is_gone_for_the_next(self, committed_db, turn):
        from accounts.models import Authority

        before = Authority.objects.count()
        with transaction.atomic():
            Authority.objects.filter(code="NL").update(name="Renamed")
        assert before
        assert Authority.objects.get(code="NL").name == "Renamed"

    def test_and_reference_data_is_as_loaded(self, db):
        from accounts.models import Authority

        assert Authority.objects.get(code="NL").name != "Renamed"
