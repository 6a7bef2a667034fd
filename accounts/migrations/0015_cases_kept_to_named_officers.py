"""Cases kept to named officers of one authority, and the officers named."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import accounts.models.text
from accounts.tenant import HERE, unwalled, walled

WITHIN = "EXISTS (SELECT 1 FROM accounts_restriction AS kept WHERE kept.id = {})"  # nosec B608 - a constant
WALLS = {
    "accounts_restriction": f"authority_id = {HERE}",
    "accounts_restrictedrecord": WITHIN.format("restriction_id"),
    "accounts_restrictionuserpermission": WITHIN.format("content_object_id"),
}


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0014_rows_of_their_authority"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("case_id", models.UUIDField(help_text="Of the application or thread; it ends with it.")),
                ("reason", accounts.models.text.ProseField()),
                ("since", models.DateTimeField()),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="restrictions",
                        to="accounts.authority",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RestrictedRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject_id", models.UUIDField(db_index=True)),
                (
                    "restriction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="accounts.restriction"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RestrictionUserPermission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "content_object",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="named", to="accounts.restriction"
                    ),
                ),
                ("permission", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="auth.permission")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="restriction",
            constraint=models.UniqueConstraint(fields=("authority", "case_id"), name="restriction_once_per_case"),
        ),
        migrations.AddConstraint(
            model_name="restrictedrecord",
            constraint=models.UniqueConstraint(fields=("restriction", "subject_id"), name="restricted_record_once"),
        ),
        migrations.AlterUniqueTogether(
            name="restrictionuserpermission",
            unique_together={("user", "permission", "content_object")},
        ),
        *(migrations.RunSQL(walled(table, rule), unwalled(table)) for table, rule in WALLS.items()),
    ]
