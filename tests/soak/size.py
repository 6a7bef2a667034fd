"""How large a battery is: short in `make test`, whole in `make soak`."""

import os

FULL = os.environ.get("EXCHANGE_FULL") == "1"


def sized(short: int, full: int) -> int:
    return full if FULL else short
