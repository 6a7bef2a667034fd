import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("consultations", "0009_documents_and_four_eyes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InboxFilter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", accounts.models.text.LineField(max_length=60)),
                ("chosen", models.JSONField(help_text="Value by filter, e.g. owner and kind.")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="inbox_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "name"), name="inbox_filter_once_by_name")],
            },
        ),
    ]
