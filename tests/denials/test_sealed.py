"""Nothing in the register is ever overwritten: not by the web's role nor by the worker's, whatever the statement."""

from datetime import UTC, datetime

import psycopg
import pytest

from tests.cast import person
from tests.factories import a_content, a_denial, a_draft

pytestmark = pytest.mark.committed
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

OF_RECORDED = """
UPDATE denials_denialversion SET end_use = 'x' WHERE id = {version}
UPDATE denials_denialversion SET explanation = '[erased]' WHERE id = {version}
UPDATE denials_denialversion SET status = 'revoked' WHERE id = {version}
UPDATE denials_denialversion SET valid_from = '2020-01-01' WHERE id = {version}
UPDATE denials_denialversion SET recorded_at = now() WHERE id = {version}
UPDATE denials_denialversion SET denial_id = {draft} WHERE id = {version}
UPDATE denials_denialversion SET number = 9 WHERE id = {version}
UPDATE denials_denialversion SET court = '[1]' WHERE id = {version}
DELETE FROM denials_denialversion WHERE id = {version}
UPDATE denials_denialparty SET name = 'x' WHERE version_id = {version}
UPDATE denials_denialparty SET name = '[erased]' WHERE version_id = {version}
UPDATE denials_denialparty SET version_id = {draft_version} WHERE version_id = {version}
DELETE FROM denials_denialparty WHERE version_id = {version}
INSERT INTO denials_denialcriterion (version_id, code, sub_point) VALUES ({version}, '8', '')
UPDATE denials_denialitem SET quantity = 1 WHERE version_id = {version}
UPDATE denials_denialitem SET description = '[erased]' WHERE version_id = {version}
DELETE FROM denials_denialitem WHERE version_id = {version}
UPDATE denials_denialdestination SET code = 'XX' WHERE version_id = {version}
DELETE FROM denials_denialdestination WHERE version_id = {version}
UPDATE denials_denialcriterion SET code = '8' WHERE version_id = {version}
DELETE FROM denials_denialcriterion WHERE version_id = {version}
UPDATE denials_registerchange SET kind = 'x' WHERE version_id = {version}
UPDATE denials_registerchange SET sequence = 99 WHERE version_id = {version}
DELETE FROM denials_registerchange WHERE version_id = {version}
UPDATE denials_denial SET reference = 'NL-ARM-2026-9999' WHERE id = {denial}
UPDATE denials_denial SET regime = 'dual_use' WHERE id = {denial}
UPDATE denials_denial SET authority_id = {other} WHERE id = {denial}
UPDATE denials_denial SET state_of_issue_id = 'SE' WHERE id = {denial}
UPDATE denials_denial SET is_historic = true WHERE id = {denial}
DELETE FROM denials_denial WHERE id = {denial}
UPDATE denials_referencecounter SET last = 0
DELETE FROM denials_referencecounter
UPDATE denials_erasure SET digest = 'x'
DELETE FROM denials_erasure
UPDATE denials_erasuresalt SET value = 'x'
DELETE FROM denials_erasuresalt
DELETE FROM denials_denialrecipient WHERE denial_id = {denial}
TRUNCATE denials_registerchange CASCADE
TRUNCATE denials_denialversion CASCADE
ALTER TABLE denials_denialversion DISABLE TRIGGER ALL
DROP TRIGGER denials_denialversion_sealed ON denials_denialversion
""".strip().splitlines()

#: What passes for an erasure only if nothing but blanking is done, by the transaction that wrote it down.
IN_AN_ERASURE = [
    ("UPDATE denials_denialparty SET name = '[erased]' WHERE version_id = {version}", True),
    ("UPDATE denials_denialparty SET address = '', aliases = '{{}}' WHERE version_id = {version}", True),
    ("UPDATE denials_denialversion SET explanation = '[erased] in internal repression.' WHERE id = {version}", True),
    ("UPDATE denials_denialparty SET name = 'Another' WHERE version_id = {version}", False),
    ("UPDATE denials_denialparty SET name = '[erased]', country = 'XX' WHERE version_id = {version}", False),
    ("UPDATE denials_denialparty SET role = 'other' WHERE version_id = {version}", False),
    ("UPDATE denials_denialversion SET explanation = 'No risk [erased].' WHERE id = {version}", False),
    ("UPDATE denials_denialversion SET status = 'revoked' WHERE id = {version}", False),
    ("UPDATE denials_denialitem SET quantity = 1 WHERE version_id = {version}", False),
    ("UPDATE denials_denialdestination SET printed = '' WHERE version_id = {version}", False),
    ("DELETE FROM denials_denialparty WHERE version_id = {version}", False),
    ("UPDATE denials_denialparty SET name = '[erased]' WHERE version_id = {other_version}", False),
]
ERASURE = (
    "INSERT INTO denials_erasure (id, version_id, path, digest, basis, at, transaction_number) "
    "VALUES (gen_random_uuid(), {version}, 'parties[0].name', 'x', 'x', now(), 0)"
)


def outcome(connection, *statements):
    """Run statements in a transaction that is given up; return what the last of them came to."""
    try:
        with connection.transaction(force_rollback=True):
            for statement in statements:
                done = connection.execute(statement)
            return done.rowcount
    except psycopg.Error as refused:
        return type(refused).__name__


def test_every_statement_is_refused_to_both_roles(committed_db, clock):
    clock.set(NOW)
    from denials import actions

    officer = person("NL", "supervisor")
    denial, other = a_denial(officer, now=NOW), a_denial(officer, now=NOW)
    named = a_content(end_use="For Troya Tech Defense Ltd.")
    actions.amend_denial(denial_id=denial.pk, content=named, by=officer.principal, now=NOW)
    erased = {"names": ["Troya Tech Defense Ltd."], "basis": "x", "by": officer.principal, "now": NOW}
    actions.erase_person(denial_id=other.pk, **erased)
    draft = a_draft(officer, now=NOW)
    ids = {
        "denial": denial.pk,
        "version": denial.versions.get(number=1).pk,
        "other_version": other.versions.get(number=1).pk,
        "draft": draft.pk,
        "draft_version": draft.current.pk,
        "other": person("SE", "officer").authority.pk,
    }
    given = {name: f"'{value}'" for name, value in ids.items()}
    wrong = []
    for role in ("exchange_web", "exchange_worker"):
        with psycopg.connect(committed_db.cluster.url(role), autocommit=True) as connection:
            for statement in OF_RECORDED:
                found = outcome(connection, statement.format(**given))
                if found not in ("RestrictViolation", "InsufficientPrivilege"):
                    wrong.append((role, statement, found))
            for statement, passes in IN_AN_ERASURE:
                found = outcome(connection, ERASURE.format(**given), statement.format(**given))
                if (found == "RestrictViolation") is passes:
                    wrong.append((role, "in an erasure", statement, found))
            forged = ERASURE.replace("now(), 0", "now(), 1").format(**given)
            connection.execute(forged)  # written in a transaction of its own, it opens nothing afterwards
            late = outcome(connection, IN_AN_ERASURE[0][0].format(**given))
            wrong += [(role, "after an erasure", late)] if late != "RestrictViolation" else []
            freely = outcome(
                connection, f"UPDATE denials_denialparty SET name = 'x' WHERE version_id = {given['draft_version']}"
            )
            wrong += [(role, "a draft may change", freely)] if freely != 3 else []
    assert not wrong, "\n".join(map(str, wrong))
