"""Figures of a signed return are never changed, and neither they nor its lines become more: the database refuses it."""

from django.db import migrations

WRITTEN_ONCE = """
    CREATE TRIGGER reports_returnfigure_written_once BEFORE UPDATE OR DELETE ON reports_returnfigure
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    CREATE FUNCTION reports_refuse_to_signed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM reports_annualreturn r
                   WHERE r.state <> 'checked' AND r.id IN (SELECT annual_return_id FROM added)) THEN
            RAISE EXCEPTION 'nothing is added to a signed return' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER reports_returnfigure_before_signature AFTER INSERT ON reports_returnfigure
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_to_signed();
    CREATE TRIGGER reports_returnline_before_signature AFTER INSERT ON reports_returnline
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION reports_refuse_to_signed();
    REVOKE UPDATE, DELETE ON reports_returnfigure FROM exchange_web, exchange_worker;
"""
WRITABLE = """
    DROP TRIGGER reports_returnfigure_written_once ON reports_returnfigure;
    DROP TRIGGER reports_returnfigure_before_signature ON reports_returnfigure;
    DROP TRIGGER reports_returnline_before_signature ON reports_returnline;
    DROP FUNCTION reports_refuse_to_signed();
    GRANT UPDATE, DELETE ON reports_returnfigure TO exchange_web, exchange_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_figures_of_signed_returns")]

    operations = [migrations.RunSQL(WRITTEN_ONCE, WRITABLE)]
