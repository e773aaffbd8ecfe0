"""Reading → Paper: the study that an article reports.

`identifiers` reads links and numbers, `traces` what else an article leaves, `evidence` weighs a paper against it,
`library` keeps papers, `retrieval` finds those worth weighing, `records` reads them from files, `online` asks the
public services.
"""

from __future__ import annotations

from annotate.papers.search import Search, find_paper, lay_out, open_papers

__all__ = ["Search", "find_paper", "lay_out", "open_papers"]
