"""What is written once may lose its words, and nothing else: in the transaction that wrote the digest of each value."""

from django.db import migrations

# A value is let go for nothing, for less of itself, or for itself with stretches of its texts put out of sight.
GUARD = """
CREATE FUNCTION exchange_refuse_unless_blanked() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb;
    field text;
    blanked boolean := false;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW);
        blanked := true;
        FOR field IN SELECT jsonb_object_keys(before) LOOP
            CONTINUE WHEN before -> field IS NOT DISTINCT FROM after -> field;
            blanked := blanked AND field = ANY (TG_ARGV) AND (
                after -> field IN ('""', '[]', '{}', '"[erased]"')
                OR jsonb_typeof(before -> field) = 'object' AND before -> field @> (after -> field)
                OR public.denials_is_left(before -> field, after -> field)
            ) AND EXISTS (
                SELECT 1 FROM public.accounts_blanking WHERE table_name = TG_TABLE_NAME
                AND row_key = before ->> 'id' AND column_name = field
                AND transaction_number = pg_current_xact_id()::text::bigint
            );
        END LOOP;
    END IF;
    IF blanked THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
NO_GUARD = "DROP FUNCTION exchange_refuse_unless_blanked()"

#: Written once, and what of each may go.
WORDS = {
    "screening_hit": ("elements",),
    "screening_disposition": ("reason",),
    "consultations_decision": ("reasons",),
    "consultations_grantnotice": ("content", "explanation", "conditions"),
    "consultations_consultationevent": ("text", "data"),
    "consultations_internalnote": ("text",),
    "consultations_answer": ("reasoning",),
}
ONCE = ("accounts_forgetting", "accounts_blanking")
KEPT = ("accounts_retention", "accounts_retentionhold")


def let_go(table: str) -> str:
    columns = WORDS[table]
    return f"""
        DROP TRIGGER {table}_written_once ON {table};
        CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION exchange_refuse_unless_blanked({", ".join(columns)});
        GRANT UPDATE ({", ".join(columns)}) ON {table} TO exchange_web, exchange_worker;
    """


def hold_fast(table: str) -> str:
    return f"""
        REVOKE UPDATE ({", ".join(WORDS[table])}) ON {table} FROM exchange_web, exchange_worker;
        DROP TRIGGER {table}_written_once ON {table};
        CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    """


RIGHTS = "\n".join(
    f"""
    CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
    REVOKE UPDATE, DELETE ON {table} FROM exchange_web, exchange_worker;
    """
    for table in ONCE
) + "\n".join(f"REVOKE DELETE ON {table} FROM exchange_web, exchange_worker;" for table in KEPT)
FREE = "\n".join(f"DROP TRIGGER {table}_written_once ON {table};" for table in ONCE)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0017_retention"),
        ("denials", "0016_erasure_reaches_every_text"),
        ("screening", "0013_forget_erased"),
        ("consultations", "0009_documents_and_four_eyes"),
    ]

    operations = [
        migrations.RunSQL(GUARD, NO_GUARD),
        migrations.RunSQL(RIGHTS, FREE),
        *(migrations.RunSQL(let_go(table), hold_fast(table)) for table in WORDS),
    ]
