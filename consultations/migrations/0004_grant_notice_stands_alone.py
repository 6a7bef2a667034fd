"""A notice of grant holds what its recipients see, so that they need no access to the case."""

import datetime

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0003_append_only")]

    operations = [
        migrations.AddField(
            "grantnotice", "regime", models.CharField(max_length=32, default=""), preserve_default=False
        ),
        migrations.AddField(
            "grantnotice", "decided_on", models.DateField(default=datetime.date(1970, 1, 1)), preserve_default=False
        ),
        migrations.AddField("grantnotice", "is_undercut", models.BooleanField(default=False), preserve_default=False),
        migrations.AddField(
            "grantnotice",
            "content",
            models.JSONField(
                default=dict,
                help_text="Denials by reference, and the facts shared: what recipients see of the case.",
            ),
            preserve_default=False,
        ),
    ]
