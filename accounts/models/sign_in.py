"""How people and systems come in: sessions, tries, invitations, identity providers, keys of clients."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils.module_loading import import_string

from accounts.models.organisation import Authority
from accounts.models.people import Client, User
from accounts.models.text import LineField
from accounts.querysets import ClientKeyQuerySet, PersonSessionQuerySet


class PersonSession(AbstractBaseSession):
    """A browser somebody signed in with; deleted, it is over at the next request."""

    handle = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="Names it on pages.")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    device = LineField(max_length=120, blank=True, help_text="Browser and system, as the browser itself says.")
    began_at = models.DateTimeField()
    used_at = models.DateTimeField(help_text="To the minute.")
    proven_at = models.DateTimeField(help_text="When the person last proved who they are.")

    objects = PersonSessionQuerySet.as_manager()  # type: ignore[misc,assignment]  # the stubs give it a narrower place

    def __str__(self) -> str:
        return str(self.handle)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """Return the engine that reads and writes these rows."""
        store: type[SessionBase] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        return store


class SignInTries(models.Model):
    """How often a sign-in failed in a row under one key: a digest of account and network, or of a network alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["last_at"], name="sign_in_tries_by_age")]

    def __str__(self) -> str:
        return f"{self.failures} until {self.last_at:%Y-%m-%d}"


class Invitation(models.Model):
    """A link with which a person sets a password: once, until it expires, unless a later one has replaced it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="invitations")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-invited_at"], name="invitation_latest")]

    def __str__(self) -> str:
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d}"

    def is_good(self, at: datetime) -> bool:
        """Say whether a password may still be set with it."""
        return self.used_at is None and self.withdrawn_at is None and at < self.expires_at


class IdentityProvider(models.Model):
    """An OpenID Connect provider of an authority; it signs in people who are known already, and nobody else."""

    code = models.SlugField(max_length=40, primary_key=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="identity_providers")
    name = LineField(max_length=120)
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    claim = models.CharField(max_length=40, default="email", help_text="Holds what a person is known by here.")
    domains = ArrayField(models.CharField(max_length=120), default=list, help_text="Of addresses it may vouch for.")
    strong = ArrayField(
        models.CharField(max_length=200), default=list, help_text="Values of acr or amr that say a second factor."
    )
    is_active = models.BooleanField(default=True)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class ExternalIdentity(models.Model):
    """Under which subject a provider knows a person: bound at the first sign-in, and never to two."""

    provider = models.ForeignKey(IdentityProvider, on_delete=models.CASCADE, related_name="identities")
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    bound_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="external_identity_once_per_subject"),
            models.UniqueConstraint(fields=["provider", "user"], name="external_identity_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.user_id}"


class ClientKey(models.Model):
    """A public key, or the thumbprint of a certificate, with which a client proves itself; two may be good at once."""

    class Kind(models.TextChoices):
        KEY = "key"
        CERTIFICATE = "certificate"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="keys")
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.KEY)
    thumbprint = models.CharField(max_length=64, help_text="SHA-256 of the public key, or of the certificate.")
    algorithm = models.CharField(max_length=8, blank=True, help_text="EdDSA, ES256 or RS256.")
    public = models.TextField(blank=True, help_text="PEM.")
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ClientKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thumbprint"], condition=Q(ended_at__isnull=True), name="client_key_of_one_client"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thumbprint[:16]}"


class UsedAssertion(models.Model):
    """That a client's assertion was used: it is never taken a second time."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="+")
    jti = models.CharField(max_length=64, help_text="SHA-256 of the assertion's id.")
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "jti"], name="used_assertion_once")]
        indexes = [models.Index(fields=["expires_at"], name="used_assertion_by_age")]

    def __str__(self) -> str:
        return f"{self.client_id} until {self.expires_at:%Y-%m-%d}"


class ClientUse(models.Model):
    """How much a client has called in the minute and the day that run: the quotas count here."""

    client = models.OneToOneField(Client, primary_key=True, on_delete=models.CASCADE, related_name="use")
    minute = models.DateTimeField()
    in_minute = models.PositiveIntegerField(default=0)
    day = models.DateField()
    in_day = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.client_id} {self.in_minute} a minute, {self.in_day} a day"
