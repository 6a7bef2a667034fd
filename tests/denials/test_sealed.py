"""Nothing in the register is ever overwritten: not by the web's role nor by the worker's, whatever the statement."""

from dataclasses import replace
from datetime import UTC, date, datetime

import psycopg
import pytest

from denials.law.court import CourtFact
from denials.law.transactions import Parameter
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
UPDATE denials_recall SET what = 'About [erased]'
UPDATE denials_releasestep SET reason = '[erased]?'
TRUNCATE denials_registerchange CASCADE
TRUNCATE denials_denialversion CASCADE
ALTER TABLE denials_denialversion DISABLE TRIGGER ALL
DROP TRIGGER denials_denialversion_sealed ON denials_denialversion
""".strip().splitlines()

#: What passes for an erasure only if nothing but blanking is done, by the transaction that wrote down that very value.
IN_AN_ERASURE = [
    ("parties[0].name", "UPDATE denials_denialparty SET name = '[erased]' WHERE id = {party}", True),
    ("parties[0].name", "UPDATE denials_denialparty SET name = 'Israeli [erased]' WHERE id = {party}", True),
    ("parties[0].aliases", "UPDATE denials_denialparty SET aliases = '{{}}' WHERE id = {party}", True),
    ("parties[0].aliases", "UPDATE denials_denialparty SET aliases = '{{A,[erased]}}' WHERE id = {party}", True),
    ("parties[0].identifiers", 'UPDATE denials_denialparty SET identifiers = \'{{"vat": "[erased]"}}\' {of_it}', True),
    ("explanation", "UPDATE denials_denialversion SET explanation = '[erased] in internal repression.' {this}", True),
    ("court[0].court", "UPDATE denials_denialversion SET court = {court_left} {second}", True),
    ("items[0].parameters", "UPDATE denials_denialitem SET parameters = {parameters_left} {of_this}", True),
    ("items[0].manufacturer", "UPDATE denials_denialitem SET manufacturer = '[erased] SA' {of_this}", True),
    ("destinations[0].printed", "UPDATE denials_denialdestination SET printed = '[erased]' {of_this}", True),
    ("recall.what", "UPDATE denials_recall SET what = 'About [erased]'", True),
    ("release_steps[{step}].reason", "UPDATE denials_releasestep SET reason = '[erased]?' WHERE id = {step}", True),
    ("parties[1].name", "UPDATE denials_denialparty SET name = '[erased]' WHERE id = {party}", False),
    ("address", "UPDATE denials_denialparty SET name = '[erased]' WHERE id = {party}", False),
    ("parties[0].name", "UPDATE denials_denialparty SET name = 'Another' WHERE id = {party}", False),
    ("parties[0].name", "UPDATE denials_denialparty SET name = '[erased]', country = 'XX' WHERE id = {party}", False),
    ("parties[0].role", "UPDATE denials_denialparty SET role = 'other' WHERE id = {party}", False),
    ("parties[0].aliases", "UPDATE denials_denialparty SET aliases = '{{[erased]}}' WHERE id = {party}", False),
    ("parties[0].identifiers", 'UPDATE denials_denialparty SET identifiers = \'{{"v": "[erased]"}}\' {of_it}', False),
    ("explanation", "UPDATE denials_denialversion SET explanation = 'No risk [erased].' {this}", False),
    ("explanation", "UPDATE denials_denialversion SET explanation = '' {this}", False),
    ("status", "UPDATE denials_denialversion SET status = 'revoked' {this}", False),
    ("court[0].court", "UPDATE denials_denialversion SET court = '[]' {second}", False),
    ("items[0].quantity", "UPDATE denials_denialitem SET quantity = 1 {of_this}", False),
    ("items[0].parameters", "UPDATE denials_denialitem SET parameters = '[]' {of_this}", False),
    ("destinations[0].printed", "UPDATE denials_denialdestination SET printed = '' {of_this}", False),
    ("destinations[0].code", "UPDATE denials_denialdestination SET code = 'XX' {of_this}", False),
    ("parties[0].name", "DELETE FROM denials_denialparty WHERE id = {party}", False),
    ("parties[0].name", "UPDATE denials_denialparty SET name = '[erased]' WHERE version_id = {other_version}", False),
    ("recall.what", "UPDATE denials_recall SET what = 'Another'", False),
    ("recall.what", "UPDATE denials_recall SET reason = '[erased]'", False),
    ("recall.demand", "UPDATE denials_recall SET demand = 'correct'", False),
    ("recall.what", "DELETE FROM denials_recall", False),
    ("release_steps[{step}].reason", "UPDATE denials_releasestep SET reason = 'x' WHERE id = {step}", False),
]
ERASURE = (
    "INSERT INTO denials_erasure (id, version_id, path, digest, basis, at, transaction_number) "
    "SELECT gen_random_uuid(), id, '{path}', 'x', 'x', now(), 0 FROM denials_denialversion WHERE denial_id = {denial}"
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


def recalled(officer, second):
    """A denial that was returned once, has been before a court and was recalled; a person stands in all of it."""
    from denials import actions

    whole = a_content()
    end_user = replace(whole.parties[0], aliases=("A", "B"), identifiers=(("vat", "1"),))
    item = replace(whole.items[0], parameters=(Parameter("made by", "X"),), manufacturer="X SA")
    content = replace(whole, parties=(end_user, *whole.parties[1:]), items=(item,))
    given = {"by": officer.principal, "now": NOW}
    draft = actions.save_draft(content=content, authority=officer.authority, **given)
    actions.submit_denial(denial_id=draft.pk, **given)
    actions.return_denial(denial_id=draft.pk, reason="X?", by=second.principal, now=NOW)
    denial = actions.notify_denial(denial_id=draft.pk, **given)
    fact = CourtFact("appeal_lodged", date(2026, 2, 1), "Court of X")
    actions.record_court_fact(denial_id=denial.pk, fact=fact, **given)
    actions.recall_denial(denial_id=denial.pk, demand="delete", what="About X", reason="X", **given)
    return denial


def test_every_statement_is_refused_to_both_roles(committed_db, clock):
    clock.set(NOW)
    from denials import actions

    officer, second = person("NL", "supervisor"), person("NL", "officer")
    by = officer.principal
    denial, other = recalled(officer, second), a_denial(officer, now=NOW)
    erased = {"names": ["Troya Tech Defense Ltd."], "basis": "x", "by": by, "now": NOW}
    actions.erase_person(denial_id=other.pk, **erased)
    draft = a_draft(officer, now=NOW)
    first = denial.versions.get(number=1)
    ids = {
        "denial": denial.pk,
        "version": first.pk,
        "other_version": other.versions.get(number=1).pk,
        "draft": draft.pk,
        "draft_version": draft.current.pk,
        "other": person("SE", "officer").authority.pk,
        "party": first.parties.get(position=0).pk,
        "step": denial.release_steps.get(kind="returned").pk,
    }
    given = {name: f"'{value}'" for name, value in ids.items()}
    given |= {
        name: f"WHERE {column} = {given['version']}" for name, column in (("this", "id"), ("of_this", "version_id"))
    }
    given["of_it"] = f"WHERE id = {given['party']}"
    given["second"] = f"WHERE id = '{denial.versions.get(number=2).pk}'"
    given["court_left"] = """'[{"fact": "appeal_lodged", "on": "2026-02-01", "court": "[erased]", "reference": ""}]'"""
    given["parameters_left"] = """'[{"name": "made by", "value": "[erased]", "unit": ""}]'"""
    wrong = []
    for role in ("exchange_web", "exchange_worker"):
        with psycopg.connect(committed_db.cluster.url(role), autocommit=True) as connection:
            for statement in OF_RECORDED:
                found = outcome(connection, statement.format(**given))
                if found not in ("RestrictViolation", "InsufficientPrivilege"):
                    wrong.append((role, statement, found))
            for path, statement, passes in IN_AN_ERASURE:
                kept = ERASURE.format(**given | {"path": path.format(step=ids["step"])})
                found = outcome(connection, kept, statement.format(**given))
                if found != (1 if passes else "RestrictViolation") and (passes or found != "InsufficientPrivilege"):
                    wrong.append((role, "in an erasure", path, statement, found))
            forged = ERASURE.replace("now(), 0", "now(), 1").format(**given | {"path": IN_AN_ERASURE[0][0]})
            connection.execute(forged)  # written in a transaction of its own, it opens nothing afterwards
            late = outcome(connection, IN_AN_ERASURE[0][1].format(**given))
            wrong += [(role, "after an erasure", late)] if late != "RestrictViolation" else []
            freely = outcome(
                connection, f"UPDATE denials_denialparty SET name = 'x' WHERE version_id = {given['draft_version']}"
            )
            wrong += [(role, "a draft may change", freely)] if freely != 3 else []
    assert not wrong, "\n".join(map(str, wrong))
