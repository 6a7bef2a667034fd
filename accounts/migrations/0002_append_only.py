"""The ledger's one row, and a database that refuses to change what is written once."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION exchange_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def written_once(*tables: str) -> str:
    return "\n".join(
        f"""
        CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
        REVOKE UPDATE, DELETE ON {table} FROM exchange_web, exchange_worker;
        """
        for table in tables
    )


def writable(*tables: str) -> str:
    return "\n".join(
        f"""
        DROP TRIGGER {table}_written_once ON {table};
        GRANT UPDATE, DELETE ON {table} TO exchange_web, exchange_worker;
        """
        for table in tables
    )


TABLES = ("accounts_auditrecord", "accounts_notice")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(REFUSE, "DROP FUNCTION exchange_refuse_change()"),
        migrations.RunSQL(written_once(*TABLES), writable(*TABLES)),
        migrations.RunSQL(
            "INSERT INTO accounts_ledger (id, register_sequence, audit_sequence, audit_hash) "
            "VALUES (1, 0, 0, repeat('0', 64))",
            "DELETE FROM accounts_ledger",
        ),
    ]
