"""Between a version's rows and its content as one value."""

from collections.abc import Sequence
from typing import Any, Final

from denials.law.content import Citation, DenialContent, StatedItem, StatedParty
from denials.law.origins import audience
from denials.law.transactions import Parameter
from denials.models.register import (
    DenialCriterion,
    DenialDestination,
    DenialItem,
    DenialParty,
    DenialVersion,
    ordered,
)

_PLAIN = (
    "legal_basis",
    "act",
    "decided_on",
    "suspended_until",
    "activity",
    "authorisation_type",
    "origin",
    "origin_state",
    "origin_reference",
    "granularity",
    "list_tier",
    "period_since",
    "period_until",
    "licences_denied",
    "scope",
    "scope_note",
    "source_reference",
    "authorisation_reference",
    "end_use",
    "explanation",
    "remarks",
    "criteria_stated",
    "marking",
)
_LISTS = ("grounds", "also_notified", "withheld")
_ITEM = (
    "code",
    "code_printed",
    "control_list",
    "category",
    "is_unlisted",
    "description",
    "description_en",
    "quantity",
    "quantity_printed",
    "unit",
    "value",
    "currency",
    "manufacturer",
    "model",
    "cas",
    "cn",
)


#: The rows a version keeps its content in, beside its own columns.
PARTS: Final = ("items", "parties", "destinations", "criteria")


def write(version: DenialVersion, content: DenialContent) -> None:
    """Set the columns of an unrecorded version and replace its parts; the version itself is saved."""
    set_columns(version, content)
    if version._state.adding:
        version.save(force_insert=True)
    else:
        version.save()
        for part in (version.items, version.parties, version.destinations, version.criteria):
            part.all().delete()
    write_parts([(version, content)])


def set_columns(version: DenialVersion, content: DenialContent) -> None:
    """Set the columns of a version to what a content states."""
    for name in _PLAIN:
        setattr(version, name, getattr(content, name))
    for name in _LISTS:
        setattr(version, name, list(getattr(content, name)))
    version.denial.audience = audience(content.origin)


def write_parts(pairs: Sequence[tuple[DenialVersion, DenialContent]]) -> None:
    """Insert the parts of versions that have none yet."""
    DenialItem.objects.bulk_create(
        _item_row(version, at, item) for version, content in pairs for at, item in enumerate(content.items)
    )
    DenialParty.objects.bulk_create(
        _party_row(version, at, party) for version, content in pairs for at, party in enumerate(content.parties)
    )
    DenialDestination.objects.bulk_create(
        DenialDestination(version=version, position=at, code=one.code, printed=one.printed)
        for version, content in pairs
        for at, one in enumerate(content.destinations)
    )
    DenialCriterion.objects.bulk_create(
        DenialCriterion(version=version, code=one.code, sub_point=one.sub_point)
        for version, content in pairs
        for one in dict.fromkeys(content.criteria)
    )


def _item_row(version: DenialVersion, position: int, item: StatedItem) -> DenialItem:
    parameters = [{"name": one.name, "value": one.value, "unit": one.unit} for one in item.parameters]
    columns = {name: getattr(item, name) for name in _ITEM}
    return DenialItem(version=version, position=position, parameters=parameters, **columns)


def _party_row(version: DenialVersion, position: int, party: StatedParty) -> DenialParty:
    return DenialParty(
        version=version,
        position=position,
        role=party.role,
        name=party.name,
        country=party.country,
        address=party.address,
        aliases=list(party.aliases),
        identifiers=dict(party.identifiers),
        is_placeholder=party.is_placeholder,
        is_category=party.is_category,
    )


def read(version: DenialVersion) -> DenialContent:
    """Return what a version states; its parts are best prefetched."""
    columns: dict[str, Any] = {name: getattr(version, name) for name in _PLAIN}
    columns |= {name: tuple(getattr(version, name)) for name in _LISTS}
    return DenialContent(
        regime=version.denial.regime,
        destinations=tuple(row.facts() for row in ordered(version.destinations.all())),
        parties=tuple(_party(row) for row in ordered(version.parties.all())),
        items=tuple(_item(row) for row in ordered(version.items.all())),
        criteria=tuple(
            Citation(row.code, row.sub_point)
            for row in sorted(version.criteria.all(), key=lambda row: (row.code, row.sub_point))
        ),
        **columns,
    )


def _party(row: DenialParty) -> StatedParty:
    return StatedParty(
        role=row.role,
        name=row.name,
        country=row.country,
        address=row.address,
        aliases=tuple(row.aliases),
        identifiers=tuple(sorted((str(kind), str(value)) for kind, value in row.identifiers.items())),
        is_placeholder=row.is_placeholder,
        is_category=row.is_category,
    )


def _item(row: DenialItem) -> StatedItem:
    parameters = tuple(
        Parameter(str(one["name"]), str(one["value"]), str(one.get("unit", ""))) for one in row.parameters
    )
    return StatedItem(parameters=parameters, **{name: getattr(row, name) for name in _ITEM})
