"""What a person keeps for their inbox."""

from django.db import models

from accounts.models import User
from accounts.models.text import LineField


class InboxFilter(models.Model):
    """A choice of the inbox's filters a person has named, to open it again by one click."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="inbox_filters")
    name = LineField(max_length=60)
    chosen = models.JSONField(help_text="Value by filter, e.g. owner and kind.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="inbox_filter_once_by_name")]

    def __str__(self) -> str:
        return self.name
