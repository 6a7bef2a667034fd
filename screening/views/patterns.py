"""Signs of diversion: the persons and places of an application elsewhere."""

from typing import Any

from django.views.generic import TemplateView

from accounts.labels import REGIMES
from screening import search
from screening.labels import BEHIND, ROLES, SHARED, STATES
from screening.law.diversion import Link
from screening.law.lifecycle import State
from screening.views.cases import ApplicationPage


class Diversion(ApplicationPage, TemplateView):
    """Other denials with the same persons or places behind somebody else; own applications that could be parts."""

    permission_needed = "application.read"
    template_name = "applications/diversion.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found, is_whole = search.diverted(self.application.facts(), reader=self.principal)
        parts = search.splits(self.application, reader=self.principal)
        return super().get_context_data(
            is_whole=is_whole,
            denials=[
                {
                    "denial": one.denial,
                    "regime": REGIMES.get(one.denial.regime, one.denial.regime),
                    "links": [_words(link) for link in one.links],
                    "behind": [BEHIND[each] for each in one.behind],
                }
                for one in found
            ],
            splits=[
                {
                    "one": part,
                    "status": STATES[State(part.application.status)],
                    "links": [_words(link) for link in part.links],
                }
                for part in parts
            ],
            **kwargs,
        )


def _words(link: Link) -> dict[str, Any]:
    return {
        "link": link,
        "kind": SHARED[link.kind],
        "left_role": ROLES.get(link.left_role, link.left_role),
        "right_role": ROLES.get(link.right_role, link.right_role),
    }
