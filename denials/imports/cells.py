"""Read single cells: days, numbers, criteria, roles. What can be read in two ways is not read."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from denials.imports.tables import Cell
from denials.law.content import Citation
from denials.law.regimes import known_regimes
from denials.law.words import fold

MOST_DENIALS_OF_A_ROW: Final = 1000
MOST_FIGURES: Final = 4  # of that number; a longer one need not be read
LONGEST_QUANTITY: Final = 100  # characters; what is longer is kept as printed
LONGEST_CRITERIA: Final = 500

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?$")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")  # day first wherever it is written so
_EITHER_WAY = re.compile(r"(\d{1,2})([/\-])(\d{1,2})\2(\d{4})$")
_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|e)?\.?\s+([^\W\d]+)\.?,?\s+(\d{4})$")
_MONTH_NAMES: Final = """
jan january januari januar janvier
feb february februari februar fevrier fev
mar march maart mrt marz mars maerz
apr april avril avr
may mei mai
jun june juni juin
jul july juli juillet
aug august augustus aout
sep sept september septembre
oct october oktober octobre okt
nov november novembre
dec december dezember dez decembre
"""
_MONTHS: Final = {word: number for number, words in enumerate(_MONTH_NAMES.split("\n")) for word in words.split()}
_CRITERION = re.compile(r"(?:crit\w*\.?\s*)?([1-8])\s*(?:\(\s*([a-z]{1,2})\s*\)|([a-z])|\.([a-z]))?$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[,;/|+&\n]|\b(?:en|and|und|et)\b", re.IGNORECASE)
_BLANKS = re.compile(r"[^\S\n]+")
_NUMBER_AND_UNIT = re.compile(r"([-+]?\d[\d.,' \u00a0\u202f’]*?)\s*([^\W\d_].{0,23}|%)?$")
_GROUPED_BY_BLANK = re.compile(r"\d{1,3}(?:[ '’\u00a0\u202f]\d{3})+$")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})+$")
_GROUPED_WITH_DECIMALS = re.compile(r"\d{1,3}(?:\.\d{3})+,\d+$|\d{1,3}(?:,\d{3})+\.\d+$")
_GROUPS_OR_DECIMALS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}$")
_DECIMALS = re.compile(r"\d+[.,]\d+$")

ACTS: Final = {
    "refusal": "refusal refused denial denied reject rejected afwijzing afgewezen weigering geweigerd ablehnung "
    "abgelehnt refus refuse",
    "revocation": "revocation revoked intrekking ingetrokken widerruf widerrufen revocation retrait",
    "annulment": "annulment annulled annulering vernietiging rucknahme annulation",
    "suspension": "suspension suspended schorsing geschorst aussetzung",
    "limitation": "limitation limited beperking",
    "not_to_be_authorised": "not_to_be_authorised",
    "transit_prohibition": "transit_prohibition",
    "negative_reply": "negative_reply",
    "dismissal": "dismissal dismissed",
}
_ACT_OF: Final = {word: act for act, words in ACTS.items() for word in words.split()}
ACTIVITIES: Final = {
    "export": "export uitvoer ausfuhr exportation exportacion esportazione",
    "brokering": "brokering tussenhandel vermittlung courtage",
    "technical_assistance": "technical_assistance technische_bijstand technische_unterstutzung assistance_technique",
    "transit": "transit doorvoer durchfuhr",
    "intangible_transfer": "intangible_transfer immateriele_overdracht",
    "licensed_production": "licensed_production licentieproductie lizenzproduktion",
    "transfer": "transfer overdracht overbrenging verbringung transfert",
}
_ACTIVITY_OF: Final = {word: activity for activity, words in ACTIVITIES.items() for word in words.split()}
ROLES: Final = {
    "end user": "end_user",
    "enduser": "end_user",
    "ultimate end user": "end_user",
    "eindgebruiker": "end_user",
    "consignee": "consignee",
    "ontvanger": "consignee",
    "intermediary": "intermediary",
    "intermediate consignee": "intermediary",
    "agent": "intermediary",
    "broker": "broker",
    "exporter": "exporter",
    "third party": "other",
    "other": "other",
}
REGIMES: Final = {
    "arms": "arms military militair wapens militaire_goederen ml cp_2008_944 rustung armement",
    "dual_use": "dual_use dualuse du dual 2021_821",
    "torture": "torture anti_torture antitorture foltergoederen 2019_125",
}
_REGIME_OF: Final = {code: code for code in known_regimes()} | {
    word: regime for regime, words in REGIMES.items() for word in words.split()
}


class CellRefused(Exception):
    """A cell cannot be read, by this rule."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def months_come_first(cells: Iterable[Cell]) -> bool | None:
    """
    Tell in which order a column's `dd/mm/yyyy` or `dd-mm-yyyy` stand; None if no day of it tells.

    One tells that can be read in one way only.
    """
    orders = set()
    for cell in cells:
        if found := _EITHER_WAY.match(cell.text):
            first, second = int(found.group(1)), int(found.group(3))
            if first > 12 >= second:
                orders.add(False)
            elif second > 12 >= first:
                orders.add(True)
    return orders.pop() if len(orders) == 1 else None


def day(cell: Cell, *, month_first: bool | None = None) -> date | None:
    """Return the day of a cell, None if blank.   :raises CellRefused: date_unreadable, date_ambiguous."""
    if isinstance(cell.native, date):
        return cell.native
    text = cell.text.strip()
    if not text:
        return None
    if isinstance(cell.native, Decimal):
        raise CellRefused("date_unreadable")
    try:
        return _day(text, month_first)
    except ValueError:
        raise CellRefused("date_unreadable") from None


def _day(text: str, month_first: bool | None) -> date:
    if found := _ISO.match(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := _DOTTED.match(text):
        return date(int(found[3]), int(found[2]), int(found[1]))
    if found := _NAMED.match(text):
        return date(int(found[3]), _MONTHS.get(fold(found[2]), 0), int(found[1]))
    found = _EITHER_WAY.match(text)
    if not found:
        raise ValueError(text)
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if first == second:
        return date(year, first, second)
    if month_first is None and max(first, second) <= 12:
        raise CellRefused("date_ambiguous")
    if month_first is None:
        month_first = second > 12
    return date(year, first, second) if month_first else date(year, second, first)


def citations(text: str) -> tuple[Citation, ...]:
    """
    Return the criteria a cell cites: "2,4,6,7", "2; 3", "2(b)", "criterion 7".

    :raises CellRefused: criterion_unknown, too_long.
    """
    text = _folded(text)
    if len(text) > LONGEST_CRITERIA:
        raise CellRefused("too_long")
    found: list[Citation] = []
    for piece in map(str.strip, _SEPARATORS.split(text.strip(".;,"))):
        if not piece:
            continue
        read = _CRITERION.match(piece)
        if not read:
            raise CellRefused("criterion_unknown")
        found.append(Citation(read[1], (read[2] or read[3] or read[4] or "").lower()))
    return tuple(dict.fromkeys(found))


def _folded(text: str) -> str:
    """Return a text with one blank for each run of them; ends of lines stay."""
    return _BLANKS.sub(" ", text).strip()


def quantity(text: str) -> tuple[Decimal | None, str]:
    """
    Return number and unit of a quantity, None where it has none or can be read in two ways ("84.000", "various").

    "120000 pcs" is 120000 and "pcs"; "84 000" and "1.234.567" have groups; "2,5" has decimals. A text longer than a
    quantity can be has none.
    """
    text = _folded(text)
    found = _NUMBER_AND_UNIT.match(text) if len(text) <= LONGEST_QUANTITY else None
    if not found:
        return None, ""
    figures, unit = found[1].strip(), (found[2] or "").strip()
    sign, figures = ("-", figures[1:]) if figures[0] == "-" else ("", figures.lstrip("+"))
    return _number(sign, figures), unit


def _number(sign: str, figures: str) -> Decimal | None:
    if _GROUPED_BY_BLANK.match(figures) or _GROUPED.match(figures):
        figures = re.sub(r"\D", "", figures)
    elif _GROUPED_WITH_DECIMALS.match(figures):
        last = max(figures.rfind("."), figures.rfind(","))
        figures = re.sub(r"\D", "", figures[:last]) + "." + figures[last + 1 :]
    elif _GROUPS_OR_DECIMALS.match(figures):
        return None
    elif _DECIMALS.match(figures):
        figures = figures.replace(",", ".")
    elif not figures.isdecimal():
        return None
    try:
        return Decimal(sign + figures)
    except InvalidOperation:
        return None


def agrees(printed: str, number: Decimal) -> bool:
    """Tell whether a printed quantity can be read as the number the file gives beside it."""
    plain = re.sub(r"[^\d.,]", "", printed)
    if not any(character.isdigit() for character in plain):
        return True
    readings = {re.sub(r"\D", "", plain), plain.replace(",", "."), plain.replace(".", "").replace(",", ".")}
    for reading in readings | {plain.replace(",", "")}:
        try:
            if Decimal(reading) == number:
                return True
        except InvalidOperation:
            continue
    return False


def how_many(cell: Cell) -> int:
    """Return how many denials a row stands for.   :raises CellRefused: required, not_a_count."""
    if not cell.text:
        raise CellRefused("required")
    figures = cell.text.lstrip("0") if cell.text.isdecimal() else ""
    if not 1 <= len(figures) <= MOST_FIGURES or int(figures) > MOST_DENIALS_OF_A_ROW:
        raise CellRefused("not_a_count")
    return int(figures)


def named(text: str, known: dict[str, str], rule: str) -> str:
    """Return the code a word stands for, "" for a blank.   :raises CellRefused: with the rule, for another word."""
    if not text:
        return ""
    word = fold(text)
    for form in (word, word.replace(" ", "_")):
        if form in known:
            return known[form]
    raise CellRefused(rule)


def act(text: str) -> str:
    """Return the act a word stands for.   :raises CellRefused: act_unknown."""
    return named(text, _ACT_OF, "act_unknown")


def activity(text: str) -> str:
    """Return what was to be done.   :raises CellRefused: activity_unknown."""
    return named(text, _ACTIVITY_OF, "activity_unknown")


def regime(text: str) -> str:
    """Return the regime a word stands for.   :raises CellRefused: regime_unknown."""
    return named(text, _REGIME_OF, "regime_unknown")


def role(text: str) -> str:
    """Return the part a party takes.   :raises CellRefused: role_unknown."""
    return named(text, ROLES, "role_unknown")


def parts(text: str) -> list[str]:
    """Return what a cell lists, whatever stands between: "NL, BE", "CA; ; ; CN", "AT and DE"."""
    return [part for part in (one.strip() for one in _SEPARATORS.split(text)) if part]


def several(text: str) -> Sequence[str]:
    """Return the names of a cell, one each line or between semicolons; commas belong to names."""
    return [name.strip() for name in re.split(r"[;\n]", text) if name.strip()]
