"""Who received what: the recipients' ledger of every denial, kept so that a recall reaches all of them."""

from django.db import models
from django.db.models import Q

from accounts.models import Authority
from denials.models.register import Denial


class DenialRecipient(models.Model):
    """
    What another authority received of a denial: when it was told, first and last read it, exported or mirrored it.

    The issuer is no recipient of its own denial, nor are the auditors. Source: Reg. (EC) No 515/97 Art. 45(4).
    """

    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="recipients")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True, blank=True, help_text="The first notice.")
    first_read_at = models.DateTimeField(null=True, blank=True)
    last_read_at = models.DateTimeField(null=True, blank=True, help_text="To the hour.")
    exported_at = models.DateTimeField(null=True, blank=True, help_text="The last export that held it.")
    mirrored_at = models.DateTimeField(null=True, blank=True, help_text="The last time a national system took it over.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["denial", "authority"], name="denial_recipient_once"),
            models.CheckConstraint(
                condition=Q(first_read_at__isnull=True, last_read_at__isnull=True)
                | Q(first_read_at__isnull=False, last_read_at__isnull=False),
                name="denial_recipient_read_first_and_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.denial_id} to {self.authority_id}"
