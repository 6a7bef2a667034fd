"""Words for annual returns: the method card, their states, what the checks find."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from denials.labels import problem_text
from reports.labels.tables import place

SECTIONS = {
    "licences": _("Licences and exports"),
    "brokering": _("Brokering"),
    "missions": _("Missions"),
    "cyber": _("Cyber-surveillance items"),
    "refusals": _("Refusals reported"),
}
STATES = {
    "checked": _("checked, not signed off"),
    "signed": _("signed off"),
    "discarded": _("given up"),
    "missing": _("nothing delivered"),
}
QUESTIONS = {
    "temporary_exports": _("Temporary exports"),
    "returns_after_repair": _("Returns after repair"),
    "renewals": _("Renewals of licences"),
    "brokering_value": _("Brokering is valued by"),
    "potential_orders": _("Potential orders"),
    "value_basis": _("The value of a licence is"),
    "exports_basis": _("Actual exports come from"),
    "year_basis": _("A licence belongs to the year of"),
    "not_splittable": _("Value that cannot be split by destination"),
}
ANSWERS = {
    "not_stated": _("not stated"),
    "included": _("included"),
    "excluded": _("excluded"),
    "value_of_goods": _("the goods"),
    "value_of_service": _("the service"),
    "licensed_maximum": _("the maximum licensed, not what was exported"),
    "contract_value": _("the value of the contract"),
    "customs": _("customs declarations"),
    "exporters_reports": _("reports of the exporters"),
    "not_collected": _("not collected"),
    "decision": _("decision"),
    "notification": _("notification"),
    "entry_into_force": _("entry into force"),
    "none": _("none"),
    "some": _("some"),
    "most": _("most"),
}
SEVERITIES = {"error": _("cannot be read"), "warning": _("to be explained"), "note": _("to know")}

MEASURES = {
    "number": _("number of licences"),
    "value_licensed": _("value licensed"),
    "value_exported": _("value exported"),
    "refused": _("refusals"),
    "refused_value": _("value refused"),
}

FINDINGS = {
    "total_disagrees": _("The rows add up to %(added)s, the total prints %(printed)s (%(measure)s)."),
    "share_disagrees": _("%(row)s prints %(printed)s %%; from its value %(value)s follow %(follows)s %%."),
    "sum_of_lines_disagrees": _("%(row)s prints %(printed)s, the lines add up to %(added)s (%(measure)s)."),
    "list_disagrees": _("The list of %(printed)s “%(name)s” holds %(added)s names."),
    "members_disagree": _("“%(name)s” in this year: missing %(missing)s, beside them %(beside)s."),
    "destination_not_resolved": _(
        "“%(value)s” does not say which country is meant (%(count)s lines); kept as printed."
    ),
    "value_without_licence": _("A value of %(value)s without a licence."),
    "exports_far_over_licences": _("Exports of %(exported)s on licences of %(licensed)s in the same year."),
    "far_from_the_year_before": _("%(measure)s: %(now)s, in the year before %(before)s."),
    "table_number_twice": _("Several tables bear the number %(value)s: %(names)s."),
    "year_ambiguous": _("“%(value)s” is not one year."),
    "value_apportioned": _("The value %(value)s was parted equally among %(count)s categories."),
    "category_unknown": _("“%(value)s” is no category of the list; kept without one."),
    "number_unreadable": _("A number cannot be read."),
    "number_ambiguous": _("A number can be read in two ways, and no other of its column tells which is meant."),
    "number_negative": _("A number below zero."),
    "number_too_large": _("A number too large to be meant."),
    "not_whole": _("A number of licences is whole."),
    "kind_unknown": _("The kind of licence is not known here."),
    "decision_unknown": _("What was decided is not known here."),
    "section_unknown": _("The section is not known here."),
    "not_granted": _("Neither granted nor refused (%(value)s): not counted."),
}


def finding_words(finding: Mapping[str, Any]) -> str:
    """Say what a check found."""
    words = FINDINGS.get(str(finding["rule"]))
    params = {**finding.get("params", {})}
    if "measure" in params:
        params["measure"] = MEASURES.get(params["measure"], params["measure"])
    if "row" in params:
        params["row"] = place(str(params["row"])).replace("_", " ") or _("The total")
    try:
        return str(words) % params if words else problem_text(str(finding["rule"]), params)
    except KeyError:
        return str(words)
