"""The record proves itself: checkpoints, receipts, the hold while nobody witnesses, every tampering named."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from accounts import actions, audit, clock, tasks
from accounts.audit import chain, checkpoints, export, keys, receipts, rows, verification
from accounts.law import digests, offline, witness
from accounts.law.witness import Unwitnessed
from accounts.models import AuditRecord, AuditSalt, Checkpoint, Notice, Reading, Receipt, RowProof, RowSeal
from accounts.roles import SYSTEM
from consultations.actions import answer_consultation, record_decision
from denials.models import Denial
from tests import factories
from tests.cast import person
from tests.factories import MARCH
from tests.walls.walk import IN_FULL


@pytest.fixture
def case(db):
    """A denial, a consultation on it and its answer; somebody has read the denial; all bound and signed."""
    return lived()


def lived():
    asker, denier = person("BE-VLG", "officer", "w.asker"), person("NL", "officer", "w.denier")
    now = clock.now()
    denial = factories.a_denial(denier, now=now)
    (thread,) = factories.consultations(asker, factories.an_application(asker, now=now), now=now)
    answer_consultation(
        consultation_id=thread.pk, outcome="views", reasoning="Wij kennen hem.", by=denier.principal, now=clock.now()
    )
    assert asker.web.get(f"/denials/{denial.pk}/").status_code == 200
    bind()
    return {"asker": asker, "denier": denier, "denial": denial, "thread": thread}


def bind():
    while actions.bind_record(now=clock.now()):
        pass
    return actions.sign_checkpoint(now=clock.now())


def found():
    return [(one.table, one.key, one.what) for one in verification.verify(all_signatures=True).findings]


class TestSound:
    def test_what_lived_is_sound_and_all_of_it_is_bound(self, case):
        result = verification.verify(all_signatures=True)
        assert (result.findings, result.records, result.head) == (
            [],
            AuditRecord.objects.count(),
            AuditRecord.objects.latest("sequence").hash,
        )
        assert result.signatures == Receipt.objects.count() + Checkpoint.objects.count() > 3

    def test_every_watched_table_is_watched(self, db):
        assert [model._meta.label for model in rows.watched() if not rows.is_watched(model)] == []

    def test_a_record_says_why_by_its_digest(self, case):
        user = case["denier"].user
        why = {"reason": "asked by the court"}
        entry = audit.record("test.act", subject=user, by=SYSTEM, at=clock.now(), after=why)
        assert entry.digest_reason == digests.salted("asked by the court", AuditSalt.objects.get(record=entry).value)

    def test_the_hash_written_out_is_that_of_the_columns(self, case):
        entries = list(AuditRecord.objects.all())
        assert [chain.hash_of(one) for one in entries] == [
            digests.link(one.previous_hash, chain.columns_of(one)) for one in entries
        ]
        odd = AuditRecord.objects.get(sequence=entries[0].sequence)
        odd.act, odd.authority_id = 'x"\\é\n', None
        assert chain.hash_of(odd) == digests.link(odd.previous_hash, chain.columns_of(odd))


class TestReadings:
    def test_a_page_a_list_and_a_call_are_read_with_what_they_showed(self, case, client_nl):
        denial, asker = str(case["denial"].pk), case["asker"]
        asker.web.get("/denials/?q=Zeegeheim")
        client_nl.api.get("/api/v1/denials/")
        asker.web.get(f"/consultations/{case['thread'].pk}/")
        shown = {one.route: one for one in Reading.objects.filter(sequence__isnull=True)}
        assert set(shown) == {"denials:list", "api-denial-list", "consultations:detail"}
        assert denial in shown["api-denial-list"].subjects
        assert shown["consultations:detail"].subjects[0] == str(case["thread"].pk)
        assert (shown["denials:list"].terms, len(shown["denials:list"].query)) == (["q"], 64)
        assert "Zeegeheim" not in json.dumps([one.content() for one in shown.values()])
        bind()
        assert not Reading.objects.filter(sequence__isnull=True).exists()
        assert verification.verify().findings == []

    def test_what_shows_no_case_and_what_is_refused_is_no_reading(self, case):
        before = Reading.objects.count()
        case["asker"].web.get("/settings/people/")
        case["asker"].web.get("/denials/00000000-0000-4000-8000-000000000000/")
        case["asker"].web.get("/settings/audit/")
        assert Reading.objects.count() == before

    def test_the_list_of_denials_names_those_on_it(self, case):
        case["asker"].web.get("/denials/")
        assert str(case["denial"].pk) in Reading.objects.get(route="denials:list").subjects

    def test_the_web_role_changes_no_reading(self, case):
        for statement in ("UPDATE accounts_reading SET route = 'x'", "DELETE FROM accounts_reading"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO accounts_rowproof (table_name, row_key, operation, digest, role) "
                "VALUES ('denials_denial', 'x', 'I', 'x', 'x')"
            )


class TestReceipts:
    def test_each_side_has_those_of_its_acts(self, case):
        kinds = {one.act: (one.authority.code, one.kind) for one in Receipt.objects.select_related("authority")}
        assert kinds == {
            "denial.notified": ("NL", "notification"),
            "application.filed": ("BE-VLG", "request"),
            "consultation.opened": ("BE-VLG", "request"),
            "consultation.answered": ("NL", "answer"),
        }

    def test_it_is_checked_without_the_exchange(self, case, tmp_path):
        receipt = Receipt.objects.get(act="consultation.answered")
        handed = receipts.as_data(receipt)
        assert handed["checkpoint"]["statement"]["sequence"] >= handed["statement"]["audit_sequence"]
        program = tmp_path / "verify_audit_export.py"
        program.write_text(export.program())
        chain, file = tmp_path / "chain", tmp_path / "receipt.json"
        chain.write_text("".join(export.lines()))
        file.write_text(json.dumps(handed))
        key = keys.present().public.hex()
        run = [sys.executable, "-I", str(program), str(chain), "--receipt", str(file), "--key", key]
        done = subprocess.run(run, capture_output=True, text=True)
        assert (done.returncode, "all sound" in done.stdout) == (0, True), done.stdout + done.stderr
        handed["content"]["text"] = "Wij kennen hem niet."
        file.write_text(json.dumps(handed))
        done = subprocess.run(run, capture_output=True, text=True)
        assert (done.returncode, "the content is not what was accepted" in done.stdout) == (1, True)

    def test_a_signature_is_good_for_its_statement_alone(self, case):
        receipt = Receipt.objects.first()
        public = keys.present().public
        assert witness.is_signed(receipt.statement, receipt.signature, public)
        for name in receipt.statement:
            assert not witness.is_signed({**receipt.statement, name: "other"}, receipt.signature, public)


class TestCheckpoints:
    def test_the_sweep_signs_one_when_it_is_due(self, db, consulted_officer, settings, clock):
        factories.a_denial(consulted_officer)
        tasks.sweep_record()
        tasks.sweep_record()
        assert Checkpoint.objects.count() == 1
        clock.forward(timedelta(minutes=settings.EXCHANGE_CHECKPOINT_MINUTES))
        tasks.sweep_record()
        assert Checkpoint.objects.count() == 2

    def test_each_authority_is_mailed_number_and_head_once_a_day(self, case, clock):
        from accounts.models import Authority

        bind()
        daily = Notice.objects.filter(kind="checkpoint.daily")
        assert daily.count() == Authority.objects.count()
        last = Checkpoint.objects.earliest("at")
        assert daily.first().reference == f"{last.sequence} {last.head[:44]}"

    def test_a_key_replaced_leaves_what_was_signed_good(self, case, settings):
        settings.EXCHANGE_AUDIT_KEYS_BEFORE = [settings.EXCHANGE_AUDIT_KEY]
        settings.EXCHANGE_AUDIT_KEY = "another secret text of more than 32 characters"
        bind()
        assert verification.verify(all_signatures=True).findings == []
        assert len({one.key for one in Checkpoint.objects.all()}) == 2


class TestUnwitnessed:
    @pytest.fixture
    def alone(self, case, settings, clock):
        """More than four hours without a checkpoint, and no key to sign one with."""
        settings.EXCHANGE_WITNESS_HOURS = 4
        clock.forward(timedelta(hours=4, minutes=1))
        return case

    def test_every_page_says_so_until_it_is_witnessed(self, alone):
        words = "The audit chain has had no checkpoint"
        assert words in alone["asker"].web.get("/settings/people/").content.decode()
        actions.sign_checkpoint(now=clock.now())
        assert words not in alone["asker"].web.get("/settings/people/").content.decode()

    def test_acts_go_on_with_receipts_that_say_so(self, alone):
        factories.a_denial(alone["denier"], now=clock.now())
        assert [one.statement["witnessed"] for one in Receipt.objects.order_by("issued_at")][-1] is False

    def test_silence_has_no_effect_until_then(self, alone, settings, clock):
        from accounts import clock as present
        from consultations.actions import lapse_consultation
        from consultations.models import Consultation
        from consultations.tasks import sweep_lapses

        now = present.now()
        (thread,) = factories.consultations(alone["asker"], factories.an_application(alone["asker"], now=now), now=now)
        clock.forward(timedelta(days=60))
        with pytest.raises(Unwitnessed):
            lapse_consultation(consultation_id=thread.pk, now=present.now())
        grant = {"outcome": "granted", "explanation": "Verified on site.", "now": present.now()}
        with pytest.raises(Unwitnessed), transaction.atomic():
            record_decision(application_id=thread.application_id, by=alone["asker"].principal, **grant)
        key, settings.EXCHANGE_AUDIT_KEY = settings.EXCHANGE_AUDIT_KEY, ""
        assert sweep_lapses() == 0
        settings.EXCHANGE_AUDIT_KEY = key
        assert sweep_lapses() == 1
        assert Consultation.objects.get(pk=thread.pk).status == "lapsed"
        record_decision(application_id=thread.application_id, by=alone["asker"].principal, **grant)

    def test_a_grant_taken_nationally_is_recorded_all_the_same(self, alone, clock):
        """It is a fact already: recorded, and flagged as silence has no effect yet."""
        from accounts import clock as present
        from consultations.models import Consultation

        now = present.now()
        (thread,) = factories.consultations(alone["asker"], factories.an_application(alone["asker"], now=now), now=now)
        clock.forward(timedelta(days=60))
        grant = {"outcome": "granted", "nationally": True, "now": present.now()}
        made = record_decision(application_id=thread.application_id, by=alone["asker"].principal, **grant)
        assert made.flags == ["consultation_open"]
        assert Consultation.objects.get(pk=thread.pk).status == "closed"

    def test_nothing_is_held_where_the_rule_is_off(self, alone, settings):
        settings.EXCHANGE_WITNESS_HOURS = 0
        assert audit.is_witnessed(clock.now())


class TestRule:
    @pytest.mark.parametrize(
        ("hours", "age", "unwitnessed"),
        [(4, 4 * 3600, False), (4, 4 * 3600 + 1, True), (1, 3601, True), (0, 10**8, False)],
    )
    def test_older_than_the_hours_set(self, hours, age, unwitnessed):
        assert witness.is_unwitnessed(MARCH - timedelta(seconds=age), MARCH, hours) is unwitnessed

    def test_nothing_waits_where_nothing_was_recorded(self):
        assert not witness.is_unwitnessed(None, MARCH, 4)


class Tamper:
    """What somebody with every right in the database may try, and what the verification has to name."""

    def __init__(self, case):
        self.denial = str(case["denial"].pk)
        self.thread = str(case["thread"].pk)
        self.number = AuditRecord.objects.get(act="consultation.answered").sequence
        self.last = AuditRecord.objects.latest("sequence").sequence
        self.reading = Reading.objects.earliest("at")
        self.receipt = Receipt.objects.get(act="consultation.answered")
        self.checkpoint = Checkpoint.objects.latest("at")
        self.proof = RowProof.objects.filter(table_name="denials_denial", row_key=self.denial).latest("pk")
        self.item = str(case["denial"].current.items.first().pk)

    def columns(self):
        """Every column of a record, each with another value."""
        number, record = self.number, "accounts_auditrecord"
        for name, value in (
            *((name, "'x'") for name in ("actor_kind", "actor_id", "act", "subject_type", "subject_id")),
            *((f"digest_{name}", "repeat('1', 64)") for name in ("before", "after", "reason", "salt")),
            *((name, "repeat('1', 64)") for name in ("previous_hash", "hash", "seal")),
            ("recorded_at", "recorded_at - interval '1 second'"),
            ("authority_id", "gen_random_uuid()"),
            ("form", "1"),
        ):
            yield f"UPDATE {record} SET {name} = {value} WHERE sequence = {number}", (record, str(number))

    def others(self):
        n, record = self.number, "accounts_auditrecord"
        yield f"DELETE FROM {record} WHERE sequence = {n}", (record, str(n))
        yield f"DELETE FROM {record} WHERE sequence = {self.last}", (record, str(self.last))
        yield "UPDATE accounts_ledger SET audit_hash = repeat('1', 64)", ("accounts_ledger", "1")
        yield (
            f"DELETE FROM {record} WHERE sequence > {n}; UPDATE accounts_ledger SET audit_sequence = {n}, "
            f"audit_hash = (SELECT hash FROM {record} WHERE sequence = {n})",
            (record, str(self.last - 1)),
        )
        yield (
            f"UPDATE {record} SET sequence = -1 WHERE sequence = {n}; "
            f"UPDATE {record} SET sequence = {n} WHERE sequence = {n - 1}; "
            f"UPDATE {record} SET sequence = {n - 1} WHERE sequence = -1",
            (record, str(n)),
        )
        yield f"DELETE FROM accounts_auditsalt WHERE record_id = {n}", ("accounts_auditsalt", str(n))
        yield f"UPDATE accounts_auditsalt SET value = 'x' WHERE record_id = {n}", ("accounts_auditsalt", str(n))
        for table, key, change in (
            ("accounts_reading", self.reading.pk, "actor_id = 'x'"),
            ("accounts_reading", self.reading.pk, "subjects = '[]'"),
            ("accounts_reading", self.reading.pk, "at = at - interval '1 hour'"),
            ("accounts_receipt", self.receipt.pk, "signature = repeat('00', 64)"),
            ("accounts_receipt", self.receipt.pk, "issued_at = issued_at - interval '1 day'"),
            ("accounts_receipt", self.receipt.pk, "statement = jsonb_set(statement, '{at}', '\"x\"')"),
            ("accounts_checkpoint", self.checkpoint.pk, "signature = repeat('00', 64)"),
            ("accounts_checkpoint", self.checkpoint.pk, "head = repeat('1', 64)"),
            ("denials_denial", self.denial, "status = 'revoked'"),
            ("denials_denialitem", self.item, "description = 'sand'"),
            ("consultations_consultation", self.thread, "due_before = due_before + interval '1 day'"),
            ("accounts_rowproof", self.proof.pk, "digest = repeat('1', 64)"),
        ):
            yield f"UPDATE {table} SET {change} WHERE id = '{key}'", (table, str(key))
            yield f"DELETE FROM {table} WHERE id = '{key}'", (table, str(key))
        yield (
            f"DELETE FROM accounts_receiptcontent WHERE receipt_id = '{self.receipt.pk}'",
            (
                "accounts_receiptcontent",
                str(self.receipt.pk),
            ),
        )
        seal = RowSeal.objects.earliest("sequence").sequence
        yield f"UPDATE accounts_rowseal SET proofs = '{{}}' WHERE sequence = {seal}", ("accounts_rowseal", str(seal))
        yield f"DELETE FROM accounts_rowseal WHERE sequence = {seal}", ("accounts_rowseal", str(seal))
        yield (
            "INSERT INTO consultations_answer SELECT (jsonb_populate_record(NULL::consultations_answer, "
            """to_jsonb(one) || '{"id": "00000000-0000-4000-8000-000000000001", "is_late": true}')).* """
            "FROM consultations_answer AS one",
            ("consultations_answer", "00000000-0000-4000-8000-000000000001"),
        )
        yield (
            f"UPDATE denials_denial SET status = 'revoked' WHERE id = '{self.denial}'; "
            "UPDATE accounts_rowproof SET digest = (SELECT exchange_row_digest(to_jsonb(one)) FROM denials_denial "
            f"AS one WHERE id = '{self.denial}') WHERE id = {self.proof.pk}",
            ("accounts_rowproof", str(self.proof.pk)),
        )


def rehash_tail(first):
    """Change a record and link all that follow anew, ledger included: what a thorough forger without the key does."""
    from accounts.audit.chain import columns_of
    from accounts.models import Ledger

    previous = None
    for entry in AuditRecord.objects.filter(sequence__gte=first).order_by("sequence"):
        act = "denial.read" if entry.sequence == first else entry.act
        entry.act, entry.previous_hash = act, previous or entry.previous_hash
        entry.hash = digests.link(entry.previous_hash, columns_of(entry))
        AuditRecord.objects.filter(pk=entry.pk).update(act=act, previous_hash=entry.previous_hash, hash=entry.hash)
        previous = entry.hash
    Ledger.objects.update(audit_hash=previous)


@pytest.fixture
def almighty(committed_db):
    """The connection of the tests, as the superuser of a scratch copy."""
    with transaction.atomic():
        case = lived()
    kept = {name: connection.settings_dict[name] for name in ("USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(USER="postgres", PASSWORD=committed_db.cluster.secret("postgres"))
    yield case
    connection.close()
    connection.settings_dict.update(kept)


def test_every_tampering_is_found_and_named(almighty):
    assert found() == []
    tamper = Tamper(almighty)
    missed = []
    for statement, named in [*tamper.columns(), *tamper.others()]:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                cursor.execute(statement)
            if named not in {(table, key) for table, key, _what in found()}:
                missed.append((statement, named, found()))
            transaction.set_rollback(True)
    assert missed == []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
        rehash_tail(tamper.number)
        names = {(table, key) for table, key, _what in found()}
        assert {("accounts_auditrecord", str(n)) for n in range(tamper.number, tamper.last + 1)} <= names
        transaction.set_rollback(True)
    with transaction.atomic():  # the triggers at work: the proof is new, and says who
        Denial.objects.filter(pk=tamper.denial).update(status="revoked")
        assert ("denials_denial", tamper.denial, "changed by postgres") in found()
        transaction.set_rollback(True)
    assert found() == []


#: By the type of a column, another value of it; what is empty gets one.
OTHER = {
    "boolean": "NOT coalesce({0}, false)",
    "uuid": "gen_random_uuid()",
    "jsonb": """'{{"tampered": 1}}'""",
    "bytea": "'\\\\x00'",
    "date": "coalesce({0}, '2020-01-01') - 1",
    "timestamp with time zone": "coalesce({0}, '2020-01-01') - interval '1 second'",
    "_uuid": "'{{00000000-0000-4000-8000-000000000009}}'",
    **dict.fromkeys(("_varchar", "_text"), "'{{x}}'"),
    **dict.fromkeys(("integer", "smallint", "bigint", "numeric", "double precision"), "coalesce({0}, 0) + 1"),
    **dict.fromkeys(("character varying", "text"), "left('tampered' || coalesce({0}, ''), {1})"),
}


def changes_of_rows():
    """For each watched table that holds a row, its columns but the key: statement and the row that has to be named."""
    with connection.cursor() as cursor:
        for model in rows.watched():
            table, key = model._meta.db_table, model._meta.pk.column
            cursor.execute(f"SELECT {key}::text FROM {table} ORDER BY 1 LIMIT 1")
            held = cursor.fetchone()
            cursor.execute(
                "SELECT column_name, CASE data_type WHEN 'ARRAY' THEN udt_name ELSE data_type END, "
                "coalesce(character_maximum_length, 9999) FROM "
                "information_schema.columns WHERE table_name = %s AND column_name <> %s AND is_generated = 'NEVER' "
                "ORDER BY ordinal_position",
                [table, key],
            )
            columns = cursor.fetchall() if held else []
            yield [
                (
                    f"UPDATE {table} SET {name} = {OTHER[kind].format(name, most)} WHERE {key}::text = '{held[0]}'",
                    (table, held[0]),
                )
                for name, kind, most in columns
            ]


def test_every_column_of_every_watched_table(almighty):
    """One column of each table at a time, all tables at once; in full with EXCHANGE_FULL=1, else every eighth round."""
    tables = [changes for changes in changes_of_rows() if changes]
    assert len(tables) > 20
    missed = []
    for turn in range(max(map(len, tables))):
        if not IN_FULL and turn % 8:
            continue
        tried = [changes[turn % len(changes)] for changes in tables]
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL session_replication_role = replica")
                for statement, _named in tried:
                    cursor.execute(statement)
            names = {(table, key) for table, key, _what in rows.unfit(rows.watched())}
            missed += [statement for statement, named in tried if named not in names]
            transaction.set_rollback(True)
    assert missed == []
    assert found() == []


class TestExport:
    def test_a_line_changed_lost_or_swapped_is_named(self, case):
        lines = list(export.lines())
        number = AuditRecord.objects.get(act="consultation.answered").sequence
        place = next(n for n, line in enumerate(lines) if f'"sequence": {number}' in line and '"record"' in line)
        changed = lines[place].replace("consultation.answered", "consultation.lapsed")
        cases = {
            "altered": [*lines[:place], changed, *lines[place + 1 :]],
            "deleted": lines[:place] + lines[place + 1 :],
            "out of order": [*lines[: place - 1], lines[place], lines[place - 1], *lines[place + 1 :]],
        }
        assert offline.check_export(lines)[0].findings == []
        for what, given in cases.items():
            outcome = offline.check_export(given)[0]
            keys_found = {int(key) for table, key, said in outcome.findings if said == what}
            assert keys_found & {number, number - 1}, (what, outcome.findings)

    def test_a_checkpoint_under_a_strange_key_is_not_believed(self, case):
        stranger = witness.Key.of("x" * 40).public.hex()
        outcome = offline.check_export(list(export.lines()), [stranger])[0]
        assert {what for _table, _key, what in outcome.findings} == {"signed with a key that is not known"}


def test_the_commands_name_what_is_bad(case, capsys, tmp_path):
    call_command("verify_audit", "--json")
    assert json.loads(capsys.readouterr().out)["sound"] is True
    assert checkpoints.latest() is not None
