"""Editions that were signed off and frozen: what was published, and what proves it."""

import uuid

from django.db import models

from accounts.models import User
from accounts.models.record import WrittenOnce
from accounts.models.text import ProseField
from reports.law.figures import YearCount
from reports.models.editions import Edition, count_of
from reports.querysets import EditionQuerySet


class FrozenEdition(WrittenOnce):
    """
    A draft signed off by the secretariat: every file is made from it, byte for byte the same, whenever it is asked for.

    `content` holds the figures, `words` the tables with their titles and footnotes as they were printed (full and
    public), `manifest` the state of the register, the versions of rules and returns, and the digest of each file.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    regime = models.CharField(max_length=32)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(help_text="1 is the first edition; later ones correct it.")
    draft = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="frozen")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    remark = ProseField(blank=True)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    words = models.JSONField()
    manifest = models.JSONField()
    checks = models.JSONField()
    corrections = models.JSONField(help_text="What differs from the edition before.")

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["regime", "year", "number"], name="frozen_edition_number_once"),
        ]

    def count(self) -> YearCount:
        """Return the figures as they were counted."""
        return count_of(self.regime, self.year, self.draft.register_sequence, self.content)

    @property
    def digest_of_count(self) -> str:
        """What tells its figures from those of another."""
        return str(self.manifest["count"])

    def __str__(self) -> str:
        return f"{self.regime} {self.year} edition {self.number}"
