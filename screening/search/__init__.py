"""From the register to hits: the index, the candidates, the judgement of each, in order."""

from screening.search.candidates import Candidate, day_of
from screening.search.index import bring_up_to_date, head
from screening.search.replay import replay
from screening.search.run import Found, Result, find, screen
from screening.search.scratch import ScratchRegister

__all__ = [
    "Candidate",
    "Found",
    "Result",
    "ScratchRegister",
    "bring_up_to_date",
    "day_of",
    "find",
    "head",
    "replay",
    "screen",
]
