"""Translated labels of codes kept in the rows of threads and decisions."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

STATUSES = {
    "open": _("open"),
    "answered": _("answered"),
    "lapsed": _("lapsed"),
    "withdrawn": _("withdrawn"),
    "closed": _("concluded"),
}

OUTCOMES = {
    "": _("open"),
    "identical": _("essentially identical"),
    "not_identical": _("not essentially identical"),
    "partly": _("partly identical"),
    "no_objection": _("no objection"),
    "objection": _("objection"),
    "views": _("views given"),
    "lapsed": _("lapsed without an answer"),
    "withdrawn": _("withdrawn"),
    "closed_unanswered": _("closed without an answer"),
    "release": _("release"),
    "hold": _("hold"),
    "requirement": _("an authorisation should be required"),
    "no_requirement": _("no authorisation need be required"),
}

ANSWERS = {
    "identical": _("Yes, we consider it an essentially identical transaction"),
    "not_identical": _("No, we do not consider it an essentially identical transaction"),
    "partly": _("Partly: for some of the items or parties"),
    "no_objection": _("We have no objection"),
    "objection": _("We object"),
    "views": _("Our views and explanation"),
    "release": _("The items may be released"),
    "hold": _("The items are to be held"),
    "requirement": _("An authorisation should be required"),
    "no_requirement": _("No authorisation need be required"),
}

QUESTIONS = {
    "identity": _("Do you consider this an essentially identical transaction?"),
    "views": _("What are your views and reasons?"),
    "objection": _("Do you object?"),
    "release": _("May the stopped items be released?"),
    "requirement": _("Should an authorisation be required?"),
}

SILENCE = {
    "not_identical": _("No answer by then means: the transaction is regarded as not considered essentially identical."),
    "no_objection": _("No answer by then means: no objection is assumed."),
    "release": _("No answer by then means: the items are released."),
    "ended": _("The period ends; silence has no further meaning."),
    "none": _("Silence has no effect: the consultation stays open until it is answered."),
}

#: Why nothing lapses at an end although it is stated; said in place of what silence means.
DOUBTS = {
    "provisional": _("The date is provisional: a list of public holidays is missing, and nothing lapses without it."),
    "held": _("The end is held: the exchange was unavailable. Nothing lapses until a recorded act moves it."),
}

EVENTS = {
    "opened": _("opened the consultation"),
    "answered": _("answered"),
    "late_answer": _("sent a late answer"),
    "information_requested": _("asked for information"),
    "information_given": _("gave information"),
    "extension_proposed": _("proposed an extension"),
    "extension_agreed": _("agreed to the extension"),
    "extension_refused": _("refused the extension"),
    "lapsed": _("The period ended without an answer"),
    "withdrawn": _("withdrew the consultation"),
    "outcome": _("made the outcome known"),
    "deadline_held": _("The end of the period is held: the exchange was unavailable"),
    "deadline_released": _("The end of the period is no longer held"),
    "deadline_moved": _("moved the end of the period"),
    "correction_proposed": _("A corrected calendar proposes another end of the period"),
    "correction_declined": _("left the end of the period where it is"),
    "answer_registered": _("registered an answer given elsewhere"),
    "answer_confirmed": _("confirmed the answer given elsewhere"),
    "answer_disputed": _("disputed the answer said to be given elsewhere"),
    "acknowledged": _("acknowledged the request"),
    "document_sent": _("sent a document"),
    "concluded": _("made the conclusion known"),
    "reminded": _("reminded the consulted authority"),
    "closed_unanswered": _("closed the consultation without an answer"),
    "reader_invited": _("invited a third body to read sections"),
    "invitation_ended": _("ended the invitation of a third body"),
}

#: Sections of a thread that a third body may be invited to read.
SECTIONS = {
    "facts": _("What was shared of the case"),
    "question": _("The question"),
    "denials": _("The denials it is about, by reference"),
    "course": _("What happened and when, without its words"),
    "answers": _("Our answers with their reasons"),
    "documents": _("Names and digests of the documents we sent"),
}

KINDS = {
    "denials": _("On denials"),
    "formal": _("Others the law knows"),
    "informal": _("Informal, without prejudice"),
}

RULE_NAMES = {
    "dual_use.14_1": _("Items located in another Member State, Art. 14(1)"),
    "dual_use.14_2": _("Essential security interests, Art. 14(2)"),
    "dual_use.21_4": _("Items stopped at customs, Art. 21(3), (4)"),
    "dual_use.5_5": _("Review of cyber-surveillance information, Art. 5(5)"),
    "arms.informal": _("Informal question on identity, arms"),
    "dual_use.informal": _("Informal question on identity, dual-use"),
    "torture.informal": _("Informal question on identity, anti-torture"),
}

CONCLUSIONS = {
    "granted": _("Granted nevertheless"),
    "not_granted": _("Not granted, or taken back"),
    "released": _("The items are released"),
    "held": _("The items stay stopped"),
    "required": _("An authorisation is required"),
    "not_required": _("No authorisation is required"),
    "thanked": _("Taken note of"),
}

#: What a conclusion means in law, in a sentence its readers need no text beside for; by rule and outcome.
MEANINGS = {
    ("dual_use.14_2", "granted"): _(
        "A Member State asked, for its essential security interests, not to grant the authorisation or to take it "
        "back. The consultation does not bind; the authority asked has granted it nevertheless and tells the other "
        "Member States and the Commission (Art. 14(2))."
    ),
    ("dual_use.14_2", "not_granted"): _(
        "A Member State asked, for its essential security interests, not to grant the authorisation or to take it "
        "back. The authority asked has followed the request (Art. 14(2))."
    ),
    ("dual_use.21_4", "released"): _(
        "Customs had stopped the items and asked the authority that granted the authorisation. It may be used: the "
        "items are released. The other Member States and the Commission are told (Art. 21(4))."
    ),
    ("dual_use.21_4", "held"): _(
        "Customs had stopped the items and asked the authority that granted the authorisation. It may not be used for "
        "them: the items stay stopped. The other Member States and the Commission are told (Art. 21(4))."
    ),
    ("dual_use.5_5", "required"): _(
        "The information on cyber-surveillance items was reviewed: this authority imposes an authorisation "
        "requirement. Each Member State decides for itself; only if all of them notify one for essentially identical "
        "transactions is it published (Art. 5(5), (6))."
    ),
    ("dual_use.5_5", "not_required"): _(
        "The information on cyber-surveillance items was reviewed: this authority imposes no authorisation "
        "requirement. Each Member State decides for itself (Art. 5(5))."
    ),
}
#: What the end of the period without an answer means, where the text gives it its own words; by rule.
SILENT = {
    "dual_use.14_2": _(
        "The period for the consultation is over. It ends without effect: the authority asked decides (Art. 14(2))."
    ),
    "dual_use.21_4": _("No answer came within the period: the items are released immediately (Art. 21(4))."),
    "dual_use.5_5": _("The period for the review is over. Each Member State decides for itself (Art. 5(5))."),
}


def meaning_of(rule: str, outcome: str) -> Any:
    """Say what an outcome under a rule means, "" where the outcome says it all."""
    return SILENT.get(rule, "") if outcome == "lapsed" else MEANINGS.get((rule, outcome), "")


MARKINGS = {
    "unmarked": _("Unmarked"),
    "limite": _("LIMITE"),
    "sensitive": _("Sensitive non-classified"),
}

CHANNELS = {
    "telephone": _("Telephone"),
    "coreu": _("COREU"),
    "mail": _("E-mail"),
    "letter": _("Letter"),
    "meeting": _("Meeting"),
    "other_system": _("Another system"),
}

DECISIONS = {
    "granted": _("granted"),
    "refused": _("refused"),
    "withdrawn": _("withdrawn by the applicant"),
}

FLAGS = {
    "consultation_open": _("A consultation was open."),
    "screening_stale": _("The screening was older than the register."),
    "screening_incomplete": _("The last screening had failed or left something out."),
    "hits_open": _("Hits were neither dismissed nor consulted on."),
    "objection_binds": _("A binding objection stood against it."),
    "consultation_withdrawn": _("Granted after a withdrawn consultation."),
}

GATE = {
    "consultation_open": _("A consultation is still open."),
    "screening_stale": _("The register has changed since the last screening."),
    "screening_incomplete": _("The last screening failed or left something out."),
    "hits_open": _("Hits are neither dismissed nor consulted on."),
    "objection_binds": _("A binding objection stands against it."),
}

SHARES = {
    "parties": _("End-user, consignee and other parties"),
    "party_details": _("Their addresses, aliases and identifiers"),
    "items": _("Items: entry and description"),
    "parameters": _("Technical parameters"),
    "product": _("Manufacturer, model, CAS and CN numbers"),
    "quantity": _("Quantities"),
    "destinations": _("Destinations"),
    "end_use": _("Stated end use"),
    "activity": _("Activity"),
}

WHY_NOT = {
    "own": _("a denial of one's own state"),
    "former_member": _("its state takes no part in the regime any more"),
    "not_valid": _("it is no longer in force"),
    "already_consulted": _("it is in a consultation already"),
}

PARTY_ROLES = {
    "end_user": _("End-user"),
    "consignee": _("Consignee"),
    "intermediary": _("Intermediary"),
    "broker": _("Broker"),
    "exporter": _("Exporter"),
    "other": _("Other party"),
}

UNITS = {
    "working_day": _("working days"),
    "week": _("weeks"),
    "day": _("days"),
    "hour": _("hours"),
    "month": _("months"),
    "year": _("years"),
}

SIDES = {
    "received": _("Received"),
    "initiated": _("Initiated"),
}

FACETS = {
    "role": _("Role"),
    "status": _("Status"),
    "regime": _("Regime"),
    "owner": _("Owner"),
    "kind": _("To do"),
    "counted": _("Kind"),
}

OWNERS = {
    "mine": _("Mine"),
    "authority": _("My authority"),
    "unassigned": _("Unassigned"),
}

TASKS = {
    "answer": _("Answer"),
    "decide": _("Decide"),
    "explain": _("Explain"),
    "review": _("Review"),
}


def span(count: int, unit: str) -> str:
    """Say a number of units: 1 week, 5 working days."""
    if unit == "week":
        words = ngettext("%(count)s week", "%(count)s weeks", count)
    elif unit == "working_day":
        words = ngettext("%(count)s working day", "%(count)s working days", count)
    else:
        words = f"%(count)s {UNITS.get(unit, unit)}"
    return words % {"count": count}
