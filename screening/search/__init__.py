"""From the register to hits: the index, the candidates, the judgement of each, in order."""

from screening.search.candidates import Candidate, day_of
from screening.search.diversion import Diverted, Split, diverted, splits
from screening.search.index import bring_up_to_date, head
from screening.search.renewal import work_off
from screening.search.replay import replay
from screening.search.run import Found, Result, find, screen
from screening.search.scratch import ScratchRegister

__all__ = [
    "Candidate",
    "Diverted",
    "Found",
    "Result",
    "ScratchRegister",
    "Split",
    "bring_up_to_date",
    "day_of",
    "diverted",
    "find",
    "head",
    "replay",
    "screen",
    "splits",
    "work_off",
]
