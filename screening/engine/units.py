"""Units of measurement as they are written, and their conversion to one unit per dimension."""

from typing import Final

# dimension: unit written as it is (case tells mW from MW) = factor to the dimension's base unit.
_UNIT_TEXT: Final = """\
length m=1 metre=1 meter=1 metres=1 meters=1 km=1000 dm=0.1 cm=0.01 mm=0.001 millimetre=0.001 millimeter=0.001
length µm=1e-6
length um=1e-6 micron=1e-6 microns=1e-6 micrometre=1e-6 micrometer=1e-6 nm=1e-9 nanometre=1e-9 nanometer=1e-9
length pm=1e-12 Å=1e-10
length angstrom=1e-10 in=0.0254 inch=0.0254 inches=0.0254 ″=0.0254 zoll=0.0254 duim=0.0254 ft=0.3048 foot=0.3048
length feet=0.3048 yd=0.9144 yard=0.9144 mi=1609.344 mile=1609.344 miles=1609.344 nmi=1852 NM=1852 mil=2.54e-5
length thou=2.54e-5
mass kg=1 kilogram=1 kilograms=1 kgs=1 g=0.001 gram=0.001 grams=0.001 mg=1e-6 µg=1e-9 ug=1e-9 t=1000 ton=1000
mass tonne=1000
mass tonnes=1000 tons=1000 tonnen=1000 mt=1000 MT=1000 lb=0.45359237 lbs=0.45359237 pound=0.45359237
mass pounds=0.45359237
mass oz=0.028349523 gr=6.479891e-5 grain=6.479891e-5 kilo=1
frequency Hz=1 hertz=1 1/s=1 s-1=1 s^-1=1 kHz=1e3 MHz=1e6 GHz=1e9 THz=1e12 fps=1 rps=1 rpm=0.016666666666666666
frequency 1/min=0.016666666666666666 U/min=0.016666666666666666 tr/min=0.016666666666666666 kilohertz=1e3
frequency megahertz=1e6
frequency gigahertz=1e9 Gc=1e9 rev/min=0.016666666666666666
power W=1 watt=1 watts=1 mW=1e-3 µW=1e-6 uW=1e-6 kW=1e3 kilowatt=1e3 MW=1e6 megawatt=1e6 GW=1e9 TW=1e12
power hp=745.699872 HP=745.699872
power PS=735.49875 ch=735.49875 pk=735.49875 VA=1 kVA=1e3 MVA=1e6
voltage V=1 volt=1 volts=1 mV=1e-3 µV=1e-6 uV=1e-6 kV=1e3 MV=1e6 kilovolt=1e3
current A=1 amp=1 amps=1 ampere=1 amperes=1 mA=1e-3 µA=1e-6 uA=1e-6 kA=1e3
resistance Ω=1 ohm=1 ohms=1 kΩ=1e3 kohm=1e3 MΩ=1e6
capacitance F=1 mF=1e-3 µF=1e-6 uF=1e-6 nF=1e-9 pF=1e-12
inductance H=1 mH=1e-3 µH=1e-6 uH=1e-6 nH=1e-9
ratio %=0.01 percent=0.01 pct=0.01 wt%=0.01 vol%=0.01 %w/w=0.01 procent=0.01 prozent=0.01 pourcent=0.01 ‰=0.001
ratio ppm=1e-6 ppb=1e-9
time s=1 sec=1 secs=1 second=1 seconds=1 ms=1e-3 µs=1e-6 us=1e-6 ns=1e-9 ps=1e-12 fs=1e-15 min=60 mins=60 minute=60
time minutes=60
time h=3600 hr=3600 hrs=3600 hour=3600 hours=3600 uur=3600 stunden=3600 heures=3600 d=86400 day=86400 days=86400
time week=604800
time weeks=604800 year=31557600 years=31557600 a=31557600
data bit=1 bits=1 b=1 byte=8 bytes=8 B=8 kbit=1e3 Mbit=1e6 Gbit=1e9 kB=8e3 KB=8e3 MB=8e6 GB=8e9 TB=8e12 octet=8
data octets=8
data KiB=8192 MiB=8388608 GiB=8589934592
datarate bit/s=1 bps=1 kbit/s=1e3 kbps=1e3 Mbit/s=1e6 Mbps=1e6 Gbit/s=1e9 Gbps=1e9 Tbit/s=1e12 Tbps=1e12 MB/s=8e6
datarate GB/s=8e9
samplerate S/s=1 sps=1 kS/s=1e3 ksps=1e3 MS/s=1e6 Msps=1e6 MSPS=1e6 GS/s=1e9 Gsps=1e9 GSPS=1e9
pressure Pa=1 hPa=100 kPa=1e3 MPa=1e6 GPa=1e9 bar=1e5 mbar=100 psi=6894.757293 atm=101325 Torr=133.322368
pressure torr=133.322368
pressure mmHg=133.322387 ksi=6894757.293 N/mm2=1e6 N/mm²=1e6
force N=1 kN=1e3 MN=1e6 kgf=9.80665 lbf=4.4482216 daN=10
energy J=1 mJ=1e-3 µJ=1e-6 uJ=1e-6 kJ=1e3 MJ=1e6 GJ=1e9 Wh=3600 kWh=3.6e6 MWh=3.6e9 eV=1.602176634e-19
energy keV=1.602176634e-16
energy MeV=1.602176634e-13 GeV=1.602176634e-10 cal=4.184 kcal=4184
speed m/s=1 km/h=0.2777777777777778 kmh=0.2777777777777778 kph=0.2777777777777778 mph=0.44704 kn=0.5144444
speed kt/h=0.5144444
speed knots=0.5144444 knot=0.5144444 km/s=1000 mm/s=0.001 mm/min=1.6666666666666667e-05 m/min=0.016666666666666666
acceleration m/s2=1 m/s²=1 m/s^2=1 gn=9.80665 g0=9.80665
angle deg=1 °=1 degree=1 degrees=1 rad=57.29577951308232 mrad=0.05729577951308232 arcmin=0.016666666666666666
angle arcsec=0.0002777777777777778 µrad=5.729577951308232e-05 urad=5.729577951308232e-05 grad=0.9
anglerate deg/h=1 °/h=1 deg/hr=1 °/hr=1 deg/s=3600 °/s=3600 rad/s=206264.80624709636
volume l=0.001 L=0.001 litre=0.001 liter=0.001 litres=0.001 liters=0.001 ml=1e-6 mL=1e-6 cl=1e-5 hl=0.1 m3=1 m³=1
volume cm3=1e-6
volume cm³=1e-6 cc=1e-6 dm3=0.001 dm³=0.001 gal=0.003785411784 gallon=0.003785411784 ft3=0.028316846592
area m2=1 m²=1 cm2=1e-4 cm²=1e-4 mm2=1e-6 mm²=1e-6 km2=1e6 km²=1e6 ha=1e4 ft2=0.09290304 sqm=1
flow m3/h=1 m³/h=1 l/min=0.06 L/min=0.06 l/h=0.001 L/h=0.001 l/s=3.6 L/s=3.6 m3/s=3600 m³/s=3600 m3/min=60 m³/min=60
field T=1 tesla=1 mT=1e-3 G=1e-4 gauss=1e-4
radiation Gy=1 kGy=1e3 rad(Si)=0.01 krad=10 Mrad=1e4
activity Bq=1 kBq=1e3 MBq=1e6 GBq=1e9 TBq=1e12 Ci=3.7e10 mCi=3.7e7
computing FLOPS=1 MFLOPS=1e6 GFLOPS=1e9 TFLOPS=1e12 PFLOPS=1e15
wtcomputing WT=1 GWT=1e9
pixels px=1 pixel=1 pixels=1 kpx=1e3 Mpx=1e6 MP=1e6 megapixel=1e6 megapixels=1e6
level dB=1
level_dbm dBm=1
level_dbi dBi=1
torque Nm=1 N·m=1 kNm=1e3
density g/cm3=1000 g/cm³=1000 kg/m3=1 kg/m³=1"""

_TABLE: Final = {
    name: (float(factor), line.split(" ", 1)[0])
    for line in _UNIT_TEXT.splitlines()
    for name, factor in (entry.rsplit("=", 1) for entry in line.split(" ")[1:])
}
# Units written in another case, where no two units share the letters.
_CASELESS: Final = {
    name.casefold(): found
    for name, found in _TABLE.items()
    if len({other for key, other in _TABLE.items() if key.casefold() == name.casefold()}) == 1
}
_TEMPERATURES: Final = {
    "k": (1.0, 0.0),
    "kelvin": (1.0, 0.0),
    "°c": (1.0, 273.15),
    "c": (1.0, 273.15),
    "degc": (1.0, 273.15),
    "celsius": (1.0, 273.15),
    "°f": (5 / 9, 459.67 * 5 / 9),
    "degf": (5 / 9, 459.67 * 5 / 9),
    "fahrenheit": (5 / 9, 459.67 * 5 / 9),
}
UNITLESS: Final = frozenset(
    ("", "1", "-", "–", "none", "count", "pcs", "n/a", "x", "number", "axes", "axis", "channels", "units")
)


def to_base(value: float, unit: str) -> tuple[float, str] | None:
    """
    The value in the base unit of its dimension, and the dimension; None if the unit is not known.

    "" and "1" are the dimension "none"; micro signs are one.
    """
    name = unit.strip().replace("μ", "µ")
    if name.casefold() in UNITLESS:
        return value, "none"
    found = _TABLE.get(name) or _CASELESS.get(name.casefold()) or _TABLE.get(name.rstrip("."))
    if found:
        return value * found[0], found[1]
    temperature = _TEMPERATURES.get(name.casefold().replace(" ", ""))
    return (value * temperature[0] + temperature[1], "temperature") if temperature else None
