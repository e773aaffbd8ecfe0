"""The word lists of `inference`, ready to search with.

A list holds regular expressions over whole words, case folded: a blank stands for any white space, a hyphen for a
hyphen or a blank (so no ranges in brackets), an apostrophe for either form.
"""

from __future__ import annotations

import re
from functools import cache

from annotate.artefacts import wordlist


@cache
def cues(name: str, key: str) -> re.Pattern[str]:
    """The patterns of `models/wordlists/inference/NAME.toml` under a key, as one."""
    joined = "|".join(_expand(item) for item in sorted(wordlist(f"inference/{name}")[key], key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", re.IGNORECASE)


@cache
def words(name: str, key: str) -> frozenset[str]:
    """The single words (lemmas) under a key."""
    return frozenset(wordlist(f"inference/{name}")[key])


def _expand(item: str) -> str:
    return item.replace("-", r"[-‐‑\s]").replace("'", "['’]").replace(" ?", r"\s*").replace(" ", r"\s+")
