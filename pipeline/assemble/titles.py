"""The title of a page or document, and its type by the heading."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from pipeline.assemble.letterhead import MOTTO, NATION, has_head
from pipeline.match.layers import Stretches
from pipeline.model import BlockKind, Document, Span
from pipeline.text.fold import ascii_fold, lower_view
from pipeline.values.doc_types import DocType, load_doc_types

_SUBJECT = regex.compile(r"(?m)(?:^|[\t|]|(?<=\s{3}))\s*(?P<subject>(?:V/v|Về việc)\b.*(?:\n(?!\s*\n).*){0,5})")
_SUBJECT_END = regex.compile(
    r"(?i)\n\s*\n|cộng h(?:òa|oà) xã|độc lập|kính gửi"
    r"|\n[^\n]{2,40}, ngày|\n\s*(?:\d|[-_|])|\s{4,}|\n\s*số\s*:|\n[^\n]{120}"
)
_BODY_START = regex.compile(
    r"(?i)\s*(?:căn cứ|thực hiện|theo |xét|để |nhằm |kính gửi|phần|chương|điều \d|[ivx]+[.:-]|\d+[.)]|\(kèm|_{3})"
)
_FURNITURE = regex.compile(r"[|›»•]|^\W|^(?:\d+|[ivx]+|[a-z])[.)/]|lượt xem|cỡ chữ|in trang|bản quyền|đăng bởi|\.{3}")
# "BÁO CÁO TÓM TẮT" is a report.
_KIND_OF_REPORT = regex.compile(r"(?i)(?<=báo cáo)\s+(?:tóm tắt|nhanh|chuyên đề|đột xuất|bổ sung|định kỳ)$")
_LONG = 150


def heading_type(document: Document) -> tuple[DocType, Span] | None:
    """The type that a document gives itself in a line of its own ("QUYẾT ĐỊNH"), and that line."""
    types = load_doc_types()
    for line in _lines(document.text[:6000]):
        words = _KIND_OF_REPORT.sub("", line.of(document.text).strip(" *:|\t"))
        if not words or len(words) >= 30:
            continue
        named = types.type_of_word(words)
        if named is None and words.isupper() and len(words) > 4 and any(page.ocr for page in document.pages):
            named = types.type_misread(words)
        if named is not None and (words.isupper() or has_head(document.text)):
            return named, line
    return None


def act_title(document: Document) -> str | None:
    """What an official document is about: the lines under its type, or "V/v …"."""
    text = document.text
    heading = heading_type(document)
    if heading is None or heading[0].code == "CV":
        return _subject(text)
    taken: list[str] = []
    last = heading[1].end
    for line in _lines(text[: heading[1].end + 1500]):
        if line.start < heading[1].end:
            continue
        words = line.of(text).strip(" \t|*")
        if not regex.search(r"\w", words):
            if taken:
                break
            continue
        # A gap of an empty line ends the title, as do the organ's name in capitals and the body.
        apart = taken and "\n\n" in text[last : line.start].replace(" ", "")
        if _BODY_START.match(words) or apart or (taken and words.isupper() and not taken[-1].isupper()):
            break
        taken.append(words)
        last = line.end
        if len(taken) == 6:
            break
    return " ".join(" ".join(taken).split()).rstrip(" ._") or _subject(text)


def _subject(text: str) -> str | None:
    match = _SUBJECT.search(text[:6000])
    if match is None:
        return None
    subject = match.group("subject")
    end = _SUBJECT_END.search(subject)
    return " ".join((subject[: end.start()] if end else subject).split()).rstrip(" ._") or None


def page_title(document: Document, dated: Sequence[Span]) -> str | None:
    """The headline of a page: the format's own, else the line over the first paragraph of prose."""
    text = document.text
    blocks = (block.span for block in document.blocks if block.kind is BlockKind.TITLE)
    undated = (span for span in blocks if not any(span.covers(day) for day in dated))
    titled = next((span for span in undated if _is_headline(span.of(text))), None)
    found = " ".join(titled.of(text).split()) if titled else _headline(document, dated)
    own = " ".join((document.title or "").split())
    # The format's title often carries the name of the site, or is left from a template.
    if found and (ascii_fold(found) in ascii_fold(own) or not _is_headline(own)):
        return found
    return own if _is_headline(own) else found


def _headline(document: Document, dated: Sequence[Span]) -> str | None:
    """The line over the first paragraph of prose."""
    text = document.text
    tables = Stretches([table.span for table in document.tables])
    candidate = None
    for line in _lines(text):
        words = " ".join(line.of(text).split())
        if tables.touches(line):
            continue
        if len(words) >= _LONG and candidate is not None:
            return candidate
        if any(line.covers(span) for span in dated) and len(words) < 80:
            continue
        if _is_headline(words):
            candidate = words
    return candidate if candidate and len(text) < 20000 else None


def _is_headline(words: str) -> bool:
    words = words.strip()
    if not 5 <= len(words.split()) <= 40 or _FURNITURE.search(lower_view(words)):
        return False
    return not words.endswith((".", ";", ",", ":")) and not NATION.search(words) and not MOTTO.search(words)


def _lines(text: str) -> list[Span]:
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append(Span(start, start + len(line)))
        start += len(line) + 1
    return spans
