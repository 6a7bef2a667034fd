"""Run the soak tests, or the measurements whose name begins as asked, and say plainly what ran."""

import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent


def soak() -> int:
    place = BASE / "tests" / "soak"
    if not list(place.glob("test_*.py")):
        print("tests/soak holds no tests: nothing was run")
        return 0
    return subprocess.run([sys.executable, "-m", "pytest", str(place)], cwd=BASE).returncode


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
