"""One page of denials with all it states, loaded in one statement however many parts each has."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from accounts.roles import Principal
from denials.models import Denial, Recall
from denials.models.parts import assembled, whole_denials
from denials.search.results import Found, order_of


class FoundRows:
    """What a question finds, as a paginator asks for it: how many, and a stretch of denials loaded at once."""

    def __init__(self, found: Found, principal: Principal) -> None:
        self.found, self.principal = found, principal

    def __len__(self) -> int:
        return self.found.total

    def __getitem__(self, wanted: slice) -> list[Denial]:
        first, most = wanted.start, wanted.stop - wanted.start
        if self.found.nearest:
            return load(self.principal, self.found.ids(first, most))
        stretch = self.found.stretch(first, most)
        if stretch is None:
            return []
        order = order_of(self.found.asked.sort, of="search_row__")
        return [assembled(denial) for denial in _visible(self.principal).filter(pk__in=stretch).order_by(*order)]


def load(principal: Principal, ids: Sequence[UUID]) -> list[Denial]:
    """Return visible denials in the order of their ids, each with its current version and the version's parts."""
    if not ids:
        return []
    found = {denial.pk: assembled(denial) for denial in _visible(principal).filter(pk__in=ids)}
    return [found[one] for one in ids if one in found]


def _visible(principal: Principal) -> "QuerySet[Denial]":
    """What the reader may see today, asked of the denials themselves, with their parts."""
    recalled = Exists(Recall.objects.filter(denial=OuterRef("pk")))
    return whole_denials(Denial.objects.visible_to(principal).annotate(is_recalled=recalled))
