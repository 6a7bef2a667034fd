"""All parts of a version, however many, in the statement that loads it: one statement instead of five."""

import json
from decimal import Decimal
from functools import cache
from typing import Any, Final

from django.db.models import JSONField, Model, QuerySet
from django.db.models.expressions import RawSQL

from denials.models.content import DenialCriterion, DenialDestination, DenialItem, DenialParty
from denials.models.register import Denial, DenialVersion

_PARTS: Final[dict[str, type[Model]]] = {
    "items": DenialItem,
    "parties": DenialParty,
    "destinations": DenialDestination,
    "criteria": DenialCriterion,
}
_PART: Final = "(SELECT coalesce(jsonb_agg(to_jsonb(part)), '[]') FROM {table} part WHERE part.version_id = {version})"


class _Exact(json.JSONDecoder):
    """Numbers with decimals as they are, not as binary fractions."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"parse_float": Decimal})


def whole_denials(denials: "QuerySet[Denial]") -> "QuerySet[Denial]":
    """Load denials with their current versions and all parts of these; `assembled` puts them where they belong."""
    related = denials.select_related("current__change", "authority", "state_of_issue")
    return related.annotate(**_parts_of("denials_denial.current_id"))


def whole_versions(versions: "QuerySet[DenialVersion]") -> "QuerySet[DenialVersion]":
    """Load versions with their parts; `assemble` puts them where they belong."""
    return versions.annotate(**_parts_of("denials_denialversion.id"))


def assembled(denial: Any) -> Denial:
    """Return a denial of `whole_denials` as if its parts had been fetched for it one by one."""
    if denial.current is not None:
        denial.current.denial = denial
        assemble(denial.current, denial)
    found: Denial = denial
    return found


def assemble(version: DenialVersion, held: Any) -> None:
    """Give a version its parts, which came with it or with its denial."""
    found: dict[str, Any] = {
        name: [_part(model, row) for row in sorted(getattr(held, f"{name}_held"), key=_place)]
        for name, model in _PARTS.items()
    }
    version._prefetched_objects_cache = found  # type: ignore[attr-defined]  # where Django keeps what it fetched


def _parts_of(version: str) -> dict[str, RawSQL]:
    """The parts of each kind as JSON; nothing of what a reader asks for is in the statement."""
    field = JSONField(decoder=_Exact)
    return {
        f"{name}_held": RawSQL(_PART.format(table=model._meta.db_table, version=version), [], output_field=field)  # noqa: S611  # nosec B611 - our own tables
        for name, model in _PARTS.items()
    }


def _place(row: dict[str, Any]) -> int:
    """Where a part stands among those of its kind; criteria stand nowhere in particular."""
    return int(row.get("position", 0))


def _part(model: type[Model], row: dict[str, Any]) -> Model:
    names, columns = _columns(model)
    return model.from_db("default", names, [row[column] for column in columns])


@cache
def _columns(model: type[Model]) -> tuple[list[str], list[str]]:
    fields = model._meta.concrete_fields
    return [field.attname for field in fields], [str(field.column) for field in fields]
