"""Make .venv with exactly the hash-pinned sets. Needs Python 3.11+ and nothing else; two at once queue."""

import fcntl
import hashlib
import shutil
import subprocess
import sys
import venv
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".ready"
SETS = (BASE / "requirements.txt", BASE / "requirements-dev.txt")
INSTALLER = BASE / "tools" / "uv.txt"


def digest() -> str:
    """What the environment is made of: the pinned files, this Python, and where the environment stands."""
    content = b"".join(file.read_bytes() for file in (*SETS, INSTALLER))
    return hashlib.sha256(content + sys.version.encode() + str(VENV).encode()).hexdigest()


def ready() -> bool:
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == digest()


def create() -> None:
    if PYTHON.exists() and not STAMP.exists():
        shutil.rmtree(VENV)  # an earlier set-up was interrupted
    try:
        venv.create(VENV, with_pip=True, symlinks=True)
    except (ImportError, subprocess.CalledProcessError):
        shutil.rmtree(VENV, ignore_errors=True)
        raise SystemExit(
            "This Python cannot make virtual environments; on Debian: apt-get install python3-venv"
        ) from None


def install() -> None:
    quiet = ["--quiet", "--disable-pip-version-check"]
    pip = [str(PYTHON), "-m", "pip", "install", *quiet, "--require-hashes", "-r", str(INSTALLER)]
    subprocess.run(pip, check=True)
    sync = [str(PYTHON), "-m", "uv", "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON)]
    subprocess.run([*sync, *map(str, SETS), str(INSTALLER)], check=True)


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what meets an older Python
        raise SystemExit(f"Python 3.11 or later is needed, this is {sys.version.split()[0]}; try PYTHON=python3.11")
    with (BASE / ".setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if ready():
            return
        print("Setting up .venv …", flush=True)
        STAMP.unlink(missing_ok=True) if STAMP.exists() else create()
        install()
        STAMP.write_text(digest())


if __name__ == "__main__":
    main()
