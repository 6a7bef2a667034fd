"""Resolve the *.in files to hash-pinned requirement files, each direct dependency with its reason above it."""

import re
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
FILES = ("requirements.in", "requirements-dev.in", "tools/uv.in")
NAME = re.compile(r"^([A-Za-z0-9._-]+)")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def reasons(source: Path) -> dict[str, str]:
    found = {}
    for line in source.read_text().splitlines():
        requirement, _, reason = line.partition("  # ")
        name = NAME.match(requirement)
        if name:
            found[canonical(name[1])] = reason
    return found


def resolve(source: Path, target: Path) -> None:
    command = [sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--generate-hashes", "--universal"]
    command += ["--python-version", "3.11", "--no-emit-index-url", "--no-header", "--no-annotate"]
    subprocess.run([*command, "-o", str(target), str(source)], check=True, cwd=BASE)


def explain(target: Path, because: dict[str, str]) -> None:
    lines = ["# Written by `make lock`; direct dependencies carry their reason, the others are needed by them."]
    for line in target.read_text().splitlines():
        name = NAME.match(line)
        if name and because.get(canonical(name[1])):
            lines.append(f"# {because[canonical(name[1])]}")
        lines.append(line)
    target.write_text("\n".join(lines) + "\n")


def main() -> None:
    for file in FILES:
        source = BASE / file
        target = source.with_suffix(".txt")
        resolve(source, target)
        explain(target, reasons(source))


if __name__ == "__main__":
    main()
