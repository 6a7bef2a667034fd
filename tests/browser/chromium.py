"""Finds the system's Chromium and starts it without a profile, without a network of its own."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import BrowserContext, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ABSENT = "Chromium was not found: `apt-get install chromium`, or name it in EXCHANGE_CHROMIUM"


def find_chromium() -> str | None:
    """Return the path of a Chromium on this machine, or None."""
    named = os.environ.get("EXCHANGE_CHROMIUM")
    if named:
        return named
    return next((path for path in map(shutil.which, NAMES) if path), None)


def is_required() -> bool:
    """Say whether the absence of Chromium is a failure here."""
    return os.environ.get("EXCHANGE_REQUIRE_BROWSER") == "1"


@contextmanager
def running_chromium(path: str, **settings: object) -> Iterator[BrowserContext]:
    """Run Chromium headless in a fresh profile; the settings are Playwright's for a context."""
    with tempfile.TemporaryDirectory(prefix="chromium-") as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=path, headless=True, args=FLAGS, **settings
        )
        try:
            yield context
        finally:
            context.close()
