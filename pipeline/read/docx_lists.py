"""The numbers and bullets that Word puts before list paragraphs: they are not in the text, but in numbering.xml."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.read.office_xml import whole

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts the lists of one document."""

    lists: dict[str, dict[int, _Level]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of a list at `level` (from 0), with a blank; "" for none."""
        levels = self.lists.get(list_id)
        here = levels.get(level) if levels else None
        if levels is None or here is None or here.form == "none":
            return ""
        if here.form == "bullet":
            return "- "
        counts = self.counts.setdefault(list_id, {})
        counts[level] = counts.get(level, here.start - 1) + 1
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        text = here.text
        for known in range(level + 1):
            form = levels.get(known, here)
            text = text.replace(f"%{known + 1}", _number(counts.get(known, form.start), form.form))
        return f"{text} " if text.strip() else ""


def numbering_of(root: etree._Element | None) -> Numbering:
    """The lists that numbering.xml defines."""
    if root is None:
        return Numbering()
    forms = {
        abstract.get(f"{_W}abstractNumId") or "": {
            whole(level.get(f"{_W}ilvl")): _level(level) for level in abstract.iterfind(f"{_W}lvl")
        }
        for abstract in root.iterfind(f"{_W}abstractNum")
    }
    lists: dict[str, dict[int, _Level]] = {}
    for number in root.iterfind(f"{_W}num"):
        abstract = number.find(f"{_W}abstractNumId")
        levels = dict(forms.get((abstract.get(f"{_W}val") or "") if abstract is not None else "", {}))
        for override in number.iterfind(f"{_W}lvlOverride"):
            level = whole(override.get(f"{_W}ilvl"))
            start = override.find(f"{_W}startOverride")
            if start is not None and level in levels:
                value = start.get(f"{_W}val") or "1"
                old = levels[level]
                levels[level] = _Level(old.form, old.text, whole(value, 1))
        lists[number.get(f"{_W}numId") or ""] = levels
    return Numbering(lists)


def _level(element: etree._Element) -> _Level:
    def value(name: str, default: str) -> str:
        found = element.find(f"{_W}{name}")
        return default if found is None else found.get(f"{_W}val") or default

    start = value("start", "1")
    return _Level(value("numFmt", "decimal"), value("lvlText", ""), whole(start, 1))


def _number(value: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(value).lower() if form == "lowerRoman" else _roman(value)
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _roman(value: int) -> str:
    out = ""
    for size, sign in ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        out += sign * (value // size)
        value %= size
    return out
