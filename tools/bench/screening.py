"""
Measure party screening on an invented register, with peers over the same names in the same run; print ratios.

    .venv/bin/python tools/bench/screening.py            100,000 names
    .venv/bin/python tools/bench/screening.py 1000000    a million

Peers: brute force with rapidfuzz's token_sort_ratio, tf-idf over three letters, PostgreSQL's pg_trgm and its full text,
each with a GIN index; slow peers are asked a part of the names. nomenklatura's LogicV2 is measured where it is
installed. The table ends with how a threshold set on a quarter of the register does on the whole. The world is another than the weights were learned from, yet of the same making: the figures tell
speed, and losses from one release to the next, more than quality.
"""

import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

BASE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(BASE))

import numpy as np  # noqa: E402
from rapidfuzz import fuzz, process  # noqa: E402

from screening.engine import folding  # noqa: E402
from screening.engine.live_names import LiveNames  # noqa: E402
from screening.engine.scorecard import Scorecard, scorecard  # noqa: E402
from tools.learning.changes import CHANGES, another  # noqa: E402
from tools.learning.invent import Invented, World  # noqa: E402

SEED = 77
ASKED = 1_500
SLOW_ASKED = 150
FIGURES = BASE / "docs" / "screening-figures.json"
Hits = list[tuple[int, float]]


def main() -> None:
    size = next((int(word) for word in sys.argv[1:] if word.isdigit()), 100_000)
    print(f"Load of the machine before the measurement: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    world = World(SEED, max(size // 10, 500))
    register = [world.any() for _ in range(size)]
    queries = list(_queries(world, register))
    before = _memory()
    started = perf_counter()
    names: LiveNames[int] = LiveNames()
    names.replace({at: [(one.name, one.country)] for at, one in enumerate(register)})
    built, used = perf_counter() - started, _memory() - before
    print(f"{size} names indexed in {built:.1f} s, {used / size:.0f} bytes a name")

    def ours(name: str, country: str) -> Hits:
        return [(key, found.score) for key, found in names.nearest(name, country)]

    answers = _run(queries, ours)
    own = scorecard(queries, answers)
    print("\n".join(own.lines(_last(size))))
    print(f"{1000 * len(answers) / sum(answer['ms'] for answer in answers):.0f} names a second, one thread")
    for title, ask in _peers(register):
        part = queries[:SLOW_ASKED]
        _compare(title, scorecard(part, _run(part, ask)), scorecard(part, answers))
    print(_nomenklatura())
    _transfer(register, queries, answers)
    if "--keep" in sys.argv:
        FIGURES.write_text(json.dumps({str(size): own.as_data()}, indent=1) + "\n")


def _queries(world: World, register: list[Invented]) -> Iterator[dict[str, Any]]:
    random = Random(SEED + 1)  # noqa: S311 - invented names
    for number in range(ASKED):
        owner = random.randrange(len(register))
        one, gold, stratum = register[owner], [owner], "neg-near"
        if number % 5 < 3:
            change = CHANGES[number % len(CHANGES)]
            name, stratum = change(one, random), change.__name__
        elif number % 5 == 3:
            one, gold, stratum = world.any(), [], "neg-random"
            name = one.name
        else:
            name, gold = another(one, random), []
        yield {"qid": number, "query": name, "country": one.country, "stratum": stratum, "gold": gold}


def _run(queries: list[dict[str, Any]], ask: Callable[[str, str], Hits]) -> list[dict[str, Any]]:
    answers = []
    for query in queries:
        started = perf_counter()
        hits = ask(query["query"], query["country"])
        answers.append({"qid": query["qid"], "hits": hits, "ms": (perf_counter() - started) * 1000})
    return answers


def _peers(register: list[Invented]) -> Iterator[tuple[str, Callable[[str, str], Hits]]]:
    folded = [" ".join(folding.words(one.name)) for one in register]
    yield "rapidfuzz token_sort_ratio, brute force", lambda name, _: _token_sort(name, folded)
    grams = Grams(folded)
    yield "tf-idf over three letters", lambda name, _: grams.nearest(" ".join(folding.words(name)))
    with _directory() as home, _postgres(Path(home)) as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute("CREATE TEMP TABLE bench_names (id int, name text)")
        with cursor.copy("COPY bench_names FROM STDIN") as copy:
            for at, name in enumerate(folded):
                copy.write_row((at, name))
        cursor.execute("CREATE INDEX ON bench_names USING gin (name gin_trgm_ops)")
        cursor.execute("ANALYZE bench_names")
        yield "PostgreSQL pg_trgm, GIN index", lambda name, _: _trigrams(cursor, name)
        cursor.execute("CREATE INDEX ON bench_names USING gin (to_tsvector('simple', name))")
        cursor.execute("ANALYZE bench_names")
        yield "PostgreSQL full text, GIN index", lambda name, _: _full_text(cursor, name)


def _directory() -> tempfile.TemporaryDirectory[str]:
    """A directory for the cluster, which may take a moment to be gone."""
    return tempfile.TemporaryDirectory(prefix="bench-screening-", ignore_cleanup_errors=True)


@contextmanager
def _postgres(home: Path) -> Iterator[Any]:
    """A cluster of its own, gone afterwards."""
    import psycopg

    from config.services import Services

    home.chmod(0o755)  # the cluster may run as another user
    services = Services(home)
    services.join()
    try:
        with psycopg.connect(services.environment()["DATABASE_OWNER_URL"], autocommit=True) as connection:
            yield connection.cursor()
    finally:
        services.leave()


def _token_sort(name: str, folded: list[str]) -> Hits:
    asked = " ".join(folding.words(name))
    return [
        (at, score / 100) for _, score, at in process.extract(asked, folded, scorer=fuzz.token_sort_ratio, limit=20)
    ]


def _trigrams(cursor: Any, name: str) -> Hits:
    asked = " ".join(folding.words(name))
    cursor.execute(
        "SELECT id, similarity(name, %s) AS near FROM bench_names WHERE name %% %s ORDER BY near DESC, id LIMIT 20",
        [asked, asked],
    )
    return [(int(found), float(near)) for found, near in cursor.fetchall()]


def _full_text(cursor: Any, name: str) -> Hits:
    asked = " | ".join(folding.words(name)) or "x"
    cursor.execute(
        "SELECT id, ts_rank(to_tsvector('simple', name), query) AS near FROM bench_names, "
        "to_tsquery('simple', %s) AS query WHERE to_tsvector('simple', name) @@ query ORDER BY near DESC, id LIMIT 20",
        [asked],
    )
    return [(int(found), float(near)) for found, near in cursor.fetchall()]


class Grams:
    """Names by their runs of three letters, each weighed by how rare it is: cosines by an inverted index."""

    def __init__(self, texts: list[str]) -> None:
        self._numbers: dict[str, int] = {}
        pairs = np.array(
            [
                (self._numbers.setdefault(gram, len(self._numbers)), at)
                for at, text in enumerate(texts)
                for gram in self._grams(text)
            ],
            np.int32,
        )
        held = np.bincount(pairs[:, 0])
        self._weights = np.log(len(texts) / held).astype(np.float32)
        order = np.argsort(pairs[:, 0], kind="stable")
        self._rows, self._ends = pairs[order, 1], np.concatenate([[0], np.cumsum(held)])
        self._norms = np.sqrt(np.bincount(pairs[:, 1], self._weights[pairs[:, 0]] ** 2, len(texts))) + 1e-6

    @staticmethod
    def _grams(text: str) -> set[str]:
        padded = f" {text} "
        return {padded[at : at + 3] for at in range(len(padded) - 2)}

    def nearest(self, text: str) -> Hits:
        numbers = [self._numbers[gram] for gram in self._grams(text) if gram in self._numbers]
        total = np.zeros(len(self._norms), np.float32)
        for number in numbers:
            total[self._rows[self._ends[number] : self._ends[number + 1]]] += self._weights[number] ** 2
        near = total / self._norms / (float(np.sqrt((self._weights[numbers] ** 2).sum())) + 1e-6)
        best = np.argpartition(-near, 20)[:20] if len(near) > 20 else np.arange(len(near))
        return [(int(at), float(near[at])) for at in best[np.argsort(-near[best])] if near[at] > 0]


def _nomenklatura() -> str:
    """Say whether nomenklatura can be measured: it is no dependency of the project."""
    if importlib.util.find_spec("nomenklatura") is None:
        return (
            "nomenklatura LogicV2: not measured, not among the pinned packages (its scorer takes no register of names)"
        )
    return "nomenklatura is installed; its LogicV2 scores pairs, and is compared by `evaluate_screening` on a file"


def _transfer(register: list[Invented], queries: list[dict[str, Any]], whole: list[dict[str, Any]]) -> None:
    """False hits on the whole register at the threshold that brings one in 100 on a quarter of it."""
    unrelated = [query for query in queries if query["stratum"] == "neg-random"]
    names: LiveNames[int] = LiveNames()
    names.replace({at: [(one.name, one.country)] for at, one in enumerate(register) if at % 4 == 0})
    few, many = unrelated[::2], unrelated[1::2]
    scores = [found.score for query in few for _, found in names.nearest(query["query"], query["country"])]
    threshold = sorted(scores, reverse=True)[len(few) // 100] + 1e-9
    given = {answer["qid"]: answer["hits"] for answer in whole}
    false = sum(score >= threshold for query in many for _, score in given[query["qid"]])
    print(f"threshold of one false hit in 100 on a quarter of the register: {threshold:.3f}")
    print(f"  at it on the whole register, other names asked: {100 * false / len(many):.1f} false hits in 100")


def _compare(title: str, peer: Scorecard, own: Scorecard) -> None:
    def recall(card: Scorecard) -> float:
        return sum(one.recall_10fh * one.asked for one in card.strata.values()) / sum(
            one.asked for one in card.strata.values()
        )

    print(f"{title}, {SLOW_ASKED} names asked of both:")
    print(f"  recall at ten false hits in 100: {recall(own):.3f} against {recall(peer):.3f}")
    print(f"  near-miss false hits in 100: {own.near_false_hits_10fh:.1f} against {peer.near_false_hits_10fh:.1f}")
    print(f"  p50 {own.p50_ms:.2f} against {peer.p50_ms:.2f} ms: {peer.p50_ms / own.p50_ms:.1f} times as fast")


def _last(size: int) -> Any:
    return json.loads(FIGURES.read_text()).get(str(size)) if FIGURES.exists() else None


def _memory() -> int:
    """Bytes this process holds now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    main()
