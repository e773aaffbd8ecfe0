"""An e-mail (.eml) → Article: press releases as they arrive. The subject is the headline.

Of a message with both, the plain text is read, as it is without furniture; a message with HTML only is read like a
draft in HTML. Attachments are left alone.
"""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from annotate.article import html, plain
from annotate.errors import NotAnArticleError
from annotate.types import Article, Page

_PREFIX = re.compile(r"^(?:(?:re|fwd?|aw|tr)\s*:\s*)+", re.IGNORECASE)
_ENDS = re.compile(r"^(?:-- ?|_{5,}|-{2,}\s*original message.*)$", re.IGNORECASE | re.MULTILINE)


def extract(page: Page) -> Article:
    """The article in a message. Raises NotAnArticleError where it has no text."""
    try:
        message = email.message_from_bytes(page.body, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        part = message.get_body(preferencelist=("plain", "html"))
        content = part.get_content() if part is not None else ""
    except (ValueError, LookupError, AttributeError, RecursionError, TypeError, IndexError) as error:
        raise NotAnArticleError(f"{page.reference}: a damaged e-mail: {type(error).__name__}") from None
    if not isinstance(content, str) or not content.strip():
        raise NotAnArticleError(f"{page.reference}: an e-mail without text; give the press release itself")
    subject = _PREFIX.sub("", _header(message, "subject") or "").strip()
    content = content.replace("\r\n", "\n").replace("\x00", "")
    if part is not None and part.get_content_type() == "text/html":
        article = html.extract(page.reference, content)
    else:
        text = content[: end.start()] if (end := _ENDS.search(content)) and end.start() else content
        text = text.strip("\n")
        if subject and not text.lstrip().startswith(subject):
            text = f"{subject}\n\n{text}"
        article = plain.extract(page.reference, text)
    return replace(article, title=subject or article.title, published=_date(message), outlet=_sender(message))


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):  # headers of no form at all
        return None
    return " ".join(str(value).split()) or None if value is not None else None


def _date(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(_header(message, "date") or "").isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _sender(message: EmailMessage) -> str | None:
    sender = (_header(message, "from") or "").partition("<")[0].strip(" \"'")
    return sender or None
