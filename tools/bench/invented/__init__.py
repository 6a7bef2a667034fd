"""An invented register: names in several scripts, entries, places and days spread as real registers spread them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from denials.law.content import Citation, DenialContent, StatedItem, StatedParty
from denials.law.transactions import Destination

FIRST = date(2008, 1, 1)
DAYS = 6700
LATIN = (
    "bar zan tek mir sol var den kor lin ost ran pet gor nim sal ved tor hal bes rik mon fal dor gar lum pran sev tal"
).split()
ENDINGS = ["", "a", "o", "ex", "in", "ov", "ski", "ian", "oglu", "son", "tex", "mash", "tron"]
KINDS = ["Trading", "Industries", "Machinery", "Electronics", "Chemicals", "Defence", "Optics", "Logistics", "Research"]
FORMS = ["Ltd", "LLC", "GmbH", "S.A.", "B.V.", "FZE", "JSC", "Co.", "Sanayi A.Ş.", "Sp. z o.o."]
CYRILLIC = "Завод Машина Прибор Техника Восток Север Импульс Сталь Радар Оптика Химпром Энергия Маяк Сокол".split()
CYRILLIC_SOUNDS = "бар зан тек мир сол вар ден кор лин ост ран пет гор ним сал вед тор хал бес рик мон фал".split()
GREEK = "Ελληνική Χημική Βιομηχανία Αμυντικά Συστήματα Ναυτική Τεχνολογία Οπτικά Μέταλλα Ηλεκτρονική".split()
ARABIC = "شركة النور التجارة الصناعات المتحدة الشرق الخليج التقنية الهندسة المعدات الحديثة العامة".split()
HAN = "北京 上海 科技 有限公司 东方 电子 机械 光学 化工 国际 贸易 华 天 星 航空 研究所 精密 材料".split()
GOODS = (
    "pressure transducers|frequency changers|machine tools, five axes|carbon fibre|vacuum pumps|image intensifiers|"
    "thermal imaging cameras|ball bearings|hydrofluoric acid|potassium cyanide|isostatic presses|flow-forming machines|"
    "spare parts for armoured vehicles|ammunition 5.56 mm|optical sights for rifles|body armour|gas masks|"
    "travelling wave tubes|field programmable gate arrays|inertial measurement units|valves with bellows seal|"
    "centrifugal separators|fermenters|spray drying equipment|laser systems|night vision goggles|radar components|"
    "unmanned aerial vehicles|aluminium alloy tubes|maraging steel|test equipment for semiconductors|IMSI catchers"
).split("|")
QUALITIES = "new used spare calibrated portable industrial modified heated sealed digital tactical civil".split()
USES = (
    "oil refinery|university laboratory|police training|cement plant|water treatment|shipyard|hospital|gas pipeline|"
    "border surveillance|mining|aerospace research|prison service|private security|car industry"
).split("|")
GROUNDS = ["15_1_a", "15_1_b", "15_1_c", "15_1_d", "4_1_a", "4_1_b", "5_1"]


@dataclass(frozen=True)
class World:
    """What reference data the invented denials draw on."""

    states: list[str]
    countries: list[str]
    military: list[str]
    dual_use: list[str]


class Inventor:
    """Draws denials; the same seed gives the same register."""

    def __init__(self, world: World, seed: int = 821) -> None:
        self.world, self.random = world, random.Random(seed)  # noqa: S311 - invented, not secret

    def contents(self, count: int) -> Iterator[tuple[str, DenialContent]]:
        """Yield the code of a state and what it denied."""
        for _ in range(count):
            yield self._skewed(self.world.states, 9), self.content()

    def content(self) -> DenialContent:
        """Return what one denial says."""
        regime = self.random.choices(["arms", "dual_use"], [5, 5])[0]
        destinations = [self._skewed(self.world.countries, 28) for _ in range(self.random.choices([1, 2], [19, 1])[0])]
        codes = self.world.military if regime == "arms" else self.world.dual_use
        items = tuple(self._item(self._skewed(codes, 60)) for _ in range(self.random.choices([1, 2, 3], [16, 3, 1])[0]))
        return DenialContent(
            regime=regime,
            act="refusal",
            legal_basis="cp_4" if regime == "arms" else "annex_i",
            decided_on=FIRST + timedelta(days=int(DAYS * self.random.random() ** 0.7)),
            destinations=tuple(Destination(code) for code in dict.fromkeys(destinations)),
            parties=tuple(self._parties(destinations[0])),
            items=items,
            criteria=self._criteria() if regime == "arms" else (),
            grounds=() if regime == "arms" else tuple(self.random.sample(GROUNDS, self.random.choice([1, 1, 2]))),
            end_use=self.random.choice(USES) if self.random.random() < 0.6 else "",
            explanation="Risk of diversion.",
        )

    def _skewed(self, of: list[str], mean: float) -> str:
        """A few are frequent, most are rare, as in every published register."""
        return of[min(int(self.random.expovariate(1 / mean)), len(of) - 1)]

    def _criteria(self) -> tuple[Citation, ...]:
        some = self.random.sample("1234567778", self.random.choices([1, 2, 3], [5, 4, 1])[0])
        return tuple(Citation(code) for code in sorted(set(some)))

    def _item(self, code: str) -> StatedItem:
        words = f"{self.random.choice(QUALITIES)} {self.random.choice(GOODS)}, type {self._word().upper()[:4]}-{self._number()}"
        return StatedItem.stated(code, description=words, quantity=Decimal(self.random.randint(1, 500)))

    def _parties(self, country: str) -> Iterator[StatedParty]:
        yield StatedParty.stated(
            "end_user", self.name(), country=country, address=f"{self._number()} {self._word()} street"
        )
        if self.random.random() < 0.6:
            yield StatedParty.stated("consignee", self.name(), country=country)

    def name(self) -> str:
        """Return a name in one of five scripts, three quarters of them in Latin letters."""
        script = self.random.choices("LCGAH", [75, 10, 3, 6, 6])[0]
        several: dict[str, Any] = {"G": GREEK, "A": ARABIC}
        if script == "L":
            name = f"{self._word().title()} {self._word().title()}"
            return f"{name} {self.random.choice(KINDS)} {self.random.choice(FORMS)}"
        if script == "C":
            sounds = "".join(self.random.choices(CYRILLIC_SOUNDS, k=2)).title()
            return f"{sounds} {' '.join(self.random.sample(CYRILLIC, 2))}"
        if script == "H":
            return "".join(self.random.sample(HAN, 4))
        return " ".join(self.random.sample(several[script], 3))

    def _word(self) -> str:
        return "".join(self.random.choices(LATIN, k=self.random.choice([2, 2, 3]))) + self.random.choice(ENDINGS)

    def _number(self) -> int:
        return self.random.randint(1, 9999)
