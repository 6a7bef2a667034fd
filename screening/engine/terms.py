"""
The term list read: words of descriptions in English, Dutch, French, German, Spanish, Italian, Polish and Russian,
brought to the goods they name (concepts), to their family, and to the guise goods come in (parts, software, …).

How terms are found: words are folded to Latin and cut to a light stem; the longest phrase wins; within
compound words
of German and Dutch a term of six letters or more is found as a part.
"""

from typing import Final

from screening.engine import folding, terms_dual_use, terms_further, terms_military

LANGUAGES: Final = ("en", "nl", "fr", "de", "es", "it", "pl", "ru")
SHORTEST_IN_COMPOUND: Final = 6

_STOP_TEXT: Final = """\
a an and as at by de del della dei degli delle der des di die das dem den do du e ed een eine einer el en et
for fur from
het i il im in
into is its la las le les lo los met mit na of on op or oder od of para per por pour su sur the to und un
una une van vom von voor with y z zu zum zur dla do dlya iz no not s d l c k v o u nr including incl type
model various
other diverse divers all any new used"""
STOP_WORDS: Final = frozenset(_STOP_TEXT.split())

# Words that hold for any goods and tell none apart.
_GENERAL_TEXT: Final = """\
equipment apparatuur uitrusting equipement ausrustung equipo apparecchiatura attrezzatura urzadzenie sprzet
oborudovanie
system systeem systeme sistema systemy sistema device apparaat appareil dispositif gerat dispositivo aparat
ustroystvo
set sets kit kits unit units item items goods goederen marchandises waren bienes merci towary tovar tovary
article articles
military militair militaire militarisch militar militare wojskowy voennyy complete compleet komplett special
speciaal
product products produkt produkte material materials materieel stuks pieces pcs level niveau use gebruik verwendung
high hoge haute hoch quality standard general purpose electronic electrical technical industrial"""


def stem(word: str) -> str:
    """A light stem: umlauts written out undone, one ending of number or case cut."""
    plain = word.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if len(plain) <= 4:
        return plain[:-1] if len(plain) == 4 and plain[-1] == "s" and plain[-2] not in "su" else plain
    for ending in _ENDINGS:
        if plain.endswith(ending) and len(plain) - len(ending) >= 4:
            plain = plain[: -len(ending)]
            break
    return plain[:-1] if len(plain) > 4 and plain[-1] in "aeiouy" else plain


_ENDINGS: Final = (
    *(
        "iami",
        "ogo",
        "ego",
        "ymi",
        "imi",
        "ami",
        "ykh",
        "ikh",
        "aya",
        "oye",
        "yye",
        "ov",
        "ev",
        "yy",
        "iy",
        "oy",
        "ey",
        "ow",
    ),
    *("en", "es", "om", "em", "am", "s", "e", "i", "a", "o", "u", "y"),
)
GENERAL_STEMS: Final = frozenset(stem(word) for word in _GENERAL_TEXT.split())


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text in order, words that link left out."""
    return tuple(stem(word) for word in folding.words(_apart(text)) if word not in STOP_WORDS)


def _apart(text: str) -> str:
    for apostrophe in "'’`´":
        text = text.replace(apostrophe, " ")
    return text


def _entries(text: str) -> list[tuple[str, str, tuple[tuple[str, ...], ...]]]:
    """(concept, family, phrases as stems) of each entry of a table."""
    joined = text.replace("\n ", " ")
    found = []
    for line in joined.splitlines():
        if not line.strip():
            continue
        name, _, terms = line.partition(":")
        concept, _, family = name.partition(" ")
        phrases = (stems(term) for language in terms.split("|") for term in language.split(";"))
        found.append((concept, family or concept, tuple(dict.fromkeys(phrase for phrase in phrases if phrase))))
    return found


_GOODS: Final = _entries(terms_further.TERMS) + _entries(terms_military.TERMS) + _entries(terms_dual_use.TERMS)
FAMILIES: Final = {concept: family for concept, family, _ in _GOODS}

# A phrase to its concept (the first that claims it), and by its first stem, longest first.
PHRASES: Final[dict[tuple[str, ...], str]] = {}
for _concept, _, _phrases in _GOODS:
    for _phrase in _phrases:
        PHRASES.setdefault(_phrase, _concept)
GUISES: Final = {phrase: guise for guise, _, phrases in _entries(terms_dual_use.GUISES) for phrase in phrases}
LONGEST_PHRASE: Final = max(len(phrase) for phrase in (*PHRASES, *GUISES))
IN_COMPOUNDS: Final = {
    phrase[0]: concept
    for phrase, concept in PHRASES.items()
    if len(phrase) == 1 and len(phrase[0]) >= SHORTEST_IN_COMPOUND
}
GUISE_ENDINGS: Final = {
    phrase[0]: guise for phrase, guise in GUISES.items() if len(phrase) == 1 and len(phrase[0]) >= 4
}

# The wider term of a term: goods described by the one may be those described by the other.
_WIDER_TEXT: Final = """\
ammunition artillery_ammunition mortar_ammunition tank_ammunition small_arms_ammunition
rifle sniper_rifle assault_rifle hunting_rifle
firearm rifle sniper_rifle assault_rifle hunting_rifle shotgun pistol submachine_gun machine_gun
machine_tool milling_machine lathe grinding_machine edm_machine
sensor pressure_sensor photodetector magnetometer focal_plane_array
night_vision_device image_intensifier thermal_imager
camera thermal_imager
body_armour ballistic_plate
aircraft combat_aircraft helicopter uav
pump vacuum_pump
laser laser_designator laser_rangefinder
missile rocket_launcher
jet_engine gas_turbine
explosive detonator
computer encryption_device
telecom_equipment military_radio antenna"""
WIDER: Final = frozenset(
    pair
    for line in _WIDER_TEXT.splitlines()
    for narrow in line.split()[1:]
    for pair in ((line.split()[0], narrow), (narrow, line.split()[0]))
)

# What other goods a name of goods may hold without meaning them: "pistol ammunition", "tubes for a gas centrifuge".
_WITHIN_TEXT: Final = """\
small_arms_ammunition pistol rifle machine_gun shotgun revolver carbine ammunition firearm
blank_ammunition ammunition small_arms_ammunition
weapon_sight rifle firearm pistol machine_gun assault_rifle sniper_rifle
explosive_detector explosive sensor metal_detector
hydrophone antenna trailer sonar
tear_gas hand_grenade
centrifuge bellows
uav thermal_imager camera aircraft helicopter
mine_protected_vehicle mine armoured_vehicle truck
drone_jammer uav jammer
drone_ground_station uav
silencer pistol rifle firearm
image_intensifier camera
thermal_imager camera focal_plane_array
"""
NAMED_WITHIN: Final = {line.split()[0]: tuple(line.split()[1:]) for line in _WITHIN_TEXT.splitlines()}
