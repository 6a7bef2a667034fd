"""Each version holds the issuer's own number as it stood: a later correction rewrites no earlier version."""

from django.db import migrations

import accounts.models.text

#: Recorded versions are sealed; here they take in what was read of them all along.
FILL = """
ALTER TABLE denials_denialversion DISABLE TRIGGER denials_denialversion_sealed;
UPDATE denials_denialversion AS version SET source_reference = denial.source_reference
FROM denials_denial AS denial WHERE denial.id = version.denial_id AND denial.source_reference <> '';
ALTER TABLE denials_denialversion ENABLE TRIGGER denials_denialversion_sealed;
"""


class Migration(migrations.Migration):
    dependencies = [("denials", "0014_attempts_at_reading")]

    operations = [
        migrations.AddField(
            model_name="denialversion",
            name="source_reference",
            field=accounts.models.text.LineField(
                blank=True,
                db_default="",
                default="",
                help_text="The issuer's own number, as this version has it.",
                max_length=80,
            ),
        ),
        migrations.AlterField(
            model_name="denial",
            name="source_reference",
            field=accounts.models.text.LineField(
                blank=True, help_text="The issuer's own number, of the current version.", max_length=80
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
