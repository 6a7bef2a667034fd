"""What somebody asked, without filing or by facts filed anew, and the few denials that oblige nobody: by an index."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("screening", "0014_renew_in_batches")]

    operations = [
        AddIndexConcurrently(
            model_name="screening",
            index=models.Index(
                fields=["screened_by_id", "-screened_at"],
                condition=models.Q(("application__isnull", True), ("trigger", "requested"), _connector="OR"),
                name="screening_asked_by",
            ),
        ),
        AddIndexConcurrently(
            model_name="denialindex",
            index=models.Index(fields=["regime"], condition=~models.Q(without_duty=""), name="denial_index_alerting"),
        ),
        RemoveIndexConcurrently(model_name="screening", name="screening_unfiled_by"),
    ]
