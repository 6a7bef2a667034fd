"""What REST answers is what its description says, whatever its parameters and bodies hold."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.walls.walk import in_turn
from tests.walls.world import World

DESCRIPTION = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
VERBS = ("get", "post", "put", "patch", "delete")
VALUES = ("", "x", "-1", "0", "9" * 40, "2026-13-01", "0001-01-01", "true", "a,b", "é" * 50, "[]", "%")
BODIES: tuple[Any, ...] = ({}, {"x": 1}, [], None, "x", 5, {"reason": {"a": []}}, {"regime": [None]})


def operations(*verbs: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Address, verb and description of each operation whose address names no object."""
    described = yaml.load(DESCRIPTION.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe loader
    found = ((path, verb, each[verb]) for path, each in described["paths"].items() for verb in verbs if verb in each)
    return sorted((one for one in found if "{" not in one[0]), key=lambda one: one[:2])


READING, WRITING = operations("get"), operations("post")


def queries(description: dict[str, Any]) -> Iterator[str]:
    names = [one["name"] for one in description.get("parameters", ()) if one["in"] == "query"]
    for turn, name in enumerate(names):
        yield from (f"{name}={value}" for value in in_turn(VALUES, turn))


def wrong(response: Any, description: dict[str, Any], what: str) -> list[str]:
    """Say what an answer has that its description has not."""
    if str(response.status_code) not in description["responses"]:
        return [f"{what}: {response.status_code} is not described"]
    said = description["responses"][str(response.status_code)].get("content", {})
    kind = response.headers.get("Content-Type", "").split(";")[0]
    return [] if not said or kind in said else [f"{what}: {kind} is not described"]


@pytest.mark.parametrize("third", range(3))
def test_no_parameter_leads_beside_the_description(world: World, third: int) -> None:
    api = world.browser("system")
    found = [
        line
        for path, _verb, description in READING[third::3]
        for query in ["", *queries(description)]
        for line in wrong(api.get(f"{path}?{query}"), description, f"GET {path}?{query}")
    ]
    assert len(READING) > 25
    assert found == []


def test_no_body_leads_beside_the_description(world: World) -> None:
    api = world.browser("system")
    found = [
        line
        for turn, (path, _verb, description) in enumerate(WRITING)
        for body in in_turn(BODIES, turn)
        for line in wrong(api.post(path, body), description, f"POST {path} {body!r}")
    ]
    assert len(WRITING) > 10
    assert found == []


def test_verbs_that_are_not_described_are_refused(world: World) -> None:
    api = world.browser("system")
    described = {path: set() for path, *_ in operations(*VERBS)}
    for path, verb, _description in operations(*VERBS):
        described[path].add(verb)
    for path, verbs in described.items():
        for verb in {"put", "patch", "delete"} - verbs:
            assert getattr(api, verb)(path).status_code == 405, f"{verb} {path}"
