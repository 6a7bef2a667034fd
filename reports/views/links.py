"""From a number to the denials it counts, in the register's list; only where a filter says exactly the same."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from denials.law.places import UNRESOLVED, Special
from reports.law.figures import Measure, YearCount
from reports.law.licences import TOTAL
from reports.law.tables import Key, Table, names_several

#: The filter of the register's list that each key of a table is.
FILTERS = {"authority": "state", "destination": "destination", "criterion": "criterion", "category": "category"}
NO_FILTER = frozenset({str(Special.VARIOUS), str(Special.UNKNOWN), "unlisted", "other_list", "not_stated"})
COLUMNS = {
    str(Measure.DENIALS),
    str(Measure.DENIALS_BY_DESTINATION),
    str(Measure.DENIALS_BY_CATEGORY),
    str(Measure.CRITERION_CITED),
}


@dataclass(frozen=True)
class Links:
    """
    The links of one count.

    `several`: denials name several destinations, so that a destination's row and its list differ. `by_ground`:
    criteria are named by grounds too, which the list's filter does not know.
    """

    count: YearCount
    several: bool
    by_ground: bool

    @classmethod
    def of(cls, count: YearCount) -> "Links":
        """Return the links of a count."""
        grounds = (one.dimension_of("ground") for one in count.of(Measure.GROUND_CITED))
        return cls(count, names_several(count), any(ground.startswith("criterion_") for ground in grounds))

    def to(self, table: Table, key: Key, column: str) -> str:
        """Return the address of the list of exactly what a number counts, "" where there is none."""
        criterion = column.removeprefix("criterion_") if column.removeprefix("criterion_").isdigit() else ""
        cited = bool(criterion) or column == Measure.CRITERION_CITED
        if not (criterion or column in COLUMNS) or (cited and self.by_ground):
            return ""
        if "destination" in table.keys and self.several != (column == Measure.DENIALS_BY_DESTINATION):
            return ""
        query = {"regime": self.count.regime, "counted": str(self.count.year)}
        for kind, code in zip(table.keys, key, strict=True):
            if (kind, code) == ("category", TOTAL):  # each once, whatever its category
                continue
            if kind not in FILTERS or code in NO_FILTER or code.startswith(f"{UNRESOLVED}:"):
                return ""
            query[FILTERS[kind]] = code
        if criterion:
            query["criterion"] = criterion
        return f"{reverse('denials:list')}?{urlencode(query)}"
