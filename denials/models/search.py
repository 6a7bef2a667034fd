"""What the register is found by: one row per denial, in numbers for facets and order, with its folded words."""

import uuid
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Lookup, Q

from accounts.models import Authority, Client, User
from accounts.models.text import LineField
from denials.models.register import Denial
from denials.querysets import RegisterRowQuerySet, SavedSearchQuerySet

_COUNTED: Final = ("scope", "issue", "destinations", "categories", "entries", "grounds", "authority")


@SearchVectorField.register_lookup
class Holds(Lookup):
    """`words__holds`: a vector satisfies a query given as text in PostgreSQL's own notation, lexemes quoted."""

    lookup_name = "holds"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} @@ ({right})::tsquery", [*left_params, *right_params]


@models.IntegerField.register_lookup
class AnyOf(Lookup):
    """`scope__any_of`: a number is among those of a query that stands beside the rows and is put once."""

    lookup_name = "any_of"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        left, left_params = self.process_lhs(compiler, connection)
        right, right_params = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*left_params, *right_params]


class RegisterKind(models.Model):
    """
    A number for what rows have in common: the same destinations, entries, categories, grounds, issue or scope.

    Counting numbers takes half the time that counting texts takes, and few kinds are looked up by what they hold. A
    kind is never changed; codes alone are in it, nothing of a denial.
    """

    class Facet(models.TextChoices):
        SCOPE = "scope"  # regime, audience
        ISSUE = "issue"  # regime, state, code of the authority, status
        DESTINATIONS = "destination"
        CATEGORIES = "category"
        ENTRIES = "code"  # counted by their heads, found by every entry above them
        GROUNDS = "ground"  # criteria and grounds

    number = models.AutoField(primary_key=True)
    facet = models.CharField(max_length=12)
    digest = models.CharField(max_length=32, help_text="Of all it holds: there may be hundreds of codes.")
    codes = ArrayField(models.CharField(max_length=40), help_text="What a row of the kind is counted by.")
    holds = ArrayField(models.CharField(max_length=40), help_text="What a row of the kind is found by.")

    class Meta:
        verbose_name_plural = "register kinds"
        constraints = [models.UniqueConstraint(fields=["digest", "facet"], name="register_kind_once")]
        indexes = [
            models.Index(fields=["facet"], name="register_kind_facet"),
            GinIndex(fields=["holds"], name="register_kind_holds", gin_pending_list_limit=256),
        ]

    def __str__(self) -> str:
        return f"{self.facet}: {', '.join(self.codes)}"


class RegisterRow(models.Model):
    """
    A denial as the list filters, counts and orders it; follows from the register and can be made anew at any time.

    What is counted stands first and in numbers of one width (`RegisterKind`): the database then reads a row without
    walking through its texts. The folded words are those that every reader of it may read; no exporter is among them.
    """

    scope = models.IntegerField(help_text="Regime and audience of what was notified; 0: a draft.")
    issue = models.IntegerField(help_text="Regime, state, authority and status.")
    destinations = models.IntegerField()
    categories = models.IntegerField()
    entries = models.IntegerField()
    grounds = models.IntegerField()
    decided_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    suspended_until = models.DateField(null=True, blank=True, help_text="Of a suspension.")
    notified_on = models.DateField(null=True, blank=True)
    authority = models.ForeignKey(Authority, on_delete=models.PROTECT, related_name="+", db_index=False)
    denial = models.OneToOneField(Denial, primary_key=True, on_delete=models.CASCADE, related_name="search_row")
    sequence = models.BigIntegerField(null=True, blank=True, help_text="The last change of the register; none: draft.")
    reference = models.CharField(max_length=40, blank=True)
    words = SearchVectorField()
    names = models.TextField(blank=True, help_text="Names of parties, for what is nearest.")

    objects = RegisterRowQuerySet.as_manager()

    class Meta:
        indexes = [
            # Whole lists are counted, and late pages found, in this index alone.
            models.Index(
                F("decided_on").desc(nulls_last=True),
                F("reference").desc(),
                "denial",
                name="register_row_latest",
                include=[*_COUNTED, "review_due_on", "suspended_until", "notified_on"],
            ),
            models.Index(
                F("decided_on").asc(nulls_last=True),
                F("reference").desc(),
                "denial",
                name="register_row_earliest",
                include=_COUNTED,
            ),
            models.Index(fields=["reference", "denial"], name="register_row_reference", include=_COUNTED),
            models.Index(F("sequence").desc(nulls_last=True), "denial", name="register_row_sequence", include=_COUNTED),
            GinIndex(fields=["words"], name="register_row_words", gin_pending_list_limit=256),
        ]

    def __str__(self) -> str:
        return self.reference or str(self.denial_id)


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
