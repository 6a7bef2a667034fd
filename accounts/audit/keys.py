"""The keys the exchange signs with: the present one and those before it, from the environment."""

from datetime import datetime
from functools import lru_cache

from django.conf import settings

from accounts.law.witness import Key
from accounts.models import AuditKey


@lru_cache(maxsize=8)
def _derived(text: str) -> Key:
    return Key.of(text)


def present() -> Key | None:
    """Return the key to sign with, None where none is configured."""
    return _derived(settings.EXCHANGE_AUDIT_KEY) if settings.EXCHANGE_AUDIT_KEY else None


def held() -> list[Key]:
    """Return every key whose secret is held: the present one and those before it."""
    texts = [settings.EXCHANGE_AUDIT_KEY, *settings.EXCHANGE_AUDIT_KEYS_BEFORE]
    return [_derived(text) for text in texts if text]


def publish(key: Key, *, now: datetime) -> bool:
    """Put the public part of a key on record; say whether it is new."""
    row, made = AuditKey.objects.get_or_create(key=key.id, defaults={"public": key.public.hex(), "since": now})
    return made and row.public == key.public.hex()
