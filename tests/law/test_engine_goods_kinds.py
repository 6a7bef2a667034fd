"""Descriptions of goods in two languages: which are of one thing, and which are not. All is invented."""

import pytest

from denials.law.transactions import Item, Parameter
from screening.engine.comparison import Verdict
from screening.engine.items import compare_items
from screening.engine.parameters import compare_parameters, compare_values
from screening.engine.text import compare_descriptions
from screening.law.grounds import GoodsFinding, goods_finding

SAME_GOODS = [
    ("quadcopter drone with thermal payload", "Quadrokopter-Drohne mit Wärmebildkamera"),
    ("fixed-wing reconnaissance drone", "drone de reconnaissance à voilure fixe"),
    ("hybrid VTOL unmanned aircraft", "hybrydowy bezzałogowy statek powietrzny pionowego startu"),
    ("gas centrifuge rotor tubes", "tubes de rotor pour centrifugeuse à gaz"),
    ("gas centrifuge rotor tubes", "роторные трубы газовой центрифуги"),
    ("ring magnets for centrifuge suspension", "Ringmagnete für Zentrifugenaufhängung"),
    ("night vision monocular, generation 3", "monoculaire de vision nocturne, génération 3"),
    ("night vision monocular", "monóculo de visión nocturna"),
    ("diaphragm valves with PTFE lining", "membraanafsluiters met PTFE-bekleding"),
    ("diaphragm valves with PTFE lining", "Membranventile mit PTFE-Auskleidung"),
    ("multiple-seal centrifugal pump", "pompe centrifuge à double garniture mécanique"),
    ("peristaltic pump", "pompa perystaltyczna"),
    ("stainless steel bioreactor 100 litres", "biorreactor de acero inoxidable de 100 litros"),
    ("cross-flow filtration unit", "Querstromfiltrationsanlage"),
    ("spray dryer for biological materials", "séchoir atomiseur pour matières biologiques"),
    ("class III biological safety cabinet", "zuurkast klasse III, biologische veiligheidskast"),
    ("triethanolamine", "Triethanolamin"),
    ("triethanolamine", "триэтаноламин"),
    ("sodium fluoride", "fluorure de sodium"),
    ("potassium bifluoride", "kaliumbifluoride"),
    ("thionyl chloride", "cloruro de tionilo"),
    ("trimethyl phosphite", "trimethylfosfiet"),
    ("fibre laser 2 kW", "faserlaser 2 kW"),
    ("pulsed excimer laser", "laser à excimère pulsé"),
    ("tunable dye laser", "laser a colorante sintonizzabile"),
    ("carbon dioxide laser", "лазер на углекислом газе"),
    ("coastal surveillance radar", "radar de surveillance côtière"),
    ("ground penetrating radar", "Bodenradar"),
    ("synthetic aperture radar for aircraft", "radar met synthetische apertuur voor vliegtuigen"),
    ("weather radar", "метеорологический радар"),
    ("remotely operated underwater vehicle", "véhicule sous-marin téléopéré"),
    ("side-scan sonar", "sonar de barrido lateral"),
    ("rebreather diving apparatus", "Kreislauftauchgerät"),
    ("hydrophone array towed", "antenne d'hydrophones remorquée"),
    ("rigid inflatable boat", "bateau semi-rigide"),
    ("production technology for carbon fibre", "technologie de production de fibres de carbone"),
    ("mobile phone jammer", "brouilleur de téléphones mobiles"),
    ("IMSI catcher", "intercepteur d'IMSI"),
    ("seismic sensor, geophone", "geofoon, seismische sensor"),
    ("infrared detector", "detektor podczerwieni"),
    ("fibre optic gyroscope", "gyroscope à fibre optique"),
    ("quartz accelerometer", "Quarz-Beschleunigungsmesser"),
    ("trace explosives detector", "détecteur de traces d'explosifs"),
    ("walk-through metal detector", "портальный металлодетектор"),
    ("neutron-based explosives detection system", "Sprengstoffdetektionssystem mit Neutronen"),
    ("leg irons", "Fußfesseln"),
    ("leg irons", "entraves aux chevilles"),
    ("thumb cuffs", "poucettes"),
    ("restraint chair", "chaise de contention"),
    ("pepper spray OC", "Pfefferspray"),
    ("pepper spray OC", "gas pimienta"),
    ("CS tear gas grenades", "grenades lacrymogènes CS"),
    ("stun baton", "matraque électrique"),
    ("water cannon vehicle", "Wasserwerferfahrzeug"),
    ("spare parts for armoured personnel carrier", "pièces de rechange pour véhicule blindé de transport de troupes"),
    ("spare parts for main battle tank", "onderdelen voor gevechtstank"),
    ("engine spare parts for fighter aircraft", "запасные части двигателя истребителя"),
    ("semi-automatic pistol", "pistolet semi-automatique"),
    ("revolver", "револьвер"),
    ("heavy machine gun", "Schweres Maschinengewehr"),
    ("9 mm pistol ammunition", "cartouches de pistolet 9 mm"),
    ("7.62 x 39 mm cartridges", "7,62 x 39 mm Patronen"),
    ("blank ammunition", "losse flodders munitie"),
    ("armoured off-road vehicle 4x4", "gepanzertes Geländefahrzeug 4x4"),
    ("mine-resistant vehicle", "véhicule résistant aux mines"),
    ("military truck 6x6", "camion militaire 6x6"),
    ("turbopump for rocket engine", "turbopompe pour moteur-fusée"),
    ("hot isostatic press", "горячий изостатический пресс"),
    ("electron beam lithography system", "Elektronenstrahllithographiesystem"),
    ("mass flow controller", "régulateur de débit massique"),
    ("turbomolecular vacuum pump", "турбомолекулярный насос"),
    ("dynamic signal analyser", "dynamische signaalanalysator"),
    ("spectrum analyser", "analyseur de spectre"),
    ("rotary table", "mesa rotativa"),
    ("satellite modem", "модем спутниковой связи"),
    ("quantum key distribution device", "dispositif de distribution quantique de clés"),
    ("high-speed camera", "Hochgeschwindigkeitskamera"),
    ("streak camera", "caméra à balayage"),
    ("pulse generator", "generador de impulsos"),
    ("telemetry receiver", "récepteur de télémesure"),
    ("parachutes for cargo", "Lastenfallschirme"),
    ("bulletproof vest", "gilet pare-balles"),
    ("ballistic helmet", "casco balístico"),
    ("mortar 81 mm", "mortier de 81 mm"),
    ("anti-tank guided missile", "missile antichar guidé"),
    ("hand grenade", "bomba a mano"),
    ("detonating cord", "cordeau détonant"),
    ("smokeless powder", "бездымный порох"),
    ("optical rifle scope", "lunette de visée pour fusil"),
    ("military parachute", "spadochron wojskowy"),
]
# Goods of one kind or use, and yet others: never the same.
OTHER_GOODS = [
    ("gas centrifuge rotor tubes", "coastal surveillance radar"),
    ("triethanolamine", "sodium fluoride"),
    ("peristaltic pump", "diaphragm valves"),
    ("night vision monocular", "ballistic helmet"),
    ("leg irons", "pepper spray OC"),
    ("semi-automatic pistol", "7.62 x 39 mm cartridges"),
    ("fibre laser", "fibre optic gyroscope"),
    ("side-scan sonar", "coastal surveillance radar"),
    ("bulletproof vest", "ballistic helmet"),
    ("spare parts for main battle tank", "spare parts for fighter aircraft"),
    ("military truck 6x6", "main battle tank"),
    ("mass spectrometer", "spectrum analyser"),
    ("high-speed camera", "high-speed centrifuge"),
    ("quadcopter drone", "anti-tank guided missile"),
    ("trimethyl phosphite", "thionyl chloride"),
    ("bioréacteur", "caméra thermique"),
    ("Membranventile", "Pfefferspray"),
    ("pompe centrifuge", "radar de surveillance"),
    ("turbomolecular vacuum pump", "vacuum furnace"),
    ("hydrophone array", "accelerometer"),
    ("stun baton", "water cannon vehicle"),
    ("network interception software", "machine tool software"),
    ("heavy machine gun", "sniper rifle"),
    ("метеорологический радар", "лазер"),
    ("hand grenade", "CS tear gas grenades"),
    ("parachutes for cargo", "rigid inflatable boat"),
    ("spray dryer", "cross-flow filtration unit"),
    ("walk-through metal detector", "trace explosives detector"),
    ("satellite modem", "GPS receiver"),
    ("ammonium dinitramide", "ammonium perchlorate"),
    ("carbon dioxide laser", "carbon fibre"),
    ("mortar 81 mm", "howitzer 155 mm"),
    ("technology for carbon fibre", "carbon fibre"),
    ("spare parts for gas turbine", "gas turbine"),
]
# One thing, in words the list does not hold: an officer is to look, and nothing says they are other goods.
NOT_SURE = [
    ("pinacolyl alcohol", "alcool pinacolico"),
    ("network interception software", "Software zur Netzwerküberwachung"),
    ("source code for flight control", "code source de commande de vol"),
    (".50 BMG cartridges", "munición calibre .50 BMG"),
    ("ammonium dinitramide", "dinitramida de amonio"),
    ("krytron", "kriotron"),
    ("vibration test table", "wibracyjny stół testowy"),
    ("maraging steel bars", "Barren aus martensitaushärtendem Stahl"),
]


class TestDescriptions:
    @pytest.mark.parametrize(("left", "right"), SAME_GOODS)
    def test_of_one_thing(self, left, right):
        assert compare_descriptions(left, right).verdict is Verdict.SAME

    @pytest.mark.parametrize(("left", "right"), OTHER_GOODS)
    def test_of_other_things(self, left, right):
        assert compare_descriptions(left, right).verdict is not Verdict.SAME

    @pytest.mark.parametrize(("left", "right"), NOT_SURE)
    def test_not_sure(self, left, right):
        assert compare_descriptions(left, right).verdict in {Verdict.SIMILAR, Verdict.UNKNOWN}


def finding(left, right):
    return goods_finding(compare_items(left, right))


def item(code, description, *parameters, **facts):
    return Item(code=code, description=description, parameters=tuple(Parameter(*each) for each in parameters), **facts)


RADAR = item("6A008.a", "coastal surveillance radar", ("frequency", "9.4", "GHz"), ("peak power", "25", "kW"))
LASER = item("6A005.d.1", "fibre laser", ("output power", "two", "kW"), ("wavelength", "1070", "nm"))
VALVE = item("2B350.g", "diaphragm valves", ("material", "titanium"), ("nominal size", "40", "mm"))
PLATE = item("ML13.d", "ballistic plates", ("protection level", "Level IV"))
TRUCK = item("ML6.a", "military truck", ("drive", "six wheels"), ("payload", "5", "t"))
CUFFS = item("", "leg irons", ("material", "stainless steel"))
CHEMICAL = item("1C350.46", "triethanolamine", ("purity", "99", "%"), cas="102-71-6")
SPARES = item("ML10.f", "spare parts for fighter aircraft", ("quantity", "40"))

# What is applied for, what was denied, and what the two show together.
FINDINGS = [
    (
        item("6A008.a", "radar de surveillance côtière", ("fréquence", "9400", "MHz"), ("peak power", "25000", "W")),
        RADAR,
        "identical",
    ),
    (
        item("6A008.a", "coastal surveillance radar", ("frequency", "16", "GHz"), ("peak power", "25", "kW")),
        RADAR,
        "other",
    ),
    (item("6A008", "Küstenradar", ("Frequenz", "9,4", "GHz")), RADAR, "identical"),
    (item("6A008.a", "weather radar", ("frequency", "9.4", "GHz"), ("peak power", "25", "kW")), RADAR, "identical"),
    (item("6A008.a", "hydrophone", ("frequency", "9.4", "GHz"), ("peak power", "25", "kW")), RADAR, "probable"),
    (item("6A008.a", "hydrophone"), RADAR, "doubtful"),
    (
        item("6A005.d.1", "Faserlaser", ("Ausgangsleistung", "2000", "W"), ("Wellenlänge", "1,07", "µm")),
        LASER,
        "identical",
    ),
    (item("6A005.d.1", "fibre laser", ("output power", "five", "kW")), LASER, "other"),
    (item("6A005.d.1", "fibre laser", ("output power", "two", "V")), LASER, "identical"),
    (item("", "Faserlaser", ("output power", "2", "kW")), LASER, "probable"),
    (item("ML19.a", "fibre laser", ("output power", "2", "kW")), LASER, "probable"),
    (item("2B350.g", "Membranventile", ("material", "Titan"), ("Nennweite", "40", "mm")), VALVE, "identical"),
    (item("2B350.g", "vannes à membrane", ("material", "nickel"), ("nominal size", "40", "mm")), VALVE, "other"),
    (item("2B350.i", "multiple-seal pump", ("material", "titanium")), VALVE, "doubtful"),
    (item("ML13.d", "placas balísticas", ("protection level", "4")), PLATE, "identical"),
    (item("ML13.d", "ballistic plates", ("protection level", "III")), PLATE, "other"),
    (item("ML6.a", "camion militaire", ("drive", "6 roues"), ("payload", "5000", "kg")), TRUCK, "identical"),
    (item("ML6.a", "military truck", ("payload", "12", "t")), TRUCK, "other"),
    (item("ML6.a", "spare parts for military truck"), TRUCK, "doubtful"),
    (item("", "Fußfesseln"), CUFFS, "identical"),
    (item("", "pepper spray"), CUFFS, "other"),
    (item("", "leg irons", ("material", "aluminium")), CUFFS, "other"),
    (item("1C350.46", "TEA", cas="102-71-6"), CHEMICAL, "identical"),
    (item("1C350.46", "triethanolamine", cas="7681-49-4"), CHEMICAL, "doubtful"),
    (item("1C350.14", "sodium fluoride", ("purity", "99", "%"), cas="7681-49-4"), CHEMICAL, "other"),
    (item("ML10.f", "запасные части истребителя"), SPARES, "identical"),
    (item("ML10.f", "fighter aircraft"), SPARES, "doubtful"),
    (item("", "Ersatzteile", cn="8803 30 00"), SPARES, "open"),
]


class TestGoodsTogether:
    @pytest.mark.parametrize(("asked", "denied", "expected"), FINDINGS)
    def test_of_other_kinds_than_mills(self, asked, denied, expected):
        assert finding(asked, denied) == GoodsFinding(expected)


class TestNomenclature:
    """Codes of the Combined Nomenclature speak only where the descriptions do not."""

    @pytest.mark.parametrize(
        ("left", "right", "verdict", "reason"),
        [
            ("8526 10 00", "85261000", "similar", "same_cn"),
            ("8526 10", "8526 10 00", "similar", "same_cn"),
            ("8526 10 00", "9013 20 00", "different", "other_cn"),
            ("8526 10 00", "8526 91 20", "unknown", "too_general"),
            ("8526", "8526", "unknown", "too_general"),
        ],
    )
    def test_of_two_things_not_described(self, left, right, verdict, reason):
        pair = compare_items(item("", "equipment", cn=left), item("", "equipment", cn=right))
        assert (pair.description.verdict, pair.description.reason) == (verdict, reason)


class TestValuesInWords:
    @pytest.mark.parametrize(
        ("left", "right", "verdict"),
        [
            ("five", "5", "same"), ("vijf", "fünf", "same"), ("пять", "5", "same"), ("Level IV", "4", "same"),
            ("Stufe III", "level 3", "same"), ("Grade 5", "Grade 9", "different"), ("Titan", "titanium", "same"),
            ("tak", "yes", "same"), ("oui", "nein", "different"), ("ceramic", "keramisch", "same"),
            ("nickel alloy", "steel alloy", "similar"), ("type A", "type B", "different"), ("", "5", "unknown"),
            ("v", "5", "unknown"), ("-5", "5", "different"), ("!!!", "5", "unknown"),
        ],
    )  # fmt: skip
    def test_in_any_language(self, left, right, verdict):
        assert compare_values(Parameter("x", left), Parameter("x", right)).verdict == verdict

    def test_contradictory_units_are_said_to_be_unknown(self):
        found = compare_parameters(
            (Parameter("power", "2", "kW"), Parameter("power", "5", "kW")), (Parameter("power", "2", "kW"),)
        )
        assert (found.verdict, found.reason) == ("unknown", "contradictory")
