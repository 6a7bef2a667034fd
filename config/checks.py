"""Misconfiguration, numbered, with a hint. Every process refuses to start while an error stands."""

import zoneinfo
from collections.abc import Callable, Sequence
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from accounts.law.errors import RuleBroken
from consultations.law.terms import check_settings
from denials.law.content import MARKINGS

Messages = list[checks.CheckMessage]
ZONES = ("Europe/Brussels", "Europe/Lisbon", "Europe/Athens", "Europe/Vilnius")
MIGRATIONS_AND_SERVICES_NEED_NONE = "django.db.backends.dummy"


def _error(number: int, text: str, hint: str) -> Messages:
    return [checks.Error(text, hint=hint, id=f"exchange.E{number:03}")]


def test_clock(**_: object) -> Messages:
    if settings.EXCHANGE_TEST_CLOCK_FILE and not settings.EXCHANGE_TEST_MODE:
        return _error(
            1,
            "EXCHANGE_TEST_CLOCK_FILE is set without EXCHANGE_TEST_MODE.",
            "The test clock moves legal time: unset the file, or set EXCHANGE_TEST_MODE=1 where no real case is kept.",
        )
    return []


def secret_key(**_: object) -> Messages:
    if len(settings.SECRET_KEY) < 50:
        return _error(
            2,
            "EXCHANGE_SECRET_KEY is missing or shorter than 50 characters.",
            "Give it, or a file in EXCHANGE_SECRET_KEY_FILE; secrets.token_urlsafe(64) makes one.",
        )
    return []


def hosts(**_: object) -> Messages:
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        return _error(3, "EXCHANGE_HOSTS names no host, or every host.", "Name the hosts served, separated by commas.")
    return []


def demo_on_loopback(**_: object) -> Messages:
    host = urlsplit(settings.EXCHANGE_ADDRESS).hostname or ""
    if settings.LOOPBACK and not _is_loopback(host):
        return _error(
            4,
            "EXCHANGE_DEMO or EXCHANGE_TEST_MODE is set, but EXCHANGE_ADDRESS is not on this machine.",
            "Demo people have published passwords: demo and test mode serve loopback only.",
        )
    return []


def test_mode_or_real(**_: object) -> Messages:
    if settings.EXCHANGE_TEST_MODE and settings.SECURE_PROXY_SSL_HEADER:
        return _error(
            5,
            "EXCHANGE_TEST_MODE is set behind a proxy.",
            "Test mode is for a loopback instance; unset EXCHANGE_BEHIND_PROXY or EXCHANGE_TEST_MODE.",
        )
    return []


def time_zones(**_: object) -> Messages:
    for name in ZONES:
        try:
            zoneinfo.ZoneInfo(name)
        except zoneinfo.ZoneInfoNotFoundError:
            return _error(6, f"The time zone {name} is not available.", "Install the pinned tzdata package.")
    return []


def static_root(**_: object) -> Messages:
    if settings.STATIC_ROOT and not Path(settings.STATIC_ROOT).is_dir():
        return [
            checks.Warning(
                "EXCHANGE_STATIC_ROOT is not a directory.",
                hint="Run manage.py collectstatic with the same EXCHANGE_STATIC_ROOT.",
                id="exchange.W007",
            )
        ]
    return []


def database_role(databases: Sequence[str] | None = None, **_: object) -> Messages:
    """Asked with --database: the role that serves requests owns nothing and passes no row-level security by."""
    if not databases or settings.DATABASES["default"]["ENGINE"] == MIGRATIONS_AND_SERVICES_NEED_NONE:
        return []
    from django.db import connection

    if settings.DATABASES["default"]["USER"] == "exchange_owner":
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        (mighty,) = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        (owned,) = cursor.fetchone()
    if mighty or owned:
        return _error(
            8,
            "The role of DATABASE_URL owns tables or passes row-level security by.",
            "Use exchange_web or exchange_worker of deploy/initdb/roles.sql; migrate with DATABASE_OWNER_URL.",
        )
    return []


def post_leaves(**_: object) -> Messages:
    if not settings.LOOPBACK and not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return [
            checks.Warning(
                "No mail server is set: notices stay in the in-app inbox.",
                hint="Set EXCHANGE_EMAIL_URL=smtp://user:password@host:587?tls=1.",
                id="exchange.W009",
            )
        ]
    return []


def terms(**_: object) -> Messages:
    try:
        check_settings(settings.EXCHANGE_TERMS)
    except RuleBroken as refusal:
        return _error(
            10,
            f"EXCHANGE_TERMS is not accepted: {refusal}.",
            "Name a rule and a field that consultations/law/terms.py marks as settable; what the text fixes is not.",
        )
    return []


def marking_ceiling(**_: object) -> Messages:
    if settings.EXCHANGE_MARKING_CEILING not in MARKINGS:
        return _error(
            11,
            f"EXCHANGE_MARKING_CEILING is {settings.EXCHANGE_MARKING_CEILING!r}, which is no marking.",
            f"Give one of {', '.join(MARKINGS)}; above SENSITIVE only where the system is accredited.",
        )
    return []


def audit_key(**_: object) -> Messages:
    texts = [settings.EXCHANGE_AUDIT_KEY, *settings.EXCHANGE_AUDIT_KEYS_BEFORE]
    if any(0 < len(text) < 32 for text in texts):
        return _error(
            12,
            "EXCHANGE_AUDIT_KEY, or one of EXCHANGE_AUDIT_KEYS_BEFORE, is shorter than 32 characters.",
            "Give it, or a file in EXCHANGE_AUDIT_KEY_FILE; secrets.token_urlsafe(48) makes one.",
        )
    return []


def audit_key_of_its_own(**_: object) -> Messages:
    if settings.EXCHANGE_AUDIT_KEY != settings.SECRET_KEY:
        return []
    return [
        checks.Info(
            "EXCHANGE_AUDIT_KEY is not set: receipts and checkpoints are signed with a key from EXCHANGE_SECRET_KEY.",
            hint="Give it a key of its own, so that each can be replaced without the other.",
            id="exchange.I013",
        )
    ]


def checkpoints(**_: object) -> Messages:
    if not 1 <= settings.EXCHANGE_CHECKPOINT_MINUTES <= 60 or settings.EXCHANGE_WITNESS_HOURS < 0:
        return _error(
            14,
            "EXCHANGE_CHECKPOINT_MINUTES is not between 1 and 60, or EXCHANGE_WITNESS_HOURS is negative.",
            "Checkpoints are signed at least hourly.",
        )
    return []


def sign_ins(**_: object) -> Messages:
    given = (settings.EXCHANGE_SESSION_IDLE_MINUTES, settings.EXCHANGE_SESSION_HOURS, settings.EXCHANGE_REAUTH_MINUTES)
    if any(value < 0 for value in given) or (0 in given and not settings.EXCHANGE_TEST_MODE):
        return _error(
            15,
            "EXCHANGE_SESSION_IDLE_MINUTES, EXCHANGE_SESSION_HOURS or EXCHANGE_REAUTH_MINUTES is not positive.",
            "Sessions end, and acts with legal effect are proven: 30, 12 and 30 are usual.",
        )
    return []


def tokens(**_: object) -> Messages:
    if not 10 <= settings.EXCHANGE_TOKEN_MINUTES <= 60:
        return _error(16, "EXCHANGE_TOKEN_MINUTES is not between 10 and 60.", "A token got with a key lives minutes.")
    if settings.EXCHANGE_QUOTA_MINUTE < 0 or settings.EXCHANGE_QUOTA_DAY < 0:
        return _error(17, "EXCHANGE_QUOTA_MINUTE or EXCHANGE_QUOTA_DAY is negative.", "Give 0 for no limit.")
    return []


def certificates(**_: object) -> Messages:
    if settings.EXCHANGE_CLIENT_CERTIFICATE_HEADER and not settings.EXCHANGE_BEHIND_PROXY:
        return _error(
            18,
            "EXCHANGE_CLIENT_CERTIFICATE_HEADER is set without EXCHANGE_BEHIND_PROXY.",
            "Only a proxy that ends TLS and overwrites the header can vouch for a client's certificate.",
        )
    return []


def test_issuer(**_: object) -> Messages:
    if settings.EXCHANGE_TEST_ISSUER and not settings.EXCHANGE_TEST_MODE:
        return _error(19, "EXCHANGE_TEST_ISSUER is set without EXCHANGE_TEST_MODE.", "Providers are reached by https.")
    return []


def long_tokens(**_: object) -> Messages:
    if not settings.EXCHANGE_LONG_TOKENS:
        return []
    return [
        checks.Info(
            "Tokens of issue_token are accepted, for up to a year.",
            hint="Once every national system proves itself with a key, set EXCHANGE_LONG_TOKENS=0.",
            id="exchange.I020",
        )
    ]


ALWAYS: tuple[Callable[..., Messages], ...] = (
    test_clock,
    secret_key,
    hosts,
    demo_on_loopback,
    test_mode_or_real,
    time_zones,
    static_root,
    terms,
    marking_ceiling,
    audit_key,
    checkpoints,
    sign_ins,
    tokens,
    certificates,
    test_issuer,
)


def register_all() -> None:
    for check in ALWAYS:
        checks.register(check, "exchange")
    checks.register(database_role, checks.Tags.database)
    checks.register(post_leaves, "exchange", deploy=True)
    checks.register(audit_key_of_its_own, "exchange", deploy=True)
    checks.register(long_tokens, "exchange", deploy=True)


def refuse_misconfiguration() -> None:
    """Called where a process starts to serve; manage.py asks by itself."""
    errors = [str(message) for message in checks.run_checks() if message.is_serious()]
    if errors:
        raise ImproperlyConfigured("\n".join(errors))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
