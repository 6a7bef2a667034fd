"""
When screening without filing looks as if somebody read the register through it: an alarm, never a limit.

Looking is part of the work and is not hindered; it is on record, and unusual amounts are shown to those who oversee it.
Source: Reg. (EU) 2021/821 Art. 23(5) with Reg. (EC) 515/97 Art. 45(1). Reading: docs/adr/0143.
"""

from datetime import timedelta
from typing import Final

WINDOW: Final = timedelta(hours=1)
#: Screenings without filing within the window that are still usual: a person types, a system works a queue.
USUAL: Final = {"user": 60, "client": 2000}


def is_unusual(kind: str, count: int) -> bool:
    """Tell whether so many screenings within the window are more than usual for a person or a national system."""
    return count > USUAL.get(kind, USUAL["client"])
