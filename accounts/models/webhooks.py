"""Where an authority's system is told of notices."""

import uuid

from django.db import models
from django.db.models import Q

from accounts.models.organisation import Authority
from accounts.querysets import WebhookQuerySet


class Webhook(models.Model):
    """
    An address of an authority's system that receives its notices, ids only, once a secretariat has approved it.

    The secret is derived from `generation` and stored nowhere; the one before is good until `previous_until`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="webhooks")
    url = models.URLField(max_length=300)
    algorithm = models.CharField(max_length=8, default="hmac", db_default="hmac", help_text="hmac or ed25519.")
    generation = models.PositiveIntegerField(default=1)
    previous_until = models.DateTimeField(null=True, blank=True)
    registered_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "url"], condition=Q(ended_at__isnull=True), name="webhook_once_per_address"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="webhook_approved_at_and_by",
            ),
        ]

    def __str__(self) -> str:
        return self.url
