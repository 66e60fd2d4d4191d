"""Indices in tables: a column of scores or ranks under its heading, or a row that names its index."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.match.grid import grid_of
from pipeline.match.index_headings import (
    BOTH_WAYS,
    BROKEN,
    CHANGE,
    CONFIRMED,
    GOAL,
    GROUP_HEADING,
    INDEX_WORD,
    LETTER,
    LINE,
    OF_MEAN,
    OF_NOBODY,
    OTHER,
    PART_OF_POINTS,
    PERIOD_ONLY,
    PLACE,
    PLACE_WITH_SCORE,
    POINTS,
    POINTS_HEAD,
    RANK,
    RANK_ROW,
    RATE_OF_POINTS,
    REGION_KIND,
    SCORE,
    SCORE_WITH_PLACE,
    SELF_SCORED,
    SHARE,
    SIGN,
    SIGNED_BROKEN,
    STEPS,
    STUB,
    SURVEYED,
    WHOLE_ROW,
)
from pipeline.match.index_words import starting_in
from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.match.names import IndexMention, NameKind, find_indices
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Cell, Span, Table
from pipeline.rulebook.index_rules import IndexRules
from pipeline.text.fold import lower_view, normal_view
from pipeline.text.phrase_places import phrase_text

_SEVERAL = 3
"""Rows."""


def table_index_mentions(layers: Layers, rules: IndexRules) -> Iterator[Mention]:
    """Every score and rank of an index that stands in a table."""
    for table in layers.document.tables:
        yield from _TableReader(layers, rules, table).mentions()


class _TableReader:
    """Reads the cells of one table: what its headings, its rows' labels and the words above it name."""

    def __init__(self, layers: Layers, rules: IndexRules, table: Table) -> None:
        self.layers, self.rules, self.table = layers, rules, table
        headers = {c.header for c in table.cells if not c.is_header and c.header}
        named = {h: _named_in(" | ".join(h), rules) for h in headers}
        self.lead = _index_before(layers, table) or _sole_index(named.values())
        self.named = {h: found or self._named_short(h[-1]) for h, found in named.items()}
        self.first = self._first_named()
        self.heads = [
            (c, m) for c in table.cells if c.is_header for m in _named_in(c.span.of(layers.document.text), rules)
            if m.kind is NameKind.WHOLE
        ]  # fmt: skip
        self._indices_of_headings = {m.index for found in self.named.values() for m in found}
        self.grid = grid_of(table)
        self.labels = _labels(layers, table)
        self.broken = {(c.header, c.column) for c in table.cells if BROKEN.fullmatch(c.span.of(layers.view))}
        """The columns that hold a broken number."""
        ranked = any(RANK.search(lower_view(" ".join(header))) for header in headers)
        self.has_share = any(SHARE.search(lower_view(header[-1])) for header in headers)
        last = [lower_view(header[-1]) for header in headers]
        others = [head for head in last if SCORE.search(INDEX_WORD.sub(" ", head)) and not PART_OF_POINTS.search(head)]
        self.is_confirmed = any(map(SELF_SCORED.search, last)) and not any(map(SURVEYED.search, last)) and not [
            head for head in others if not OTHER.search(head)
        ]  # fmt: skip
        self.holds_points = any(POINTS_HEAD.search(lower_view(header[-1])) for header in headers)
        self.tells_places = RANK.search(_words_above(layers, table)) is not None
        self.one_of_as_many = _one_of_as_many(layers, table)
        self.is_of_scores = ranked or SCORE.search(_words_above(layers, table)) is not None

    def mentions(self) -> Iterator[Mention]:
        if self.lead is None and not self.labels and not any(self.named.values()):
            return
        for cell in self.table.cells:
            if cell.is_header or not cell.header:
                continue
            atoms = within(self.layers.numbers, cell.span)
            if len(atoms) == 2 and PLACE_WITH_SCORE.fullmatch(cell.span.of(self.layers.view)):
                yield from self._place_with_score(cell, *atoms)
            elif len(atoms) == 2 and SCORE_WITH_PLACE.fullmatch(cell.span.of(self.layers.view)):
                yield from self._place_with_score(cell, *reversed(atoms))
            elif len(atoms) == 1 and _fills(cell, atoms[0], self.layers.view):
                mention = self._read(cell, atoms[0])
                if mention is not None:
                    yield mention

    def _first_named(self) -> str | None:
        """The index that the headings name first, by the columns; of it is a place under "Hạng"."""
        columns = sorted({(c.column, c.header) for c in self.table.cells if not c.is_header and c.header})
        codes = (m.index for _, header in columns for m in self.named[header] if m.kind is NameKind.WHOLE)
        return next(codes, None)

    def _named_short(self, heading: str) -> list[IndexMention]:
        """The index of the table where a heading calls it by its subject alone: "CHUYỂN ĐỔI SỐ CẤP HUYỆN"."""
        named = _named_in(f"chỉ số {heading}", self.rules)
        return [m for m in named if m.index == self.lead and m.kind is NameKind.WHOLE]

    def _read(self, cell: Cell, atom: NumberAtom) -> Mention | None:
        words = lower_view(" | ".join(cell.header))
        row_index, named = _row_index(self.labels, cell), self.named[cell.header]
        if STUB.fullmatch(words):
            return None
        if CHANGE.search(words):
            return self._change(cell, atom, row_index, words)
        if self.has_share and self._holds_points_of_share(cell, words):
            return None
        is_whole = row_index is None and bool(self.labels) and self._is_of_whole(cell)
        of_unit = is_whole or self._names_unit(cell) or self._holds_rank(cell, words)
        if row_index is None and self.labels and not of_unit:
            return None  # a row among those of components whose name is not known
        index, component = self._index_of(cell)
        if index is None or (row_index is None and not named and not self.is_of_scores and not SCORE.search(words)):
            return None
        placed = self.one_of_as_many and atom.kind is NumberKind.RATIO
        if placed or self._holds_rank(cell, words) or (named and self._is_of_places(cell, words)):
            # "Hạng | Đơn vị | Chỉ số CCHC | SIPAS": the places are by the first, whatever was named last above.
            own = row_index is not None or bool(named) or self.lead not in self._indices_of_headings
            own = own or self._named_left(cell) is not None
            return self._rank(cell, atom, index if own else self.first or index, component)
        if SELF_SCORED.search(words) or (component is None and self._is_part_of_points(words)):
            return None
        is_known = bool(named) or (row_index is None and component is not None) or self._is_index_in_words(cell, words)
        if OTHER.search(words) and not is_known and atom.kind is not NumberKind.RATIO:
            return None  # but for "Điểm đạt/Điểm tối đa"
        aimed = row_index is not None and GOAL.search(words)
        confirmed = self.is_confirmed and CONFIRMED.search(words)
        is_score = SCORE.search(words) or confirmed or is_known or component or PERIOD_ONLY.fullmatch(words) or aimed
        if not is_score or atom.kind not in (NumberKind.NUMBER, NumberKind.RATIO):
            return None
        value = self._score(atom, index, component)
        if value is None or not (component or self._is_written_as_score(cell, atom, value, words)):
            return None
        unit = self._unit(index, component)
        if (atom.unit == "percent" and unit == "point") or self._is_of_nobody(cell):
            return None
        group = self._group(cell)
        cues = [("index", row_index.span)] if row_index else []
        return Mention(
            indicator="index.mean_score" if group else "index.score",
            index=f"{index}/{component}" if component else index, unit=unit, value=value,
            out_of=atom.out_of, comparator=atom.comparator, value_span=atom.number, quote_span=atom.text_span,
            rule_id="index/mean_score/table" if group else "index/score/table", cell=self._address(cell),
            reasons=("table",), cues=(*cues, ("group", group)) if group else tuple(cues),
        )  # fmt: skip

    def _group(self, cell: Cell) -> Span | None:
        """Where the row or the heading of a cell names a region or several units, whose figure is a mean."""
        for label in self.grid.opening(cell.row, cell.column):
            region = self.layers.phrases.search(self.rules.frame.regions, label.span.start, label.span.end)
            view = self.layers.view
            if region and REGION_KIND.fullmatch(view, label.span.start, region.start()):
                if not view[region.end() : label.span.end].strip(" ()*"):
                    return label.span
            elif OF_MEAN.fullmatch(view, *label.span) and not starting_in(self.layers.entities, label.span):
                return label.span
        heads = self.grid.headings.get(cell.column, ())
        return next((h.span for h in heads if GROUP_HEADING.search(h.span.of(self.layers.view))), None)

    def _is_of_nobody(self, cell: Cell) -> bool:
        """Whether a row or a column is of the highest, the lowest or the middle, whoever that is."""
        spans = [c.span for c in self.grid.opening(cell.row, cell.column)]
        spans += [heading.span for heading in self.grid.headings.get(cell.column, ())]
        return any(OF_NOBODY.search(span.of(self.layers.view)) for span in spans)

    def _named_left(self, cell: Cell) -> str | None:
        """Where headings name several indices the one that is named last before a column without: "PAR INDEX | Hạng |
        SIPAS | Hạng"."""
        if len(self._indices_of_headings) < 2:
            return None
        left = [(other.column, m.index) for other, m in self.heads if other.column < cell.column]
        return max(left)[1] if left else None

    def _is_of_whole(self, cell: Cell) -> bool:
        """Whether a row is the total below the components of the table."""
        labels = [label.span.of(self.layers.view) for label in self.grid.opening(cell.row, cell.column)]
        return any(WHOLE_ROW.fullmatch(words) for words in labels)

    def _is_index_in_words(self, cell: Cell, words: str) -> bool:
        """Whether a heading calls the index what texts call it once it was named ("Tỷ lệ hài lòng"), or is of the share
        of the points that another column holds, which is an index in per cent."""
        last = words.rpartition(" | ")[2]
        again = phrase_text(last).search(self.rules.again)
        index, component = self._index_of(cell)
        if again is not None:
            return again.lastgroup == index
        of_points = component is None and index is not None and self._unit(index, None) == "percent"
        return of_points and self.holds_points and RATE_OF_POINTS.fullmatch(last) is not None

    def _index_of(self, cell: Cell) -> tuple[str | None, str | None]:
        """The index and the component that a cell is of: those of its row, of its headings, or of the table."""
        row, named = _row_index(self.labels, cell), self.named[cell.header]
        if row is not None:
            return row.index, row.component
        index = named[-1].index if named else self._named_left(cell) or self.lead
        component = next((m.component for m in reversed(named) if m.component), None)
        if component is None and index is not None and (parts := self.rules.components.get(index)):
            found = parts.expression.search(lower_view(" | ".join(cell.header)))
            component = str(found.lastgroup) if found else None
        return index, component

    def _score(self, atom: NumberAtom, index: str, component: str | None) -> Decimal | None:
        """The reading of a number that the scale of its index can hold; None for none."""
        scale = self.rules.indices[index].scale
        return next((v for v in (atom.value, *atom.alternatives) if component or scale.holds(v)), None)

    def _unit(self, index: str, component: str | None) -> str:
        return "percent" if component is None and self.rules.indices[index].unit == "percent" else "point"

    def _holds_points_of_share(self, cell: Cell, words: str) -> bool:
        """Whether a column holds the points of an index in per cent, which another column gives itself."""
        index, component = self._index_of(cell)
        if index is None or component is not None or self._unit(index, None) != "percent":
            return False
        last = words.rpartition(" | ")[2]
        return SHARE.search(last) is None and SCORE.search(last) is not None

    def _place_with_score(self, cell: Cell, place: NumberAtom, score: NumberAtom) -> Iterator[Mention]:
        """A place and its score in one cell: "01 (0,727)"."""
        index, component = self._index_of(cell)
        if index is None:
            return
        rank, value = self._rank(cell, place, index, component), self._score(score, index, component)
        if rank is not None and value is not None:
            yield rank
            yield replace(
                rank, indicator="index.score", unit=self._unit(index, component), value=value, out_of=None,
                value_span=score.number, quote_span=score.text_span, rule_id="index/score/table",
            )  # fmt: skip

    def _names_unit(self, cell: Cell) -> bool:
        """Whether the row of a cell names an agency or a place."""
        labels = self.grid.opening(cell.row, cell.column)
        return any(starting_in(self.layers.entities, label.span) for label in labels)

    def _holds_rank(self, cell: Cell, words: str) -> bool:
        """Whether a column holds ranks, or of columns that are years the row does."""
        if PERIOD_ONLY.fullmatch(words):
            labels = self.grid.opening(cell.row, cell.column)
            return bool(labels) and RANK_ROW.fullmatch(labels[0].span.of(self.layers.view)) is not None
        return bool(RANK.search(words) and not SCORE.search(RANK.sub(" ", words).rpartition("|")[2]))

    def _is_of_places(self, cell: Cell, words: str) -> bool:
        """Whether a column under the bare name of an index holds places: whole numbers below words of a ranking."""
        if not self.tells_places or SCORE.search(INDEX_WORD.sub(" ", words)) or "%" in words:
            return False
        column = [
            c.span.of(self.layers.view) for c in self.table.cells if (c.header, c.column) == (cell.header, cell.column)
        ]
        return all(PLACE.fullmatch(text) for text in column if text.strip())

    def _is_part_of_points(self, words: str) -> bool:
        """Whether a column holds points that the whole is reckoned from; what was confirmed of the points that a unit
        gave itself is the whole where no other column has it."""
        if PART_OF_POINTS.search(words) is None:
            return False
        return not (CONFIRMED.search(words) and self.is_confirmed)

    def _is_written_as_score(self, cell: Cell, atom: NumberAtom, value: Decimal, words: str) -> bool:
        """Whether a number looks like a score and not like a count: it is broken, has its unit or its whole, or
        stands under "Điểm" or in a column of broken ones."""
        if value != int(value) or atom.unit is not None or atom.out_of is not None:
            return True
        if GOAL.search(words) and any(BROKEN.fullmatch(c.span.of(self.layers.view)) for c in self.grid.rows[cell.row]):
            return True  # "67,05 | 68": a goal is a round number
        in_broken_column = (cell.header, cell.column) in self.broken
        return in_broken_column or POINTS.search(words) is not None or "," in atom.number.of(self.layers.view)

    def _change(self, cell: Cell, atom: NumberAtom, row_index: IndexMention | None, words: str) -> Mention | None:
        """A signed figure under "Tăng (+), giảm (-)", of the index or component that its row names, or of the unit or
        group of a table of one index; a whole number may be one of places."""
        lead = self.layers.view[cell.span.start : atom.number.start]
        sign, group = SIGN.get(lead.strip()), self._group(cell)
        if not lead.strip() and atom.value and self._is_of_signed(cell, words):
            sign = 1  # "2,3" beside "-1,2" under "Tăng/giảm"
        of_unit = row_index is not None or group is not None or self._names_unit(cell) or self._is_of_whole(cell)
        if sign is None or not of_unit:
            return None
        index, component = self._index_of(cell)
        last = words.rpartition(" | ")[2]
        steps = STEPS.search(last) is not None
        if index is None or (steps and atom.value != int(atom.value)) or (not steps and not self._is_broken(cell)):
            return None
        kind = "index.rank_change" if steps else "index.score_change"
        cues = [("index", row_index.span)] if row_index else []
        return Mention(
            indicator=kind, index=f"{index}/{component}" if component else index,
            unit="rank" if steps else self._unit(index, component), value=sign * atom.value, value_span=atom.number,
            quote_span=Span(atom.number.start - len(lead.lstrip()), atom.text_span.end),
            rule_id=f"{kind.replace('.', '/')}/table", cell=self._address(cell), reasons=("table",),
            cues=(*cues, ("group", group)) if group else tuple(cues),
        )  # fmt: skip

    def _is_of_signed(self, cell: Cell, words: str) -> bool:
        """Whether a column under "Tăng/giảm" tells falls by their sign alone."""
        column = [
            c.span.of(self.layers.view) for c in self.table.cells if (c.header, c.column) == (cell.header, cell.column)
        ]
        return BOTH_WAYS.search(words) is not None and any(
            text.strip()[:1] in ("-", "–", "−") and text.strip()[1:] for text in column
        )

    def _is_broken(self, cell: Cell) -> bool:
        """Whether a column holds broken numbers."""
        column = [
            c.span.of(self.layers.view) for c in self.table.cells if (c.header, c.column) == (cell.header, cell.column)
        ]
        return any(SIGNED_BROKEN.fullmatch(words) for words in column)

    def _rank(self, cell: Cell, atom: NumberAtom, index: str, component: str | None) -> Mention | None:
        if atom.value != int(atom.value) or atom.value < 1 or atom.unit is not None:
            return None
        return Mention(
            indicator="index.rank", index=f"{index}/{component}" if component else index, unit="rank",
            value=atom.value, out_of=atom.out_of, value_span=atom.number, quote_span=atom.text_span,
            rule_id="index/rank/table", cell=self._address(cell), reasons=("table",),
        )  # fmt: skip

    def _address(self, cell: Cell) -> tuple[int, int, int]:
        return self.table.number, cell.row, cell.column


def _named_in(heading: str, rules: IndexRules) -> list[IndexMention]:
    """The indices and components that a heading names."""
    return [m for m in find_indices(normal_view(heading), phrase_text(lower_view(heading)), rules) if m.index]


def _sole_index(named: Iterable[Sequence[IndexMention]]) -> str | None:
    """The one index that the headings of a table name."""
    codes = {m.index for mentions in named for m in mentions if m.kind is NameKind.WHOLE}
    return codes.pop() if len(codes) == 1 else None


def _one_of_as_many(layers: Layers, table: Table) -> bool:
    """Whether several rows set whole numbers against one same whole, which only places do: "9/17", "7/17", "13/17"."""
    cells = [(c.row, within(layers.numbers, c.span)) for c in table.cells if not c.is_header]
    ratios = [(row, atoms[0]) for row, atoms in cells if len(atoms) == 1 and atoms[0].kind is NumberKind.RATIO]
    whole = all(atom.value == int(atom.value) and atom.unit is None for _, atom in ratios)
    return whole and len({atom.out_of for _, atom in ratios}) == 1 and len({row for row, _ in ratios}) >= _SEVERAL


def _words_above(layers: Layers, table: Table) -> str:
    """The caption of a table and the line right above it, in lower case."""
    blocks = layers.document.blocks
    at = bisect_right(blocks, table.span.start, key=lambda block: block.span.end)
    above = [block.span for block in blocks[max(0, at - 1) : at] if len(block.span) <= LINE]
    lines = [*([table.caption] if table.caption else []), *above]
    return " ".join(span.of(layers.view) for span in lines)


def _fills(cell: Cell, atom: NumberAtom, view: str) -> bool:
    """Whether the number is all that the cell holds."""
    rest = view[cell.span.start : atom.text_span.start] + view[atom.text_span.end : cell.span.end]
    return not LETTER.search(rest)


def _labels(layers: Layers, table: Table) -> Mapping[int, Sequence[tuple[Cell, IndexMention]]]:
    """For each row the cells that name an index or a component, with the first that they name."""
    found: dict[int, list[tuple[Cell, IndexMention]]] = defaultdict(list)
    for cell in table.cells:
        named = [m for m in within(layers.indices, cell.span) if m.kind in (NameKind.WHOLE, NameKind.COMPONENT)]
        if named and not cell.is_header:
            for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
                found[row].append((cell, named[0]))
    return found


def _row_index(labels: Mapping[int, Sequence[tuple[Cell, IndexMention]]], cell: Cell) -> IndexMention | None:
    """The index that the labels of a cell's row name."""
    return next((mention for label, mention in labels.get(cell.row, ()) if label.column < cell.column), None)


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
