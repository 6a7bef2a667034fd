"""Acts upon denials in force, and files, wait for a second officer as drafts do."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER denials_proposedact_kept BEFORE UPDATE ON denials_proposedact
    FOR EACH ROW EXECUTE FUNCTION exchange_refuse_change();
REVOKE UPDATE ON denials_proposedact FROM exchange_web, exchange_worker;
"""
GIVEN_UP = """
GRANT UPDATE ON denials_proposedact TO exchange_web, exchange_worker;
DROP TRIGGER denials_proposedact_kept ON denials_proposedact;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("denials", "0016_erasure_reaches_every_text"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="releasestep",
            name="event",
            field=models.CharField(
                db_default="notify", default="notify", help_text="The act it is about.", max_length=16
            ),
        ),
        migrations.AddField(
            model_name="importjob",
            name="submitted_at",
            field=models.DateTimeField(blank=True, help_text="To a second officer.", null=True),
        ),
        migrations.AddField(
            model_name="importjob",
            name="released_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="ProposedAct",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("event", models.CharField(max_length=16)),
                (
                    "based_on",
                    models.PositiveSmallIntegerField(help_text="Number of the version it is to follow upon."),
                ),
                ("given", models.JSONField(help_text="The act in full, as it was submitted.")),
                ("proposed_at", models.DateTimeField()),
                ("principal", models.CharField(help_text="Who it was, also where it was no person.", max_length=80)),
                (
                    "denial",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed_act",
                        to="denials.denial",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.RunSQL(KEPT, GIVEN_UP),
    ]
