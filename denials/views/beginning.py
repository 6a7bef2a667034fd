"""A draft that is begun: nothing is kept before the first saving, so none is left behind empty."""

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property

from accounts import principals
from denials import actions
from denials.fields import marking_ceiling
from denials.law.content import DenialContent, usual_marking
from denials.law.regimes import known_regimes
from denials.models import Denial, DenialVersion
from denials.views.notify import CheckDraft, ContentPage


class Unsaved:
    """A denial of the own authority that is not in the database yet."""

    kwargs: dict[str, Any]
    principal: Any
    rules: Any

    @cached_property
    def denial(self) -> Denial:
        """What the draft begins as.   :raises Http404: for a regime that is not the reader's."""
        regime, authority = self.kwargs["regime"], principals.authority_of(self.principal)
        if regime not in known_regimes() or regime not in self.principal.regimes or authority.state is None:
            raise Http404
        return Denial(regime=regime, authority=authority, state_of_issue=authority.state)

    @cached_property
    def version(self) -> DenialVersion:
        """An empty version."""
        return DenialVersion(denial=self.denial)

    def begun(self) -> DenialContent:
        """What follows from the regime alone."""
        rules = self.rules
        return DenialContent(
            regime=rules.regime,
            act=str(rules.acts[0]),
            legal_basis=rules.legal_bases[0].code if len(rules.legal_bases) == 1 else "",
            marking=usual_marking(marking_ceiling()),
        )


class BeginDraft(Unsaved, ContentPage):
    """The form before its first saving."""

    def save(self, content: DenialContent) -> None:
        """Keep the draft, from now on under its own address."""
        authority = self.denial.authority
        self.denial = actions.save_draft(content=content, authority=authority, by=self.principal, now=self.now)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        check_at = reverse("denials:begin-check", args=[self.kwargs["regime"]])
        return super().get_context_data(beginning=True, check_at=check_at, **kwargs)


class CheckBeginning(Unsaved, CheckDraft):
    """What would still be missing; nothing is kept."""
