"""
Control-list codes as authorities write them, and how two of them lie to each other in the lists.

Notations read: EU `3A001.a.2`, compact UK/CHIEF `3A001a2`, brackets `2B001(a)(2)`, Wassenaar `3.A.1.a.2.`,
`ML 10 c 2`, Dutch `ML11a`, German `0011a`, Reg. (EU) 2019/125 `III.2.1`, national `PL5001`, `2B909`.
What is not recognised stays verbatim: a code is evidence of the issuing state and never corrected.
"""

import re
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

_MUNITIONS = re.compile(r"(?:VG)?M\.?L\.?[\s.\-]*0?(\d{1,2})(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_GERMAN_MUNITIONS = re.compile(r"(?:AL|A)?\s*00(\d\d)(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_ANNEX_I = re.compile(r"([0-9])\s?([A-E])\s?(\d{3})(.*)$", re.IGNORECASE | re.DOTALL)
_WASSENAAR = re.compile(r"([1-9])\.([A-E])\.(\d{1,3})(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_TORTURE = re.compile(r"(II|III|IV)[\s.\-:]+(\d{1,2}(?:\.\d{1,3})*)\.?$", re.IGNORECASE)
_UK_NATIONAL = re.compile(r"PL\s?(\d{4})(?!\d)(.*)$", re.IGNORECASE | re.DOTALL)
_ANNEX_WORD = re.compile(
    r"(?:annex|annexe|anhang|bijlage|allegato|anexo|załącznik)\s+(II|III|IV|I)\b[\s,.:\-]*", re.IGNORECASE
)
_LEVELS = re.compile(r"\d+|[a-z]+", re.IGNORECASE)
_BETWEEN_LEVELS = re.compile(r"[\s.,()/\-]*")
_ANOTHER_CODE = re.compile(r"(?<=[0-9a-z])(?=(?:PL\d{4}|ML\d))|(?<=[0-9a-z.])(?=[0-9][A-E]\d{3})")
_SEPARATOR = re.compile(r"[;|\n\r\t+&]+|,(?=\s*\S)|\s/\s|/(?=[0-9A-Z]{2})|\s+(?:and|en|und|et|y|e)\s+", re.IGNORECASE)
_MUNITIONS_CATEGORIES: Final = 22
_LONGEST_CODE: Final = 80


@lru_cache(maxsize=8192)
def parse(text: str) -> Code:
    """
    Read one code as an authority wrote it; unknown notation is kept verbatim, blank and "End Use" mean unlisted.

    Every text gives a Code; none raises.
    Source: EU Common Military List (ML1-ML22); Reg. (EU) 2021/821 Annexes I and IV; Reg. (EU) 2019/125 Annexes II-IV.
    """
    printed = " ".join(text.replace("\x00", " ").split())
    if printed.casefold().strip(" .") in UNLISTED or printed.casefold() in UNLISTED:
        return Code("", "", "", printed)
    if printed.upper() in END_USE_TAGS:
        return Code(printed.upper(), "", "", printed)
    if len(printed) > _LONGEST_CODE:
        return Code(printed, "", "", printed)
    annex = _ANNEX_WORD.match(printed)
    body = printed[annex.end() :] if annex else printed
    roman = annex.group(1).upper() if annex else ""
    return _munitions(body, printed) or _dual_use(body, roman, printed) or _others(body, roman, printed)


def _munitions(body: str, printed: str) -> Code | None:
    for pattern in (_MUNITIONS, _GERMAN_MUNITIONS):
        found = pattern.match(body)
        if found and 1 <= int(found.group(1)) <= _MUNITIONS_CATEGORIES:
            dotted = _dotted(f"ML{int(found.group(1))}", found.group(2))
            if dotted:
                return Code(dotted, "ml", dotted.split(".")[0], printed)
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
    """Join the levels below a head with dots; "" if what follows the head is no level."""
    found = [level.lower() for level in _LEVELS.findall(levels)]
    if any(len(level) > (3 if level.isdigit() else 2) for level in found):
        return ""
    if not _BETWEEN_LEVELS.fullmatch(_LEVELS.sub("", levels)):
        return ""
    return ".".join([head, *found])


def split_codes(text: str) -> tuple[Code, ...]:
    """
    Read every code of a field that may hold several ("6A003; ML11; ML15", "ML13d1PL5001b"), in order, each once.

    :returns: () for a blank field; an express "End Use" among them is kept as an unlisted code.
    """
    found: list[Code] = []
    for piece in _SEPARATOR.split(text):
        for single in _ANOTHER_CODE.split(piece):
            if single.strip():
                code = parse(single)
                if code.canonical not in {known.canonical for known in found}:
                    found.append(code)
    return tuple(found)


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
