"""Follow a source page by page, and compare with it what is held."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from accounts import clock
from denials import actions, feed
from denials.law.feed import GENESIS
from denials.management.source import Source, SourceFailed, SourceRefused
from denials.models import MirrorState

PAGE = 200
LAST = 2**63 - 1  # the highest number a change can bear
SCOPES = 3  # changes of what the token may see that one run goes along with: each begins again at 0


class SourceBehind(SourceFailed):
    """The source's register ends before what was taken in from it: it was set back."""


@dataclass(frozen=True)
class Comparison:
    """The digests of both sides up to a change, and the first change in which they differ."""

    upto: int
    count: int
    source: str
    mirror: str
    first_differing: int | None = None

    @property
    def is_equal(self) -> bool:
        """Whether both sides hold the same."""
        return self.source == self.mirror


def follow(source: Source, *, page: int = PAGE) -> Iterator[tuple[int, int, int]]:
    """
    Take in what the source has more than the mirror, a page at a time; yield new changes, cursor and head after each.

    The cursor is read again from the database before each page: killed at any point, the next run goes on from there.
    """
    scopes = 0
    while True:
        mirror = MirrorState.objects.get(id=1)
        try:
            answer = source.changes(after=mirror.cursor, limit=page, scope=mirror.scope)
        except SourceRefused as refused:
            if refused.code != "scope_changed":
                raise
            answer = source.changes(after=0, limit=page, scope="")
            mirror.cursor = 0
        scopes += answer["scope"] != mirror.scope
        if scopes > SCOPES:
            raise SourceFailed("the source changes its scope without end")
        _check_forward(answer, mirror.cursor)
        if answer["head"] < mirror.cursor:
            raise SourceBehind(f"the source ends at {answer['head']}, {mirror.cursor} was taken in")
        given = actions.Page(mirror.cursor, answer["scope"], answer["results"], answer["next_after"])
        new = actions.take_in_page(page=given, now=clock.now())
        yield new, answer["next_after"], answer["head"]
        if not answer["more"]:
            actions.note_reached(now=clock.now())
            return


def compare(source: Source) -> Comparison:
    """Compare, stretch by stretch, the chain over what the source sends with that over what is held here."""
    upto = MirrorState.objects.get(id=1).cursor
    after, count, theirs, ours = 0, 0, GENESIS, GENESIS
    while True:
        told = source.digest(after=after, upto=upto, previous=theirs)
        if not (after < told["upto"] < upto if told["more"] else told["upto"] == upto):
            raise SourceFailed("the source's stretch does not go forward")
        held = feed.stretch_held(after=after, upto=told["upto"], previous=ours)
        if told["digest"] != held.digest or told["count"] != held.count:
            first = first_difference(source, after=after, upto=told["upto"])
            return Comparison(told["upto"], count + held.count, told["digest"], held.digest, first)
        after, count, theirs, ours = told["upto"], count + held.count, told["digest"], held.digest
        if not told["more"]:
            return Comparison(upto, count, theirs, ours)


def first_difference(source: Source, *, after: int, upto: int) -> int | None:
    """Return the number of the first change that the two sides do not hold alike."""
    held = feed.held(after=after, upto=upto)
    for theirs in _sent(source, after=after, upto=upto):
        ours = next(held, None)
        if ours is None or ours["sequence"] > theirs["sequence"]:
            return int(theirs["sequence"])
        if ours["sequence"] < theirs["sequence"] or ours["digest"] != theirs["digest"]:
            return int(ours["sequence"])
    left = next(held, None)
    return int(left["sequence"]) if left else None


def _sent(source: Source, *, after: int, upto: int) -> Iterator[dict[str, Any]]:
    while after < upto:
        answer = source.changes(after=after, limit=PAGE, scope="")
        _check_forward(answer, after)
        yield from (one for one in answer["results"] if one["sequence"] <= upto)
        if not answer["more"]:
            return
        after = answer["next_after"]


def _check_forward(answer: dict[str, Any], after: int) -> None:
    """Refuse a page that does not lead on: following it would never end.   :raises SourceFailed"""
    last = after
    for one in answer["results"]:
        number = one.get("sequence") if isinstance(one, dict) else None
        if type(number) is not int or number <= last:
            raise SourceFailed("the source's changes are not in order")
        last = number
    if last > LAST or answer["next_after"] != last or (answer["more"] and last == after):
        raise SourceFailed("the source's page does not go forward")
