"""What the page of an application shows of its consultations and its decision."""

from typing import Any

from django import template

from accounts.clock import now
from consultations import labels
from consultations.models import Consultation, Decision, gate_of
from consultations.views.threads import rows_of
from denials.models import Denial
from screening.models import Application

register = template.Library()


@register.inclusion_tag("consultations/of_application.html", takes_context=True)
def consultations_of(context: template.Context, application: Application) -> dict[str, Any]:
    """List an application's consultations, what stands against a decision, and the acts open to the reader."""
    principal, moment = context["request"].principal, context.get("now") or now()
    threads = Consultation.objects.visible_to(principal).filter(application=application).with_thread()
    gate = gate_of(application, moment)
    return {
        "application": application,
        "rows": rows_of(threads.order_by("sent_at", "consulted_state_id"), principal, moment),
        "gate": gate,
        "flags": [labels.GATE[str(flag)] for flag in gate.flags(granting=True)],
        "decision": Decision.objects.visible_to(principal).filter(application=application).first(),
        "may_open": principal.may("consultation.open") and gate.hits_open,
        "may_ask": principal.may("consultation.open"),
        "may_decide": principal.may("decision.record"),
        "now": moment,
    }


@register.inclusion_tag("consultations/of_denial.html", takes_context=True)
def consultations_on(context: template.Context, denial: Denial) -> dict[str, Any]:
    """List the consultations about a denial that the reader's authority is a party to."""
    principal, moment = context["request"].principal, context.get("now") or now()
    threads = Consultation.objects.visible_to(principal).filter(denials__denial=denial).with_thread()
    return {"rows": rows_of(threads.order_by("-sent_at")[:20], principal, moment), "now": moment}
