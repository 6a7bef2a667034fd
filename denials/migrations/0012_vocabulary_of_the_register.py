"""Words near to one asked for are looked up in a vocabulary; the text of each row is not needed for it."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("denials", "0011_courts_recalls_and_reminders")]

    operations = [
        migrations.CreateModel(
            name="RegisterVocabulary",
            fields=[("word", models.CharField(max_length=64, primary_key=True, serialize=False))],
            options={"verbose_name_plural": "register vocabulary"},
        ),
        migrations.AddIndex(
            model_name="registervocabulary",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["word"],
                gin_pending_list_limit=256,
                name="register_vocabulary_word",
                opclasses=["gin_trgm_ops"],
            ),
        ),
        migrations.RemoveIndex(model_name="registerwords", name="register_words_text"),
        migrations.RemoveField(model_name="registerwords", name="text"),
    ]
