"""What was blanked of a person, by digest: that it stood there can be proven, what stood there is gone."""

import uuid

from django.db import models

from accounts.models import User
from accounts.models.record import WrittenOnce
from accounts.models.text import ProseField
from denials.models.register import DenialVersion


class Erasure(WrittenOnce):
    """
    One value of one version that was blanked, with the salted SHA-256 of what stood there; written once.

    The database lets a recorded version be blanked only in the transaction that wrote such a row for it; it sets
    `transaction_number` itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(DenialVersion, on_delete=models.PROTECT, related_name="erasures")
    path = models.CharField(max_length=80, help_text="Where in the version it stood, such as parties[0].name.")
    digest = models.CharField(max_length=64)
    basis = ProseField(help_text="Why: the article, the decision or the request it rests on. No personal data.")
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    transaction_number = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["version", "path"], name="erasure_by_version")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.path}"


class ErasureSalt(models.Model):
    """The salt of a digest, kept apart: without it the digest links to nothing any more (docs/adr/0005)."""

    erasure = models.OneToOneField(Erasure, on_delete=models.DO_NOTHING, primary_key=True, related_name="salt")
    value = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.erasure_id)
