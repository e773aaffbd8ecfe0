"""Our negation guard beside negspaCy's NegEx, where that is installed, on the golds of the corpus.

    pip install negspacy      # not a dependency
    python corpus/compare_negation.py [EXTRA.jsonl …]

Words marked as traps because they are negated should be found negated (recall); all other golds and traps should not
(specificity). EXTRA files hold one object a line: text, start, end, negated.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from annotate.article import extract
from annotate.claims import understand
from annotate.language import parse
from annotate.language.pipeline import load
from annotate.types import Page

FOLDER = Path(__file__).parent
Case = tuple[str, int, int, bool]


def main() -> None:
    cases = [*corpus_cases(), *(case for name in sys.argv[1:] for case in extra_cases(Path(name)))]
    print(f"{len(cases)} places, {sum(case[3] for case in cases)} negated")
    for name, judge in judges().items():
        verdicts = [(judge(text, start, end), negated) for text, start, end, negated in cases]
        hits = sum(said for said, negated in verdicts if negated)
        false = sum(said for said, negated in verdicts if not negated)
        total = sum(negated for _, negated in verdicts)
        print(f"  {name:10s} recall {hits / total:.2f}   specificity {1 - false / (len(verdicts) - total):.2f}")


def corpus_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("gold/*.json")):
        article = FOLDER / "articles" / f"{path.stem}.txt"
        if not article.exists():
            continue
        gold, text = json.loads(path.read_text(encoding="utf-8")), article.read_text(encoding="utf-8")
        for item in (*gold["findings"], *gold["traps"]):
            if item["check"].startswith("wording."):
                yield text, item["start"], item["end"], item.get("reason") == "negated"


def extra_cases(path: Path) -> Iterator[Case]:
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        yield row["text"], row["start"], row["end"], row["negated"]


def judges() -> dict[str, Callable[[str, int, int], bool]]:
    found: dict[str, Callable[[str, int, int], bool]] = {"ours": ours}
    nlp = load("en_core_web_sm")
    warnings.filterwarnings("ignore")
    try:
        from negspacy.negation import Negex
        from negspacy.termsets import termset

        negex = Negex(nlp, "negex", termset("en_clinical").get_patterns(), [], "negex", {}, [])
        found["negspaCy"] = lambda text, start, end: on_entity(negex, text, start, end)._.negex
    except ImportError:
        print("  negspaCy is not installed")
    return found


def ours(text: str, start: int, end: int) -> bool:
    article = extract(Page("x", text.encode(), "text/plain"))
    return bool(understand(article, parse(article)).context.guards(start, end, ("negated",)))


def on_entity(component: Any, text: str, start: int, end: int) -> Any:
    doc = parse(extract(Page("x", text.encode(), "text/plain"))).doc
    span = doc.char_span(start, end, label="TRIGGER", alignment_mode="expand")
    doc.set_ents([span])
    return component(doc).ents[0]


if __name__ == "__main__":
    main()
