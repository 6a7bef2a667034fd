"""Walks pages as a person sees them: two widths, light and dark, one h1, no sideways scroll, nothing that axe finds."""

import os
from dataclasses import dataclass
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page

#: In the short form a page is seen wide in one scheme and narrow in the other, and examined by axe in one of the two;
#: in the full form (`make soak`) in all four.
IN_FULL = bool(os.environ.get("EXCHANGE_FULL"))
HEIGHT, NARROW = 900, 600  # pixels
SIDEWAYS = """() => {
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= wide) return [];
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > wide + 1)
    .slice(-3)
    .map((one) => one.tagName.toLowerCase() + '.' + one.className + ': ' + one.textContent.trim().slice(0, 40));
}"""


@dataclass(frozen=True)
class Eyes:
    """A width in CSS pixels and a colour scheme."""

    width: int
    scheme: str

    def __str__(self) -> str:
        return f"{self.width}-{self.scheme}"


EYES = (Eyes(1280, "light"), Eyes(390, "light"), Eyes(1280, "dark"), Eyes(390, "dark"))


def turn_of(address: str) -> int:
    """Return a number that stays with a page from run to run."""
    return sum("g" <= char <= "z" for char in address.split("/", 3)[-1])  # of the words, not of numbers that change


def eyes_for(address: str) -> tuple[Eyes, ...]:
    """Return the eyes a page is seen with."""
    return EYES if IN_FULL else (EYES[0], EYES[3]) if turn_of(address) % 2 else (EYES[1], EYES[2])


def is_examined(address: str, eyes: Eyes) -> bool:
    """Return whether axe examines a page with these eyes."""
    return IN_FULL or (turn_of(address) // 2 + (eyes.width < NARROW)) % 2 == 0


def axe_findings(page: Page) -> list[str]:
    """Return what axe finds on the page as it stands, one line per rule and element."""
    only = {"resultTypes": ["violations"]}  # by all rules; what passes is not listed
    found = Axe().run(page, options=only).response["violations"]
    return [f"axe {one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def look(page: Page, address: str, eyes: Eyes, picture: Path | None = None) -> list[str]:
    """Open an address with the given eyes and return every fault, as lines; `picture` keeps a full-page screenshot."""
    faults: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(f"console: {message.text[:200]}")

    page.on("console", hear)
    page.set_viewport_size({"width": eyes.width, "height": HEIGHT})
    page.emulate_media(color_scheme=eyes.scheme, reduced_motion="reduce")
    answer = page.goto(address, wait_until="load")
    if answer is None or answer.status >= 500:
        faults.append(f"answered {answer.status if answer else 'nothing'}")
    if (count := page.locator("h1").count()) != 1:
        faults.append(f"{count} h1 elements")
    faults += [f"wider than {eyes.width}: {one}" for one in page.evaluate(SIDEWAYS)]
    if is_examined(address, eyes):
        faults += axe_findings(page)
    if picture:
        page.screenshot(path=picture, full_page=True)
    page.remove_listener("console", hear)
    return [f"{eyes} {address}: {fault}" for fault in faults]


def walk(page: Page, base: str, addresses: dict[str, str], into: Path | None = None) -> list[str]:
    """
    Look at each address (name to path) with the eyes it is due and return all faults.

    :param into: folder for screenshots named `name-width-scheme.png`.
    """
    if into:
        into.mkdir(parents=True, exist_ok=True)
    return [
        fault
        for name, path in addresses.items()
        for eyes in eyes_for(base + path)
        for fault in look(page, base + path, eyes, into / f"{name}-{eyes}.png" if into else None)
    ]
