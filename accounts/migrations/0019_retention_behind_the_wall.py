"""Row-level security: what is blocked is its parties', a hold that of the authority that placed it."""

from django.db import migrations

from accounts.tenant import HERE, unwalled, walled

WALLS = {
    "accounts_retention": f"{HERE} = ANY (bodies)",
    "accounts_retentionhold": f"authority_id = {HERE}",
}


class Migration(migrations.Migration):
    dependencies = [("accounts", "0018_blanked_with_proof")]

    operations = [migrations.RunSQL(walled(table, rule), unwalled(table)) for table, rule in WALLS.items()]
