"""The verbs of coming in: how people and systems prove who they are, and what follows from it."""

from accounts.law.errors import NotCompetent
from accounts.signing.factors import add_app, add_key, remove_factor, renew_recovery_codes, reset_factors
from accounts.signing.invitations import InvitationOver, invitation_of, invite, set_first_password, set_password
from accounts.signing.people import Given, Proof, Try, prove, record_sign_in, try_factor, try_password
from accounts.signing.sessions import end_session, end_sessions, forget_past
from accounts.signing.tries import Source

__all__ = [
    "Given",
    "InvitationOver",
    "NotCompetent",
    "Proof",
    "Source",
    "Try",
    "add_app",
    "add_key",
    "end_session",
    "end_sessions",
    "forget_past",
    "invitation_of",
    "invite",
    "prove",
    "record_sign_in",
    "remove_factor",
    "renew_recovery_codes",
    "reset_factors",
    "set_first_password",
    "set_password",
    "try_factor",
    "try_password",
]
