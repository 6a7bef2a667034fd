"""A frozen edition is never changed: the database refuses it."""

from django.db import migrations

WRITTEN_ONCE = """
    CREATE TRIGGER reports_frozenedition_written_once BEFORE UPDATE OR DELETE ON reports_frozenedition
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    REVOKE UPDATE, DELETE ON reports_frozenedition FROM exchange_web, exchange_worker;
"""
WRITABLE = """
    DROP TRIGGER reports_frozenedition_written_once ON reports_frozenedition;
    GRANT UPDATE, DELETE ON reports_frozenedition TO exchange_web, exchange_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0005_frozen_editions"), ("accounts", "0002_append_only")]

    operations = [migrations.RunSQL(WRITTEN_ONCE, WRITABLE)]
