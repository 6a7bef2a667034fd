"""
How strongly the names of a register speak for being the name asked for, and what of it speaks how much.

A logistic over the figures of an alignment and their products. Its weights are data (`name_weights`), learned from
invented names alone by `tools/learn_name_weights.py`. Each figure's part in the sum is the explanation: the parts and
the constant add up to the whole, less what is taken off for crowding. The size of the register is among the figures
("margin", "acronym"), so that a score means the same in a register of three hundred names and of a hundred thousand.
"""

from dataclasses import dataclass
from math import exp, log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from screening.engine import name_weights
from screening.engine.alignment import FEATURES, features
from screening.engine.name_forms import analyse
from screening.engine.name_index import NameIndex
from screening.engine.name_rows import readings
from screening.engine.vocabulary import Floats

# Scores are drawn out so that names beyond doubt still stand in order.
_DRAWN_OUT: Final = 2.0
# A greater register holds more bodies of nearly one name than chance alone would bring: what is taken off for each
# e-fold of its size beyond this many names (set by measurement, see ADR 0087).
_CROWDING: Final = 0.8
_MEASURED_AT: Final = 20_000
_SMALLEST: Final = 5_000
_MEANS: Final = np.array(name_weights.MEANS, np.float32)
_SCALES: Final = np.array(name_weights.SCALES, np.float32)
# What invented names teach amiss, set right by measurement: how much the shared words tell counts for more, a crowd of
# rows equally near and other kinds of bodies against; the constant keeps the scores where they were. See ADR 0130.
_SET_RIGHT: Final = {"matched": 0.5, "crowd": -0.4, "kinds_apart": -0.3, "acronym": 0.1, "known_otherwise": 0.1}
_CONSTANT: Final = name_weights.CONSTANT - 2.65
_LINEAR: Final = np.array(
    [weight + _SET_RIGHT.get(name, 0.0) for name, weight in zip(FEATURES, name_weights.LINEAR, strict=True)], np.float32
)
_PRODUCTS: Final = np.zeros((len(FEATURES), len(FEATURES)), np.float32)
_PRODUCTS[np.triu_indices(len(FEATURES))] = name_weights.PRODUCTS
_SYMMETRIC: Final = (_PRODUCTS + _PRODUCTS.T) / 2
assert name_weights.FEATURES == FEATURES, "weights learned for other figures"


@dataclass(frozen=True)
class NameFound:
    """An owner one of whose names is near, the name, and the evidence: in log odds, above 0 rather so than not."""

    owner: int
    name: str
    evidence: float
    figures: Floats

    @property
    def score(self) -> float:
        """The evidence from 0 to 1, to put in order and to hold against a threshold."""
        return round(1.0 / (1.0 + exp(-self.evidence / _DRAWN_OUT)), 6)

    def parts(self) -> dict[str, float]:
        """Return what each figure adds to the evidence, the greatest first; figures that add nothing are left out."""
        scaled = (self.figures - _MEANS) / _SCALES
        parts = scaled * _LINEAR + scaled * (scaled @ _SYMMETRIC)
        order = np.argsort(-np.abs(parts))
        return {FEATURES[at]: round(float(parts[at]), 2) for at in order if abs(parts[at]) >= 0.05}


def log_odds(table: Floats) -> Floats:
    """The evidence of rows of figures."""
    scaled = (table - _MEANS) / _SCALES
    found: Floats = _CONSTANT + scaled @ _LINEAR + ((scaled @ _SYMMETRIC) * scaled).sum(1)
    return found


def _crowding(size: int) -> float:
    return _CROWDING * log(max(size, _SMALLEST) / _MEASURED_AT)


def nearest(
    index: NameIndex, name: str, country: str = "", *, limit: int = 20, allowed: NDArray[np.bool_] | None = None
) -> list[NameFound]:
    """
    Return the owners with a name nearest to a name, best first, each once.

    :param allowed: whether each owner counts, by number; all where absent.
    """
    form = analyse(name)
    if not form.is_comparable:
        return []
    best: dict[int, tuple[float, int, Floats]] = {}
    for kind, reading in readings(form):
        asked = index.asked(reading, kind)
        found = index.candidates(asked, allowed)
        table = features(index, asked, found, country)
        evidence = log_odds(table) - _crowding(index.size)
        lines = zip(index.owners[found.rows].tolist(), found.rows.tolist(), evidence.tolist(), table, strict=True)
        for owner, row, value, figures in lines:
            if owner not in best or best[owner][0] < value:
                best[owner] = value, row, figures
    ranked = sorted(best.items(), key=lambda one: (-one[1][0], one[0]))[:limit]
    names = index.names_of([row for _, (_, row, _) in ranked])
    return [
        NameFound(owner, name, value, figures) for name, (owner, (value, _, figures)) in zip(names, ranked, strict=True)
    ]
