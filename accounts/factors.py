"""
Second factors: how their secrets are kept, and whether what somebody gives is right.

Rows and checks are django-allauth's; a code counts once, by a number kept with the secret (docs/adr/0200).
"""

import base64
import json
from io import BytesIO
from typing import Any, Final

import qrcode
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from accounts.models import User

TOTP, KEY, CODES = Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN, Authenticator.Type.RECOVERY_CODES
LAST: Final = "last_counter"  # of a TOTP row: no code up to it counts again


class Adapter(DefaultMFAAdapter):
    """What the library asks of us: secrets are encrypted, and what a device shows says which exchange it is."""

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _vault().decrypt(encrypted_text.encode("ascii")).decode()
        except InvalidToken:
            raise ValidationError(_("This factor was kept under another key of the exchange."), code="key") from None

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        return {"id": user.pk.bytes, "display_name": str(user), "name": user.username}


def of_person(user: User) -> list[Authenticator]:
    """Return what a person has, the oldest first; recovery codes are none of them."""
    return list(Authenticator.objects.filter(user=user).exclude(type=CODES).order_by("created_at", "pk"))


def is_enrolled(user: User) -> bool:
    """Say whether a person has a second factor."""
    return Authenticator.objects.filter(user=user).exclude(type=CODES).exists()


def new_secret() -> str:
    """Return a secret for an authenticator app."""
    return str(totp.generate_totp_secret())


def picture_of(user: User, secret: str) -> str:
    """Return the address an app reads from the screen, as an image in itself."""
    image = qrcode.make(Adapter().build_totp_url(user, secret), image_factory=SvgPathImage)
    drawn = BytesIO()
    image.save(drawn)
    return f"data:image/svg+xml;base64,{base64.b64encode(drawn.getvalue()).decode('ascii')}"


def counter_of(secret: str, code: str) -> int | None:
    """Return the step of time whose code this is, None for a wrong one."""
    given = code.replace(" ", "").replace("-", "")
    for counter in totp.yield_hotp_counters_from_time():
        if totp.compare_user_code(actual=given, expected=totp.format_hotp_value(totp.hotp_value(secret, counter))):
            return int(counter)
    return None


def keep_app(user: User, secret: str, counter: int) -> Authenticator:
    """Keep an authenticator app whose first code was right; it replaces the one before."""
    Authenticator.objects.filter(user=user, type=TOTP).delete()
    made: Authenticator = totp.TOTP.activate(user, secret).instance
    made.data[LAST] = counter
    made.save(update_fields=["data"])
    return made


def takes_app_code(user: User, code: str) -> Authenticator | None:
    """Take a code of a person's app, once; None for a wrong one or one that was used."""
    row = Authenticator.objects.select_for_update().filter(user=user, type=TOTP).first()
    if row is None:
        return None
    counter = counter_of(Adapter().decrypt(row.data["secret"]), code)
    if counter is None or counter <= row.data.get(LAST, 0):
        return None
    row.data[LAST] = counter
    row.save(update_fields=["data"])
    return row


def next_app_code(user: User) -> str:
    """Return the code a person's app would show next that was not used yet: the demonstration fills it in."""
    row = Authenticator.objects.filter(user=user, type=TOTP).first()
    if row is None:
        return ""
    now, steps = row.data.get(LAST, 0), sorted(totp.yield_hotp_counters_from_time())
    fresh = [step for step in steps[1:] if step > now]
    value = totp.hotp_value(Adapter().decrypt(row.data["secret"]), fresh[0]) if fresh else None
    return "" if value is None else str(totp.format_hotp_value(value))


def takes_recovery_code(user: User, code: str) -> Authenticator | None:
    """Take a recovery code, once."""
    row = Authenticator.objects.select_for_update().filter(user=user, type=CODES).first()
    return row if row is not None and RecoveryCodes(row).validate_code(code) else None


def new_recovery_codes(user: User) -> list[str]:
    """Make new recovery codes in place of all before, and return them: the only time they are shown."""
    Authenticator.objects.filter(user=user, type=CODES).delete()
    return list(RecoveryCodes.activate(user).generate_codes())


def recovery_codes_left(user: User) -> int:
    """Return how many recovery codes were not used."""
    row = Authenticator.objects.filter(user=user, type=CODES).first()
    return len(RecoveryCodes(row).get_unused_codes()) if row is not None else 0


def registration_of(user: User) -> str:
    """Return what a browser is asked for to register a security key; the challenge is kept with the session."""
    return json.dumps(webauthn.begin_registration(user, passwordless=False))


def question_of(user: User) -> str:
    """Return what a browser is asked to have a person's security key answer; "" without one."""
    if not Authenticator.objects.filter(user=user, type=KEY).exists():
        return ""
    return json.dumps(webauthn.begin_authentication(user))


def keep_key(user: User, name: str, answer: str) -> Authenticator | None:
    """Keep a security key whose answer to the registration is right; None for any other."""
    given = _read(answer)
    try:
        webauthn.parse_registration_response(given)
        webauthn.complete_registration(given)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    made: Authenticator = webauthn.WebAuthn.add(user, name, given).instance
    return made


def takes_key_answer(user: User, answer: str) -> Authenticator | None:
    """Take the answer of one of a person's security keys to the question kept with the session; None for any other."""
    given = _read(answer)
    try:
        webauthn.parse_authentication_response(given)
        found: Authenticator = webauthn.complete_authentication(user, given)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return None
    return found


def _read(answer: str) -> dict[str, Any]:
    try:
        given = json.loads(answer)
    except (ValueError, RecursionError):
        return {}
    return given if isinstance(given, dict) else {}


def _vault() -> MultiFernet:
    texts = [settings.EXCHANGE_FACTOR_KEY, *settings.EXCHANGE_FACTOR_KEYS_BEFORE]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(text))) for text in texts])


def _key(text: str) -> bytes:
    return salted_hmac("accounts.factors", "vault", secret=text, algorithm="sha256").digest()
