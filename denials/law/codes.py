"""
Control-list codes as authorities write them, and how two of them lie to each other in the lists.

Notations read: EU `3A001.a.2`, compact UK/CHIEF `3A001a2`, brackets `2B001(a)(2)`, Wassenaar `3.A.1.a.2.`,
`ML 10 c 2`, Dutch `ML11a`, German `0011a`, Polish `LU11`, Italian `Cat. 11`, Reg. (EU) 2019/125 `III.2.1`, national
`PL5001`, `2B909`; with the words that stand before (`Annex I`, `ECCN`, `Position`) and among the levels (`lett. b`).
What is not recognised stays verbatim: a code is evidence of the issuing state and never corrected.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Relation = Literal["same", "covered", "covers", "sibling", "same_category", "same_regime", "unrelated", "unknown"]


@dataclass(frozen=True)
class Code:
    """
    A code read from text: dotted form, its list, its category in that list, and the text as printed.

    `canonical` is "" for an item stated to be unlisted or without an entry; `control_list` is "ml", "annex_i",
    "annex_iv", "national", "torture", or "" when the code belongs to no list known here.
    """

    canonical: str
    control_list: str
    category: str
    printed: str

    @property
    def regime(self) -> str:
        """The regime the list belongs to: "arms", "dual_use", "torture", or "" if the code does not tell."""
        if self.control_list == "national":
            return "arms" if self.canonical.startswith("PL5") else "dual_use"
        return {"ml": "arms", "annex_i": "dual_use", "annex_iv": "dual_use", "torture": "torture"}.get(
            self.control_list, ""
        )


# Words by which an entry says that no list entry applies (end-use control, catch-all) or that none is stated.
UNLISTED: Final = frozenset(
    re.split(
        r"[|\n]",
        """\
|end use|enduse|end-use|unlisted|not listed|non listed|none|no|nil|n/a|na|n.a.|-|--|–|—|?|unknown|other
catch-all|catch all|ear99|nlr|niet gelijst|niet op lijst|geen|onbekend|nicht gelistet|nicht erfasst|keine|unbekannt
non listé|non liste|néant|aucun|sans objet|inconnu|no listado|non listato|niewymieniony
art. 4|art 4|article 4|artikel 4""",
    )
)

# United Kingdom end-use and embargo tags: they name a ground of control, not goods, and stay verbatim.
END_USE_TAGS: Final = frozenset(
    re.split(r"\|", "BLR|IRN|IRN OG|LBN|LBY|MEND|PRK|RUS|SYR|UKR|UZB|ZIM|ZWE|WMD|WMDEND|MILEND")
)

_MUNITIONS = re.compile(r"(?:(?:VG)?M\.?L\.?|LU)[\s.\-]*0{0,2}(\d{1,2})(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_GERMAN_MUNITIONS = re.compile(r"(?:AL|A)?\s*00(\d\d)(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_CATEGORY = re.compile(r"[ck]at(?:\.|[eé]gor(?:y|ie|ia|ía|ija)\b)?\s*(\d{1,2})(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_ANNEX_I = re.compile(r"([0-9])\s?([A-E])\s?(\d{3})(.*)$", re.IGNORECASE | re.DOTALL)
#: As the Wassenaar list numbers its entries, with its dots or without: 3.A.1.a.2., 3A1a2, 6A.003.b.4.
_WASSENAAR = re.compile(r"([0-9])\.?([A-E])\.?(\d{1,3})(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_TORTURE = re.compile(r"(II|III|IV)[\s.\-:]+(\d{1,2}(?:\.\d{1,3})*)\.?$", re.IGNORECASE)
_UK_NATIONAL = re.compile(r"PL[\s.\-]?(\d{4})(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_ANNEX: Final = (
    r"(?:annexe?|anhang|bijlage|allegato|anexo|anexa|załącznik|příloha|príloha|priloga|prilog|bilaga|bilag|vedlegg|liite"
    r"|lisa|melléklet|pielikums|priedas|anness|παράρτημα|приложение)\s+(?:nr\.?\s*)?(II|III|IV|I)\b"
)
_ANNEX_WORD = re.compile(rf"{_ANNEX}[\s,.:\-]*", re.IGNORECASE)
_REGULATION = re.compile(
    r"(?:(?:to|of|der|de|du|della|van|zur)\s+)?(?:regulation|reg\.?|verordnung|vo|règlement|reglamento|regolamento"
    r"|verordening)\s*\(?(?:EU|UE|EC|EG|CE)\)?\s*(?:n[ro°º]?\.?\s*)?\d{3,4}/\d{2,4}[\s,:;.]*",
    re.IGNORECASE,
)
# Words that announce an entry; they say nothing about which one it is.
_ANNOUNCEMENT = re.compile(
    r"(?:(?:ex|eu|wa|cml|eccn|al|awv|du|code|códigos?|codice|kod|kode|rating|list|lijst|liste|lista|ausfuhrliste"
    r"|control list|(?:common )?military list|munitions list|dual[ -]?use(?: items?| list)?|part i"
    r"|teil i(?: abschnitt)?(?: [abc])?"
    r"|entry|entrada|entrée|ingång|item|position|positie|posición|posizione|pozycja|post|poste|rubrique|rubriek|voce"
    r"|point|punt|punto|punkt|number|nummer|numéro|número|numero|subartículo|artículo|articolo|article|artikel)\b\.?|n[ro°º]\.|n[°º]|nr\b"
    r"|(?:pos|poz|art|no|it)\.)[\s:.,\-–]*",
    re.IGNORECASE,
)
_LEVELS = re.compile(r"\d+|[a-z]+", re.IGNORECASE)
_BETWEEN_LEVELS = re.compile(r"[\s.,:()\[\]/\-°º]*")
# Words that stand among the levels in national languages: "lett. b", "Buchst. a Nr. 2", "pkt 3".
_LEVEL_WORDS = re.compile(
    r"\b(?:lettera|lettre|letter|letra|litera|lett?|lit|buchstabe|buchst|unterpunkt|nummer|nr|no|punkt|pkt|punto|punt"
    r"|point|bod|paragraph|para|par|sub-?items?|sub|onder|al[ií]n[eé]a|písmeno|písm|kohta)\b\.?(?=[\s.(]*(?:\d|[a-z]\b|[a-z]\d))",
    re.IGNORECASE,
)
_JOINED_LEVEL = re.compile(rf",\s*(?={_LEVEL_WORDS.pattern})", re.IGNORECASE)
_JOINED_ANNEX = re.compile(rf"({_ANNEX})[\s,:.\-]*", re.IGNORECASE)
_ANOTHER_CODE = re.compile(
    r"(?<=[0-9a-z.])(?=PL\d{4})|(?<=[0-9a-z])(?=ML\d)|(?<=[0-9a-z.])(?=[0-9][A-E]\d{3})"
    r"|(?<=[0-9a-z])(?=pl\d{4})|(?<=\d)(?=ml\d)|(?<=[a-e]\d{3})(?=[0-9][a-e]\d{3})"
)
_HEAD_INSIDE = re.compile(r"[0-9]\s?[A-E]\s?\d{3}|[MP]L\s?\d", re.IGNORECASE)
_BLANK_BEFORE_CODE = re.compile(r"\s+(?=[0-9][A-E]\d{3}|[MP]L\s?\d)", re.IGNORECASE)
_RANGE_END = re.compile(r"(?:[-–—]|\b(?:to|bis|tot|à|do|al|t/m))$", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"[;|\n\r\t+&]+|,(?=\s*\S)|\s/\s|/(?=[0-9A-Z]{2})|\s+(?:and|en|und|et|oraz|og|och|ja)\s+(?=\S{2})"
    r"|\s+(?-i:[yei])\s+(?=[MPL]|II|IV|00\d\d|\d\s?[A-E]\s?\d{3})",
    re.IGNORECASE,
)
# Cyrillic and Greek letters that look like the Latin ones of a code, as they come from keyboards and texts.
_LOOK_ALIKE: Final = str.maketrans("АВСЕМТКХРОаеосрхΑΒΕΜΙΚΤΧΡΟαο", "ABCEMTKXPOaeocpxABEMIKTXPOao")
_ROMAN: Final = str.maketrans("ΙІ", "II")
_MUNITIONS_CATEGORIES: Final = 22
_LAST_OF_ANNEX_I: Final = 9
_LONGEST_CODE: Final = 80
MOST_CODES: Final = 200  # of one field
LONGEST_FIELD: Final = 2000  # characters of a field of codes, its runs of blanks folded
_BLANKS = re.compile(r"[^\S\n]+")


@lru_cache(maxsize=8192)
def parse(text: str, regime: str = "") -> Code:
    """
    Read one code as an authority wrote it; unknown notation is kept verbatim, blank and "End Use" mean unlisted.

    Every text gives a Code; none raises. `regime` decides what may be read in two ways: "Cat. 6" is ML6 among arms.
    Source: EU Common Military List (ML1-ML22); Reg. (EU) 2021/821 Annexes I and IV; Reg. (EU) 2019/125 Annexes II-IV.
    """
    printed = " ".join(text.replace("\x00", " ").split())
    if printed.casefold().strip(" .") in UNLISTED or printed.casefold() in UNLISTED:
        return Code("", "", "", printed)
    if printed.upper() in END_USE_TAGS:
        return Code(printed.upper(), "", "", printed)
    if len(printed) > _LONGEST_CODE:
        return Code(printed, "", "", printed)
    body, roman = _announced(_plain(printed))
    if not body.isascii() and any(char.isdigit() for char in body):
        body, again = _announced(body.translate(_LOOK_ALIKE))
        roman = roman or again
    return (
        _munitions(body, printed)
        or _dual_use(body, roman, printed)
        or _category(body, regime, printed)
        or _others(body, roman, printed)
    )


def _plain(printed: str) -> str:
    """Bring full-width letters to plain ones; drop what encloses and ends a code."""
    text = unicodedata.normalize("NFKC", printed).translate(_ROMAN)
    text = text.strip(" \"'“”„‘’«»`*,;:").rstrip(" .")
    if text.startswith(("(", "[")) and text.endswith((")", "]")):
        text = text[1:-1].strip()
    return text


def _announced(text: str) -> tuple[str, str]:
    """Take away the words before an entry; return the rest, and the annex they name in roman figures."""
    roman = ""
    while True:
        if found := _ANNEX_WORD.match(text):
            roman = found.group(1).upper()
        elif not (found := _REGULATION.match(text) or _ANNOUNCEMENT.match(text)):
            return text, roman
        text = text[found.end() :]


def _munitions(body: str, printed: str) -> Code | None:
    for pattern in (_MUNITIONS, _GERMAN_MUNITIONS):
        if (found := pattern.match(body)) and (read := _of_munitions(found.group(1), found.group(2), printed)):
            return read
    return None


def _of_munitions(number: str, levels: str, printed: str) -> Code | None:
    if not 1 <= int(number) <= _MUNITIONS_CATEGORIES:
        return None
    dotted = _dotted(f"ML{int(number)}", levels)
    return Code(dotted, "ml", dotted.split(".")[0], printed) if dotted else None


def _category(body: str, regime: str, printed: str) -> Code | None:
    """Read "Cat. 6" as a category of the military list: among arms, or above 9, which Annex I has not."""
    found = _CATEGORY.match(body)
    if found and (regime == "arms" or (not regime and int(found.group(1)) > _LAST_OF_ANNEX_I)):
        return _of_munitions(found.group(1), found.group(2), printed)
    return None


def _dual_use(body: str, roman: str, printed: str) -> Code | None:
    found = _ANNEX_I.match(body) or _WASSENAAR.match(body)
    if not found:
        return None
    head = f"{found.group(1)}{found.group(2).upper()}{int(found.group(3)):03d}"
    dotted = _dotted(head, found.group(4))
    if not dotted:
        return None
    control_list = "national" if head[2] == "9" else "annex_iv" if roman == "IV" else "annex_i"
    return Code(dotted, control_list, head[0], printed)


def _others(body: str, roman: str, printed: str) -> Code:
    text = f"{roman}.{body}" if roman in {"II", "III", "IV"} else body
    torture = _TORTURE.match(text)
    if torture:
        return Code(f"{torture.group(1).upper()}.{torture.group(2)}", "torture", torture.group(1).upper(), printed)
    national = _UK_NATIONAL.match(body)
    if national:
        dotted = _dotted(f"PL{national.group(1)}", national.group(2))
        if dotted:
            return Code(dotted, "national", "PL", printed)
    return Code(printed, "", "", printed)


def _dotted(head: str, levels: str) -> str:
    """Join the levels below a head with dots; "" if what follows the head is no level, or another code."""
    if _HEAD_INSIDE.search(levels):
        return ""
    levels = _LEVEL_WORDS.sub(" ", levels)
    found = [level.lower() for level in _LEVELS.findall(levels)]
    if any(len(level) > (3 if level.isdigit() else 2) for level in found):
        return ""
    if not _BETWEEN_LEVELS.fullmatch(_LEVELS.sub("", levels)):
        return ""
    return ".".join([head, *found])


def split_codes(text: str, regime: str = "") -> tuple[Code, ...]:
    """
    Read every code of a field that may hold several ("6A003; ML11; ML15", "ML13d1PL5001b"), in order, each once.

    :returns: () for a blank field; an express "End Use" among them is kept as an unlisted code; a field longer than
        any list of codes is one code, verbatim.
    """
    if is_too_long(text):
        return (Code(" ".join(text.split()), "", "", text),)
    found: dict[str, Code] = {}
    whole, text = text, _BLANKS.sub(" ", text)
    text = _JOINED_ANNEX.sub(r"\1: ", _JOINED_LEVEL.sub(" ", _REGULATION.sub(" ", text)))
    for piece in _SEPARATOR.split(text):
        for single in _singles(piece):
            if single.strip(" ,"):
                code = parse(single, regime)
                found.setdefault(code.canonical, code)
        if len(found) > MOST_CODES:
            return (Code(" ".join(whole.split()), "", "", whole),)
    return tuple(found.values())


def is_too_long(text: str) -> bool:
    """Tell whether a text is longer than a field of codes can be; then none is read from it."""
    return len(text) > LONGEST_FIELD and len(_BLANKS.sub(" ", text)) > LONGEST_FIELD


def _singles(piece: str) -> Iterator[str]:
    """Part codes run together, and whole codes with nothing but a blank between them."""
    for single in _ANOTHER_CODE.split(piece):
        begun: list[str] = []
        has_head = False
        for part in _BLANK_BEFORE_CODE.split(single):
            if has_head and not _RANGE_END.search(begun[-1]):
                yield " ".join(begun)
                begun, has_head = [], False
            begun.append(part)
            has_head = has_head or _HEAD_INSIDE.search(part) is not None
        yield " ".join(begun)


def canonical(text: str) -> str:
    """The dotted form of one code, "" when unlisted."""
    return parse(text).canonical


@lru_cache(maxsize=8192)
def path(code: str) -> tuple[str, ...]:
    """The entry and all entries above it, widest first: `ML10.c.2` gives ("ML10", "ML10.c", "ML10.c.2")."""
    read = parse(code)
    if not read.canonical:
        return ()
    if not read.control_list:
        return (read.canonical,)
    parts = read.canonical.split(".")
    first = 2 if read.control_list == "torture" else 1
    return tuple(".".join(parts[:depth]) for depth in range(first, len(parts) + 1))


def head(code: str) -> str:
    """The entry at the top of the path: `3A001` of `3A001.a.2`, "" when unlisted."""
    return path(code)[0] if path(code) else ""


def relation(one: str, other: str) -> Relation:
    """
    How `one` lies to `other` in the lists.

    "covered": `one` is below `other`; "covers": above it; "sibling": below the same parent; "same_category": same
    head or category; "same_regime": same list or lists of one regime; "unrelated": lists of different regimes;
    "unknown": no entry on a side, or an entry of no list known here that is not written alike.
    """
    left, right = parse(one), parse(other)
    if not left.canonical or not right.canonical:
        return "unknown"
    if not left.control_list or not right.control_list:
        return _verbatim_relation(left, right)
    if left.canonical == right.canonical:
        return "same"
    above, below = path(right.canonical), path(left.canonical)
    if right.canonical in below:
        return "covered"
    if left.canonical in above:
        return "covers"
    return _beside(left, right, below, above)


def _verbatim_relation(left: Code, right: Code) -> Relation:
    alike = left.canonical.casefold() == right.canonical.casefold()
    return "same" if alike and left.canonical not in END_USE_TAGS else "unknown"


def _beside(left: Code, right: Code, below: tuple[str, ...], above: tuple[str, ...]) -> Relation:
    if len(below) > 1 and below[:-1] == above[:-1]:
        return "sibling"
    if left.regime != right.regime:
        return "unrelated"
    if left.category == right.category and left.category != "PL":
        return "same_category"
    return "same_regime"
