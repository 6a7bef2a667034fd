"""Row-level security: applications, screenings and what was made of them are their authority's own."""

from django.db import migrations

from accounts.tenant import HERE, unwalled, walled

OWN = f"authority_id = {HERE}"


def within(parent: str, key: str) -> str:
    return f"EXISTS (SELECT 1 FROM {parent} AS parent WHERE parent.id = {key})"  # nosec B608 - constants


WALLS = {
    "screening_application": OWN,
    "screening_applicationitem": within("screening_application", "application_id"),
    "screening_applicationparty": within("screening_application", "application_id"),
    "screening_applicationdestination": within("screening_application", "application_id"),
    "screening_disposition": within("screening_application", "application_id"),
    "screening_screening": OWN,
    "screening_hit": within("screening_screening", "screening_id"),
    "screening_rulechange": OWN,
    "screening_bulkjob": OWN,
    "screening_bulkrow": OWN,
    "screening_enumerationalarm": OWN,
}


class Migration(migrations.Migration):
    dependencies = [("screening", "0015_facts_asked_anew"), ("accounts", "0014_rows_of_their_authority")]

    operations = [migrations.RunSQL(walled(table, rule), unwalled(table)) for table, rule in WALLS.items()]
