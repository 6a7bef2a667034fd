"""
The way of an uploaded file into the register, as one table.

A file is read, shown as a dry run, and taken in once confirmed. What is not recognised can be said and the file read
again, until it is confirmed.
"""

from enum import StrEnum
from typing import Final

from accounts.law.errors import TransitionRefused


class JobState(StrEnum):
    """Where an uploaded file stands."""

    UPLOADED = "uploaded"
    READING = "reading"
    READY = "ready"  # read: what it would do is shown, nothing is taken in
    SUBMITTED = "submitted"  # waits for a second officer, as it was shown
    TAKING_IN = "taking_in"
    DONE = "done"
    FAILED = "failed"  # refused, with the rule
    CANCELLED = "cancelled"  # what had been taken in stays in


class JobEvent(StrEnum):
    """What happens to it."""

    READ = "read"
    PLAN = "plan"
    MAP = "map"  # somebody said what the columns mean
    SUBMIT = "submit"  # to a second officer, where the authority has chosen so
    RETURN = "return"  # by the second officer, or taken back
    CONFIRM = "confirm"
    FINISH = "finish"
    REFUSE = "refuse"
    CANCEL = "cancel"


TRANSITIONS: Final[dict[tuple[JobState, JobEvent], JobState]] = {
    (JobState.UPLOADED, JobEvent.READ): JobState.READING,
    (JobState.UPLOADED, JobEvent.REFUSE): JobState.FAILED,
    (JobState.UPLOADED, JobEvent.CANCEL): JobState.CANCELLED,
    (JobState.READING, JobEvent.READ): JobState.READING,  # again, after a reader that was killed
    (JobState.READING, JobEvent.PLAN): JobState.READY,
    (JobState.READING, JobEvent.REFUSE): JobState.FAILED,
    (JobState.READING, JobEvent.CANCEL): JobState.CANCELLED,
    (JobState.READY, JobEvent.MAP): JobState.UPLOADED,
    (JobState.READY, JobEvent.CONFIRM): JobState.TAKING_IN,
    (JobState.READY, JobEvent.SUBMIT): JobState.SUBMITTED,
    (JobState.READY, JobEvent.CANCEL): JobState.CANCELLED,
    (JobState.SUBMITTED, JobEvent.RETURN): JobState.READY,
    (JobState.SUBMITTED, JobEvent.CONFIRM): JobState.TAKING_IN,
    (JobState.SUBMITTED, JobEvent.CANCEL): JobState.CANCELLED,
    (JobState.FAILED, JobEvent.MAP): JobState.UPLOADED,
    (JobState.FAILED, JobEvent.CANCEL): JobState.CANCELLED,
    (JobState.TAKING_IN, JobEvent.FINISH): JobState.DONE,
    (JobState.TAKING_IN, JobEvent.REFUSE): JobState.FAILED,
    (JobState.TAKING_IN, JobEvent.CANCEL): JobState.CANCELLED,
}
WAITING: Final = (JobState.UPLOADED, JobState.READING, JobState.TAKING_IN)  # for the worker
UNCONFIRMED: Final = (
    JobState.UPLOADED,
    JobState.READING,
    JobState.READY,
    JobState.SUBMITTED,
)  # nothing of it is taken in
OVER: Final = (JobState.DONE, JobState.FAILED, JobState.CANCELLED)


def next_state(state: str, event: str) -> JobState:
    """Return the state an event leads to.   :raises TransitionRefused: if from this state it leads nowhere."""
    try:
        return TRANSITIONS[JobState(state), JobEvent(event)]
    except (KeyError, ValueError):
        raise TransitionRefused(state, event) from None
