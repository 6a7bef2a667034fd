"""What the auditor's desk answers: from the record of readings, the acts, and a screening done again."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat

from accounts.law import digests
from accounts.law.retention import APPLICATION
from accounts.models import AuditQuestion, AuditRecord, AuditSalt, Authority, Client, Reading, User
from consultations.models import Consultation, Decision
from denials.models import Denial
from screening.law.facts import to_data
from screening.law.identity import RULESET_VERSION
from screening.models import Application, RuleChange, Screening
from screening.search import replay

MOST = 500  # rows of one answer


@dataclass(frozen=True)
class Seen:
    """A reading as the desk shows it."""

    at: datetime
    who: str
    authority: str
    route: str
    subjects: tuple[str, ...]
    sequence: int | None


def readers_of(denial: Denial) -> tuple[list[Seen], int]:
    """
    Return who was shown a denial, the last first, and how often in all.

    Read with it: the threads and applications it is told in, which show it.
    """
    threads = Consultation.objects.filter(denials__denial=denial).values_list("pk", flat=True)
    shown = Q(subjects__contains=[str(denial.pk)])
    for pk in threads:
        shown |= Q(subjects__contains=[str(pk)])
    rows = Reading.objects.filter(shown)
    return named(rows.order_by("-at")[:MOST]), rows.count()


def read_by(person: User, since: datetime, until: datetime) -> tuple[list[Seen], int]:
    """Return what a person was shown in a time, the first first, and how often in all."""
    rows = Reading.objects.filter(actor_kind="user", actor_id=str(person.pk), at__gte=since, at__lt=until)
    return named(rows.order_by("at")[:MOST]), rows.count()


def acts_of(person: User, since: datetime, until: datetime) -> list[AuditRecord]:
    """Return what a person did in a time, readings left out."""
    rows = AuditRecord.objects.filter(actor_kind="user", actor_id=str(person.pk))
    within = rows.filter(recorded_at__gte=since, recorded_at__lt=until).exclude(act__startswith="read.")
    return list(within.order_by("sequence")[:MOST])


def named(rows: Iterable[Reading]) -> list[Seen]:
    """Return readings with the names of people, systems and authorities, in four queries however many."""
    readings = list(rows)
    people = {str(one.pk): str(one) for one in User.objects.filter(pk__in=_ids(readings, "user"))}
    systems = {str(one.pk): one.name for one in Client.objects.filter(pk__in=_ids(readings, "client"))}
    codes = dict(Authority.objects.values_list("pk", "code"))
    return [
        Seen(
            at=one.at,
            who=people.get(one.actor_id) or systems.get(one.actor_id) or one.actor_kind,
            authority=codes.get(one.authority_id, "") if one.authority_id else "",
            route=one.route,
            subjects=tuple(one.subjects),
            sequence=one.sequence,
        )
        for one in readings
    ]


def _ids(readings: Iterable[Reading], kind: str) -> set[str]:
    return {one.actor_id for one in readings if one.actor_kind == kind}


def sample(question: AuditQuestion) -> list[Application]:
    """
    Return the cases an auditor's sample holds: drawn by the hash of the question's own record, not by anybody.

    The same question always draws the same cases of those filed before it.
    """
    record = AuditRecord.objects.get(subject_type=AuditQuestion._meta.label_lower, subject_id=str(question.pk))
    text = Concat(Cast("pk", CharField()), Value(record.hash), output_field=CharField())
    drawn = Application.objects.filter(created_at__lte=question.asked_at).annotate(lot=MD5(text)).order_by("lot")
    return list(drawn.select_related("authority__state")[: int(question.terms["number"])])


def cases_of(question: AuditQuestion) -> list[Application]:
    """Return the cases the answer to a question lists; no other may be opened by it."""
    if question.kind == "sample":
        return sample(question)
    listed = {"unscreened": grants_without_screening, "undercuts": lambda: undercuts(int(question.terms["year"]))}
    rows = listed[question.kind]()[:MOST] if question.kind in listed else ()
    return [one.application for one in rows]


def grants_without_screening() -> "QuerySet[Decision]":
    """Return grants that no screening of the application came before, or only after the day of the decision."""
    before = Screening.objects.filter(
        application=OuterRef("application"),
        screened_at__lte=OuterRef("recorded_at"),
        judged_on__lte=OuterRef("decided_on"),
    )
    rows = Decision.objects.filter(~Exists(before), outcome=Decision.Outcome.GRANTED)
    rows = rows.select_related("application__authority__state", "authority__state", "grant_notice")
    return rows.order_by("-decided_on", "pk")


def undercuts(year: int) -> "QuerySet[Decision]":
    """Return the grants of a year that undercut a denial."""
    rows = Decision.objects.filter(is_undercut=True, decided_on__year=year)
    rows = rows.select_related("application__authority__state", "authority__state", "grant_notice")
    return rows.order_by("decided_on", "pk")


@dataclass(frozen=True)
class Replayed:
    """A screening done again: its verdict then and now, and what kept it from being done."""

    then: str
    again: str
    proven: bool
    hindered: str = ""
    differences: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether the verdict is the same."""
        return bool(self.again) and self.then == self.again


def replayed(screening: Screening) -> Replayed:
    """Do a filed screening again on the register of its change and by the rules of its day; compare the verdicts."""
    hits = screening.hits.order_by("rank").values_list("denial_id", "version_id", "level")
    stored = [(str(denial), str(version), level) for denial, version, level in hits]
    then, proven = verdict(screening.compared, stored), _is_proven(screening)
    if screening.application is None:
        return Replayed(then, "", proven, "unfiled")
    facts = screening.application.facts()
    if digests.digest(to_data(facts)) != screening.content_digest:
        return Replayed(then, "", proven, "amended")
    profile = screening.profile()
    if screening.ruleset_version != profile.version(RULESET_VERSION):
        return Replayed(then, "", proven, "ruleset")
    on = screening.judged_on
    informs = RuleChange.informs(screening.authority_id, on)
    compared, found = replay(facts, sequence=screening.register_sequence, on=on, profile=profile, informs=informs)
    again = [(str(one.denial_id), str(one.version_id), str(one.level)) for one in found]
    return Replayed(then, verdict(compared, again), proven, "", tuple(_differences(stored, again)))


def verdict(compared: int, hits: list[tuple[str, str, str]]) -> str:
    """Return the digest of a verdict: how many denials were compared, and which came up at which level, in order."""
    return digests.digest({"compared": compared, "hits": [list(one) for one in hits]})


def _differences(then: list[tuple[str, str, str]], again: list[tuple[str, str, str]]) -> Iterable[str]:
    gone, come = Counter(then) - Counter(again), Counter(again) - Counter(then)
    yield from (f"− {denial} {level}" for denial, _version, level in gone)
    yield from (f"+ {denial} {level}" for denial, _version, level in come)


def _is_proven(screening: Screening) -> bool:
    """Say whether the chain holds the digest of this very screening."""
    subject = str(screening.application_id or screening.pk)
    acts = ("application.screened", "licence.screened", "screening.unfiled")
    salts = AuditSalt.objects.filter(record__act__in=acts, record__subject_id=subject).select_related("record")
    return any(digests.salted(screening.proof(), one.value) == one.record.digest_after for one in salts)


def dossier_of(kind: str, subject_id: UUID) -> dict[str, Any]:
    """Return a closed case as it was: of an application its dossier, of a thread the thread and its records."""
    if kind == APPLICATION:
        application = Application.objects.with_content().get(pk=subject_id)
        return {**dossier(application), "regime": application.regime}
    thread = Consultation.objects.with_thread().get(pk=subject_id)
    records = AuditRecord.objects.filter(subject_id=str(subject_id)).order_by("sequence")
    return {"threads": [thread], "records": list(records), "regime": thread.regime}


def dossier(application: Application) -> dict[str, Any]:
    """Return a case as an auditor's sample shows it: what was asked, screened, said and decided, and its records."""
    threads = list(application.consultations.with_thread().order_by("received_at"))
    ids: list[UUID] = [application.pk, *(one.pk for one in threads)]
    decision = Decision.objects.filter(application=application).first()
    ids += [decision.pk] if decision else []
    return {
        "application": application,
        "screenings": list(application.screenings.prefetch_related("hits__denial").order_by("screened_at")),
        "threads": threads,
        "decision": decision,
        "records": list(AuditRecord.objects.filter(subject_id__in=[str(one) for one in ids]).order_by("sequence")),
    }
