"""The cases of the demonstration, made by the product's own verbs: real published denials and invented ones."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import transaction

from accounts import clock, principals
from accounts.models import Authority, User
from accounts.roles import Principal
from config import cast
from consultations.actions import (
    answer_consultation,
    lapse_consultation,
    open_consultations,
    propose_extension,
    request_information,
)
from denials.actions import notify_content, save_draft
from denials.law.content import Citation, DenialContent, StatedItem, StatedParty
from denials.law.transactions import Destination, Parameter
from denials.models import Denial
from screening.actions import submit_application
from screening.law.applications import ApplicationContent
from screening.models import Application, Hit

FILES = Path(__file__).resolve().parent / "demonstration"

# issuer, days ago, regime, destination, end-user, consignee, entry, goods, parameters, quantity, grounds
DENIALS: tuple[tuple[Any, ...], ...] = (
    ("DE", 720, "dual_use", "IR", "Pars Zagros Petrochemical Complex", "Al Noor General Trading LLC", "2B350.g",
     "corrosion-resistant valves, PVDF lined", (("nominal size", "50", "mm"),), 120, "ad"),
    ("DE", 410, "dual_use", "CN", "Xianning Institute of Precision Instruments", "", "2B001.b.2",
     "five-axis milling machine", (("axes", "5", ""), ("positioning accuracy", "0.003", "mm")), 2, "ad"),
    ("DE", 95, "arms", "TR", "Gendarmerie Logistics Command", "Anka Savunma Sanayi A.Ş.", "ML5.b",
     "laser rangefinders for observation posts", (("range", "20", "km"),), 60, "27"),
    ("FR", 388, "dual_use", "AE", "Falcon Horizon Electronics FZE", "Falcon Horizon Electronics FZE", "3A001.b.4",
     "microwave solid state amplifiers", (("frequency", "40", "GHz"), ("power", "12", "W")), 24, "bd"),
    ("FR", 61, "dual_use", "PK", "Indus Advanced Materials Centre", "Karakoram Scientific Stores", "1C210.a",
     "carbon fibre, high modulus", (("specific modulus", "14", "10^6 m"),), 800, "ad"),
    ("FR-CIEEMG", 140, "arms", "EG", "Ministry of Interior, Central Security", "", "ML4.a",
     "tear gas grenades", (), 20000, "2"),
    ("FR-CIEEMG", 33, "arms", "KZ", "State Border Service", "Altai Special Equipment LLP", "ML10.c",
     "unmanned aerial vehicles with optical payload", (("endurance", "6", "h"),), 8, "27"),
    ("IT", 510, "arms", "LY", "General Staff", "Tripoli Supply Company", "ML11.a", "tactical radios with encryption",
     (("key length", "256", "bit"),), 300, "1347"),
    ("IT", 200, "dual_use", "RU", "OOO Severnaya Zvezda Pribor", "Bosfor Teknik Dış Ticaret", "6A003.b.4",
     "uncooled thermal imaging cameras", (("frame rate", "60", "Hz"),), 40, "bcd"),
    ("IT", 12, "arms", "IL", "Israel Prison Service", "Negev Optronics Ltd.", "ML15.c",
     "image intensifier goggles", (), 25, "2467"),
    ("SE", 470, "dual_use", "IN", "Deccan Aerostructures Pvt Ltd", "", "9B106.a", "environmental chambers",
     (("acceleration", "10", "g"),), 1, "a"),
    ("SE", 74, "arms", "PK", "Army Ordnance Directorate", "Margalla Defence Supplies", "ML2.a",
     "spare barrels for field guns", (("calibre", "155", "mm"),), 12, "347"),
    ("PL", 266, "arms", "AM", "Ministry of Defence", "", "ML3.a", "cartridges 12.7 mm", (("calibre", "12.7", "mm"),),
     500000, "4"),
    ("PL", 28, "dual_use", "BY", "Minsk Measuring Systems OAO", "Baltic Lab Trade UAB", "3A002.c.4",
     "signal analysers", (("frequency", "90", "GHz"),), 3, "bd"),
    ("NO", 150, "arms", "UA", "Dnipro Rescue Fund", "", "ML6.b", "armoured ambulances", (), 6, "7"),
    ("BE-VLG", 330, "arms", "SA", "National Guard", "Najd Military Industries", "ML5.c", "fire-control displays", (),
     90, "26"),
    ("BE-VLG", 45, "dual_use", "SY", "Orontes Agro-Chemical Establishment", "", "1C350.1", "thiodiglycol",
     (("purity", "99", "%"),), 900, "ab"),
    ("NL", 176, "dual_use", "CN", "Lushan Microelectronics Co., Ltd.", "Lushan Trading (HK) Limited", "3B001.a.2",
     "metal organic chemical vapour deposition reactor", (), 1, "acd"),
    ("NL", 54, "dual_use", "AE", "Gulf Meridian Logistics LLC", "Gulf Meridian Logistics LLC", "",
     "ruggedised GNSS modules for unmanned aircraft", (), 1500, "bd"),
    ("NL", 240, "torture", "TH", "Provincial Prison Administration", "Siam Security Equipment Co., Ltd.", "III.2.1",
     "portable electric discharge devices", (), 200, "12"),
)  # fmt: skip

# title, regime, destination, end-user, consignee, entry, goods, parameters, quantity
FLANDERS = {
    "intensifiers": ("arms", "IL", "Israel Prison Service", "TROYA TECH DEFENCE LIMITED", "ML15.c",
                     "image intensifiers", (), 40),
    "rangefinders": ("arms", "TR", "Gendarmerie Logistic Command", "ANKA SAVUNMA SANAYI AS", "ML5.b",
                     "laser range finder for observation posts", (("range", "20", "km"),), 45),
    "drones": ("arms", "KZ", "State Border Service of Kazakhstan", "Altay Special Equipment LLP", "ML10.c",
               "UAV with electro-optical payload", (("endurance", "6", "h"),), 6),
    "amplifiers": ("dual_use", "AE", "Falcon Horizon Electronic FZE", "Falcon Horizon Electronic FZE", "3A001.b.4",
                   "solid-state microwave amplifier", (("frequency", "40", "GHz"),), 10),
    "mill": ("dual_use", "CN", "Xianning Inst. of Precision Instruments", "", "2B001b2", "5-axis milling machine",
             (("axes", "5", ""), ("positioning accuracy", "3", "µm")), 1),
    "gnss": ("dual_use", "AE", "Gulf Meridian Logistics L.L.C.", "", "", "rugged GNSS receivers for drones", (), 400),
    "helmets": ("arms", "JO", "Civil Defence Directorate", "", "ML13.c", "ballistic helmets", (), 300),
}  # fmt: skip
NETHERLANDS = {
    "valves": ("dual_use", "IR", "Pars Zagros Petrochemical", "Al-Noor General Trading", "2B350.g",
               "PVDF-lined valves", (("nominal size", "50", "mm"),), 40),
    "displays": ("arms", "SA", "Saudi Arabian National Guard", "Najd Military Industries Co.", "ML5.c",
                 "fire control display units", (), 30),
}  # fmt: skip


def seed(*, now: datetime) -> None:
    """Make the demo cases where the register is empty; all of them or none."""
    with transaction.atomic():
        if Denial.objects.exists():
            return
        import_published()
        notify_invented(now)
        people = {"nl": officer("NL"), "be": officer("BE-VLG"), "fr": officer("FR"), "de": officer("DE")}
        flanders = {name: apply(row, by=people["be"], now=now) for name, row in FLANDERS.items()}
        netherlands = {name: apply(row, by=people["nl"], now=now) for name, row in NETHERLANDS.items()}
        consult_from_flanders(flanders, people, now)
        consult_from_the_netherlands(netherlands, people, now)
        draft_of_flanders(people["be"], now)


def import_published() -> None:
    """Take in the Dutch denials of 2024 and the British refusals of 2008 and 2009, as they are."""
    quiet: dict[str, Any] = {"stdout": _Nowhere(), "stderr": _Nowhere()}
    call_command("import_denials", FILES / "denials_nl_2024.csv", authority="NL", regime="arms", **quiet)
    call_command("import_denials", FILES / "denials_gb_2008_2009.csv", authority="GB", **quiet)


def notify_invented(now: datetime) -> None:
    """Notify the invented denials, each on its own day in the past."""
    for issuer, days, *row in sorted(DENIALS, key=lambda one: -one[1]):
        moment, by = now - timedelta(days=days), officer(issuer)
        content = denial(row, decided_on=(moment - timedelta(days=6)).date())
        notify_content(content=content, authority=Authority.objects.get(code=issuer), by=by, now=moment)


def consult_from_flanders(applications: dict[str, Application], people: dict[str, Principal], now: datetime) -> None:
    """One thread just opened, one with a question and a proposed extension, one answered, one lapsed."""
    be = people["be"]
    consult(applications["rangefinders"], by=be, now=now - timedelta(days=4))
    amplifiers = consult(applications["amplifiers"], by=be, now=now - timedelta(days=2))
    mill = consult(applications["mill"], by=be, now=now - timedelta(days=30))
    drones = consult(applications["drones"], by=be, now=now - timedelta(days=5))
    for thread in mill:
        if thread.due_before and thread.due_before <= now:
            lapse_consultation(consultation_id=thread.pk, now=now)
    for thread in amplifiers:
        answering = officer_of(thread.consulted_authority)
        text = "Please state the output power of the amplifiers and the end use."
        request_information(consultation_id=thread.pk, text=text, by=answering, now=clock.now())
        reason = "The file must be asked for from the customs archive."
        propose_extension(consultation_id=thread.pk, amount=5, reason=reason, by=answering, now=clock.now())
    for thread in drones:
        answer_consultation(
            consultation_id=thread.pk,
            outcome="views",
            reasoning="The same end-user and the same consignee were refused; the reasons stand.",
            denial_still_valid=True,
            by=officer_of(thread.consulted_authority),
            now=clock.now(),
        )


def consult_from_the_netherlands(
    applications: dict[str, Application], people: dict[str, Principal], now: datetime
) -> None:
    """Two threads towards Germany and Flanders, so that every inbox has something to answer."""
    consult(applications["valves"], by=people["nl"], now=now - timedelta(days=7))
    consult(applications["displays"], by=people["nl"], now=now - timedelta(days=9))


def draft_of_flanders(by: Principal, now: datetime) -> None:
    """A denial still being written."""
    row = ("dual_use", "TR", "Marmara Composite Works", "", "1B201.a", "filament winding machine", (), 1, "ad")
    content = denial(list(row), decided_on=now.date())
    save_draft(content=content, authority=principals.authority_of(by), by=by, now=now)


def consult(application: Application, *, by: Principal, now: datetime) -> list[Any]:
    """Consult on every strong or possible hit that is another's."""
    screening = application.latest_screening()
    hits = Hit.objects.filter(screening=screening, is_own=False, level__in=["strong", "possible"]).values_list(
        "pk", flat=True
    )
    if not hits:
        return []
    return list(open_consultations(application_id=application.pk, hits=list(hits), by=by, now=now))


def apply(row: Iterable[Any], *, by: Principal, now: datetime) -> Application:
    """File one invented application."""
    regime, place, end_user, consignee, code, goods, parameters, quantity = row
    content = ApplicationContent(
        regime=regime,
        received_on=(now - timedelta(days=12)).date(),
        destinations=(Destination(code=place),),
        parties=parties(end_user, consignee, place),
        items=(item(code, goods, parameters, quantity),),
    )
    return submit_application(content=content, by=by, now=now)


def denial(row: list[Any], *, decided_on: Any) -> DenialContent:
    """Return the content of one invented denial."""
    regime, place, end_user, consignee, code, goods, parameters, quantity, grounds = row
    basis = {"arms": "cp_4", "dual_use": "annex_i" if code else "catch_all", "torture": "annex_iii"}[regime]
    cited: dict[str, Any] = (
        {"criteria": tuple(Citation(one) for one in grounds)}
        if regime == "arms"
        else {"grounds": tuple(f"15_1_{one}" for one in grounds) if regime == "dual_use" else (f"{grounds}_2",)}
    )
    return DenialContent(
        regime=regime,
        act="dismissal" if regime == "torture" else "refusal",
        legal_basis=basis,
        decided_on=decided_on,
        authorisation_type="individual",
        destinations=(Destination(code=place),),
        parties=parties(end_user, consignee, place),
        items=(item(code, goods, parameters, quantity),),
        explanation="The stated end use could not be verified and diversion within the country is likely.",
        **cited,
    )


def parties(end_user: str, consignee: str, place: str) -> tuple[StatedParty, ...]:
    """Return end-user and, where there is one, consignee."""
    named = [StatedParty.stated("end_user", end_user, country=place)]
    return (*named, StatedParty.stated("consignee", consignee)) if consignee else tuple(named)


def item(code: str, goods: str, parameters: Iterable[tuple[str, str, str]], quantity: int) -> StatedItem:
    """Return one item with its parameters."""
    stated = tuple(Parameter(name, value, unit) for name, value, unit in parameters)
    return StatedItem.stated(code, description=goods, parameters=stated, quantity=Decimal(quantity), unit="pcs")


def officer(authority: str) -> Principal:
    """Return the officer of one of the demonstration's authorities."""
    return person(authority, "officer", clock.now())


def person(code: str, role: str, at: datetime) -> Principal:
    """Return somebody of the demonstration."""
    return principals.of_user(User.objects.get(username=cast.username(code, role)), at=at)


def officer_of(authority: Authority) -> Principal:
    """Return an officer of an authority that is being consulted."""
    return officer(authority.code)


class _Nowhere:
    def write(self, text: str) -> None:
        """Drop what a command says."""
