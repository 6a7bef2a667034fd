"""Identifiers of parties: LEI, VAT, IMO, registration numbers, telephone, e-mail and web domain."""

import re
from collections.abc import Iterable
from typing import Final

from screening.engine import folding
from screening.engine.comparison import Comparison, Verdict, unknown

Identifier = tuple[str, str]

# Each kind's other spellings; the first word is the kind's name here.
_KIND_TEXT: Final = """\
lei legal_entity_identifier
vat vat_number vat_no vatin btw btw_nummer tva ustid ust_idnr ust_id uid mwst nif cif piva partita_iva dph dic pdv moms
vat alv afm nip pvn pvm kmkr iva
tax tin tax_id tax_number inn steuernummer siren_tax vkn ein rfc cnpj pan codice_fiscale
registration registration_number reg_no company_number company_no kvk ogrn siren siret hrb handelsregister crn brn kpp
registration registration_no trade_register handelsregisternummer ondernemingsnummer kbo bce numero_d_entreprise cvr
registration orgnr org_nr organisationsnummer y_tunnus business_id ico oib mbs maticna_stevilka cegjegyzekszam eik
registration bulstat cui krs regon rea gemi nipc registrikood regcode firmenbuchnummer fn rcs cro edrpou mersis uen cin
registration uscc unified_social_credit_code abn acn
imo imo_number
duns duns_number
bic swift
phone telephone tel mobile fax phone_number telefon telefoon
email e_mail mail e-mail
web website url domain homepage
passport passport_number id_number national_id"""
KINDS: Final = {word: line.split()[0] for line in _KIND_TEXT.splitlines() for word in line.split()}

# Kinds of which a party has one: another value speaks for another party.
SINGLE: Final = frozenset(("lei", "imo", "duns"))
# Kinds that several may share: a switchboard, a host.
SHARED_KINDS: Final = frozenset(("phone", "domain"))
SHARED_MAIL: Final = frozenset(
    (
        *("gmail.com", "googlemail.com", "yahoo.com", "hotmail.com", "outlook.com", "live.com", "msn.com", "aol.com"),
        *("icloud.com", "proton.me", "protonmail.com", "gmx.de", "gmx.net", "web.de", "t-online.de", "orange.fr"),
        *(
            "mail.ru",
            "yandex.ru",
            "ya.ru",
            "bk.ru",
            "list.ru",
            "inbox.ru",
            "rambler.ru",
            "ukr.net",
            "qq.com",
            "163.com",
        ),
        *(
            "126.com",
            "sina.com",
            "yahoo.co.uk",
            "yahoo.fr",
            "free.fr",
            "laposte.net",
            "ziggo.nl",
            "kpnmail.nl",
            "me.com",
        ),
    )
)
_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
_SHORTEST_PHONE: Final = 7
_PHONE_DIGITS: Final = 9
_SHORTEST_NUMBER: Final = 5


def normalised(kind: str, value: str) -> Identifier | None:
    """The identifier as it is compared, or None if it cannot identify anybody (too short, shared mail provider)."""
    name = re.sub(r"[\s\-.']+", "_", folding.plain(kind).strip())
    known = KINDS.get(name, name)
    text = value.strip()[:200]
    if known == "phone":
        digits = re.sub(r"\D", "", text)
        return (known, digits[-_PHONE_DIGITS:]) if len(digits) >= _SHORTEST_PHONE else None
    if known in {"email", "web"} or "@" in text:
        return _domain(text)
    plain = _NOT_ALNUM.sub("", text.upper())
    plain = plain.removeprefix("IMO") if known == "imo" else plain
    return (known, plain) if len(plain) >= _SHORTEST_NUMBER and len(set(plain)) > 1 else None


def _domain(text: str) -> Identifier | None:
    host = text.casefold().split("@")[-1]
    host = re.sub(r"^[a-z]+://", "", host).split("/")[0].split(":")[0].removeprefix("www.").strip(" .")
    return ("domain", host) if "." in host and host not in SHARED_MAIL else None


def normal_set(identifiers: Iterable[Identifier]) -> frozenset[Identifier]:
    """All identifiers of a party as they are compared."""
    return frozenset(found for kind, value in identifiers if (found := normalised(kind, value)))


NOTHING_SHARED: Final = unknown("no_shared_kind")


def compare_identifiers(left: Iterable[Identifier], right: Iterable[Identifier]) -> Comparison:
    """
    Same if any identifier is shared, different if a kind held once (LEI, IMO, DUNS) has other values, else unknown.

    A shared e-mail or web domain is similar only: firms of one group, or one host, share it.
    """
    one, other = normal_set(left), normal_set(right)
    if not one or not other:
        return NOTHING_SHARED
    shared = sorted(one & other)
    strong = [found for found in shared if found[0] != "domain"]
    if shared:
        kind, value = (strong or shared)[0]
        verdict, score = (Verdict.SAME, 1.0) if strong else (Verdict.SIMILAR, 0.8)
        return Comparison(verdict, score, f"same_{kind}", {"kind": kind, "shared": shared}, value, value)
    for kind in sorted(SINGLE):
        lefts, rights = ({value for held, value in side if held == kind} for side in (one, other))
        if lefts and rights:
            return Comparison(Verdict.DIFFERENT, 0.0, f"other_{kind}", {"kind": kind}, min(lefts), min(rights))
    return NOTHING_SHARED
