"""Words of the law with their article in one sentence, opened from a dotted underline."""

from itertools import count
from typing import Any

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

# code: (the word, its source, the article in one sentence)
TERMS = {
    "essentially_identical": (
        _("essentially identical transaction"),
        _("Regulation (EU) 2021/821, Art. 2(22)"),
        _(
            "A transaction concerning items with essentially identical parameters or technical characteristics "
            "and involving the same end-user or consignee as another transaction."
        ),
    ),
    "denial": (
        _("denial"),
        _("Regulation (EU) 2021/821, Art. 16(1); Common Position 2008/944/CFSP, Art. 4(1)"),
        _(
            "A decision refusing an authorisation, or otherwise preventing the transaction, "
            "of which the others are notified."
        ),
    ),
    "valid_denial": (
        _("denial in force"),
        _("Regulation (EU) 2021/821, Art. 16(2)"),
        _("A denial that has not been revoked stays valid and is reviewed every three years."),
    ),
    "look_back": (
        _("three years"),
        _("Common Position 2008/944/CFSP, Art. 4(1); Regulation (EU) 2019/125, Art. 23(2)"),
        _("Denials of the last three years oblige to consult before a licence is granted."),
    ),
    "consultation": (
        _("consultation"),
        _("Regulation (EU) 2021/821, Art. 16(5); Common Position 2008/944/CFSP, Art. 4(1)"),
        _(
            "Before granting what another authority has denied for an essentially identical transaction, "
            "the competent authority first consults the one which issued the denial."
        ),
    ),
    "reply_period": (
        _("reply period"),
        _("Regulation (EU) 2021/821, Art. 16(5), second subparagraph"),
        _(
            "The consulted authorities make known within ten working days whether or not they consider "
            "the transaction to be essentially identical."
        ),
    ),
    "extension": (
        _("extension"),
        _("Regulation (EU) 2021/821, Art. 16(5), third subparagraph"),
        _(
            "If more information is required, the authorities concerned agree on an extension of the period, "
            "which does not exceed 30 working days."
        ),
    ),
    "lapse": (
        _("lapse"),
        _("Regulation (EU) 2021/821, Art. 16(5), second subparagraph"),
        _(
            "An authority that has not answered within the period is regarded as not considering "
            "the transaction to be essentially identical."
        ),
    ),
    "undercut": (
        _("grant after consultation"),
        _("Regulation (EU) 2021/821, Art. 16(5), fourth subparagraph; Common Position 2008/944/CFSP, Art. 4(1)"),
        _("Whoever grants the authorisation after consultation notifies it and explains the decision."),
    ),
    "working_day": (
        _("working day"),
        _("Regulation (EEC, Euratom) No 1182/71, Art. 2(2)"),
        _("All days other than public holidays, Sundays and Saturdays."),
    ),
    "revoke": (
        _("revoke"),
        _("Regulation (EU) 2021/821, Art. 16(2)"),
        _("Within three years of their notification denials are reviewed and revoked, amended or renewed."),
    ),
    "end_user": (
        _("end-user"),
        _("Regulation (EU) 2021/821, Art. 2(22)"),
        _(
            "The one who finally uses the item; with the consignee, one of the two parties "
            "that make a transaction the same."
        ),
    ),
}
_serial = count(1)


@register.inclusion_tag("components/term.html")
def term(code: str, text: str = "") -> dict[str, Any]:
    """Print a word of the law whose article opens on hover, focus and touch."""
    word, source, sentence = TERMS[code]
    return {
        "id": f"term-{code}-{next(_serial) % 100_000}",
        "word": text or word,
        "source": source,
        "sentence": sentence,
    }
