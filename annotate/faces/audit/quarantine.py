"""Find the documents that kill the process that checks them, by halves."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def killers(documents: Sequence[int], survives: Callable[[Sequence[int]], bool]) -> list[int]:
    """The documents that kill, each by itself, of several that killed together.

    `survives` says whether a process lives through some of them. Nothing is found where only several together kill, or
    where the process was killed from outside: then every half survives, and the shard can be tried again whole.
    """
    if len(documents) == 1:
        innocent = survives(documents) or survives(documents)  # the first time may have been chance
        return [] if innocent else list(documents)
    middle = len(documents) // 2
    halves = [half for half in (documents[:middle], documents[middle:]) if half]
    return [document for half in halves if len(half) == 1 or not survives(half) for document in killers(half, survives)]
