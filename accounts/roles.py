"""Who may do what, as data a layman can read; and the principal that acts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

HOUSE = frozenset({"people.read", "calendar.read", "setting.read"})

READ = HOUSE | {
    "denial.read",
    "application.read",
    "consultation.read",
    "invitation.read",
    "report.read",
    "return.read",
}

CASEWORK = READ | {
    "denial.draft",
    "denial.notify",
    "denial.amend",
    "denial.revoke",
    "denial.acknowledge",
    "denial.import",
    "application.file",
    "application.screen",
    "application.dispose",
    "consultation.open",
    "consultation.answer",
    "consultation.extend",
    "consultation.withdraw",
    "decision.record",
    "return.deliver",
    "delivery.again",
}

ROLES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        # Works cases: notifies denials, files and screens applications, consults and answers.
        "officer": CASEWORK | {"denial.release", "case.restrict", "case.invite"},
        # An officer who also sees how the work is spread and what was done in the authority's name, oversees
        # restricted cases unless the authority chose otherwise, and signs the authority's annual returns off.
        "supervisor": CASEWORK
        | {"case.restrict", "case.invite", "case.oversee"}
        | {"denial.release", "denial.erase", "work.oversee", "audit.read", "setting.manage", "rules.propose"}
        | {"return.sign"},
        # Sees what an officer of the authority sees and changes nothing.
        "read_only": READ,
        # Looks after the people, calendars and clients of the own authority; sees no cases.
        "administrator": HOUSE
        | {"people.manage", "calendar.manage", "client.read", "client.manage", "setting.manage", "delivery.again"},
        # Reads the audit trail, the register and the tables; changes nothing.
        "auditor": HOUSE | {"audit.read", "audit.question", "denial.read", "report.read"},
        # EEAS or Commission: notifications and counts of its regimes, no applications, no threads; it follows recalls
        # and records when the exchange could not be used.
        "secretariat": HOUSE
        | {
            "denial.read",
            "denial.acknowledge",
            "invitation.read",
            "report.read",
            "report.draft",
            "unavailability.record",
            "webhook.approve",
            "delivery.again",
            "report.freeze",
            "return.follow",
        },
        # Runs the exchange: whether it lives and keeps up, in ages; no case, no register, no table, no trail.
        "operator": HOUSE | {"operation.read"},
    }
)

# What a national system's client may be given; nothing a person alone may do.
SCOPES: frozenset[str] = CASEWORK - HOUSE

# What has legal effect, or decides who may do it: a person proves again who they are before it, once in a while.
LEGAL_EFFECT: frozenset[str] = frozenset(
    {
        "denial.notify",
        "denial.release",
        "denial.amend",
        "denial.revoke",
        "denial.erase",
        "denial.acknowledge",
        "denial.import",
        "consultation.open",
        "consultation.answer",
        "consultation.extend",
        "consultation.withdraw",
        "decision.record",
        "application.dispose",
        "case.restrict",
        "case.invite",
        "return.sign",
        "report.freeze",
        "rules.propose",
        "unavailability.record",
        "calendar.manage",
        "setting.manage",
        "people.manage",
        "client.manage",
        "webhook.approve",
    }
)


@dataclass(frozen=True)
class Principal:
    """
    Whoever acts: a person, a national system's client, or the system itself.

    `body` is the kind of the authority (authority, eeas, commission, audit), `regimes` those it may
    see today, `state` its ISO 3166 code ("" for secretariats and auditors).
    """

    kind: str
    id: UUID | None = None
    authority_id: UUID | None = None
    authority_code: str = ""
    state: str = ""
    body: str = ""
    regimes: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()
    name: str = ""

    def may(self, permission: str) -> bool:
        """Say whether a permission of this file is held."""
        return permission in self.permissions

    @property
    def is_known(self) -> bool:
        """False for a visitor who has not signed in."""
        return self.kind != "visitor"

    @property
    def key(self) -> str:
        """A stable name for this principal, used as the idempotency key space."""
        return f"{self.kind}:{self.id or ''}"


SYSTEM = Principal(kind="system", name="system")
VISITOR = Principal(kind="visitor")


def permissions_of(roles: Iterable[str]) -> frozenset[str]:
    """Return the union of what the roles may do; an unknown role gives nothing."""
    return frozenset().union(*(ROLES.get(role, frozenset()) for role in roles))
