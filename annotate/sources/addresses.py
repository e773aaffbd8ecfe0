"""Which addresses on the network may be asked: public ones, and no others.

A URL that somebody pasted, or that a page redirects to, must not reach the machine itself, its network, or the
metadata service of a cloud. Host names are resolved once; every answer is checked, and the connection is made to the
address that was checked (`annotate.sources.network`), so that a name that changes its answer gains nothing.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from annotate.errors import SourceError

_PORTS = {"http": 80, "https": 443}
_BAD = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2000-\u200f\u2028-\u202f\u3000\ufeff]")
_MAX_URL = 4_096
_KEPT = "%/:;=&?~+!$,'@()*[]|{}^`<>\""
"""Characters of a path or query that are sent as they are; others than ASCII as RFC 3987 maps them."""
_V4_REFUSED = tuple(
    map(
        ipaddress.IPv4Network,
        (
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "168.63.129.16/32", "169.254.0.0/16",
            "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/3",
        ),
    )
)  # fmt: skip
_V6_PUBLIC = ipaddress.IPv6Network("2000::/3")
_V6_REFUSED = tuple(
    map(ipaddress.IPv6Network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"))
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """A URL that may be asked for: `url` in ASCII, without its fragment."""

    url: str
    host: str
    port: int


def target(url: str, *, extra_port: int | None = None) -> Target:
    """Take a URL apart. Raises SourceError for anything but plain http and https on their own ports.

    The message says why and leaves the URL to the caller. `extra_port` is for the tests' own server.
    """
    try:
        if len(url) > _MAX_URL or _BAD.search(url):
            raise SourceError("not a valid URL: spaces, backslashes or control characters in it")
        parts = urlsplit(url)
        port = parts.port
        name = parts.hostname or ""
    except ValueError as error:
        raise SourceError(f"not a valid URL: {error}") from None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS:
        raise SourceError("only http and https addresses can be read; give a file by its path")
    if "@" in parts.netloc:
        raise SourceError("refused: the URL carries a user name or password")
    if port not in (None, _PORTS[scheme], extra_port):
        raise SourceError(f"refused: port {port}; only {_PORTS[scheme]} is asked over {scheme}")
    try:
        host = name if ":" in name else name.encode("idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not host or "%" in host or host.startswith("."):
        raise SourceError("not a valid URL: no host that can be looked up")
    location = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[scheme]:
        location += f":{port}"
    path, query = (quote(part, safe=_KEPT, errors="replace") for part in (parts.path or "/", parts.query))
    clean = urlunsplit((scheme, location, path, query, ""))
    return Target(clean, host, port or _PORTS[scheme])


def redirected(origin: str, location: str) -> str:
    """Where a redirect leads, as a full URL."""
    return urljoin(origin, location.strip())


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet. What is wrapped in IPv6 counts by what is inside."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            ip = ip.ipv4_mapped
        elif ip in _NAT64:
            ip = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        else:
            return ip.is_global and ip in _V6_PUBLIC and not any(ip in network for network in _V6_REFUSED)
    return ip.is_global and not any(ip in network for network in _V4_REFUSED)


def shown(url: str) -> str:
    """A URL for a message: one line, not too long, without a password."""
    line = re.sub(r"//[^/@]*@", "//…@", _BAD.sub(" ", url))
    return line if len(line) <= 120 else f"{line[:117]}…"
