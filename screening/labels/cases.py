"""Translated labels of applications, hits and what is done about them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.labels import RULES
from denials.labels import ROLES as OF_A_DENIAL
from screening.law.bulk import JobState, Mode
from screening.law.completeness import Completeness, Shortfall
from screening.law.dispositions import Reason, Returned, Standing
from screening.law.diversion import Behind, Kind
from screening.law.lifecycle import State

STATES = {
    State.RECEIVED: _("received"),
    State.SCREENED: _("hits to judge"),
    State.CONSULTING: _("in consultation"),
    State.DECIDABLE: _("ready to decide"),
    State.GRANTED: _("granted"),
    State.REFUSED: _("refused"),
    State.WITHDRAWN: _("withdrawn"),
}

LEVELS = {
    "strong": _("strong hit"),
    "possible": _("possible hit"),
    "information": _("for information"),
}

STANDINGS = {
    Standing.OPEN: _("to be judged"),
    Standing.PROPOSED: _("dismissal proposed: a second officer confirms it"),
    Standing.DISMISSED: _("not essentially identical"),
    Standing.CONSULTED: _("taken into a consultation"),
    Standing.OWN: _("yours: no consultation"),
    Standing.INFORMATION: _("for information: no consultation"),
}

RETURNED = {
    Returned.DENIAL_CHANGED: _("Open again: the denial has changed since it was settled."),
    Returned.APPLICATION_CHANGED: _("Open again: the application has changed since it was settled."),
    Returned.RULES_CHANGED: _("Open again: the rules of comparison have changed since it was settled."),
    Returned.REOPENED: _("Open again: the dismissal was taken back."),
}

DISMISSALS = {
    Reason.OTHER_PARTY: _("Another end-user and another consignee"),
    Reason.OTHER_ITEM: _("Other items"),
    Reason.OTHER_PARAMETERS: _("Other parameters or technical characteristics"),
    Reason.OTHER_END_USE: _("Another end use"),
    Reason.OTHER_QUANTITY: _("Another quantity altogether"),
    Reason.NOT_IN_FORCE: _("The denial no longer counts"),
    Reason.SETTLED_BEFORE: _("The same question was consulted on before"),
    Reason.OTHER: _("Another reason, stated below"),
}

TRIGGERS = {
    "filed": _("filing"),
    "unfiled": _("without filing"),
    "register_changed": _("the register changed"),
    "decision": _("before the decision"),
    "requested": _("asked for"),
    "licence": _("licence in use"),
}

COMPLETENESS = {
    Completeness.COMPLETE: _("screened in full"),
    Completeness.PARTIAL: _("screened in part"),
    Completeness.FAILED: _("screening failed"),
    Completeness.NONE: _("not screened yet"),
}

SHORTFALLS = {
    Shortfall.PARTIES: _("More parties are named than are compared: divide the application."),
    Shortfall.DENIALS: _("Screened in part only"),
    Shortfall.NAMES: _("A party goes by more names than are compared: name it twice, with a part of its names each."),
}

JOB_STATES = {
    JobState.RUNNING: _("running"),
    JobState.DONE: _("done"),
    JobState.CANCELLED: _("given up"),
}

MODES = {
    Mode.SCREEN: _("Screen without filing: nothing is kept but the proof"),
    Mode.FILE: _("File and screen"),
}

SHARED = {
    Kind.PARTY: _("the same name"),
    Kind.BENEFICIAL: _("a name behind a party"),
    Kind.ADDRESS: _("the same address"),
    Kind.PHONE: _("the same telephone"),
    Kind.IDENTIFIER: _("the same number or domain"),
}

BEHIND = {
    Behind.COUNTRY: _("another country"),
    Behind.CONSIGNEE: _("another consignee"),
    Behind.END_USER: _("another end-user"),
}

RULE_STATES = {
    "proposed": _("proposed"),
    "on": _("switched on"),
    "declined": _("dropped"),
}


ROLES = {role: words for role, words in OF_A_DENIAL.items() if role != "exporter"}  # the applicant stays national

PROBLEMS = {
    "required": _("This is required."),
    "too_long": _("Longer than %(most)s characters."),
    "too_many": _("More than %(most)s."),
    "in_future": _("This day lies in the future."),
    "too_early": _("This day lies before all records."),
    "country_unknown": _("“%(value)s” is not one country or group of countries known here."),
    "role_unknown": _("“%(value)s” is not a role of a party."),
    "applicant_not_accepted": _("The applicant or exporter stays national: it is not accepted here and never kept."),
    "entry_unknown": _("“%(value)s” is no entry of the list; leave it empty if the item is on none."),
    "not_positive": _("A quantity is greater than zero."),
    "too_large": _("This number is too large to be meant."),
}


#: What is broken where a value stands, in words that do not repeat the value.
FINDINGS = {
    "not_json": _("This is not JSON."),
    "invalid": _("This is not written as it has to be."),
    "invalid_choice": _("This is none of the values known here."),
    "country_unknown": _("This is not one country or group of countries known here."),
    "role_unknown": _("This is not a role of a party."),
    "entry_unknown": _("This is no entry of the list; leave it empty if the item is on none."),
}


def finding_text(rule: str, most: Any = None) -> str:
    """Return the words for a rule that something broke, without anything of what was sent; `most` is a limit."""
    words = str({**RULES, **PROBLEMS, **FINDINGS}.get(rule, ""))
    told = words.replace("%(most)s", str(most)) if most is not None else words
    return told if told and "%(" not in told else _now("This cannot be accepted (%(rule)s).") % {"rule": rule}


def problem_text(rule: str, params: Mapping[str, Any]) -> str:
    """Return the words for a value that cannot be accepted."""
    words = PROBLEMS.get(rule)
    return str(words) % params if words else _now("This cannot be accepted (%(rule)s).") % {"rule": rule}
