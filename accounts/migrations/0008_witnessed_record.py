import uuid

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

import accounts.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_inbox_filters"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditKey",
            fields=[
                ("key", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("public", models.CharField(max_length=64)),
                ("since", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("subject_id", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("act", models.CharField(max_length=48)),
                ("issued_at", models.DateTimeField()),
                ("statement", models.JSONField()),
                ("signature", models.CharField(blank=True, max_length=128)),
                (
                    "transaction",
                    models.BigIntegerField(help_text="Of the database, so that the answer to the act can name it."),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="accounts.authority"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RowSeal",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("proofs", models.JSONField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="auditrecord",
            name="digest_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="auditrecord",
            name="digest_salt",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="auditrecord",
            name="form",
            field=models.PositiveSmallIntegerField(db_default=1, default=2, help_text="Which columns the hash covers."),
        ),
        migrations.AddField(
            model_name="auditrecord",
            name="seal",
            field=models.CharField(
                blank=True, db_default="", default="", help_text="The hash under the key.", max_length=64
            ),
        ),
        migrations.AddField(
            model_name="auditsalt",
            name="reason",
            field=accounts.models.text.ProseField(
                blank=True, db_default="", default="", help_text="Why, in words, where an act states it."
            ),
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("sequence", models.BigIntegerField()),
                ("head", models.CharField(max_length=64)),
                ("at", models.DateTimeField()),
                ("key", models.CharField(max_length=16)),
                ("signature", models.CharField(max_length=128)),
            ],
            options={
                "indexes": [models.Index(fields=["-at"], name="checkpoint_latest")],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor_kind", models.CharField(max_length=8)),
                ("actor_id", models.CharField(blank=True, max_length=40)),
                ("authority_id", models.UUIDField(null=True)),
                ("route", models.CharField(max_length=80)),
                ("subjects", models.JSONField(default=list, help_text="Ids of what was shown.")),
                ("terms", models.JSONField(default=list, help_text="Names of the query's parameters.")),
                ("query", models.CharField(blank=True, help_text="Keyed digest of the query.", max_length=64)),
                ("sequence", models.BigIntegerField(help_text="Its record in the chain, given once.", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("sequence__isnull", True)), fields=["at"], name="reading_waits"),
                    models.Index(fields=["actor_id", "at"], name="reading_by_actor"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["subjects"], name="reading_by_subject", opclasses=["jsonb_path_ops"]
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceiptContent",
            fields=[
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="content",
                        serialize=False,
                        to="accounts.receipt",
                    ),
                ),
                ("nonce", models.CharField(max_length=32)),
                ("content", models.JSONField()),
            ],
        ),
        migrations.CreateModel(
            name="RowProof",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table_name", models.CharField(max_length=63)),
                ("row_key", models.CharField(max_length=64)),
                ("operation", models.CharField(help_text="I, U, D; B where the watching began.", max_length=1)),
                ("digest", models.CharField(blank=True, max_length=64)),
                ("role", models.CharField(help_text="The database role that changed it.", max_length=63)),
                ("sequence", models.BigIntegerField(help_text="The seal that covers it, given once.", null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["table_name", "row_key", "-id"], name="row_proof_latest"),
                    models.Index(condition=models.Q(("sequence__isnull", True)), fields=["id"], name="row_proof_waits"),
                    models.Index(fields=["sequence"], name="row_proof_by_seal"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["authority", "-issued_at"], name="receipt_by_authority"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["subject_id"], name="receipt_by_subject"),
        ),
        migrations.AddIndex(
            model_name="receipt",
            index=models.Index(fields=["transaction"], name="receipt_by_transaction"),
        ),
    ]
