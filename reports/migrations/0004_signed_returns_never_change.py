"""A line of a return is never changed, a signed return neither, nor what reminded of one: the database refuses it."""

from django.db import migrations

WRITTEN_ONCE = """
    CREATE FUNCTION reports_refuse_of_signed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM reports_annualreturn r WHERE r.id = OLD.annual_return_id AND r.state = 'signed') THEN
            RAISE EXCEPTION 'lines of a signed return are written once' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END $$;
    CREATE TRIGGER reports_returnreminder_written_once BEFORE UPDATE OR DELETE ON reports_returnreminder
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    CREATE TRIGGER reports_returnline_written_once BEFORE UPDATE ON reports_returnline
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    CREATE TRIGGER reports_returnline_of_signed BEFORE DELETE ON reports_returnline
        FOR EACH ROW EXECUTE FUNCTION reports_refuse_of_signed();
    CREATE TRIGGER reports_annualreturn_kept BEFORE DELETE ON reports_annualreturn
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    CREATE TRIGGER reports_annualreturn_signed BEFORE UPDATE ON reports_annualreturn
        FOR EACH ROW WHEN (OLD.state <> 'checked') EXECUTE FUNCTION exchange_refuse_change();
    REVOKE UPDATE, DELETE ON reports_returnreminder FROM exchange_web, exchange_worker;
    REVOKE UPDATE ON reports_returnline FROM exchange_web, exchange_worker;
    REVOKE DELETE ON reports_annualreturn FROM exchange_web, exchange_worker;
"""
WRITABLE = """
    DROP TRIGGER reports_returnreminder_written_once ON reports_returnreminder;
    DROP TRIGGER reports_returnline_written_once ON reports_returnline;
    DROP TRIGGER reports_returnline_of_signed ON reports_returnline;
    DROP TRIGGER reports_annualreturn_kept ON reports_annualreturn;
    DROP TRIGGER reports_annualreturn_signed ON reports_annualreturn;
    DROP FUNCTION reports_refuse_of_signed();
    GRANT UPDATE, DELETE ON reports_returnreminder, reports_returnline, reports_annualreturn
        TO exchange_web, exchange_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_annual_returns"), ("accounts", "0002_append_only")]

    operations = [migrations.RunSQL(WRITTEN_ONCE, WRITABLE)]
