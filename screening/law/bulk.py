"""
The way of very many applications through the screening, as one table; and what one of them comes to.

Each row stands for itself: it is screened, or refused with its reasons, once.
"""

from enum import StrEnum
from typing import Final

from accounts.law.errors import RuleBroken, TransitionRefused

MOST_ROWS: Final = 10_000
LONGEST_ROW: Final = 200_000  # characters
LARGEST_FILE: Final = 20_000_000  # bytes


class Mode(StrEnum):
    """What is done with each application."""

    SCREEN = "screen"  # without filing: only the proof is kept
    FILE = "file"


class JobState(StrEnum):
    """Where the whole stands."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"  # what was screened by then stays


class JobEvent(StrEnum):
    """What happens to it."""

    FINISH = "finish"
    CANCEL = "cancel"


class RowState(StrEnum):
    """What became of one application."""

    WAITING = "waiting"
    DONE = "done"
    REPEATED = "repeated"  # filed before under the same key: that application is named
    REFUSED = "refused"


TRANSITIONS: Final[dict[tuple[JobState, JobEvent], JobState]] = {
    (JobState.RUNNING, JobEvent.FINISH): JobState.DONE,
    (JobState.RUNNING, JobEvent.CANCEL): JobState.CANCELLED,
}


class JobRefused(RuleBroken):
    """What was sent is no list of applications: `field` says what, `value` how."""

    code = "job_refused"
    conflict = False


class KeyTaken(RuleBroken):
    """The key was used before for an application of other content."""

    code = "key_taken"


def next_state(state: str, event: str) -> JobState:
    """Return the state an event leads to.   :raises TransitionRefused: if from this state it leads nowhere."""
    try:
        return TRANSITIONS[JobState(state), JobEvent(event)]
    except (KeyError, ValueError):
        raise TransitionRefused(state, event) from None
