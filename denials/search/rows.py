"""The rows that find denials, kept in step with the register in the transaction of each act."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Func, QuerySet, TextField

from accounts import audit
from denials.law import codes, words
from denials.law.content import DenialContent
from denials.law.places import UNRESOLVED
from denials.law.release import released_to_all
from denials.law.transactions import Role
from denials.models import (
    Country,
    Denial,
    DenialVersion,
    PlaceName,
    RegisterChange,
    RegisterRow,
    RegisterVocabulary,
    RegisterWords,
)
from denials.models import content as rows
from denials.querysets import UNNOTIFIED, scope_of

BATCH = 500
MOST_LEXEMES = 20_000
LONGEST_TEXT = 100_000
SHORTEST_KEPT = 3
#: Before the skeleton of a word, and before an entry with every entry above it: no word that is typed begins so.
ALIKE, ENTRY = "~", "#"
_ROW = [field.attname for field in RegisterRow._meta.concrete_fields if not field.primary_key]

Stated = tuple[Denial, DenialVersion, DenialContent]
Kind = TypeVar("Kind")


def index(denials: Iterable[Denial], stated: Sequence[tuple[DenialVersion, DenialContent]] | None = None) -> None:
    """
    Bring the rows of denials in step with their current versions; call it after these are saved and numbered.

    :param stated: the current versions and what they state, where the caller has them at hand; read otherwise.
    """
    if stated is None:
        index_again([denial.pk for denial in denials])
        return
    for batch in _batches(
        (denial, version, content) for denial, (version, content) in zip(denials, stated, strict=True)
    ):
        _write(batch)


def index_again(denial_ids: Iterable[UUID]) -> int:
    """Make the rows of denials anew from the register; return how many."""
    done = 0
    for ids in _batches(denial_ids):
        found = Denial.objects.filter(pk__in=ids, current__isnull=False).with_content()
        batch = [_stated(denial) for denial in found]
        _write(batch)
        done += len(batch)
    return done


def missing() -> "QuerySet[Denial]":
    """Return denials without a row, as after the release that brought the rows."""
    return Denial.objects.filter(search_row__isnull=True, current__isnull=False)


def _batches(found: Iterable[Kind]) -> Iterator[tuple[Kind, ...]]:
    waiting = iter(found)
    while batch := tuple(islice(waiting, BATCH)):
        yield batch


def _stated(denial: Denial) -> Stated:
    if denial.current is None:
        raise ValueError("a denial without a version is not found")
    denial.current.denial = denial
    return denial, denial.current, rows.read(denial.current)


def _write(batch: Sequence[Stated]) -> None:
    sequences = RegisterChange.objects.filter(version__in=[version.pk for _, version, _ in batch])
    found = made(batch, dict(sequences.values_list("version_id", "sequence")))
    before = _words_held(one[0].pk for one in batch)
    RegisterRow.objects.bulk_create(
        [row for row, _words_of_it in found], update_conflicts=True, unique_fields=["denial"], update_fields=_ROW
    )
    RegisterWords.objects.bulk_create(
        [words_of_it for _row_of_it, words_of_it in found],
        update_conflicts=True,
        unique_fields=["row"],
        update_fields=["words", "names"],
    )
    now_held = {word for _row_of_it, words_of_it in found for word in words_of_it.held}
    learn(now_held)
    forget_words(before - now_held)


def _words_held(denial_ids: Iterable[UUID]) -> set[str]:
    """The words denials were found by until now."""
    rows_before = RegisterWords.objects.filter(row__in=list(denial_ids)).annotate(
        held=Func("words", function="tsvector_to_array", output_field=ArrayField(TextField()))
    )
    return set(chain.from_iterable(rows_before.values_list("held", flat=True)))


@transaction.atomic
def learn(found: Iterable[str]) -> None:
    """
    Keep words for the look-up of what is nearest, in one order.

    It is done under the lock of the ledger: two acts that bring the same words never wait for each other in a circle.
    """
    audit.lock_ledger()
    new = sorted({word for word in found if len(word) >= SHORTEST_KEPT and not word.isdigit()})
    RegisterVocabulary.objects.bulk_create((RegisterVocabulary(word=word) for word in new), ignore_conflicts=True)


@transaction.atomic
def forget_words(words_held: Iterable[str] | None = None) -> int:
    """
    Drop the words that no denial is found by any more, as after an erasure; return how many.

    :param words_held: those to look at; all of the vocabulary where left out.
    """
    audit.lock_ledger()  # whoever brings a word holds it until commit: none is dropped that is just being brought
    known = RegisterVocabulary.objects.all()
    if words_held is not None:
        looked_at = list(words_held)
        if not looked_at:
            return 0
        known = known.filter(word__in=looked_at)
    unused = [
        word
        for word in known.values_list("word", flat=True).iterator(chunk_size=5000)
        if not RegisterWords.objects.filter(words__holds=quoted(word)).exists()
    ]
    for some in _batches(unused):
        RegisterVocabulary.objects.filter(word__in=some).delete()
    return len(unused)


def made(batch: Sequence[Stated], sequences: Mapping[UUID, int]) -> list[tuple[RegisterRow, Any]]:
    """
    Return the rows of denials, unsaved.

    :param sequences: version to its number in the register; a draft has none.
    """
    places = names_of_places(content for _denial, _version, content in batch)
    return [(_row(*one, sequences.get(one[1].pk)), _words(*one, places)) for one in batch]


def _row(denial: Denial, version: DenialVersion, content: DenialContent, sequence: int | None) -> RegisterRow:
    destinations = _once(one.code or UNRESOLVED for one in content.destinations)
    entries = [item.code for item in content.items if item.code]
    categories = _once(filter(None, (item.category for item in content.items)))
    criteria = _once(one.code for one in content.criteria)
    return RegisterRow(
        denial=denial,
        sequence=sequence,
        reference=denial.reference or "",
        regime=denial.regime,
        authority_id=denial.authority_id,
        audience=denial.audience,
        issuer=denial.authority.code,
        state=denial.state_of_issue_id,
        origin=content.origin,
        granularity=content.granularity,
        status=denial.status,
        act=content.act,
        decided_on=content.decided_on,
        notified_on=version.notified_on,
        suspended_until=content.suspended_until,
        review_due_on=version.review_due_on,
        recorded_at=version.recorded_at,
        destinations=destinations,
        entries=_once(chain.from_iterable(map(codes.path, entries))),
        categories=categories,
        criteria=criteria,
        grounds=list(content.grounds),
        scope="" if denial.status in UNNOTIFIED else scope_of(denial.regime, denial.audience),
        by_issue="|".join((denial.regime, denial.state_of_issue_id, denial.authority.code, denial.status)),
        by_destination=_key(destinations),
        by_category=_key(categories),
        by_head=_key(_once(map(codes.head, entries))),
        by_ground=_key([*criteria, *content.grounds]),
    )


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _key(found: Iterable[str]) -> str:
    """Write codes as one text, in one order, so that rows with the same codes count as one kind; see `codes_of`."""
    return "|".join(sorted(set(found)))


def codes_of(key: str) -> list[str]:
    """Return the codes of a key."""
    return key.split("|") if key else []


def _words(denial: Denial, version: DenialVersion, content: DenialContent, places: Mapping[str, str]) -> Any:
    open_to_all = released_to_all(content)
    texts = [denial.reference or "", *_texts(open_to_all, places)]
    found = _once(chain.from_iterable(map(words.lexemes, texts)))[:MOST_LEXEMES]
    alike = (ALIKE + bone for bone in map(words.skeleton, found) if bone)
    entries = [item.code for item in content.items if item.code]
    compacted = map(words.compact, (*entries, *(item.code_printed for item in content.items)))
    above = (ENTRY + code.casefold() for code in chain.from_iterable(map(codes.path, entries)))
    references = (words.compact(one) for one in (denial.reference or "", content.source_reference))
    kept = _once(
        chain(
            found,
            alike,
            (one[: words.LONGEST_WORD] for one in references if one),
            (code[: words.LONGEST_WORD] for code in compacted if code),
            above,
        )
    )
    names = words.fold(" ".join(_names(open_to_all)))
    row: Any = RegisterWords(row_id=denial.pk, words=vector(kept), names=names[:LONGEST_TEXT])
    row.held = found
    return row


def vector(lexemes: Iterable[str]) -> str:
    """Write lexemes as a vector in PostgreSQL's notation."""
    return " ".join(map(quoted, lexemes))


def quoted(lexeme: str) -> str:
    """Write one lexeme so that PostgreSQL takes it as it is."""
    return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'"


# ---- the words of a record ---------------------------------------------------------------------------------------


def names_of_places(contents: Iterable[DenialContent]) -> dict[str, str]:
    """Return all the ways the countries that the contents mention are written, by code."""
    mentioned = {code for content in contents for code in _codes_of_places(content) if code}
    found = {
        country.code: [country.code, country.name_en, *country.names.values()]
        for country in Country.objects.filter(code__in=mentioned)
    }
    single = PlaceName.objects.filter(codes__len=1, codes__overlap=list(found))
    for printed, (code,) in single.values_list("printed", "codes"):
        found[code].append(printed)
    return {code: " ".join(names) for code, names in found.items()}


def _codes_of_places(content: DenialContent) -> Iterator[str]:
    yield from (one.code for one in content.destinations)
    yield from (party.country for party in content.parties if party.role != Role.EXPORTER)


def _names(content: DenialContent) -> Iterator[str]:
    for party in content.parties:
        if party.role != Role.EXPORTER:
            yield from (party.name, *party.aliases)


def _texts(content: DenialContent, places: Mapping[str, str]) -> Iterator[str]:
    yield content.source_reference
    yield content.origin_reference
    yield content.authorisation_reference
    yield from _names(content)
    for party in content.parties:
        if party.role != Role.EXPORTER:
            yield " ".join((party.address, *(value for _kind, value in party.identifiers)))
    for item in content.items:
        yield " ".join((item.description, item.description_en, item.model, item.manufacturer, item.cas, item.cn))
        yield item.code_printed
        yield " ".join(" ".join((one.name, one.value, one.unit)) for one in item.parameters)
    yield " ".join(one.printed for one in content.destinations)
    yield from (places.get(code, "") for code in dict.fromkeys(_codes_of_places(content)))
    yield content.end_use
    yield content.scope_note
    yield content.explanation
    yield content.remarks
