from django.db import migrations

import accounts.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0015_cases_kept_to_named_officers"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="team",
            field=accounts.models.text.LineField(blank=True, db_default="", default="", max_length=80),
        ),
    ]
