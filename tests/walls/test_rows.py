"""The second wall: without an authority the database gives no row of a case, with one no row of another's."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction

from accounts import tenant
from accounts.roles import VISITOR, Principal
from denials.models import Denial
from tests.walls.walk import named
from tests.walls.world import SECRETS, World

#: Tables without the wall, and why their rows may be read whoever acts.
SHARED = {
    "accounts_state": "reference data", "accounts_membership": "reference data", "accounts_authority": "who takes part",
    "accounts_competence": "who takes part", "accounts_calendaryear": "published holidays",
    "accounts_publicholiday": "published holidays", "accounts_client": "read before it is known who asks",
    "accounts_user": "read before it is known who asks", "accounts_clienttoken": "read before it is known who asks",
    "accounts_user_groups": "empty: roles are data", "accounts_user_user_permissions": "empty: roles are data",
    "accounts_absence": "who stands in is asked when another's thread is given out; no case",
    "accounts_dutydesk": "who is on duty is asked when another's thread is given out; no case",
    "accounts_authoritysetting": "whether a second officer is needed is asked for either side; no case",
    "accounts_webhook": "the post of others is queued for their systems; no case, no secret",
    "accounts_delivery": "tries of the post: kind and address; what it is about stands in the notice",
    "accounts_noticereading": "who has opened a notice; what it is about stands in the notice",
    "accounts_ledger": "two counters", "accounts_sweepheartbeat": "when the sweeps ran",
    "accounts_auditrecord": "one chain over all: ids and digests", "accounts_auditsalt": "opens digests of the chain",
    "accounts_reading": "ids of what was read; the auditor's desk alone shows them",
    "accounts_rowproof": "digests of rows", "accounts_rowseal": "digests of rows",
    "accounts_auditquestion": "the auditors' own; others have no page for it",
    "accounts_auditkey": "public keys", "accounts_checkpoint": "handed to everybody",
    "accounts_idempotentrequest": "found by whose key it is, and emptied of an erased person across authorities",
    "denials_controllist": "reference data", "denials_controllistentry": "reference data",
    "denials_entrysuccession": "reference data", "denials_region": "reference data",
    "denials_country": "reference data",
    "denials_placename": "reference data", "denials_placeattribute": "reference data",
    "denials_criterion": "reference data", "denials_ground": "reference data",
    "denials_referencecounter": "a counter of each state", "denials_registerchange": "ids of what was notified to all",
    "denials_denialrecipient": "which body was told of what was notified", "denials_reminder": "days, no content",
    "denials_recall": "told to all who received the denial", "denials_recallrequest": "asked of all who received it",
    "denials_erasure": "proof of what was blanked: digests", "denials_erasuresalt": "opens a proof of erasure",
    "denials_mirrorstate": "how far a mirror is", "denials_mirroredchange": "how far a mirror is",
    "denials_outofsight": "ids a mirror no longer sees",
    "denials_registerrow": "the register's index: `visible_to` names its rows (ADR 0210)",
    "denials_registerkind": "the register's index: numbers of kinds",
    "denials_registervocabulary": "the register's index: words that occur",
    "screening_denialindex": "the screening's index of the register (ADR 0210)",
    "screening_indexedupto": "how far the index is",
    "consultations_unavailability": "when the exchange could not be used: told to all",
    "consultations_grantnotice_recipients": "which body was told of a notice",
    "reports_edition": "counts", "reports_frozenedition": "counts",
    "account_emailaddress": "of signing in", "account_emailconfirmation": "of signing in",
    "mfa_authenticator": "of signing in: found by the person before anybody acts",
    "accounts_personsession": "of signing in", "accounts_signintries": "of signing in",
    "accounts_identityprovider": "of signing in", "accounts_externalidentity": "of signing in",
    "accounts_invitation": "of signing in: who comes has no authority yet",
    "accounts_forgetting": "proof of what was let go", "accounts_blanking": "digests of what was let go",
    "accounts_clientkey": "public keys, read before it is known who asks",
    "accounts_clientuse": "counts of a system's calls", "accounts_usedassertion": "digests of what was shown once",
    "guardian_userobjectpermission": "empty: grants hang on rows of their own",
    "guardian_groupobjectpermission": "empty: grants hang on rows of their own",
    "auth_permission": "names", "auth_group": "empty: roles are data", "auth_group_permissions": "empty",
    "django_content_type": "names", "django_session": "found by a key nobody knows", "django_migrations": "names",
}  # fmt: skip


@contextmanager
def acting(principal: Principal) -> Iterator[Any]:
    with transaction.atomic(), connection.cursor() as cursor:
        tenant.enter(principal)
        yield cursor
        transaction.set_rollback(True)


def walled_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace "
            "AND relrowsecurity AND relforcerowsecurity AND 2 = (SELECT count(*) FROM pg_policy WHERE polrelid = "
            "pg_class.oid) ORDER BY relname"
        )
        return [name for (name,) in cursor.fetchall()]


def count(cursor: Any, table: str, condition: str = "true") -> int:
    cursor.execute(f"SELECT count(*) FROM {table} WHERE {condition}")
    return int(cursor.fetchone()[0])


def test_every_table_is_behind_the_wall_or_says_why_not(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        every = {name for (name,) in cursor.fetchall()}
    walled = set(walled_tables())
    assert every - walled == set(SHARED) & every
    assert not walled & set(SHARED)
    assert set(SHARED) <= every, "a table that is gone"


def test_the_role_of_requests_owns_nothing_and_passes_no_wall_by(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper OR rolbypassrls OR rolcreaterole, (SELECT count(*) FROM pg_class WHERE "
            "relowner = pg_roles.oid), (SELECT count(*) FROM pg_auth_members WHERE member = pg_roles.oid) "
            "FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("exchange_web", False, 0, 0)


def test_without_an_authority_no_row_is_given(world: World) -> None:
    tables = walled_tables()
    with connection.cursor() as cursor:
        held = {table for table in tables if count(cursor, table)}
    assert len(held) > len(tables) * 3 / 4, "the world has rows to hide"
    with acting(VISITOR) as cursor:
        assert {table: found for table in tables if (found := count(cursor, table))} == {}


#: What of the world another state's authority may read: what was notified, and the notices of grant.
OF_ALL = {"denials_denial", "denials_denialversion", "denials_denialitem", "denials_denialparty"} | {
    "denials_denialdestination", "denials_denialcriterion", "accounts_notice",
}  # fmt: skip


def test_with_one_authority_no_row_of_another_is_given(world: World) -> None:
    stranger = world.people["stranger"].principal
    with acting(stranger) as cursor:
        found = {table for table in walled_tables() if count(cursor, table)}
        assert found <= OF_ALL
        assert count(cursor, "denials_denial", f"id = '{world.ids['draft']}'") == 0
        for secret in ("draft", "amendment"):
            assert count(cursor, "denials_denialparty", f"name = '{SECRETS[secret]}'") == 0
        assert count(cursor, "accounts_notice", f"recipient_id <> '{stranger.authority_id}'") == 0


@pytest.mark.parametrize("who", ["asker", "denier"])
def test_each_side_is_given_its_own_and_what_was_said(world: World, who: str) -> None:
    here = world.people[who].principal
    with acting(here) as cursor:
        assert count(cursor, "consultations_consultation", f"id = '{world.ids['thread']}'") == 1
        assert count(cursor, "consultations_consultationevent", f"consultation_id = '{world.ids['thread']}'") > 0
        for table in ("screening_application", "screening_screening", "consultations_internalnote"):
            assert count(cursor, table, f"authority_id <> '{here.authority_id}'") == 0
        assert bool(count(cursor, "screening_applicationparty")) == (who == "asker")


def test_a_write_across_authorities_touches_no_row(world: World) -> None:
    with acting(world.people["stranger"].principal) as cursor:
        for table in walled_tables():
            cursor.execute("SELECT has_table_privilege(%s, 'UPDATE')", [table])
            if table in OF_ALL or not cursor.fetchone()[0]:
                continue
            cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [table])
            (column,) = cursor.fetchone()
            cursor.execute(f"UPDATE {table} SET {column} = {column}")
            assert cursor.rowcount == 0, table


def test_a_file_sent_while_it_is_written_is_its_readers(world: World) -> None:
    reference = str(Denial.objects.get(pk=world.ids["arms"]).reference)
    response = world.browser("stranger").get("/denials/export/denials.csv")
    tenant.enter(VISITOR)  # the request is over: on the wire nobody acts any more
    told = b"".join(response).decode()
    assert reference in told
    assert SECRETS["draft"] not in told


def test_what_works_across_authorities_names_addresses_that_are(world: World) -> None:
    names = [name for name, _parameters, _actions in named()]
    for beginning in tenant.ACROSS:
        assert any(name.startswith(beginning) for name in names), beginning


def test_every_model_of_a_case_has_its_table_here(world: World) -> None:
    for room in ("screening", "consultations"):
        for model in apps.get_app_config(room).get_models(include_auto_created=True):
            assert model._meta.db_table in {*walled_tables(), *SHARED}
