"""
Whether technical parameters are essentially identical (Reg. (EU) 2021/821 Art. 2(22)): names and units made one,
values compared as numbers or ranges with a tolerance, contradictions said to be unknown.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from denials.law.transactions import Parameter
from screening.engine import folding
from screening.engine.comparison import Comparison, Verdict, unknown
from screening.engine.units import to_base

SAME_WITHIN: Final = 0.015
SIMILAR_WITHIN: Final = 0.15
MOST_PARAMETERS: Final = 200  # as many as an item may state

# Names of parameters in several languages; the first is what the others are read as.
_NAME_TEXT: Final = """\
calibre caliber kaliber calibro kalibr bore
positioning_accuracy positional_accuracy position_accuracy accuracy_of_positioning positioniergenauigkeit
positioning_accuracy positioneernauwkeurigkeit precision_de_positionnement unidirectional_positioning_repeatability
positioning_accuracy upr
accuracy genauigkeit nauwkeurigkeit precision precisione exactitud dokladnosc tochnost
axes axis number_of_axes axes_count no_of_axes contouring_axes achsen assen nombre_d_axes assi ejes
axes simultaneous_axes
frequency freq operating_frequency frequentie frequence frequenz frecuencia frequenza czestotliwosc chastota
frame_rate framerate frames_per_second refresh_rate bildrate beeldfrequentie cadence_d_images bildfrequenz
power output_power rated_power max_power maximum_power leistung vermogen puissance potencia potenza moc moshchnost
power ausgangsleistung uitgangsvermogen puissance_de_sortie nominal_power power_output
voltage tension spannung spanning voltaje tensione napiecie rated_voltage operating_voltage
current courant strom stroom corriente corrente rated_current
pressure druck druk pression presion pressione working_pressure max_pressure operating_pressure
temperature temp temperatur temperatuur operating_temperature max_temperature maximum_temperature temperatura
range max_range maximum_range reichweite bereik portee alcance portata zasieg dalnost
endurance flight_time flugdauer vliegduur autonomie autonomia
payload max_payload payload_mass nutzlast laadvermogen charge_utile carga_util
mass weight gewicht masse poids peso massa take_off_weight mtow
speed max_speed maximum_speed geschwindigkeit snelheid vitesse velocidad velocita
length laenge lange lengte longueur longitud lunghezza
width breite breedte largeur ancho larghezza
height hoehe hohe hoogte hauteur altura altezza
diameter durchmesser diametre diametro srednica nominal_diameter outer_diameter
nominal_size nominal_width nennweite dn nominale_maat taille_nominale diametre_nominal nominal_bore
thickness dicke dikte epaisseur espesor spessore
volume capacity inhalt inhoud capacite capacidad capacita tank_volume vessel_volume
flow_rate flow durchfluss debiet debit caudal portata_volumetrica max_flow_rate pumping_speed
wavelength wellenlaenge wellenlange golflengte longueur_d_onde longitud_de_onda lunghezza_d_onda
resolution aufloesung auflosung resolutie resolucion risoluzione
pixels number_of_pixels pixel_count detector_elements elements fpa_size array_size
key_length symmetric_key_length key_size schluessellaenge schlussellange sleutellengte longueur_de_cle
key_length longitud_de_clave
bandwidth bandbreite bandbreedte bande_passante ancho_de_banda larghezza_di_banda real_time_bandwidth
sample_rate sampling_rate abtastrate bemonsteringsfrequentie frequence_d_echantillonnage conversion_rate
concentration purity reinheit zuiverheid purete pureza purezza konzentration concentratie assay
figure_of_merit fom
photocathode_sensitivity luminous_sensitivity
protection_level level_of_protection schutzklasse beschermingsklasse niveau_de_protection nij_level armour_level
protection_level ballistic_level
generation gen
quantity qty quantity_set number count set sets pieces number_of_pieces amount menge aantal quantite cantidad
quantity quantita
drift_rate bias_drift gyro_drift bias_stability gyro_bias_stability bias_instability
acceleration beschleunigung versnelling
pulse_energy energy_per_pulse pulsenergie
pulse_duration pulse_width impulsdauer pulsduur
force thrust schub stuwkracht poussee max_thrust
torque drehmoment koppel couple
rotational_speed spindle_speed drehzahl toerental vitesse_de_rotation rpm max_speed_of_rotation
depth operating_depth tauchtiefe diepte profondeur
grade type_grade material_grade
tensile_strength zugfestigkeit treksterkte resistance_a_la_traction
channels number_of_channels kanaele kanale kanalen canaux
noise noise_figure rauschzahl ruisgetal facteur_de_bruit"""
_NAMES: Final = {word: line.split()[0] for line in _NAME_TEXT.splitlines() for word in line.split()}
# How many, not what: context of the transaction, no characteristic of the item.
AMOUNTS: Final = frozenset(("quantity",))

_NUMBER = r"[-+]?(?:\d{1,3}(?:[ \u00a0'’]\d{3})+|\d+)(?:[.,]\d+)*(?:\s?(?:[eE]|[x×*]\s?10\^?)[-+]?\d+)?"
_VALUE = re.compile(
    rf"^\s*(?P<sign>>=|<=|=>|=<|≥|≤|>|<|~|≈|ca\.?|approx\.?|about|min\.?|max\.?|up to|at least|±|\+/-|=)?\s*"
    rf"(?P<low>{_NUMBER})\s*(?:(?:-|–|—|to|\.\.\.?|tot|bis|à)\s*(?P<high>{_NUMBER}))?\s*(?P<unit>[^\d\s,;][^\s,;]{{0,9}})?\s*$",
    re.IGNORECASE,
)
_AT_LEAST: Final = frozenset((">=", "=>", "≥", ">", "min", "min.", "at least"))
_AT_MOST: Final = frozenset(("<=", "=<", "≤", "<", "max", "max.", "up to"))
_IN_TEXT = re.compile(
    rf"(?<![\w.,])({_NUMBER})\s?-?(mm|cm|µm|μm|um|nm|km|m|inch|in|kg|g|t|ghz|mhz|khz|hz|mw|kw|w|kv|v|bits?|bytes?|gb|mb|tb|"
    r"%|bar|mpa|kpa|psi|kn|l|litres?|liters?|m3|ax(?:is|es)|achs(?:en|ig)?|assige?|axes|px|pixels?|mpx|h|min)(?![\w])",
    re.IGNORECASE,
)
_AXIS_WORDS: Final = frozenset(("axis", "axes", "achs", "achsen", "achsig", "assig", "assige"))


@dataclass(frozen=True)
class Extent:
    """A value as an interval in a base unit; a plain value is an interval of one point."""

    low: float
    high: float
    dimension: str

    @property
    def is_point(self) -> bool:
        return self.low == self.high


@lru_cache(maxsize=8192)
def name_of(name: str) -> str:
    """The name of a parameter as it is compared."""
    folded = "_".join(folding.words(name.replace("_", " ")))
    return _NAMES.get(folded, folded)


@lru_cache(maxsize=32768)
def extents(value: str, unit: str) -> tuple[Extent, ...]:
    """
    The readings of a value: several where a comma or point may part thousands; () if it is no number.

    A unit unknown is a dimension of its own, so that it compares with itself only.
    """
    found = _VALUE.match(folding.visible(value)[:80]) or _VALUE.match(_number_in_words(value))
    if not found:
        return ()
    written = (unit or found.group("unit") or "").strip()
    sign = (found.group("sign") or "").casefold()
    readings = []
    for low in _numbers(found.group("low")):
        for high in _numbers(found.group("high")) if found.group("high") else (low,):
            if extent := _extent(min(low, high), max(low, high), written, sign):
                readings.append(extent)
    return tuple(readings)


def _extent(low: float, high: float, unit: str, sign: str) -> Extent | None:
    first, second = to_base(low, unit), to_base(high, unit)
    dimension = first[1] if first else f"?{unit.casefold()}"
    bottom, top = (first[0], second[0]) if first and second else (low, high)
    if not (math.isfinite(bottom) and math.isfinite(top)):
        return None
    if sign in _AT_LEAST:
        return Extent(bottom, math.inf, dimension)
    return Extent(-math.inf, top, dimension) if sign in _AT_MOST else Extent(bottom, top, dimension)


def _numbers(text: str) -> tuple[float, ...]:
    """Readings of a written number; "1,200" and "84.000" may be thousands or decimals."""
    bare = re.sub(r"[ \u00a0'’]", "", text)
    bare = re.sub(r"[x×*]10\^?", "e", bare, flags=re.IGNORECASE)
    marks = [char for char in bare if char in ".,"]
    if not marks:
        written = {bare}
    elif len(set(marks)) == 2:
        last = marks[-1]
        written = {bare.replace("," if last == "." else ".", "").replace(",", ".")}
    elif len(marks) > 1:
        written = {bare.replace(marks[0], "")}
    elif re.search(r"^[-+]?[1-9]\d{0,2}[.,]\d{3}$", bare):
        written = {bare.replace(",", "."), bare.replace(marks[0], "")}
    else:
        written = {bare.replace(",", ".")}
    return tuple(sorted(float(number) for number in written))


def compare_values(left: Parameter, right: Parameter) -> Comparison:
    """One parameter against its namesake."""
    shown = f"{left.value} {left.unit}".strip(), f"{right.value} {right.unit}".strip()
    one, other = extents(left.value, left.unit), extents(right.value, right.unit)
    if not one or not other:
        return _compare_as_text(left.value, right.value, *shown)
    compared = [found for a in one for b in other if (found := _compare_extents(a, b, *shown))]
    if not compared:
        return unknown("other_units", *shown)
    return min(compared, key=lambda found: (_ORDER[found.verdict], -found.score))


_ORDER: Final = {
    Verdict.SAME: 0,
    Verdict.COVERED: 1,
    Verdict.COVERS: 2,
    Verdict.SIMILAR: 3,
    Verdict.DIFFERENT: 4,
    Verdict.UNKNOWN: 5,
}


def _compare_extents(one: Extent, other: Extent, left: str, right: str) -> Comparison | None:
    units_differ = one.dimension != other.dimension
    if units_differ and "none" not in {one.dimension, other.dimension}:
        return None
    if one.is_point and other.is_point:
        return _compare_points(one.low, other.low, units_differ, left, right)
    if units_differ:
        return None
    if one.low >= other.low and one.high <= other.high:
        exact = one.low == other.low and one.high == other.high
        verdict = Verdict.SAME if exact else Verdict.COVERED
        return Comparison(verdict, 1.0 if exact else 0.9, "same_range" if exact else "within_range", {}, left, right)
    if other.low >= one.low and other.high <= one.high:
        return Comparison(Verdict.COVERS, 0.9, "within_range", {}, left, right)
    if max(one.low, other.low) <= min(one.high, other.high):
        return Comparison(Verdict.SIMILAR, 0.6, "ranges_overlap", {}, left, right)
    return Comparison(Verdict.DIFFERENT, 0.0, "other_range", {}, left, right)


def _compare_points(one: float, other: float, units_differ: bool, left: str, right: str) -> Comparison | None:
    largest = max(abs(one), abs(other))
    apart = abs(one - other) / largest if largest else 0.0
    if units_differ:
        return Comparison(Verdict.SIMILAR, 0.7, "unit_missing", {}, left, right) if apart <= SAME_WITHIN else None
    score = round(max(0.0, 1 - apart), 3)
    detail = {"apart_percent": round(100 * apart, 2)}
    if apart <= SAME_WITHIN:
        return Comparison(Verdict.SAME, score, "same_value" if left == right else "same_in_units", detail, left, right)
    if apart <= SIMILAR_WITHIN:
        return Comparison(Verdict.SIMILAR, score, "near_value", detail, left, right)
    return Comparison(Verdict.DIFFERENT, score, "other_value", detail, left, right)


def _compare_as_text(one: str, other: str, left: str, right: str) -> Comparison:
    """Values in words: numbers in them decide, then the words, whatever language of the list they are in."""
    first, second = _in_words(one), _in_words(other)
    if not first or not second:
        return unknown("no_value", left, right)
    if first == second:
        return Comparison(Verdict.SAME, 1.0, "same_value", {}, left, right)
    numbers, others = ({word for word in words if word[0].isdigit()} for words in (first, second))
    if numbers and others and not numbers & others:
        return Comparison(Verdict.DIFFERENT, 0.0, "other_value", {}, left, right)
    if first <= second or second <= first:
        return Comparison(Verdict.SIMILAR, 0.7, "part_of_value", {}, left, right)
    both_text = not (extents(one, "") or extents(other, ""))
    if both_text and not first & second:
        return Comparison(Verdict.DIFFERENT, 0.0, "other_value", {}, left, right)
    if both_text:
        share = 2 * len(first & second) / (len(first) + len(second))
        return Comparison(Verdict.SIMILAR, round(min(share, 0.7), 3), "part_of_value", {}, left, right)
    return unknown("not_comparable", left, right)


# Words that stand as values, in several languages; the first is what the others are read as.
_VALUE_TEXT: Final = """\
1 one een eins ein un une uno una jeden jedna odin
2 two twee zwei deux dos due dwa dwie dva dual
3 three drie drei trois tres tre trzy tri
4 four vier quatre cuatro quattro cztery chetyre quad
5 five vijf fuenf funf cinq cinco cinque piec pyat
6 six zes sechs seis sei szesc shest
7 seven zeven sieben sept siete sette siedem sem
8 eight acht huit ocho otto osiem vosem
9 nine negen neun neuf nueve nove dziewiec devyat
10 ten tien zehn dix diez dieci dziesiec desyat
yes ja oui si tak da true
no nein nee non nie net false
steel staal stahl acier acero acciaio stal
stainless roestvrij rostfrei edelstahl rvs inoxydable inoxidable inossidabile inox nierdzewna nerzhaveyushchaya
aluminium aluminum alluminio aluminio alyuminiy
titanium titaan titan titane titanio tytan
nickel nikkel niquel nichel nikiel
copper koper kupfer cuivre cobre rame miedz med
tungsten wolfraam wolfram tungstene tungsteno volframio volfram
ceramic keramisch keramik keramiek ceramique ceramica ceramiczny keramicheskiy keramika
plastic kunststof kunststoff plastique plastico plastica plastik
glass glas verre vidrio vetro szklo steklo
carbon koolstof kohlenstoff carbone carbono carbonio wegiel uglerod
electric elektrisch electrique electrico elettrico elektryczny elektricheskiy
hydraulic hydraulisch hydraulique hidraulico idraulico hydrauliczny gidravlicheskiy
manual handmatig manuell manuel manuale reczny ruchnoy
automatic automatisch automatique automatico automatyczny avtomaticheskiy
diesel dizel
petrol benzine benzin essence gasolina benzina
digital digitaal numerique digitale cyfrowy tsifrovoy
analogue analog analoog analogique analogico analogowy analogovyy
green groen gruen grun vert verde zielony zelenyy
white wit weiss blanc blanco bianco bialy belyy
pulsed gepulst gepulseerd pulse pulsado pulsato impulsowy impulsnyy
continuous kontinuierlich continu continuo ciagly nepreryvnyy cw
"""
_VALUE_WORDS: Final = {word: line.split()[0] for line in _VALUE_TEXT.splitlines() for word in line.split()}
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_TELL_NOTHING_TEXT: Final = """\
level class grade type category klasse stufe niveau niveaux klasa typ tip grado clase livello classe generation gen
generatie generacion generazione of the a de von van di du approx"""
_TELL_NOTHING: Final = frozenset(_TELL_NOTHING_TEXT.split())


@lru_cache(maxsize=8192)
def _in_words(value: str) -> frozenset[str]:
    """The words of a value as they are compared: numbers as digits, words of the list as its first."""
    words = folding.words(value)
    roman = {word: _ROMAN[word] for word in words if word in _ROMAN and (len(word) > 1 or len(words) > 1)}
    read = [roman.get(word) or _VALUE_WORDS.get(word, word) for word in words]
    return frozenset(word for word in read if word not in _TELL_NOTHING) or frozenset(read)


def _number_in_words(value: str) -> str:
    """The number a value of one word and what tells nothing is: "five", "Level IV"; "" for any other."""
    words = _in_words(value[:80])
    [word] = words if len(words) == 1 else [""]
    return word if word.isdigit() else ""


def stated_in(text: str) -> tuple[Parameter, ...]:
    """Values with a unit found in a description, named by their dimension ("155 mm" gives length)."""
    found = []
    for value, unit in _IN_TEXT.findall(folding.visible(text)[:500]):
        is_axes = unit.casefold() in _AXIS_WORDS
        in_base = to_base(1.0, unit)
        dimension = "axes" if is_axes else in_base[1] if in_base else ""
        if dimension:
            found.append(Parameter(dimension, value.strip(), "" if is_axes else unit))
    return tuple(found)


def compare_parameters(left: Sequence[Parameter], right: Sequence[Parameter]) -> Comparison:
    """
    All parameters both sides state, together: different if any differs, similar if any is only near.

    `detail["rows"]` holds (name, verdict, reason, left, right) of each; `detail["only_left"]`, `["only_right"]` the
    names one side alone states. A side that states two values for one name is contradictory: that name is unknown.
    """
    one, other = _by_name(left[:MOST_PARAMETERS]), _by_name(right[:MOST_PARAMETERS])
    rows: list[tuple[str, Comparison]] = []
    for name in [name for name in one if name in other]:
        rows.append((name, _compare_stated(one[name], other[name])))
    telling = [found for name, found in rows if name not in AMOUNTS and found.verdict is not Verdict.UNKNOWN]
    detail = {
        "rows": tuple((name, row.verdict.value, row.reason, row.left, row.right) for name, row in rows),
        "only_left": tuple(name for name in one if name not in other),
        "only_right": tuple(name for name in other if name not in one),
    }
    shown = _shown(left), _shown(right)
    if not telling:
        if not one or not other:
            return Comparison(Verdict.UNKNOWN, 0.0, "not_stated", detail, *shown)
        amounts = [found for name, found in rows if name in AMOUNTS and found.holds]
        reason = "only_amounts" if amounts else rows[0][1].reason if rows else "no_shared_parameter"
        return Comparison(Verdict.UNKNOWN, 0.0, reason, detail, *shown)
    worst = max(telling, key=lambda found: (_ORDER[found.verdict], -found.score))
    score = min(found.score for found in telling)
    return Comparison(worst.verdict, score, worst.reason, detail, *shown)


def _by_name(parameters: Iterable[Parameter]) -> dict[str, list[Parameter]]:
    named: dict[str, list[Parameter]] = {}
    for parameter in parameters:
        if parameter.value.strip():
            named.setdefault(name_of(parameter.name), []).append(parameter)
    return named


def _compare_stated(left: list[Parameter], right: list[Parameter]) -> Comparison:
    if _contradicts(left) or _contradicts(right):
        return unknown("contradictory", _shown(left), _shown(right))
    return compare_values(left[0], right[0])


def _contradicts(parameters: list[Parameter]) -> bool:
    return any(compare_values(parameters[0], other).verdict is not Verdict.SAME for other in parameters[1:])


def _shown(parameters: Iterable[Parameter]) -> str:
    return "; ".join(f"{each.name} {each.value} {each.unit}".strip() for each in parameters)
