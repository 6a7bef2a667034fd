"""A drafted edition is never changed: the database refuses it."""

from django.db import migrations

WRITTEN_ONCE = """
    CREATE TRIGGER reports_edition_written_once BEFORE UPDATE OR DELETE ON reports_edition
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    REVOKE UPDATE, DELETE ON reports_edition FROM exchange_web, exchange_worker;
"""
WRITABLE = """
    DROP TRIGGER reports_edition_written_once ON reports_edition;
    GRANT UPDATE, DELETE ON reports_edition TO exchange_web, exchange_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("accounts", "0002_append_only")]

    operations = [migrations.RunSQL(WRITTEN_ONCE, WRITABLE)]
