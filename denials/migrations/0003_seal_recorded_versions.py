"""A recorded version and its parts never change, and neither does the change feed: the database refuses it."""

from django.db import migrations

PARTS = ("denials_denialitem", "denials_denialparty", "denials_denialdestination", "denials_denialcriterion")

SEAL = """
CREATE FUNCTION denials_refuse_sealed_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = OLD.id) THEN
        RAISE EXCEPTION 'version % is recorded and never changes', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION denials_refuse_part_of_sealed_version() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = OLD.version_id)
    OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM public.denials_registerchange WHERE version_id = NEW.version_id)
    THEN
        RAISE EXCEPTION 'a part of a recorded version never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER denials_denialversion_sealed BEFORE UPDATE OR DELETE ON denials_denialversion
    FOR EACH ROW EXECUTE FUNCTION denials_refuse_sealed_version();

CREATE TRIGGER denials_registerchange_written_once BEFORE UPDATE OR DELETE ON denials_registerchange
    FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
REVOKE UPDATE, DELETE ON denials_registerchange FROM exchange_web, exchange_worker;
"""

UNSEAL = """
GRANT UPDATE, DELETE ON denials_registerchange TO exchange_web, exchange_worker;
DROP TRIGGER denials_registerchange_written_once ON denials_registerchange;
DROP TRIGGER denials_denialversion_sealed ON denials_denialversion;
DROP FUNCTION denials_refuse_part_of_sealed_version();
DROP FUNCTION denials_refuse_sealed_version();
"""


def sealed(table: str) -> str:
    return f"""
        CREATE TRIGGER {table}_sealed BEFORE INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION denials_refuse_part_of_sealed_version()
    """


class Migration(migrations.Migration):
    dependencies = [("denials", "0002_describe_in_english_too"), ("accounts", "0002_append_only")]

    operations = [
        migrations.RunSQL(SEAL, UNSEAL),
        *(migrations.RunSQL(sealed(table), f"DROP TRIGGER {table}_sealed ON {table}") for table in PARTS),
    ]
