"""Take in a file of denials decided in the past: read, check, say what would happen, then do it as a whole."""

from datetime import datetime
from typing import Any

from accounts.models import Authority
from accounts.roles import Principal
from denials.actions import take_in_file
from denials.imports import plan as planning
from denials.imports.plan import Plan
from denials.imports.tables import MOST_ROWS, FileRefused

__all__ = ["MOST_AT_A_DOOR", "FileRefused", "Plan", "make_plan", "take_in"]

MOST_AT_A_DOOR = 2_000  # rows over page or REST, within one request; the command takes the rest


def make_plan(
    content: bytes,
    *,
    name: str,
    authority: Authority,
    regime: str = "",
    now: datetime,
    most: int = MOST_ROWS,
    apart: bool = False,
) -> Plan:
    """
    Return the plan of a file that is taken in as a whole or not at all, new denials only.

    :param most: rows and denials planned; more are refused.   :param apart: whether larger workbooks are read too.
    :raises FileRefused: if the file cannot be read at all.
    """
    given: dict[str, Any] = {"name": name, "authority": authority, "regime": regime, "now": now}
    return planning.as_strict(planning.make_plan(content, **given, most=most, apart=apart, alone=True))


def take_in(plan: Plan, *, by: Principal, now: datetime, dry_run: bool = False) -> dict[str, Any]:
    """Do what a plan says, unless it has errors, changes nothing or is only to be shown; return the report."""
    report = plan.as_data() | {"dry_run": dry_run, "imported": 0, "references": []}
    if plan.errors or not plan.new or dry_run:
        return report
    file = take_in_file(
        name=plan.name,
        digest=plan.digest,
        denials=plan.new,
        authority=plan.authority,
        report=plan.as_data(),
        by=by,
        now=now,
    )
    report["imported"] = len(plan.new)
    report["references"] = [
        {"row": row.row_number, "reference": row.denial.reference, "id": str(row.denial_id)}
        for row in file.rows.select_related("denial").order_by("pk")
    ]
    return report
