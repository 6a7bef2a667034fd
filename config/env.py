"""The environment is read here and nowhere else. A variable NAME may be given as a file in NAME_FILE."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    file = os.environ.get(f"{name}_FILE")
    if name not in os.environ and file:
        return Path(file).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = text(name, "1" if default else "0").strip().lower()
    if value in YES | NO:
        return value in YES
    raise ImproperlyConfigured(f"{name} is {value!r}; give 1 or 0.")


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is {value!r}; give a whole number.") from None


def words(name: str) -> list[str]:
    return [word.strip() for word in text(name).split(",") if word.strip()]


def mapping(name: str) -> dict[str, object]:
    """A JSON object, such as EXCHANGE_TERMS={"arms.4": {"silence": "none"}}."""
    value = text(name, "{}")
    try:
        found = json.loads(value)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ImproperlyConfigured(f"{name} is {value!r}; give a JSON object.")
    return found


@dataclass(frozen=True)
class Address:
    """The parts of a URL such as postgres://user:password@host:5432/name?sslmode=require."""

    scheme: str
    host: str
    port: int | None
    user: str
    password: str
    path: str
    query: dict[str, str]


def address(name: str, value: str) -> Address:
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a URL.") from None
    return Address(
        scheme=parts.scheme,
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        path=unquote(parts.path),
        query=dict(parse_qsl(parts.query)),
    )


def database_url() -> str:
    """The owner migrates and loads reference data; everything else runs as a role that owns nothing."""
    if text("EXCHANGE_ROLE") == "owner":
        return text("DATABASE_OWNER_URL") or text("DATABASE_URL")
    return text("DATABASE_URL")


def database(url: str) -> dict[str, object]:
    """Django's settings of one database; the dummy back end when none is named, so that nothing connects by chance."""
    if not url:
        return {"ENGINE": "django.db.backends.dummy"}
    parts = address("DATABASE_URL", url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL begins with postgres://; no other database is supported.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": parts.user,
        "PASSWORD": parts.password,
        "HOST": parts.host,
        "PORT": parts.port or 5432,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "application_name": "exchange", **parts.query},
    }


def mail(url: str) -> dict[str, object]:
    """Django's e-mail settings: smtp://user:password@host:587?tls=1, file:///directory, or console: ."""
    parts = address("EXCHANGE_EMAIL_URL", url)
    if parts.scheme == "smtp":
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "EMAIL_HOST": parts.host,
            "EMAIL_PORT": parts.port or 25,
            "EMAIL_HOST_USER": parts.user,
            "EMAIL_HOST_PASSWORD": parts.password,
            "EMAIL_USE_TLS": parts.query.get("tls") == "1",
            "EMAIL_USE_SSL": parts.query.get("ssl") == "1",
            "EMAIL_TIMEOUT": 15,
        }
    if parts.scheme == "file":
        return {"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend", "EMAIL_FILE_PATH": parts.path}
    if parts.scheme == "console":
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    raise ImproperlyConfigured("EXCHANGE_EMAIL_URL begins with smtp://, file:/// or console: .")
