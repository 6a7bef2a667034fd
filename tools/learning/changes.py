# ruff: noqa: E501
"""What happens to a name between two forms: the ways in which an application and a denial write one party."""

import re
from collections.abc import Callable
from random import Random

from tools.learning.invent import COMMON, FIELDS, HEADS, LEGAL, PLACES, QUALITIES, TRADES, Invented

CYRILLIC = (("shch", "щ"), ("sch", "щ"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("ch", "ч"), ("sh", "ш"), ("yu", "ю"),
            ("ya", "я"), ("yo", "ё"), ("iy", "ий"), ("ey", "ей"), ("ei", "ей"), ("ai", "ай"), ("a", "а"), ("b", "б"), ("v", "в"),
            ("g", "г"), ("d", "д"), ("e", "е"), ("z", "з"), ("i", "и"), ("y", "ы"), ("k", "к"), ("l", "л"), ("m", "м"),
            ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "х"),
            ("c", "к"), ("q", "к"), ("w", "в"), ("x", "кс"), ("j", "дж"))  # fmt: skip
ARABIC = (("sh", "ش"), ("kh", "خ"), ("gh", "غ"), ("th", "ث"), ("aa", "ا"), ("oo", "و"), ("ou", "و"), ("b", "ب"), ("t", "ت"),
          ("j", "ج"), ("h", "ح"), ("d", "د"), ("r", "ر"), ("z", "ز"), ("s", "س"), ("f", "ف"), ("q", "ق"), ("k", "ك"),
          ("l", "ل"), ("m", "م"), ("n", "ن"), ("w", "و"), ("y", "ي"), ("g", "غ"), ("p", "ب"), ("v", "ف"), ("i", ""),
          ("a", ""), ("e", ""), ("o", ""), ("u", "و"), ("c", "ك"), ("x", "كس"))  # fmt: skip
GREEK = (("th", "θ"), ("ch", "χ"), ("ps", "ψ"), ("ou", "ου"), ("a", "α"), ("b", "μπ"), ("v", "β"), ("g", "γ"), ("d", "δ"),
         ("e", "ε"), ("z", "ζ"), ("i", "ι"), ("k", "κ"), ("l", "λ"), ("m", "μ"), ("n", "ν"), ("x", "ξ"), ("o", "ο"),
         ("p", "π"), ("r", "ρ"), ("s", "σ"), ("t", "τ"), ("y", "υ"), ("f", "φ"), ("h", "χ"), ("u", "ου"), ("c", "κ"), ("j", "τζ"),
         ("w", "β"), ("q", "κ"))  # fmt: skip
SPELLINGS = (("ei", "ey"), ("ey", "ei"), ("y", "i"), ("i", "y"), ("kh", "h"), ("h", "kh"), ("zh", "j"), ("ya", "ia"), ("yu", "iu"),
             ("ts", "c"), ("c", "k"), ("k", "c"), ("ou", "u"), ("u", "ou"), ("oo", "u"), ("ee", "i"), ("v", "w"), ("w", "v"),
             ("q", "k"), ("aa", "a"), ("s", "ss"), ("o", "a"), ("e", "a"), ("a", "e"), ("e", "i"), ("gh", "g"), ("dzh", "j"),
             ("sh", "ch"), ("ks", "x"), ("mm", "m"), ("hm", "hamm"), ("f", "ff"), ("d", "t"), ("ov", "au"), ("g", "h"))  # fmt: skip
HOMOGLYPHS = dict(zip("aeopcxyiBHKMT", "аеорсхуіВНКМТ", strict=True))
INVISIBLE = ("\u200b", "\u200d", "\u2060", "\u200c")


def typed_wrong(text: str, random: Random) -> str:
    """One typing error."""
    if len(text) < 3:
        return text
    at = random.randrange(len(text) - 1)
    letter = random.choice("abcdefghijklmnopqrstuvwxyz")
    return random.choice((
        text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        text[:at] + text[at + 1 :],
        text[:at] + text[at] + text[at:],
        text[:at] + letter + text[at + 1 :],
    ))  # fmt: skip


def spelled(word: str, random: Random, most: int = 2) -> str:
    """A word in another romanisation."""
    for _ in range(random.randint(1, most)):
        held = [(old, new) for old, new in SPELLINGS if old in word[1:]]
        if held:
            old, new = random.choice(held)
            word = word[0] + word[1:].replace(old, new, 1)
    return word


def in_script(text: str, table: tuple[tuple[str, str], ...]) -> str:
    found, at, lowered = [], 0, text.lower()
    while at < len(lowered):
        sound = next((pair for pair in table if lowered.startswith(pair[0], at)), None)
        written = sound[1] if sound else lowered[at]
        found.append(written.upper() if written and text[at].isupper() and len(written) == 1 else written)
        at += len(sound[0]) if sound else 1
    return "".join(found)


def translated(text: str, random: Random) -> str:
    """Common words and places in another of their forms."""
    words = []
    for word in text.split():
        bare = re.sub(r"\W", "", word.lower())
        line = next((line for line in (*COMMON, *PLACES) if bare in line), None)
        words.append(random.choice(line).title() if line and len(line) > 1 and len(bare) > 3 else word)
    return " ".join(words)


def without_legal(one: Invented) -> str:
    return one.name[: -len(one.legal)].strip(" ,") if one.legal else one.name


def exact(one: Invented, random: Random) -> str:
    return random.choice((one.name, one.name.upper(), one.name.lower(), one.name.title()))


def legal_form(one: Invented, random: Random) -> str:
    bare = without_legal(one)
    other = random.choice(LEGAL[one.culture])
    return random.choice((bare, f"{bare} {other}", f"{other} {bare}")) if not one.is_person else one.name


def reorder(one: Invented, random: Random) -> str:
    words = one.name.replace(",", "").split()
    cut = random.randrange(1, len(words)) if len(words) > 1 else 0
    return " ".join(words[cut:] + words[:cut]) if random.random() < 0.7 else " ".join(random.sample(words, len(words)))


def partial(one: Invented, random: Random) -> str:
    words = without_legal(one).replace(",", " ,").split()
    if len(words) < 3 or random.random() < 0.35:
        added = random.choice(("the", "branch", "group", "international", "centre", "(main)", "department", "campus"))
        return " ".join([added.title(), *words]) if random.random() < 0.3 else " ".join([*words, added.title()])
    gone = random.randrange(len(words))
    kept = [word for at, word in enumerate(words) if at != gone and (len(words) < 5 or at != gone + 1)]
    return " ".join(kept)


def belarusian(word: str) -> str:
    for old, new in (
        ("ov", "au"),
        ("ev", "eu"),
        ("o", "a"),
        ("g", "h"),
        ("ti", "tsi"),
        ("di", "dzi"),
        ("ri", "ry"),
        ("ei", "iarhei"),
    ):
        word = word[0] + word[1:].replace(old, new, 1)
    return word


def spelling(one: Invented, random: Random) -> str:
    words = one.name.split()
    if one.culture == "slavic" and one.is_person and random.random() < 0.3:
        return " ".join(map(belarusian, words))
    for at in random.sample(range(len(words)), min(len(words), random.randint(1, 2))):
        words[at] = spelled(words[at], random)
    return " ".join(words)


def typo(one: Invented, random: Random) -> str:
    words = one.name.split()
    at = max(range(len(words)), key=lambda place: len(words[place]) * random.random())
    words[at] = typed_wrong(words[at], random)
    return " ".join(words)


def degraded(one: Invented, random: Random) -> str:
    kind = random.randrange(4)
    if kind == 0:
        return re.sub(r"(?<=\w)[aeiouy]", "", one.name)
    if kind == 1:
        return one.name[: max(6, int(len(one.name) * random.uniform(0.6, 0.9)))]
    if kind == 2:
        return typo(Invented(typo(one, random), one.culture, one.country, one.is_person), random)
    return spelling(Invented(partial(one, random), one.culture, one.country, one.is_person), random)


def adversarial(one: Invented, random: Random) -> str:
    at = random.randrange(1, len(one.name))
    kind = random.randrange(4)
    if kind == 0:
        return one.name[:at] + random.choice(INVISIBLE) + one.name[at:]
    if kind == 1:
        return one.name[:at] + " " + one.name[at:]
    if kind == 2:
        return one.name.replace(" ", "", 1)
    letters = [at for at, letter in enumerate(one.name) if letter in HOMOGLYPHS]
    at = random.choice(letters) if letters else 0
    return one.name[:at] + HOMOGLYPHS.get(one.name[at], one.name[at]) + one.name[at + 1 :]


def script(one: Invented, random: Random) -> str:
    table = {"slavic": CYRILLIC, "turkic": CYRILLIC, "arabic": ARABIC}.get(
        one.culture, random.choice((CYRILLIC, GREEK, ARABIC))
    )
    varied = spelling(one, random) if random.random() < 0.6 else one.name
    if table is CYRILLIC and not one.is_person and random.random() < 0.3:
        varied = adjectival(varied, random)
    return in_script(translated(varied, random) if random.random() < 0.4 else varied, table)


def adjectival(name: str, random: Random) -> str:
    """The first word of a name of several as a Slavic adjective: "Novgrad University", "Novgradskiy University"."""
    first, *others = name.split()
    if not others or len(first) < 4:
        return name
    root = re.sub(r"[aeiouy]+$", "", first)
    return " ".join([root + random.choice(("", "", "in", "ov")) + random.choice(("skiy", "skaya", "skoe")), *others])


def translation(one: Invented, random: Random) -> str:
    changed = translated(one.name, random)
    return (
        reorder(Invented(changed, one.culture, one.country, one.is_person), random)
        if random.random() < 0.4
        else changed
    )


def variant(one: Invented, random: Random) -> str:
    first, second = (
        random.choice((partial, spelling, translation, legal_form)),
        random.choice((partial, spelling, reorder)),
    )
    return second(Invented(first(one, random), one.culture, one.country, one.is_person), random)


def acronym(one: Invented, random: Random) -> str:
    words = [word for word in re.findall(r"\w+", without_legal(one)) if word.lower() not in ("of", "the", "and", "for")]
    letters = "".join(word[0] for word in words).upper()
    return letters if len(letters) >= 3 else one.name


def unrelated(one: Invented, random: Random) -> str:
    """Another name of the same one, with a word in common at most."""
    words = one.name.split()
    return f"{random.choice(words)} {random.choice(words)}" if random.random() < 0.5 else acronym(one, random)[::-1]


def another(one: Invented, random: Random) -> str:
    """The name of somebody else in the same place: another head, subject or quality, or one more or less."""
    words = one.name.split()
    kinds = (HEADS, FIELDS, QUALITIES, TRADES)
    told = [at for at, word in enumerate(words) if any(word.lower() in kind for kind in kinds)]
    if not told or random.random() < 0.15:
        return " ".join([*words[:1], random.choice(QUALITIES).title(), *words[1:]])
    at = random.choice(told)
    kind = next(kind for kind in kinds if words[at].lower() in kind)
    words[at] = random.choice(kind).title()
    if random.random() < 0.2:
        words.insert(random.randint(1, len(words)), random.choice(FIELDS).title())
    return " ".join(words)


CHANGES: tuple[Callable[[Invented, Random], str], ...] = (
    exact, legal_form, reorder, partial, spelling, typo, degraded, adversarial, script, variant, acronym, translation,
    unrelated,
)  # fmt: skip
