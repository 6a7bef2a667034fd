"""Control lists by version, their entries, and what became of an entry. Loaded from `denials/refdata`."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models.text import LineField, ProseField
from denials.law import lists as law


class ControlList(models.Model):
    """
    One version of a control list, in force from `since` to `until`, both included.

    Of most earlier versions only the dates are held. `digest` stands for all that was loaded; it tells a process that
    what it keeps is out of date.
    """

    code = models.CharField(max_length=16, help_text="ml, annex_i, annex_iv, national, torture, uk.")
    version = models.CharField(max_length=40)
    title = LineField(max_length=300)
    source = ProseField()
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    completeness = models.CharField(
        max_length=8, default="full", db_default="full", help_text="full, heads (not all below them), part."
    )
    is_held = models.BooleanField(default=True, db_default=True, help_text="Its entries are held.")
    digest = models.CharField(max_length=64, default="", db_default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="control_list_version_once")]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class ControlListEntry(models.Model):
    """An entry in canonical dotted notation, with its place in the tree."""

    control_list = models.ForeignKey(ControlList, on_delete=models.PROTECT, related_name="entries")
    code = models.CharField(max_length=40)
    compact = models.CharField(max_length=40, db_index=True)
    parent_code = models.CharField(max_length=40, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="Of a national list.")
    level = models.PositiveSmallIntegerField(default=1)
    category = models.CharField(max_length=16, blank=True)
    regime_note = LineField(max_length=200, blank=True)
    is_annex_iv = models.BooleanField(default=False)
    is_military = models.BooleanField(null=True, help_text="Only where the source says so.")
    is_used = models.BooleanField(default=True)
    is_open = models.BooleanField(default=False, db_default=False, help_text="Sub-items exist that are not held.")
    title_en = ProseField(blank=True)
    titles = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "control list entries"
        constraints = [
            models.UniqueConstraint(fields=["control_list", "country", "code"], name="control_list_entry_once")
        ]

    def __str__(self) -> str:
        return self.code


class EntrySuccession(models.Model):
    """What became of an entry of a version: the codes that hold its goods in a later version or another list."""

    control_list = models.ForeignKey(ControlList, on_delete=models.PROTECT, related_name="left")
    from_code = models.CharField(max_length=40)
    to_list = models.ForeignKey(ControlList, on_delete=models.PROTECT, related_name="entered")
    to_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True, help_text="None if deleted.")
    kind = models.CharField(max_length=8, choices=[(one.value, one.value) for one in law.Kind])
    source = ProseField()
    is_verified = models.BooleanField(default=False, help_text="A source says so, not only the like number or subject.")

    class Meta:
        verbose_name_plural = "successions of entries"
        constraints = [
            models.UniqueConstraint(fields=["control_list", "from_code", "to_list"], name="succession_of_an_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.from_code} → {', '.join(self.to_codes) or '–'}"


_kept: dict[tuple[tuple[str, str, str], ...], law.Lists] = {}


def held_lists() -> law.Lists:
    """
    Return the lists as loaded.

    One small query asks whether they are still those this process keeps; they are read anew after a load.
    """
    versions = list(ControlList.objects.order_by("code", "version"))
    key = tuple((one.code, one.version, one.digest) for one in versions)
    if key not in _kept:
        built = _built(versions)
        _kept.clear()
        _kept[key] = built
    return _kept[key]


def _built(versions: list[ControlList]) -> law.Lists:
    return law.Lists(
        versions=tuple(map(_version, versions)),
        entries=tuple(map(_entry, ControlListEntry.objects.select_related("control_list"))),
        successions=tuple(map(_succession, EntrySuccession.objects.select_related("control_list", "to_list"))),
    )


def _version(row: ControlList) -> law.ListVersion:
    return law.ListVersion(
        control_list=row.code,
        version=row.version,
        title=row.title,
        source=row.source,
        since=row.since,
        until=row.until,
        completeness=law.Completeness(row.completeness),
        is_held=row.is_held,
    )


def _entry(row: ControlListEntry) -> law.Entry:
    return law.Entry(
        control_list=row.control_list.code,
        version=row.control_list.version,
        code=row.code,
        parent=row.parent_code,
        title=row.title_en or next(iter(row.titles.values()), ""),
        titles=tuple(sorted(row.titles.items())),
        level=row.level,
        category=row.category,
        regime_note=row.regime_note,
        annex_iv=row.is_annex_iv,
        country=row.country,
        is_used=row.is_used,
        is_open=row.is_open,
    )


def _succession(row: EntrySuccession) -> law.Succession:
    return law.Succession(
        control_list=row.control_list.code,
        from_version=row.control_list.version,
        from_code=row.from_code,
        to_list=row.to_list.code,
        to_version=row.to_list.version,
        to_codes=tuple(row.to_codes),
        kind=law.Kind(row.kind),
        source=row.source,
        verified=row.is_verified,
    )
