"""Screenings, hits and dispositions are written once: the database refuses to change or delete them."""

from django.db import migrations

TABLES = ("screening_screening", "screening_hit", "screening_disposition")


def written_once(table: str) -> str:
    return f"""
        CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
        REVOKE UPDATE, DELETE ON {table} FROM exchange_web, exchange_worker;
    """


def writable(table: str) -> str:
    return f"""
        DROP TRIGGER {table}_written_once ON {table};
        GRANT UPDATE, DELETE ON {table} TO exchange_web, exchange_worker;
    """


class Migration(migrations.Migration):
    dependencies = [("screening", "0002_denial_index"), ("accounts", "0002_append_only")]

    operations = [
        *(migrations.RunSQL(written_once(table), writable(table)) for table in TABLES),
        migrations.RunSQL(
            "INSERT INTO screening_indexedupto (id, sequence, analysis) VALUES (1, 0, '')",
            "DELETE FROM screening_indexedupto",
        ),
    ]
