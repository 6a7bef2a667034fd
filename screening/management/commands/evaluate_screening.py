"""Run the production comparison over files on a scratch register; the database is only read."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.law.errors import RuleBroken
from denials.law import codes, validity
from denials.law.placeholders import is_placeholder
from denials.law.regimes import rules_for
from denials.law.transactions import Destination, Item, Parameter, Party, Transaction
from denials.law.validity import Reason, Validity
from screening import search
from screening.engine.live_names import LiveNames
from screening.engine.scorecard import LevelCard, Scorecard, levels, scorecard
from screening.law.sheet import as_data

MOST_HITS = 20
#: Figures of the last release, by the data they were measured on; the sample is invented (`tools/invent_sample.py`).
RELEASES = Path(__file__).resolve().parents[2] / "refdata" / "releases.json"
SAMPLE = RELEASES.parent / "sample"
SAMPLES = {"parties": ("parties_register", "parties_queries"), "transactions": ("denials", "applications")}
ALWAYS = Validity(True, Reason.VALID)


class Command(BaseCommand):
    """Parties by name, or whole transactions; one JSON object a line goes out for each that comes in."""

    help = "Screen files of parties or transactions on a scratch register, leaving nothing behind."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--parties", nargs=2, type=Path, metavar=("REGISTER", "QUERIES"))
        what.add_argument("--transactions", nargs=2, type=Path, metavar=("DENIALS", "APPLICATIONS"))
        parser.add_argument("--out", type=Path, required=True)
        parser.add_argument("--report", action="store_true", help="print figures; queries then tell stratum and gold")
        parser.add_argument("--last", type=Path, help="figures to compare with instead of the last release's")
        parser.add_argument("--as-release", metavar="VERSION", help="keep the figures of this run as a release's")
        parser.add_argument("--figures", type=Path, help="where to keep the figures of this run")

    def handle(self, *args: Any, **options: Any) -> None:
        kind = "parties" if options["parties"] else "transactions"
        held, asked = options[kind]
        given = []
        try:
            with options["out"].open("w", encoding="utf-8") as out:
                for answer in _answers(kind, held, asked):
                    given.append(answer)
                    out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        except OSError as cause:
            raise CommandError(f"{cause.filename}: {cause.strerror}") from cause
        if options["verbosity"]:
            self.stdout.write(_figures([answer["ms"] for answer in given]))
        if options["report"]:
            self._report(kind, _card(kind, asked, given), _digest(held, asked), options)

    def _report(self, kind: str, card: Scorecard | LevelCard, data: str, options: Mapping[str, Any]) -> None:
        """
        Print the figures beside those of the last release on the same data, and keep them where asked.

        The figures of a release on other data say nothing of these: there the sample it was measured on is run as well.
        """
        before: dict[str, Any] | None
        if options["last"]:
            before = next(_rows(options["last"]))
        else:
            before, of = _last_release(data)
            said = f"beside release {of}" if before else "no figures of a release on these data are held"
            self.stdout.write(said)
        self.stdout.write("\n".join(card.lines(before)))
        if before is None and not options["as_release"]:
            self._report_sample(kind)
        if options["figures"]:
            options["figures"].write_text(json.dumps(card.as_data()) + "\n", encoding="utf-8")
        if options["as_release"]:
            _keep_release(options["as_release"], data, card.as_data())

    def _report_sample(self, kind: str) -> None:
        """Print what this program comes to on the sample, beside the last release."""
        held, asked = (SAMPLE / f"{name}.jsonl" for name in SAMPLES[kind])
        before, of = _last_release(_digest(held, asked))
        if before is not None:
            card = _card(kind, asked, list(_answers(kind, held, asked)))
            self.stdout.write(f"on the invented sample, beside release {of}:")
            self.stdout.write("\n".join(card.lines(before)))


def _answers(kind: str, held: Path, asked: Path) -> Iterator[dict[str, Any]]:
    return screen_parties(held, asked) if kind == "parties" else screen_transactions(held, asked)


def _card(kind: str, asked: Path, given: list[dict[str, Any]]) -> Scorecard | LevelCard:
    return scorecard(_rows(asked), given) if kind == "parties" else levels(given, _rows(asked))


def _digest(*files: Path) -> str:
    """Tell data from other data: figures are compared on the same files only."""
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()


def _last_release(data: str) -> tuple[dict[str, Any] | None, str]:
    held = json.loads(RELEASES.read_text(encoding="utf-8")) if RELEASES.exists() else {}
    kept = held.get(data)
    return (kept["figures"], kept["release"]) if kept else (None, "")


def _keep_release(version: str, data: str, figures: Mapping[str, Any]) -> None:
    held = json.loads(RELEASES.read_text(encoding="utf-8")) if RELEASES.exists() else {}
    held[data] = {"release": version, "figures": dict(figures)}
    RELEASES.write_text(json.dumps(held, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def screen_parties(held: Path, asked: Path) -> Iterator[dict[str, Any]]:
    """Answer each query with the nearest entries, best first, scores 0 to 1."""
    names: LiveNames[Any] = LiveNames()
    names.replace(dict(_rows(held, lambda row: (row["id"], _names(row, "name")))))
    for qid, wanted in _rows(asked, lambda row: (row["qid"], _names(row, "query"))):
        started = perf_counter()
        hits = _nearest(wanted, names)
        yield {"qid": qid, "hits": hits, "ms": _since(started)}


def _names(row: dict[str, Any], field: str) -> list[tuple[str, str]]:
    country = (row.get("country") or "").upper()
    return [(name, country) for name in (row[field], *(row.get("aliases") or ()))]


def _nearest(asked: list[tuple[str, str]], names: LiveNames[Any]) -> list[tuple[Any, float]]:
    best: dict[Any, float] = {}
    for name, country in asked:
        for key, found in names.nearest(name, country, limit=MOST_HITS):
            best[key] = max(best.get(key, 0.0), found.score)
    return sorted(best.items(), key=lambda pair: -pair[1])[:MOST_HITS]


def screen_transactions(held: Path, asked: Path) -> Iterator[dict[str, Any]]:
    """Answer each application with its hits, level and verdict sheet."""
    denials = list(_rows(held, _Denial.of))
    registers: dict[tuple[str, date], search.ScratchRegister] = {}
    for qid, application, on in _rows(asked, _asked):
        key = (application.regime, on)
        if key not in registers:
            registers[key] = _counting(denials, application.regime, on)
        started = perf_counter()
        hits = search.find(application, registers[key], on=on)
        yield {"qid": qid, "hits": [_hit(found) for found in hits], "ms": _since(started)}


def _asked(row: dict[str, Any]) -> tuple[Any, Transaction, date]:
    on = _day(row["received_on"])
    rules_for(row["regime"], on)
    return row["qid"], _transaction(row, row["received_on"]), on


def _hit(found: search.Found) -> dict[str, Any]:
    elements = {row.pop("element"): row for row in as_data(found.judgement.elements)}
    return {
        "id": found.denial_id,
        "level": str(found.level),
        "rule": found.judgement.rule,
        "ground": found.judgement.ground,
        "elements": elements,
    }


@dataclass(frozen=True)
class _Denial:
    id: Any
    facts: Transaction
    status: str

    @classmethod
    def of(cls, row: dict[str, Any]) -> "_Denial":
        return cls(row["id"], _transaction(row, row["decision_date"]), row.get("status", "in_force"))


def _counting(denials: list[_Denial], regime: str, on: date) -> search.ScratchRegister:
    """Return the denials that count for a regime on a day, as the index in the database would."""
    day = search.day_of(rules_for(regime, on), on)
    rows = []
    for denial in denials:
        if denial.facts.regime != regime:
            continue
        member = denial.facts.state in day.members
        counts = validity.counts(day.rules, denial.facts.dated, denial.status, on, member)
        if counts.counts:
            rows.append(search.Candidate(denial.id, denial.id, denial.facts, counts))
    return search.ScratchRegister(rows)


def _transaction(row: dict[str, Any], dated: str) -> Transaction:
    return Transaction(
        regime=row["regime"],
        authority=row["authority"],
        state=row["authority"].split("-")[0],
        destinations=tuple(Destination(code=code) for code in row["destinations"]),
        parties=tuple(_party(one) for one in row["parties"]),
        items=tuple(_item(one) for one in row["items"]),
        end_use=row.get("end_use") or "",
        dated=_day(dated),
    )


def _party(row: dict[str, Any]) -> Party:
    identifiers = row.get("identifiers") or {}
    return Party(
        role=row["role"],
        name=row["name"],
        country=row.get("country") or "",
        address=row.get("address") or "",
        aliases=tuple(row.get("aliases") or ()),
        identifiers=tuple(sorted((str(kind), str(value)) for kind, value in identifiers.items())),
        is_placeholder=is_placeholder(row["name"]),
    )


def _item(row: dict[str, Any]) -> Item:
    read = codes.parse(row.get("code") or "")
    parameters = (Parameter(one["name"], str(one["value"]), one.get("unit") or "") for one in row.get("parameters", ()))
    quantity = row.get("quantity")
    return Item(
        code=read.canonical,
        control_list=read.control_list,
        description=row.get("description") or "",
        parameters=tuple(parameters),
        quantity=None if quantity is None else Decimal(str(quantity)),
        unit=row.get("unit") or "",
    )


def _as_it_is(row: dict[str, Any]) -> Any:
    return row


def _rows(path: Path, read: Callable[[dict[str, Any]], Any] = _as_it_is) -> Iterator[Any]:
    """Yield what is read of each line; what cannot be read names its file, line and reason."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _row(path, number, line, read)
    except (OSError, UnicodeDecodeError) as cause:
        raise CommandError(f"{path.name}: {cause}") from cause


def _row(path: Path, number: int, line: str, read: Callable[[dict[str, Any]], Any]) -> Any:
    try:
        return read(json.loads(line))
    except KeyError as cause:
        raise CommandError(f"{path.name}, line {number}: {cause} is missing") from cause
    except (ValueError, TypeError, AttributeError, ArithmeticError, RuleBroken) as cause:
        raise CommandError(f"{path.name}, line {number}: {type(cause).__name__}: {cause}") from cause


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 3)


def _figures(durations: list[float]) -> str:
    if not durations:
        return "nothing asked"
    ranked = sorted(durations)
    middle, late = ranked[len(ranked) // 2], ranked[int(len(ranked) * 0.95)]
    return f"{len(ranked)} screened, p50 {middle:.2f} ms, p95 {late:.2f} ms"
