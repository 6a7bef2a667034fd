"""What was said and decided is written once: the database refuses to change or delete it."""

from django.db import migrations

TABLES = (
    "consultations_consultationdenial",
    "consultations_consultationevent",
    "consultations_internalnote",
    "consultations_answer",
    "consultations_decision",
    "consultations_grantnotice",
    "consultations_grantnotice_recipients",
)


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
    dependencies = [("consultations", "0002_lapse_effect_and_flags"), ("accounts", "0002_append_only")]

    operations = [migrations.RunSQL(written_once(table), writable(table)) for table in TABLES]
