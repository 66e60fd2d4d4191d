"""From characters on a page to lines, columns and paragraphs in reading order. Shared by PDF and OCR."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import lru_cache
from statistics import median

import regex as re

from pipeline.read.glyphs import Glyph, Line, Run, line_of, run_of

SEGMENT_GAP = 0.9
"""A gap of so many font heights within a line parts two segments of it."""
COLUMN_GAP = 2.0
"""Columns have a gutter of so many font heights in at least one of their rows."""
_MARKER = re.compile(
    r"(?:V/v\b|Số\s*:|Số\s+\d+/|\(?Ban hành kèm theo|Kính gửi|Căn\s+cứ|Nơi nhận|"
    r"\p{Lu}[^\d,\n]{2,30},\s+ngày\b.{0,6}\btháng\b.{0,6}\bnăm\b|"
    r"[-–•+*▪]\s|[a-zđ]\)\s|\d{1,2}(?:\.\d{1,2})*[.)]\s|[IVX]+\.\s|Điều\s+\d)"
)
_RULE = re.compile(r"[-–—_=*\s]{3,}")
"""A line drawn of signs."""
_ENDED = re.compile(r"[.;:!?…/]\s*[\"”’)]?$")


Segment = list[Run]


def rows_of(runs: Sequence[Run]) -> list[list[Segment]]:
    """Rows from top to bottom; each is one or more segments from left to right, parted by wide gaps."""
    rows: list[list[Run]] = []
    extents: list[tuple[float, float]] = []
    foot = float("-inf")
    for run in sorted(runs, key=lambda run: ((run.high + run.low) / 2, run.left)):
        high, low = run.high, run.low
        near = range(len(rows) - 1, max(-1, len(rows) - 6), -1) if high < foot else ()
        foot = max(foot, low)
        for i in near:
            shared = min(low, extents[i][1]) - max(high, extents[i][0])
            if shared > 0.5 * min(low - high, extents[i][1] - extents[i][0]):
                rows[i].append(run)
                # The tallest run rules: marks set high or low must not stretch a row into its neighbours.
                if low - high > extents[i][1] - extents[i][0]:
                    extents[i] = (high, low)
                break
        else:
            rows.append([run])
            extents.append((high, low))
    order = sorted(range(len(rows)), key=lambda i: extents[i])
    return [_segments(rows[i]) for i in order]


def runs_of(glyphs: Sequence[Glyph]) -> list[Run]:
    """Stretches of characters that follow each other on one line, as the file has them."""
    runs: list[list[Glyph]] = []
    run: list[Glyph] = []
    before_high = before_low = before_right = 0.0
    for glyph in _without_wide_blanks(glyphs):
        _, _, _, _, _, left, right, high, low, _, _, _ = glyph
        if run:
            same = high == before_high and low == before_low
            height = low - high if same else min(before_low - before_high, low - high)
            shared = height if same else min(before_low, low) - max(before_high, high)
            if shared > 0.4 * height and -0.6 * height < left - before_right < SEGMENT_GAP * height:
                run.append(glyph)
                before_high, before_low, before_right = high, low, right
                continue
        run = [glyph]
        runs.append(run)
        before_high, before_low, before_right = high, low, right
    return [run_of(run) for run in runs if any(not g.text.isspace() for g in run)]


def _without_wide_blanks(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Without blanks in a row: they are set to reach another column, and would hide the gap."""
    blank = [text == " " or text.isspace() for text, *_ in glyphs]
    wide = [a and b for a, b in itertools.pairwise(blank)]
    if not any(wide):
        return glyphs
    return [
        glyph
        for glyph, before, behind in zip(glyphs, [False, *wide], [*wide, False], strict=True)
        if not (before or behind)
    ]


def _segments(runs: list[Run]) -> list[Segment]:
    if len(runs) == 1:
        return [runs]
    runs.sort(key=lambda run: run.left)
    segments: list[Segment] = []
    for run in runs:
        if segments:
            last = segments[-1][-1]
            if run.left - last.right < SEGMENT_GAP * last.height:
                segments[-1].append(run)
                continue
        segments.append([run])
    return segments


def columns_of(rows: Sequence[list[Segment]]) -> list[list[Line]]:
    """The columns in reading order: where rows stand side by side across a common gutter, left before right."""
    out: list[list[Line]] = []
    at = 0
    while at < len(rows):
        end, gutter = _band(rows, at)
        if gutter is None:
            line = _whole(rows[at])
            if out and at > 0:
                out[-1].append(line)
            else:
                out.append([line])
            at += 1
            continue
        left: list[Line] = []
        right: list[Line] = []
        for row in rows[at:end]:
            sides = (
                [segment for segment in row if segment[-1].right <= gutter],
                [s for s in row if s[-1].right > gutter],
            )
            left += [_whole(sides[0])] if sides[0] else []
            right += [_whole(sides[1])] if sides[1] else []
        out += [left, right, []]
        at = end
    return [column for column in out if column]


def _whole(row: list[Segment]) -> Line:
    return line_of([run for segment in row for run in segment])


def _band(rows: Sequence[list[Segment]], start: int) -> tuple[int, float | None]:
    """How far the rows from `start` on stand in two columns, and where the gutter between them is."""
    if len(rows[start]) == 1:
        return start, None
    low, high = 0.0, 1e9
    end, split, open_wide = start, 0, False
    last_bottom: float | None = None
    for row in rows[start:]:
        height = max(run.height for segment in row for run in segment)
        top = min(run.high for segment in row for run in segment)
        if last_bottom is not None and top - last_bottom > 2.5 * height:
            break
        fits = [
            (max(low, a[-1].right), min(high, b[0].left))
            for a, b in itertools.pairwise(row)
            if b[0].left - a[-1].right >= SEGMENT_GAP * height
        ]
        fits = [(a, b) for a, b in fits if b - a >= 0.4 * height]
        if fits and (len(row) == 2 or split):
            # A number before its text ("1.      Kết quả") is no column.
            wide = max(fits, key=lambda fit: fit[1] - fit[0])
            if len(row) == 2 and row[0][-1].right - row[0][0].left < 3 * height:
                break
            low, high = wide
            split += 1
            open_wide = open_wide or any(
                b[0].left - a[-1].right >= COLUMN_GAP * height for a, b in itertools.pairwise(row)
            )
        elif len(row) == 1 and split and (row[0][-1].right <= (low + high) / 2 or row[0][0].left >= (low + high) / 2):
            if row[0][-1].right <= (low + high) / 2:
                low = max(low, row[0][-1].right)
            else:
                high = min(high, row[0][0].left)
        else:
            break
        last_bottom = max(run.low for segment in row for run in segment)
        end += 1
    return (end, (low + high) / 2) if split >= 2 and open_wide else (start, None)


def paragraphs_of(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of one column grouped into paragraphs."""
    if not lines:
        return []
    left = min(line.x0 for line in lines)
    right = max(line.x1 for line in lines)
    pitches = [b.bottom - a.bottom for a, b in itertools.pairwise(lines) if 0 < b.bottom - a.bottom < 3 * a.height]
    pitch = median(pitches) if pitches else 0.0
    paragraphs = [[lines[0]]]
    for before, line in itertools.pairwise(lines):
        if _goes_on(paragraphs[-1], before, line, left, right, pitch):
            paragraphs[-1].append(line)
        else:
            paragraphs.append([line])
    return paragraphs


def _goes_on(paragraph: Sequence[Line], before: Line, line: Line, left: float, right: float, pitch: float) -> bool:
    height = max(before.height, line.height)
    step = line.bottom - before.bottom
    if step <= 0 or step > max(1.45 * pitch, 1.6 * height) or abs(before.height - line.height) > 0.2 * height:
        return False
    capitals = _is_in_capitals(before.shown)
    if capitals != _is_in_capitals(line.shown) and (capitals or _is_centred(line, left, right)):
        return False
    if _is_rule(line.text) or _is_rule(before.text):
        return False
    if _MARKER.match(line.text) or before.text.startswith("Số:"):
        return False
    if _is_centred(before, left, right) and _is_centred(line, left, right):
        return not _ENDED.search(before.text)
    if line.text[:1].islower() and not _ENDED.search(before.text) and _same_axis(before, line, left):
        return True
    # A line that had no room for the next word is full, however ragged its margin.
    word = (line.x1 - line.x0) * (len(line.text.split(maxsplit=1)[0]) + 1) / len(line.text)
    short = before.x1 < right - max(4 * height, word + height)
    indented = line.x0 > min(paragraph[-1].x0 if len(paragraph) > 1 else left, line.x0) + 0.9 * height
    lower = line.text[:1].islower()
    if before.x0 - line.x0 > 8 * height and not lower:
        return False
    if short:
        return lower and not _ENDED.search(before.text) and not (indented and line.x0 > before.x0 + 0.9 * height)
    if indented:
        # Lists hang: their second line may stand further right than the margin, but never than the first.
        return line.x0 <= paragraph[0].x0 + 0.5 * height + (
            1.5 * height if _MARKER.match(paragraph[0].text) else 0.0
        ) and (lower or not _ENDED.search(before.text))
    return True


# Each line is asked about twice: with the one before it and with the one behind.
@lru_cache(maxsize=128)
def _is_rule(text: str) -> bool:
    return bool(_RULE.fullmatch(text))


@lru_cache(maxsize=128)
def _is_in_capitals(text: str) -> bool:
    """By its plain letters: those with marks may still be in a legacy encoding."""
    return text.encode("ascii", "ignore").isupper()


def _same_axis(before: Line, line: Line, left: float) -> bool:
    """Whether two lines are centred one below the other, the first almost as wide as the column."""
    return line.x0 > left + line.height and abs((before.x0 + before.x1) - (line.x0 + line.x1)) < 1.2 * line.height


def _is_centred(line: Line, left: float, right: float) -> bool:
    height = line.height
    from_left, from_right = line.x0 - left, right - line.x1
    return (
        from_left > 2 * height
        and from_right > 2 * height
        and abs(from_left - from_right) < max(3 * height, 0.1 * (right - left))
    )
