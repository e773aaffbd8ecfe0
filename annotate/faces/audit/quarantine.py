"""Find the documents that kill the process that checks them, by halves."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def killers(documents: Sequence[int], survives: Callable[[Sequence[int]], bool]) -> list[int]:
    """The documents that kill, each by itself; `survives` says whether a process lives through some of them.

    Nothing is found where only several together kill, or where the process was killed from outside: then every half
    survives, and the shard can be tried again whole.
    """
    if not documents or survives(documents):
        return []
    if len(documents) == 1:
        return list(documents)
    middle = len(documents) // 2
    return killers(documents[:middle], survives) + killers(documents[middle:], survives)
