from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_webhook_algorithm")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="inbox_filters",
            field=models.JSONField(
                blank=True, db_default=[], default=list, help_text="Choices of the inbox's filters, each with its name."
            ),
        ),
    ]
