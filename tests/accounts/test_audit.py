"""The audit trail: one chain, ids and digests only, written with the act or not at all."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import audit, clock
from accounts.law import digests
from accounts.models import AuditRecord, AuditSalt
from accounts.models.record import ImmutableRow
from accounts.roles import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(consulted_officer):
    return [
        audit.record("test.act", subject=consulted_officer.user, by=SYSTEM, at=clock.now(), after={"name": "Ada"})
        for _ in range(3)
    ]


class TestChain:
    def test_numbers_follow_without_gaps_and_hashes_link(self, chain):
        first, second, third = chain
        assert [second.sequence - first.sequence, third.sequence - second.sequence] == [1, 1]
        assert (second.previous_hash, third.previous_hash) == (first.hash, second.hash)
        assert audit.first_broken() is None

    def test_holds_no_content(self, chain):
        assert "Ada" not in str([entry.__dict__ for entry in chain])

    def test_proves_content_with_its_salt(self, chain):
        salt = AuditSalt.objects.get(record=chain[0]).value
        assert chain[0].digest_after == digests.salted({"name": "Ada"}, salt)

    def test_equal_content_has_unequal_digests(self, chain):
        assert chain[0].digest_after != chain[1].digest_after

    def test_nothing_remains_of_an_act_rolled_back(self, consulted_officer):
        before = AuditRecord.objects.count()
        with transaction.atomic():
            audit.record("test.act", subject=consulted_officer.user, by=SYSTEM, at=clock.now())
            transaction.set_rollback(True)
        assert AuditRecord.objects.count() == before

    def test_many_at_once_are_the_same_chain(self, chain, consulted_officer):
        user, now = consulted_officer.user, clock.now()
        many = audit.record_many("test.many", [(user, {"n": n}, {"n": n + 1}) for n in range(3)], by=SYSTEM, at=now)
        assert [one.sequence for one in many] == [chain[-1].sequence + n for n in (1, 2, 3)]
        assert audit.first_broken() is None
        salt = AuditSalt.objects.get(record=many[2]).value
        assert (many[2].digest_before, many[2].digest_after) == (
            digests.salted({"n": 2}, salt),
            digests.salted({"n": 3}, salt),
        )
        assert audit.record_many("test.many", [], by=SYSTEM, at=now) == []


class TestAppendOnly:
    def test_a_record_cannot_be_saved_again_or_deleted(self, chain):
        with pytest.raises(ImmutableRow):
            chain[0].save()
        with pytest.raises(ImmutableRow):
            chain[0].delete()

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE accounts_auditrecord SET act = 'x'",
            "DELETE FROM accounts_auditrecord",
            "TRUNCATE accounts_auditrecord",
        ],
    )
    def test_the_database_refuses_raw_sql_of_the_web_role(self, chain, statement):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    def test_the_web_role_owns_nothing(self, db):
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user, count(*) FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
            assert cursor.fetchone() == ("exchange_web", 0)
            cursor.execute(
                "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
            )
            assert cursor.fetchone() == (False,)
