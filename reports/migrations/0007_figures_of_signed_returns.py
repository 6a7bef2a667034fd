"""What each signed return adds up to; no return was signed off before."""

import django.db.models.deletion
from django.db import migrations, models

import accounts.models.text


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0006_frozen_editions_written_once"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReturnFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(max_length=40)),
                ("destination", accounts.models.text.LineField(blank=True, max_length=120)),
                ("category", models.CharField(blank=True, max_length=8)),
                ("entry", accounts.models.text.LineField(blank=True, max_length=40)),
                ("criterion", models.CharField(blank=True, max_length=1)),
                ("outcome", models.CharField(blank=True, max_length=20)),
                ("dimension", accounts.models.text.LineField(blank=True, max_length=140)),
                ("value", models.BigIntegerField()),
                (
                    "annual_return",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="reports.annualreturn"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
