"""robots.txt: which pages of a list a site asks programs not to read, and how long to wait between them (RFC 9309)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from annotate.errors import SourceError

if TYPE_CHECKING:
    from protego import Protego

    from annotate.sources.network import Network

AGENT = "annotate"
_MAX_BYTES = 512_000
_SHORTEST_WAIT, _LONGEST_WAIT = 0.5, 10.0


class Robots:
    """The wishes of sites, asked once a site."""

    def __init__(self, network: Network | None = None) -> None:
        self.network = network
        self.sites: dict[str, Protego | str] = {}
        self.asked: dict[str, float] = {}

    def require(self, url: str) -> None:
        """Raise SourceError where the site asks programs not to read this page."""
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if site not in self.sites:
            self.sites[site] = self._rules(site)
        rules = self.sites[site]
        if isinstance(rules, str):
            raise SourceError(f"{url}: left alone: the site's robots.txt cannot be read: {rules}")
        if not rules.can_fetch(url, AGENT):
            raise SourceError(f"{url}: left alone: the site's robots.txt asks programs not to read it")

    def wait(self, url: str) -> None:
        """Wait until the site may be asked again."""
        site = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        rules = self.sites.get(site)
        delay = 0.0 if rules is None or isinstance(rules, str) else rules.crawl_delay(AGENT) or 0.0
        pause = min(max(delay, _SHORTEST_WAIT), _LONGEST_WAIT)
        time.sleep(max(0.0, self.asked.get(site, 0.0) + pause - time.monotonic()))
        self.asked[site] = time.monotonic()

    def _rules(self, site: str) -> Protego | str:
        """A site's rules; a reason where the server fails, which asks for patience: then nothing may be read."""
        from protego import Protego

        from annotate.sources import url

        try:
            response = url.fetch(f"{site}/robots.txt", network=self.network, seconds=10)
        except SourceError as error:
            return str(error).removeprefix(f"{site}/robots.txt: ")
        if response.status >= 500:
            return f"the site answered {response.status}"
        text = response.body[:_MAX_BYTES].decode("utf-8", "replace") if response.status < 300 else ""
        return Protego.parse(text)
