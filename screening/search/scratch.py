"""A register held in memory for one run, asked as the real one is, and gone afterwards."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from screening.engine.retrieval import nearest, retrieval_keys
from screening.search.candidates import MOST_CANDIDATES, Candidate
from screening.search.index import folded_names


class ScratchRegister:
    """Denials that count, found by the same keys and names as in the database."""

    def __init__(self, denials: Iterable[Candidate]) -> None:
        self.denials = list(denials)
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._names: list[str] = []
        self._owners: list[int] = []
        for at, denial in enumerate(self.denials):
            for key in retrieval_keys(denial.facts):
                self._holders[key].append(at)
            for name in folded_names(denial.facts):
                self._names.append(name)
                self._owners.append(at)

    def found_by(self, keys: Collection[str]) -> list[Candidate]:
        shared: Counter[int] = Counter()
        for key in keys:
            shared.update(self._holders.get(key, ()))
        return [self.denials[at] for at, _ in shared.most_common(MOST_CANDIDATES)]

    def nearest_to(self, names: Iterable[str]) -> list[Candidate]:
        near: dict[int, Any] = {}
        for name in names:
            near |= {self._owners[place]: None for place, _ in nearest(name, self._names, limit=MOST_CANDIDATES)}
        return [self.denials[at] for at in near]
