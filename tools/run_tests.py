"""
Run the whole suite: two halves beside each other, each with a database of its own, where there are two cores.

The first half is shown as it runs, the other when it ends; the exit code is that of the half that failed.
"""

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "pytest"]
#: About half of the time each; what is in neither is run with the first.
SECOND = ("tests/denials", "tests/browser")


def halves() -> tuple[list[str], list[str]]:
    """Return all of the tests in two parts that share nothing."""
    there = sorted(str(path.relative_to(BASE)) for path in (BASE / "tests").iterdir() if _holds_tests(path))
    return [path for path in there if path not in SECOND], [path for path in there if path in SECOND]


def _holds_tests(path: Path) -> bool:
    return path.name.startswith("test_") if path.is_file() else bool(list(path.glob("test_*.py")))


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that both halves end with it
    first, second = halves()
    if (os.cpu_count() or 1) < 2:
        return subprocess.run([*COMMAND, *first, *second], cwd=BASE).returncode
    with tempfile.TemporaryFile() as said:
        other = subprocess.Popen([*COMMAND, *second], cwd=BASE, stdout=said, stderr=subprocess.STDOUT)
        try:
            code = subprocess.run([*COMMAND, *first], cwd=BASE).returncode
            other.wait()
        finally:
            other.terminate()
            other.wait()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
        sys.stdout.flush()
    return code or other.returncode


if __name__ == "__main__":
    sys.exit(main())
