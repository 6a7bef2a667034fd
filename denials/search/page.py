"""One page of denials with all it states, loaded in one statement however many parts each has."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import JSONField, Model
from django.db.models.expressions import RawSQL

from accounts.roles import Principal
from denials.models import Denial, DenialCriterion, DenialDestination, DenialItem, DenialParty
from denials.search.results import Found, in_order

_PARTS: Final[dict[str, type[Model]]] = {
    "items": DenialItem,
    "parties": DenialParty,
    "destinations": DenialDestination,
    "criteria": DenialCriterion,
}
_PART: Final = (
    "(SELECT coalesce(jsonb_agg(to_jsonb(part)), '[]') FROM {table} part "
    "WHERE part.version_id = denials_denial.current_id)"
)


class _Exact(json.JSONDecoder):
    """Numbers with decimals as they are, not as binary fractions."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"parse_float": Decimal})


class FoundRows:
    """What a question finds, as a paginator asks for it: how many, and a stretch of denials loaded at once."""

    def __init__(self, found: Found, principal: Principal) -> None:
        self.found, self.principal = found, principal

    def __len__(self) -> int:
        return self.found.total

    def __getitem__(self, wanted: slice) -> list[Denial]:
        return load(self.principal, self.found.ids(wanted.start, wanted.stop - wanted.start))


def load(principal: Principal, ids: Sequence[UUID]) -> list[Denial]:
    """Return visible denials in the order of their ids, each with its current version and the version's parts."""
    if not ids:
        return []
    parts = {f"{name}_held": _parts_of(model) for name, model in _PARTS.items()}
    visible = Denial.objects.visible_to(principal).filter(pk__in=ids)
    found = visible.select_related("current__change", "authority", "state_of_issue").annotate(**parts)
    return in_order(ids, {denial.pk: _with_parts(denial) for denial in found})


def _parts_of(model: type[Model]) -> RawSQL:
    """The parts of one kind as JSON; nothing of what a reader asks for is in the statement."""
    return RawSQL(_PART.format(table=model._meta.db_table), [], output_field=JSONField(decoder=_Exact))  # noqa: S611


def _with_parts(denial: Any) -> Denial:
    denial.current.denial = denial
    denial.current._prefetched_objects_cache = {
        name: [_part(model, row) for row in sorted(getattr(denial, f"{name}_held"), key=_place)]
        for name, model in _PARTS.items()
    }
    whole: Denial = denial
    return whole


def _place(row: dict[str, Any]) -> int:
    """Where a part stands among those of its kind; criteria stand nowhere in particular."""
    return int(row.get("position", 0))


def _part(model: type[Model], row: dict[str, Any]) -> Model:
    return model(**{field.attname: row[field.column] for field in model._meta.concrete_fields if field.column in row})
