"""
Two runs beside each other share one suite: each takes the next file of tests that the other has not taken.

`tools/run_tests.py` names the folder in which they note what is taken and, in the end, what came of it.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

#: What takes long goes first, so that nobody is left alone with it in the end.
DEAR = ("browser", "soak", "walls", "denials", "consultations", "screening", "reports")
OUTCOMES = ("passed", "failed", "error", "skipped", "xfailed", "xpassed")


class Turns:
    def __init__(self, folder: Path, begins_with: str) -> None:
        self.folder, self.begins_with = folder, begins_with

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if session.testsfailed or session.config.option.collectonly:
            return None  # what could not be collected is for pytest to tell
        items = self.own(session.items)
        item = next(items, None)
        while item is not None:
            following = next(items, None)
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldfail or session.shouldstop:
                raise session.Interrupted(session.shouldfail or session.shouldstop)
            item = following
        return True

    def own(self, items: list[pytest.Item]) -> Iterator[pytest.Item]:
        """The tests of the files taken by this run, each file taken as its turn comes."""
        files: dict[Path, list[pytest.Item]] = {}
        for item in items:
            files.setdefault(item.path, []).append(item)
        order = [self.begins_with, *DEAR]
        for file in sorted(files, key=lambda file: [*order, file.parent.name].index(file.parent.name)):
            if self.is_taken_by_us(file):
                yield from files[file]

    def is_taken_by_us(self, file: Path) -> bool:
        try:
            (self.folder / f"{file.parent.name}.{file.stem}").touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        counts = {name: len(terminalreporter.stats.get(name, ())) for name in OUTCOMES}
        (self.folder / f"{os.getpid()}.json").write_text(json.dumps(counts))


def pytest_configure(config: pytest.Config) -> None:
    if folder := os.environ.get("EXCHANGE_TURNS"):
        config.pluginmanager.register(Turns(Path(folder), os.environ.get("EXCHANGE_BEGINS_WITH", DEAR[0])))
