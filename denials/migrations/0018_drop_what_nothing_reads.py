"""Nothing reads the words a version once kept, nor files waiting as they did before jobs: both may hold names."""

from django.db import migrations

TABLE = """
CREATE TABLE denials_pendingimport (
    id uuid PRIMARY KEY,
    uploaded_at timestamptz NOT NULL,
    name varchar(255) NOT NULL,
    regime varchar(32) NOT NULL,
    content bytea NOT NULL,
    authority_id uuid NOT NULL REFERENCES accounts_authority (id) DEFERRABLE INITIALLY DEFERRED,
    uploaded_by_id uuid NOT NULL REFERENCES accounts_user (id) DEFERRABLE INITIALLY DEFERRED
)
"""


class Migration(migrations.Migration):
    dependencies = [("denials", "0017_second_officer")]

    operations = [
        migrations.RemoveField(model_name="denialversion", name="search_text"),
        migrations.RunSQL("DROP TABLE IF EXISTS denials_pendingimport", TABLE),
    ]
