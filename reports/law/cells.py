"""A number of the year's tables: what is counted, and the key of its row."""

from dataclasses import dataclass

from reports.law.figures import Figure, Measure, YearCount
from reports.law.licences import region_of
from reports.law.table import NOT_STATED


@dataclass(frozen=True)
class Cell:
    """What is counted, and what its row says; what is not said is ""."""

    measure: str
    authority: str = ""
    destination: str = ""
    region: str = ""
    category: str = ""
    entry: str = ""
    criterion: str = ""
    outcome: str = ""
    kind: str = ""
    origin: str = ""
    mission: str = ""
    ground: str = ""
    act: str = ""
    activity: str = ""
    time: str = ""


#: What a figure says in its dimension.
_DIMENSIONS = ("kind", "origin", "mission", "ground", "act", "activity", "time")
_COLUMNS = ("authority", "destination", "category", "entry", "criterion", "outcome")


def number_of(count: YearCount, cell: Cell) -> int:
    """Return the number a cell of licences, values or applications holds."""
    measure = cell.measure
    if measure == Measure.LICENCES_ISSUED and cell.category:  # in a row of a category each counts that stands in it
        measure = str(Measure.LICENCES_BY_CATEGORY)
    return count.total(measure, lambda one: _is_of(one, cell, count))


def places_of(count: YearCount, region: str) -> frozenset[str]:
    """Return the destinations that are summed in a row of the regions."""
    places = {one.destination for one in count.figures}
    return frozenset(place for place in places if region_of(count, place) == region)


def _is_of(one: Figure, cell: Cell, count: YearCount) -> bool:
    said = {name: getattr(one, name) for name in _COLUMNS} | {name: one.dimension_of(name) for name in _DIMENSIONS}
    asked = {name: value for name in said if (value := getattr(cell, name))}
    held = all(said[name] == (value if value != NOT_STATED else "") for name, value in asked.items())
    return held and cell.region in ("", region_of(count, one.destination))
