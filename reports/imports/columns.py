"""The columns a return may have, by the names authorities give them in several languages."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from denials.imports.columns import Column, Header, Meanings
from denials.law.words import fold

#: Field to the ways it is written, folded; what says the scale, the language or "printed" is taken off before.
NAMES: Final[Mapping[str, str]] = {
    "section": "section|part|table|deel|abschnitt|partie",
    "licence": "licence number|licence no|license number|licence reference|licence id|licence ref|vergunningnummer"
    "|genehmigungsnummer|numero de licence|licence key",
    "destination_code": "iso2|iso|iso code|destination iso2|destination code|country code",
    "destination": "dest|destination|country|country of destination|final destination|land|bestemming"
    "|land van bestemming"
    "|land van eindbestemming|bestimmungsland|endbestimmungsland|pays|pays de destination|destination country"
    "|countries",
    "region": "region|regio|regions",
    "category": "ml|ml category|category|categorie|kategorie|ml code|military list|military list category|rating"
    "|ratings|ml categories",
    "entry": "entry|control list entry|item|item type|type of item|type of items|dual use entry|du code|annex|annex i"
    "|code|post",
    "kind": "kind|type|licence type|license type|type of licence|type of authorisation|authorisation type"
    "|soort vergunning|vergunningtype|genehmigungsart|type de licence",
    "decision": "status|decision|outcome|besluit|entscheidung",
    "origin_code": "origin iso2|origin code|country of origin code",
    "origin": "origin|country of origin|origin country|herkomst|land van herkomst|ursprungsland|pays d origine",
    "mission": "mission|un mission|international mission|missie|mission name",
    "number": "number|licences|licenses|number of licences|number of licences issued|licences issued|granted|a|aantal"
    "|aantal vergunningen|anzahl|anzahl genehmigungen|nombre de licences|nombre|number issued|applications"
    "|number of applications|authorisations|number of authorisations|vergunningen|genehmigungen",
    "value_licensed": "value|value of licences|value licensed|licence value|granted value|b|waarde|wert|valeur"
    "|value of licences issued|total|totale waarde|genehmigungswert|value of authorisations|totaal",
    "value_exported": "value exported|value of exports|value of actual exports|actual exports|exports|c|uitvoer"
    "|ausfuhr|exportations",
    "refused": "denied|refused|denials|refusals|number of denials|d|afgewezen|geweigerd|abgelehnt|refus",
    "refused_value": "denied value|value denied|value refused|refused value",
    "criteria": "criteria|criterion|criteria cited|criterium|kriterien|criteres",
    "share": "percent|share|share pct|percentage|aandeel|anteil|part en pourcent|pct",
    "figure": "measure|figure|indicator|kengetal",
    "year": "year|jaar|jahr|annee",
    "note": "note|notes|remark|remarks|toelichting|bemerkung|remarque|description|omschrijving",
    "group": "group|groep|gruppe|groupe",
    "members": "members|member states|leden|mitglieder|membres|states",
} | {
    f"e{number}": f"e{number}|e {number}|criterion {number}|crit {number}|criterium {number}" for number in range(1, 9)
}
_KNOWN: Final = {name: field for field, names in NAMES.items() for name in names.split("|")}
_SUFFIX = re.compile(r"(?: (?:en|nl|fr|de|es|it|pl|printed|stated|\d{4}))+$")
_SCALES: Final = (
    (re.compile(r"\b(?:meur|eur m|m eur|mln|mio|million|millions|miljoen|millionen)(?: eur(?:o)?)?\b"), 10**6),
    (re.compile(r"\b(?:keur|eur k|k eur|thousand|duizend|tausend|x 1000|1000)(?: eur(?:o)?)?\b"), 1000),
    (re.compile(r"\b(?:eur|euro|euros|in euro|in eur)\b"), 1),
)
#: A return's header has at least one of what its rows stand for, and one of what is counted.
KEYS: Final = frozenset(
    {"destination_code", "destination", "region", "category", "entry", "kind", "figure", "mission", "group"}
)
VALUES: Final = frozenset(
    {"number", "value_licensed", "value_exported", "refused", "refused_value", "members"}
    | {f"e{number}" for number in range(1, 9)}
)
FEWEST: Final = 2


def recognise(headings: Sequence[str], _meanings: Meanings | None = None) -> Header:
    """Return what the headings of a return mean; what is not known is listed, never guessed."""
    columns: list[Column] = []
    ignored: list[str] = []
    for index, heading in enumerate(headings):
        field = field_of(heading)
        if field and not any(one.field == field for one in columns):
            columns.append(Column(index, field, heading))
        elif heading:
            ignored.append(heading)
    fields = {one.field for one in columns}
    telling = bool(fields & KEYS) and bool(fields & VALUES) and len(columns) >= FEWEST
    return Header(tuple(columns) if telling else (), tuple(ignored), headings=tuple(headings), mapped=True)


def field_of(heading: str) -> str:
    """Return the field a heading names, "" where it is not known."""
    plain = fold(heading.replace("_", " ")[:200])
    for _try in range(3):
        if plain in _KNOWN:
            return _KNOWN[plain]
        shorter = _SUFFIX.sub("", _without_scale(plain)).strip()
        if shorter == plain:
            return ""
        plain = shorter
    return ""


def scale_of(heading: str) -> Decimal:
    """Return what one of a column's figures is worth in euro or pieces: 1,000,000 under "value_meur"."""
    plain = fold(heading.replace("_", " ")[:200])
    return Decimal(next((scale for words, scale in _SCALES if words.search(plain)), 1))


def _without_scale(plain: str) -> str:
    for words, _scale in _SCALES:
        plain = words.sub("", plain)
    return " ".join(plain.removesuffix(" in").removesuffix(" in ").split())
