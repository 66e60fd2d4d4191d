"""Indices in tables: a column of scores or ranks under its heading, or a row that names its index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.match.names import IndexMention, NameKind, find_indices
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Cell, Span, Table
from pipeline.rulebook.index_rules import IndexRules
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.phrase_places import phrase_text
from pipeline.text.spacing import spaced

_RANK = spaced(r"(?<!\w)(?:xếp hạng|thứ hạng|xếp thứ|hạng|vị trí|xếp vị thứ|thứ tự xếp hạng)(?!\w)")
_SCORE = spaced(
    r"(?<!\w)(?:tổng điểm|tổng số điểm|điểm số|điểm|số điểm|giá trị|kết quả|chỉ số|đạt|tổng cộng|tổng)(?!\w)|%"
)
_CHANGE = spaced(r"(?<!\w)(?:tăng|giảm|chênh lệch|so với|so sánh|thay đổi|biến động)(?!\w)")
_OTHER = spaced(
    r"(?<!\w)(?:hồ sơ|nhiệm vụ|thủ tục|tthc|tỷ lệ|tỉ lệ|số lượng|xếp loại|điểm tối đa|thang điểm|ghi chú|"
    r"nhóm)(?!\w)"
)
_POINTS = spaced(r"(?<!\w)(?:điểm|điểm số|số điểm|tổng điểm)(?: đạt(?: được)?)?\s*\Z")
_BROKEN = spaced(r"\s*\d+[.,]\d{1,2}\s*%?\s*")
# What the points are reckoned from, and the share of them that is the index.
_PART_OF_POINTS = spaced(r"(?<!\w)(?:thẩm định|điều tra|khảo sát|xã hội học|xhh|tự chấm|tự đánh giá|thưởng|trừ)(?!\w)")
_SHARE = spaced(r"(?<!\w)(?:chỉ số|tỷ lệ|tỉ lệ|index)(?!\w)|%")
_PLACE_WITH_SCORE = spaced(r"0?\d{1,3}\s*\(\s*\d+[.,]\d+\s*\)")
_YEAR_ONLY = spaced(r"\s*(?:năm\s+)?(?:19|20)\d{2}\s*")
_NAMED = spaced(r"\p{L}{2,}")
_LETTER = regex.compile(r"\w")
_SIGN = {"+": 1, "-": -1, "–": -1, "−": -1}
_STUB = spaced(r"\s*(?:stt|tt|số tt|số thứ tự)\s*")


def table_index_mentions(layers: Layers, rules: IndexRules) -> Iterator[Mention]:
    """Every score and rank of an index that stands in a table."""
    for table in layers.document.tables:
        yield from _read_table(layers, table, rules)


def _read_table(layers: Layers, table: Table, rules: IndexRules) -> Iterator[Mention]:
    lead = _index_before(layers, table)
    headers = {c.header for c in table.cells if not c.is_header and c.header}
    has_rank = any(_RANK.search(lower_view(" ".join(h))) for h in headers)
    has_share = any(_SHARE.search(lower_view(h[-1])) for h in headers)
    named = {h: _named_in(" | ".join(h), rules) for h in headers}
    labels = _labels(layers, table)
    if lead is None and not labels and not any(named.values()):
        return
    for cell in table.cells:
        if cell.is_header or not cell.header:
            continue
        atoms = within(layers.numbers, cell.span)
        if _PLACE_WITH_SCORE.fullmatch(cell.span.of(layers.view)) and len(atoms) == 2:
            yield from _place_with_score(cell, atoms, _row_index(labels, cell), named[cell.header], lead, table, rules)
            continue
        if has_share and _is_points_beside_share(cell, labels, named[cell.header], lead, rules):
            continue
        if len(atoms) != 1 or not _fills(cell, atoms[0], layers.view):
            continue
        row_index = _row_index(labels, cell)
        mention = _read_cell(cell, atoms[0], row_index, named[cell.header], lead, has_rank, table, layers, rules)
        if mention is not None:
            yield mention


def _named_in(heading: str, rules: IndexRules) -> list[IndexMention]:
    """The indices and components that a heading names."""
    return [m for m in find_indices(normal_view(heading), phrase_text(lower_view(heading)), rules) if m.index]


def _read_cell(
    cell: Cell, atom: NumberAtom, row_index: IndexMention | None, named: list[IndexMention], lead: str | None,
    has_rank: bool, table: Table, layers: Layers, rules: IndexRules,
) -> Mention | None:  # fmt: skip
    words = lower_view(" | ".join(cell.header))
    if _STUB.fullmatch(words):
        return None
    if _CHANGE.search(words):
        return _change(cell, atom, row_index, words, table, layers, rules)
    index = row_index.index if row_index else named[-1].index if named else lead
    if index is None or (row_index is None and not named and not has_rank and not _SCORE.search(words)):
        return None
    component = row_index.component if row_index else next((m.component for m in reversed(named) if m.component), None)
    if component is None and row_index is None and (parts := rules.components.get(index)):
        found = parts.expression.search(words)
        component = str(found.lastgroup) if found else None
    rules_of = rules.indices[index]
    if _RANK.search(words) and not _SCORE.search(_RANK.sub(" ", words).rpartition("|")[2]):
        return _rank(cell, atom, index, component, table)
    if _PART_OF_POINTS.search(words) and component is None:
        return None
    if _OTHER.search(words) and not named and atom.kind is not NumberKind.RATIO:
        return None  # but for "Điểm đạt/Điểm tối đa"
    is_score = _SCORE.search(words) or named or component or _YEAR_ONLY.fullmatch(words)
    if not is_score or atom.kind not in (NumberKind.NUMBER, NumberKind.RATIO):
        return None
    value = next((v for v in (atom.value, *atom.alternatives) if component or rules_of.scale.holds(v)), None)
    if value is None or not (component or _is_written_as_score(cell, atom, value, words, table, layers)):
        return None
    unit = "percent" if component is None and rules_of.unit == "percent" else "point"
    if atom.unit == "percent" and unit == "point":
        return None
    return Mention(
        indicator="index.score", index=f"{index}/{component}" if component else index, unit=unit, value=value,
        out_of=atom.out_of, comparator=atom.comparator, value_span=atom.number, quote_span=atom.text_span,
        rule_id="index/score/table", cell=(table.number, cell.row, cell.column), reasons=("table",),
        cues=(("index", row_index.span),) if row_index else (),
    )  # fmt: skip


def _is_written_as_score(
    cell: Cell, atom: NumberAtom, value: Decimal, words: str, table: Table, layers: Layers
) -> bool:
    """Whether a number looks like a score and not like a count: it is broken, has its unit or its whole, or stands
    under "Điểm" or in a column of broken ones."""
    if value != int(value) or atom.unit is not None or atom.out_of is not None:
        return True
    if _POINTS.search(words) or "," in atom.number.of(layers.view):
        return True
    column = (other for other in table.cells if other.header == cell.header and other.column == cell.column)
    return any(_BROKEN.fullmatch(other.span.of(layers.view)) for other in column)


def _is_points_beside_share(
    cell: Cell, labels: list[tuple[Cell, IndexMention]], named: list[IndexMention], lead: str | None, rules: IndexRules
) -> bool:
    """Whether a column holds the points of an index in per cent, which another column gives itself."""
    row = _row_index(labels, cell)
    index = row.index if row else named[-1].index if named else lead
    words = lower_view(cell.header[-1])
    parts = rules.components.get(index or "")
    of_part = any(m.component for m in ([row] if row else named)) or (parts and parts.expression.search(words))
    in_percent = index is not None and rules.indices[index].unit == "percent"
    return in_percent and not of_part and _SHARE.search(words) is None and _SCORE.search(words) is not None


def _place_with_score(
    cell: Cell, atoms: Sequence[NumberAtom], row_index: IndexMention | None, named: list[IndexMention],
    lead: str | None, table: Table, rules: IndexRules,
) -> Iterator[Mention]:  # fmt: skip
    """A place and its score in one cell: "01 (0,727)"."""
    index = row_index.index if row_index else named[-1].index if named else lead
    if index is None:
        return
    component = row_index.component if row_index else next((m.component for m in reversed(named) if m.component), None)
    place, score = atoms
    value = next(
        (v for v in (score.value, *score.alternatives) if component or rules.indices[index].scale.holds(v)), None
    )
    rank = _rank(cell, place, index, component, table)
    if rank is None or value is None:
        return
    yield rank
    unit = "percent" if component is None and rules.indices[index].unit == "percent" else "point"
    yield replace(rank, indicator="index.score", unit=unit, value=value, out_of=None, value_span=score.number,
                  quote_span=score.text_span, rule_id="index/score/table")  # fmt: skip


def _change(
    cell: Cell, atom: NumberAtom, row_index: IndexMention | None, words: str, table: Table, layers: Layers,
    rules: IndexRules,
) -> Mention | None:  # fmt: skip
    """A signed figure under "Tăng (+), giảm (-)", of the index or component that its row names."""
    lead = layers.view[cell.span.start : atom.number.start]
    sign = _SIGN.get(lead.strip())
    if sign is None or row_index is None or row_index.index is None or _RANK.search(words):
        return None
    quote = Span(atom.number.start - len(lead.lstrip()), atom.text_span.end)
    component = row_index.component
    percent = component is None and rules.indices[row_index.index].unit == "percent"
    return Mention(
        indicator="index.score_change", index=f"{row_index.index}/{component}" if component else row_index.index,
        unit="percent" if percent else "point", value=sign * atom.value,
        value_span=atom.number, quote_span=quote, rule_id="index/score_change/table",
        cell=(table.number, cell.row, cell.column), reasons=("table",), cues=(("index", row_index.span),),
    )  # fmt: skip


def _rank(cell: Cell, atom: NumberAtom, index: str, component: str | None, table: Table) -> Mention | None:
    if atom.value != int(atom.value) or atom.value < 1 or atom.unit is not None:
        return None
    return Mention(
        indicator="index.rank", index=f"{index}/{component}" if component else index, unit="rank", value=atom.value,
        out_of=atom.out_of, value_span=atom.number, quote_span=atom.text_span, rule_id="index/rank/table",
        cell=(table.number, cell.row, cell.column), reasons=("table",),
    )  # fmt: skip


def _fills(cell: Cell, atom: NumberAtom, view: str) -> bool:
    """Whether the number is all that the cell holds."""
    rest = view[cell.span.start : atom.text_span.start] + view[atom.text_span.end : cell.span.end]
    return not _LETTER.search(rest)


def _labels(layers: Layers, table: Table) -> list[tuple[Cell, IndexMention]]:
    """The cells that name an index or a component, with the first that they name."""
    found = []
    for cell in table.cells:
        named = [m for m in within(layers.indices, cell.span) if m.kind in (NameKind.WHOLE, NameKind.COMPONENT)]
        if named and not cell.is_header:
            found.append((cell, named[0]))
    return found


def _row_index(labels: list[tuple[Cell, IndexMention]], cell: Cell) -> IndexMention | None:
    """The index that the labels of a cell's row name."""
    for label, mention in labels:
        if label.row <= cell.row < label.row + label.row_span and label.column < cell.column:
            return mention
    return None


def _index_before(layers: Layers, table: Table) -> str | None:
    """The index that the caption names, else the last one named before the table, if one alone is near."""
    if table.caption:
        captioned = {m.index for m in within(layers.indices, table.caption) if m.kind is NameKind.WHOLE}
        if len(captioned) == 1:
            return captioned.pop()
    before = [
        m for m in layers.indices if m.span.end <= table.span.start and m.kind in (NameKind.WHOLE, NameKind.FOREIGN)
    ]
    return before[-1].index if before else None
