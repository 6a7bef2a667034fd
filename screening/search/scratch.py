"""A register held in memory for one run, asked as the real one is, and gone afterwards."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from screening.engine.live_names import LiveNames
from screening.engine.retrieval import nearest, retrieval_keys
from screening.search.candidates import MOST_CANDIDATES, MOST_OF_A_NAME, Candidate, Named, near_names
from screening.search.index import folded_names, lines_of, without_exporter


class ScratchRegister:
    """Denials that count, found by the same names and keys as in the database."""

    def __init__(self, denials: Iterable[Candidate]) -> None:
        self.denials = list(denials)
        self._holders: dict[str, list[int]] = defaultdict(list)
        self._live: LiveNames[int] = LiveNames()
        for at, denial in enumerate(self.denials):
            for key in retrieval_keys(denial.facts):
                self._holders[key].append(at)
        self._live.take_in((at, lines_of(without_exporter(one.facts))) for at, one in enumerate(self.denials))

    def named_like(self, names: Iterable[str]) -> Named:
        return near_names(self._live, names, None, lambda places: [self.denials[at] for at in places])

    def found_by(self, keys: Collection[str]) -> list[Candidate]:
        return self._sharing(keys, MOST_CANDIDATES)

    def numbered(self, keys: Collection[str]) -> list[Candidate]:
        return self._sharing(keys, MOST_OF_A_NAME)

    def _sharing(self, keys: Collection[str], most: int) -> list[Candidate]:
        shared: Counter[int] = Counter()
        for key in keys:
            shared.update(self._holders.get(key, ()))
        return [self.denials[at] for at, _ in shared.most_common(most)]

    def nearest_to(self, names: Iterable[str]) -> list[Candidate]:
        held = [(folded, at) for at, denial in enumerate(self.denials) for folded in folded_names(denial.facts)]
        near: dict[int, Any] = {}
        for name in names:
            found = nearest(name, [folded for folded, _ in held], limit=MOST_CANDIDATES)
            near |= {held[place][1]: None for place, _ in found}
        return [self.denials[at] for at in near]
