from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_webhooks")]

    operations = [
        migrations.AddField(
            model_name="webhook",
            name="algorithm",
            field=models.CharField(db_default="hmac", default="hmac", help_text="hmac or ed25519.", max_length=8),
        ),
    ]
