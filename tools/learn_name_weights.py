"""
Learn the weights of the evidence on names (`screening/engine/name_weights.py`) from invented names alone.

Worlds of three sizes are invented (`tools/learning/invent.py`): firms, institutes, bodies with many parts, people. Part
of the names asked for are in the register under another form (`tools/learning/changes.py`: another legal form, order,
romanisation, script, language, an acronym, a typing error, ...), the others belong to somebody who is not, often with
most words in common. Every row the index finds for a name is one example. A logistic with products of all figures is
fitted to them by Newton's method, held back by a quadratic penalty.

No record of any real register is read. The outcome is measured elsewhere: `manage.py evaluate_screening --report` on a
file of one's own, and `make bench-screening` on another invented world.

    .venv/bin/python tools/learn_name_weights.py            about five minutes; writes the file anew
    .venv/bin/python tools/learn_name_weights.py 10         a tenth of the examples, prints only
"""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from textwrap import fill

import numpy as np

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))

from screening.engine.alignment import FEATURES, features  # noqa: E402
from screening.engine.name_forms import analyse  # noqa: E402
from screening.engine.name_index import Entry, NameIndex  # noqa: E402
from screening.engine.name_rows import readings  # noqa: E402
from tools.learning.changes import CHANGES, another  # noqa: E402
from tools.learning.invent import Invented, World  # noqa: E402

TARGET = BASE / "screening" / "engine" / "name_weights.py"
VERSION = "2026-11-22"
# Seed, names in the register, names asked for, stems a culture has.
WORLDS = ((1, 3_000, 2_000, 500), (2, 12_000, 3_000, 1_500), (3, 40_000, 3_500, 4_000))
PENALTY = 100.0
STEPS = 12


def main() -> None:
    share = next((int(word) for word in sys.argv[1:] if word.isdigit()), 1)
    tables, answers = [], []
    for seed, size, asked, stems in WORLDS:
        for table, is_so in examples(seed, size // share, asked // share, max(stems // share, 100)):
            tables.append(table)
            answers.append(is_so)
        print(f"world {seed}: {sum(map(len, answers))} examples so far", flush=True)
    table, is_so = np.concatenate(tables).astype(np.float64), np.concatenate(answers)
    kept, counted = thinned(table, is_so)
    text = written(*fitted(table[kept], is_so[kept], counted), len(is_so))
    if share == 1:
        TARGET.write_text(text)
    print(text if share > 1 else f"{TARGET.relative_to(BASE)} written")


def examples(seed: int, size: int, asked: int, stems: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Figures of the rows found for each name asked for, and which of them are the one."""
    world, random = World(seed, stems), Random(seed + 1)  # noqa: S311 - invented names
    register = [world.any() for _ in range(size)]
    index = NameIndex(Entry.of(owner, one.name, one.country) for owner, one in enumerate(register))
    for number in range(asked):
        owner, one, name = _asked(number, world, register, random)
        country = _country(one, register, random)
        for kind, reading in readings(analyse(name)):
            question = index.asked(reading, kind)
            found = index.candidates(question)
            table = features(index, question, found, country)
            owners = index.owners[found.rows]
            names = [register[at].name.lower() for at in owners]
            meant = {name.lower()} if owner < 0 else {name.lower(), one.name.lower()}
            namesakes = np.array([held in meant for held in names], bool) & (owners != owner)
            if len(owners):
                yield table[~namesakes], (owners == owner)[~namesakes]


def _asked(number: int, world: World, register: list[Invented], random: Random) -> tuple[int, Invented, str]:
    """Three of five names are in the register in another form; the others are nobody's there."""
    if number % 5 < 3:
        owner = random.randrange(len(register))
        return owner, register[owner], random.choice(CHANGES)(register[owner], random)
    if number % 5 == 3 and random.random() < 0.5:
        one = random.choice(register)
        return -1, one, another(one, random)
    one = world.any()
    return -1, one, random.choice(CHANGES)(one, random) if random.random() < 0.3 else one.name


def _country(one: Invented, register: list[Invented], random: Random) -> str:
    """The country is mostly said and mostly the same."""
    chance = random.random()
    if chance < 0.08 or not one.country:
        return ""
    return one.country if chance < 0.993 else random.choice(register).country


def thinned(table: np.ndarray, is_so: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of the rows that share next to nothing one in seven, counted seven times."""
    covered = np.minimum(table[:, FEATURES.index("asked_covered")], table[:, FEATURES.index("held_covered")])
    far = (covered < 0.35) & ~is_so & (table[:, FEATURES.index("acronym")] == 0)
    kept = ~far | (np.arange(len(table)) % 7 == 0)
    return kept, np.where(far, 7.0, 1.0)[kept]


def fitted(
    table: np.ndarray, is_so: np.ndarray, counted: np.ndarray
) -> tuple[np.ndarray, np.ndarray, float, np.ndarray, np.ndarray]:
    """Means and scales of the figures, the constant, the weights of the figures and of their products."""
    means = np.average(table, axis=0, weights=counted)
    scales = np.sqrt(np.average((table - means) ** 2, axis=0, weights=counted)) + 1e-6
    scaled = (table - means) / scales
    one, other = np.triu_indices(table.shape[1])
    wide = np.concatenate([scaled, scaled[:, one] * scaled[:, other]], 1)
    wide_means, wide_scales = wide.mean(0), wide.std(0) + 1e-6
    rows = np.concatenate([(wide - wide_means) / wide_scales, np.ones((len(wide), 1))], 1)
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        odds = 1 / (1 + np.exp(-rows @ weights))
        curve = counted * np.maximum(odds * (1 - odds), 1e-5)
        slope = rows.T @ (counted * (is_so - odds)) - PENALTY * weights
        weights += np.linalg.solve((rows * curve[:, None]).T @ rows + PENALTY * np.eye(len(weights)), slope)
    plain = weights[:-1] / wide_scales
    constant = float(weights[-1] - plain @ wide_means)
    count = table.shape[1]
    return means, scales, constant, plain[:count], plain[count:]


def written(
    means: np.ndarray, scales: np.ndarray, constant: float, linear: np.ndarray, products: np.ndarray, examples: int
) -> str:
    """The data file."""
    parts = [
        f'"""Weights of the evidence on names, learned on {VERSION} from {examples} invented examples: '
        'see `tools/learn_name_weights.py`."""',
        "# ruff: noqa: E501",
        "from typing import Final",
        "",
        f'VERSION: Final = "{VERSION}"',
        f"FEATURES: Final = (\n{_listed(chr(34) + name + chr(34) for name in FEATURES)}\n)  # fmt: skip",
        f"CONSTANT: Final = {constant:.4f}",
    ]
    for name, values in (("MEANS", means), ("SCALES", scales), ("LINEAR", linear), ("PRODUCTS", products)):
        listed = _listed(f"{value:.4f}" for value in values)
        parts.append(f"{name}: Final = (\n{listed}\n)  # fmt: skip")
    return "\n".join(parts) + "\n"


def _listed(values: Iterable[str]) -> str:
    return fill(", ".join(values) + ",", 110, initial_indent="    ", subsequent_indent="    ")


if __name__ == "__main__":
    main()
