"""Reference data: places, control lists, criteria. Loaded from `denials/refdata`, never typed in."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models.text import LineField, ProseField
from denials.law.places import Attribute, Span
from denials.querysets import CountryQuerySet


class Region(models.Model):
    """A region of the EU annual report."""

    code = models.SlugField(primary_key=True)
    order = models.PositiveSmallIntegerField()
    name_en = LineField(max_length=100)
    names = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.name_en


class Country(models.Model):
    """A country or territory by its ISO 3166 alpha-2 code (and XK)."""

    code = models.CharField(max_length=2, primary_key=True)
    iso3 = models.CharField(max_length=3, blank=True)
    numeric = models.CharField(max_length=3, blank=True)
    name_en = LineField(max_length=100)
    names = models.JSONField(default=dict, help_text="Language code to name.")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="countries")
    is_eu = models.BooleanField(default=False)
    is_nato = models.BooleanField(default=False)
    is_wassenaar = models.BooleanField(default=False)
    is_aligned = models.BooleanField(default=False)
    source = ProseField(blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return f"{self.code} {self.name_en}"


class PlaceName(models.Model):
    """A way a place is written, folded; several countries mean that the name does not say which."""

    folded = models.CharField(max_length=120, primary_key=True)
    printed = LineField(max_length=120)
    codes = ArrayField(models.CharField(max_length=12), help_text="One code, or all that it may mean.")
    source = LineField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.printed


class PlaceAttribute(models.Model):
    """A dated fact about a place: in the customs territory of the Union, a member of it, under an arms embargo."""

    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="attributes")
    name = models.CharField(max_length=32)
    by = models.CharField(max_length=16, blank=True, help_text="Who decided it: EU, UN, OSCE.")
    since = models.DateField(null=True, blank=True, help_text="Empty: always, as far as the exchange looks back.")
    until = models.DateField(null=True, blank=True, help_text="The last day.")
    note = LineField(max_length=300, blank=True, help_text="What it covers and does not cover.")
    source = LineField(max_length=300, help_text="The instrument.")
    verified = models.BooleanField(default=False, help_text="Whether the text was read.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name", "by", "since"], nulls_distinct=False, name="place_attribute_once_per_start"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
                name="place_attribute_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.name} {self.by}"

    def facts(self) -> Attribute:
        """Return the fact as the law reads it."""
        return Attribute(self.name, Span(self.since, self.until), self.source, self.by, self.note, self.verified)


class Criterion(models.Model):
    """One of the eight criteria of Common Position 2008/944/CFSP Art. 2."""

    code = models.CharField(max_length=2, primary_key=True)
    title_en = ProseField()
    short_names = models.JSONField(default=dict)
    effect = LineField(max_length=60)

    class Meta:
        verbose_name_plural = "criteria"

    def __str__(self) -> str:
        return self.code


class Ground(models.Model):
    """A ground other than the eight criteria: an article of Reg. (EU) 2021/821 or 2019/125."""

    code = models.CharField(max_length=40, primary_key=True)
    regime = models.CharField(max_length=32)
    instrument = LineField(max_length=80)
    article = LineField(max_length=40)
    text_en = ProseField()
    source = LineField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.code
