"""Numbers of acts on a recognised page ("1899/SGDĐT-CTrTT"), read a second time.

They are the words that recognition knows least: no dictionary has them, and one wrong letter names another act. The
Vietnamese model reads Đ, and takes figures for letters ("I§99"); the English one has no Đ, and is better at figures
and capitals. Each such word is cut out and read by both, in two sizes; what most of the readings say stands. A number
parted from its symbol is one that a clerk filled into a form: of handwriting no two readings say the same, so it is
believed only where all of them agree.
"""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

import regex as re
from PIL import Image, ImageOps

from pipeline.model import ReadError
from pipeline.read import tesseract
from pipeline.read.handwriting import Field, Sign, is_gap, number_fields
from pipeline.read.settings import ReadSettings

MOST = 60
"""So many words of a page are read again: about four seconds."""
LARGER = 1.5
"""The second size, in times the first."""
_MARGIN = 6
_PAPER = 20
_FIGURE = r"[0-9IlÌÍi|\]\[!OoS§B]"
_AS_FIGURE = str.maketrans("IlÌÍi|][!OoS§B", "11111111100588")
_CODE = r"\p{Lu}[\p{L}&.]*\p{Lu}[\p{L}&]*"
_SYMBOL = rf"(?P<symbol>(?:{_CODE}|\p{{Lu}}(?=-))(?:-(?:{_CODE}|\p{{Lu}}[0-9]{{0,2}})?)*)"
_NUMBER = re.compile(
    rf"(?<![0-9\p{{L}}])(?P<num>{_FIGURE}{{1,5}}?[abcdđe]?)(?P<slash> ?/? ?)(?:(?P<year>(?:19|20)[0-9]{{2}})/)?"
    + _SYMBOL
)
_REST = re.compile(r"[\p{L}\p{N}&][\p{L}\p{N}&.-]*(?<![.-])")
"""What follows a symbol in the same word: it was not read to its end."""
_ONE_SIGN = str.maketrans({"⁄": "/", "–": "-", "—": "-", "Ð": "Đ", "_": " "})
_FULLER = "ĐQT"
_ALIKE = str.maketrans(_FULLER, "DOI")
"""Letters that differ in a stroke which bad print loses and hardly ever adds."""


class ActNumber(NamedTuple):
    """The number of an act in its parts."""

    num: str
    year: str
    symbol: str

    def __str__(self) -> str:
        return "/".join(part for part in self if part)


class Word(NamedTuple):
    """Signs of a line that may be the number of an act: from which to which; `field` if it is filled into a form."""

    line: int
    start: int
    end: int
    field: Field | None = None


def read_again(
    lines: Sequence[Sequence[Sign]], picture: Image.Image, scale: float, settings: ReadSettings
) -> list[list[Sign]]:
    """The lines of a page with the numbers of acts as all readings together have them.

    `picture` is the page as it was recognised, `scale` points a pixel. What differs from the first reading, and what
    no readings agree on, is marked as doubtful. A program that fails leaves the first reading.
    """
    out = [list(line) for line in lines]
    words = [word for at, line in enumerate(lines) for word in _words(at, line)][:MOST]
    if not words:
        return out
    try:
        readings = _readings([_cut_out(picture, lines[w.line][w.start : w.end], scale) for w in words], settings)
    except ReadError:
        return out
    for word, others in sorted(zip(words, readings, strict=True), reverse=True):
        signs = out[word.line][word.start : word.end]
        if word.field is None or _is_printed(_text(signs[: word.field.end - word.start]), others):
            out[word.line][word.start : word.end] = settled(signs, others)
    return out


def _words(at: int, line: Sequence[Sign]) -> Iterator[Word]:
    text = _text(line)
    if len(text) != len(line) or not re.search("[/-]", text):
        return
    filled = list(number_fields(line))
    for field in filled:
        yield Word(at, field.start, field.symbol_end, field)
    for start, stop in _parts(line):
        if any(start < field.symbol_end and field.start < stop for field in filled):
            continue
        if re.search("[/-]", text[start:stop]) and _found(text[start:stop]):
            yield Word(at, start, stop)


def _parts(line: Sequence[Sign]) -> Iterator[tuple[int, int]]:
    """The words of a line, parted by blanks and by gaps."""
    start = 0
    for at in range(len(line) + 1):
        is_end = at == len(line) or line[at].glyph.text.isspace()
        if is_end or (at > start and is_gap(line, at - 1)):
            if at > start:
                yield start, at
            start = at + 1 if is_end else at


def _cut_out(picture: Image.Image, signs: Sequence[Sign], scale: float) -> Image.Image:
    left, right = min(s.glyph.left for s in signs), max(s.glyph.right for s in signs)
    top, bottom = min(s.glyph.top for s in signs), max(s.glyph.bottom for s in signs)
    box = (
        max(0, round(left / scale) - _MARGIN),
        max(0, round(top / scale) - _MARGIN),
        min(picture.width, round(right / scale) + _MARGIN),
        min(picture.height, round(bottom / scale) + _MARGIN),
    )
    return ImageOps.expand(picture.crop(box), _PAPER, 255)


def _readings(pictures: Sequence[Image.Image], settings: ReadSettings) -> list[list[str]]:
    """What each picture says: to the Vietnamese model enlarged, to the English one as it is and enlarged."""
    large = [p.resize((round(p.width * LARGER), round(p.height * LARGER)), Image.Resampling.LANCZOS) for p in pictures]
    count = len(pictures)
    vietnamese = _lines_of(large, tesseract.vietnamese(), settings)
    english = _lines_of([*pictures, *large], tesseract.figures(), settings)
    return [[vietnamese[i], english[i], english[count + i]] for i in range(count)]


def _lines_of(pictures: Sequence[Image.Image], language: str, settings: ReadSettings) -> list[str]:
    stream = io.BytesIO()
    pictures[0].save(stream, "TIFF", save_all=True, append_images=pictures[1:])
    words: defaultdict[int, list[str]] = defaultdict(list)
    out = tesseract.run(stream.getvalue(), "7", settings, language=language)
    for row in csv.DictReader(io.StringIO(out), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == tesseract.WORD_LEVEL:
            words[int(row["page_num"])].append((row["text"] or "").strip())
    return ["".join(words[page]) for page in range(1, len(pictures) + 1)]


def parsed(text: str) -> ActNumber | None:
    """The number in a recognised word, figures taken for letters as figures; None if there is none."""
    found = _found(text)
    if found is None or _REST.match(text, found.end()):
        return None
    return ActNumber(found["num"].translate(_AS_FIGURE), found["year"] or "", found["symbol"].rstrip("-."))


def _found(text: str) -> re.Match[str] | None:
    """Where the number of an act begins in a word; one figure at least was taken for none but a figure."""
    found = _NUMBER.search(text.translate(_ONE_SIGN))
    return found if found and re.search("[0-9]", found["num"]) else None


def agreed(first: ActNumber | None, others: Sequence[ActNumber | None]) -> ActNumber | None:
    """What most readings say, `first` being that of the whole page and the last two of `others` those of the model
    that is better at capitals; None where they do not agree.

    Figures stand only where more readings have them than have any others.
    """
    known = [reading for reading in (first, *others) if reading is not None]
    figures = Counter((reading.num, reading.year) for reading in known).most_common(2)
    if not figures or figures[0][1] < 2 or (len(figures) > 1 and figures[1][1] == figures[0][1]):
        return None
    symbols = Counter(reading.symbol.translate(_ALIKE) for reading in known)
    most = max(symbols.values())
    likely = [symbol for symbol, count in symbols.items() if count == most]
    sharp = {reading.symbol.translate(_ALIKE) for reading in others[-2:] if reading is not None}
    if len(likely) > 1 and len(sharp) == 1:
        likely = [symbol for symbol in likely if symbol in sharp]
    if most < 2 or len(likely) != 1:
        return None
    return ActNumber(*figures[0][0], _spelled(likely[0], [reading.symbol for reading in known]))


def _spelled(symbol: str, readings: Sequence[str]) -> str:
    """A symbol with each letter that lacks a stroke as the fullest that any reading has in its place."""
    letters = list(symbol)
    for reading in readings:
        for block in SequenceMatcher(None, symbol, reading.translate(_ALIKE), autojunk=False).get_matching_blocks():
            for at in range(block.size):
                full = reading[block.b + at]
                if full in _FULLER:
                    letters[block.a + at] = full
    return "".join(letters)


def settled(signs: Sequence[Sign], others: Sequence[str]) -> list[Sign]:
    """A word with the number in it as its readings together have it."""
    text = _text(signs)
    found = _found(text)
    number = agreed(parsed(text), [parsed(other) for other in others])
    if found is None or number is None:
        return [sign._replace(glyph=sign.glyph._replace(doubtful=True)) for sign in signs]
    start, end = found.start(), found.start("symbol") + len(found["symbol"].rstrip("-."))
    rest = _REST.match(text, end)
    end = rest.end() if rest else end
    if str(number) == text[start:end].translate(_ONE_SIGN).replace(" ", ""):
        return [*signs[:start], *map(_sure, signs[start:end]), *signs[end:]]
    return [*signs[:start], *_written(str(number), signs[start:end]), *signs[end:]]


def _written(text: str, signs: Sequence[Sign]) -> list[Sign]:
    """`text` in the place of `signs`, marked as doubtful."""
    left, right = signs[0].glyph.left, signs[-1].glyph.right
    step = (right - left) / len(text)
    edges = [left + step * at for at in range(len(text) + 1)]
    return [
        Sign(signs[0].glyph._replace(text=char, x0=a, x1=b, left=a, right=b, doubtful=True), 100.0)
        for char, (a, b) in zip(text, pairwise(edges), strict=True)
    ]


def _is_printed(figures: str, others: Sequence[str]) -> bool:
    """Whether every reading has just these figures before its slash."""
    plain = figures.strip()
    readings = [parsed(other) for other in others]
    return bool(re.fullmatch(r"[0-9]{1,5}[abcdđe]?", plain)) and all(r is not None and r.num == plain for r in readings)


def _sure(sign: Sign) -> Sign:
    return Sign(sign.glyph._replace(doubtful=False), 100.0)


def _text(signs: Sequence[Sign]) -> str:
    return "".join(sign.glyph.text for sign in signs)
