"""Years that a text lists before the figures of an index: one figure for all of them, or one for each in turn."""

from __future__ import annotations

import regex

from pipeline.match.layers import Layers, within
from pipeline.match.numbers import NumberAtom
from pipeline.model import Span
from pipeline.text.spacing import spaced

_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_AND = r"\s*(?:,|;|và|, và)\s*(?:năm )?"
_LIST = spaced(rf"(?<![\w.,/-])(?:năm )?(?:19|20)\d{{2}}(?:{_AND}(?:19|20)\d{{2}})+(?!\d)")
# "năm 2019 và" before 2020
_JOINED = spaced(r"(?<!\w)năm (?P<years>(?:19|20)\d{2}(?:\s*,\s*(?:năm )?(?:19|20)\d{2})*)\s*(?:và|, và)\s*(?:năm )?$")
# Between the last year and the number: a subject and its verb, and nothing that parts them.
_TO_NUMBER = spaced(
    r"\s*,?\s*(?:[^\W\d]+\s+){0,6}?(?:(?:cùng|đều|vẫn|cũng)\s+)?(?:xếp|đứng|giữ|ở|đạt|có|là)(?!\w)"
    r"(?:\s+[^\W\d]+){0,4}\s*"
)
_TO_TURN = spaced(r"\s*,?\s*(?:[^\W\d]+\s+){0,6}")
_TURN = spaced(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
_NEXT = spaced(r"\s*(?:điểm|%)?\s*(?:,|;|và|, và)\s*(?:(?:xếp |vị trí )?(?:thứ|hạng)\s*)?")
_LABEL = spaced(
    r"(?<!(?:19|20)\d{2})[(;,:–•\n-]\s*(?:năm )?(?P<year>(?:19|20)\d{2})"
    r"(?:\s*[:=]\s*|\s+(?=hạng|xếp|thứ|đứng|vị trí|đạt))"
    r"(?:(?:đạt|được|là|xếp|đứng|thứ|hạng|vị trí|trên|gần|khoảng)\s+)*"
    r"(?:\d{1,2}(?:/\d{1,3})?\s*\(\s*(?:(?:đạt|với)\s+)?)?\Z"
)
_BACK, _FAR = 60, 400
"""So many characters before a number its years are listed: one right before it, or all before "lần lượt"."""


def labelled_year(view: str, sentence: Span, number: int) -> Span | None:
    """The year that labels the number at an offset: "(2017: 70,69 điểm; 2018: 70,36; 2019: hạng 1)"."""
    label = _LABEL.search(view, max(sentence.start, number - _BACK), number)
    return Span(*label.span("year")) if label else None


def joined_years(view: str, last: Span, number: int) -> list[Span]:
    """The years joined before the year `last` that share the number at an offset: "năm 2019 và 2020 xếp hạng 59"."""
    if last.start >= number or _TURN.search(view, last.end, number):
        return []
    joined = _JOINED.search(view, max(0, last.start - _BACK), last.start)
    if joined is None or not _TO_NUMBER.fullmatch(view, last.end, number):
        return []
    return [Span(*year.span()) for year in _YEAR.finditer(view, *joined.span("years"))]


def year_in_turn(layers: Layers, place: Span, sentence: Span) -> Span | None:
    """The year whose turn a number is: "năm 2019, 2020 và 2021 lần lượt đạt 81%, 83,4% và 84,7%"."""
    start = max(sentence.start, place.start - _FAR)
    cues = list(_TURN.finditer(layers.view, start, place.start))
    lists = list(_LIST.finditer(layers.view, start, cues[-1].start())) if cues else []
    if not lists or not _TO_TURN.fullmatch(layers.view, lists[-1].end(), cues[-1].start()):
        return None
    years = [Span(*year.span()) for year in _YEAR.finditer(layers.view, *lists[-1].span())]
    figures: list[NumberAtom] = []
    for atom in within(layers.numbers, Span(cues[-1].end(), min(sentence.end, place.end + _FAR))):
        if figures and not _NEXT.fullmatch(layers.view, figures[-1].text_span.end, atom.number.start):
            break
        figures.append(atom)
    turn = next((n for n, atom in enumerate(figures) if atom.number == place), None)
    return years[turn] if turn is not None and len(figures) == len(years) else None
