"""From a number to the cases it counts: denials in the register's list, everything else on a page of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from django.urls import reverse

from accounts.roles import Principal
from denials.law.places import UNRESOLVED, Special
from reports.law.cells import Cell
from reports.law.figures import Measure, Outcome, YearCount
from reports.law.licences import TOTAL
from reports.law.returns import DECISIONS
from reports.law.tables import NOT_STATED, Key, Table, names_several
from reports.statistics.cases import LINES, OTHER_ANSWER, may_follow
from reports.statistics.consultations import CLOSED_UNANSWERED, OPEN

Said = Sequence[tuple[str, str]]

#: The filter of the register's list that each key of a table is.
FILTERS = {"authority": "state", "destination": "destination", "criterion": "criterion", "category": "category"}
NO_FILTER = frozenset({str(Special.VARIOUS), str(Special.UNKNOWN), "unlisted", "other_list", "not_stated"})
COLUMNS = {
    str(Measure.DENIALS),
    str(Measure.DENIALS_BY_DESTINATION),
    str(Measure.DENIALS_BY_CATEGORY),
    str(Measure.CRITERION_CITED),
}
#: What the page of cases parts them by.
CELL_KEYS = frozenset(one.name for one in fields(Cell) if one.name != "measure")
ENDINGS_BY_STATE = "consultations_by_consulted_authority_and_outcome"
KNOWN_ENDINGS = frozenset({*map(str, Outcome), OTHER_ANSWER, OPEN, CLOSED_UNANSWERED})
#: One record stands in these under each of its rows, so that their sum counts no records.
NEVER_SUMMED = frozenset({str(Measure.DENIALS_BY_DESTINATION)})


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
        said = [*self.chosen.items(), *zip(table.keys, key, strict=True)]
        return self._to_denials(table, said, column) or self._to_cases(table, said, column)

    def to_all(self, table: Table, column: str) -> str:
        """Return the same of the sum over all rows."""
        if column in NEVER_SUMMED:
            return ""
        said = list(self.chosen.items())
        return self._to_denials(table, said, column) or self._to_cases(table, said, column)

    def _to_cases(self, table: Table, said: Said, column: str) -> str:
        """The page of the cases."""
        asked = {kind: code for kind, code in said if code != TOTAL}
        if not CELL_KEYS.issuperset(asked):
            return ""
        if table.name == ENDINGS_BY_STATE:
            asked, column = asked | {"outcome": column}, str(Measure.CONSULTATIONS_BY_OUTCOME)
            if asked["outcome"] not in KNOWN_ENDINGS:
                return ""
        if table.name == "cyber_surveillance" and column in (*DECISIONS, NOT_STATED):
            asked, column = asked | {"outcome": column}, str(Measure.CYBER_APPLICATIONS)
        if criterion := _criterion(column):
            asked, column = asked | {"criterion": criterion}, str(Measure.CRITERION_CITED)
        if column in LINES:
            asked = {kind: code or NOT_STATED for kind, code in asked.items()}
        cell = Cell(measure=column, **asked)
        if not may_follow(cell, self.reader):
            return ""
        page = reverse("reports:cases", args=[self.count.regime, self.count.year])
        return f"{page}?{urlencode({'measure': column, **{kind: code for kind, code in asked.items() if code}})}"

    def _to_denials(self, table: Table, said: Said, column: str) -> str:
        """The register's list, where its filters say exactly the same."""
        criterion = _criterion(column)
        cited = bool(criterion) or column == Measure.CRITERION_CITED
        if not self.reader.may("denial.read") or not (criterion or column in COLUMNS) or (cited and self.by_ground):
            return ""
        if any(kind == "destination" for kind, _code in said) and self.several != (
            column == Measure.DENIALS_BY_DESTINATION
        ):
            return ""
        if column == Measure.DENIALS_BY_CATEGORY and not any(kind == "category" for kind, _code in said):
            return ""
        query = {"regime": self.count.regime, "counted": str(self.count.year)}
        for kind, code in said:
            if (kind, code) == ("category", TOTAL):  # each once, whatever its category
                continue
            if kind not in FILTERS or code in NO_FILTER or code.startswith(f"{UNRESOLVED}:"):
                return ""
            query[FILTERS[kind]] = code
        if criterion:
            query["criterion"] = criterion
        return f"{reverse('denials:list')}?{urlencode(query)}"


def _criterion(column: str) -> str:
    number = column.removeprefix("criterion_")
    return number if number.isdigit() else ""
