"""Alarms are written once: the database refuses to change or delete them."""

from django.db import migrations

WRITTEN_ONCE = """
    CREATE TRIGGER screening_enumerationalarm_written_once BEFORE UPDATE OR DELETE ON screening_enumerationalarm
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    REVOKE UPDATE, DELETE ON screening_enumerationalarm FROM exchange_web, exchange_worker;
"""
WRITABLE = """
    DROP TRIGGER screening_enumerationalarm_written_once ON screening_enumerationalarm;
    GRANT UPDATE, DELETE ON screening_enumerationalarm TO exchange_web, exchange_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0010_bulk_jobs_and_alarms"), ("accounts", "0002_append_only")]

    operations = [migrations.RunSQL(WRITTEN_ONCE, WRITABLE)]
