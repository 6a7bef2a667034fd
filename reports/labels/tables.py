"""Words for the codes of tables: titles, columns, footnotes, and what a row stands for."""

from collections.abc import Mapping
from typing import Any

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from denials.law.places import UNRESOLVED

TITLES = {
    "denials_by_authority": _("Denials by issuing state"),
    "denials_by_destination": _("Denials by destination"),
    "denials_by_authority_and_destination": _("Denials by issuing state and destination"),
    "denials_by_criterion": _("Criteria cited"),
    "denials_by_ground": _("Grounds cited"),
    "denials_by_category": _("Denials by control-list category"),
    "denials_by_entry": _("Denials by control-list entry"),
    "denials_by_act": _("Denials by act"),
    "denials_by_activity": _("Denials by activity"),
    "consultations": _("Consultations initiated and received"),
    "consultations_by_destination": _("Consultations by destination"),
    "consultations_by_outcome": _("Consultations by outcome"),
    "consultations_by_consulted_authority_and_outcome": _("Consultations by consulted state and outcome"),
    "answers_by_time": _("Time to answer"),
    "grants_after_consultation": _("Grants after consultation"),
    "licences_by_authority": _("Licences, values and exports by state"),
    "licences_by_destination": _("Licences, values and exports by destination"),
    "licences_by_region": _("Licences, values and exports by region"),
    "licences_by_category": _("Licences, values and exports by category"),
    "exports_by_authority_destination_category": _("Licences, exports and denials by state, destination and category"),
    "denials_notified_and_reported": _("Denials notified in the exchange and reported in the return"),
    "brokering": _("Brokering"),
    "missions": _("Licences for missions"),
    "authorisations_by_kind": _("Authorisations by kind"),
    "authorisations_by_item": _("Authorisations by type of item"),
    "authorisations_by_authority_destination_item_kind": _(
        "Authorisations by state, destination, type of item and kind"
    ),
    "cyber_surveillance": _("Applications for cyber-surveillance items"),
    "group_shares": _("Share of licensed value of reporting states"),
}

COLUMNS = {
    "denials": _("Denials"),
    "denials_by_destination": _("Naming it as one of several"),
    "denials_by_category": _("Denials"),
    "denials_by_entry": _("Denials"),
    "denials_by_act": _("Denials"),
    "denials_by_activity": _("Denials"),
    "criterion_cited": _("Times cited"),
    "criteria_not_stated": _("Not stated"),
    "ground_cited": _("Times cited"),
    "share": _("Share in %"),
    "share_of": _("of"),
    "inside_eur": _("Inside (EUR)"),
    "outside_eur": _("Outside (EUR)"),
    "not_allocated_eur": _("Cannot be allocated (EUR)"),
    "consultations_initiated": _("Initiated"),
    "consultations_received": _("Received"),
    "consultations_by_destination": _("Consultations"),
    "consultations_by_outcome": _("Consultations"),
    "answers_by_time": _("Answers"),
    "grants_after_consultation": _("Grants after consultation"),
    "undercuts": _("Undercuts"),
    "other_answer": _("Another answer"),
    "licences_issued": _("a. Licences issued"),
    "licences_by_category": _("a. Licences issued"),
    "licences_by_entry": _("Licences issued"),
    "value_licensed_eur": _("b. Value licensed (EUR)"),
    "value_exported_eur": _("c. Value exported (EUR)"),
    "value_licensed_by_entry_eur": _("Value licensed (EUR)"),
    "brokering_licences": _("Licences issued"),
    "brokering_value_eur": _("Value (EUR)"),
    "brokering_denials": _("Denials notified"),
    "brokering_denials_reported": _("Refusals reported"),
    "mission_licences": _("Licences issued"),
    "mission_value_eur": _("Value licensed (EUR)"),
    "cyber_applications": _("Applications"),
    "denials_reported": _("Reported in the return"),
    "difference": _("Difference"),
    "issued": _("Granted"),
    "refused": _("Refused"),
    "pending": _("Pending"),
    "withdrawn": _("Withdrawn"),
    "not_stated": _("Not stated"),
}

KEYS = {
    "authority": _("State"),
    "destination": _("Destination"),
    "criterion": _("Criterion"),
    "ground": _("Ground"),
    "category": _("Category"),
    "entry": _("Entry"),
    "act": _("Act"),
    "activity": _("Activity"),
    "outcome": _("Outcome"),
    "region": _("Region"),
    "kind": _("Kind"),
    "origin": _("Origin"),
    "mission": _("Mission"),
    "time": _("Time to answer"),
    "group": _("Exporting group"),
    "target": _("To"),
}

UNITS = {
    "denials_by_criterion": _("citations"),
    "denials_by_ground": _("citations"),
    "consultations": _("consultations"),
    "consultations_by_destination": _("consultations"),
    "consultations_by_outcome": _("consultations"),
    "consultations_by_consulted_authority_and_outcome": _("consultations"),
    "answers_by_time": _("answers"),
    "grants_after_consultation": _("grants"),
    "licences_by_authority": _("licences"),
    "licences_by_destination": _("licences"),
    "licences_by_region": _("licences"),
    "licences_by_category": _("licences"),
    "exports_by_authority_destination_category": _("licences"),
    "brokering": _("licences"),
    "missions": _("licences"),
    "authorisations_by_kind": _("authorisations"),
    "authorisations_by_item": _("authorisations"),
    "authorisations_by_authority_destination_item_kind": _("authorisations"),
    "cyber_surveillance": _("applications"),
    "group_shares": _("EUR"),
}
DENIALS = _("denials")

TOTALS = {
    "eu": _("EU Member States"),
    "others": _("Other participants"),
    "all": _("All"),
}

NOTES = {
    "year_by_decision": _(
        "A denial counts once, in the year it was decided, whenever it was notified. One that was revoked or lifted "
        "later still counts in that year. Drafts and denials withdrawn as notified in error do not count, nor do "
        "denials of multilateral regimes that a state passed on."
    ),
    "outside_union": _("Not in the sum of the EU Member States: %(states)s."),
    "others_too": _("Counts all participants, also %(states)s."),
    "not_counted": _("Left out, because they rest only on grounds that are not counted: %(count)s."),
    "several_destinations": _("A denial that names several destinations counts once, under “various destinations”."),
    "unresolved": _("Printed without saying which country is meant, and counted as printed: %(names)s."),
    "criteria_cited_each": _(
        "A denial may cite several criteria and counts once for each, so that citations may exceed denials."
    ),
    "criteria_not_stated": _("Denials that state neither criterion nor ground: %(count)s."),
    "share_of_stating": _(
        "Share of those denials that state their criteria or grounds: %(denominator)s of %(denials)s."
    ),
    "ground_each": _("A denial may cite several grounds and counts once for each."),
    "category_each": _(
        "A denial counts once in each category its items fall in, so that rows may exceed the number of denials, "
        "which is %(denials)s."
    ),
    "entry_each": _("A denial counts once for each entry its items are stated under; items without one are left out."),
    "year_by_sending": _("A consultation counts in the year it was sent, in the legal time of the consulting state."),
    "pairs_never_shown": _("Which state consulted which is counted nowhere."),
    "share_of_sent": _("Share of all consultations sent in the year: %(denominator)s."),
    "share_of_answers": _("Share of all answers given: %(denominator)s."),
    "days_of_24_hours": _(
        "From receipt to the answer, in days of 24 hours; periods are counted in working days and with what was agreed."
    ),
    "late_has_lapsed": _("A late answer came after its consultation had lapsed; that consultation counts as lapsed."),
    "lapsed_at_the_end": _("A consultation whose period has ended without an answer has lapsed from that instant on."),
    "of_the_consulted": _("By the state that was consulted."),
    "not_public": _("For the members of the regime and its secretariat; not for publication by state."),
    "year_by_grant": _("A grant counts in the year it was decided. Where the goods went is not counted by state."),
    "row_of_totals": _(
        "The row “in all” counts each licence and denial once; rows of its categories may exceed it, since a licence "
        "or denial stands in each category it falls in."
    ),
    "categories_exceed": _(
        "A licence or denial stands in each category it falls in, so that rows may exceed the number of licences, "
        "which is %(licences)s, and of denials, which is %(denials)s."
    ),
    "entries_exceed": _(
        "A licence stands under each entry it names, so that rows may exceed the number of licences, which is "
        "%(licences)s."
    ),
    "value_apportioned": _(
        "The value of a licence in several categories is as stated for each, else parted equally to the euro."
    ),
    "value_is_licensed": _("Values are those licensed, the most that may be exported, in whole euro."),
    "licences_to_several": _("A licence for several destinations counts once, under “various destinations”."),
    "regions_of_the_report": _("Regions as in the report of the Union; what names no single country stands by itself."),
    "notified_beside_reported": _(
        "What the exchange was notified of stands beside what a return reports: not every state reports its refusals."
    ),
    "reports_no_refusals": _("Delivered without refusals: %(states)s."),
    "brokering_origin": _(
        "Denials of brokering notified in the exchange name no origin and stand in rows without one."
    ),
    "returns_missing": _("No return yet from %(count)s of %(of)s states: %(states)s. Sums do not hold theirs."),
    "returns_partly": _("Not every authority has delivered: %(states)s."),
    "potential_orders": _("Counts potential orders, which the others do not; not comparable: %(states)s."),
    "temporary_included": _("Counts temporary exports: %(states)s."),
    "year_by_notification": _("By the year of notification, not of decision: %(states)s."),
    "value_basis_unknown": _("Does not say what the value of a licence is: %(states)s."),
    "membership_of_the_year": _(
        "Membership is that of the year; a year counts whole from the one in which a state joined."
    ),
    "never_report": _("Never report here, and are in no sum of their group: %(states)s."),
    "held_back": _(
        "c: held back, for want of the state's consent, because the number is small, or because another would follow "
        "from it."
    ),
    "never_by_state": _("By state this is never published."),
    "denials_elsewhere": _("Denials are not shown in this table; the tables of denials hold what is published."),
    "undercut_by_regime": _(
        "For dual-use items a grant is an undercut if an answer said that the transactions are essentially identical; "
        "elsewhere any grant after consultation is."
    ),
}

OUTCOMES = {
    "identical": _("Essentially identical"),
    "not_identical": _("Not essentially identical"),
    "partly": _("Partly identical"),
    "no_objection": _("No objection"),
    "objection": _("Objection"),
    "views": _("Views given"),
    "lapsed": _("Lapsed without an answer"),
    "withdrawn": _("Withdrawn"),
    "open": _("Still open"),
    "closed_unanswered": _("Closed unanswered"),
    "release": _("Release"),
    "hold": _("Not to be released"),
    "requirement": _("Authorisation to be required"),
    "no_requirement": _("Authorisation not to be required"),
}

CATEGORIES = {
    "0": _("Nuclear materials, facilities and equipment"),
    "1": _("Special materials and related equipment"),
    "2": _("Materials processing"),
    "3": _("Electronics"),
    "4": _("Computers"),
    "5": _("Telecommunications and information security"),
    "6": _("Sensors and lasers"),
    "7": _("Navigation and avionics"),
    "8": _("Marine"),
    "9": _("Aerospace and propulsion"),
    "II": _("Annex II: goods without any other use"),
    "III": _("Annex III: goods that could be used for torture"),
    "IV": _("Annex IV: goods that could be used for capital punishment"),
    "PL": _("National ratings"),
    "unlisted": _("On no list"),
    "other_list": _("Stated, on no list known here"),
    "not_stated": _("Not stated"),
    "total": _("in all"),
}

WITHOUT_CATEGORY = ("unlisted", "other_list", "not_stated", "total")

DESTINATIONS = {
    "VARIOUS": _("various destinations"),
    "EU": _("European Union"),
    "EU_NATO_PLUS": _("EU and NATO+"),
    "UNKNOWN": _("destination unknown"),
}

ACTS = {
    "refusal": _("Refusal"),
    "annulment": _("Annulment"),
    "suspension": _("Suspension"),
    "limitation": _("Substantial limitation"),
    "revocation": _("Revocation of an authorisation"),
    "not_to_be_authorised": _("Determined not to be authorised"),
    "transit_prohibition": _("Prohibition of transit"),
    "negative_reply": _("Negative reply to an enquiry"),
    "dismissal": _("Dismissal"),
    "not_stated": _("Not stated"),
}

ACTIVITIES = {
    "export": _("Export"),
    "brokering": _("Brokering"),
    "technical_assistance": _("Technical assistance"),
    "transit": _("Transit"),
    "intangible_transfer": _("Intangible transfer"),
    "licensed_production": _("Licensed production"),
    "transfer": _("Transfer within the Union"),
    "not_stated": _("Not stated"),
}

LICENCE_KINDS = {
    "individual": _("Individual"),
    "global": _("Global"),
    "large_project": _("Large project"),
    "general": _("Union general"),
    "national_general": _("National general"),
    "intra_eu": _("Intra-Union transfer"),
    "catch_all": _("Catch-all"),
    "open": _("Open licence"),
    "other": _("Other"),
    "not_stated": _("Not stated"),
}

TIMES = {
    "days_2": _("up to 2 days"),
    "days_5": _("up to 5 days"),
    "days_10": _("up to 10 days"),
    "days_15": _("up to 15 days"),
    "days_30": _("up to 30 days"),
    "days_more": _("more than 30 days"),
    "late": _("late, after the period"),
}
GROUPS = {"eu": _("European Union"), "nato": _("NATO"), "nato_plus": _("NATO+"), "any": _("all reporting states")}
_OF_KEYS: Mapping[str, Mapping[str, Any]] = {
    "outcome": OUTCOMES,
    "act": ACTS,
    "activity": ACTIVITIES,
    "kind": LICENCE_KINDS,
    "time": TIMES,
    "group": GROUPS,
    "target": GROUPS,
}


def place(code: str) -> str:
    """Name a state or destination in the reader's language; an unresolved one as it was printed."""
    if code in DESTINATIONS:
        return str(DESTINATIONS[code])
    if code.startswith(f"{UNRESOLVED}:"):
        return _("“%(printed)s”, not resolved") % {"printed": code[len(UNRESOLVED) + 1 :]}
    return str(_locale().territories.get(code, code))


def key_words(kind: str, code: str, names: Mapping[tuple[str, str], str]) -> str:
    """
    Say what a row stands for.

    :param kind: which key, as in KEYS.   :param names: words held as reference data, by kind and code.
    """
    if kind in ("authority", "destination") or (kind == "origin" and code):
        return place(code)
    if kind == "region":
        return str(
            names.get((kind, code)) or (place(code) if code in DESTINATIONS else _("In no region of the report"))
        )
    if kind == "criterion":
        return f"{code} {names.get((kind, code), '')}".strip()
    if kind in ("category", "entry"):
        words = str(CATEGORIES.get(code, "") if kind == "category" else "") or names.get((kind, code), "")
        return words if code in WITHOUT_CATEGORY else f"{code} {words}".strip()
    return str(_OF_KEYS.get(kind, {}).get(code) or names.get((kind, code)) or code)


def column_words(column: str) -> str:
    """Say what a column counts."""
    if column.startswith("criterion_") and column[10:].isdigit():
        return _("Crit. %(number)s") % {"number": column[10:]}
    return str(COLUMNS.get(column) or OUTCOMES.get(column) or column)


def note_words(code: str, params: Mapping[str, Any]) -> str:
    """Say a footnote."""
    return str(NOTES[code]) % params


def _locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
