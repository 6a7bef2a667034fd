"""
An act upon a denial in force that one officer proposes and another releases.

It is kept whole, as it was submitted: what is released is what the second officer saw. Reading: docs/adr/0106.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from accounts.law.errors import RuleBroken
from denials.law.content import DenialContent, plain
from denials.law.kept import value_of
from denials.law.lifecycle import Event

#: The acts that change what others know of a denial or what it obliges them to; reviews and courts' facts do not.
RELEASED_BY_A_SECOND: Final = (Event.AMEND, Event.REVOKE, Event.WITHDRAW, Event.LIFT, Event.CONFIRM)


class ProposalWaits(RuleBroken):
    """An act upon this denial waits for a second officer already."""

    code = "proposal_waits"
    article = "docs/adr/0106"


class ProposalOvertaken(RuleBroken):
    """The denial has changed since the act was submitted, or another act was submitted in its place."""

    code = "proposal_overtaken"
    article = "docs/adr/0106"


@dataclass(frozen=True)
class Proposal:
    """
    What is to be done, in full.

    `content`, `valid_from` and `as_review` are an amendment's, `act` and `decided_on` a final assessment's.
    """

    event: str
    reason: str = ""
    content: DenialContent | None = None
    valid_from: date | None = None
    as_review: bool = False
    act: str = ""
    decided_on: date | None = None

    def as_data(self) -> dict[str, Any]:
        """Return the proposal as JSON-ready values."""
        data: dict[str, Any] = plain(self)
        return data


def proposal_of(data: dict[str, Any]) -> Proposal:
    """Return the proposal that `Proposal.as_data` was made from."""
    proposal: Proposal = value_of(Proposal, data)
    return proposal
