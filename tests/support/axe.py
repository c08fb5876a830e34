"""What axe finds wrong with a page for people who use assistive technology, and how wide a page is."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def _script() -> str:
    from axe_playwright_python.sync_playwright import Axe

    return str(Axe().axe_script)


def violations(page: Any) -> list[dict[str, Any]]:
    """The violations alone: what passed is many times as much, and stays in the browser."""
    page.wait_for_load_state()
    page.evaluate(_script())
    found = "axe.run({resultTypes: ['violations']}).then(results => results.violations)"
    return list(page.evaluate(found))


def width_of(page: Any) -> int:
    """Pixels that the whole page takes; loaded first, since a press may only just have left the page before."""
    page.wait_for_load_state()
    return int(page.evaluate("document.documentElement.scrollWidth"))
