"""Compressed bytes → bytes, never more than a limit: a small file can unpack to a gigabyte."""

from __future__ import annotations

import zlib
from typing import Final

MAX_BYTES: Final = 20_000_000
_WINDOWS = {"gzip": 31, "x-gzip": 31, "deflate": 47}


def decompress(body: bytes, encoding: str, limit: int = MAX_BYTES) -> bytes:
    """`body` unpacked, as far as its encoding is known; cut at `limit` bytes, and where the data breaks off."""
    window = _WINDOWS.get(encoding.strip().lower())
    if window is None:
        return body[:limit]
    for bits in (window, -15):  # some servers send deflate without its header
        try:
            return zlib.decompressobj(bits).decompress(body, limit)
        except zlib.error:
            continue
    return body[:limit]
