"""Legacy encodings in what the formats give: every stretch is told and converted, its boxes with it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from pipeline.model import Repair, Ruler, Span
from pipeline.read.boxes import Boxes, Measure
from pipeline.read.canonical import canonical
from pipeline.read.flow import Flow, Grid, GridCell, PageFlow, Passage, Piece, Run, all_pieces
from pipeline.text.legacy import Converted, Detector, Legacy, font_encoding

Words = Passage | GridCell


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text in Unicode, what was converted, and the encoding that most of it was in, if it was a legacy one."""

    text: str
    repairs: tuple[Repair, ...] = ()
    encoding: str | None = None


def decoded_lines(text: str) -> DecodedText:
    """Canonical text out of plain text, its encoding told line by line. Lines must end in line feeds."""
    if text.isascii():
        return DecodedText(canonical(text))
    lines = text.split("\n")
    detector = Detector.of((line, None) for line in lines)
    out: list[str] = []
    repairs: list[Repair] = []
    at = 0
    for line in lines:
        found = detector.decode(line)
        if found is not None:
            converted, encoding = found
            new = canonical(converted.text)
            if new != line:
                repairs.append(Repair(encoding.value, Span(at, at + len(new)), line))
            line = new
        else:
            line = canonical(line)
        out.append(line)
        at += len(line) + 1
    return DecodedText("\n".join(out), tuple(repairs), _name(detector, [text]))


def decoded(flow: Flow, *, as_shown: bool = False) -> Flow:
    """The same document in Unicode. Each conversion is noted as a repair of the kind of its encoding."""
    words = [words for piece in all_pieces(flow) for words in _words(piece)]
    if all(map(_is_plain, words)):
        return flow
    detector = Detector.of((stretch for w in words for stretch in _stretches(w)), as_shown=as_shown)
    pieces = tuple(_decoded_piece(piece, detector) for piece in flow.pieces)
    pages = tuple(_decoded_page(page, detector, flow.ruler) for page in flow.pages)
    title = flow.title
    found = detector.decode(title) if title else None
    name = _name(detector, (w.text for w in words))
    return replace(
        flow,
        pieces=pieces,
        pages=pages,
        title=found[0].text if found else title,
        encoding=name or flow.encoding,
    )


def _decoded_page(page: PageFlow, detector: Detector, ruler: Ruler | None) -> PageFlow:
    measure = partial(ruler, page.number) if ruler is not None else None
    return replace(page, pieces=tuple(_decoded_piece(piece, detector, measure) for piece in page.pieces))


def _name(detector: Detector, texts: Iterable[str]) -> str | None:
    """The encoding that more than half of the marked letters were in."""
    if not detector.converted:
        return None
    encoding, count = detector.converted.most_common(1)[0]
    marked = sum(1 for text in texts for char in text if not char.isascii())
    return encoding.value if 2 * count > marked else None


def _words(piece: Piece) -> tuple[Words, ...]:
    return piece.cells if isinstance(piece, Grid) else (piece,)


def _is_plain(words: Words) -> bool:
    """Whether nothing tells of another encoding, neither a letter nor a font."""
    return words.text.isascii() and not words.runs


def _stretches(words: Words) -> Iterator[tuple[str, str | None]]:
    if not words.runs:
        yield words.text, None
        return
    at = 0
    for length, font in _merged(words):
        yield words.text[at : at + length], font
        at += length


def _merged(words: Words) -> list[Run]:
    """The runs with neighbours of one font joined: a word may be cut between two of them."""
    runs: list[Run] = []
    for length, font in words.runs:
        if runs and runs[-1][1] == font:
            runs[-1] = (runs[-1][0] + length, font)
        else:
            runs.append((length, font))
    return runs


def _decoded_piece(piece: Piece, detector: Detector, measure: Measure | None = None) -> Piece:
    if isinstance(piece, Passage):
        return _decoded_passage(piece, detector, measure)
    return replace(piece, cells=tuple(_decoded_cell(cell, detector, measure) for cell in piece.cells))


def _decoded_passage(passage: Passage, detector: Detector, measure: Measure | None) -> Passage:
    found = _decoded(passage, detector, measure)
    if found is None:
        return passage
    text, boxes, repairs = found
    capitals = passage.capitals or _in_capitals(passage)
    return replace(passage, text=text, boxes=boxes, repairs=repairs, runs=(), capitals=capitals)


def _in_capitals(passage: Passage) -> bool:
    """Whether all words of a passage are set in fonts that show small letters as capitals."""
    said = [font_encoding(font) for text, font in _stretches(passage) if any(char.isalpha() for char in text)]
    return bool(said) and all(font is not None and font.capitals for font in said)


def _decoded_cell(cell: GridCell, detector: Detector, measure: Measure | None) -> GridCell:
    found = _decoded(cell, detector, measure)
    if found is None:
        return cell
    text, boxes, repairs = found
    return cell._replace(text=text, boxes=boxes, repairs=repairs, runs=())


RepairNote = tuple[int, int, str, str]


def _decoded(
    words: Words, detector: Detector, measure: Measure | None
) -> tuple[str, Boxes | None, tuple[RepairNote, ...]] | None:
    """Text, boxes and repairs after conversion; None if nothing was to be converted."""
    if _is_plain(words):
        return None
    stretches = list(_stretches(words))
    results: list[tuple[Converted, Legacy] | None] = [detector.decode(text, font) for text, font in stretches]
    if all(found is None for found in results):
        return None
    texts: list[str] = []
    sources: list[tuple[int, int]] = []
    repairs: list[RepairNote] = []
    at = length = 0
    for (text, _), found in zip(stretches, results, strict=True):
        if found is None:
            texts.append(text)
            sources += [(at + i, at + i + 1) for i in range(len(text))]
        else:
            converted, encoding = found
            texts.append(converted.text)
            sources += [(at + a, at + b) for a, b in zip(converted.starts, converted.starts[1:], strict=False)]
            if converted.text != text:
                repairs.append((length, length + len(converted.text), encoding.value, text))
        at += len(text)
        length += len(texts[-1])
    moved = [
        (new, new + 1, kind, was)
        for start, end, kind, was in words.repairs
        for new, (a, b) in enumerate(sources)
        if a < end and start < b
    ]
    return "".join(texts), _boxes(words.boxes, sources, measure), tuple(repairs + moved)


def _boxes(boxes: Boxes | None, sources: list[tuple[int, int]], measure: Measure | None) -> Boxes | None:
    """For each new character a box around those that it was made of."""
    if boxes is None or (len(sources) == len(boxes) and all(b - a == 1 for a, b in sources)):
        return boxes
    known = boxes.each(measure)
    out: array[float] = array("f")
    for a, b in sources:
        if b - a == 1:
            out.extend(known[4 * a : 4 * b])
            continue
        parts = [known[4 * i : 4 * i + 4] for i in range(a, b) if known[4 * i] <= known[4 * i + 2]]
        if parts:
            x0s, tops, x1s, bottoms = zip(*parts, strict=True)
            out.extend((min(x0s), min(tops), max(x1s), max(bottoms)))
        else:
            out.extend(known[4 * a : 4 * a + 4])
    return Boxes.measured(out)
