import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_rows_watched_by_the_database"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditQuestion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("terms", models.JSONField(default=dict)),
                ("reason", accounts.models.text.ProseField()),
                ("asked_at", models.DateTimeField()),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["-asked_at"], name="audit_question_latest")],
            },
        ),
        migrations.RunSQL(
            """
            CREATE TRIGGER accounts_auditquestion_written_once BEFORE UPDATE OR DELETE ON accounts_auditquestion
                FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
            REVOKE UPDATE, DELETE ON accounts_auditquestion FROM exchange_web, exchange_worker;
            """,
            "DROP TRIGGER accounts_auditquestion_written_once ON accounts_auditquestion",
        ),
    ]
