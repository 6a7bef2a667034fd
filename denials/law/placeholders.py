"""
Words that stand where a name should be: "private end-user", "Onbekend, bestemd voor lokale verkoop", "n/a".

A placeholder says that nobody is named. Two unknown parties are never the same party.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

# Texts that are a placeholder as a whole, folded (lower case, no accents, single blanks, no punctuation at the ends).
WHOLE: Final = frozenset(
    re.split(
        r"[|\n]",
        """\
-|x|xx|xxx|xxxx|tbd|tba|tbc|na|n a|n/a|nn|n n|nil|null|nan|none|no|not known|not available
not applicable|not stated|not specified|not disclosed|undisclosed|undetermined|unspecified|unnamed
anonymous|confidential|classified|secret|redacted|withheld|unknown|various|diverse|divers|several
multiple|others|other|see above|see below|see annex|see attachment|as above|idem|ditto|same
same as above|same as consignee|same as end-user|same as end user|to be advised|to be confirmed
to be determined|to be announced|end user|end-user|enduser|consignee|customer|client|clients|customers
buyer|individual|private|private person|private individual|person|natural person|private end user
private end-user|private enduser|private customer|private company|private persons|private individuals
civilian|civilians|general public|public|local market|local sale|stock|for stock|resale|retail
for resale|distributor|distributors|dealer|dealers|end customers|end customer|test|onbekend|onbekende
niet bekend|niet van toepassing|nvt|n v t|n.v.t|verschillende|geen|geheim|vertrouwelijk|privaat
particulier|particulieren|private eindgebruiker|particuliere eindgebruiker|private eindgebruikers
particuliere eindgebruikers|eindgebruiker|eindgebruikers|natuurlijk persoon|prive persoon|privepersoon
zie boven|zie bijlage|idem dito|lokale verkoop|nog te bepalen|nog onbekend|anoniem|inconnu|inconnue
inconnus|non connu|non precise|non communique|sans objet|s o|neant|aucun|aucune|diverses
particulier prive|utilisateur final|utilisateur final prive|utilisateur prive|utilisateurs prives|prive
personne privee|personne physique|client prive|voir ci-dessus|a determiner|a preciser|anonyme
confidentiel|unbekannt|nicht bekannt|unbekannte|keine angabe|keine angaben|k a|k.a|entfallt
nicht zutreffend|nicht benannt|verschiedene|diverse endverwender|privat|privatperson|privatpersonen
privater endverwender|private endverwender|endverwender|endempfanger|privater endempfanger|vertraulich
siehe oben|naturliche person|ohne|keiner|desconocido|no consta|sin datos|varios|particulares
usuario final|sconosciuto|ignoto|vari|privato|nieznany|brak|brak danych|rozni|osoba prywatna
desconhecido|okand|ukjent|ukendt|tuntematon|neizvestno|neznamy|ismeretlen|necunoscut|agnostos
неизвестно|неизвестен|нет данных|частное лицо|физическое лицо""",
    )
)

# Beginnings after which the text is still a placeholder, whatever its purpose reads: "unknown, for local sale".
OPENINGS: Final = (
    r"(?:un|not )known\b|unspecified|undisclosed|unnamed|not (?:yet )?(?:known|named|stated|specified|disclosed)",
    r"(?:various|several|multiple|different|diverse|other) (?:private |civil(?:ian)? |local |end[- ]?)*"
    r"(?:users?|customers?|clients?|consignees?|buyers?|parties|persons?|individuals?|companies|recipients?|entities)\b",
    r"private (?:end[- ]?users?|persons?|individuals?|customers?|buyers?|collectors?|citizens?|part(?:y|ies))\b",
    r"to be (?:advised|confirmed|determined|announced|decided|named|specified)\b",
    r"onbekend[e]?\b|nog niet bekend|niet (?:bekend|vermeld|gespecificeerd)",
    r"(?:private?|particuliere?|diverse|verschillende) "
    r"(?:eind)?(?:gebruikers?|afnemers?|klant(?:en)?|kopers?|personen|persoon)\b",
    r"inconnue?s?\b|non (?:connue?|precisee?|communiquee?|specifiee?)s?\b|a (?:determiner|preciser)\b",
    r"utilisateurs? (?:(?:final|finaux) )?prives?\b",
    r"divers(?:es)? (?:utilisateurs?|clients?|destinataires?)\b",
    r"unbekannt(?:e[rns]?)?\b|nicht (?:bekannt|benannt|angegeben|zutreffend)|noch (?:offen|unbekannt|nicht bekannt)",
    r"(?:private[rn]?|diverse|verschiedene) (?:end)?(?:verwender|nutzer|kunden?|empfanger|abnehmer|personen)\b",
    r"usuarios? (?:final(?:es)? )?(?:privados?|desconocidos?)\b",
    r"utent[ei] (?:final[ei] )?(?:privat[oi]|sconosciut[oi])\b",
)
# What may follow an opening without naming anybody; anything else (a proper name) makes it a name again.
_PURPOSE = re.compile(
    r"^[\s,;:/()\-]*(?:$|[,;:(/\-]|(?:for|intended|in|at|as|of|to|end|user|users|customer|consignee|yet|party|parties|and|or|the|local"
    r"|bestemd|voor|eind\w*|nog|en|of|destine\w*|pour|vente|utilis\w*|client\w*|fur|zum|zur|verwend\w*|end\w*|kunde\w*|und)\b)"
)
_OPENING = re.compile("|".join(f"(?:{text})" for text in OPENINGS))
_EDGES = " .,;:-–—_*?!/\\|()[]{}<>\"'`´’“”„«»#"
_LONGEST_NAME: Final = 400


def fold(name: str) -> str:
    """Lower case, accents and format characters off, blanks single, punctuation at the ends off."""
    decomposed = unicodedata.normalize("NFKD", name[:_LONGEST_NAME])
    kept = "".join(" " if char.isspace() else char for char in decomposed if _is_visible(char))
    return " ".join(kept.casefold().replace("’", "'").split()).strip(_EDGES)


def _is_visible(char: str) -> bool:
    return char.isspace() or unicodedata.category(char)[0] not in "CM"


@lru_cache(maxsize=8192)
def is_placeholder(name: str) -> bool:
    """
    Whether the text names nobody: blank, punctuation only, a placeholder, or a placeholder with its purpose.

    Source: derived from the public lists of denials; unknown never equals unknown.
    """
    folded = fold(name)
    if not any(char.isalnum() for char in folded):
        return True
    if folded in WHOLE or folded.replace(".", "") in WHOLE:
        return True
    opening = _OPENING.match(folded)
    return bool(opening and _PURPOSE.match(folded[opening.end() :]))
