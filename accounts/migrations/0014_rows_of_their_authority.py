"""Row-level security: who acts is read from the transaction; the post and choices of an authority are its own."""

from django.db import migrations

from accounts.tenant import HERE, unwalled, walled

FUNCTIONS = """
CREATE FUNCTION exchange_tenant() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT NULLIF(current_setting('exchange.authority', true), '')::uuid $$;
CREATE FUNCTION exchange_everywhere() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
    $$ SELECT coalesce(current_setting('exchange.principal', true), '') = 'system' $$;
"""
SOMEBODY = f"{HERE} IS NOT NULL"
WALLS = {
    # Whoever acts tells others; what they were told only they read.
    "accounts_notice": (f"recipient_id = {HERE}", SOMEBODY),
    "accounts_receipt": (f"authority_id = {HERE}", ""),
    "accounts_receiptcontent": ("EXISTS (SELECT 1 FROM accounts_receipt AS held WHERE held.id = receipt_id)", ""),
}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_sessions_factors_keys_of_clients")]

    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION exchange_tenant(); DROP FUNCTION exchange_everywhere();"),
        *(
            migrations.RunSQL(walled(table, readable, written=written), unwalled(table))
            for table, (readable, written) in WALLS.items()
        ),
    ]
