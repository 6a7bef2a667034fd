"""What the register is found by: one narrow row per denial for facets and order, its folded words beside it."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Lookup, Q

from accounts.models import Authority, Client, User
from accounts.models.text import LineField
from denials.models.register import Denial
from denials.querysets import RegisterRowQuerySet, SavedSearchQuerySet


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`words__holds`: a vector satisfies a query given as text in PostgreSQL's own notation, lexemes quoted."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ ({right})::tsquery", [*left_params, *right_params]


class RegisterRow(models.Model):
    """
    A denial as the list filters, counts and orders it; follows from the register and can be made anew at any time.

    The `by_…` columns hold the same as the lists beside them, as one text each: counting by them is counting few kinds.
    """

    denial = models.OneToOneField(Denial, primary_key=True, on_delete=models.CASCADE, related_name="search_row")
    sequence = models.BigIntegerField(null=True, blank=True, help_text="The last change of the register; none: draft.")
    reference = models.CharField(max_length=40, blank=True)
    regime = models.CharField(max_length=32)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    audience = models.CharField(max_length=16, blank=True)
    issuer = models.CharField(max_length=20, help_text="The code of the authority.")
    state = models.CharField(max_length=2)
    origin = models.CharField(max_length=16)
    granularity = models.CharField(max_length=12)
    status = models.CharField(max_length=16)
    act = models.CharField(max_length=32, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    notified_on = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    destinations = ArrayField(models.CharField(max_length=12), default=list)
    entries = ArrayField(models.CharField(max_length=40), default=list, help_text="With every entry above.")
    categories = ArrayField(models.CharField(max_length=40), default=list)
    criteria = ArrayField(models.CharField(max_length=2), default=list)
    grounds = ArrayField(models.CharField(max_length=40), default=list)
    scope = models.CharField(
        max_length=49, blank=True, db_default="", help_text="Regime and audience of what was notified; none: a draft."
    )
    by_issue = models.CharField(
        max_length=80, blank=True, db_default="", help_text="Regime, state, authority and status, to count by."
    )
    by_destination = models.TextField(blank=True)
    by_category = models.TextField(blank=True)
    by_head = models.TextField(blank=True)
    by_ground = models.TextField(blank=True)

    objects = RegisterRowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                F("decided_on").desc(nulls_last=True), F("reference").desc(), "denial", name="register_row_latest"
            ),
            models.Index(
                F("decided_on").asc(nulls_last=True), F("reference").desc(), "denial", name="register_row_earliest"
            ),
            models.Index(fields=["reference"], name="register_row_reference"),
            models.Index(fields=["sequence"], name="register_row_sequence"),
            models.Index(fields=["authority", "status"], name="register_row_authority"),
            GinIndex(fields=["destinations"], name="register_row_destinations"),
            GinIndex(fields=["entries"], name="register_row_entries"),
            GinIndex(fields=["categories"], name="register_row_categories"),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.denial_id)


class RegisterWords(models.Model):
    """The folded, romanised words of a denial that every reader of it may read; no exporter is among them."""

    row = models.OneToOneField(RegisterRow, primary_key=True, on_delete=models.CASCADE, related_name="words_of")
    words = SearchVectorField()
    names = models.TextField(blank=True, help_text="Names of parties, for what is nearest.")

    class Meta:
        verbose_name_plural = "register words"
        indexes = [
            GinIndex(fields=["words"], name="register_words_words", gin_pending_list_limit=256),
            GinIndex(
                fields=["names"],
                name="register_words_names",
                opclasses=["gin_trgm_ops"],
                gin_pending_list_limit=256,
            ),
        ]

    def __str__(self) -> str:
        return str(self.row_id)


class RegisterVocabulary(models.Model):
    """Every word that any denial is found by, to find the words nearest to one that none is found by."""

    word = models.CharField(max_length=64, primary_key=True)

    class Meta:
        verbose_name_plural = "register vocabulary"
        indexes = [
            GinIndex(
                fields=["word"],
                name="register_vocabulary_word",
                opclasses=["gin_trgm_ops"],
                gin_pending_list_limit=256,
            )
        ]

    def __str__(self) -> str:
        return self.word


class SavedSearch(models.Model):
    """
    A search kept under a name by a person or a national system, for itself or the whole authority; with notices where
    asked for.

    `told_sequence` is the last change of the register a notice was given about, `seen_sequence` the last one there
    was when its owner looked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="saved_searches")
    client = models.ForeignKey(Client, null=True, blank=True, on_delete=models.CASCADE, related_name="saved_searches")
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+")
    name = LineField(max_length=80)
    asked = models.JSONField(default=dict, help_text="Parameter to values, as the list takes them.")
    is_shared = models.BooleanField(default=False)
    gives_notice = models.BooleanField(default=False)
    told_sequence = models.BigIntegerField(default=0)
    seen_sequence = models.BigIntegerField(default=0)
    created_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "saved searches"
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_search_name_once_for_person"),
            models.UniqueConstraint(fields=["client", "name"], name="saved_search_name_once_for_client"),
            models.CheckConstraint(
                condition=Q(owner__isnull=False, client__isnull=True) | Q(owner__isnull=True, client__isnull=False),
                name="saved_search_has_one_owner",
            ),
        ]

    def __str__(self) -> str:
        return self.name
