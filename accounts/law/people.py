"""Who of an authority may be what, and what its administrators may not do: change themselves, or leave nobody."""

from collections.abc import Collection, Mapping
from typing import Final

from accounts.law.errors import RuleBroken

ADMINISTRATOR: Final = "administrator"
#: The roles a body's people may have, by the kind of the body.
ROLES_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "authority": ("officer", "supervisor", "read_only", ADMINISTRATOR),
    "eeas": ("secretariat", "operator", ADMINISTRATOR),
    "commission": ("secretariat", "operator", ADMINISTRATOR),
    "audit": ("auditor", ADMINISTRATOR),
}


class OwnRoles(RuleBroken):
    """Nobody changes what they themselves may do, or removes themselves."""

    code = "own_roles"


class LastAdministrator(RuleBroken):
    """An authority keeps an administrator: the last one is neither removed nor given other roles."""

    code = "last_administrator"


class RoleUnknown(RuleBroken):
    """A person has one role at least, of those the kind of body knows."""

    code = "role_unknown"
    conflict = False


class LogInTaken(RuleBroken):
    """Another person signs in under this name."""

    code = "log_in_taken"
    conflict = False


class StillHolds(RuleBroken):
    """A person who looks after open cases is removed only with somebody who takes them over."""

    code = "still_holds"


class PersonGone(RuleBroken):
    """The person was removed: nothing is changed of them any more."""

    code = "person_gone"


def check_roles(roles: Collection[str], body: str) -> None:
    """Refuse roles the kind of body does not know, and none at all.   :raises RoleUnknown: naming the first."""
    strange = sorted(set(roles) - set(ROLES_OF.get(body, ())))
    if strange or not roles:
        raise RoleUnknown(field="roles", value=strange[0] if strange else "")
