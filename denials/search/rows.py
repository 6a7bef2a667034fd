"""The rows that find denials, kept in step with the register in the transaction of each act."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import chain, islice
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField

from accounts import audit
from denials.law import codes, words
from denials.law.content import DenialContent
from denials.law.lifecycle import SUSPENSION
from denials.law.places import UNRESOLVED
from denials.law.release import released_to_all
from denials.law.transactions import Role
from denials.models import (
    Country,
    Denial,
    DenialVersion,
    PlaceName,
    RegisterChange,
    RegisterKind,
    RegisterRow,
    RegisterVocabulary,
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
One = TypeVar("One")
Facet = RegisterKind.Facet
#: Number of the scope of what was not notified.
DRAFT = 0


class Kind(NamedTuple):
    """What rows have in common in one facet; see `RegisterKind`."""

    facet: str
    codes: tuple[str, ...]
    holds: tuple[str, ...]

    @property
    def digest(self) -> str:
        """What tells it from the others of its facet."""
        return blake2b("\0".join((*self.codes, "", *self.holds)).encode(), digest_size=16).hexdigest()


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


def _batches(found: Iterable[One]) -> Iterator[tuple[One, ...]]:
    waiting = iter(found)
    while batch := tuple(islice(waiting, BATCH)):
        yield batch


def _stated(denial: Denial) -> Stated:
    if denial.current is None:
        raise ValueError("a denial without a version is not found")
    denial.current.denial = denial
    return denial, denial.current, rows.read(denial.current)


def _write(batch: Sequence[Stated]) -> None:
    audit.lock_ledger()  # until commit: no kind and no word is forgotten while a row of it is being written
    sequences = RegisterChange.objects.filter(version__in=[version.pk for _, version, _ in batch])
    before = _words_held(one[0].pk for one in batch)
    found = made(batch, dict(sequences.values_list("version_id", "sequence")))
    RegisterRow.objects.bulk_create(found, update_conflicts=True, unique_fields=["denial"], update_fields=_ROW)
    now_held = {word for row in found for word in row.held}
    learn(now_held)
    if gone := before - now_held:
        forget_words(gone)


def _words_held(denial_ids: Iterable[UUID]) -> set[str]:
    """The words denials were found by until now."""
    rows_before = RegisterRow.objects.filter(denial__in=list(denial_ids)).annotate(
        held=Func("words", function="tsvector_to_array", output_field=ArrayField(TextField()))
    )
    return set(chain.from_iterable(rows_before.values_list("held", flat=True)))


def learn(found: Iterable[str]) -> None:
    """
    Keep words for the look-up of what is nearest, in one order.

    Call it under the lock of the ledger: two acts that bring the same words never wait for each other in a circle.
    """
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
        known = known.filter(word__in=list(words_held))
    unused = [
        word
        for word in known.values_list("word", flat=True).iterator(chunk_size=5000)
        if not RegisterRow.objects.filter(words__holds=quoted(word)).exists()
    ]
    for some in _batches(unused):
        RegisterVocabulary.objects.filter(word__in=some).delete()
    return len(unused)


@transaction.atomic
def forget_kinds() -> int:
    """
    Drop the kinds that no row is of any more; return how many.

    Called after an erasure: an entry that no list has may have been a name.
    """
    audit.lock_ledger()
    of_a_kind = Q(pk__in=[])
    for field in ("scope", "issue", "destinations", "categories", "entries", "grounds"):
        of_a_kind |= Q(**{field: OuterRef("number")})
    unused, _each = RegisterKind.objects.filter(~Exists(RegisterRow.objects.filter(of_a_kind))).delete()
    return unused


def made(batch: Sequence[Stated], sequences: Mapping[UUID, int]) -> list[Any]:
    """
    Return the rows of denials, unsaved; `held` of each are the words it is found by.

    :param sequences: version to its number in the register; a draft has none.
    """
    places = names_of_places(content for _denial, _version, content in batch)
    kinds = [_kinds(denial, content) for denial, _version, content in batch]
    numbers = numbered(chain.from_iterable(kinds))
    found: list[Any] = []
    for (denial, version, content), (scope, *others) in zip(batch, kinds, strict=True):
        row: Any = _row(denial, version, content, sequences.get(version.pk))
        row.scope = DRAFT if denial.status in UNNOTIFIED else numbers[scope]
        row.issue, row.destinations, row.categories, row.entries, row.grounds = map(numbers.__getitem__, others)
        row.held = _words(row, denial, content, places)
        found.append(row)
    return found


def _row(denial: Denial, version: DenialVersion, content: DenialContent, sequence: int | None) -> RegisterRow:
    return RegisterRow(
        denial=denial,
        sequence=sequence,
        reference=denial.reference or "",
        authority_id=denial.authority_id,
        decided_on=content.decided_on,
        notified_on=version.notified_on,
        suspended_until=content.suspended_until if content.act == SUSPENSION else None,
        review_due_on=version.review_due_on,
    )


def _kinds(denial: Denial, content: DenialContent) -> tuple[Kind, ...]:
    """Return the kinds a denial is of: of its scope, issue, destinations, categories, entries, grounds."""
    issue = (denial.regime, denial.state_of_issue_id, denial.authority.code, denial.status)
    entries = [item.code for item in content.items if item.code]
    return (
        _kind(Facet.SCOPE, [scope_of(denial.regime, denial.audience)]),
        Kind(Facet.ISSUE, issue, ()),
        _kind(Facet.DESTINATIONS, (one.code or UNRESOLVED for one in content.destinations)),
        _kind(Facet.CATEGORIES, (item.category for item in content.items if item.category)),
        _kind(Facet.ENTRIES, filter(None, map(codes.head, entries)), chain.from_iterable(map(codes.path, entries))),
        _kind(Facet.GROUNDS, chain((one.code for one in content.criteria), content.grounds)),
    )


def _kind(facet: str, counted: Iterable[str], found: Iterable[str] | None = None) -> Kind:
    """A kind of codes in one order, so that rows with the same codes are of one kind."""
    held = tuple(sorted(set(counted)))
    return Kind(facet, held, held if found is None else tuple(sorted(set(found))))


def numbered(kinds: Iterable[Kind]) -> dict[Kind, int]:
    """Return the number of each kind; new ones are given theirs, in one order, under the lock of the ledger."""
    wanted = {(one.facet, one.digest): one for one in kinds}
    held = _held(wanted)
    new = [RegisterKind(facet=f, digest=d, codes=[*one.codes], holds=[*one.holds]) for (f, d), one in wanted.items()]
    missing_ones = sorted((one for one in new if (one.facet, one.digest) not in held), key=lambda one: one.digest)
    if missing_ones:
        RegisterKind.objects.bulk_create(missing_ones, ignore_conflicts=True)
        held = _held(wanted)
    return {one: held[key] for key, one in wanted.items()}


def _held(wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    found = RegisterKind.objects.filter(digest__in={digest for _facet, digest in wanted})
    return {(facet, digest): number for facet, digest, number in found.values_list("facet", "digest", "number")}


def _once(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _words(row: RegisterRow, denial: Denial, content: DenialContent, places: Mapping[str, str]) -> list[str]:
    """Give a row its vector and its names; return the words it is found by."""
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
    row.words, row.names = vector(kept), words.fold(" ".join(_names(open_to_all)))[:LONGEST_TEXT]
    return found


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
