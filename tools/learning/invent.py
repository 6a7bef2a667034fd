# ruff: noqa: E501
"""Invented names of firms, institutes and people in several cultures, with the frequencies names have in life."""

from dataclasses import dataclass
from random import Random

from screening.engine.name_words import COMMON_WORD_TEXT, PLACE_TEXT

SYLLABLES = {
    "slavic": ("bo vo go do zho za ko lo mi mo ni po ra ro se so ste ta to tre ty u fe cha sha yu ya gri dmi kra pro vla "
               "sve bel gor nik pet ser tim kir lev mak ras sol tol var yar zel", "nov ov in sk mir slav gorod nik ko enko ich ets "
               "chuk ev yov ar el on ul ysh"),
    "turkic": ("ka ra da bey de mir oz yil ay gun tek kur sa ha kim ba tu er al to ko ce me se gul bas ak yal cet dogan",
               "dag oglu can han kaya maz soy tas er bek baev ov lar tepe su man"),
    "arabic": ("ab ah al ba da fa gha ha hu ib ja ka kha ma mu na om qa ra sa sha ta tha um wa ya za ham mah sal yus",
               "ad an ar at awi di fi ham hir id im in ir mad min naf qub rah rim sim tar wan zi"),
    "latin": ("al ba be bo ca co da de do es fa fe ga gua ho in la le lo ma mi mon na no pa pe ra ri ro sa san te to va ve "
              "vi cor fer mar mar ber", "no na ra ro lla llo dez nez no ta to si co ni ri le nte ova mar ban zal cci tti"),
    "germanic": ("an ber brau det ein fal fran ger gold grun hal har hein her hoch ing kal kar klein kro lan lin lud mann "
                 "neu ober ot rein ros schu schwar stein tal thal ul wal wei win", "bach berg burg dorf feld hof ing kamp "
                 "mann ner rich schmidt stadt stein tal wald er ling sen son by lund"),
    "english": ("ash bar black bran brook car clif cran dal den dun east fair glen green ham hart hol ken king lang lin mar "
                "mill nor oak pen red rock sher stan stone thorn wal wes whit win wood", "bridge bury by combe don field "
                "ford ham hurst land ley low mere more port son stead ton well wick worth"),
    "chinese": ("bai bei chang chao chen cheng da dong fei feng fu gao guang guo hai han hang he heng hong hua huai hui "
                "jia jian jin jing kai lan li liang lin ling long mei min nan ning ping qi qing quan rong shan shao "
                "shen sheng shi su tai tian tong wei wen wu xi xia xian xin yan yang yi yong yu yuan yun ze zhang "
                "zhao zhen zheng zhi zhong zhou zhu", "an bo chun de gang hai hua jiang jun kang lin ming nan ping shan tong xing yang yuan zhou"),
    "japanese": ("a aki ao asa chi da fu fuji ha hara hi hiro i ichi ishi ka kami kawa ki kita ko ku ma matsu mi mina mori "
                 "mura na naka ni no o oka sa saka se shi su ta taka to toyo u wa ya yama yoshi", "da gawa hara hashi i ji "
                 "ki ko kawa ma moto mura no saki shima ta to ya yama zawa ra mi"),
    "indian": ("a an bha cha de di ga gi ha in ja ka kri la ma mo na ni pa pra ra ri sa sha shi su ta va vi ya chand raj",
               "bad das dev gar ji kar la lam mar nath pal pur ra rajan rao sh sharma ti vati want wal nagar"),
    "korean": ("bae baek bong bu cha chan cho chung dae do dong eun gang geum gi go gwang ha han ho hwa hyun il in jang jeon "
               "ji jin jung kang ki kwang kyo mi min mun nam sam san se seo seok seong su tae un wol won yang yeon yong", "buk cheon dong gang gu gwan gye ho hyeon il ju jun ki mun nam san seok seong su won"),
}  # fmt: skip
GIVEN = {
    "slavic": "ivan sergei dmitry vladimir nikolai aleksandr andrei mikhail yuri oleg viktor igor pavel elena olga "
              "natalia tatiana irina svetlana boris vasily konstantin roman maksim evgeny ruslan anton denis",
    "turkic": "mehmet ahmet mustafa ali hasan emre murat yusuf fatma ayse zeynep elif timur rustam aslan bekir osman",
    "arabic": "muhammad ahmad ali hassan hussein omar khalid ibrahim abdullah mahmoud mustafa yusuf said salem karim "
              "fatima maryam nasser tariq walid samir jamal hamid rashid",
    "latin": "jose maria juan carlos luis ana pedro antonio manuel jorge miguel rosa fernando rafael paulo marco giulia",
    "germanic": "hans peter klaus anna karl heinz ursula jan pieter willem lars erik ingrid sven anders",
    "english": "john james mary robert michael david sarah william richard thomas susan emily george henry",
    "chinese": "wei fang min jing li yan jun yong lei tao hua xia ping gang jie",
    "japanese": "hiroshi takashi akira yoko kenji yuki haruto sakura naoki kazuo michiko",
    "indian": "raj amit sanjay priya anil sunita ramesh vijay anita suresh deepak kavita",
    "korean": "minjun seoyeon jihoon yong chol myong song hyun sun kwang",
}  # fmt: skip
LEGAL = {
    "slavic": ("LLC", "OOO", "JSC", "AO", "PAO", "OJSC", "Ltd", "ZAO"),
    "turkic": ("A.S.", "Ltd. Sti.", "Limited", "Co."),
    "arabic": ("LLC", "Co.", "Company", "FZE", "Trading LLC", "Ltd"),
    "latin": ("S.A.", "S.A. de C.V.", "Ltda", "S.R.L.", "S.p.A.", "SL", "S.A.S."),
    "germanic": ("GmbH", "AG", "B.V.", "N.V.", "AB", "A/S", "GmbH & Co. KG", "Oy"),
    "english": ("Ltd", "Limited", "Inc.", "LLC", "Corporation", "plc", "Company"),
    "chinese": ("Co., Ltd.", "Co. Ltd", "Limited", "Corporation", "Company Limited"),
    "japanese": ("Co., Ltd.", "K.K.", "Corporation", "Inc."),
    "indian": ("Pvt Ltd", "Private Limited", "Limited", "Ltd."),
    "korean": ("Co., Ltd.", "Corporation", "Inc."),
}
COUNTRIES = {
    "slavic": "RU RU BY UA KZ BG RS", "turkic": "TR TR AZ KZ UZ", "arabic": "SY IQ EG SA AE IR LB PK AF",
    "latin": "ES MX BR CO IT PT AR FR", "germanic": "DE DE NL SE AT CH DK", "english": "GB US US US CA AU",
    "chinese": "CN CN CN HK TW", "japanese": "JP", "indian": "IN IN BD LK NP", "korean": "KR KR KP",
}  # fmt: skip
COMMON = [line.split() for line in COMMON_WORD_TEXT.splitlines()]
COUNTRY_NAMES = ("Germany", "United Kingdom", "South Africa", "France", "Japan", "United States", "China", "India")
PLACES = [line.split() for line in PLACE_TEXT.splitlines()]
HEADS = ("university", "institute", "academy", "college", "centre", "laboratory", "department", "ministry", "hospital",
         "foundation", "association", "agency", "society", "museum", "clinic", "school", "faculty", "office", "bank")  # fmt: skip
FIELDS = ("physics", "chemistry", "technology", "science", "engineering", "medicine", "agriculture", "energy", "space",
          "defence", "mathematics", "biology", "economics", "education", "optics", "materials", "electronics",
          "aviation", "health", "law", "arts", "music", "environment", "metallurgy", "marine", "geology", "genetics",
          "nuclear", "computer", "information", "transport", "history", "language", "cancer", "heart", "forest",
          "fisheries", "mining", "textile", "food", "water", "veterinary", "pharmacy", "dentistry", "nursing",
          "statistics", "astronomy", "radio", "plasma", "polymer", "robotics", "communication")  # fmt: skip
TRADES = ("trading", "industries", "group", "electronics", "shipping", "engineering", "machinery", "chemical", "steel",
          "optics", "technologies", "systems", "international", "holding", "logistics", "aviation", "construction",
          "import export", "petroleum", "pharma", "instruments", "tools", "metal", "textile", "solutions", "services",
          "consulting", "investment", "general trading", "energy", "motors", "marine", "foods", "motor",
          "semiconductor", "precision", "laser", "software", "networks", "security")  # fmt: skip
QUALITIES = ("national", "state", "technical", "central", "international", "federal", "royal", "medical", "polytechnic",
             "agricultural", "pedagogical", "advanced", "applied", "general", "military", "open", "catholic", "research",
             "scientific", "industrial", "regional", "north", "south", "eastern", "western", "new")  # fmt: skip


@dataclass(frozen=True)
class Invented:
    """A name, what it was made of, and where it is."""

    name: str
    culture: str
    country: str
    is_person: bool
    legal: str = ""


class World:
    """Stems of several cultures, some frequent and most rare, and the names made of them."""

    def __init__(self, seed: int, stems: int) -> None:
        self.random = Random(seed)  # noqa: S311 - invented names
        self.stems = {culture: [self._stem(culture) for _ in range(stems)] for culture in SYLLABLES}
        self.surnames = {culture: [self._stem(culture) for _ in range(stems)] for culture in SYLLABLES}
        self.local = {
            culture: [self._stem(culture) + self._stem(culture)[:3] for _ in range(90)] for culture in SYLLABLES
        }
        self.families = [self._family() for _ in range(stems // 4)]

    def _family(self) -> tuple[str, str, str]:
        """The words that the parts of one body have in common."""
        culture = self.random.choice(list(SYLLABLES))
        country = self.random.choice(COUNTRIES[culture].split())
        words = (self.local_name(culture) if self.random.random() < 0.5 else self.institute(culture)).split()
        return culture, country, " ".join(words[: self.random.randint(2, 6)])

    def local_name(self, culture: str) -> str:
        """A name in the tongue of the place: a few frequent words of it, and perhaps who or where."""
        link = self.random.choice(("de", "of", "di", "i", "", "", "für", "del"))
        words = [self.pick(self.local[culture]) for _ in range(self.random.randint(2, 4))]
        if self.random.random() < 0.3:
            words[0] = self.random.choice(self.random.choice(COMMON))
        if link:
            words.insert(self.random.randint(1, len(words) - 1), link)
        if self.random.random() < 0.5:
            words += (*self.random.choice(((), (link,))), self.pick(self.stems[culture]))
        return " ".join(word.capitalize() if len(word) > 3 else word for word in words if word)

    def member(self) -> Invented:
        """A part of a body: what all have in common, and what is its own."""
        culture, country, shared = self.random.choice(self.families)
        own = self.random.choice((
            self.pick(self.stems[culture]).capitalize(), self.random.choice(FIELDS).title(),
            f"{self.random.choice(FIELDS).title()} {self.random.choice(HEADS).title()}",
            self.pick(self.local[culture]).capitalize(), f"{self.random.choice(HEADS).title()} {self.pick(self.stems[culture]).capitalize()}",
            " ".join(self.pick(self.local[culture]).capitalize() for _ in range(2)), "",
        ))  # fmt: skip
        name = f"{shared} {own}" if self.random.random() < 0.75 else f"{own} {shared}"
        return Invented(name.strip(), culture, country, False)

    def _stem(self, culture: str) -> str:
        first, last = (part.split() for part in SYLLABLES[culture])
        middle = self.random.choice((0, 0, 1) if culture != "chinese" else (0, 0, 0, 1))
        parts = [self.random.choice(first) for _ in range(1 + middle)]
        return "".join([*parts, self.random.choice(last)])

    def pick(self, stems: list[str]) -> str:
        """A stem, the first ones far oftener than the last."""
        return stems[int(len(stems) * self.random.random() ** 2.2)]

    def any(self) -> Invented:
        culture = self.random.choice(list(SYLLABLES))
        country = self.random.choice(COUNTRIES[culture].split())
        country = "" if self.random.random() < 0.08 else country
        kind = self.random.random()
        if kind < 0.2:
            return Invented(self.person(culture), culture, country, True)
        if kind < 0.36:
            return self.member()
        if kind < 0.6:
            name, legal = self.firm(culture)
            return Invented(name, culture, country, False, legal)
        name = self.local_name(culture) if self.random.random() < 0.4 else self.institute(culture)
        if self.random.random() < 0.05:
            name += f" ({self.random.choice((*COUNTRY_NAMES, self.pick(self.stems[culture]).title()))})"
        return Invented(name, culture, country, False)

    def person(self, culture: str) -> str:
        choose = self.random.choice
        given = choose(GIVEN[culture].split()) if self.random.random() < 0.8 else self._stem(culture)
        family = self.pick(self.surnames[culture])
        if culture == "slavic":
            second = choose(GIVEN[culture].split()) + choose(("ovich", "evich", "ovna", "evna"))
            parts = [given, second, family] if self.random.random() < 0.7 else [given, family]
        elif culture == "arabic":
            second = choose(GIVEN[culture].split())
            parts = [given, second, choose(("al-", "al-", "")) + family]
        else:
            second = choose(GIVEN[culture].split()) if self.random.random() < 0.25 else ""
            parts = [part for part in (given, second, family) if part]
            if culture == "latin" and self.random.random() < 0.5:
                parts.append(self.pick(self.surnames[culture]))
        words = [part.capitalize() for part in parts]
        if self.random.random() < 0.4:
            return f"{words[-1].upper()}, {' '.join(words[:-1])}"
        return " ".join(words)

    def firm(self, culture: str) -> tuple[str, str]:
        choose, chance = self.random.choice, self.random.random
        lead = self.pick(self.stems[culture]).capitalize()
        if chance() < 0.15:
            lead = "".join(choose("ABCDEGIKLMNOPRSTVXZ") for _ in range(self.random.randint(2, 4)))
        words = [lead]
        if chance() < 0.25:
            words.append(self.pick(self.stems[culture]).capitalize())
        if chance() < 0.75:
            words.append(choose(TRADES).title())
        if chance() < 0.3:
            words.append(choose(TRADES).title())
        legal = choose(LEGAL[culture]) if chance() < 0.7 else ""
        return " ".join([*words, legal]).strip(), legal

    def institute(self, culture: str) -> str:
        choose, chance = self.random.choice, self.random.random
        place = self.pick(self.stems[culture]).capitalize()
        head, field, quality = choose(HEADS).title(), choose(FIELDS).title(), choose(QUALITIES).title()
        state = choose(PLACES)[0].title()
        shape = self.random.randrange(12)
        name = (
            f"{head} of {field}", f"{place} {head}", f"{place} {head} of {field}", f"{place} {quality} {head}",
            f"{quality} {head} of {field} of {state}", f"{place} {field} {head}", f"{state} {quality} {field} {head}",
            f"{head} of {field} and {choose(FIELDS).title()}, {place}", f"{place} {self.pick(self.surnames[culture]).capitalize()} {head}",
            f"{place} {quality} {field} {head}", f"{field} {head} of the {state} {choose(('Academy of Sciences', 'University', 'Society'))}",
            f"{self.pick(self.surnames[culture]).capitalize()} {head} for {quality} {field}",
        )[shape]  # fmt: skip
        if chance() < 0.12:
            name += f" ({''.join(word[0] for word in name.split() if word[0].isupper())})"
        return name
