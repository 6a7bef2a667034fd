"""`evaluate_screening` answers each row of a file and leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.models import DenialIndex, Screening

pytestmark = pytest.mark.django_db


def write(path: Path, *rows: Any) -> str:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return str(path)


def read(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def a_row(**changes: Any) -> dict[str, Any]:
    row = {
        "regime": "dual_use",
        "authority": "NL",
        "destinations": ["SY"],
        "parties": [{"role": "end_user", "name": "Orontes Precision Works", "country": "SY", "identifiers": {}}],
        "items": [{"code": "2B001.b", "description": "milling machine", "parameters": [], "quantity": 1}],
        "end_use": "",
    }
    return row | changes


def test_parties_come_best_first(tmp_path):
    register = write(
        tmp_path / "register.jsonl",
        {"id": 1, "name": "Orontes Precision Works", "country": "sy"},
        {"id": 2, "name": "Zambezi Sugar Company", "country": "mz"},
    )
    queries = write(
        tmp_path / "queries.jsonl",
        {"qid": 7, "query": "ORONTES PRECISION WORKS LTD", "country": ""},
        {"qid": 8, "query": "Ørsted", "country": ""},
    )
    out = tmp_path / "out.jsonl"
    call_command("evaluate_screening", "--parties", register, queries, "--out", str(out), verbosity=0)
    found, none = read(out)
    assert (found["qid"], found["hits"][0][0]) == (7, 1)
    assert 0 < found["hits"][0][1] <= 1
    assert found["ms"] > 0
    assert all(score < 0.8 for _, score in none["hits"])


def test_transactions_answer_with_level_and_elements(tmp_path):
    old = {"decision_date": "2025-06-02", "status": "in_force"}
    denials = write(
        tmp_path / "denials.jsonl",
        a_row(id=1, **old),
        a_row(id=2, **old | {"status": "revoked"}),
        a_row(id=3, **old, parties=[{"role": "end_user", "name": "Zambezi Sugar Company"}]),
    )
    asked = a_row(qid=5, authority="CZ", received_on="2026-03-02")
    applications = write(tmp_path / "applications.jsonl", asked)
    out = tmp_path / "out.jsonl"
    call_command("evaluate_screening", "--transactions", denials, applications, "--out", str(out), verbosity=0)
    [answer] = read(out)
    levels = {hit["id"]: hit["level"] for hit in answer["hits"]}
    assert levels.pop(1) == "strong"
    assert "strong" not in levels.values()
    assert 2 not in levels
    assert answer["hits"][0]["elements"]["end_user"]["verdict"] == "same"


def test_leaves_nothing_behind(tmp_path):
    test_transactions_answer_with_level_and_elements(tmp_path)
    assert not DenialIndex.objects.exists()
    assert not Screening.objects.exists()


def test_a_broken_line_is_named(tmp_path):
    broken = tmp_path / "queries.jsonl"
    broken.write_text('{"qid": 1,\n')
    register = write(tmp_path / "register.jsonl", {"id": 1, "name": "Acme", "country": ""})
    with pytest.raises(CommandError, match=r"queries.jsonl, line 1"):
        call_command("evaluate_screening", "--parties", register, str(broken), "--out", str(tmp_path / "out"))
