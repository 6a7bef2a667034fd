"""Read single cells of a return: numbers with their unit, words for kinds and decisions, places."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from denials.imports.cells import CellRefused, named, quantity
from denials.imports.tables import Cell
from denials.law import codes
from denials.law.place_names import resolve
from denials.law.places import Special, statistical_key
from denials.law.transactions import Destination
from denials.law.words import fold
from reports.law.returns import LARGEST_NUMBER, LARGEST_VALUE, Section

LONGEST_KEY: Final = 120
_TELLS_DECIMAL = re.compile(r"(?:\d+|\d{1,3}(?:[.,' ]\d{3})+)([.,])(?:\d{1,2}|\d{4,})$")
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}$")
_TOTALS: Final = ("total", "totaal", "eindtotaal", "gesamt", "summe", "totale", "grand total", "somme", "suma", "all")
_VARIOUS: Final = frozenset(
    [
        "various",
        "diverse",
        "global",
        "globaal",
        "worldwide",
        "wereldwijd",
        "several",
        "verschillende",
        "divers",
        "varios",
        "multiple",
        "weltweit",
        "mondial",
        "general",
    ]
)
KINDS: Final = {
    word: kind
    for kind, words in {
        "individual": "individual individueel einzel einzelgenehmigung individuelle individual_licence",
        "global": "global globaal sammel sammelgenehmigung globale",
        "large_project": "large_project grossprojekt groot_project",
        "general": "general algemeen union_general ugea eu_general",
        "national_general": "national_general ngea nationaal_algemeen",
        "intra_eu": "intra_eu intra eu_transfer",
        "catch_all": "catch_all catchall ad_hoc",
        "open": "open oiel",
        "other": "other overig sonstige autre",
    }.items()
    for word in words.split()
}
DECISIONS: Final = {
    word: decision
    for decision, words in {
        "issued": "issued granted verleend erteilt accorde delivre approved authorised",
        "refused": "refused denied afgewezen geweigerd abgelehnt refuse rejected",
        "pending": "pending open lopend offen en_cours",
        "withdrawn": "withdrawn ingetrokken zuruckgezogen retire",
    }.items()
    for word in words.split()
}
SECTIONS: Final = {
    word: str(section)
    for section, words in {
        Section.LICENCES: "licences licenses exports licence vergunningen genehmigungen authorisations a table_a",
        Section.BROKERING: "brokering broker tussenhandel vermittlung courtage",
        Section.MISSIONS: "missions mission missies missionen",
        Section.CYBER: "cyber cyber_surveillance cybersurveillance",
        Section.REFUSALS: "refusals refused denials weigeringen ablehnungen refus",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True)
class Amount:
    """A figure as printed: its value and what its last decimal is worth."""

    value: Decimal
    unit: Decimal


@dataclass(frozen=True)
class Known:
    """What names mean: folded name to codes, region names to their code, the codes there are."""

    places: Mapping[str, Sequence[str]]
    countries: frozenset[str]
    regions: Mapping[str, str]


def decimal_sign(cells: Iterable[Cell]) -> str:
    """Return what stands before the decimals in a column, "" where no figure of it tells."""
    signs = {found[1] for cell in cells if (found := _TELLS_DECIMAL.match(cell.text.strip(" %<>€")))}
    return signs.pop() if len(signs) == 1 else ""


def amount(cell: Cell, sign: str, scale: Decimal) -> Amount | None:
    """Return the figure of a cell, None if blank.   :raises CellRefused: number_unreadable, number_ambiguous."""
    if cell.wrong:
        raise CellRefused(cell.wrong.partition(":")[0])
    if isinstance(cell.native, Decimal):
        value, printed = cell.native, cell.text
    else:
        printed = re.sub(r"[€%]|\bEUR\b", "", cell.text).strip()
        if not printed or printed in ("-", "–", "n/a", "na"):
            return None
        value = _number(printed, sign)
    if value < 0:
        raise CellRefused("number_negative")
    decimals = len(printed.rpartition(sign or ".")[2]) if (sign or ".") in printed else 0
    return Amount(value * scale, scale * Decimal(1).scaleb(-decimals))


def _number(printed: str, sign: str) -> Decimal:
    if found := _AMBIGUOUS.match(printed):
        if not sign:
            raise CellRefused("number_ambiguous")
        return Decimal(printed.replace(found[1], "." if found[1] == sign else ""))
    value, unit = quantity(printed)
    if value is None or unit:
        raise CellRefused("number_unreadable")
    return value


def count(cell: Cell, sign: str = "") -> int | None:
    """Return a whole number, None if blank.   :raises CellRefused: not_whole, number_too_large, as `amount`."""
    found = amount(cell, sign, Decimal(1))
    if found is None:
        return None
    if found.value != found.value.to_integral_value():
        raise CellRefused("not_whole")
    if found.value > LARGEST_NUMBER:
        raise CellRefused("number_too_large")
    return int(found.value)


def euro(found: Amount | None) -> int | None:
    """Return a value in whole euro, half up.   :raises CellRefused: number_too_large."""
    if found is None:
        return None
    if found.value > LARGEST_VALUE:
        raise CellRefused("number_too_large")
    return int((found.value + Decimal("0.5")).to_integral_value("ROUND_FLOOR"))


def share(cell: Cell) -> Amount | None:
    """Return a percentage, None where the cell says less than an exact one ("<1%")."""
    text = cell.text.strip().removesuffix("%").strip()
    if not text or text.startswith(("<", ">")):
        return None
    try:
        return amount(Cell(text), decimal_sign([Cell(text)]) or ".", Decimal(1))
    except CellRefused:
        return None


def is_total(text: str) -> bool:
    """Tell whether a row stands for the sum of the others."""
    word = fold(text)
    return word in _TOTALS or word.startswith(tuple(f"{one} " for one in _TOTALS[:-1]))


#: Groups that a licence may be given for, as a whole.
_GROUPS: Final = {
    "eu": str(Special.EU),
    "europese unie": str(Special.EU),
    "european union": str(Special.EU),
    "europaische union": str(Special.EU),
    "union europeenne": str(Special.EU),
    "eu navo": str(Special.EU_NATO_PLUS),
    "eu nato": str(Special.EU_NATO_PLUS),
    "eu nato plus": str(Special.EU_NATO_PLUS),
}


def place(code: str, printed: str, known: Known) -> str:
    """Return the key a destination counts under; a list of several counts as various."""
    for text in (code, printed):
        if is_various(text) or len([one for one in re.split(r"[;\n]", text) if one.strip()]) > 1:
            return str(Special.VARIOUS)
    if fold(printed) in _GROUPS and not code.strip():
        return _GROUPS[fold(printed)]
    if code.strip().upper() in known.countries | {str(one) for one in Special}:
        return code.strip().upper()
    text = printed.strip() or code.strip()
    if text.upper() in known.countries:
        return text.upper()
    return statistical_key(resolve(text, known.places) if text else Destination())[:LONGEST_KEY]


def is_various(text: str) -> bool:
    """Tell whether a text says that a licence goes to several or all places."""
    words = fold(text).split()
    return bool(words) and words[0] in _VARIOUS


def region(text: str, known: Known) -> str:
    """Return the region a text names, as it is folded where none is known; various where it says so."""
    return str(Special.VARIOUS) if is_various(text) else known.regions.get(fold(text), fold(text))


def kind(text: str) -> str:
    """Return the kind of licence a word stands for.   :raises CellRefused: kind_unknown."""
    first = fold(text).split()
    if first and first[0] in KINDS and fold(text).replace(" ", "_") not in KINDS:
        return KINDS[first[0]]
    return named(text, KINDS, "kind_unknown")


def decision(text: str) -> str:
    """Return what a word says was decided.   :raises CellRefused: decision_unknown."""
    return named(text, DECISIONS, "decision_unknown")


def section(text: str) -> str:
    """Return the section a word names.   :raises CellRefused: section_unknown."""
    return named(text, SECTIONS, "section_unknown")


def categories(text: str, regime: str) -> list[tuple[str, str]]:
    """Return category and entry of each code of a cell, each category once; a text that is no code keeps its words."""
    found: dict[str, str] = {}
    for one in codes.split_codes(text, regime):
        found.setdefault(one.category, one.canonical or one.printed)
    if not any(found) and text.strip():
        head = text.strip()[:40]
        return [(head[0] if head[0].isdigit() else "", head)]
    return [(category[:8], entry[:40]) for category, entry in found.items()]
