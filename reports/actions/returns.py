"""What is done with an annual return: it is delivered as a dry run, signed off by a supervisor, or given up."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from accounts import audit, outbox, principals
from accounts.law.errors import NotCompetent
from accounts.models import Authority
from accounts.roles import Principal
from reports.law.plausibility import ERROR, WARNING, Finding
from reports.law.returns import (
    RETURN_RULES,
    Line,
    ReturnEvent,
    check_sign_off,
    check_year,
    method_card,
    weigh,
)
from reports.models import AnnualReturn, ReturnLine
from reports.statistics import returns as counted
from reports.statistics.sums import keep_figures
from reports.statistics.years import earliest_year

BATCH = 2000
MOST_FINDINGS = 2000


@transaction.atomic
def deliver_return(
    *,
    authority: Authority,
    regime: str,
    year: int,
    lines: Sequence[Line],
    findings: Sequence[Finding],
    files: Sequence[Mapping[str, str]],
    method: Mapping[str, str],
    method_note: str = "",
    correction: str = "",
    by: Principal,
    now: datetime,
) -> AnnualReturn:
    """
    Keep a return as read and checked; nothing of it is counted before a supervisor signs it off.

    :raises NotCompetent: for another authority's return, or a regime it is not competent for.
    :raises YearNotOver: for a year that has not ended.   :raises MethodUnknown: for an answer the card does not take.
    Source: CP 2008/944/CFSP Art. 8; Reg. (EU) 2021/821 Art. 26(2); Reg. (EU) 2019/125 Art. 26.
    """
    _check_competent(authority, regime, by, now)
    check_year(year, earliest_year(regime), now.date())
    severities = Counter(one.severity for one in findings)
    kept = AnnualReturn(
        authority=authority,
        regime=regime,
        year=year,
        method=method_card(method),
        method_note=method_note,
        correction=correction,
        files=list(files),
        findings=[asdict(one) for one in findings[:MOST_FINDINGS]],
        errors=severities[ERROR],
        warnings=severities[WARNING],
        line_count=len(lines),
        rules=RETURN_RULES,
        delivered_at=now,
        person=principals.user_of(by),
        client_id=by.id if by.kind == "client" else None,
    )
    kept.save(force_insert=True)
    weights = weigh(lines)
    ReturnLine.objects.bulk_create(
        (
            ReturnLine.of(kept, position, line, weight)
            for position, (line, weight) in enumerate(zip(lines, weights, strict=True))
        ),
        batch_size=BATCH,
    )
    after = {"files": list(files), "lines": len(lines), "errors": kept.errors, "warnings": kept.warnings}
    audit.record("return.delivered", subject=kept, by=by, at=now, after=after)
    return kept


def _check_competent(authority: Authority, regime: str, by: Principal, now: datetime) -> None:
    own = by.kind == "system" or by.authority_id == authority.pk
    if not own or authority.kind != Authority.Kind.AUTHORITY or regime not in authority.regimes(now.date()):
        raise NotCompetent(authority.code, regime)


@transaction.atomic
def sign_return(*, return_id: UUID, explanation: str, by: Principal, now: datetime) -> AnnualReturn:
    """
    Sign a return off: from now on it is counted, in the place of the version before.

    :param explanation: what is said to the warnings; needed where there are any.
    :raises ReturnRefused: rows could not be read, or there are none.   :raises ReturnUnexplained: warnings unexplained.
    :raises TransitionRefused: if it was signed or given up already.   :raises NotCompetent: another authority's.
    """
    found = AnnualReturn.objects.select_for_update(of=("self",)).select_related("authority").get(pk=return_id)
    if by.authority_id != found.authority_id:
        raise NotCompetent(by.authority_code, found.regime)
    found.advance(ReturnEvent.SIGN)
    check_sign_off(lines=found.line_count, errors=found.errors, warnings=found.warnings, explanation=explanation)
    Authority.objects.select_for_update().get(pk=found.authority_id)  # one version after the other
    last = _last_signed(found)
    found.version = (last.version or 0) + 1 if last else 1
    found.changes = counted.changes(last, found) if last else []
    keep_figures(found)
    found.signed_at, found.signed_by, found.explanation = now, principals.user_of(by), explanation
    found.save(update_fields=["state", "version", "changes", "signed_at", "signed_by", "explanation"])
    after = {"version": found.version, "lines": found.line_count, "explanation": explanation}
    audit.record("return.signed", subject=found, by=by, at=now, after=after)
    outbox.post("return.signed", to=_secretariats(found.regime, now), subject=found, reference=found.reference, now=now)
    return found


def _last_signed(of: AnnualReturn) -> AnnualReturn | None:
    signed = AnnualReturn.objects.current(of.regime, of.year).filter(authority_id=of.authority_id)
    found: AnnualReturn | None = signed.first()
    return found


def _secretariats(regime: str, now: datetime) -> list[Authority]:
    """The bodies that publish the report of a regime."""
    bodies = Authority.objects.exclude(kind__in=[Authority.Kind.AUTHORITY, Authority.Kind.AUDIT])
    return [one for one in bodies.prefetch_related("competences") if regime in one.regimes(now.date())]


@transaction.atomic
def discard_return(*, return_id: UUID, by: Principal, now: datetime) -> AnnualReturn:
    """
    Give a dry run up: its lines go, that it was delivered stays on record.

    :raises TransitionRefused: if it was signed off.   :raises NotCompetent: for another authority's.
    """
    found = AnnualReturn.objects.select_for_update(of=("self",)).select_related("authority").get(pk=return_id)
    if by.authority_id != found.authority_id:
        raise NotCompetent(by.authority_code, found.regime)
    found.advance(ReturnEvent.DISCARD)
    found.lines.all().delete()
    found.save(update_fields=["state"])
    audit.record("return.discarded", subject=found, by=by, at=now)
    return found
