"""One document: the scene written section by section, with its gold and what its file is made from."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pipeline.synthesis.entries import Row
from pipeline.synthesis.grammar_files import load_grammar, load_kinds
from pipeline.synthesis.index_scene import index_worlds
from pipeline.synthesis.numbers import Habit
from pipeline.synthesis.scene import Scene, draw_scene
from pipeline.synthesis.slips import SHARE, SLIPS, Slip, applied, finding
from pipeline.synthesis.source import Block, Source
from pipeline.synthesis.tables import TABLE_OF
from pipeline.synthesis.writing import Mark, Passage, Writer

ABOUT_INDICES = {"indices": "scores", "index_means": "means", "index_parts": "parts", "index_goals": "index_goals"}
"""Topics that are written once for each of some indices, and the rule that writes them."""
TEXT_FORMS: tuple[dict[str, str], ...] = ({}, {}, {}, {}, {"form": "NFD"}, {"encoding": "utf-16"})
"""How plain text is kept: most of it as everybody does."""
TABLES = ("observations", "references", "dates")


@dataclass(frozen=True, slots=True)
class Composition:
    """A document that can be written as any file, and what a reader takes out of it."""

    source: Source
    gold: dict[str, Any]


@dataclass(slots=True)
class _Draft:
    """A document that grows: its blocks, and every row with the words around its number."""

    blocks: list[Block]
    rows: dict[str, list[Row]]

    def add(self, kind: str, passage: Passage) -> None:
        self.blocks.append(Block(kind, passage.text))
        self.note(passage.text, passage.marks)

    def note(self, text: str, marks: list[Mark]) -> None:
        for mark in marks:
            quote = text[mark.start : mark.end]
            row: Row = dict(mark.row)
            if mark.table != "dates":
                row["quote"] = quote
            if mark.table == "observations":
                row["at"] = _around(text, mark)
            self.rows[mark.table].append(row)


def compose(seed: str, name: str, format_: str, wear: float = 0.5) -> Composition:
    """The document of a seed. The same arguments give the same document; `wear` is for pictures alone.

    Some documents that state enough for a check to notice are written once more with one figure wrong.
    """
    made, possible = compose_with(seed, name, format_, wear, None)
    draw = random.Random(f"{seed}/slip")
    if possible and draw.random() < SHARE:
        made, _ = compose_with(seed, name, format_, wear, draw.choice(possible))
    return made


def compose_with(seed: str, name: str, format_: str, wear: float, slip: Slip | None) -> tuple[Composition, list[Slip]]:
    """The document, with the slip in it if one is given, and the slips that a check would notice in it."""
    draw = random.Random(seed)
    kinds = load_kinds()
    kind = kinds["kinds"][draw.choice(_kinds_for(kinds, format_))]
    scene = draw_scene(draw, kind, kinds["national"])
    if slip:
        applied(slip, scene.world, random.Random(seed))
    writer = Writer(load_grammar(), scene.world, Habit.of(draw), draw)
    draft = _Draft([], {table: [] for table in TABLES})
    title = _title(writer, kind)
    page = kind["head"] == "page" or format_ in ("html", "mhtml")
    head = _page(draw, kinds["furniture"], writer, scene, title, draft) if page else _letter(scene, draft)
    if not page and kind["word"]:
        if kind["code"]:
            draft.blocks.append(Block("title", kind["word"].upper()))
        draft.add("title", title)
    elif format_ not in ("html", "mhtml"):
        draft.add("title", title)
    else:
        draft.note(title.text, title.marks)
    _body(draft, writer, scene)
    table = draw.choice(kind["tables"])
    if table in TABLE_OF:
        for block, marks in TABLE_OF[table](writer, scene):
            draft.blocks.append(block)
            draft.rows["observations"] += [
                {**m.row, "quote": m.words, "at": m.at} for m in marks if m.table == "observations"
            ]
            draft.rows["dates"] += [m.row for m in marks if m.table == "dates"]
    if format_ == "txt":
        head |= draw.choice(TEXT_FORMS)
    source = Source(name, head | {"format": format_, "wear": wear, "seed": draw.randrange(2**31)}, tuple(draft.blocks))
    document = {
        "doc_type": kind["doc_type"], "title": title.text, "ref_area": scene.body.code,
        "number": scene.own.number if not page and scene.kind["word"] else None,
    }  # fmt: skip
    gold = {"file": source.file_name, "document": document} | {t: _distinct(t, draft.rows[t]) for t in TABLES}
    findings = {known: finding(known, scene.world, draft.rows["observations"]) for known in SLIPS}
    gold["checks"] = [found for known, found in findings.items() if known == slip and found]
    return Composition(source, gold), [known for known, found in findings.items() if found]


def _kinds_for(kinds: dict[str, Any], format_: str) -> list[str]:
    """Pages come as pages and letters as letters; sheets hold what has tables."""
    named = kinds["kinds"].items()
    if format_ in ("html", "mhtml"):
        return [name for name, kind in named if kind["head"] == "page" or name == "notice"]
    if format_ in ("xlsx", "csv"):
        return [name for name, kind in named if kind["tables"] != ["none"]]
    if format_ in ("jpg", "png"):
        return [name for name in kinds["kinds"] if name in ("letter", "notice", "ranking")]
    if format_ in ("txt", "eml", "tcvn3"):
        return list(kinds["kinds"])
    return [name for name, kind in named if kind["head"] == "letter"]


def _title(writer: Writer, kind: dict[str, Any]) -> Passage:
    passage = Passage()
    writer.write_text(writer.draw.choice(kind["titles"]), passage)
    passage.text = passage.text[:1].upper() + passage.text[1:]
    return passage


def _body(draft: _Draft, writer: Writer, scene: Scene) -> None:
    kind, draw = scene.kind, scene.draw
    opener = writer.sentence(kind["opener"])
    if opener:
        draft.add("paragraph", opener)
    number = 0
    for section in kind["sections"]:
        topics = section["topics"]
        if "some" in section:
            topics = [t for t in topics if t in draw.sample(topics, section["some"])]
        paragraphs = [p for topic in topics for p in _topic(writer, scene, topic, section)]
        if not paragraphs:
            continue
        heading = draw.choice(section["headings"])
        if heading:
            number += 1
            words = Passage()
            writer.write_text(f"{_ROMAN[number]}. {heading}", words)
            draft.add("heading", words)
        for passage in paragraphs:
            draft.add("item" if section.get("items") else "paragraph", passage)


_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII")


def _topic(writer: Writer, scene: Scene, topic: str, section: dict[str, Any]) -> Iterator[Passage]:
    """The paragraphs of a topic: its sentences as one paragraph, or each on its own where they are items."""
    most = section["most"]
    if topic in ABOUT_INDICES:
        for world in index_worlds(scene, scene.draw.randint(1, 4)):
            sentence = writer.about(world).sentence(ABOUT_INDICES[topic])
            if sentence:
                yield sentence
        return
    sentences = list(writer.sentences(topic, scene.draw.randint(1, most)))
    if section.get("items"):
        yield from sentences
    elif sentences:
        yield _joined(sentences)


def _joined(sentences: list[Passage]) -> Passage:
    whole = Passage()
    for sentence in sentences:
        if whole.text:
            whole.add(" ")
        at = len(whole.text)
        whole.text += sentence.text
        whole.marks += [Mark(m.table, m.start + at, m.end + at, m.row) for m in sentence.marks]
    return whole


def _letter(scene: Scene, draft: _Draft) -> dict[str, Any]:
    """The letter head and foot of Nghị định 30/2020/NĐ-CP; number and day are facts of the document itself."""
    own, issued = scene.own, scene.issued
    above, name = scene.body.head
    draft.rows["references"].append(own.row("self", True) | {"quote": own.number})
    draft.rows["dates"].append({"start": issued.isoformat(), "end": issued.isoformat(), "role": "issued"})
    place = scene.land.province.name
    return {
        "left": [above, name, "_______", f"Số: {own.number}"],
        "right": [
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "_______________",
            f"{place}, ngày {issued.day:02} tháng {issued.month:02} năm {issued.year}",
        ],
        "recipients": ["Nơi nhận:", "- Như trên;", "- Lưu: VT, KSTT."],
        "signature": ["KT. THỦ TRƯỞNG", "PHÓ THỦ TRƯỞNG", "(đã ký)"],
    }  # fmt: skip


def _page(
    draw: random.Random, words: dict[str, list[str]], writer: Writer, scene: Scene, title: Passage, draft: _Draft
) -> dict[str, Any]:
    """What stands around the text of a web page. Only a day that is marked as published is a fact."""
    posted = scene.issued + timedelta(days=draw.randint(1, 6))
    clock = f"{draw.randint(7, 17):02}:{draw.randint(0, 59):02}"
    marked = draw.random() < 0.6
    lead = draw.choice(("Đăng ngày: ", "Cập nhật: ", "Ngày đăng: ")) if marked else ""
    row: Row = {"start": posted.isoformat(), "end": posted.isoformat(), "role": "published"}
    draft.rows["dates"].append(row if marked else row | {"optional": True})
    footer = Passage()
    writer.write_text(draw.choice(words["footers"]), footer)
    return {
        "page": draw.choice(("bao", "cong", "motcua")),
        "site": draw.choice(words["sites"]),
        "title": title.text,
        "published": f"{lead}{posted.day:02}/{posted.month:02}/{posted.year} {clock}",
        "author": draw.choice(words["authors"]),
        "related": draw.sample(words["related"], 3),
        "footer": footer.text,
        "counters": [f"Đang truy cập: {draw.randint(3, 400)}", f"Tổng lượt truy cập: {draw.randint(10**5, 10**8):,}"],
        "comments": 0,
        "views": f"{draw.randint(20, 9000)}",
    }


def _around(text: str, mark: Mark, reach: int = 30) -> str:
    """The number between « and » with some words at both sides."""
    before = text[max(0, mark.start - reach) : mark.start]
    after = text[mark.end : mark.end + 12]
    before = before if mark.start <= reach else before.partition(" ")[2]
    after = after if mark.end + 12 >= len(text) else after.rpartition(" ")[0]
    return f"{before}«{text[mark.start : mark.end]}»{after}".strip()


def _distinct(table: str, rows: list[Row]) -> list[Row]:
    """Each fact once, as it was said first: a date by its days, a document by its number, a figure by what it says."""
    keys = {"dates": ("start", "end"), "references": ("number",)}.get(table)
    kept: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        names = keys or tuple(sorted(set(row) - {"quote", "at", "optional"}))
        key = tuple((n, row[n]) for n in names)
        first = kept.setdefault(key, row)
        if first.get("optional") and not row.get("optional"):
            first.pop("optional", None)
    return list(kept.values())
