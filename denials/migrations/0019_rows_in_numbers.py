"""
The rows that find denials, in numbers, words and all in one table; `prepare` makes them anew from the register.

They hold nothing of their own, so that the old ones go first.
"""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F

COUNTED = ("scope", "issue", "destinations", "categories", "entries", "grounds", "authority")


class Migration(migrations.Migration):
    dependencies = [("denials", "0018_drop_what_nothing_reads")]

    operations = [
        migrations.DeleteModel(name="RegisterWords"),
        migrations.DeleteModel(name="RegisterRow"),
        migrations.CreateModel(
            name="RegisterKind",
            fields=[
                ("number", models.AutoField(primary_key=True, serialize=False)),
                ("facet", models.CharField(max_length=12)),
                (
                    "digest",
                    models.CharField(help_text="Of all it holds: there may be hundreds of codes.", max_length=32),
                ),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        help_text="What a row of the kind is counted by.",
                        size=None,
                    ),
                ),
                (
                    "holds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        help_text="What a row of the kind is found by.",
                        size=None,
                    ),
                ),
            ],
            options={"verbose_name_plural": "register kinds"},
        ),
        migrations.AddConstraint(
            model_name="registerkind",
            constraint=models.UniqueConstraint(fields=("digest", "facet"), name="register_kind_once"),
        ),
        migrations.AddIndex(
            model_name="registerkind", index=models.Index(fields=["facet"], name="register_kind_facet")
        ),
        migrations.AddIndex(
            model_name="registerkind",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["holds"], gin_pending_list_limit=256, name="register_kind_holds"
            ),
        ),
        migrations.CreateModel(
            name="RegisterRow",
            fields=[
                ("scope", models.IntegerField(help_text="Regime and audience of what was notified; 0: a draft.")),
                ("issue", models.IntegerField(help_text="Regime, state, authority and status.")),
                ("destinations", models.IntegerField()),
                ("categories", models.IntegerField()),
                ("entries", models.IntegerField()),
                ("grounds", models.IntegerField()),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("review_due_on", models.DateField(blank=True, null=True)),
                ("suspended_until", models.DateField(blank=True, help_text="Of a suspension.", null=True)),
                ("notified_on", models.DateField(blank=True, null=True)),
                (
                    "authority",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.authority",
                    ),
                ),
                (
                    "denial",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="denials.denial",
                    ),
                ),
                (
                    "sequence",
                    models.BigIntegerField(
                        blank=True, help_text="The last change of the register; none: draft.", null=True
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=40)),
                ("words", django.contrib.postgres.search.SearchVectorField()),
                ("names", models.TextField(blank=True, help_text="Names of parties, for what is nearest.")),
            ],
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=models.Index(
                F("decided_on").desc(nulls_last=True),
                F("reference").desc(),
                F("denial"),
                name="register_row_latest",
                include=(*COUNTED, "review_due_on", "suspended_until", "notified_on"),
            ),
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=models.Index(
                F("decided_on").asc(nulls_last=True),
                F("reference").desc(),
                F("denial"),
                name="register_row_earliest",
                include=COUNTED,
            ),
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=models.Index(fields=["reference", "denial"], name="register_row_reference", include=COUNTED),
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=models.Index(
                F("sequence").desc(nulls_last=True), F("denial"), name="register_row_sequence", include=COUNTED
            ),
        ),
        migrations.AddIndex(
            model_name="registerrow",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["words"], gin_pending_list_limit=256, name="register_row_words"
            ),
        ),
    ]
