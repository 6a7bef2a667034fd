"""Compare docs/openapi.yaml with the description generated from the code, which must validate without a warning."""

import difflib
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
KEPT = BASE / "docs" / "openapi.yaml"


def main() -> int:
    command = [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn"]
    generated = subprocess.run(command, cwd=BASE, stdout=subprocess.PIPE, text=True)
    if generated.returncode:
        return generated.returncode
    kept = KEPT.read_text() if KEPT.exists() else ""
    lines = list(
        difflib.unified_diff(
            kept.splitlines(), generated.stdout.splitlines(), "docs/openapi.yaml", "the code", lineterm=""
        )
    )
    print("\n".join(lines[:60]) or "docs/openapi.yaml is what the code does")
    if lines:
        print("Run make openapi, and read the difference as a national system would.")
    return bool(lines)


if __name__ == "__main__":
    sys.exit(main())
