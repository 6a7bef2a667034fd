"""Words of the auditor's desk: what may be asked, and what keeps a screening from being done again."""

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "readers": _("Who saw this denial?"),
    "person": _("What did this person look at?"),
    "sample": _("A random sample of cases, with their dossiers"),
    "unscreened": _("Grants without a prior screening"),
    "undercuts": _("All undercuts of a year"),
    "replay": _("A screening, done again"),
}
HINDERED = {
    "unfiled": _("Of a screening without filing only a digest of what was asked is kept: it cannot be done again."),
    "amended": _("The application was amended since: what was asked then is kept as a digest only."),
    "ruleset": _("Another set of rules is in use now; the verdict of then stands as it is recorded."),
}
