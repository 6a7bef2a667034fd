"""Translated labels of codes kept in the register, and the words for what cannot be accepted."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from denials.law.content import Problem

ACTS = {
    "refusal": _("Refusal"),
    "annulment": _("Annulment of an authorisation"),
    "suspension": _("Suspension of an authorisation"),
    "limitation": _("Substantial limitation of an authorisation"),
    "revocation": _("Revocation of an authorisation"),
    "not_to_be_authorised": _("Determination that the export is not to be authorised"),
    "transit_prohibition": _("Prohibition of transit"),
    "negative_reply": _("Negative reply to a formal enquiry"),
    "dismissal": _("Dismissal of an application"),
    "requirement_imposed": _("Authorisation required for an item on no list (notice)"),
}
ACTIVITIES = {
    "export": _("Export"),
    "brokering": _("Brokering"),
    "technical_assistance": _("Technical assistance"),
    "transit": _("Transit"),
    "intangible_transfer": _("Intangible transfer"),
    "licensed_production": _("Licensed production"),
    "transfer": _("Transfer within the Union"),
}
AUTHORISATION_TYPES = {
    "individual": _("Individual"),
    "global": _("Global"),
    "large_project": _("Large project"),
    "general": _("General"),
}
ROLES = {
    "end_user": _("End-user"),
    "consignee": _("Consignee"),
    "intermediary": _("Intermediary"),
    "broker": _("Broker"),
    "exporter": _("Exporter (stays with your authority)"),
    "other": _("Other party"),
}
STATUSES = {
    "draft": _("draft"),
    "ready": _("awaits release"),
    "in_force": _("in force"),
    "lifted": _("lifted"),
    "revoked": _("revoked"),
    "withdrawn": _("withdrawn"),
    "discarded": _("discarded"),
}
KINDS = {
    "erase": _("blanked: a person was erased"),
    "draft": _("drafted"),
    "notify": _("notified"),
    "register": _("brought in from a file, decided in the past"),
    "amend": _("amended"),
    "renew": _("reviewed and maintained"),
    "revoke": _("revoked"),
    "withdraw": _("withdrawn, notified in error"),
    "lift": _("lifted by the final assessment"),
    "confirm": _("confirmed by the final assessment"),
    "court": _("dealt with by a court"),
    "recall": _("recalled, a person is exonerated"),
}
#: What is true of a denial beside its state.
OVERLAYS = {
    "annulled_by_court": _("annulled by a court"),
    "former_member": _("its issuer takes no part any more"),
    "out_of_window": _("outside the look-back window"),
    "notice": _("notice, not a denial"),
    "aggregate": _("aggregate"),
    "passed_on": _("passed on by a multilateral regime"),
    "final_assessment_due": _("final assessment owed"),
    "review_overdue": _("review overdue, still valid"),
    "review_due": _("review due"),
    "under_appeal": _("under appeal"),
    "notified_late": _("notified late"),
}
COURT_FACTS = {
    "appeal_lodged": _("An appeal was lodged"),
    "upheld": _("The appeal was dismissed: the denial stands"),
    "annulled": _("A court annulled the denial"),
}
DEMANDS = {
    "delete": _("delete what they hold of a person"),
    "correct": _("correct what they hold of a person"),
}
RELEASE_STEPS = {
    "submitted": _("submitted for release"),
    "returned": _("returned"),
    "released": _("released"),
}
#: An act that waits for a second officer, as a noun.
OFFERED = {
    "notify": _("notification"),
    "amend": _("amendment"),
    "revoke": _("revocation"),
    "withdraw": _("withdrawal as notified in error"),
    "lift": _("lifting of the suspension"),
    "confirm": _("confirmation of the suspension"),
}
LEGAL_BASES = {
    "cp_4": _("Criteria of the Common Position"),
    "annex_i": _("Item listed in Annex I"),
    "catch_all": _("Item on no list, end-use control"),
    "cyber_surveillance": _("Cyber-surveillance item on no list"),
    "brokering": _("Brokering services"),
    "transit": _("Transit"),
    "technical_assistance": _("Technical assistance"),
    "national_list": _("National list"),
    "other_national_list": _("National list of another Member State"),
    "transfer": _("Transfer within the Union"),
    "annex_ii": _("Goods of Annex II"),
    "annex_iii": _("Goods of Annex III"),
    "annex_iv": _("Goods of Annex IV"),
    "reg_833_2": _("Dual-use goods and technology, Russia"),
    "reg_833_2a": _("Goods that might contribute to military enhancement, Russia"),
    "reg_833_other": _("Other restrictions on exports, Russia"),
    "reg_765": _("Restrictions on exports, Belarus"),
}
MARKINGS = {
    "UNMARKED": _("No marking"),
    "LIMITE": "LIMITE",
    "SENSITIVE": _("Sensitive, not classified"),
    "R-UE/EU-R": "RESTREINT UE/EU RESTRICTED",
}
SCOPES = {
    "whole": _("The whole transaction or authorisation"),
    "part": _("A part of it: one destination, user or item"),
}
ORIGINS = {
    "EU_MS": _("A Member State"),
    "NO": _("Norway"),
    "wassenaar": _("Wassenaar Arrangement"),
    "nsg": _("Nuclear Suppliers Group"),
    "mtcr": _("Missile Technology Control Regime"),
    "ag": _("Australia Group"),
}
GRANULARITIES = {
    "individual": _("One denial"),
    "aggregate": _("A number of denials over a period: an alert, never a duty to consult"),
}
TIERS = {
    "basic": _("Basic list"),
    "sensitive": _("Sensitive list"),
    "very_sensitive": _("Very sensitive list"),
}
PLACE_ATTRIBUTES = {
    "eu_member": _("Member State of the Union"),
    "eu_customs_territory": _("In the customs territory of the Union"),
    "intra_eu_transfer": _("Transfer within the Union"),
    "eu_customs_union": _("Customs union with the Union"),
    "territory_of": _("Territory of"),
    "status": _("Status"),
    "arms_embargo": _("Arms embargo"),
}
SECTIONS = {
    "explanation": _("Reasons"),
    "remarks": _("Remarks"),
    "end_use": _("Stated end use"),
    "party_details": _("Addresses, other names and numbers of the parties"),
    "item_details": _("Parameters, quantities and makers of the items"),
    "values": _("Values of the items"),
    "authorisation": _("Number of the authorisation"),
    "source_reference": _("Own number"),
}
RECIPIENTS = {
    "member": _("Member States"),
    "partner": _("Partner states outside the Union"),
    "secretariat": _("Secretariat"),
}
SPECIAL = {
    "VARIOUS": _("Various destinations"),
    "EU": _("European Union"),
    "EU_NATO_PLUS": _("EU and NATO+"),
    "UNKNOWN": _("Destination unknown"),
}
GROUNDS = {
    "15_1_a": _("International obligations and commitments"),
    "15_1_b": _("Obligations under sanctions"),
    "15_1_c": _("National foreign and security policy"),
    "15_1_d": _("Intended end-use and risk of diversion"),
    "4_1_a": _("End-use control: weapons of mass destruction and missiles"),
    "4_1_b": _("End-use control: military end-use, arms-embargoed destination"),
    "4_1_c": _("End-use control: parts of military items exported without authorisation"),
    "5_1": _("Cyber-surveillance: internal repression, serious violations of human rights"),
    "12_2": _("Reasonable grounds to believe in use for torture or other ill-treatment"),
    "17": _("Risk of use for capital punishment in a third country"),
    "3": _("Export prohibition"),
    "no_derogation": _("No derogation from the prohibition applies"),
    "military_end_use_or_user": _("Military end-use or end-user"),
    "diversion": _("Risk of diversion or circumvention"),
    "embargo_only": _("Only because of an embargo"),
    "national_policy": _("Purely national policy (not notified)"),
    "national_prohibition": _("Purely national prohibition (not notified)"),
    "formal": _("Formal refusal (not notified)"),
}
COUNTS = {
    "valid": _("counts until it is revoked"),
    "in_window": _("counts within three years of the decision"),
    "outside_window": _("older than three years: for information"),
    "date_unknown": _("day of decision unknown: counts"),
    "not_yet_decided": _("decided later"),
    "not_notified": _("not notified"),
    "lifted": _("lifted: does not count"),
    "revoked": _("revoked: does not count"),
    "withdrawn": _("withdrawn: never counted"),
    "former_member": _("its issuer takes no part any more: for information"),
    "annulled_by_court": _("annulled by a court: does not count"),
    "notice": _("a notice, not a denial"),
    "aggregate": _("an aggregate: an alert, no duty"),
    "passed_on": _("passed on by a multilateral regime: for information"),
}

#: The control lists, and whose they are.
CONTROL_LISTS = {
    "ml": _("EU Common Military List"),
    "annex_i": _("Annex I to Regulation (EU) 2021/821"),
    "annex_iv": _("Annex IV to Regulation (EU) 2021/821"),
    "torture": _("Annexes II, III and IV to Regulation (EU) 2019/125"),
    "national": _("National lists"),
    "uk": _("Ratings of the United Kingdom"),
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
}
COMPLETENESS = {
    "full": _("every entry, or said of an entry where not"),
    "heads": _("every head, not all below them"),
    "part": _("a part"),
}
ENTRY_NOTICES = {
    "subitems_not_held": _("The sub-items of this entry are not held; the code is kept as written."),
    "list_held_in_part": _("The list is held in part; the code is kept as written."),
    "version_not_held": _("The list of that day is not held; read in another version."),
    "not_used": _("The list keeps this number without goods."),
    "end_use_tag": _("Names a ground of control, not goods."),
    "subitem_unknown": _("The entry above is held, the sub-item is not."),
}
SUCCESSIONS = {
    "renamed": _("renamed"),
    "split": _("split"),
    "merged": _("merged"),
    "deleted": _("deleted"),
    "moved": _("moved"),
}

#: The fields of a denial as the rules, the content and a file name them.
FIELDS = {
    "regime": _("Regime"),
    "act": _("Act"),
    "legal_basis": _("Legal basis"),
    "decided_on": _("Date of decision"),
    "suspended_until": _("Suspended until"),
    "activity": _("Activity"),
    "authorisation_type": _("Type of authorisation"),
    "origin": _("Origin"),
    "origin_state": _("State that denied"),
    "origin_reference": _("Reference there"),
    "granularity": _("One denial or a number"),
    "list_tier": _("List of the regime"),
    "period": _("Period"),
    "period_since": _("Period from"),
    "period_until": _("Period to"),
    "licences_denied": _("Licences denied"),
    "also_notified": _("Also notified to"),
    "scope": _("Extent"),
    "scope_note": _("Which part"),
    "authorisation_reference": _("Number of the authorisation"),
    "withheld": _("Withheld"),
    "destinations": _("Destinations"),
    "parties": _("Parties"),
    "items": _("Items"),
    "item_codes": _("Control-list entry of every item"),
    "item_parameters": _("Technical parameters of every item"),
    "end_user": _("End-user"),
    "criteria": _("Criteria"),
    "criteria_stated": _("Whether criteria are stated"),
    "grounds": _("Criteria or grounds"),
    "end_use": _("Stated end use"),
    "explanation": _("Reasons"),
    "reasons": _("Reasons"),
    "remarks": _("Remarks"),
    "marking": _("Marking"),
    "source_reference": _("Own number"),
}

#: Where an uploaded file stands, and the same as said on top of its page.
JOB_STATES = {
    "uploaded": _("waits to be read"),
    "reading": _("is being read"),
    "ready": _("waits for your confirmation"),
    "submitted": _("awaits release"),
    "taking_in": _("is being taken in"),
    "done": _("taken in"),
    "failed": _("refused"),
    "cancelled": _("given up"),
}
JOB_STATES_NOW = JOB_STATES | {
    "ready": _("Dry run: nothing has been taken in yet"),
    "submitted": _("Awaits release: nothing has been taken in yet"),
    "done": _("Taken in"),
    "failed": _("Refused: nothing more is taken in"),
    "cancelled": _("Given up"),
}
#: What a file does to a denial.
LINES = {
    "new": _("New denials"),
    "changed": _("Changed, own reference"),
    "unchanged": _("Already in the register"),
    "conflict": _("Conflicts: left out"),
    "error": _("Rows that cannot be read"),
}
#: The same of one row.
LINE = {
    "new": _("new"),
    "changed": _("changed"),
    "unchanged": _("already in the register"),
    "conflict": _("conflict: left out"),
    "error": _("cannot be read"),
}
OUTCOMES = {
    "registered": _("taken in"),
    "amended": _("amended"),
    "left": _("left out"),
}
#: What a column of a file may mean; other names are those of the fields.
COLUMNS = {
    "sequence": _("Running number"),
    "reference": _("Reference"),
    "regime_reference": _("Reference within the regime"),
    "regime": _("Regime"),
    "legal_basis": _("Legal basis"),
    "act": _("Act"),
    "activity": _("Activity"),
    "authorisation_type": _("Type of authorisation"),
    "decided_on": _("Date of decision"),
    "destination_code": _("Destination, code of the country"),
    "destination": _("Destination"),
    "country": _("Country"),
    "code": _("Control-list entry"),
    "description": _("Description of the item"),
    "description_en": _("Description of the item, in English"),
    "quantity": _("Quantity"),
    "quantity_printed": _("Quantity as printed"),
    "unit": _("Unit"),
    "value": _("Value"),
    "currency": _("Currency"),
    "manufacturer": _("Manufacturer"),
    "model": _("Model"),
    "cas": _("CAS number"),
    "cn": _("CN code"),
    "consignee": _("Consignee"),
    "consignee_en": _("Consignee, in English"),
    "consignee_country": _("Consignee, country"),
    "consignee_address": _("Consignee, address"),
    "end_user": _("End-user"),
    "end_user_en": _("End-user, in English"),
    "end_user_country": _("End-user, country"),
    "end_user_address": _("End-user, address"),
    "intermediary": _("Intermediary"),
    "broker": _("Broker"),
    "exporter": _("Exporter (stays with your authority)"),
    "name": _("Party, name"),
    "address": _("Party, address"),
    "role": _("Party, role"),
    "issuer": _("Issuing state"),
    "criteria": _("Criteria"),
    "end_use": _("Stated end use"),
    "explanation": _("Reasons"),
    "explanation_en": _("Reasons, in English"),
    "remarks": _("Remarks"),
    "count": _("Number of denials"),
}

#: Why a value, a cell or a file is not accepted, or what should be known about it.
PROBLEMS = {
    "required": _("This is required."),
    "too_long": _("Longer than %(most)s characters."),
    "too_many": _("More than %(most)s."),
    "in_future": _("This day lies in the future."),
    "too_early": _("This day lies before 1950."),
    "too_late": _("This day lies too far ahead."),
    "before_decision": _("This day lies before the decision."),
    "above_ceiling": _("This system holds nothing marked above %(ceiling)s."),
    "scope_unknown": _("“%(value)s” is neither the whole nor a part."),
    "only_of_a_part": _("Only where a part is denied; the extent says the whole."),
    "origin_unknown": _("“%(value)s” is no origin known here."),
    "origin_later": _("“%(value)s” did not exist on that day."),
    "granularity_unknown": _("“%(value)s” is neither one denial nor a number of them."),
    "no_aggregates": _("From this origin come single denials only."),
    "tier_unknown": _("“%(value)s” is no list of this origin."),
    "only_of_another_origin": _("Only of a denial that a multilateral regime passed on."),
    "only_of_an_aggregate": _("Only of a number of denials over a period."),
    "before_start": _("This day lies before the start of the period."),
    "section_unknown": _("“%(value)s” names no section and class of readers known here."),
    "must_be_shared": _("“%(value)s” cannot be withheld: %(article)s obliges to share it."),
    "country_unknown": _("“%(value)s” is not the code of a country."),
    "role_unknown": _("“%(value)s” is not a role of a party."),
    "criterion_unknown": _("“%(value)s” is not one of the eight criteria."),
    "entry_unknown": _("“%(value)s” is no entry of the list."),
    "subitem_unknown": _("%(head)s is held, %(value)s is not an entry of the list."),
    "entry_former": _("%(value)s is an entry of an earlier list, not of the one in force on the day of decision."),
    "entries_several": _("Several entries in one field (%(value)s): write an item for each."),
    "not_positive": _("A quantity is greater than zero."),
    "too_large": _("This number is too large to be meant."),
    "act_unknown": _("“%(value)s” is not an act of an authority known here."),
    "regime_unknown": _("Neither file nor codes nor criteria say which regime this belongs to."),
    "regime_from_criteria": _("The entry tells no regime; taken as arms from the criteria cited."),
    "regime_from_other_rows": _("No criterion; taken as arms like the other rows of the file."),
    "code_of_another_regime": _("An entry of another regime than the one named."),
    "not_stated": _("Not stated in the source; kept so."),
    "place_unresolved": _("“%(value)s” does not say which country is meant; kept as printed."),
    "destination_from_party": _("No column for the destination; taken from the party's country."),
    "quantity_as_printed": _("“%(value)s” is no single number; kept as printed."),
    "contradiction": _("Two columns contradict each other: %(value)s."),
    "differs_from_row": _("Differs from row %(value)s, which has the same reference."),
    "reference_held": _("The register holds this reference with other content; nothing is overwritten."),
    "another_issuer": _("Issued by another state (%(value)s)."),
    "not_competent": _("Not competent for this regime on that day (%(value)s)."),
    "of_another_authority": _("Another authority holds %(value)s; its records are never touched."),
    "reference_ambiguous": _("Several denials are held under %(value)s; which one is meant is not guessed."),
    "reference_ended": _("The denial held under %(value)s is no longer in force; a file does not bring it back."),
    "several_issuers": _("Several issuers in one cell (%(value)s): a denial has one."),
    "issuer_unresolved": _("“%(value)s” does not say which state issued it."),
    "activity_unknown": _("“%(value)s” is not an activity known here."),
    "code_unread": _("“%(value)s” is none of the values known here; not taken over."),
    "merged_cell": _("One number stands for several rows (%(value)s); write it once."),
    "taken_in_meanwhile": _("Taken in meanwhile from another file."),
    "changed_meanwhile": _("The denial was changed after the dry run; nothing is overwritten."),
    "code_page_unknown": _(
        "This file is not UTF-8. In the languages of your authority no other encoding can be told for certain, and a "
        "guess would change letters: save it as UTF-8 (in a spreadsheet: CSV UTF-8)."
    ),
    "read_as_cp1252": _(
        "This file is not UTF-8: it was read as Western European (CP1252). Look whether this is right:"
    ),
    "read_as_cp1250": _(
        "This file is not UTF-8: it was read as Central European (CP1250). Look whether this is right:"
    ),
    "read_as_cp1257": _("This file is not UTF-8: it was read as Baltic (CP1257). Look whether this is right:"),
    "sheet_not_read": _(
        "Another sheet of this workbook has recognised headings too and was not read: upload it as a file of its own."
    ),
    "sheet_without_columns": _("Another sheet of this workbook holds no recognised headings and was not read."),
    "sheets_unreadable": _("Further sheets of this workbook cannot be read, and were not."),
    "returned": _("The second officer returned it: %(value)s"),
    "proposal_waits": _("An act upon this denial waits for a second officer; the row was left out."),
    "person_erased": _("A person named in this file was erased. What it held is gone: correct it and upload it again."),
    "not_permitted": _("Whoever uploaded the file may not take in files any more."),
    "date_unreadable": _("“%(value)s” is no date."),
    "date_ambiguous": _("“%(value)s” can be read as two dates."),
    "number_unreadable": _("“%(value)s” is no single number."),
    "not_a_count": _("“%(value)s” is not a number of denials."),
    "formula": _("A formula; only values are read."),
    "error_value": _("The cell holds an error."),
    "unfit_text": _("The character %(value)s is not accepted in text."),
    "more_cells_than_headings": _("More cells than headings."),
    "column_missing": _("No column was recognised for this."),
    "column_twice": _("Two columns say the same: %(value)s."),
    "empty_file": _("The file is empty."),
    "file_too_large": _("The file is larger than 20 MB."),
    "archive_too_large": _("The workbook unpacks to more than is accepted."),
    "encrypted": _("The workbook is protected by a password."),
    "old_excel": _("An old Excel file (.xls); save it as .xlsx or .csv."),
    "not_xlsx": _("This is not a workbook that can be read."),
    "not_csv": _("This is not a table that can be read: %(value)s."),
    "binary_file": _("This is not a text file."),
    "unreadable": _("The file could not be read, for a reason the exchange does not know; nothing was taken in."),
    "encoding_unknown": _("The encoding of the file is not UTF-8, UTF-16 or that of your languages."),
    "no_known_columns": _("No heading of a column was recognised."),
    "too_many_columns": _("More than %(value)s columns."),
    "too_many_merges": _("More than %(value)s cells lie in merged ranges."),
    "xml_entities": _("The workbook declares XML entities, which no spreadsheet needs."),
    "too_many_rows": _("More than %(value)s rows."),
    "not_base64": _("The content is not base64."),
}


#: The same where the bound is not at hand.
WITHOUT_BOUND = {
    "too_long": _("Longer than it may be."),
    "too_many": _("More than there may be."),
    "above_ceiling": _("Marked higher than this system holds."),
    "must_be_shared": _("This cannot be withheld: the law obliges to share it."),
    "subitem_unknown": _("This is not an entry of the list; the one above it is."),
}


def problem_text(rule: str, params: Mapping[str, Any] | None = None) -> str:
    """Return the words for a value, a cell or a file that cannot be accepted."""
    words = PROBLEMS.get(rule)
    if words is None:
        return _now("This cannot be accepted (%(rule)s).") % {"rule": rule}
    try:
        said = str(words) % (params or {})
    except KeyError:  # a finding of a file holds the cell, not the bound
        said = str(WITHOUT_BOUND.get(rule, _now("This cannot be accepted (%(rule)s).") % {"rule": rule}))
    meant = ", ".join(one["code"] for one in (params or {}).get("suggestions", ()))
    return f"{said} {_now('Did you mean %(entries)s?') % {'entries': meant}}" if meant else said


def problem_texts(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return each problem with field, rule and words, and the entries that may have been meant."""
    return [
        {
            "field": one.field,
            "rule": one.rule,
            "message": problem_text(one.rule, one.params),
            **({"suggestions": list(meant)} if isinstance(meant := one.params.get("suggestions"), tuple) else {}),
        }
        for one in problems
    ]
