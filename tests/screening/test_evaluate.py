"""`evaluate_screening` answers each row of a file and leaves nothing behind."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from screening.management.commands import evaluate_screening
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


def test_the_report_tells_each_stratum_and_the_change_since(tmp_path, capsys):
    names = ("Orontes Precision Works", "Zambezi Sugar Company", "Blue Lantern Shipping")
    register = write(tmp_path / "register.jsonl", *({"id": at, "name": name} for at, name in enumerate(names)))
    queries = write(
        tmp_path / "queries.jsonl",
        {"qid": 1, "query": "Orontes Precision", "stratum": "partial", "gold": [0]},
        {"qid": 2, "query": "Zambezi Sugr Company", "stratum": "typo", "gold": [1]},
        {"qid": 3, "query": "Rocamora Bakery", "stratum": "neg-random", "gold": []},
        {"qid": 4, "query": "left out", "stratum": "neg-dropped", "gold": []},
    )
    figures = tmp_path / "figures.json"
    arguments = ["evaluate_screening", "--parties", register, queries, "--out", str(tmp_path / "out.jsonl"), "--report"]
    call_command(*arguments, "--figures", str(figures), verbosity=0)
    capsys.readouterr()
    call_command(*arguments, "--last", str(figures), verbosity=0)
    printed = capsys.readouterr().out
    assert "1.000 (+0.000)" in next(line for line in printed.splitlines() if line.startswith("partial"))
    assert "neg-dropped" not in printed
    [kept] = read(figures)
    assert kept["strata"]["typo"] == {"asked": 1} | dict.fromkeys(
        ("recall_at_1", "recall_at_10", "recall_1fh", "recall_10fh"), 1.0
    )


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


def test_a_release_is_compared_with_on_its_own_data_only(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(evaluate_screening, "RELEASES", tmp_path / "releases.json")
    old = {"decision_date": "2025-06-02", "status": "in_force"}
    denials = write(tmp_path / "denials.jsonl", a_row(id=1, **old))
    applications = write(tmp_path / "applications.jsonl", a_row(qid=5, authority="CZ", received_on="2026-03-02"))
    files = ["--transactions", denials, applications, "--out", str(tmp_path / "out.jsonl"), "--report"]
    call_command("evaluate_screening", *files, "--as-release", "1.0", verbosity=0)
    assert "no figures of a release" in capsys.readouterr().out
    call_command("evaluate_screening", *files, verbosity=0)
    printed = capsys.readouterr().out
    assert "beside release 1.0" in printed
    assert "100.000 (+0.000)" in next(line for line in printed.splitlines() if line.startswith("strong"))
    write(tmp_path / "denials.jsonl", a_row(id=2, **old))
    monkeypatch.undo()
    call_command("evaluate_screening", *files, verbosity=0)
    printed = capsys.readouterr().out
    assert "no figures of a release" in printed
    sample = printed.partition("on the invented sample, beside release")[2]
    assert "(+" in next(line for line in sample.splitlines() if line.startswith("strong"))


def test_the_report_over_transactions_tells_each_kind(tmp_path, capsys):
    old = {"decision_date": "2025-06-02", "status": "in_force"}
    denials = write(tmp_path / "denials.jsonl", a_row(id=1, **old))
    asked = {"authority": "CZ", "received_on": "2026-03-02"}
    lathe = [{"code": "2B001.a", "description": "turning lathe", "parameters": [], "quantity": 1}]
    applications = write(
        tmp_path / "applications.jsonl",
        a_row(qid=1, **asked, stratum="same", gold=[1], near=[], none=[]),
        a_row(qid=2, **asked, stratum="same", gold=[9], near=[], none=[]),
        a_row(qid=3, **asked, stratum="other-goods", items=lathe, near=[1]),
        a_row(qid=4, **asked, stratum="other-party", parties=[{"role": "end_user", "name": "Uralmet"}], none=[1]),
    )
    figures = tmp_path / "figures.json"
    files = ["--transactions", denials, applications, "--out", str(tmp_path / "out.jsonl"), "--report"]
    call_command("evaluate_screening", *files, "--figures", str(figures), verbosity=0)
    [kept] = read(figures)
    same = {"asked": 2, "gold_strong": 0.5, "near_strong": None, "none_hit": None}
    assert kept["strata"]["same"] == same | {"recall_at_1": 0.5, "recall_at_10": 0.5}
    assert kept["strata"]["other-goods"]["near_strong"] == 0
    assert kept["strata"]["other-party"]["none_hit"] == 0
    capsys.readouterr()
    call_command("evaluate_screening", *files, "--last", str(figures), verbosity=0)
    [line] = [line for line in capsys.readouterr().out.splitlines() if line.startswith("same ")]
    assert line.split() == ["same", "2", "0.500", "(+0.000)", "-", "-", "0.500", "(+0.000)", "0.500", "(+0.000)"]


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


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"regime": "nuclear"}, "regime"),
        ({"received_on": "2026-13-01"}, "ValueError"),
        ({"received_on": None}, "TypeError"),
        ({"parties": "x"}, "AttributeError"),
        ({"items": [{"code": 7}]}, "Error"),
        ({"items": [{"quantity": "many"}]}, "InvalidOperation"),
    ],
)
def test_a_row_that_is_no_application_is_named(tmp_path, wrong, said):
    denials = write(tmp_path / "denials.jsonl", a_row(id=1, decision_date="2025-06-02", status="in_force"))
    asked = {"authority": "CZ", "received_on": "2026-03-02"}
    applications = write(tmp_path / "applications.jsonl", a_row(qid=1, **asked), a_row(qid=2, **asked | wrong))
    with pytest.raises(CommandError, match=rf"applications.jsonl, line 2: .*{said}"):
        call_command(
            "evaluate_screening", "--transactions", denials, applications, "--out", str(tmp_path / "out"), verbosity=0
        )


def test_a_field_that_is_missing_is_named(tmp_path):
    register = write(tmp_path / "register.jsonl", {"id": 1, "name": "Acme"})
    queries = write(tmp_path / "queries.jsonl", {"qid": 1, "name": "Acme"})
    with pytest.raises(CommandError, match=r"queries.jsonl, line 1: 'query' is missing"):
        call_command("evaluate_screening", "--parties", register, queries, "--out", str(tmp_path / "out"), verbosity=0)
