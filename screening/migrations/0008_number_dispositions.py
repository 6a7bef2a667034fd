"""Give the dispositions there are their numbers, in the order in which they counted so far."""

from django.db import migrations

# Written once: the trigger that refuses every change is off for this statement alone.
NUMBER = """
    ALTER TABLE screening_disposition DISABLE TRIGGER screening_disposition_written_once;
    UPDATE screening_disposition SET number = numbered.place
    FROM (
        SELECT id, row_number() OVER (PARTITION BY application_id ORDER BY at, id) AS place FROM screening_disposition
    ) AS numbered
    WHERE numbered.id = screening_disposition.id;
    ALTER TABLE screening_disposition ENABLE TRIGGER screening_disposition_written_once;
"""


class Migration(migrations.Migration):
    dependencies = [("screening", "0007_dispositions_in_their_order")]

    operations = [migrations.RunSQL(NUMBER, migrations.RunSQL.noop)]
