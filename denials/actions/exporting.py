"""What leaves the register in a file is noted: in the audit trail, and with each issuer as received."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, principals
from accounts.roles import Principal
from denials import ledger
from denials.models import Denial


@transaction.atomic
def export_register(
    *, denials: Sequence[UUID], form: str, asked: str, sequence: int, by: Principal, now: datetime
) -> None:
    """
    Note that denials leave in a file.

    :param asked: what was asked for, as in the address.   :param sequence: the state of the register written.
    """
    ledger.note_exported(denials, by, at=now)
    after = {"form": form, "asked": asked, "denials": len(denials), "register_sequence": sequence}
    audit.record("register.exported", subject=principals.authority_of(by), by=by, at=now, after=after)


@transaction.atomic
def export_dossier(*, denial: Denial, by: Principal, now: datetime) -> None:
    """Note that the dossier of a denial was written out."""
    ledger.note_exported([denial], by, at=now)
    audit.record("denial.exported", subject=denial, by=by, at=now, after={"form": "pdf"})
