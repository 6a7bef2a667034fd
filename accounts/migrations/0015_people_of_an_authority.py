from django.db import migrations

import accounts.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_sessions_factors_keys_of_clients"),
        ("accounts", "0011_tries_begun"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="team",
            field=accounts.models.text.LineField(blank=True, db_default="", default="", max_length=80),
        ),
    ]
