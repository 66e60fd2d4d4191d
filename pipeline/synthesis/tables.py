"""Tables at the end of a document: dossiers by agency or level, and rankings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.synthesis.books import indices, score
from pipeline.synthesis.entries import Figure, Period, Row, Slots
from pipeline.synthesis.index_scene import index_worlds
from pipeline.synthesis.scene import Scene
from pipeline.synthesis.source import Block
from pipeline.synthesis.writing import Writer


@dataclass(frozen=True, slots=True)
class CellMark:
    """A figure or a time in a cell: its row of gold, its words, and the row of the table with the cell marked."""

    row: Row
    words: str
    at: str
    table: str = "observations"


Made = Iterator[tuple[Block, list[CellMark]]]

COLUMNS = {
    "received": ("Tiếp nhận", "Số hồ sơ tiếp nhận", "Tổng số hồ sơ tiếp nhận"),
    "received_online": ("Trực tuyến", "Tiếp nhận trực tuyến"),
    "received_direct": ("Trực tiếp", "Tiếp nhận trực tiếp"),
    "resolved": ("Đã giải quyết", "Số hồ sơ đã giải quyết"),
    "resolved_early": ("Trước hạn",),
    "resolved_on_time": ("Đúng hạn",),
    "resolved_overdue": ("Quá hạn",),
    "pending": ("Đang giải quyết",),
    "on_time_rate": ("Tỷ lệ đúng hạn (%)", "Tỷ lệ giải quyết đúng hạn (%)"),
}
CHOICES = (
    ("received", "resolved", "pending"),
    ("received", "resolved", "on_time_rate"),
    ("received_online", "received_direct", "resolved", "pending"),
    ("received", "resolved_early", "resolved_on_time", "resolved_overdue", "pending"),
    ("received", "resolved", "pending", "on_time_rate"),
)
GROUPED = {"resolved_early": "Đã giải quyết", "resolved_on_time": "Đã giải quyết", "resolved_overdue": "Đã giải quyết"}
"""Columns that stand under one heading where they stand together."""


def _cells(writer: Writer, figures: list[Figure | None]) -> list[str]:
    habit = writer.habit
    return [
        "" if f is None else habit.fraction(f.value) if f.unit in ("percent", "point") else habit.whole(f.value)
        for f in figures
    ]


def _marks(line: list[str], figures: list[Figure | None]) -> Iterator[CellMark]:
    offset = len(line) - len(figures)
    for number, figure in enumerate(figures, offset):
        if figure is not None:
            shown = [f"«{cell}»" if i == number else cell for i, cell in enumerate(line)]
            yield CellMark(figure.row("eq", figure.value, None, None), line[number], " | ".join(shown))


def _time(period: Period, words: str) -> CellMark:
    return CellMark(period.row("period"), words, "", "dates")


def dossiers_by(writer: Writer, scene: Scene, rows: list[tuple[str, str]], first: str) -> Made:
    """A table of dossiers with a row for each (label, prefix of its figures in the world)."""
    draw, world = scene.draw, scene.world
    names = draw.choice(CHOICES)
    numbered = draw.random() < 0.5
    lead = ["STT", first] if numbered else [first]
    titles = [draw.choice(COLUMNS[name]) for name in names]
    header = [tuple(lead + titles)]
    if any(name in GROUPED for name in names):
        above = [GROUPED.get(name, title) for name, title in zip(names, titles, strict=True)]
        top = [t if i == 0 or t != above[i - 1] else "<" for i, t in enumerate(above)]
        below = [title if name in GROUPED else "^" for name, title in zip(names, titles, strict=True)]
        header = [tuple(lead + top), tuple(["^"] * len(lead) + below)]
    lines, marks = [], []
    for number, (label, prefix) in enumerate(rows, 1):
        figures = [f if isinstance(f := world.get(f"{prefix}.{name}"), Figure) else None for name in names]
        line = ([str(number)] if numbered else []) + [label] + _cells(writer, figures)
        lines.append(tuple(line))
        marks += list(_marks(line, figures))
    caption = draw.choice(
        ("Tổng hợp kết quả giải quyết hồ sơ", "Kết quả tiếp nhận, giải quyết hồ sơ thủ tục hành chính")
    )
    yield Block("newpage"), []
    yield Block("title", caption), []
    yield Block("table", "", tuple(header + lines), len(header)), marks


def by_agency(writer: Writer, scene: Scene) -> Made:
    rows = [(str(scene.world[f"A{n}"]), f"A{n}") for n in range(1, 7) if f"A{n}" in scene.world]
    if rows:
        yield from dossiers_by(writer, scene, rows, scene.draw.choice(("Đơn vị", "Cơ quan", "Tên đơn vị")))


def by_level(writer: Writer, scene: Scene) -> Made:
    rows = [
        (name, key)
        for key, name in (("L1", "Cấp tỉnh"), ("L2", "Cấp huyện"), ("L3", "Cấp xã"))
        if f"{key}.received" in scene.world
    ]
    if rows:
        yield from dossiers_by(writer, scene, rows, "Cấp")


def ranking(writer: Writer, scene: Scene) -> Made:
    """Agencies by their index, best first, each with its rank."""
    draw = scene.draw
    index = indices()[0]
    departments = draw.sample(scene.land.departments, min(10, len(scene.land.departments)))
    scores = sorted({score(draw, index) for _ in range(40)}, reverse=True)[:: 40 // len(departments) or 1]
    lines, marks = [], []
    for number, ((name, _), value) in enumerate(zip(departments, scores, strict=False), 1):
        slots = Slots(scene.land.within(name), scene.body.code, scene.period.label)
        figures: list[Figure | None] = [
            Figure("index.score", value, index.unit, slots, index=index.code),
            Figure("index.rank", Decimal(number), "rank", slots, index=index.code, scope="province:agencies"),
        ]
        line = [name, writer.habit.fraction(value), str(number)]
        lines.append((str(number), *line))
        marks += list(_marks([str(number), *line], figures))
    header = ("STT", "Cơ quan, đơn vị", draw.choice(("Chỉ số CCHC (%)", "Chỉ số (%)")), "Xếp hạng")
    title = Block("title", f"Chỉ số cải cách hành chính {scene.period.forms[0]} của các sở, ban, ngành")
    yield Block("newpage"), []
    yield title, []
    yield Block("table", "", (header, *lines), 1), marks


MEASURES = {
    "received": ("Tổng số hồ sơ tiếp nhận", "hồ sơ"),
    "resolved": ("Số hồ sơ đã giải quyết", "hồ sơ"),
    "resolved_overdue": ("Số hồ sơ giải quyết quá hạn", "hồ sơ"),
    "on_time_rate": ("Tỷ lệ hồ sơ giải quyết đúng hạn", "%"),
    "online_rate": ("Tỷ lệ hồ sơ trực tuyến", "%"),
}


def two_periods(writer: Writer, scene: Scene) -> Made:
    """Measures in rows, this period and the same a year before in columns."""
    draw, world = scene.draw, scene.world
    before = world["base"]
    assert isinstance(before, Period)
    lines, marks = [], []
    for name in draw.sample(list(MEASURES), 4):
        figures = [f if isinstance(f := world.get(key), Figure) else None for key in (f"last.{name}", name)]
        if None not in figures:
            line = [*MEASURES[name], *_cells(writer, figures)]
            lines.append(tuple(line))
            marks += list(_marks(line, figures))
    if lines:
        titles = [draw.choice(period.forms) for period in (before, scene.period)]
        header = ("Chỉ tiêu", "Đơn vị tính", *(title[0].upper() + title[1:] for title in titles))
        yield Block("newpage"), []
        yield Block("title", "So sánh kết quả giải quyết hồ sơ giữa hai kỳ"), []
        times = [_time(period, title) for period, title in zip((before, scene.period), titles, strict=True)]
        yield Block("table", "", (header, *lines), 1), times + marks


def of_indices(writer: Writer, scene: Scene) -> Made:
    """The scores of some indices in two years, with the rank in the last."""
    lines: list[tuple[str, ...]] = []
    marks: list[CellMark] = []
    years: list[Period] = []
    for world in index_worlds(scene, 4):
        figures = [f if isinstance(f := world[name], Figure) else None for name in ("last_score", "score", "rank")]
        names = world["index"]
        line = [scene.draw.choice(names if isinstance(names, tuple) else (str(names),)), *_cells(writer, figures)]
        lines.append(tuple(line))
        marks += list(_marks(line, figures))
        years = [year for name in ("base", "year") if isinstance(year := world[name], Period)]
    if lines:
        header = ("Chỉ số", *(year.forms[0].capitalize() for year in years), "Xếp hạng")
        yield Block("newpage"), []
        yield Block("table", "", (header, *lines), 1), [_time(year, year.forms[0]) for year in years] + marks


TABLE_OF: dict[str, Callable[[Writer, Scene], Made]] = {
    "agencies": by_agency,
    "levels": by_level,
    "ranking": ranking,
    "periods": two_periods,
    "indices": of_indices,
}
"""By the name that documents.yaml uses."""
