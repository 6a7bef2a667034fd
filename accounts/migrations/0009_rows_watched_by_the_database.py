"""The database itself keeps the digest of each watched row; what proves is appended, and gets its number once."""

from django.db import migrations

# to_jsonb writes moments in the zone of the session: the functions fix it. A column that is empty says nothing, so that
# adding one that may be empty changes no digest.
DIGEST = """
CREATE FUNCTION exchange_row_digest(content jsonb) RETURNS varchar LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT encode(sha256(convert_to(jsonb_strip_nulls(content)::text, 'UTF8')), 'hex')
$$;
CREATE FUNCTION exchange_note_rows() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp SET timezone = 'UTC' AS $$
BEGIN
    INSERT INTO accounts_rowproof (table_name, row_key, operation, digest, role)
    SELECT TG_TABLE_NAME, content ->> TG_ARGV[0], left(TG_OP, 1),
           CASE TG_OP WHEN 'DELETE' THEN '' ELSE exchange_row_digest(content) END, session_user
    FROM (SELECT to_jsonb(changed) AS content FROM changed) AS one;
    RETURN NULL;
END $$;
CREATE FUNCTION exchange_numbered_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.sequence IS NULL AND NEW.sequence IS NOT NULL
       AND to_jsonb(NEW) - 'sequence' = to_jsonb(OLD) - 'sequence' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rows of % are written once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""
NO_DIGEST = """
DROP FUNCTION exchange_numbered_once(); DROP FUNCTION exchange_note_rows(); DROP FUNCTION exchange_row_digest(jsonb);
"""

ONCE = ("accounts_auditkey", "accounts_checkpoint", "accounts_receipt", "accounts_rowseal")
NUMBERED = ("accounts_reading", "accounts_rowproof")

RIGHTS = "\n".join(
    [
        f"""
        CREATE TRIGGER {table}_written_once BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
        REVOKE UPDATE, DELETE ON {table} FROM exchange_web, exchange_worker;
        """
        for table in ONCE
    ]
    + [
        f"""
        CREATE TRIGGER {table}_numbered_once BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION exchange_numbered_once();
        REVOKE UPDATE, DELETE ON {table} FROM exchange_web, exchange_worker;
        GRANT UPDATE (sequence) ON {table} TO exchange_web, exchange_worker;
        """
        for table in NUMBERED
    ]
    + ["REVOKE INSERT ON accounts_rowproof FROM exchange_web, exchange_worker;"]
)
FREE = "\n".join(
    [f"DROP TRIGGER {table}_written_once ON {table};" for table in ONCE]
    + [f"DROP TRIGGER {table}_numbered_once ON {table};" for table in NUMBERED]
)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0008_witnessed_record")]

    operations = [
        migrations.RunSQL(DIGEST, NO_DIGEST),
        migrations.RunSQL(RIGHTS, FREE),
    ]
