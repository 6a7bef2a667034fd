"""Words of the public page and of charts."""

from django.utils.translation import gettext_lazy as _

from reports.labels.tables import GROUPS, TITLES, column_words

__all__ = ["CHECKS", "GROUPS", "INDICATORS", "RULES", "SERIES", "TITLES_OF_REGIMES", "check_words"]

TITLES_OF_REGIMES = {
    "arms": _("Exports and denials of military technology and equipment"),
    "dual_use": _("Authorisations and denials of dual-use items"),
    "torture": _("Authorisations and denials of anti-torture goods"),
}

CHECKS = {
    "register.denials": _("denials of the register"),
    "register.consultations": _("consultations held"),
    "register.grants": _("grants after consultation"),
    "register.undercuts": _("undercuts"),
    "register.licences": _("licences of the signed returns"),
    "register.answers": _("answers given"),
    "criteria_or_grounds": _("criteria and grounds cited, or not stated"),
    "register.value_licensed_eur": _("value licensed in the signed returns"),
    "register.value_exported_eur": _("value exported in the signed returns"),
    "consultations_received": _("consultations received"),
    "undercuts_among_grants": _("undercuts among grants"),
}
#: By the first word of a measure of which the register's own sum is checked, the table that prints it.
_TABLE_OF = {
    "brokering": "brokering",
    "mission": "missions",
    "cyber": "cyber_surveillance",
    "denials": "denials_notified_and_reported",
}
RULES = {"equal": _("equal to"), "at_least": _("at least")}

INDICATORS = {
    "hours_to_answer": _("Hours from receipt to answer"),
    "lapsed_share": _("Consultations received that lapsed in silence, in %"),
    "extended_share": _("Consultations received that were extended, in %"),
    "review_due_share": _("Denials in force whose review is due, in %"),
}
SERIES = {
    "denials": _("Denials"),
    "consultations_initiated": _("Consultations"),
    "grants_after_consultation": _("Grants after consultation"),
    "undercuts": _("Undercuts"),
    "licences_issued": _("Licences issued"),
}


def check_words(name: str) -> str:
    """Say what a check compared; a table's by its title."""
    table, _dot, column = name.partition(".")
    if name in CHECKS:
        return str(CHECKS[name])
    if table == "register":
        said = (_("Register and returns"), TITLES[_TABLE_OF[column.partition("_")[0]]], column_words(column))
        return ": ".join(map(str, said))
    return f"{TITLES.get(table, table)}{': ' + column_words(column) if column else ''}"
