"""Page furniture, told by its words: menus, counters, share buttons, licences, related news, comment forms.

Shared by all formats. Furniture stays in the text; its figures are no facts. Both errors cost: a counter
left in the body is noise, a body line taken for furniture loses facts. So a line of running text is never
furniture: each pattern must account for a whole line (or for each of its parts between bars), and long
lines only count when they open with the words of an imprint.
"""

from __future__ import annotations

import re

from pipeline.read import furniture_words as words

SHORT = 160
"""A line longer than this is running text, imprints apart."""

_PARTS = re.compile(r"\s*[|│¦]\s*|\s{3,}|\t+|\s+[•·›»]\s+")
_BULLET = re.compile(r"^\s*[-–•·*»›+▪■]\s*")
_DATED_TAIL = re.compile(r"\(\s*\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?[^)]{0,12}\)\s*$|\b\d{1,2}[/-]\d{1,2}[/-]\d{4}\s*$")
_PARTED = re.compile(r"[|│¦\t•·›»]|\s{3}")
"""What parts a line, as all do that `_PARTS` splits at."""
_YEAR = re.compile(r"\d{4}")
_WEAK = words.one_of(words.WEAK_COUNTER, words.FIELD, words.MENU_WORD)
_WHOLE_PART = words.one_of(words.COUNTER, words.TOOL, words.MARKED_FIELD, words.CLOCK, words.DATE)
_NUMBER_ALONE = re.compile(r"\s*[-–]?\s*(?:trang\s+)?\d[\d.,]*(?:\s*/\s*\d+)?\s*[-–]?\s*", re.IGNORECASE)


def is_furniture(line: str) -> bool:
    """Whether one line, by its own words, is page furniture."""
    text = line.strip()
    if not any(map(str.isalnum, text)) or "no title..." in text.lower():
        return True
    if len(text) > SHORT:
        return bool(words.LONG_IMPRINT.match(text))
    if words.IMPRINT.match(text) or words.RELATED.fullmatch(text) or words.CLOCK.fullmatch(text):
        return True
    # What says when it was published is kept for its date, whatever counter stands beside it.
    if _YEAR.search(text) and words.DATE.search(text) and words.PUBLISHED.search(text):
        return False
    text = _BULLET.sub("", text).strip(" |")
    parts = [part for part in (_PARTS.split(text) if _PARTED.search(text) else (text,)) if part]
    if len(parts) > 1 and _is_menu(parts):
        return True
    if any(words.COUNTER.fullmatch(part) for part in parts):
        parts = [part for part in parts if len(part) > 40 or any(c.isdigit() for c in part)]
    return all(map(_is_part, parts)) and not all(map(words.DATE.fullmatch, parts))


def is_weak(line: str) -> bool:
    """A line that is furniture only in company: "Hôm nay: 43633", "Tiêu đề", "Tin tức", "Nội dung"."""
    text = _BULLET.sub("", line).strip(" |›»>/")
    if len(text) > 60:
        return False
    return bool(_WEAK.fullmatch(text))


def is_related_heading(line: str) -> bool:
    """Whether a line opens a list of other news."""
    text = line.strip()
    return len(text) <= 60 and bool(words.RELATED.fullmatch(text))


def is_teaser(line: str) -> bool:
    """Whether a line looks like an entry of a list of other news: a bullet, or a date behind it."""
    return len(line.strip()) <= SHORT and bool(_BULLET.match(line) or _DATED_TAIL.search(line))


def is_number_alone(line: str) -> bool:
    """A line with nothing but a number: a page number or a bare counter."""
    return bool(_NUMBER_ALONE.fullmatch(line.strip()))


def _is_menu(parts: list[str]) -> bool:
    """Whether the parts of a line are the entries of a site's menu or of a path of links."""
    if any(len(part) > 40 or part.endswith((".", ";")) for part in parts):
        return False
    known = sum(1 for part in parts if words.MENU_WORD.fullmatch(part.strip(" ›»>/")))
    digits = any(c.isdigit() for part in parts for c in part)
    return (known >= 2 or known * 2 >= len(parts)) and not digits


def _is_part(part: str) -> bool:
    if _WHOLE_PART.fullmatch(part):
        return True
    return len(part) < 60 and bool(words.IMPRINT.match(part))
