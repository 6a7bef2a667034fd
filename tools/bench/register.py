"""
Measure the register at 100,000 denials: search with facets beside plain PostgreSQL, import, export, history.

Builds an invented register in a cluster of its own, which goes when the measurement is over. A smaller one:
`.venv/bin/python tools/bench/register.py --denials 5000 --files 1000`. What is printed stands in docs/figures.md.
"""

import argparse
import csv
import io
import os
import resource
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(BASE), str(Path(__file__).resolve().parent)]
ROUNDS = 5
BATCH = 1000
GOAL_MS = 150


def main() -> int:
    """Build, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--denials", type=int, default=100_000)
    options.add_argument("--files", type=int, nargs="*", default=[10_000, 50_000], help="rows of the files taken in")
    options.add_argument("--only", choices=["search", "files", "import"], help="measure a part alone")
    options.add_argument("--home", type=Path, help="keep the cluster here; a register that is in it is used again")
    chosen = options.parse_args()
    if chosen.home:
        return measure(chosen.home, chosen)
    with tempfile.TemporaryDirectory(prefix="bench-register-") as home:
        return measure(Path(home), chosen)


def measure(home: Path, chosen: argparse.Namespace) -> int:
    """Measure in a cluster under a directory."""
    from config.services import Services, prepare

    home.mkdir(parents=True, exist_ok=True)
    services = Services(home)
    services.join()
    prepare(services)
    os.environ |= {
        "EXCHANGE_HOSTS": "testserver",
        "EXCHANGE_LOG_LEVEL": "ERROR",
        **services.environment(),
        "PGOPTIONS": "-c exchange.principal=system",
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    try:
        say(f"Load of the machine before the measurement: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        build(chosen.denials)
        settle(services)
        within = chosen.only in ("files", "import") or searches(services)
        if chosen.only in (None, "files"):
            history()
            exports()
        if chosen.only != "search":
            imports(chosen.files)
        memory(services)
    finally:
        from django.db import connections

        connections.close_all()
        services.leave()
        if not chosen.home:
            services.stop()
    return 0 if within else 1


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


@contextmanager
def as_reader() -> Iterator[Any]:
    """One transaction of the web role for an officer of the Netherlands, as every request has."""
    from django.db import transaction

    from accounts import tenant

    with transaction.atomic():
        reader = officer()
        tenant.enter(reader)
        yield reader


_READER: list[Any] = []


def officer() -> Any:
    from accounts import clock, principals
    from accounts.models import Authority, User

    if not _READER:
        user = User.objects.filter(username="bench").first()
        if user is None:
            user = User(username="bench", authority=Authority.objects.get(code="NL"), roles=["officer"])
            user.set_unusable_password()
            user.save()
        _READER.append(principals.of_user(user, at=clock.now()))
    return _READER[0]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return milliseconds and what came of it."""
    begun = time.perf_counter()
    found = work()
    return (time.perf_counter() - begun) * 1000, found


def processor() -> float:
    """Return the milliseconds of processor that this process and its database connection have used."""
    from django.db import connection

    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
    ticks = int(fields[11]) + int(fields[12])
    return (time.process_time() + ticks / os.sysconf("SC_CLK_TCK")) * 1000


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


# ---- the register ------------------------------------------------------------------------------------------------


def build(count: int) -> None:
    """Fill the register by COPY; the audit trail is left out, the rows of the search are made as by every act."""
    from django.db import transaction

    from accounts import audit, clock
    from accounts.models import Authority
    from denials.models import Denial

    held = Denial.objects.count()
    if held >= count:
        say(f"The register holds {held:,} denials already")
        return
    inventor = _inventor()
    authorities = {}
    for authority in Authority.objects.filter(kind="authority").select_related("state").order_by("code"):
        authorities.setdefault(authority.state_id, authority)
    now, begun, done = clock.now(), time.perf_counter(), 0
    drawn = inventor.contents(count)
    while done < count:
        with transaction.atomic():
            batch = [next(drawn) for _ in range(min(BATCH, count - done))]
            ledger = audit.lock_ledger()
            _write(batch, authorities, done, ledger.register_sequence, now)
            ledger.register_sequence += len(batch)
            ledger.save(update_fields=["register_sequence"])
        done += len(batch)
    _count_references(count)
    seconds = time.perf_counter() - begun
    say(f"Built {count:,} denials in {seconds:.0f} s, {count / seconds:,.0f} a second, the search's rows with them")


def _count_references(last: int) -> None:
    """Let the serials that acts give go on after those given here."""
    from denials.models import Denial, ReferenceCounter

    given = Denial.objects.values_list("state_of_issue", "regime", "current__decided_on__year").distinct()
    ReferenceCounter.objects.bulk_create(
        [ReferenceCounter(state_id=state, regime=regime, year=year, last=last) for state, regime, year in given],
        update_conflicts=True,
        unique_fields=["state", "regime", "year"],
        update_fields=["last"],
    )


def _inventor() -> Any:
    from invented import Inventor, World

    from accounts.models import State
    from denials.models import ControlListEntry, Country

    entries = ControlListEntry.objects.filter(is_used=True).order_by("code")
    world = World(
        states=list(State.objects.filter(authorities__kind="authority").distinct().values_list("code", flat=True)),
        countries=list(Country.objects.order_by("name_en").values_list("code", flat=True)),
        military=sorted(set(entries.filter(control_list__code="ml").values_list("code", flat=True))),
        dual_use=sorted(set(entries.filter(control_list__code="annex_i").values_list("code", flat=True))),
    )
    return Inventor(world)


def _write(batch: Any, authorities: Any, first: int, sequence: int, now: Any) -> None:
    from denials.law.regimes import rules_for
    from denials.models import Denial, DenialVersion, RegisterChange
    from denials.models import content as rows
    from denials.search.rows import learn, made

    denials, versions = [], []
    for at, (state, content) in enumerate(batch, start=first + 1):
        mark = rules_for(content.regime, content.decided_on).mark
        denial = Denial(
            reference=f"{state}-{mark}-{content.decided_on.year}-{at:04d}",
            regime=content.regime,
            authority=authorities[state],
            state_of_issue_id=state,
            status=("in_force", "revoked", "withdrawn", "lifted")[0 if at % 8 else (at // 8) % 4],
            created_at=now,
            is_historic=True,
        )
        version = DenialVersion(
            denial=denial, kind="register", status=denial.status, valid_from=content.decided_on, recorded_at=now
        )
        rows.set_columns(version, content)
        version.notified_on = content.decided_on
        if content.regime == "dual_use":
            version.review_due_on = content.decided_on.replace(year=content.decided_on.year + 3, day=1)
        denials.append(denial)
        versions.append(version)
    for denial, version in zip(denials, versions, strict=True):
        denial.current_id = version.pk
    stated = [(version.denial, version, content) for version, (_state, content) in zip(versions, batch, strict=True)]
    numbers = {version.pk: number for number, version in enumerate(versions, start=sequence + 1)}
    changes = [
        RegisterChange(
            sequence=numbers[version.pk],
            denial=version.denial,
            version=version,
            kind="register",
            regime=version.denial.regime,
            recorded_at=now,
        )
        for version in versions
    ]
    found = made(stated, numbers)
    copy(denials)
    copy(versions)
    for parts in zip(*(_parts(version, content) for _denial, version, content in stated), strict=True):
        copy([part for some in parts for part in some])
    copy(changes)
    copy(found)
    learn(word for row in found for word in row.held)


def _parts(version: Any, content: Any) -> Any:
    from denials.models import DenialCriterion, DenialDestination
    from denials.models import content as rows

    yield [rows._item_row(version, at, item) for at, item in enumerate(content.items)]
    yield [rows._party_row(version, at, party) for at, party in enumerate(content.parties)]
    yield [
        DenialDestination(version=version, position=at, code=one.code, printed=one.printed)
        for at, one in enumerate(content.destinations)
    ]
    yield [DenialCriterion(version=version, code=one.code) for one in content.criteria]


def copy(objects: list[Any]) -> None:
    """Write unsaved objects of one model by COPY beside the table, which a wall keeps from COPY, and from there."""
    from django.db import connection

    if not objects:
        return
    fields = [
        field for field in objects[0]._meta.concrete_fields if not field.get_internal_type().endswith("AutoField")
    ]
    table, columns = objects[0]._meta.db_table, ", ".join(field.column for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE beside ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA")
        with cursor.copy(f"COPY beside ({columns}) FROM STDIN") as target:
            for one in objects:
                target.write_row([field.get_db_prep_save(field.pre_save(one, True), connection) for field in fields])
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM beside")  # noqa: S608 - constants
        cursor.execute("DROP TABLE beside")


def settle(services: Any) -> None:
    """Vacuum and analyse, as the database does by itself within minutes."""
    with services.superuser() as connection:
        connection.execute("VACUUM ANALYZE")


# ---- search ------------------------------------------------------------------------------------------------------


def searches(services: Any) -> bool:
    """Measure every kind of question, and plain PostgreSQL beside it where a question is words alone."""
    from denials import search
    from denials.search.page import FoundRows

    questions = list(kinds())
    _make_peers(services)
    today, ours, bare, table = date.today(), [], [], []  # noqa: DTZ011 - a measurement, not a legal day
    spent_on = {"whole": 0.0, "bare": 0.0}
    peers: dict[str, list[float]] = {name: [] for name in PEERS}
    paired: dict[str, list[float]] = {name: [] for name in PEERS}
    for label, asked, offset in questions:
        times, found = [], None
        for _ in range(ROUNDS):
            with as_reader() as reader:

                def look(reader: Any = reader, asked: Any = asked, offset: int = offset) -> Any:
                    answer = search.answer(reader, asked, on=today)
                    return answer, FoundRows(answer, reader)[offset : offset + 50]

                begun = processor()
                spent, found = timed(look)
                times.append(spent)
                between = processor()
                bare.append(timed(lambda: _page_and_count(reader, asked, found[0], offset))[0])
                spent_on["whole"] += between - begun
                spent_on["bare"] += processor() - between
        ours += times
        row = [label, f"{found[0].total:,}" + (" near" if found[0].nearest else ""), f"{statistics.median(times):.0f}"]
        if asked.q and not asked.chosen and not offset:
            for name, statement in PEERS.items():
                theirs = [timed(lambda statement=statement: _peer(statement, asked.q))[0] for _ in range(3)]
                peers[name] += theirs
                paired[name].append(statistics.median(theirs) / statistics.median(times))
                row.append(f"{statistics.median(theirs):.0f}")
        table.append(row + ["–"] * (5 - len(row)))
    p95 = percentile(ours, 0.95)
    say("", f"### Search: {len(questions)} kinds of questions, {ROUNDS} times each: page, count and all facets", "")
    say("| | p50 ms | p95 ms | worst ms | time over ours, median |", "| --- | --- | --- | --- | --- |")
    say(f"| ours: page, count, every facet counted | {statistics.median(ours):.0f} | {p95:.0f} | {max(ours):.0f} | 1 |")
    within = percentile(bare, 0.95)
    say(f"| ours: page and count, no facet | {statistics.median(bare):.0f} | {within:.0f} | {max(bare):.0f} | |")
    asked_in_all = len(questions) * ROUNDS
    say(
        f"| processor, ours and the database's, mean of a question: with facets "
        f"{spent_on['whole'] / asked_in_all:.0f}, without {spent_on['bare'] / asked_in_all:.0f} | | | | |",
        f"| load during this: {os.getloadavg()[0]:.1f} | | | | |",
    )
    for name, theirs in peers.items():
        shown = [f"{statistics.median(theirs):.0f}", f"{percentile(theirs, 0.95):.0f}", f"{max(theirs):.0f}"]
        say(f"| {name}: page and count, no facet | {' | '.join(shown)} | {statistics.median(paired[name]):.2f} |")
    say("", "| question | found | ours ms | full-text ms | trigram ms |", "| --- | --- | --- | --- | --- |")
    say(*(f"| {' | '.join(row)} |" for row in table))
    recall()
    pages()
    say(
        "",
        f"Goal: p95 under {GOAL_MS} ms for page and count together: {_held(within)}; with all facets: {_held(p95)}",
    )
    return within < GOAL_MS


def _held(p95: float) -> str:
    return f"{'held' if p95 < GOAL_MS else 'NOT HELD'} ({p95:.0f} ms)"


PEERS = {
    "plain full-text search": "words @@ plainto_tsquery('simple', %(q)s)",
    "plain trigram ILIKE": "text ILIKE '%%' || %(q)s || '%%'",
}


def _page_and_count(reader: Any, asked: Any, found: Any, offset: int) -> None:
    """The same page with the same count, without the facets; near hits cost what they cost."""
    from denials import search
    from denials.search.page import FoundRows, load

    if found.nearest:
        search.answer(reader, asked, on=found.day.on)
        load(reader, found.ids(offset, 50))
        return
    found.rows.count()
    FoundRows(found, reader)[offset : offset + 50]


def _make_peers(services: Any) -> None:
    """What one would write first: all text of a denial in one column, with PostgreSQL's own indexes."""
    with services.superuser() as connection:
        connection.execute("CREATE SCHEMA IF NOT EXISTS bench")
        connection.execute("DROP TABLE IF EXISTS bench.plain")
        connection.execute(
            """
            CREATE TABLE bench.plain AS SELECT d.id, v.decided_on, d.regime, t.text, to_tsvector('simple', t.text) AS words
            FROM denials_denial d JOIN denials_denialversion v ON v.id = d.current_id
            CROSS JOIN LATERAL (SELECT concat_ws(' ', d.reference,
                (SELECT string_agg(concat_ws(' ', p.name, p.address, c.name_en), ' ') FROM denials_denialparty p
                    LEFT JOIN denials_country c ON c.code = p.country WHERE p.version_id = v.id AND p.role <> 'exporter'),
                (SELECT string_agg(concat_ws(' ', i.code, i.code_printed, i.description), ' ') FROM denials_denialitem i
                    WHERE i.version_id = v.id),
                v.end_use) AS text) t
            """
        )
        connection.execute("CREATE INDEX ON bench.plain USING gin (words)")
        connection.execute("CREATE INDEX ON bench.plain USING gin (text gin_trgm_ops)")
        connection.execute("CREATE INDEX ON bench.plain (decided_on DESC)")
        connection.execute("GRANT USAGE ON SCHEMA bench TO exchange_web")
        connection.execute("GRANT SELECT ON bench.plain TO exchange_web")
        connection.execute("VACUUM ANALYZE bench.plain")


def _peer(condition: str, q: str) -> tuple[list[Any], int]:
    from django.db import connection, transaction

    from denials.search.page import load

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM bench.plain WHERE {condition}", {"q": q})  # noqa: S608
        total = cursor.fetchone()[0]
        cursor.execute(f"SELECT id FROM bench.plain WHERE {condition} ORDER BY decided_on DESC LIMIT 50", {"q": q})  # noqa: S608
        ids = [row[0] for row in cursor.fetchall()]
        load(officer(), ids)
    return ids, total


def kinds() -> Iterator[tuple[str, Any, int]]:
    """Yield the kinds of questions: words, places, entries, errors of typing, facets alone and together, dates, pages."""
    from denials import search

    one = _samples()
    asked: list[tuple[str, dict[str, list[str]]]] = [
        ("name, two words, Latin", {"q": [one["L"][0]]}),
        ("name, whole, Latin", {"q": [one["L"][1]]}),
        ("name, words turned round", {"q": [" ".join(reversed(one["L"][2].split()))]}),
        ("name, one word begun", {"q": [one["L"][3].split()[0][:5]]}),
        ("name in Cyrillic, as written", {"q": [one["C"][0]]}),
        ("Cyrillic name asked in Latin", {"q": [romanised(one["C"][1])]}),
        ("name in Greek, as written", {"q": [one["G"][0]]}),
        ("Greek name asked in Latin", {"q": [romanised(one["G"][1])]}),
        ("name in Arabic, as written", {"q": [one["A"][0]]}),
        ("Arabic name asked in Latin", {"q": [romanised(one["A"][1])]}),
        ("name in Chinese, as written", {"q": [one["H"][0]]}),
        ("Chinese name asked in Latin", {"q": [romanised(one["H"][1])]}),
        ("part of a Chinese name", {"q": ["北京"]}),
        ("Latin name asked in Cyrillic", {"q": ["Трейдинг"]}),
        ("reference", {"q": [one["reference"][0]]}),
        ("part of a reference", {"q": [one["reference"][1][:11]]}),
        ("entry, dotted", {"q": ["3A001.a.2"]}),
        ("entry, compact", {"q": ["3A001a2"]}),
        ("entry in words", {"q": ["ML 10 c"]}),
        ("German entry", {"q": ["0011a"]}),
        ("entry, a broad head", {"q": ["ML10"]}),
        ("entry and a word", {"q": ["ML10 sights"]}),
        ("place in English", {"q": ["Albania"]}),
        ("place in German", {"q": ["Ägypten"]}),
        ("place in French", {"q": ["Arabie saoudite"]}),
        ("place in Dutch", {"q": ["Verenigde Arabische Emiraten"]}),
        ("place in Polish", {"q": ["Brazylia"]}),
        ("place and word", {"q": ["Angola pumps"]}),
        ("word of a description", {"q": ["intensifiers"]}),
        ("frequent word", {"q": ["machine"]}),
        ("most frequent word", {"q": ["trading"]}),
        ("two frequent words", {"q": ["trading industrial"]}),
        ("three words", {"q": ["spare valves refinery"]}),
        ("short word", {"q": ["il"]}),
        ("number", {"q": ["4711"]}),
        ("one letter wrong", {"q": [misspelt(one["L"][4], 1)]}),
        ("one letter missing", {"q": [misspelt(one["L"][5], 2)]}),
        ("a letter wrong in every word", {"q": [misspelt(one["L"][6], 3)]}),
        ("description misspelt", {"q": ["intensifyers thermol"]}),
        ("nothing like it", {"q": ["qqxzwv jjkkqq"]}),
        ("nothing, a sign", {"q": ["%_"]}),
        ("whole register", {}),
        ("regime", {"regime": ["arms"]}),
        ("two regimes", {"regime": ["arms", "dual_use"]}),
        ("state", {"state": ["NL"]}),
        ("three states", {"state": ["NL", "DE", "FR"]}),
        ("destination", {"destination": ["AF"]}),
        ("five destinations", {"destination": ["AF", "AL", "DZ", "AO", "AR"]}),
        ("category", {"category": ["ML10"]}),
        ("two categories", {"category": ["3", "6"]}),
        ("head of entries", {"code": ["3A001"]}),
        ("criterion", {"criterion": ["7"]}),
        ("ground", {"ground": ["15_1_d"]}),
        ("in force", {"status": ["in_force"]}),
        ("revoked or lifted", {"status": ["revoked", "lifted"]}),
        ("review overdue", {"status": ["review_overdue"]}),
        ("outside the window", {"status": ["out_of_window"]}),
        ("decided in a year", {"decided_from": ["2019-01-01"], "decided_to": ["2019-12-31"]}),
        ("notified since", {"notified_from": ["2024-01-01"]}),
        ("four facets", {"regime": ["arms"], "status": ["in_force"], "state": ["NL", "BE"], "criterion": ["2", "7"]}),
        (
            "words and three facets",
            {"q": ["sights"], "regime": ["arms"], "status": ["in_force"], "category": ["ML1", "ML5"]},
        ),
        ("frequent word and facet", {"q": ["trading"], "regime": ["arms"]}),
        ("place and dates", {"q": ["Albania"], "decided_from": ["2015-01-01"]}),
        ("earliest first", {"sort": ["decided"]}),
        ("by reference", {"sort": ["reference"]}),
        ("last recorded first", {"sort": ["-recorded"]}),
        ("frequent word, earliest first", {"q": ["trading"], "sort": ["decided"]}),
    ]
    for label, given in asked:
        yield label, search.Asked.read(given), 0
    yield "whole register, page 200", search.Asked.read({}), 9_950
    yield "whole register, page 1,000", search.Asked.read({}), 49_950
    yield "whole register, last page", search.Asked.read({}), 99_950


def _samples() -> dict[str, list[str]]:
    """Names held by the register, by script, and references."""
    from denials.models import Denial, DenialParty

    names = DenialParty.objects.filter(role="end_user").order_by("pk").values_list("name", flat=True)
    found: dict[str, list[str]] = {script: [] for script in "LCGAH"}
    for name in names[:4000]:
        found[_script(name)].append(name)
    found["L"] = [" ".join(name.split()[:2]) for name in found["L"]]
    found["reference"] = list(Denial.objects.order_by("reference").values_list("reference", flat=True)[100:102])
    return found


def _script(name: str) -> str:
    first = ord(next(letter for letter in name if letter.isalpha()))
    return (
        "C"
        if 0x400 <= first < 0x530
        else "G"
        if 0x370 <= first < 0x400
        else "A"
        if 0x600 <= first < 0x700
        else ("H" if first >= 0x3400 else "L")
    )


def romanised(name: str) -> str:
    from denials.law.words import fold

    return fold(name)


def misspelt(name: str, how: int) -> str:
    """A letter replaced (1), left out (2), or one replaced in every word (3)."""
    if how == 3:
        return " ".join(misspelt(word, 1) for word in name.split())
    at = len(name.split()[0]) // 2
    return name[:at] + ("" if how == 2 else "q") + name[at + 1 :]


def recall() -> None:
    """How often the denial meant is on the first page, by what was typed of its party's name."""
    from denials import search
    from denials.models import DenialParty
    from denials.search.page import FoundRows

    held = DenialParty.objects.filter(role="end_user").order_by("pk").values_list("name", "version__denial_id")
    some = list(held[50_000 % max(held.count(), 1) :][:3000]) or list(held[:3000])
    by_script: dict[str, list[Any]] = {script: [] for script in "LCGAH"}
    for name, pk in some:
        by_script[_script(name)].append((name, pk))
    typed: list[tuple[str, list[tuple[str, Any]]]] = [
        ("as written", [*by_script["L"][:60], *by_script["C"][:10], *by_script["H"][:10]]),
        ("one letter wrong", [(misspelt(name, 1), pk) for name, pk in by_script["L"][:80]]),
        ("one letter left out", [(misspelt(name, 2), pk) for name, pk in by_script["L"][:80]]),
        (
            "a letter wrong in every name word",
            [(misspelt(" ".join(n.split()[:2]), 3), pk) for n, pk in by_script["L"][:80]],
        ),
        ("Cyrillic asked in Latin", [(romanised(name), pk) for name, pk in by_script["C"][:80]]),
        ("Cyrillic, another romanisation", [(other_romanisation(name), pk) for name, pk in by_script["C"][:80]]),
        ("Greek asked in Latin", [(romanised(name), pk) for name, pk in by_script["G"][:80]]),
        ("Chinese asked in Latin", [(romanised(name), pk) for name, pk in by_script["H"][:80]]),
        (
            "Latin asked in Cyrillic letters",
            [(in_cyrillic(" ".join(n.split()[:2])), pk) for n, pk in by_script["L"][:80]],
        ),
    ]
    say("", "### Recall: the denial meant is on the first page of 50", "")
    say("| typed | asked | ours | plain full-text | plain trigram |", "| --- | --- | --- | --- | --- |")
    today = date.today()  # noqa: DTZ011
    for label, asked in typed:
        ours, theirs = 0, dict.fromkeys(PEERS, 0)
        for q, pk in asked:
            with as_reader() as reader:
                found = search.answer(reader, search.Asked.read({"q": [q]}), on=today)
                ours += pk in [one.pk for one in FoundRows(found, reader)[0:50]]
            for name, condition in PEERS.items():
                theirs[name] += pk in _peer(condition, q)[0]
        shares = [f"{number / max(len(asked), 1):.2f}" for number in (ours, *theirs.values())]
        say(f"| {label} | {len(asked)} | {' | '.join(shares)} |")


def other_romanisation(name: str) -> str:
    """The same Cyrillic name in letters of another table: kh and h, ya and ia, iy and y, zh and j."""
    plain = romanised(name)
    for one, other in (("kh", "h"), ("ya", "ia"), ("zh", "j"), ("yu", "iu"), ("v", "w")):
        plain = plain.replace(one, other)
    return plain


def in_cyrillic(name: str) -> str:
    letters = dict(zip("abvgdezijklmnoprstufhcxyqw", "абвгдезийклмнопрстуфхкхыкв", strict=True))
    return "".join(letters.get(letter, letter) for letter in name.casefold())


def pages() -> None:
    """Measure the page itself, from the request to the last byte of HTML, and the list over REST."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    officer()
    browser = Client()
    browser.force_login(get_user_model().objects.get(username="bench"))
    say("", "### Whole answers, from the request to the last byte", "")
    say("| address | p50 ms | p95 ms | processor ms |", "| --- | --- | --- | --- |")
    for label, address in (
        ("page, whole register", "/denials/"),
        ("page, words", "/denials/?q=thermal+Albania"),
        ("page, frequent word", "/denials/?q=trading"),
        ("page, two facets", "/denials/?regime=arms&status=in_force"),
        ("REST, whole register", "/api/v1/denials/"),
        ("REST, words and facet", "/api/v1/denials/?q=sights&regime=arms"),
    ):
        assert browser.get(address, secure=True).status_code == 200, address
        begun = processor()
        times = [timed(lambda address=address: browser.get(address, secure=True))[0] for _ in range(15)]
        used = (processor() - begun) / len(times)
        say(f"| {label} | {statistics.median(times):.0f} | {percentile(times, 0.95):.0f} | {used:.0f} |")


# ---- history, export, import -------------------------------------------------------------------------------------


def history() -> None:
    """Measure the first page of the register as it stood, for a spread of days."""
    from denials import history as past

    times = []
    for year in range(2010, 2027):
        for month in (3, 9):
            with as_reader() as reader:
                on = date(year, month, 1)

                def look(reader: Any = reader, on: date = on) -> Any:
                    held = past.as_it_stood(reader, on=on, known=date.today())  # noqa: DTZ011
                    return held.count(), list(past.with_parts(held)[:50])

                times.append(timed(look)[0])
    say("", "### History: the register as it stood, count and first page of 50", "")
    say(f"{len(times)} days: p50 {statistics.median(times):.0f} ms, p95 {percentile(times, 0.95):.0f} ms")


def exports() -> None:
    """Measure writing denials to files, without the network."""
    from accounts import clock
    from denials.exports.register import Extract, as_register_file, register_state
    from denials.models import Denial

    with as_reader() as reader:
        versions = list(Denial.objects.visible_to(reader).notified().values_list("current_id", flat=True)[:20_000])
        say("", f"### Export of {len(versions):,} denials", "")
        for form in ("csv", "json", "xlsx"):
            extract = Extract(versions, reader, clock.now(), register_state(), "")
            spent, size = timed(
                lambda extract=extract, form=form: sum(len(one) for one in as_register_file(extract, form=form))
            )
            rate = len(versions) / spent * 1000
            say(f"- {form.upper()}: {rate:,.0f} denials a second, {size / 2**20:.1f} MB in {spent / 1000:.1f} s")


def imports(sizes: list[int]) -> None:
    """Measure a file through the job a worker runs: read and shown line by line, then taken in."""
    from accounts import clock
    from accounts.models import Authority
    from denials.actions import importing
    from denials.imports import jobs

    say("", "### Import of a CSV file through the worker's job", "")
    authority = Authority.objects.select_related("state").get(code="NL")
    for rows in sizes:
        content = _file(rows)
        say(f"- {rows:,} rows, {len(content) / 2**20:.1f} MB")
        job = jobs.start(
            content=content, name="bench.csv", regime="", authority=authority, by=officer(), now=clock.now()
        )
        job = _worked("dry run", job.pk, rows, until=("ready", "refused"))
        if job.state == "ready":
            importing.confirm_import(job_id=job.pk, amend=(), by=officer(), now=clock.now())
            job = _worked("taking in", job.pk, rows, until=("done", "failed", "cancelled"))
        say(f"  - {job.state}: {job.taken_in:,} taken in; {job.counts} {job.rule} {job.place} {job.value}".rstrip())


def _worked(stage: str, job_id: uuid.UUID, rows: int, until: tuple[str, ...]) -> Any:
    """Let the worker work until a stage is over; say how many rows a second that was, and how busy the machine."""
    from denials.imports import jobs
    from denials.models import ImportJob

    begun, used, before = time.perf_counter(), time.process_time(), None
    while True:
        jobs.work_on(job_id)
        job = ImportJob.objects.get(pk=job_id)
        state = (job.state, job.rows_done)
        if job.state in until or state == before:
            break
        before = state
    seconds, own = time.perf_counter() - begun, time.process_time() - used
    load = os.getloadavg()[0]
    say(
        f"  - {stage}: {rows / seconds:,.0f} rows a second ({seconds:.0f} s, of them {own:.0f} s of processor in this "
        f"process; load {load:.1f})"
    )
    return job


def _file(rows: int) -> bytes:
    """A file of other denials than the register holds, one row each."""
    from invented import Inventor

    inventor = Inventor(_inventor().world, seed=rows)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(
        ["Reference", "Date of decision", "Destination", "Code", "Description", "End user", "Consignee", "Criteria"]
    )
    for number in range(rows):
        one = inventor.content()
        while one.regime != "arms":
            one = inventor.content()
        parties = {party.role: party.name for party in one.parties}
        writer.writerow(
            [
                f"B{rows}-{number}",
                one.decided_on,
                one.destinations[0].code,
                one.items[0].code,
                one.items[0].description,
                parties["end_user"],
                parties.get("consignee", ""),
                "; ".join(str(cited) for cited in one.criteria),
            ]
        )
    return text.getvalue().encode()


def memory(services: Any) -> None:
    """Say what the process held at most, and what the search's tables take on disk."""
    with services.superuser() as connection:
        sizes = connection.execute(
            "SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class "
            "WHERE relname IN ('denials_registerrow', 'denials_registerkind', 'denials_registervocabulary') ORDER BY 1"
        ).fetchall()
    say("", "### Memory and disk", "")
    say(f"- this process at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    say(*(f"- {name}: {table / 2**20:.0f} MB, its indexes {indexes / 2**20:.0f} MB" for name, table, indexes in sizes))


if __name__ == "__main__":
    sys.exit(main())
