"""A thread keeps the terms it was opened under; those of before get what the settings say now, as they have had."""

from typing import Any

from django.conf import settings
from django.db import migrations, models

from consultations.law.terms import terms_for


def keep_terms(apps: Any, schema_editor: Any) -> None:
    threads = apps.get_model("consultations", "Consultation").objects.filter(terms_used={})
    for thread in threads.iterator(chunk_size=500):
        overrides = getattr(settings, "EXCHANGE_TERMS", None)
        thread.terms_used = terms_for(thread.rule, thread.received_at.date(), overrides).as_data()
        thread.save(update_fields=["terms_used"])


class Migration(migrations.Migration):
    dependencies = [("consultations", "0004_grant_notice_stands_alone")]

    operations = [
        migrations.AddField(
            "consultation",
            "terms_used",
            models.JSONField(default=dict, help_text="The terms as they were used, settings included."),
        ),
        migrations.RunPython(keep_terms, migrations.RunPython.noop),
    ]
