"""What is refused of searches that are kept under a name."""

from typing import Final

from accounts.law.errors import RuleBroken

MOST: Final = 100
LONGEST_NAME: Final = 80


class NameTaken(RuleBroken):
    """A search of the same owner has the name already."""

    code = "name_taken"

    def __init__(self) -> None:
        super().__init__(field="name")


class TooManySearches(RuleBroken):
    """An owner keeps `MOST` searches already."""

    code = "too_many_searches"

    def __init__(self) -> None:
        super().__init__(most=MOST)
