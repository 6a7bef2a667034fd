"""Lists have versions in force from a day to a day; an entry of one has its successors in another."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import accounts.models.text


class Migration(migrations.Migration):
    dependencies = [("denials", "0007_erasures_and_mirrors")]

    operations = [
        migrations.AddField("controllist", "since", models.DateField(blank=True, null=True)),
        migrations.AddField("controllist", "until", models.DateField(blank=True, null=True)),
        migrations.AddField(
            "controllist",
            "completeness",
            models.CharField(
                db_default="full",
                default="full",
                help_text="full, heads (not all below them), part.",
                max_length=8,
            ),
        ),
        migrations.AddField(
            "controllist",
            "is_held",
            models.BooleanField(db_default=True, default=True, help_text="Its entries are held."),
        ),
        migrations.AddField(
            "controllist", "digest", models.CharField(blank=True, db_default="", default="", max_length=64)
        ),
        migrations.AddField(
            "controllistentry",
            "is_open",
            models.BooleanField(db_default=False, default=False, help_text="Sub-items exist that are not held."),
        ),
        migrations.CreateModel(
            name="EntrySuccession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("from_code", models.CharField(max_length=40)),
                (
                    "to_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        blank=True,
                        default=list,
                        help_text="None if deleted.",
                        size=None,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("renamed", "renamed"),
                            ("split", "split"),
                            ("merged", "merged"),
                            ("deleted", "deleted"),
                            ("moved", "moved"),
                        ],
                        max_length=8,
                    ),
                ),
                ("source", accounts.models.text.ProseField()),
                (
                    "is_verified",
                    models.BooleanField(
                        default=False, help_text="A source says so, not only the like number or subject."
                    ),
                ),
                (
                    "control_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="left", to="denials.controllist"
                    ),
                ),
                (
                    "to_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entered", to="denials.controllist"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "successions of entries",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("control_list", "from_code", "to_list"), name="succession_of_an_entry_once"
                    )
                ],
            },
        ),
    ]
