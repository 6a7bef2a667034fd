"""
Run the whole suite, where there are two cores in two runs beside each other, each with a database of its own.

Each run takes the next file that the other has not taken (tests/turns.py). The first is shown as it goes, the other
when it has ended, then what came of both; the exit code is that of a run that failed.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, "-m", "pytest"]
SHARED = ["-p", "tests.turns", "-o", "console_output_style=classic"]


def main() -> int:
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each process compiles Django and the exchange anew
    if (os.cpu_count() or 1) < 2:
        return subprocess.run(COMMAND, cwd=BASE).returncode
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that both runs end with it
    with tempfile.TemporaryDirectory() as turns, tempfile.TemporaryFile() as said:
        environment = {**os.environ, "EXCHANGE_TURNS": turns}
        command = [*COMMAND, *SHARED]
        law = environment | {"EXCHANGE_BEGINS_WITH": "law"}  # needs no database while the first makes one for both
        other = subprocess.Popen(command, cwd=BASE, env=law, stdout=said, stderr=subprocess.STDOUT)
        try:
            code = subprocess.run(command, cwd=BASE, env=environment).returncode
            other.wait()
        finally:
            other.terminate()
            other.wait()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
        counts = [json.loads(file.read_text()) for file in Path(turns).glob("*.json")]
    outcomes = {name: sum(count[name] for count in counts) for name in counts[0]} if counts else {}
    print("both runs:", ", ".join(f"{number} {name}" for name, number in outcomes.items() if number), flush=True)
    return code or other.returncode


if __name__ == "__main__":
    sys.exit(main())
