"""The columns a file of denials may have, by the names authorities give them in several languages."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from denials.law.words import fold

LANGUAGES: Final = ("en", "nl", "fr", "de", "es", "it", "pl", "pt", "sv", "da", "cs", "ro", "no")

#: Field to the ways it is written, folded; a language suffix ("_nl") and "printed" are taken off before.
NAMES: Final[dict[str, str]] = {
    "sequence": "seq|sequence|nr|no|number|nummer|numero|volgnummer|row|rij|zeile|ligne|lfd nr|case group|case",
    "reference": "reference|ref|referentie|referentienummer|reference number|denial reference|denial number|denial id"
    "|denial no|kenmerk|aktenzeichen|referenz|referenznummer|numero de reference|no de reference|own reference",
    "regime_reference": "regime reg ref|regime reference|regime ref|notification number",
    "regime": "regime|stelsel|regelgeving|rechtsgebiet|legal regime",
    "legal_basis": "legal basis|rechtsgrondslag|rechtsgrundlage|base juridique",
    "act": "act|type of act|decision|type of decision|besluit|soort besluit|entscheidung|type de decision|denial type",
    "activity": "activity|activiteit|vorgang|activite|transaction type",
    "authorisation_type": "authorisation type|authorization type|licence type|license type|type of licence"
    "|vergunningtype|soort vergunning|genehmigungsart|type de licence",
    "decided_on": "decided on|date|denial date|date of denial|decision date|date of decision|refusal date"
    "|date of refusal|datum|datum besluit|datum afwijzing|datum van afwijzing|besluitdatum|entscheidungsdatum"
    "|datum der ablehnung|ablehnungsdatum|date de refus|date du refus|date de decision|fecha|data",
    "destination_code": "iso2|iso|iso code|iso 2|iso alpha 2|country code|destination code|destination iso"
    "|destination iso2|landcode|landencode|landercode|laendercode|code pays",
    "destination": "destination|destination country|country of destination|country of final destination"
    "|final destination|bestemming|land van bestemming|land van eindbestemming|eindbestemming|bestemmingsland"
    "|bestimmungsland|endbestimmungsland|empfangerland|destination finale|pays de destination"
    "|pays de destination finale|land|pays|paese|pais|kraj|destinations",
    "country": "country",
    "code": "code|codes|rating|ratings|control list entry|control list entries|control list code|control list no"
    "|control list|control code|entry|entries|denial cle|cle|ml|ml code|ml category|category|item code|list code"
    "|goederencode|post|postnummer|controlelijst|listenposition|ausfuhrlistenposition|al position"
    "|numero de liste|entree de la liste|classification|military list|annex i",
    "description": "description|item description|items|item|goods|goods description|description of goods|equipment"
    "|product|products|omschrijving|omschrijving goederen|goederen|product omschrijving|type goederen|beschreibung"
    "|warenbezeichnung|guterbezeichnung|guter|ware|designation|designation des biens|biens|produit|materiel",
    "quantity": "quantity|qty|aantal|hoeveelheid|menge|anzahl|quantite|cantidad|quantita|units",
    "unit": "unit|unit of quantity|eenheid|einheid|einheit|unite",
    "value": "value|waarde|wert|valeur|value eur|value in euro",
    "currency": "currency|valuta|wahrung|devise",
    "manufacturer": "manufacturer|fabrikant|hersteller|fabricant",
    "model": "model|modele",
    "cas": "cas|cas number|cas no",
    "cn": "cn|cn code|hs code|gn code|hs|commodity code",
    "consignee": "consignee|proposed consignee|ontvanger|geadresseerde|consignataris|empfanger|destinataire"
    "|destinatario|odbiorca",
    "consignee_country": "consignee country|country of consignee|land ontvanger",
    "consignee_address": "consignee address|address of consignee|adres ontvanger",
    "end_user": "end user|enduser|proposed end user|ultimate end user|eindgebruiker|endverwender|endempfanger"
    "|utilisateur final|utente finale|usuario final|uzytkownik koncowy",
    "end_user_country": "end user country|country of end user|land eindgebruiker",
    "end_user_address": "end user address|address of end user|adres eindgebruiker",
    "intermediary": "intermediary|agent|intermediate consignee|tussenpersoon|intermediaire|vermittler",
    "broker": "broker|brokers|tussenhandelaar|courtier",
    "exporter": "exporter|exporteur|applicant|aanvrager|ausfuhrer|antragsteller|exportateur|demandeur",
    "name": "name|party|party name|naam|nom|entity name|organisation name",
    "address": "address|adres|adresse|anschrift|party address",
    "role": "entity type|role|party role|rol|rolle",
    "issuer": "notifying government|issuing country|issuing state|notifying country|issuer|denying state"
    "|denying country|notifying state",
    "end_use": "end use|stated end use|eindgebruik|endverwendung|verwendungszweck|utilisation finale|usage final",
    "criteria": "criteria|criterion|criterium|criteria cited|afwijzingsgrond|afwijzingsgronden|weigeringsgrond"
    "|weigeringsgronden|kriterien|kriterium|critere|criteres|criteres invoques|criterio|criterios",
    "explanation": "reason for refusal|reason for denial|reason|reasons|explanation|motivering|reden|begrundung"
    "|ablehnungsgrund|motif|motifs|motivation",
    "remarks": "remarks|remark|opmerkingen|notes|note|bemerkungen|remarques|comments",
    "scope": "scope|extent|omvang|umfang|etendue",
    "scope_note": "scope note|which part|part denied|part refused",
    "authorisation_reference": "authorisation reference|authorisation number|authorization number|licence number"
    "|license number|vergunningnummer|genehmigungsnummer|numero d autorisation|numero de licence",
    "suspended_until": "suspended until|end of suspension|opgeschort tot|ausgesetzt bis|suspendu jusqu au",
    "marking": "marking|rubricering|einstufung|marquage",
    "origin": "denial origin|origin of denial|passed on by|multilateral regime",
    "origin_state": "origin state|participating state|denying participant",
    "origin_reference": "origin reference|reference of the regime",
    "granularity": "granularity|individual or aggregate",
    "list_tier": "list tier|tier",
    "period_since": "period from|period since|period start",
    "period_until": "period to|period until|period end",
    "licences_denied": "licences denied|licenses denied|number of licences denied|number of licenses denied",
    "also_notified": "also notified|also notified to|also told to",
    "withheld": "withheld|withhold",
    "count": "count|number of denials|denials|number of refusals|aantal afwijzingen|aantal denials|n",
}
_FIELD_OF: Final = {name: field for field, names in NAMES.items() for name in names.split("|")}
#: By the ways a field is written, and by its own name.
_KNOWN: Final = {field: field for field in NAMES} | {field.replace("_", " "): field for field in NAMES} | _FIELD_OF
#: The columns an error file of ours adds on the right.
FINDING: Final = ("row", "column", "rule", "message")
_LANGUAGE_SUFFIX = re.compile(rf" ({'|'.join(LANGUAGES)})$")
_PRINTED = re.compile(r" (?:as )?(?:printed|stated)$")
#: Besides the fields themselves, what a column may be said to mean.
MEANINGS: Final = (*NAMES, "description_en", "end_user_en", "consignee_en", "explanation_en", "quantity_printed")
#: A header has at least one of these; two known columns in all.
TELLING: Final = frozenset({"destination", "destination_code", "country", "decided_on", "criteria", "code", "end_user"})
FEWEST: Final = 2


@dataclass(frozen=True)
class Column:
    """A recognised column: which field it fills, in which language, as printed or normalised, and its heading."""

    index: int
    field: str
    heading: str
    language: str = ""
    is_printed: bool = False


@dataclass(frozen=True)
class Header:
    """What a row of headings was recognised as; `mapped` tells that the authority said what they mean."""

    columns: tuple[Column, ...]
    ignored: tuple[str, ...]
    twice: str = ""
    headings: tuple[str, ...] = ()
    mapped: bool = False

    @property
    def is_a_header(self) -> bool:
        """Whether this can be the header of a file of denials."""
        return len(self.columns) >= FEWEST and (self.mapped or any(one.field in TELLING for one in self.columns))


@dataclass(frozen=True)
class Meanings:
    """
    What people said headings mean: folded heading to the name of a field, or to "" for a column that is not used.

    `said` for this file; else what is remembered for its set of headings.
    """

    said: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, headings: Sequence[str]) -> Mapping[str, str]:
        """Return what is said of these headings."""
        return self.said or (self.remembered.get(heading_set(headings), {}) if self.remembered else {})


def recognise(headings: Sequence[str], meanings: Meanings | None = None) -> Header:
    """Return what the headings mean; those not known are listed, never guessed."""
    mapping = meanings.of(headings) if meanings else {}
    columns: list[Column] = []
    ignored: list[str] = []
    twice, mapped = "", False
    findings = len(headings) - len(FINDING) if tuple(map(fold, headings[-len(FINDING) :])) == FINDING else None
    for index, heading in enumerate(headings):
        said = mapping.get(key_of(heading)) if heading else None
        mapped = mapped or bool(said)
        column = _column(index, heading if said is None else said, heading)
        if findings is not None and index >= findings:  # what an error file of ours adds
            continue
        if column is None:
            ignored += [heading] if heading else []
        elif any(_same(column, other) for other in columns):
            twice = twice or heading
        else:
            columns.append(column)
    return Header(tuple(columns), tuple(ignored), twice, tuple(headings), mapped)


def key_of(heading: str) -> str:
    """Return a heading as it is remembered: however it is spaced, signed or capitalised."""
    return fold(heading.replace("_", " ")[:200]) or heading.strip()[:200]


def heading_set(headings: Iterable[str]) -> str:
    """Return the digest by which a set of headings is known again, in any order."""
    keys = sorted({key_of(heading) for heading in headings if heading})
    return hashlib.sha256("\n".join(keys).encode()).hexdigest()


def meaning(name: str) -> Column | None:
    """Return the column a name of the mapping stands for: a field, with its language or `printed` where it has one."""
    column = _column(0, name, name)
    return column if column and name == name_of(column) else None


def name_of(column: Column) -> str:
    """Return the name of a column in a mapping: `description_nl`, `quantity_printed`, `end_user`."""
    return "_".join(filter(None, (column.field, column.language, "printed" if column.is_printed else "")))


def _column(index: int, name: str, heading: str) -> Column | None:
    known = name if name in NAMES else fold(name.replace("_", " ")[:200])
    language, printed = "", False
    if known not in _KNOWN and (suffix := _LANGUAGE_SUFFIX.search(known)):
        known, language = known[: suffix.start()], suffix.group(1)
    if known not in _KNOWN and (suffix := _PRINTED.search(known)):
        known, printed = known[: suffix.start()], True
    name = _KNOWN.get(known) or _KNOWN.get(known.removesuffix(" name")) or "" if known else ""
    return Column(index, name, heading, language, printed) if name else None


def _same(one: Column, other: Column) -> bool:
    return (one.field, one.language, one.is_printed) == (other.field, other.language, other.is_printed)
