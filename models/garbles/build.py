"""Builds what the checks of names and text look words up in, from the vocabulary and WordNet.

    python models/garbles/build.py [FOLDER]      FOLDER keeps the fetched packages (default: a temporary one)

Needs the built vocabulary (`models/vocabulary/`), what the product itself needs, and `apt-get`. The same sources give
the same bytes. Writes, beside itself,

- `slots.marisa`: a trie of terms of 2 to 4 words, each once for every word with that word moved to the end:
  "systemic sclerosis" as "_ sclerosis\\tsystemic" and "systemic _\\tsclerosis";
- `words.tsv.gz`: a word that terms use, in how many terms of several words it is, the kinds of thing that it names
  alone (a letter each), and the key of its sound;
- `swaps.tsv.gz`: an English word, then the words of terms that it could have been put in the place of: after "+" from
  the list kept by hand, after "=" WordNet's synonyms, after "~" its words one step away.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import re
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))
sys.path.insert(0, str(HERE.parent / "vocabulary"))

import marisa_trie  # noqa: E402
from fetch import SOURCES, deb_members, package  # noqa: E402

from annotate.checks.names._lexicon import frequency, vocabulary  # noqa: E402
from annotate.checks.names._similarity import sound  # noqa: E402
from annotate.vocabulary import KINDS, RELATED  # noqa: E402
from annotate.vocabulary.normal_forms import normal_form  # noqa: E402

VERSION = "1.0"
PHRASE_KINDS = frozenset(("disease", "symptom", "therapy", "anatomy", "procedure", "cell", "organism"))
WORD_KINDS = PHRASE_KINDS | {"drug", "chemical", "protein"}
CODES = {"protein": "b", "procedure": "x"} | {kind: kind[0] for kind in ("disease", "symptom", "therapy", "anatomy")}
CODES |= {"cell": "c", "organism": "o", "drug": "g", "chemical": "h"}
MIN_WORD = 3
MAX_WORDS = 4
MIN_TERMS = 2
"""A word must be in this many terms before a swap for it counts."""
MIN_FREQUENCY = 1.0
"""Zipf: a word this frequent counts also where a single term has it."""
POS = ("noun", "verb", "adj", "adv")


def forms() -> Iterator[tuple[str, frozenset[str], bool]]:
    """The vocabulary's forms with the kinds they name, and whether they are exact names."""
    source = vocabulary()
    for form in source._names.iterkeys():
        if form[0] in "\x01\x02":
            continue
        postings = source.postings(form)
        yield form, frozenset(KINDS[posting.kind] for posting in postings), any(not p.flags & RELATED for p in postings)


def phrases_by_hand() -> list[str]:
    """The fixed phrases of `wordlists/text/terms.toml` in normal form."""
    listed = _terms()["phrases"].replace("\n", ";").split(";")
    return sorted({normal_form(phrase) for phrase in listed if phrase.strip()})


def _terms() -> dict:
    return tomllib.loads((HERE.parent / "wordlists" / "text" / "terms.toml").read_text(encoding="utf-8"))


def compile_terms() -> tuple[list[str], dict[str, tuple[int, str]]]:
    """The keys of slots.marisa, and word → (number of terms of several words, codes of kinds)."""
    keys: set[str] = set()
    several: Counter[str] = Counter()
    alone: dict[str, set[str]] = defaultdict(set)
    for form, kinds, exact in [*forms(), *((phrase, frozenset({"therapy"}), True) for phrase in phrases_by_hand())]:
        words = form.split(" ")
        if len(words) == 1:
            if len(form) >= MIN_WORD + 1 and form.isalpha() and kinds & WORD_KINDS:
                alone[form] |= {CODES[kind] for kind in kinds & WORD_KINDS}
            continue
        if not exact or not kinds & PHRASE_KINDS or len(words) > MAX_WORDS or "," in words:
            continue
        several.update(set(words))
        if sum(word.isdigit() for word in words) > 1:
            continue
        for at, word in enumerate(words):
            if len(word) >= MIN_WORD and word.isalpha():
                keys.add(" ".join([*words[:at], "_", *words[at + 1 :]]) + "\t" + word)
    table = {
        word: (several[word], "".join(sorted(alone.get(word, ()))))
        for word in {*several, *alone}
        if word.isalpha() and len(word) >= MIN_WORD
        if word in alone or several[word] >= MIN_TERMS or frequency(word) >= MIN_FREQUENCY
    }
    return sorted(keys), table


def swaps(words: dict[str, tuple[int, str]], files: dict[str, bytes]) -> dict[str, list[str]]:
    """English word → words of terms that it could stand for, each marked with how it is known."""
    near: dict[str, dict[str, str]] = defaultdict(dict)
    targets = {word for word, (count, _) in words.items() if count >= MIN_TERMS}
    for target, others in _terms()["swaps"].items():
        targets.add(normal_form(target))
        for other in others:
            near[normal_form(other)][normal_form(target)] = "+"
    for members, neighbours in _synsets(files):
        for mark, others in (("=", members), ("~", neighbours)):
            for word in members:
                for other in others:
                    known = near[normal_form(word)].get(normal_form(other), "~")
                    near[normal_form(word)][normal_form(other)] = min(known, mark, key="+=~".index)
    return {
        word: kept
        for word, others in sorted(near.items())
        if word and " " not in word and frequency(word) > 0
        if (kept := sorted(mark + other for other, mark in others.items() if other in targets and other != word))
    }


def _synsets(files: dict[str, bytes]) -> Iterator[tuple[list[str], list[str]]]:
    """Each synset's single words, and those of the synsets one step away (similar, hypernym, hyponym)."""
    for part in POS:
        members: dict[str, list[str]] = {}
        links: dict[str, list[str]] = {}
        for line in files[f"usr/share/wordnet/data.{part}"].decode("utf-8").splitlines():
            if line.startswith(" "):
                continue
            fields = line.partition(" | ")[0].split(" ")
            count = int(fields[3], 16)
            words = [re.sub(r"\(.*\)$", "", word) for word in fields[4 : 4 + 2 * count : 2]]
            members[fields[0]] = [word.lower() for word in words if word.isalpha()]
            pointers = fields[5 + 2 * count :]
            links[fields[0]] = [
                pointers[at + 1]
                for at in range(0, 4 * int(fields[4 + 2 * count]), 4)
                if pointers[at] in ("&", "@", "~")
            ]
        for key, words in members.items():
            yield words, [word for link in links[key] for word in members.get(link, ())]


def write_gzip(path: Path, lines: list[str]) -> None:
    """Write lines, gzipped without a time stamp."""
    path.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))


def record(names: tuple[str, ...]) -> None:
    """Put the files into models/manifest.toml, leaving the entries of others as they are."""
    manifest = HERE.parent / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    for name in names:
        text = re.sub(rf'\n\[artefact\."garbles/{re.escape(name)}"\]\n(?:[^\[\n].*\n)*', "", text)
        digest = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
        source = (
            f"models/vocabulary 1.0; wordnet-base {SOURCES['wordnet']['version']}; models/wordlists/text/terms.toml"
        )
        text = text.rstrip("\n") + (
            f'\n\n[artefact."garbles/{name}"]\nversion = "{VERSION}"\nsha256 = "{digest}"\nsource = "{source}"\n'
            f'licence = "as the vocabulary; WordNet 3.0 licence (Princeton University; permissive, with notice)"\n'
            f'built = "{datetime.datetime.now(datetime.UTC).date()}"\n'
        )
    manifest.write_text(text, encoding="utf-8")


def _word_lines(words: dict[str, tuple[int, str]]) -> list[str]:
    return [f"{word}\t{count}\t{kinds}\t{sound(word)}" for word, (count, kinds) in sorted(words.items())]


def main(folder: Path) -> None:
    """Build all three."""
    keys, words = compile_terms()
    marisa_trie.Trie(keys).save(str(HERE / "slots.marisa"))
    write_gzip(HERE / "words.tsv.gz", _word_lines(words))
    files = deb_members(package("wordnet", folder), *(f"usr/share/wordnet/data.{part}" for part in POS))
    table = swaps(words, files)
    write_gzip(HERE / "swaps.tsv.gz", ["\t".join((word, *others)) for word, others in table.items()])
    record(("slots.marisa", "words.tsv.gz", "swaps.tsv.gz"))
    print(f"{len(keys):,} slots, {len(words):,} words, {len(table):,} words with swaps")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
