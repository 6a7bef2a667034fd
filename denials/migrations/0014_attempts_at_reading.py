"""How often reading a file was begun: one on which every reader breaks is refused in the end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("denials", "0013_count_rows_by_one_key")]

    operations = [
        migrations.AddField(
            model_name="importjob",
            name="attempts",
            field=models.PositiveSmallIntegerField(db_default=0, default=0, help_text="Times its reading was begun."),
        ),
    ]
