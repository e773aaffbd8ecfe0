"""What makes a finding the same finding in another version of the article.

The check, the words marked and the few words around them in their block, in small letters and without punctuation: so
it survives edits elsewhere, new line breaks, another name of the file and another format of the same draft.
"""

from __future__ import annotations

import hashlib
import re

from annotate.types import Article, Finding

_WORD = re.compile(r"\w+")
_AROUND = 4


def fingerprint(finding: Finding, article: Article) -> str:
    """32 hexadecimal digits for a finding in an article."""
    text, block = article.prose, article.block_at(finding.start)
    first, last = (block.start, max(block.end, finding.end)) if block else (finding.start, finding.end)
    parts = [
        _words(text[first : finding.start])[-_AROUND:],
        _words(text[finding.start : finding.end]),
        _words(text[finding.end : last])[:_AROUND],
    ]
    key = "\n".join([finding.check, *(" ".join(words) for words in parts)])
    return hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
