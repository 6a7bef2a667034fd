"""Words and addresses for the house's own pages."""

from django import template
from django.urls import NoReverseMatch, reverse

from accounts.labels import NOTICES, RECORD_KINDS, ROLES, SETTING_VALUES
from accounts.models import Notice

register = template.Library()

PAGES = {
    "denials.denial": "denials:detail",
    "screening.application": "applications:detail",
    "consultations.consultation": "consultations:detail",
    "consultations.grantnotice": "consultations:grant-notice",
    "consultations.consultationevent": "consultations:conclusion",
}


@register.simple_tag
def role_name(role: str) -> str:
    """Say a role in the reader's language."""
    return str(ROLES.get(role, role))


@register.simple_tag
def setting_value(value: str) -> str:
    """Say the value of a setting in the reader's language."""
    return str(SETTING_VALUES.get(value, value))


@register.simple_tag
def record_kind(kind: str) -> str:
    """Say a kind of record that falls due in the reader's language."""
    return str(RECORD_KINDS.get(kind, kind))


@register.simple_tag
def notice_words(notice: Notice) -> str:
    """Say what a notice tells."""
    return str(NOTICES.get(notice.kind, notice.kind))


@register.simple_tag
def notice_link(notice: Notice) -> str:
    """Return the page of what a notice is about, "" where there is none."""
    try:
        if notice.kind.startswith("denial.") and notice.subject_type == "denials.denial":
            return reverse("denials:told", args=[notice.pk])
        return reverse(PAGES[notice.subject_type], args=[notice.subject_id])
    except (KeyError, NoReverseMatch):
        return ""
