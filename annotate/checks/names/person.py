"""A person's name that varies within the article.

What it flags: a surname that is not one of the article's but is close to one in letters or sound, where a person's name
stands ("Dr X", "X said", "X's team"), and a full name given twice in two spellings. Why it misleads: a reader cannot
tell one source from two, nor look the source up; machine translation and retyping spell one name in several ways. Write
instead the name as the person signs it: the fullest early mention, or the author list of the paper, is taken as right.
It leaves alone people who are each named in full, nicknames and initials, possessives and missing accents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set

from rapidfuzz.distance import OSA

from annotate.checks.names._people import Full, Mention, people
from annotate.checks.names._similarity import Likeness, letters, likeness
from annotate.checks.names._usage import is_known
from annotate.checks.names._words import words_of
from annotate.types import Check, Evidence, Example, Finding, Reading

CHECK = Check(
    id="names.person",
    severity="warning",
    examples=(
        Example(
            "A tablet for migraine passes its first test\n\n"
            "Dr. Mirela Vasquez led the trial at the clinic. The drug was safe, [[Vaskes]] said. “We hope to enrol "
            "more patients,” added [[Velasquez]]."
        ),
        Example(
            "Cold baths and the heart\n\n“It surprised us,” said Henrik Lindqvist, a cardiologist in Uppsala.\n\n"
            "[[Lindkvist]]’s team followed the volunteers for a year. Lindqvist plans a second trial."
        ),
        Example(
            "A vaccine for sheep\n\nThe work was led by Professor Anouk Delacroix of Ghent. Two others disagreed.\n\n"
            "“More data are needed,” explained Professor Anouk [[Delacrois]]."
        ),
        Example(
            "A cure for snoring\n\n“It helps,” said Henrik Lindqvist, a cardiologist in Uppsala.\n\nIn the second "
            "trial [[Lindqvost]] and the other doctors counted the snores."
        ),
        Example(
            "Why sleep matters\n\n“Sleep matters,” said Dr. Tomas Ferrante, who ran the study.\n\n“It does,” said Dr. "
            "Paula Ferranti, who did not take part. Ferranti and Ferrante will meet in May.",
            "two people, each named in full",
        ),
        Example("A new lens\n\nDr. Zoë Müller ran the trial. “It worked,” Muller said.", "accents"),
        Example("A nurse’s story\n\nRobert Okafor, a nurse, took part. “I feel better,” Bob Okafor said.", "nickname"),
        Example(
            "Hormones fall\n\nDr. Ines Harmon of Leeds led the study of a hormone. Hormones say little alone.",
            "an ordinary word",
        ),
    ),
)  # fmt: skip

_MIN_SPELLING = 0.6
_MIN_SPELLING_SAME_SOUND = 0.35
_MIN_SPELLING_OTHER_INITIAL = 0.66
_MIN_SPELLING_WEAK = 0.75


def find(reading: Reading) -> Iterator[Finding]:
    """Surnames at odds with the article's full names."""
    named = people(reading)
    if not named.full:
        return
    known, wrong = _settle(named.full, reading)
    wrong += [(name, twin) for name in named.full if (twin := _surname_of_two_words(name, known)) is not None]
    for name, right in wrong:
        start = name.start if " " not in right.surname else name.given_start
        yield _finding(Mention(reading.article.text[start : name.end], start, name.end, "full name"), right)
    yield from _parted(reading, known)
    ours = {letters(part) for full in named.full for part in _parts(full)} | {
        letters(author_part) for author in _authors(reading) for author_part in author.split()
    }
    for mention in (*named.mentions, *_bare(reading, known, {mention.start for mention in named.mentions})):
        if letters(mention.name) in ours:
            continue
        if letters(mention.name).removesuffix("s") in ours:
            continue
        best = max(known, key=lambda full: (likeness(mention.name, full.surname).score, -full.start), default=None)
        if best is not None and _alike(mention, best.surname) and not _is_ordinary(reading, mention):
            yield _finding(mention, best)


def _bare(reading: Reading, known: Sequence[Full], seen: Set[int]) -> Iterator[Mention]:
    """Words with a capital, in no person's place and no words of English, one letter off a surname of the article."""
    surnames = [full.surname for full in known if len(full.surname) >= _MIN_BARE]
    words = words_of(reading).all if surnames else ()
    for at, word in enumerate(words):
        if len(word.text) < _MIN_BARE or not word.text.istitle() or word.frequency > _MAX_BARE or word.start in seen:
            continue
        beside = (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])
        slip = any(name[0] == word.text[0] and OSA.distance(word.text, name) == 1 for name in surnames)
        if slip and not word.heading and not any(other.capital for other in beside) and not is_known(word.form):
            yield Mention(word.text, word.start, word.end, "one letter")


_MIN_BARE, _MAX_BARE = 5, 1.5
"""Letters; Zipf."""


def _parts(full: Full) -> Iterator[str]:
    yield full.given
    yield full.surname
    yield f"{full.given} {full.surname}"
    yield from full.surname.replace("-", " ").split()


def _settle(full: Sequence[Full], reading: Reading) -> tuple[list[Full], list[tuple[Full, Full]]]:
    """The spellings taken as right, and each full name taken as a misspelling of one of them.

    Two full names are one person's where the given names agree and the surnames are close. Then the spelling used by
    the paper's authors is right, else the more frequent one, else the earlier.
    """
    authors = {letters(part) for author in _authors(reading) for part in author.split()}
    text = reading.article.text
    counts = Counter({letters(name.surname): text.count(name.surname) for name in full})
    ranked = sorted(
        full, key=lambda name: (letters(name.surname) not in authors, -counts[letters(name.surname)], name.start)
    )
    right: list[Full] = []
    wrong: list[tuple[Full, Full]] = []
    for name in ranked:
        twin = next((other for other in right if _is_respelt(name, other)), None)
        if twin is not None:
            wrong.append((name, twin))
        else:
            right.append(name)
    first = {letters(name.surname): name for name in sorted(right, key=lambda name: -name.start)}
    return sorted(first.values(), key=lambda name: name.start), sorted(wrong, key=lambda pair: pair[0].start)


def _is_respelt(name: Full, other: Full) -> bool:
    one, two = letters(name.surname), letters(other.surname)
    if one.removesuffix("s") == two.removesuffix("s") or len(letters(name.given)) < 3:
        return False
    same_given = letters(name.given) == letters(other.given)
    return same_given and _close(likeness(name.surname, other.surname), _MIN_SPELLING)


def _surname_of_two_words(name: Full, known: Sequence[Full]) -> Full | None:
    """The person whose surname of two words a "full name" really is: "Dee Roko" of a Maria Di Rocco."""
    whole = f"{name.given} {name.surname}"
    for full in known:
        if " " in full.surname and full is not name and letters(whole) != letters(full.surname):
            alike = likeness(whole, full.surname)
            if _close(alike, _MIN_SPELLING_WEAK):
                return full
    return None


def _authors(reading: Reading) -> tuple[str, ...]:
    return reading.paper.authors if reading.paper is not None else ()


def _alike(mention: Mention, surname: str) -> bool:
    alike = likeness(mention.name, surname)
    if mention.strong:
        begins = letters(mention.name)[:1] == letters(surname)[:1]
        return _close(alike, _MIN_SPELLING if begins else _MIN_SPELLING_OTHER_INITIAL)
    return _close(alike, _MIN_SPELLING_WEAK) or (alike.same_sound and alike.spelling >= _MIN_SPELLING)


def _close(alike: Likeness, spelling: float) -> bool:
    return alike.spelling >= spelling or (alike.same_sound and alike.spelling >= _MIN_SPELLING_SAME_SOUND)


def _parted(reading: Reading, known: Sequence[Full]) -> Iterator[Finding]:
    """A surname with a hyphen that stands elsewhere, no oftener, with a blank in its place."""
    text = reading.article.text
    for full in known:
        parts = full.surname.split("-")
        if len(parts) != 2 or not all(part[:1].isupper() for part in parts):
            continue
        found = list(re.finditer(rf"\b{re.escape(parts[0])} {re.escape(parts[1])}\b", text))
        if len(found) <= text.count(full.surname):
            for match in found:
                yield _finding(Mention(match[0], match.start(), match.end(), "hyphen"), full)


def _is_ordinary(reading: Reading, mention: Mention) -> bool:
    """Whether the name is a common noun: tagged as a plural, or also in the article in small letters."""
    span = reading.doc.char_span(mention.start, mention.end, alignment_mode="expand")
    if span is not None and span[0].tag_ == "NNS" and not span[0].ent_type_:
        return True
    stem = mention.name.casefold().removesuffix("s")
    return re.search(rf"(?<!\w){re.escape(stem)}s?(?!\w)", reading.article.text) is not None


def _finding(mention: Mention, right: Full) -> Finding:
    alike = likeness(mention.name, right.surname)
    return CHECK.finding(
        mention.start, mention.end,
        f"“{mention.name}” is “{right.surname}” where {right.given} {right.surname} is named in full: "
        "use the spelling the person signs with.",
        trigger=mention.name,
        suggestion=right.surname,
        evidence=(Evidence(f"named in full: {right.given} {right.surname}", right.start, right.end),),
        signals={"spelling": round(alike.spelling, 2), "same_sound": int(alike.same_sound), "place": mention.slot},
    )  # fmt: skip
