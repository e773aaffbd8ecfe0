"""Small Word files made by hand, and what their text and formatting are."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_STYLES = (
    '<w:style w:styleId="T"><w:name w:val="Title"/></w:style>'
    '<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Q"><w:name w:val="Intense Quote"/></w:style>'
    '<w:style w:styleId="Own"><w:name w:val="House Crosshead"/><w:basedOn w:val="H1"/></w:style>'
    '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
)


def p(*runs: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs."""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidR="00A1">{formatted}<w:t xml:space="preserve">{text}</w:t></w:r>'


def package(body: str, *, footnotes: str = "", comments: str = "", extra: dict[str, bytes] | None = None) -> bytes:
    """A Word file with this body; `footnotes` and `comments` are the inner XML of those parts."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    rows = [("styles", "styles"), ("numbering", "numbering")]
    parts = {
        "word/document.xml": f"<w:document {SPACE}><w:body>{body}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": f"<w:styles {SPACE}>{_STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {SPACE}/>",
        "docProps/app.xml": "<Properties><Words>12</Words></Properties>",
    }
    if footnotes:
        rows.append(("footnotes", "footnotes"))
        parts["word/footnotes.xml"] = f"<w:footnotes {SPACE}>{footnotes}</w:footnotes>"
    if comments:
        rows.append(("comments", "comments"))
        parts["word/comments.xml"] = f"<w:comments {SPACE}>{comments}</w:comments>"
    relations = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{name}.xml"/>'
        for number, (kind, name) in enumerate(rows)
    )
    link = f'<Relationship Id="l1" Type="{_OFFICE}/hyperlink" Target="https://example.org/" TargetMode="External"/>'
    parts["word/_rels/document.xml.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}{link}</Relationships>'
    )
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
    )
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{_TYPE}.{name.split("/")[-1][:-4]}+xml"/>'
        for name in parts
        if name.startswith("word/") and name.endswith(".xml")
    ).replace("document+xml", "document.main+xml")
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", head + types)
        for name, text in parts.items():
            archive.writestr(name, head + text)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return out.getvalue()


def parts(document: bytes) -> dict[str, bytes]:
    """Name → bytes of every part of a Word file."""
    with zipfile.ZipFile(io.BytesIO(document)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def formatted(document: bytes) -> list[tuple[str, str, int]]:
    """Every character of the main document with its run's properties and the number of its paragraph.

    Tabs, breaks and the like stand for themselves by name; comment marks and references are left out.
    """
    root = ElementTree.fromstring(parts(document)["word/document.xml"])
    found = []
    for number, paragraph in enumerate(root.iter(f"{W}p")):
        for run in paragraph.iter(f"{W}r"):
            properties = run.find(f"{W}rPr")
            form = "" if properties is None else ElementTree.tostring(properties, encoding="unicode")
            for child in run:
                if child.tag in (f"{W}t", f"{W}delText"):
                    found += [(character, form, number) for character in child.text or ""]
                elif child.tag not in (f"{W}rPr", f"{W}commentReference"):
                    found.append((child.tag, form, number))
    return found


def commented(document: bytes, *, author: str = "annotate") -> list[tuple[str, str]]:
    """(words between its marks, words of the comment) for every comment of an author, in the order of the comments."""
    all_parts = parts(document)
    words: dict[str | None, str] = {}
    opened: set[str | None] = set()
    referred: list[str | None] = []
    for element in ElementTree.fromstring(all_parts["word/document.xml"]).iter():
        match element.tag.removeprefix(W):
            case "commentRangeStart":
                opened.add(element.get(f"{W}id"))
                words[element.get(f"{W}id")] = ""
            case "commentRangeEnd":
                opened.remove(element.get(f"{W}id"))
            case "commentReference":
                referred.append(element.get(f"{W}id"))
            case "t" | "tab":
                for number in opened:
                    words[number] += element.text or "\t"
    assert not opened
    assert len(set(referred)) == len(referred)
    comments = list(ElementTree.fromstring(all_parts["word/comments.xml"]).iter(f"{W}comment"))
    assert {comment.get(f"{W}id") for comment in comments} == set(referred)
    return [
        (words[comment.get(f"{W}id")], "\n".join("".join(item.itertext()) for item in comment.iter(f"{W}p")))
        for comment in comments
        if comment.get(f"{W}author") == author
    ]
