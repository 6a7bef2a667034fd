"""What a comparison of two values says: a verdict, how near they are, why, and which characters differ."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz.distance import Indel

Span = tuple[int, int]
_LONGEST_MARKED = 400


class Verdict(StrEnum):
    """
    How the left value (the application's) lies to the right one (the denial's).

    "covered": the left lies within the right; "covers": the right lies within the left; "unknown": a side states
    nothing, or nothing comparable.
    """

    SAME = "same"
    COVERED = "covered"
    COVERS = "covers"
    SIMILAR = "similar"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Comparison:
    """
    One comparison: `score` 0 to 1, `reason` a stable code, `detail` plain data for the sheet, both values as stated.

    An unknown comparison has score 0: nothing speaks for it, and nothing against it.
    """

    verdict: Verdict
    score: float
    reason: str
    detail: Mapping[str, object] = field(default_factory=dict)
    left: str = ""
    right: str = ""

    @property
    def holds(self) -> bool:
        """Whether the values are the same, or one lies within the other."""
        return self.verdict in {Verdict.SAME, Verdict.COVERED, Verdict.COVERS}


def unknown(reason: str, left: str = "", right: str = "", **detail: object) -> Comparison:
    """The comparison that could not be made, and why."""
    return Comparison(Verdict.UNKNOWN, 0.0, reason, detail, left, right)


def differing_spans(left: str, right: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """
    The stretches of each text that differ from the other, as half-open index pairs, case put aside.

    Texts are compared to their first 400 characters; what follows is not marked.
    """
    one, other = _caseless(left[:_LONGEST_MARKED]), _caseless(right[:_LONGEST_MARKED])
    in_left: list[Span] = []
    in_right: list[Span] = []
    for step in Indel.opcodes(one, other):
        if step.tag == "equal":
            continue
        if step.src_end > step.src_start:
            in_left.append((step.src_start, step.src_end))
        if step.dest_end > step.dest_start:
            in_right.append((step.dest_start, step.dest_end))
    return _joined(in_left), _joined(in_right)


def _caseless(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)
