"""People and the national systems that act for an authority."""

import uuid

from django.contrib.auth.models import AbstractUser, UserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models.organisation import Authority
from accounts.models.text import LineField
from accounts.querysets import AbsenceQuerySet, ClientQuerySet, UserQuerySet


class User(AbstractUser):
    """A person of exactly one authority or secretariat, with one or more roles (`accounts/roles.py`)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, null=True, blank=True, on_delete=models.PROTECT, related_name="people")
    roles = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    language = models.CharField(max_length=8, blank=True)
    team = LineField(max_length=80, blank=True, default="", db_default="")
    inbox_filters = models.JSONField(
        default=list, db_default=[], blank=True, help_text="Choices of the inbox's filters, each with its name."
    )

    objects = UserManager()  # type: ignore[misc]  # the stubs give it a narrower place
    people = UserQuerySet.as_manager()

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Absence(models.Model):
    """That a person is away, both days included, and who stands in; whose cases are theirs too meanwhile."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    stand_in = models.ForeignKey(User, on_delete=models.CASCADE, related_name="stands_in")
    since = models.DateField()
    until = models.DateField()
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gte=models.F("since")), name="absence_ends_after_start"),
            models.CheckConstraint(
                condition=~models.Q(user=models.F("stand_in")), name="absence_nobody_stands_in_for_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} until {self.until}"


class DutyDesk(models.Model):
    """Who looks after what comes in for a regime unless someone else takes it."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="duty_desks")
    regime = models.CharField(max_length=32)
    officer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="duties")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "regime"], name="duty_desk_once_per_regime"),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.officer_id}"


class Client(models.Model):
    """A national licensing system; its scopes are permissions of `accounts/roles.py`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="clients")
    name = LineField(max_length=120)
    scopes = ArrayField(models.CharField(max_length=40), default=list)
    is_active = models.BooleanField(default=True)

    objects = ClientQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class ClientToken(models.Model):
    """A secret of a client, kept as its SHA-256 digest only, valid until `expires_at` unless withdrawn."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="tokens")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(
        models.CharField(max_length=40), null=True, blank=True, help_text="Asked for with it; empty: all of the client."
    )
    is_short = models.BooleanField(default=False, db_default=False, help_text="Got with a key, for minutes.")

    def __str__(self) -> str:
        return f"{self.client_id} until {self.expires_at:%Y-%m-%d}"
