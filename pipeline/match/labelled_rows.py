"""Tables that name a measure in each row and set periods side by side: "Chỉ tiêu | ĐVT | Quý II | Quý III"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.match.count_cells import cell_mentions, reading_of
from pipeline.match.grid import grid_of
from pipeline.match.layers import Layers
from pipeline.match.mention import Mention
from pipeline.model import Cell, Table
from pipeline.rulebook.count_rules import CountRules, Reading
from pipeline.text.fold import lower_view
from pipeline.text.phrase_places import phrase_text
from pipeline.text.spacing import spaced

_LEAD = 800
"""So many characters before a row, of the text before the table and of the labels above, tell what its label leaves
out."""
_LABELS = spaced(r"\s*(?:các )?(?:chỉ tiêu|nội dung|tiêu chí|chỉ số|hạng mục|diễn giải|số liệu|tên chỉ tiêu)(?!\w).*")
_UNITS = spaced(r"\s*(?:đvt|đơn vị tính)\s*")
_FIGURES = spaced(
    r"\s*(?:kết quả|số lượng|số liệu|thực hiện|giá trị|kỳ (?:này|trước|báo cáo)|trong kỳ|lũy kế|tổng số|ước thực hiện"
    r"|(?:kết quả|số liệu|thực hiện|ước thực hiện|lũy kế|cùng kỳ|kế hoạch|mục tiêu)?\s*"
    r"(?:quý|tháng|năm|\d+ tháng|cả năm|nửa (?:đầu )?năm)(?!\w)[^|]*"
    r"|(?:19|20)\d{2})\s*"
)
_PART = spaced(r"\s*(?:[-+•]|trong đó|gồm|bao gồm)(?!\w)?")


def names_measures_in_rows(table: Table) -> bool:
    """Whether the columns of a table are a label, periods or results, and perhaps units, and nothing else."""
    heads = [lower_view(cell.header[-1]) for cell in _first_row(table) if cell.header]
    labelled = any(_LABELS.fullmatch(head) for head in heads)
    return (labelled and any(_FIGURES.fullmatch(head) for head in heads)) or any(_UNITS.fullmatch(h) for h in heads)


def row_mentions(layers: Layers, table: Table, families: Sequence[CountRules]) -> Iterator[Mention]:
    """What the cells of such a table count: each row has a reading of its own."""
    lead = layers.view[max(0, table.span.start - _LEAD) : table.span.start]
    whole = ""
    for _, reaching in sorted(grid_of(table).rows.items()):
        cells = [cell for cell in reaching if not cell.is_header and cell.header]
        label = next((c for c in cells if _LABELS.fullmatch(lower_view(c.header[-1]))), None)
        if label is None:
            continue
        words = lower_view(label.span.of(layers.document.text))
        unit = next((c for c in cells if _UNITS.fullmatch(lower_view(c.header[-1]))), None)
        if unit is not None:
            words += f" ({unit.span.of(layers.view)})"
        if _PART.match(words):
            words = f"{whole} | {words}"
        else:
            whole = words
        found = _reading_of_row(families, words, lead)
        lead = f"{lead} {words}"[-_LEAD:]
        if found is None:
            continue
        rules, reading = found
        for cell in cells:
            if _FIGURES.fullmatch(lower_view(cell.header[-1])):
                yield from cell_mentions(layers, table, cell, rules, reading, "eq")


def _reading_of_row(families: Sequence[CountRules], words: str, lead: str) -> tuple[CountRules, Reading] | None:
    """The family whose noun the label names, or that the text before the table names last, and what it reads."""
    best: tuple[int, CountRules, Reading] | None = None
    for rules in families:
        masked = rules.masked(phrase_text(words))
        reading = reading_of(rules, masked)
        if reading is None or not reading.gives:
            continue
        named = masked.search(rules.heads) is not None
        before = max((m.end() for m in rules.masked(phrase_text(lead)).finditer(rules.heads)), default=-1)
        rank = _LEAD + 1 if named else before
        if rank >= 0 and (best is None or rank > best[0]):
            best = (rank, rules, reading)
    return best[1:] if best else None


def _first_row(table: Table) -> list[Cell]:
    """The cells of the first row that is no heading."""
    first = min((cell.row for cell in table.cells if not cell.is_header), default=-1)
    return [cell for cell in table.cells if not cell.is_header and cell.row == first]
