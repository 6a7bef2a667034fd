"""From a number to the cases it counts: denials in the register's list, everything else on a page of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from accounts.roles import Principal
from denials.law.places import UNRESOLVED, Special
from reports.law.figures import Measure, Outcome, YearCount
from reports.law.licences import TOTAL
from reports.law.returns import DECISIONS
from reports.law.tables import Key, Table, names_several
from reports.statistics.cases import Cell, may_follow

#: The filter of the register's list that each key of a table is.
FILTERS = {"authority": "state", "destination": "destination", "criterion": "criterion", "category": "category"}
NO_FILTER = frozenset({str(Special.VARIOUS), str(Special.UNKNOWN), "unlisted", "other_list", "not_stated"})
COLUMNS = {
    str(Measure.DENIALS),
    str(Measure.DENIALS_BY_DESTINATION),
    str(Measure.DENIALS_BY_CATEGORY),
    str(Measure.CRITERION_CITED),
}
#: What the page of cases parts them by; and values of it that name no case.
CELL_KEYS = frozenset({"authority", "destination", "category", "entry", "outcome", "kind", "origin", "mission"})
UNSAID = frozenset({"unlisted", "other_list", "not_stated"})
ENDINGS_BY_STATE = "consultations_by_consulted_authority_and_outcome"
KNOWN_ENDINGS = frozenset({*map(str, Outcome), "open", "closed_unanswered"})


@dataclass(frozen=True)
class Links:
    """
    The links of one count for one reader.

    `several`: denials name several destinations, so that a destination's row and its list differ. `by_ground`:
    criteria are named by grounds too, which the list's filter does not know.
    """

    count: YearCount
    reader: Principal
    chosen: Mapping[str, str]
    several: bool
    by_ground: bool

    @classmethod
    def of(cls, count: YearCount, reader: Principal, chosen: Mapping[str, str]) -> "Links":
        """Return the links of a count.   :param chosen: the state and destination it was narrowed to."""
        grounds = (one.dimension_of("ground") for one in count.of(Measure.GROUND_CITED))
        narrowed = {name: code for name, code in chosen.items() if code}
        return cls(
            count, reader, narrowed, names_several(count), any(ground.startswith("criterion_") for ground in grounds)
        )

    def to(self, table: Table, key: Key, column: str) -> str:
        """Return the address of what a number counts, "" where there is none for this reader."""
        return self._to_denials(table, key, column) or self._to_cases(table, key, column)

    def _to_cases(self, table: Table, key: Key, column: str) -> str:
        """The page of the cases; a total is no cell."""
        said = {kind: code for kind, code in zip(table.keys, key, strict=True) if code != TOTAL} | dict(self.chosen)
        if any(kind not in CELL_KEYS or code in UNSAID for kind, code in said.items()):
            return ""
        if table.name == ENDINGS_BY_STATE:
            said, column = said | {"outcome": column}, str(Measure.CONSULTATIONS_BY_OUTCOME)
            if said["outcome"] not in KNOWN_ENDINGS:
                return ""
        if table.name == "cyber_surveillance" and column in DECISIONS:
            said, column = said | {"outcome": column}, str(Measure.CYBER_APPLICATIONS)
        cell = Cell(measure=column, **said)
        if not may_follow(cell, self.reader):
            return ""
        page = reverse("reports:cases", args=[self.count.regime, self.count.year])
        return f"{page}?{urlencode({'measure': column, **{kind: code for kind, code in said.items() if code}})}"

    def _to_denials(self, table: Table, key: Key, column: str) -> str:
        """The register's list, where its filters say exactly the same."""
        criterion = column.removeprefix("criterion_") if column.removeprefix("criterion_").isdigit() else ""
        cited = bool(criterion) or column == Measure.CRITERION_CITED
        if not (criterion or column in COLUMNS) or (cited and self.by_ground):
            return ""
        if "destination" in (*table.keys, *self.chosen) and self.several != (column == Measure.DENIALS_BY_DESTINATION):
            return ""
        query = {"regime": self.count.regime, "counted": str(self.count.year)}
        for kind, code in (*self.chosen.items(), *zip(table.keys, key, strict=True)):
            if (kind, code) == ("category", TOTAL):  # each once, whatever its category
                continue
            if kind not in FILTERS or code in NO_FILTER or code.startswith(f"{UNRESOLVED}:"):
                return ""
            query[FILTERS[kind]] = code
        if criterion:
            query["criterion"] = criterion
        return f"{reverse('denials:list')}?{urlencode(query)}"
