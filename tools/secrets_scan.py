"""Find what looks like a secret, a path of one machine, or a package registry in the tracked files."""

import re
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
PATTERNS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "an access key": re.compile(
        r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}\b|\bxox[abp]-[A-Za-z0-9-]{10,}"
    ),
    "a password in a URL": re.compile(r"\b[a-z][a-z0-9+]+://[^\s:/@{}$<>\"']+:(?!password\b)[^\s@{}$<>\"']{6,}@"),
    "an assigned secret": re.compile(
        r"""(?i)\b(?:secret|secret_key|api_key|token)\s*[=:]\s*["'][A-Za-z0-9+/_-]{32,}["']"""
    ),
    "a package registry": re.compile(r"--(?:extra-)?index-url|--find-links"),
}
SUFFIXES = {".png", ".ico", ".woff", ".woff2", ".xlsx", ".pdf", ".mo"}
ITSELF = "tools/secrets_scan.py"


def main() -> int:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=BASE, capture_output=True, text=True, check=True)
    complaints = []
    files = [BASE / name for name in listed.stdout.split("\0") if name and name != ITSELF]
    for file in files:
        if file.suffix in SUFFIXES or not file.is_file():
            continue
        text = file.read_text(encoding="utf-8", errors="replace")
        for what, pattern in PATTERNS.items():
            for hit in pattern.finditer(text):
                line = text.count("\n", 0, hit.start()) + 1
                complaints.append(f"{file.relative_to(BASE)}:{line}: {what}")
    print("\n".join(complaints) or f"{len(files)} tracked files hold no secret")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
