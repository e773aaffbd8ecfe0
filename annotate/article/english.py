"""Is it English? Only English is checked; another language is said, never guessed at."""

from __future__ import annotations

import re

from annotate.errors import NotAnArticleError
from annotate.types import Article

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = frozenset(
    "the of and to in a is that for it was with as on be at by this from are or an were been has have had not but "
    "which they their who will said its more can after may than patients study".split()
)
_NAMES = {
    "af": "Afrikaans", "ar": "Arabic", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "eo": "Esperanto", "es": "Spanish",
    "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "fy": "Frisian", "ga": "Irish",
    "gl": "Galician", "gu": "Gujarati", "ha": "Hausa", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian",
    "hu": "Hungarian", "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese",
    "jv": "Javanese", "ka": "Georgian", "kk": "Kazakh", "km": "Khmer", "kn": "Kannada", "ko": "Korean",
    "ku": "Kurdish", "la": "Latin", "lb": "Luxembourgish", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian",
    "ml": "Malayalam", "mn": "Mongolian", "mr": "Marathi", "mt": "Maltese", "my": "Burmese", "ne": "Nepali",
    "nl": "Dutch", "no": "Norwegian", "pa": "Punjabi", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali",
    "sq": "Albanian", "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese",
    "yi": "Yiddish", "zh": "Chinese",
}  # fmt: skip
_MIN_WORDS = 20
_MIN_COMMON_SHARE = 0.12


def require_english(article: Article) -> None:
    """Raise NotAnArticleError where an article of some length has no words or is in another language.

    The detector's word is taken only where common English words are rare too: it errs on lists and short texts.
    """
    words = [word.lower() for word in _WORD.findall(article.text[:20_000])]
    if not words:
        raise NotAnArticleError(f"{article.reference}: no words in it; give a file with the text of an article")
    if len(words) < _MIN_WORDS or sum(word in _COMMON for word in words) / len(words) >= _MIN_COMMON_SHARE:
        return
    from resiliparse.parse.lang import detect_fast

    language, _ = detect_fast(article.text[:20_000])
    if language != "en":
        like = f" (it looks like {_NAMES[language]})" if language in _NAMES else ""
        raise NotAnArticleError(f"{article.reference}: not checked: the text is not English{like}")
