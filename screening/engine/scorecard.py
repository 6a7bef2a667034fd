"""How good a run of party screening was, from what it answered and what should have been found."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

UNRELATED: Final = frozenset(("neg-random", "neg-person-synth"))
_NOT_SCORED: Final = "neg-dropped"
_WORDS: Final = ("recall_at_1", "recall_at_10", "recall_1fh", "recall_10fh")


@dataclass(frozen=True)
class Stratum:
    """Shares of the names of one kind that were found: first, among ten, above a threshold."""

    asked: int
    recall_at_1: float
    recall_at_10: float
    recall_1fh: float
    recall_10fh: float


@dataclass(frozen=True)
class Scorecard:
    """
    The figures of a run.

    The thresholds are those at which names of nobody in the register bring one, and ten, false hits in 100.
    """

    strata: Mapping[str, Stratum]
    threshold_1fh: float
    threshold_10fh: float
    near_false_hits_10fh: float
    list_length: float
    p50_ms: float
    p95_ms: float

    def as_data(self) -> dict[str, Any]:
        """Return the figures as plain data, to be kept."""
        return asdict(self)

    def lines(self, last: Mapping[str, Any] | None = None) -> Iterable[str]:
        """Return the figures as a table, each with its change since the last release in brackets."""
        before = (last or {}).get("strata", {})
        yield f"{'stratum':<22}{'asked':>6}" + "".join(f"{word.replace('recall', 'R'):>18}" for word in _WORDS)
        for name, stratum in sorted(self.strata.items()):
            cells = (_cell(getattr(stratum, word), before.get(name, {}).get(word)) for word in _WORDS)
            yield f"{name:<22}{stratum.asked:>6}" + "".join(f"{cell:>18}" for cell in cells)
        for word in ("threshold_1fh", "threshold_10fh", "near_false_hits_10fh", "list_length", "p50_ms", "p95_ms"):
            yield f"{word:<28}{_cell(getattr(self, word), (last or {}).get(word)):>18}"


@dataclass(frozen=True)
class LevelStratum:
    """
    Of applications of one kind: which shares of the denials named were found as they should be, None where none is.

    `gold_strong`: of those essentially identical; `near_strong`: of those that must not be strong; `none_hit`: of those
    that must be no hit with a duty. `recall_at_1`, `recall_at_10`: an identical one is among the first so many.
    """

    asked: int
    gold_strong: float | None
    near_strong: float | None
    none_hit: float | None
    recall_at_1: float | None
    recall_at_10: float | None


_SHARES: Final = ("gold_strong", "near_strong", "none_hit", "recall_at_1", "recall_at_10")


@dataclass(frozen=True)
class LevelCard:
    """
    The figures of a run over transactions: hits a hundred applications, by level, and how long one took.

    `strata`: by kind, where the applications tell their kind and what should have been found.
    """

    asked: int
    strong: float
    possible: float
    information: float
    without_hit: float
    p50_ms: float
    p95_ms: float
    strata: Mapping[str, LevelStratum] = field(default_factory=dict)

    def as_data(self) -> dict[str, Any]:
        """Return the figures as plain data, to be kept."""
        return asdict(self)

    def lines(self, last: Mapping[str, Any] | None = None) -> Iterable[str]:
        """Return the figures, those of each kind first, each with its change since the last release in brackets."""
        before = (last or {}).get("strata", {})
        if self.strata:
            yield f"{'stratum':<22}{'asked':>6}" + "".join(f"{word:>18}" for word in _SHARES)
        for name, stratum in sorted(self.strata.items()):
            held = before.get(name, {})
            cells = ((getattr(stratum, word), held.get(word)) for word in _SHARES)
            yield f"{name:<22}{stratum.asked:>6}" + "".join(
                f"{'-' if value is None else _cell(value, was):>18}" for value, was in cells
            )
        for word, value in asdict(self).items():
            if word != "strata":
                yield f"{word:<28}{_cell(float(value), (last or {}).get(word)):>18}"


def levels(answers: Iterable[Mapping[str, Any]], asked: Iterable[Mapping[str, Any]] = ()) -> LevelCard:
    """
    Count hits a hundred applications by level, and by kind what was found as it should be.

    :param asked: the applications; those that tell `stratum` tell `gold`, `near` and `none` too, where there are any.
    :raises KeyError: if an application has no answer.
    """
    given = list(answers)
    each = max(len(given), 1) / 100
    found = [str(hit["level"]) for answer in given for hit in answer["hits"]]
    times = sorted(answer["ms"] for answer in given) or [0.0]
    return LevelCard(
        len(given),
        found.count("strong") / each,
        found.count("possible") / each,
        found.count("information") / each,
        sum(not answer["hits"] for answer in given) / each,
        times[len(times) // 2],
        times[int(len(times) * 0.95)],
        _by_kind({answer["qid"]: answer for answer in given}, asked),
    )


def _by_kind(given: Mapping[Any, Mapping[str, Any]], asked: Iterable[Mapping[str, Any]]) -> dict[str, LevelStratum]:
    by_kind: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in asked:
        if row.get("stratum"):
            by_kind[row["stratum"]].append(row)
    return {name: _of_kind(rows, given) for name, rows in by_kind.items()}


def _of_kind(rows: list[Mapping[str, Any]], given: Mapping[Any, Mapping[str, Any]]) -> LevelStratum:
    found: dict[str, list[bool]] = {word: [] for word in _SHARES}
    for row in rows:
        hits = given[row["qid"]]["hits"]
        order, level = [hit["id"] for hit in hits], {hit["id"]: hit["level"] for hit in hits}
        gold = row.get("gold") or ()
        found["gold_strong"] += [level.get(one) == "strong" for one in gold]
        found["near_strong"] += [level.get(one) == "strong" for one in row.get("near") or ()]
        found["none_hit"] += [level.get(one) in {"strong", "possible"} for one in row.get("none") or ()]
        for most in (1, 10) if gold else ():
            found[f"recall_at_{most}"].append(any(one in gold for one in order[:most]))
    shares = {word: sum(ones) / len(ones) if ones else None for word, ones in found.items()}
    return LevelStratum(len(rows), **shares)


def _cell(now: float, before: float | None) -> str:
    return f"{now:.3f}" if before is None else f"{now:.3f} ({now - before:+.3f})"


def scorecard(queries: Iterable[Mapping[str, Any]], answers: Iterable[Mapping[str, Any]]) -> Scorecard:
    """
    Score answers against queries that tell their stratum, `gold` (to be found) and `ignore` (neither hit nor false).

    :raises KeyError: if a query has no answer.
    """
    given = {answer["qid"]: answer for answer in answers}
    asked = [query for query in queries if query["stratum"] != _NOT_SCORED]
    unrelated = [query for query in asked if query["stratum"] in UNRELATED]
    false = sorted((score for query in unrelated for score in _false(query, given[query["qid"]])), reverse=True)
    thresholds = [_threshold(false, int(rate * len(unrelated))) for rate in (0.01, 0.10)]
    by_stratum: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for query in asked:
        by_stratum[query["stratum"]].append(query)
    near = by_stratum.get("neg-near", [])
    near_false = sum(score >= thresholds[1] for query in near for score in _false(query, given[query["qid"]]))
    times = sorted(answer["ms"] for answer in given.values()) or [0.0]
    return Scorecard(
        {name: _stratum(rows, given, *thresholds) for name, rows in by_stratum.items() if not name.startswith("neg")},
        thresholds[0],
        thresholds[1],
        100 * near_false / max(len(near), 1),
        sum(len(answer["hits"]) for answer in given.values()) / max(len(given), 1),
        times[len(times) // 2],
        times[int(len(times) * 0.95)],
    )


def _threshold(false: list[float], allowed: int) -> float:
    return false[allowed] + 1e-9 if allowed < len(false) else 0.0


def _false(query: Mapping[str, Any], answer: Mapping[str, Any]) -> list[float]:
    known = {*query.get("gold", ()), *query.get("ignore", ())}
    return [score for found, score in answer["hits"] if found not in known]


def _stratum(
    rows: list[Mapping[str, Any]], given: Mapping[Any, Mapping[str, Any]], first: float, tenth: float
) -> Stratum:
    ranks, scores = [], []
    for query in rows:
        ignored = set(query.get("ignore", ()))
        hits = [hit for hit in given[query["qid"]]["hits"] if hit[0] not in ignored]
        gold = set(query["gold"])
        ranks.append(next((rank for rank, (found, _) in enumerate(hits) if found in gold), len(hits) + 100))
        scores.append(max((score for found, score in hits if found in gold), default=-1.0))
    count = len(rows)
    return Stratum(
        count,
        sum(rank < 1 for rank in ranks) / count,
        sum(rank < 10 for rank in ranks) / count,
        sum(score >= first for score in scores) / count,
        sum(score >= tenth for score in scores) / count,
    )
