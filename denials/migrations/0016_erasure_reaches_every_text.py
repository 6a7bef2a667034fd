"""An erasure reaches every text that is kept of a denial; the database lets each value be blanked by its own digest."""

from django.db import migrations

GUARD = """
-- A value is another with stretches of its texts put out of sight: as many texts as before, and the same keys.
CREATE FUNCTION denials_is_left(before jsonb, after jsonb) RETURNS boolean LANGUAGE plpgsql IMMUTABLE
SET search_path = pg_catalog AS $$
BEGIN
    IF before = after THEN
        RETURN true;
    END IF;
    IF jsonb_typeof(before) IS DISTINCT FROM jsonb_typeof(after) THEN
        RETURN false;
    END IF;
    RETURN CASE jsonb_typeof(before)
        WHEN 'string' THEN public.denials_is_blanked(before #>> '{}', after #>> '{}')
        WHEN 'array' THEN jsonb_array_length(before) = jsonb_array_length(after) AND NOT EXISTS (
            SELECT 1 FROM jsonb_array_elements(before) WITH ORDINALITY AS old(value, at)
            JOIN jsonb_array_elements(after) WITH ORDINALITY AS new(value, at) USING (at)
            WHERE NOT public.denials_is_left(old.value, new.value))
        WHEN 'object' THEN NOT EXISTS (
            SELECT 1 FROM jsonb_each(before) AS old(key, value)
            FULL JOIN jsonb_each(after) AS new(key, value) ON old.key = new.key
            WHERE old.key IS NULL OR new.key IS NULL OR NOT public.denials_is_left(old.value, new.value))
        ELSE false
    END;
END $$;

-- The one change of what is recorded that is let through: texts blanked, nothing else touched, each value by a
-- transaction that has written down the digest of that very value.
CREATE OR REPLACE FUNCTION denials_is_erasure(part text, of_version uuid, before jsonb, after jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    texts text[] := CASE part
        WHEN 'denials_denialparty' THEN ARRAY['name', 'address', 'aliases', 'identifiers']
        WHEN 'denials_denialitem' THEN ARRAY['code', 'code_printed', 'description', 'description_en', 'parameters',
            'quantity_printed', 'unit', 'manufacturer', 'model', 'cas', 'cn']
        WHEN 'denials_denialdestination' THEN ARRAY['printed']
        WHEN 'denials_denialversion' THEN ARRAY['end_use', 'explanation', 'remarks', 'scope_note', 'change_reason',
            'source_reference', 'origin_reference', 'authorisation_reference', 'court']
        WHEN 'denials_recall' THEN ARRAY['what', 'reason']
        WHEN 'denials_releasestep' THEN ARRAY['reason']
    END;
    place text := CASE part
        WHEN 'denials_denialparty' THEN 'parties[' || (before ->> 'position') || '].'
        WHEN 'denials_denialitem' THEN 'items[' || (before ->> 'position') || '].'
        WHEN 'denials_denialdestination' THEN 'destinations[' || (before ->> 'position') || '].'
        WHEN 'denials_recall' THEN 'recall.'
        WHEN 'denials_releasestep' THEN 'release_steps[' || (before ->> 'id') || '].'
        ELSE ''
    END;
    blank jsonb := '{"name": "[erased]", "address": "", "aliases": [], "identifiers": {}}';
    field text;
    blanked boolean := false;
BEGIN
    IF texts IS NULL OR before - texts <> after - texts THEN
        RETURN false;
    END IF;
    FOREACH field IN ARRAY texts LOOP
        CONTINUE WHEN before -> field IS NOT DISTINCT FROM after -> field;
        IF NOT (part = 'denials_denialparty' AND after -> field = blank -> field
            OR public.denials_is_left(before -> field, after -> field))
        OR NOT EXISTS (
            SELECT 1 FROM public.denials_erasure
            WHERE version_id = of_version AND transaction_number = pg_current_xact_id()::text::bigint
            AND (path = place || field OR field = 'court' AND starts_with(path, 'court['))
        ) THEN
            RETURN false;
        END IF;
        blanked := true;
    END LOOP;
    RETURN blanked;
END $$;

-- What goes with a denial and is written once: recalls by their version, steps of its release by its first one.
CREATE FUNCTION denials_refuse_unless_erased() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    of_version uuid;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        of_version := coalesce((to_jsonb(OLD) ->> 'version_id')::uuid, (
            SELECT id FROM public.denials_denialversion WHERE denial_id = OLD.denial_id ORDER BY number LIMIT 1));
        IF public.denials_is_erasure(TG_TABLE_NAME, of_version, to_jsonb(OLD), to_jsonb(NEW)) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER denials_recall_kept ON denials_recall;
DROP TRIGGER denials_releasestep_kept ON denials_releasestep;
CREATE TRIGGER denials_recall_kept BEFORE UPDATE OR DELETE ON denials_recall
    FOR EACH ROW EXECUTE FUNCTION denials_refuse_unless_erased();
CREATE TRIGGER denials_releasestep_kept BEFORE UPDATE OR DELETE ON denials_releasestep
    FOR EACH ROW EXECUTE FUNCTION denials_refuse_unless_erased();
GRANT UPDATE (what, reason) ON denials_recall TO exchange_web, exchange_worker;
GRANT UPDATE (reason) ON denials_releasestep TO exchange_web, exchange_worker;
"""

UNGUARD = """
REVOKE UPDATE (what, reason) ON denials_recall FROM exchange_web, exchange_worker;
REVOKE UPDATE (reason) ON denials_releasestep FROM exchange_web, exchange_worker;
DROP TRIGGER denials_recall_kept ON denials_recall;
DROP TRIGGER denials_releasestep_kept ON denials_releasestep;
CREATE TRIGGER denials_recall_kept BEFORE UPDATE OR DELETE ON denials_recall
    FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
CREATE TRIGGER denials_releasestep_kept BEFORE UPDATE OR DELETE ON denials_releasestep
    FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
DROP FUNCTION denials_refuse_unless_erased();
CREATE OR REPLACE FUNCTION denials_is_erasure(part text, of_version uuid, before jsonb, after jsonb) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    personal text[] := CASE part
        WHEN 'denials_denialparty' THEN ARRAY['name', 'address', 'aliases', 'identifiers']
        WHEN 'denials_denialitem' THEN ARRAY['description', 'description_en']
        WHEN 'denials_denialversion'
            THEN ARRAY['end_use', 'explanation', 'remarks', 'scope_note', 'change_reason', 'search_text']
    END;
    blank jsonb := '{"name": "[erased]", "address": "", "aliases": [], "identifiers": {}}';
    field text;
BEGIN
    IF personal IS NULL OR before - personal <> after - personal THEN
        RETURN false;
    END IF;
    FOREACH field IN ARRAY personal LOOP
        CONTINUE WHEN before -> field IS NOT DISTINCT FROM after -> field OR field = 'search_text';
        IF part = 'denials_denialparty' AND after -> field <> blank -> field
        OR part <> 'denials_denialparty' AND NOT public.denials_is_blanked(before ->> field, after ->> field) THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN EXISTS (
        SELECT 1 FROM public.denials_erasure
        WHERE version_id = of_version AND transaction_number = pg_current_xact_id()::text::bigint
    );
END $$;
DROP FUNCTION denials_is_left(jsonb, jsonb);
"""


class Migration(migrations.Migration):
    dependencies = [("denials", "0015_own_number_of_each_version")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
