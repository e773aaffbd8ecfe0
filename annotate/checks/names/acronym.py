"""A short form that does not agree with what it stands for.

What it flags: a long form that does not give the short one beside it, but would if a word were the usual one ("systemic
lupus encephalitis (SLE)"), a short form with letters changed round against the article's own ("HVC" in a story on HCV),
and short forms that a translation left in another language ("VIH"). Why it misleads: the reader learns a name that
nobody else uses, or takes one thing for two. Write instead the usual long or short form. It leaves alone well-known
short forms without expansion, and long forms that are variants in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotate.checks.names._index import swaps
from annotate.checks.names._lexicon import frequency, word_form
from annotate.checks.names._similarity import likeness
from annotate.checks.names._symbols import Symbol, beside, counted, swapped, symbols, table
from annotate.checks.names._usage import is_symbol
from annotate.types import Check, Example, Finding, Reading

CHECK = Check(
    id="names.acronym",
    severity="warning",
    examples=(
        Example("The trial is in the [[JMAS]] (Journal of the American Medical Sciences)."),
        Example("She has [[systemic lupus encephalitis (SLE)]] and takes steroids."),
        Example("He was treated for [[chronic obstructive pulmonary illness (COPD)]] last year."),
        Example("Half had restless leg syndrome, or [[RSL]], and half slept badly."),
        Example("Patients with [[VIH]] took the tablets every day."),
        Example(
            "A virus of the liver\n\nThe hepatitis C virus (HCV) spreads by blood. HCV can be treated. "
            "Some got kidneys from donors with [[HVC]]."
        ),
        Example(
            "She has systemic lupus erythematosus (SLE) and he has chronic obstructive pulmonary disease (COPD).",
            "right expansions",
        ),
        Example(
            "Peacekeepers left the Central African Republic (CAR) after talks with the African Union (AU).",
            "another field",
        ),
        Example(
            "A light-emitting diode (LED), the World Anti-Doping Agency (WADA) and Coordinated Universal Time (UTC).",
            "short forms in use",
        ),
        Example("The CDC and the WHO reported cases of HIV and MRSA.", "known without expansion"),
    ),
)

_DEFINED_FIRST = re.compile(r"\b([A-Z]{2,6})s? \(((?:[\w'’-]+ ){1,6}[\w'’-]+)\)")
_DEFINED = re.compile(r"[”\"]?(?: \(|,[”\"]? or |[”\"]? or )(?P<short>[A-Z]{2,6}(?:-[A-Z]{2,4})?)s?(?=[),.;:]| [a-z])")
_WORD = re.compile(r"(?:[^\W_¹²³⁰-⁹]|['’])+")
_MIN_ALIKE = 0.55
MIN_KNOWN = 3.5
"""Zipf: a short form that everybody knows ("DNA") is no other one turned round."""
MOST_KNOWN = 4.5
"""Zipf: the same where the article defines the other one."""
_MIN_TELLING = 6
"""Letters: "disease" and "serotonin" tell that the usual long form was meant, "lung" does not."""


def find(reading: Reading) -> Iterator[Finding]:
    """Short forms at odds with their long forms, with the article, or with English."""
    text = reading.article.text
    for block in reading.article.blocks:
        if not block.checked:
            continue
        for match in re.finditer(r"\(([A-Z]{2,6})(s?)\)", text[block.start : block.end]):
            at = block.start + match.start()
            yield from _checked(reading, text[block.start : at].rstrip(), block.start, match[1], match[2])
        for match in _DEFINED_FIRST.finditer(text, block.start, block.end):
            yield from _checked_after(match)
            yield from _out_of_order(match)
        for match in _DEFINED.finditer(text, block.start, block.end):
            yield from _at_odds(text[block.start : match.start()], match)
    yield from _other_mentions(reading)


def _checked(reading: Reading, before: str, offset: int, short: str, plural: str) -> Iterator[Finding]:
    """A long form before its short form in brackets."""
    usual = table("expansions").get(short)
    if usual is None:
        return
    variants = usual.split("|")
    if any(_letters(before).endswith(_letters(variant)) for variant in variants):
        return
    for variant in variants:
        words = _words(variant)
        told = list(_WORD.finditer(before))[-len(words) :]
        if len(told) < len(words):
            continue
        if any(_same(told_words, _words(other)) for other in variants for told_words in [_tail(before, other)]):
            return
        forms = [match[0] for match in told]
        if _is_garbled(forms, words) or _misses_initials(forms, words, short):
            start = offset + told[0].start()
            end = offset + len(before) + 1 + len(f"({short}{plural})")
            right = variants[0] + plural
            if reading.article.text[start].isupper():
                right = right[0].upper() + right[1:]
            yield CHECK.finding(
                start, end, f"{short} stands for “{variants[0]}”.",
                trigger=reading.article.text[start:end], suggestion=f"{right} ({short}{plural})",
                signals={"expected": variants[0]},
            )  # fmt: skip
            return


def _at_odds(before: str, match: re.Match[str]) -> Iterator[Finding]:
    """A short form with two letters of its long form changed round, or one taken for its neighbour: "PPD" for "PDD"."""
    short = match["short"]
    bare = short.replace("-", "")
    if len(bare) < _MIN_LETTERS or bare in table("expansions"):
        return
    told = re.findall(r"[^\W\d_]+", before.rpartition(". ")[2])
    spellings = {_initials(told, len(bare)), _initials([word for word in told if word not in _SMALL], len(bare))}
    if bare in spellings or _is_made_of(bare, told[:-1] if told[-1:] and told[-1].lower() in _KINDS else told):
        return
    for right in sorted(spellings):
        slip = _is_turned(bare, right) or _is_echoed(bare, right)
        if slip and (len(bare) == _MIN_LETTERS or not is_symbol(bare)):
            written = f"{right[: short.index('-')]}-{right[short.index('-') :]}" if "-" in short else right
            yield CHECK.finding(
                match.start("short"), match.end("short"), f"The words before “{short}” give “{written}”.",
                trigger=short, suggestion=written, signals={"kind": "at odds with its words"},
            )  # fmt: skip
            return


_MIN_LETTERS, _MIN_ECHOED = 3, 5
_KINDS = frozenset(
    "gene genes protein proteins enzyme cells cell device test scale score drug method technique".split()
)
_SMALL = frozenset(("of", "and", "the", "for", "in", "to", "on", "a", "by", "with", "from"))


def _initials(told: Sequence[str], size: int) -> str:
    return "".join(word[0] for word in told[-size:]).upper()


def _is_made_of(short: str, told: Sequence[str]) -> bool:
    """Whether fewer words than letters, at the end, give a short form."""
    return any(_is_within(short, told[-size:]) for size in range(1, len(short)))


def _is_within(short: str, told: Sequence[str]) -> bool:
    """Whether words give a short form in order, the first letter of each among them: "cerebrospinal fluid (CSF)"."""
    if not told or not short or told[0][0].upper() != short[0]:
        return not told and not short
    taken, rest = 1, told[0][1:].upper()
    while not _is_within(short[taken:], told[1:]):
        at = rest.find(short[taken : taken + 1])
        if taken == len(short) or at < 0:
            return False
        taken, rest = taken + 1, rest[at + 1 :]
    return True


def _is_turned(short: str, right: str) -> bool:
    """Whether two neighbouring letters changed places."""
    return any(
        short[:at] + short[at + 1] + short[at] + short[at + 2 :] == right != short for at in range(len(short) - 1)
    )


def _is_echoed(short: str, right: str) -> bool:
    """Whether one letter is its neighbour's instead: "PPDNOS" for "PDDNOS"."""
    if len(short) != len(right) or len(short) < _MIN_ECHOED:
        return False
    wrong = [at for at, (one, other) in enumerate(zip(short, right, strict=True)) if one != other]
    return len(wrong) == 1 and short[wrong[0]] in (right[wrong[0] - 1 : wrong[0]] + right[wrong[0] + 1 : wrong[0] + 2])


def _checked_after(match: re.Match[str]) -> Iterator[Finding]:
    """A long form in brackets after its short form."""
    usual = table("expansions").get(match[1])
    if usual is None:
        return
    variants = usual.split("|")
    told = _words(match[2])
    if any(_same(told, _words(variant)) for variant in variants):
        return
    if any(len(told) == len(_words(variant)) and _is_garbled(told, _words(variant)) for variant in variants):
        yield CHECK.finding(
            match.start(2), match.end(2), f"{match[1]} stands for “{variants[0]}”.",
            trigger=match[2], suggestion=variants[0], signals={"expected": variants[0]},
        )  # fmt: skip


def _out_of_order(match: re.Match[str]) -> Iterator[Finding]:
    """A short form with all the first letters of the capitals in the brackets after it, in another order."""
    short, told = match[1], [word for word in _words(match[2]) if word not in _SMALL]
    right = "".join(word[0] for word in told)
    if right.isupper() and len(short) > _MIN_LETTERS and short != right and sorted(short) == sorted(right):
        yield CHECK.finding(
            match.start(1), match.end(1), f"The words after “{short}” give “{right}”.",
            trigger=short, suggestion=right, signals={"kind": "at odds with its words"},
        )  # fmt: skip


def _letters(phrase: str) -> str:
    """The letters of a phrase alone, in small ones: "anti-inflammatory" and "antiinflammatory" are one."""
    return "".join(char for char in phrase.lower() if char.isalpha()).removesuffix("s")


def _words(phrase: str) -> list[str]:
    return _WORD.findall(phrase)


def _tail(before: str, variant: str) -> list[str]:
    return _words(before)[-len(_words(variant)) :]


def _same(told: Sequence[str], words: Sequence[str]) -> bool:
    return len(told) == len(words) and all(
        _form(one) == _form(other) or one.lower() in (other[:1], f"{other}es") or _is_cut(one.lower(), other)
        for one, other in zip(told, words, strict=True)
    )


def _is_cut(one: str, other: str) -> bool:
    """Whether a word is another cut short: "staph" for "staphylococcus"."""
    return len(one) > 3 and len(other) - len(one) > 3 and other.startswith(one)


def _form(word: str) -> str:
    return word_form(re.sub(r"['’]s?$", "", word).lower()) if word[:1].isalpha() else word


def _is_garbled(told: Sequence[str], words: Sequence[str]) -> bool:
    """Whether some of the words are the usual ones, or near them in letters or meaning, and not all."""
    pairs = [(_form(one), _form(other)) for one, other in zip(told, words, strict=True)]
    same = sum(one == other for one, other in pairs)
    near = sum(one != other and _is_near(one, other) for one, other in pairs)
    return same < len(pairs) and same + near >= max(2, len(pairs) - 1) and (same >= 1 or near == len(pairs))


def _misses_initials(told: Sequence[str], words: Sequence[str], short: str) -> bool:
    """Whether a telling word is in its place, and the others do not even give the letters of the short form."""
    pairs = [(_form(one), _form(other)) for one, other in zip(told, words, strict=True)]
    kept = [other for one, other in pairs if one == other and len(other) > _MIN_TELLING]
    initials = "".join(word[0] for word in told).upper()
    return (
        len(words) >= len(short) > 2
        and bool(kept)
        and initials[: len(short)] != short
        and told[0][0].upper() != short[0]
    )


def _is_near(one: str, other: str) -> bool:
    alike = likeness(one, other)
    return alike.spelling >= _MIN_ALIKE or alike.same_sound or other in swaps().get(one, {}) or one[:4] == other[:4]


def _other_mentions(reading: Reading) -> Iterator[Finding]:
    found = symbols(reading)
    counts = counted(found)
    defined = {item.short.upper().replace("-", "") for item in reading.abbreviations}
    for symbol in found:
        foreign = table("foreign").get(symbol.text)
        if foreign is not None and symbol.bare not in defined:
            message = f"“{symbol.text}” is the short form of another language: “{foreign}” in English."
            yield CHECK.finding(
                symbol.start, symbol.end, message, trigger=symbol.text, suggestion=foreign, signals={"kind": "foreign"}
            )
            continue
        right = _turned(symbol, found, counts, defined)
        if right is not None and not beside(reading, symbol) & {"gene", "protein", "receptor"}:
            yield CHECK.finding(
                symbol.start, symbol.end, f"“{symbol.text}” is “{right}” elsewhere in the article.",
                trigger=symbol.text, suggestion=right, signals={"kind": "changed round"},
            )  # fmt: skip


def _turned(symbol: Symbol, found: tuple[Symbol, ...], counts: dict[str, int], defined: set[str]) -> str | None:
    """The article's own short form with the same letters in another order, if it is the better known one here."""
    bare = symbol.bare
    if not bare.isalpha() or counts[bare] > 1 or bare in defined:
        return None
    if frequency(bare.lower()) >= MIN_KNOWN:
        found = tuple(other for other in found if other.bare in defined and frequency(bare.lower()) < MOST_KNOWN)
    return next(
        (
            other.text
            for other in found
            if (counts[other.bare] > 1 or (other.bare in defined and other.start < symbol.start))
            and swapped(bare, other.bare)
        ),
        None,
    )
