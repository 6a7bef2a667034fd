"""
Measure the tables of a year at 1,000,000 licence lines, 100,000 denials and 40,000 consultations.

Builds invented records by SQL in a cluster of its own, which goes when the measurement is over; the same pivot is done
on the exported rows by DuckDB where it is installed (it is none of the pinned tools), and by plain SQL in any case.
A smaller one: `.venv/bin/python tools/bench/reports.py --lines 50000 --denials 5000 --consultations 2000`.
"""

import argparse
import importlib.util
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(BASE), str(Path(__file__).resolve().parent)]
YEAR = 2024
GOAL_SECONDS, GOAL_MB = 10, 500


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--denials", type=int, default=100_000)
    options.add_argument("--consultations", type=int, default=40_000)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-reports-", ignore_cleanup_errors=True) as home:
        return measure(Path(home), chosen)


def measure(home: Path, chosen: argparse.Namespace) -> int:
    from config.services import Services, prepare

    home.chmod(0o755)  # the cluster belongs to another user where this one is root
    (home / "cluster").mkdir()
    services = Services(home / "cluster")
    services.join()
    prepare(services)
    os.environ |= {"EXCHANGE_HOSTS": "testserver", "EXCHANGE_LOG_LEVEL": "ERROR", **services.environment()}
    os.environ["PGOPTIONS"] = "-c exchange.principal=system"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    try:
        say(f"Load of the machine before the measurement: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
        build(chosen)
        settle(services)
        within = tables()
        pivots(home)
    finally:
        from django.db import connections

        connections.close_all()
        services.leave()
        services.stop()
    return 0 if within else 1


def say(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def settle(services: Any) -> None:
    """Gather the planner's statistics as the database does by itself over a day."""
    import psycopg

    owner = services.environment().get("DATABASE_OWNER_URL") or services.url("exchange_owner")
    with psycopg.connect(owner, autocommit=True) as connection:
        for table in (
            "reports_returnline",
            "denials_denial",
            "denials_denialversion",
            "denials_denialitem",
            "reports_returnfigure",
            "denials_denialcriterion",
            "denials_denialdestination",
            "consultations_consultation",
        ):
            connection.execute(f"ANALYZE {table}")


# ---- records -----------------------------------------------------------------------------------------------------

LINES = """
INSERT INTO reports_returnline (annual_return_id, position, row, section, licence, destination, category, entry, kind,
    decision, origin, mission, criterion, number, value_licensed, value_exported, is_total, once, in_category,
    in_destination, counted_destination, counted_category)
SELECT r.id, n, n, 'licences', 'L' || (n / 2), c.code, 'ML' || (1 + (n * 7) %% 22), '', '', '', '', '', '', 1,
    (n::bigint * 7919) %% 1000000, (n::bigint * 104729) %% 500000, false, 1 - n %% 2, 1, 1 - n %% 2, c.code, ''
FROM generate_series(0, %s - 1) AS n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS k FROM reports_annualreturn) r ON r.k = (n / 2) %% (SELECT count(*) FROM reports_annualreturn)
JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS k FROM denials_country) c
    ON c.k = ((n / 2)::bigint * 31) %% (SELECT count(*) FROM denials_country)
"""


def build(chosen: argparse.Namespace) -> None:
    from django.db import connection, transaction

    begun = time.perf_counter()
    with transaction.atomic():
        _returns()
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # what is built in one go no request ever does
            cursor.execute(LINES, [chosen.lines])
    say(f"Built {chosen.lines:,} licence lines in {time.perf_counter() - begun:.0f} s")
    begun = time.perf_counter()
    signed = _signed()
    say(f"Signed {signed} returns, each with its sums, in {time.perf_counter() - begun:.0f} s")
    begun = time.perf_counter()
    _denials(chosen.denials)
    say(f"Built {chosen.denials:,} denials in {time.perf_counter() - begun:.0f} s")
    begun = time.perf_counter()
    _consultations(chosen.consultations)
    say(f"Built {chosen.consultations:,} consultations in {time.perf_counter() - begun:.0f} s")


def _returns() -> None:
    from accounts import clock
    from accounts.models import Authority
    from reports.models import AnnualReturn

    now = clock.now()
    states = Authority.objects.filter(kind="authority", competences__regime="arms").order_by("state_id", "code")
    AnnualReturn.objects.bulk_create(
        AnnualReturn(
            authority=one,
            regime="arms",
            year=YEAR,
            method={},
            rules="bench",
            delivered_at=now,
            line_count=1,
        )
        for one in states.distinct("state_id")
    )


def _signed() -> int:
    """Sign every return off, as its supervisor does."""
    from accounts import clock
    from reports import actions
    from reports.models import AnnualReturn
    from tests.cast import person

    found = list(AnnualReturn.objects.select_related("authority"))
    for one in found:
        signer = person(one.authority.code, "supervisor", username=f"bench.{one.authority.code.lower()}")
        actions.sign_return(return_id=one.pk, explanation="", by=signer.principal, now=clock.now())
    return len(found)


def _denials(count: int) -> None:
    """A third of them decided in the year, each with two items, two criteria and a destination."""
    from django.db import connection, transaction

    from denials.models import Denial
    from tests.factories import a_historic_denial

    with transaction.atomic():
        pattern = Denial.objects.get(pk=a_historic_denial().pk)
        made = pattern.current_id
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")
            for statement in _copies(count):
                cursor.execute(statement, {"denial": pattern.pk, "version": made, "count": count})


def _copies(count: int) -> list[str]:
    """Statements that repeat one denial with all its rows; who, where and what for vary by its number."""
    denial = _columns(
        "denials_denial",
        id="m.denial",
        reference="'BENCH-' || m.n",
        current_id="m.version",
        state_of_issue_id="m.state",
    )
    version = _columns(
        "denials_denialversion",
        id="m.version",
        denial_id="m.denial",
        decided_on=f"make_date({YEAR} - m.n %% 3, 1 + m.n %% 12, 1 + m.n %% 28)",
    )
    place = _columns("denials_denialdestination", id=None, version_id="m.version", code="m.place", printed="''")
    item = _columns(
        "denials_denialitem",
        id=None,
        version_id="m.version",
        category="'ML' || (1 + (m.n * 5) %% 22)",
        code="'ML' || (1 + (m.n * 5) %% 22) || '.a'",
    )
    criterion = _columns("denials_denialcriterion", id=None, version_id="m.version", code="(1 + m.n %% 8)::text")
    bench = """CREATE TEMP TABLE bench ON COMMIT DROP AS SELECT n, gen_random_uuid() AS denial, gen_random_uuid() AS version,
        s.state, c.code AS place FROM generate_series(1, %(count)s) AS n
        JOIN (SELECT state_id AS state, row_number() OVER (ORDER BY state_id) - 1 AS k
              FROM (SELECT DISTINCT a.state_id FROM reports_annualreturn r JOIN accounts_authority a ON a.id = r.authority_id) x) s
          ON s.k = n %% (SELECT count(DISTINCT a.state_id) FROM reports_annualreturn r JOIN accounts_authority a ON a.id = r.authority_id)
        JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS k FROM denials_country) c
          ON c.k = (n * 13) %% (SELECT count(*) FROM denials_country)"""
    return [
        bench,
        f"{denial} FROM denials_denial o CROSS JOIN bench m WHERE o.id = %(denial)s",
        f"{version} FROM denials_denialversion o CROSS JOIN bench m WHERE o.id = %(version)s",
        f"{place} FROM denials_denialdestination o CROSS JOIN bench m WHERE o.version_id = %(version)s",
        f"{item} FROM denials_denialitem o CROSS JOIN bench m WHERE o.version_id = %(version)s",
        f"{criterion} FROM denials_denialcriterion o CROSS JOIN bench m WHERE o.version_id = %(version)s AND o.code = '2'",
    ]


def _columns(table: str, **changed: str | None) -> str:
    from django.apps import apps

    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    names = [field.column for field in model._meta.concrete_fields if changed.get(field.column, "") is not None]
    values = [changed.get(name) or f'o."{name}"' for name in names]
    listed = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({listed}) SELECT {', '.join(values)}"


def _consultations(count: int) -> None:
    from django.db import connection, transaction

    from accounts import clock
    from consultations.models import Consultation
    from screening.models import Application
    from tests.cast import person
    from tests.factories import an_application, consultations

    with transaction.atomic():
        asker = person("BE-VLG", "officer", username="bench.asker")
        threads = consultations(asker, an_application(asker, now=clock.now()), now=clock.now())[:1]
        thread, application = threads[0], threads[0].application
        columns = _columns(
            Consultation._meta.db_table,
            id="gen_random_uuid()",
            reference="'BC-' || m.n",
            sent_at=f"timestamptz '{YEAR}-03-01' + m.n %% 280 * interval '1 day'",
            consulted_state_id="s.state",
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"""{columns} FROM consultations_consultation o CROSS JOIN generate_series(1, %(count)s) AS m(n)
                JOIN (SELECT state_id AS state, row_number() OVER (ORDER BY state_id) - 1 AS k
                      FROM (SELECT DISTINCT a.state_id FROM reports_annualreturn r JOIN accounts_authority a ON a.id = r.authority_id) x) s
                  ON s.k = m.n %% 27 WHERE o.id = %(thread)s""",
                {"count": count, "thread": thread.pk},
            )
    assert Application.objects.filter(pk=application.pk).exists()


# ---- measurements ------------------------------------------------------------------------------------------------


def tables() -> bool:
    from accounts import clock
    from reports import statistics
    from reports.exports import tidy_csv
    from reports.law.reconciliation import fails, reconcile
    from reports.law.tables import tables as made
    from reports.statistics import consultations, denials, returns
    from reports.statistics.register import register_sums

    now = clock.now()
    before = memory()
    say("| step | s | s of processor, ours and the database's | |", "| --- | --- | --- | --- |")
    for name, work in (
        ("figures of denials", lambda: sum(1 for _ in denials.figures("arms", YEAR))),
        ("figures of consultations", lambda: sum(1 for _ in consultations.figures("arms", YEAR, now))),
        ("figures of returns", lambda: sum(1 for _ in returns.figures("arms", YEAR))),
    ):
        _seconds, _used, number = step(name, work)
        say(f"| | | | {number:,} figures |")
    counting, counting_used, count = step(
        "all of them, added up and in order", lambda: statistics.count_year("arms", YEAR, now=now)
    )
    making, making_used, shown = step("all tables of them", lambda: made(count))
    say(f"| | | | {len(shown)} tables, {sum(len(one.rows) for one in shown):,} rows |")
    most = memory()
    _seconds, _used, text = step("tidy.csv", lambda: tidy_csv(count))
    say(f"| | | | {len(text) / 1e6:.0f} MB |")
    _seconds, _used, checks = step(
        "every check of the edition", lambda: reconcile(count, register_sums("arms", YEAR, now=now))
    )
    say(f"Checks: {len(checks)}, of which fail: {[one.name for one in fails(checks)]}")
    say(
        f"Memory of the measuring process: {before:.0f} MB before, {most:.0f} MB with all tables, {memory():.0f} MB at most"
    )
    within = counting + making < GOAL_SECONDS and most < GOAL_MB
    say(
        f"Goal: every table within {GOAL_SECONDS} s and {GOAL_MB} MB: {counting + making:.1f} s "
        f"({counting_used + making_used:.1f} s of processor), {most:.0f} MB: {'held' if within else 'NOT held'}"
    )
    return within


def step(name: str, work: Callable[[], Any]) -> tuple[float, float, Any]:
    begun = processor()
    seconds, found = timed(work)
    used = processor() - begun
    say(f"| {name} | {seconds:.1f} | {used:.1f} | |")
    return seconds, used, found


def processor() -> float:
    """Return the seconds of processor that this process and its database connection have used."""
    from django.db import connection

    connection.ensure_connection()
    fields = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text().rsplit(")", 1)[1].split()
    return time.process_time() + (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PIVOT = """SELECT a.state_id, l.destination, l.category, sum(l.in_category), sum(l.value_licensed), sum(l.value_exported)
FROM reports_returnline l JOIN reports_annualreturn r ON r.id = l.annual_return_id
JOIN accounts_authority a ON a.id = r.authority_id GROUP BY 1, 2, 3"""


def pivots(home: Path) -> None:
    """Table A's cells by one plain statement, and by DuckDB on the rows exported as CSV."""
    from django.db import connection

    def plain() -> int:
        with connection.cursor() as cursor:
            cursor.execute(PIVOT)
            return len(cursor.fetchall())

    _seconds, _used, cells = step("the same cells of the million lines by one plain SQL pivot", plain)
    say(f"| | | | {cells:,} cells |")
    if importlib.util.find_spec("duckdb") is None:
        say("DuckDB is not installed (it is none of the pinned development tools): compared with plain SQL only")
        return
    import duckdb

    file = home / "lines.csv"
    rows = (
        PIVOT.split("GROUP BY")[0]
        .replace("sum(l.in_category)", "l.in_category")
        .replace("sum(l.value_licensed)", "l.value_licensed")
        .replace("sum(l.value_exported)", "l.value_exported")
    )
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({rows}) TO STDOUT WITH CSV") as copy,
        file.open("wb") as out,
    ):
        for piece in copy:
            out.write(piece)
    duck = f"SELECT column0, column1, column2, sum(column3), sum(column4), sum(column5) FROM read_csv('{file}', header=false) GROUP BY ALL"
    _seconds, _used, cells = step("the same by DuckDB on the exported rows", lambda: len(duckdb.sql(duck).fetchall()))
    say(f"| | | | {cells:,} cells |")


if __name__ == "__main__":
    sys.exit(main())
