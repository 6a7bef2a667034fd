"""The secretariat signs a draft off: it is frozen with what proves it, and published in two editions."""

import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from accounts import audit, outbox, principals
from accounts.law.errors import FieldMissing, NotCompetent, RuleBroken
from accounts.law.settings import DENIALS_BY_STATE
from accounts.models import Authority, AuthoritySetting, Competence, Ledger
from accounts.roles import Principal
from reports import statistics
from reports.exports import FORMATS, Report, digests_of, files_of, files_of_each, kept, report_from, report_of
from reports.law.disclosure import Disclosure
from reports.law.figures import COUNTING_RULES, YearCount
from reports.law.public import Public, public
from reports.law.reconciliation import Check, corrections, fails, reconcile
from reports.law.returns import RETURN_RULES
from reports.law.tables import tables
from reports.models import AnnualReturn, Edition, FrozenEdition
from reports.models.editions import stored
from reports.statistics.register import register_sums

FULL, PUBLIC = "full", "public"


class EditionStale(RuleBroken):
    """The draft no longer says what is counted: draft it anew."""

    code = "edition_stale"


class EditionDisagrees(RuleBroken):
    """A table does not agree with the register or with another; `checks` names which."""

    code = "edition_disagrees"
    article = "CP 2008/944/CFSP Art. 8"


class EditionUnchanged(RuleBroken):
    """The last edition says the same."""

    code = "edition_unchanged"


class EditionAltered(RuleBroken):
    """A file comes out otherwise than it was signed, so that it is not handed out."""

    code = "edition_altered"


@transaction.atomic
def freeze_edition(*, edition_id: UUID, remark: str, by: Principal, now: datetime) -> FrozenEdition:
    """
    Freeze a draft as the next edition of its regime and year, full and public.

    :param remark: why an earlier edition is corrected; needed from the second on.
    :raises EditionStale: the records have changed.   :raises EditionDisagrees: tables and register do not agree.
    :raises EditionUnchanged: nothing differs from the last.   :raises NotCompetent: no secretariat of the regime.
    """
    draft = Edition.objects.get(pk=edition_id)
    audit.lock_ledger()
    _check_secretariat(draft.regime, by)
    count = statistics.count_year(draft.regime, draft.year, now=now)
    last: FrozenEdition | None = FrozenEdition.objects.frozen_of(draft.regime, draft.year).first()
    _check(draft, count, last, remark)
    checks = checked(count, now=now)
    if wrong := fails(checks):
        raise EditionDisagrees(checks=[one.name for one in wrong])
    frozen = _frozen(draft, count, checks, last, by, now)
    frozen.remark = remark
    frozen.save(force_insert=True)
    audit.record("edition.frozen", subject=frozen, by=by, at=now, after={"digest": frozen.digest})
    readers = Authority.objects.filter(competences__regime=draft.regime).distinct()
    reference = f"{draft.regime} {draft.year} no. {frozen.number}"
    outbox.post("edition.frozen", to=readers, subject=frozen, reference=reference, now=now)
    return frozen


def _check_secretariat(regime: str, by: Principal) -> None:
    if by.kind != "user" or regime not in by.regimes or by.body in ("authority", "audit"):
        raise NotCompetent(by.authority_code, regime)


def _check(draft: Edition, count: YearCount, last: FrozenEdition | None, remark: str) -> None:
    newest = Edition.objects.newest(draft.regime, draft.year)
    if newest.pk != draft.pk or count.digest != draft.digest:
        raise EditionStale(drafted_at=draft.drafted_at)
    if last is not None and last.digest_of_count == count.digest:
        raise EditionUnchanged(number=last.number)
    if last is not None and not remark.strip():
        raise FieldMissing("remark")


def checked(count: YearCount, *, now: datetime) -> tuple[Check, ...]:
    """Return every check of a count against the records as they are."""
    return reconcile(count, register_sums(count.regime, count.year, now=now))


def consenting(regime: str, now: datetime) -> tuple[frozenset[str], frozenset[str]]:
    """Return every state that takes part, and those of which each competent authority consents today."""
    today = now.date()
    held = Competence.objects.holding(today).filter(regime=regime, authority__kind=Authority.Kind.AUTHORITY)
    answers: dict[str, list[bool]] = {}
    for one in held.select_related("authority"):
        value = AuthoritySetting.objects.in_force(one.authority_id, DENIALS_BY_STATE, today)
        answers.setdefault(str(one.authority.state_id), []).append(value == "public")
    return frozenset(answers), frozenset(state for state, said in answers.items() if all(said))


def public_of(count: YearCount, *, now: datetime) -> tuple[Public, Disclosure]:
    """Return the public edition of a count by the rules and consents of today."""
    states, consents = consenting(count.regime, now)
    rules = Disclosure(settings.EXCHANGE_DISCLOSURE_THRESHOLD, consents)
    return public(count, tables(count), states, rules), rules


def _frozen(
    draft: Edition,
    count: YearCount,
    checks: tuple[Check, ...],
    last: FrozenEdition | None,
    by: Principal,
    now: datetime,
) -> FrozenEdition:
    number = last.number + 1 if last else 1
    shown, rules = public_of(count, now=now)
    words = {FULL: kept(report_of(count)), PUBLIC: kept(_public_report(count, shown))}
    frozen = FrozenEdition(
        regime=draft.regime,
        year=draft.year,
        number=number,
        draft=draft,
        signed_at=now,
        signed_by=principals.user_of(by),
        content=stored(count),
        words=json.loads(json.dumps(words)),
        checks=[{"name": one.name, "rule": one.rule, "expected": one.expected, "found": one.found} for one in checks],
        corrections=corrections(last.count(), count) if last else [],
        manifest={},
    )
    frozen.manifest = _manifest(frozen, count, rules, by)
    frozen.digest = hashlib.sha256(json.dumps(frozen.manifest, sort_keys=True).encode()).hexdigest()
    return frozen


def _public_report(count: YearCount, shown: Public) -> Report:
    report = report_of(count, shown=shown.tables, edition=PUBLIC)
    places = {one.destination for one in shown.figures}
    regions = {code: region for code, region in report.regions.items() if code in places}
    return replace(report, figures=shown.figures, regions=regions)


def _manifest(frozen: FrozenEdition, count: YearCount, rules: Disclosure, by: Principal) -> dict[str, Any]:
    ledger = Ledger.objects.get(id=1)
    returns = AnnualReturn.objects.current(frozen.regime, frozen.year).select_related("authority")
    return {
        "regime": frozen.regime,
        "year": frozen.year,
        "number": frozen.number,
        "signed_at": frozen.signed_at.isoformat(),
        "signed_for": by.authority_code,
        "register_sequence": count.register_sequence,
        "audit": {"sequence": ledger.audit_sequence, "hash": ledger.audit_hash},
        "rules": {"counting": COUNTING_RULES, "returns": RETURN_RULES},
        "disclosure": {"threshold": rules.threshold, "consents": sorted(rules.consents)},
        "returns": [
            {"authority": one.authority.code, "version": one.version, "files": [file["digest"] for file in one.files]}
            for one in sorted(returns, key=lambda one: str(one.authority.code))
        ],
        "count": count.digest,
        "files": {edition: digests_of(edition_report(frozen, edition)) for edition in (FULL, PUBLIC)},
    }


def edition_report(frozen: FrozenEdition, edition: str) -> Report:
    """Return a frozen edition as it was signed: its files are made from this, whenever they are asked for."""
    facts = {
        "regime": frozen.regime,
        "year": frozen.year,
        "register_sequence": frozen.draft.register_sequence,
        "digest": frozen.draft.digest,
        "edition": edition,
        "number": frozen.number,
        "at": frozen.signed_at.isoformat(),
        "rules": frozen.content["rules"],
    }
    return report_from(facts, frozen.words[edition])


def edition_file(frozen: FrozenEdition, edition: str, name: str) -> bytes | None:
    """
    Return a file of a frozen edition as it was signed; None where it has none of this name.

    :raises EditionAltered: if it comes out otherwise.
    """
    signed = frozen.manifest["files"].get(edition, {})
    form = next((form for form in FORMATS if f"{form}/{name}" in signed), None)
    return edition_files(frozen, edition, form)[name] if form else None


def edition_files(frozen: FrozenEdition, edition: str, form: str = "") -> dict[str, bytes]:
    """
    Return every file of a frozen edition that was signed, each held against its digest.

    :param form: one form only; every form where it is left out.   :raises EditionAltered: if one comes out otherwise.
    """
    report, signed = edition_report(frozen, edition), frozen.manifest["files"][edition]
    made = {form: files_of(report, form)} if form else dict(files_of_each(report))
    files: dict[str, bytes] = {}
    for of, written in made.items():
        for name, content in written.items():
            digest = signed.get(f"{of}/{name}")
            if digest and hashlib.sha256(content).hexdigest() != digest:
                raise EditionAltered(file=name)
            files |= {name: content} if digest else {}
    return files
