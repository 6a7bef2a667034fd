"""
Which states are summed up as "EU Member States" in a year; Norway takes part for arms and stays outside.

Source: treaties of accession; Agreement on the withdrawal of the United Kingdom, Art. 126, 127 (transition to the end
of 2020).
"""

from typing import Final

_SINCE: Final = {
    1958: "BE DE FR IT LU NL",
    1973: "DK GB IE",
    1981: "GR",
    1986: "ES PT",
    1995: "AT FI SE",
    2004: "CY CZ EE HU LT LV MT PL SI SK",
    2007: "BG RO",
    2013: "HR",
}
FIRST_YEAR: Final = {state: year for year, states in _SINCE.items() for state in states.split()}
LAST_YEAR: Final = {"GB": 2020}


def counted_with_union(state: str, year: int) -> bool:
    """
    Tell whether a state's figures of a year belong to the sum of the Member States.

    A year counts whole as soon as the state was a Member State, or bound like one, on any day of it.
    :param state: ISO 3166 alpha-2 code of the state whose authority acted.
    """
    first = FIRST_YEAR.get(state)
    return first is not None and first <= year <= LAST_YEAR.get(state, year)
