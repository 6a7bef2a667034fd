"""The verbs of coming in: how people and systems prove who they are, and what follows from it."""

from accounts.law.errors import NotCompetent
from accounts.signing.factors import add_app, add_key, remove_factor, renew_recovery_codes, reset_factors
from accounts.signing.invitations import (
    InvitationOver,
    invitation_of,
    invite,
    set_first_password,
    set_password,
    withdraw_invitations,
)
from accounts.signing.machines import (
    KeyRefused,
    add_client_key,
    change_client,
    end_client_key,
    record_refusal,
    token_for_assertion,
    token_for_certificate,
)
from accounts.signing.people import Given, Proof, Try, prove, record_sign_in, try_factor, try_password
from accounts.signing.providers import identify, prove_by_provider, register_provider
from accounts.signing.sessions import end_session, end_sessions, forget_past
from accounts.signing.tries import Source

__all__ = [
    "Given",
    "InvitationOver",
    "KeyRefused",
    "NotCompetent",
    "Proof",
    "Source",
    "Try",
    "add_app",
    "add_client_key",
    "add_key",
    "change_client",
    "end_client_key",
    "end_session",
    "end_sessions",
    "forget_past",
    "identify",
    "invitation_of",
    "invite",
    "prove",
    "prove_by_provider",
    "record_refusal",
    "record_sign_in",
    "register_provider",
    "remove_factor",
    "renew_recovery_codes",
    "reset_factors",
    "set_first_password",
    "set_password",
    "token_for_assertion",
    "token_for_certificate",
    "try_factor",
    "try_password",
    "withdraw_invitations",
]
