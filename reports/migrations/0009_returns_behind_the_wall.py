"""Row-level security: what an authority returns is its own, as far as a page does not count it with all others."""

from django.db import migrations

from accounts.tenant import HERE, unwalled, walled

OWN = f"authority_id = {HERE}"
WITHIN = "EXISTS (SELECT 1 FROM reports_annualreturn AS parent WHERE parent.id = annual_return_id)"
WALLS = {
    "reports_annualreturn": OWN,
    "reports_returnline": WITHIN,
    "reports_returnfigure": WITHIN,
    "reports_returnreminder": OWN,
}


class Migration(migrations.Migration):
    dependencies = [("reports", "0008_figures_are_written_once"), ("accounts", "0014_rows_of_their_authority")]

    operations = [migrations.RunSQL(walled(table, rule), unwalled(table)) for table, rule in WALLS.items()]
