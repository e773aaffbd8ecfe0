"""A trial: a small trained recogniser beside the vocabulary. Not part of the product; its figures are in README.md.

    python models/vocabulary/recogniser.py train OUT TRAIN_FILE…      abstracts annotated by hand (PubTator format)
    python models/vocabulary/recogniser.py score MODEL DEV_FILE…
    python models/vocabulary/recogniser.py differ MODEL N ARTICLES.jsonl

`train` starts from the words' vectors of en_core_web_sm's own recogniser and keeps the epoch that is best on a tenth of
the abstracts, which it does not learn from. Abstracts of a set without genes and chemicals take these from the linker.
`score` tells strict mentions of the recogniser alone, of the linker alone, and of the two ways to join them: `filter`
(the linker's entities that the recogniser sees too) and `extend` (the linker's, and the recogniser's where the whole
stretch has a concept). `differ` prints N of what the ways to join would change in articles, to be judged by hand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from evaluate import CLASS_OF_KIND, Document, documents
from spacy.training import Example
from spacy.util import compounding, fix_random_seed, minibatch

from annotate.language.abbreviations import abbreviations
from annotate.language.linking import link
from annotate.language.pipeline import load
from annotate.vocabulary import KINDS, UNLINKED, open_vocabulary
from annotate.vocabulary.normal_forms import normal_form

CLASSES = ("chemical", "disease", "gene")
EPOCHS, PATIENCE, SEED, DROPOUT = 40, 6, 1, 0.3
Mention = tuple[int, int, str]


def linked(nlp: Any, doc: Any) -> set[Mention]:
    """The linker's mentions."""
    entities = link(doc, abbreviations(nlp, doc))
    return {(e.start, e.end, CLASS_OF_KIND[e.kind]) for e in entities if e.kind in CLASS_OF_KIND}


def examples(paths: list[Path], recogniser: Any) -> list[Example]:
    """Annotated abstracts as spaCy's examples; overlapping mentions lose the shorter."""
    nlp = load("en_core_web_sm")
    found = []
    for path in paths:
        gold = documents(path)
        missing = set(CLASSES) - {kind for document in gold for _, _, kind in document.mentions}
        for document in gold:
            mentions = set(document.mentions)
            if missing:
                mentions |= {m for m in linked(nlp, nlp(document.text)) if m[2] in missing}
            doc = recogniser.make_doc(document.text)
            spans = [doc.char_span(start, end, kind, alignment_mode="expand") for start, end, kind in sorted(mentions)]
            doc.ents = spacy.util.filter_spans([span for span in spans if span])
            found.append(Example(recogniser.make_doc(document.text), doc))
    return found


def train(out: Path, paths: list[Path]) -> None:
    """Train and keep the best epoch."""
    fix_random_seed(SEED)
    stock = load("en_core_web_sm")
    recogniser = spacy.blank("en")
    settings = {key: value for key, value in stock.get_pipe_config("ner").items() if key != "factory"}
    ner = recogniser.add_pipe("ner", config=settings)
    rows = examples(paths, recogniser)
    random.Random(SEED).shuffle(rows)
    held, rows = rows[: len(rows) // 10], rows[len(rows) // 10 :]
    optimizer = recogniser.initialize(lambda: rows)
    vectors = stock.get_pipe("ner").model.get_ref("tok2vec").to_bytes()
    ner.model.get_ref("tok2vec").from_bytes(vectors)
    best, best_epoch, began = 0.0, 0, time.time()
    for epoch in range(1, EPOCHS + 1):
        random.shuffle(rows)
        losses: dict[str, float] = {}
        for batch in minibatch(rows, size=compounding(4, 16, 1.002)):
            recogniser.update(batch, drop=DROPOUT, sgd=optimizer, losses=losses)
        with recogniser.use_params(optimizer.averages):
            score = recogniser.evaluate([Example(recogniser.make_doc(e.reference.text), e.reference) for e in held])
            print(f"{epoch:3} {time.time() - began:6.0f} s  F1 {score['ents_f']:.3f}", flush=True)
            if score["ents_f"] > best:
                best, best_epoch = score["ents_f"], epoch
                recogniser.to_disk(out)
        if epoch - best_epoch >= PATIENCE or time.time() - began > 2400:
            break


def ways(nlp: Any, recogniser: Any, text: str) -> dict[str, set[Mention]]:
    """The mentions of a text by each way of finding them."""
    own = linked(nlp, nlp(text))
    seen = {(ent.start_char, ent.end_char, ent.label_) for ent in recogniser(text).ents}
    kept = {m for m in own if any(_overlap(m, other) and m[2] == other[2] for other in seen)}
    fresh = {m for m in seen - own if _known(text[m[0] : m[1]], m[2])}
    rest = {m for m in own if not any(_overlap(m, other) for other in fresh)}
    return {"linker": own, "recogniser": seen, "filter": kept, "extend": rest | fresh}


def _known(surface: str, kind: str) -> bool:
    postings = open_vocabulary().postings(normal_form(surface))
    return any(CLASS_OF_KIND.get(KINDS[p.kind]) == kind and not p.flags & UNLINKED for p in postings)


def _overlap(one: Mention, other: Mention) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def score(model: Path, paths: list[Path]) -> None:
    """Print strict precision, recall and F1 of each way by class."""
    nlp, recogniser = load("en_core_web_sm"), spacy.load(model)
    for path in paths:
        gold: list[Document] = documents(path)
        found = [ways(nlp, recogniser, document.text) for document in gold]
        print(f"\n{path.name}")
        for kind in sorted({kind for document in gold for _, _, kind in document.mentions}):
            for way in found[0]:
                right = wanted = given = 0
                for document, by_way in zip(gold, found, strict=True):
                    target = {key for key in document.mentions if key[2] == kind}
                    mine = {key for key in by_way[way] if key[2] == kind}
                    right, wanted, given = right + len(target & mine), wanted + len(target), given + len(mine)
                precision, recall = right / max(given, 1), right / max(wanted, 1)
                f1 = 2 * precision * recall / max(precision + recall, 1e-9)
                print(f"{kind:9} {way:11} {precision:6.3f} {recall:6.3f} {f1:6.3f}")


def differences(model: Path, path: Path) -> Iterator[tuple[str, str]]:
    """What `filter` would drop and `extend` would change in articles, each with a key that orders them by chance."""
    nlp, recogniser = load("en_core_web_sm"), spacy.load(model)
    for line in path.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        found = ways(nlp, recogniser, text)
        changes = [("drop", m) for m in found["linker"] - found["filter"]]
        changes += [("add", m) for m in found["extend"] - found["linker"]]
        for what, (start, end, kind) in sorted(changes):
            context = f"{text[max(0, start - 40) : start]}[[{text[start:end]}]]{text[end : end + 30]}".replace(
                "\n", " "
            )
            yield hashlib.sha256(f"{len(text)} {start} {what}".encode()).hexdigest(), f"{what:5} {kind:9} {context}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("train", "score", "differ"))
    parser.add_argument("model", type=Path)
    parser.add_argument("rest", nargs="+")
    options = parser.parse_args()
    if options.what == "train":
        train(options.model, [Path(name) for name in options.rest])
    elif options.what == "score":
        score(options.model, [Path(name) for name in options.rest])
    else:
        rows = sorted(differences(options.model, Path(options.rest[1])))
        print(f"{len(rows)} changes")
        for _, row in rows[: int(options.rest[0])]:
            print(row)


if __name__ == "__main__":
    sys.exit(main())
