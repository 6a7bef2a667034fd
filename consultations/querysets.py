"""Named filters over threads: parties see theirs, everybody else sees nothing."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from accounts.roles import Principal


class ConsultationQuerySet(models.QuerySet[Any]):
    """Consultations."""

    def visible_to(self, principal: "Principal") -> "ConsultationQuerySet":
        """
        The consulting authority, the contact point of the consulted state, and the authority that issued a denial
        the thread is about. Nobody else: not other authorities of the same state, not the secretariats.
        """
        if not principal.may("consultation.read") or principal.body != "authority":
            return self.none()
        here = principal.authority_id
        issued = models.Exists(
            self.model._meta.get_field("denials").related_model.objects.filter(
                consultation_id=models.OuterRef("pk"), denial__authority_id=here
            )
        )
        return self.filter(Q(consulting_authority_id=here) | Q(consulted_authority_id=here) | Q(issued))

    def initiated_by(self, principal: "Principal") -> "ConsultationQuerySet":
        return self.filter(consulting_authority_id=principal.authority_id)

    def received_by(self, principal: "Principal") -> "ConsultationQuerySet":
        return self.visible_to(principal).exclude(consulting_authority_id=principal.authority_id)

    def open(self) -> "ConsultationQuerySet":
        return self.filter(status="open")

    def awaiting_answer(self, now: datetime) -> "ConsultationQuerySet":
        """Open and within their period, or without one."""
        ended = Q(due_before__lte=now, due_is_provisional=False, lapses=True)
        return self.open().filter(Q(due_before__isnull=True) | ~ended)

    def past_due(self, now: datetime) -> "ConsultationQuerySet":
        """Open although their period has ended: what the sweep lapses."""
        return self.open().filter(due_before__lte=now, due_is_provisional=False, lapses=True)


class DecisionQuerySet(models.QuerySet[Any]):
    """Decisions on applications."""

    def visible_to(self, principal: "Principal") -> "DecisionQuerySet":
        if not principal.may("application.read") or principal.authority_id is None:
            return self.none()
        return self.filter(authority_id=principal.authority_id)


class GrantNoticeQuerySet(models.QuerySet[Any]):
    """Notices of grant after consultation."""

    def visible_to(self, principal: "Principal") -> "GrantNoticeQuerySet":
        """The author and the recipients the regime prescribes."""
        if not principal.may("denial.read") or principal.authority_id is None:
            return self.none()
        mine = Q(authority_id=principal.authority_id) | Q(recipients=principal.authority_id)
        return self.filter(mine).distinct()
