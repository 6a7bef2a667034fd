"""Run the batteries in full, or the measurements whose name begins as asked, and say plainly what ran."""

import os
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent


#: Batteries that `make test` runs in a short form, those without one not at all.
BATTERIES = ("tests/walls", "tests/browser", "tests/soak")


def soak() -> int:
    places = [place for place in BATTERIES if list((BASE / place).glob("test_*.py"))]
    print(f"in full: {', '.join(places)}", flush=True)
    command = [sys.executable, "-m", "pytest", *places]
    return subprocess.run(command, cwd=BASE, env={**os.environ, "EXCHANGE_FULL": "1"}).returncode


def bench(subject: str = "") -> int:
    scripts = sorted((BASE / "tools" / "bench").glob(f"{subject}*.py"))
    failed = 0
    for script in scripts:
        print(f"== {script.relative_to(BASE)}", flush=True)
        failed += bool(subprocess.run([sys.executable, str(script)], cwd=BASE).returncode)
    print(f"{len(scripts)} measurements under tools/bench{f' for {subject}' if subject else ''} ran, {failed} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit({"soak": soak, "bench": bench}[sys.argv[1]](*sys.argv[2:]))
