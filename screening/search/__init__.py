"""From the register to hits: the index, the candidates, the judgement of each, in order."""

from screening.search.index import bring_up_to_date, head
from screening.search.run import Found, Result, screen

__all__ = ["Found", "Result", "bring_up_to_date", "head", "screen"]
