"""How soon marks follow an edit: one paragraph of an 800-word draft changes, in Chromium, against the real server.

python -m tests.figures.latency
"""

from __future__ import annotations

import json
import os
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from annotate.faces.web.client import Client
from tests.browser.test_page import CHROMIUM, QUIET
from tests.conftest import CORPUS
from tests.serving import Server, serving

EDITS, WORDS = 30, 800
ARTICLES = ("garbled-cardiology.txt", "phase1-malaria.txt", "tiny-trial-cure.txt", "observational-tea.txt")
_WATCH = """() => {
  window.taken = [];
  document.addEventListener("annotate:marked", () => {
    const since = window.since;
    if (since) requestAnimationFrame(() => window.taken.push(performance.now() - since));
    window.since = 0;
  });
}"""
_TYPE = """(number) => {
  const area = document.getElementById("text"), ends = [...area.value.matchAll(/\\n\\n/g)].map((match) => match.index);
  const at = ends[number % ends.length];
  area.focus({ preventScroll: true });
  area.setSelectionRange(at, at);
  window.since = performance.now();
  document.execCommand("insertText", false, ` It was seen ${number} times in the second year.`);
}"""


def draft() -> str:
    """A draft of 800 words from the corpus."""
    paragraphs = "\n\n".join((CORPUS / name).read_text(encoding="utf-8").strip() for name in ARTICLES).split("\n\n")
    while len("\n\n".join(paragraphs).split()) > WORDS:
        paragraphs.pop()
    return "\n\n".join(paragraphs)


def first_checks(server: Server, times: int = 8) -> list[float]:
    """Seconds to check whole drafts that the server has not seen, once it is warm."""
    client, taken = Client(server.address), []
    paragraphs = draft().split("\n\n")
    for number in range(times):
        text = "\n\n".join(f"{paragraph} In {1990 + number} it was so." for paragraph in paragraphs)
        begun = time.perf_counter()
        client.check_text(text)
        taken.append(time.perf_counter() - begun)
    return taken[1:]


def edits(page: Page, server: Server) -> tuple[list[float], tuple[float, float]]:
    """Milliseconds from each edit to the marks on the screen; processor time an edit, in the server and in the page."""
    page.goto("/")
    page.get_by_label("Paste the text").fill(draft())
    page.get_by_role("button", name="Check it").click()
    page.locator("html[data-ready]").wait_for()
    page.evaluate(_WATCH)
    browser = page.context.new_cdp_session(page)
    browser.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = processor_time(server), _busy(browser)
    for number in range(EDITS):
        page.wait_for_timeout(1_000)  # an editor who rests, then types
        page.evaluate(_TYPE, number)
        while page.evaluate("() => window.taken.length") <= number:
            page.wait_for_timeout(10)
    found: list[float] = page.evaluate("() => window.taken")
    used = (processor_time(server) - before[0]) / EDITS, (_busy(browser) - before[1]) / EDITS
    return found[3:], used


def processor_time(server: Server) -> float:
    """Milliseconds of processor time that the server and its workers have used."""
    parent = str(server.process.pid)
    rows = [path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat")]
    own = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()
    ticks = sum(int(row[11]) + int(row[12]) for row in [own, *(row for row in rows if row[1] == parent)])
    return ticks * 1000 / os.sysconf("SC_CLK_TCK")


def _busy(browser: Any) -> float:
    """Milliseconds that the page's main thread has been at work."""
    metrics = {metric["name"]: metric["value"] for metric in browser.send("Performance.getMetrics")["metrics"]}
    return float(metrics["TaskDuration"]) * 1000


def in_server(server: Server) -> list[float]:
    """Milliseconds that the server took for each edit, by its own log."""
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    return [line["ms"] for line in lines if line.get("route") == "/d/{identifier}" and line["method"] == "POST"][3:]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder), "--workers", "1") as server:
        whole = first_checks(server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            seen, used = edits(browser.new_page(base_url=server.address), server)
            browser.close()
        answered = in_server(server)
    print(f"{len(draft().split())} words, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"first check of the whole, warm: median {statistics.median(whole):.2f} s, best {min(whole):.2f} s")
    for name, values in (("edit to marks on the screen", seen), ("of which in the server", answered)):
        quarter = statistics.quantiles(values, n=20)
        print(f"{name}: median {statistics.median(values):.0f} ms, p95 {quarter[18]:.0f} ms, best {min(values):.0f} ms")
    print(f"processor time an edit, whatever else runs: {used[0]:.0f} ms in the server, {used[1]:.0f} ms in the page")


if __name__ == "__main__":
    main()
