"""
Invent the sample that releases of screening are measured on, so that anybody may measure on the same.

    .venv/bin/python tools/invent_sample.py      writes screening/refdata/sample/*.jsonl; the same on every machine

Then, for a release: `manage.py evaluate_screening --parties screening/refdata/sample/parties_register.jsonl
screening/refdata/sample/parties_queries.jsonl --out /tmp/out.jsonl --report --as-release VERSION`, and the same with
`--transactions screening/refdata/sample/denials.jsonl screening/refdata/sample/applications.jsonl`.
"""

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

BASE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(BASE))

from tools.learning.changes import CHANGES, another  # noqa: E402
from tools.learning.invent import Invented, World  # noqa: E402

TARGET = BASE / "screening" / "refdata" / "sample"
SEED = 421
HELD, ASKED, DENIALS = 2_000, 500, 80
GOODS = (
    ("ML15.c", "image intensifiers", ("aperture", "18", "mm")),
    ("ML1.a", "bolt action rifles", ("calibre", "7.62", "mm")),
    ("ML6.a", "armoured vehicles", ("mass", "14", "t")),
    ("ML4.b", "release mechanisms for rockets", ("calibre", "70", "mm")),
    ("2B350.d", "heat exchangers with a surface of tantalum", ("surface", "12", "m2")),
    ("3A228.a", "triggered spark gaps", ("delay", "10", "us")),
    ("6A003.b", "cameras with focal plane arrays", ("frame rate", "60", "Hz")),
    ("2B001.b", "machine tools for milling", ("axes", "5", "")),
)


def main() -> None:
    """Write the four files."""
    random, world = Random(SEED), World(SEED, 600)  # noqa: S311 - invented names
    register = [world.any() for _ in range(HELD)]
    TARGET.mkdir(parents=True, exist_ok=True)
    held = ({"id": at, "name": one.name, "country": one.country} for at, one in enumerate(register))
    _write("parties_register", held)
    _write("parties_queries", _queries(world, register, random))
    denials = [_denial(at, register[at], register[-1 - at], random) for at in range(DENIALS)]
    _write("denials", denials)
    _write("applications", _applications(denials, register, random))


def _queries(world: World, register: list[Invented], random: Random) -> Iterator[dict[str, Any]]:
    """Three in five are somebody of the register in another form, one is near to somebody, one is nobody's."""
    for number in range(ASKED):
        owner = random.randrange(HELD)
        one, gold, stratum = register[owner], [owner], "neg-near"
        if number % 5 < 3:
            change = CHANGES[number % len(CHANGES)]
            name, stratum = change(one, random), change.__name__
        elif number % 5 == 3:
            one, gold, stratum = world.any(), [], "neg-random"
            name = one.name
        else:
            name, gold = another(one, random), []
        yield {"qid": number, "query": name, "country": one.country, "stratum": stratum, "gold": gold}


def _denial(at: int, user: Invented, trader: Invented, random: Random) -> dict[str, Any]:
    code, description, (name, value, unit) = GOODS[at % len(GOODS)]
    parties = [("end_user", user), ("consignee", trader)]
    return {
        "id": at,
        "regime": "arms" if code.startswith("ML") else "dual_use",
        "authority": "NL",
        "decision_date": f"2025-{1 + at % 12:02}-10",
        "destinations": [user.country or "TR"],
        "parties": [{"role": role, "name": one.name, "country": one.country} for role, one in parties],
        "items": [_item(code, description, {"name": name, "value": value, "unit": unit}, random)],
        "status": "in_force",
    }


def _item(code: str, description: str, parameter: dict[str, str], random: Random) -> dict[str, Any]:
    quantity = {"quantity": random.randint(1, 40), "unit": "pieces"}
    return {"code": code, "description": description, "parameters": [parameter], **quantity}


def _applications(denials: list[dict[str, Any]], register: list[Invented], random: Random) -> Iterator[dict[str, Any]]:
    """The same transaction under names in another form, the same parties and other goods, other parties."""
    for at, denial in enumerate(denials):
        parties, items = denial["parties"], denial["items"]
        if at % 4 == 1:
            items = denials[(at + 1) % DENIALS]["items"]
        elif at % 4 == 3:
            parties = denials[(at + 7) % DENIALS]["parties"]
        else:
            change = CHANGES[at % len(CHANGES)]
            parties = [{**parties[0], "name": change(register[at], random)}, parties[1]]
        asked = {key: denial[key] for key in ("regime", "destinations")}
        yield {"qid": at, **asked, "authority": "CZ", "received_on": "2026-03-02", "parties": parties, "items": items}


def _write(name: str, rows: Iterable[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (TARGET / f"{name}.jsonl").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
