"""Screenings with their hits, and what was done about them; written once."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Max, Q

from accounts.models import Authority, Membership, User
from accounts.models.record import WrittenOnce
from accounts.models.text import ProseField
from denials.law.regimes import last_rules
from denials.models import Denial, DenialVersion
from screening.law.dispositions import BLOCKING, Basis, Returned, Settled, Standing, standing
from screening.law.identity import RULESET_VERSION
from screening.law.profiles import Profile
from screening.models.rules import RuleChange
from screening.querysets import HitQuerySet, ScreeningQuerySet


class Screening(WrittenOnce):
    """
    One run against every denial that counted that day; kept without hits too, as proof of the examination.

    Without filing (`application` empty) only a digest of what was asked is kept. `register_sequence` is the
    last change of the register it saw. Source: Reg. (EU) 2021/821 Art. 16(5), first subparagraph.
    """

    class Trigger(models.TextChoices):
        FILED = "filed"
        UNFILED = "unfiled"
        REGISTER_CHANGED = "register_changed"
        DECISION = "decision"
        REQUESTED = "requested"
        LICENCE = "licence"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(
        "screening.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="screenings"
    )
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="screenings")
    regime = models.CharField(max_length=32)
    trigger = models.CharField(max_length=20, choices=Trigger.choices)
    content_digest = models.CharField(max_length=64)
    ruleset_version = models.CharField(max_length=40)
    register_sequence = models.BigIntegerField()
    compared = models.PositiveIntegerField(help_text="Denials that counted and were compared.")
    screenable_by_party = models.BooleanField()
    left_out = models.CharField(
        max_length=60,
        blank=True,
        default="",
        db_default="",
        help_text="What was asked and not compared.",
    )
    screened_at = models.DateTimeField()
    judged_on = models.DateField(help_text="The day whose rules and look-back window applied.")
    duration_ms = models.FloatField()
    screened_by_kind = models.CharField(max_length=8)
    screened_by_id = models.UUIDField(null=True, blank=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["application", "-screened_at"], name="screening_latest"),
            models.Index(
                fields=["screened_by_id", "-screened_at"],
                name="screening_asked_by",
                condition=Q(application__isnull=True) | Q(trigger="requested"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regime} {self.screened_at:%Y-%m-%d %H:%M}"

    @property
    def shortfalls(self) -> list[str]:
        """What of what was asked was left out of the comparison; nothing in a whole screening."""
        return self.left_out.split()

    def is_by_rules_in_force(self) -> bool:
        """Whether it was made by the rules its authority screens by now."""
        held = RuleChange.in_force(self.authority_id, self.regime)
        return self.ruleset_version == held.version(RULESET_VERSION)

    @staticmethod
    def last_begun(regime: str, on: date) -> date:
        """Return the last day up to one on which something began to count: rules of the regime, a state's part."""
        joined = Membership.objects.filter(regime=regime, since__lte=on).aggregate(last=Max("since"))["last"]
        begun = last_rules(regime, on).since
        return max(begun, joined) if joined else begun

    def is_of_what_counts(self, on: date) -> bool:
        """Whether what counts on a day counted already on the day it was judged by."""
        return self.judged_on >= self.last_begun(self.regime, on)

    def profile(self) -> Profile:
        """Return the authority's rules of level it was made by; those without a change where they are not held."""
        _ruleset, _, number = self.ruleset_version.partition("+")
        held = RuleChange.numbered(self.authority_id, int(number)) if number.isdecimal() else None
        return held or Profile()

    def proof(self) -> dict[str, Any]:
        """Return what the screening proves, as the record of the act holds it: ids and digests, no content."""
        hits = self.hits.order_by("rank").values_list("denial_id", "version_id", "level")
        return {
            "screening": str(self.pk),
            "content": self.content_digest,
            "register": self.register_sequence,
            "ruleset": self.ruleset_version,
            "compared": self.compared,
            "left_out": self.shortfalls,
            "hits": [[str(denial), str(version), level] for denial, version, level in hits],
        }

    def standing_hits(self) -> "list[StandingHit]":
        """Return the hits in their order, each with where it stands now; three queries whatever their number."""
        hits = list(self.hits.select_related("denial__authority", "denial__state_of_issue", "version").order_by("rank"))
        last: dict[uuid.UUID, Disposition] = {}
        if self.application_id is not None:
            settled = Disposition.objects.filter(application_id=self.application_id)
            for disposition in settled.select_related("hit__screening", "by").order_by("number"):
                last[disposition.denial_id] = disposition
        return [self._standing(hit, last.get(hit.denial_id)) for hit in hits]

    def _standing(self, hit: "Hit", last: "Disposition | None") -> "StandingHit":
        outcome = standing(
            hit.level,
            is_own=hit.is_own,
            basis=Basis(str(hit.version_id), self.content_digest, self.ruleset_version),
            last=last.settled() if last else None,
        )
        return StandingHit(hit, outcome.standing, outcome.returned, last)


class Hit(WrittenOnce):
    """A denial that may concern an essentially identical transaction, with its grounds element by element."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    screening = models.ForeignKey(Screening, on_delete=models.PROTECT, related_name="hits")
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="hits")
    version = models.ForeignKey(DenialVersion, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    level = models.CharField(max_length=12, help_text="strong, possible or information.")
    rule = models.CharField(max_length=40, help_text="The legal test, such as dual_use.16(5).")
    rule_version = models.CharField(max_length=24, blank=True, default="")
    ground = models.CharField(max_length=40, blank=True, default="", help_text="The rule of the level that fitted.")
    changes = ArrayField(models.CharField(max_length=40), default=list, help_text="What would change the verdict.")
    is_own = models.BooleanField(default=False, help_text="The authority's own denial: shown, never consulted on.")
    elements = models.JSONField(help_text="The verdict sheet: one row per legal element, as data.")

    objects = HitQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["screening", "denial"], name="hit_once_per_denial")]

    def __str__(self) -> str:
        return f"{self.denial_id} {self.level}"


class Disposition(WrittenOnce):
    """
    What was done about a hit: dismissed with a reason, taken into a consultation, or taken back; the latest counts.

    `number` is the order of the acts on an application, given while its row is locked: whoever read the clock first and
    then waited comes after. `principal` is who acted, person or national system; `confirms` the proposal that a second
    officer's dismissal confirms. How long it holds: `screening/law/dispositions.py`.
    """

    class Kind(models.TextChoices):
        PROPOSED = "proposed"
        DISMISSED = "dismissed"
        CONSULTED = "consulted"
        REOPENED = "reopened"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("screening.Application", on_delete=models.PROTECT, related_name="dispositions")
    denial = models.ForeignKey(Denial, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(DenialVersion, on_delete=models.PROTECT, related_name="+")
    hit = models.ForeignKey(Hit, on_delete=models.PROTECT, related_name="dispositions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason_code = models.CharField(max_length=32, blank=True)
    reason = ProseField(blank=True)
    number = models.PositiveIntegerField(default=0, db_default=0)
    principal = models.CharField(max_length=60, blank=True, default="", db_default="")
    confirms = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="confirmation"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind__in=("dismissed", "proposed")) | ~Q(reason_code=""), name="dismissal_has_reason_code"
            ),
            models.UniqueConstraint(fields=["application", "number"], name="disposition_number_once"),
        ]
        indexes = [models.Index(fields=["application", "denial", "-at"], name="disposition_latest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.denial_id}"

    def settled(self) -> Settled:
        """Return what was done, and what the hit it was done about was judged on."""
        screening = self.hit.screening
        basis = Basis(str(self.version_id), screening.content_digest, screening.ruleset_version)
        return Settled(self.kind, basis)


@dataclass(frozen=True)
class StandingHit:
    """A hit and where it stands; `returned` says why one once settled is open again."""

    hit: Hit
    standing: Standing
    returned: Returned | None
    last: Disposition | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for an officer."""
        return self.standing is Standing.OPEN

    @property
    def is_proposed(self) -> bool:
        """Whether its dismissal waits for a second officer."""
        return self.standing is Standing.PROPOSED

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of a decision."""
        return self.standing in BLOCKING

    @property
    def carries_duty(self) -> bool:
        """Whether the law asks for something: not for own denials, nor for mere information."""
        return self.standing not in {Standing.OWN, Standing.INFORMATION}
