"""The search box: the folded words of a record, and the records that hold all the words asked for."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import Q

from denials.law import codes, words
from denials.law.content import DenialContent
from denials.law.transactions import Role
from denials.models import Country
from denials.querysets import DenialQuerySet

WHOLE_WORD = 2  # a word this short must stand alone: "il" is Israel, not "drill"
BEGINNING = 4  # a word this short must begin one
MOST_WORDS = 12


def search_text(content: DenialContent, reference: str, places: Mapping[str, str]) -> str:
    """
    Return the folded words of a record between blanks; an exporter's name is not among them.

    :param places: code of a country to its names in all languages, see `names_of_places`.
    """
    text = words.fold(" ".join(_texts(content, reference, places)))
    entries = " ".join(dict.fromkeys(_entries(content)))
    return f" {text} {entries} "


def names_of_places(contents: Iterable[DenialContent]) -> dict[str, str]:
    """Return the names of every country that the contents mention, by its code."""
    mentioned = {code for content in contents for code in _codes_of_places(content)}
    return {
        country.code: " ".join((country.code, country.name_en, *country.names.values()))
        for country in Country.objects.filter(code__in=mentioned)
    }


def _codes_of_places(content: DenialContent) -> Iterator[str]:
    yield from (one.code for one in content.destinations)
    yield from (party.country for party in content.parties if party.role != Role.EXPORTER)


def _texts(content: DenialContent, reference: str, places: Mapping[str, str]) -> Iterator[str]:
    yield reference
    yield content.source_reference
    for party in content.parties:
        if party.role != Role.EXPORTER:
            yield " ".join((party.name, *party.aliases, party.address, *(value for _, value in party.identifiers)))
    for item in content.items:
        yield " ".join((item.description, item.description_en, item.model, item.manufacturer, item.cas, item.cn))
        yield item.code_printed
    yield " ".join(one.printed for one in content.destinations)
    yield from (places.get(code, "") for code in dict.fromkeys(_codes_of_places(content)))
    yield content.end_use


def _entries(content: DenialContent) -> Iterator[str]:
    """Every code run together, so that `3A001.a.2`, `3A001a2` and `3A001` find it."""
    for item in content.items:
        yield words.compact(item.code)
        yield words.compact(item.code_printed)


def find(denials: DenialQuerySet, asked: str) -> DenialQuerySet:
    """
    Return the denials whose current version holds every word asked for, in any order and script.

    What is asked in signs alone is found nowhere; nothing asked leaves the list as it is.
    """
    wanted = list(needles(asked))
    if asked.strip() and not wanted:
        return denials.none()
    for needle in wanted:
        denials = denials.filter(Q(current__search_text__contains=needle))
    return denials


def needles(asked: str) -> list[str]:
    """Return what the stored text must contain: codes run together, short words whole, longer ones anywhere."""
    whole = codes.parse(asked.strip())
    if whole.control_list:
        return [f" {words.compact(whole.canonical)}"]
    found = []
    for word in asked.split()[:MOST_WORDS]:
        code = codes.parse(word)
        if code.control_list:
            found.append(f" {words.compact(code.canonical)}")
        else:
            found.extend(map(_needle, words.fold(word).split()))
    return found


def _needle(word: str) -> str:
    if len(word) <= WHOLE_WORD:
        return f" {word} "
    return f" {word}" if len(word) <= BEGINNING else word
