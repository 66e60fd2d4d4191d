"""Mentions with their context: each frame's reading gets its subject, period, level and status."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from pipeline.assemble.area_code import in_period
from pipeline.assemble.carried import SILENT, Carried, Silence
from pipeline.assemble.context import Context
from pipeline.assemble.index_context import IndexResolver
from pipeline.assemble.periods import Periods
from pipeline.assemble.slots import Fact, Period, Slots, Subject
from pipeline.assemble.status import Status, Statuses
from pipeline.assemble.subjects import Subjects
from pipeline.assemble.tables import is_of_one_field, row_level, row_subject
from pipeline.match.index_places import AMONG_FIRST
from pipeline.match.levels import (
    heading_level,
    labelled_level,
    leaves_level,
    level_named,
    level_of,
    levels_alike,
    opening_level,
)
from pipeline.match.mention import Mention
from pipeline.model import BlockKind, Span
from pipeline.rulebook.book import Rulebook

_ANNOUNCED = regex.compile(
    r"(?i)kết quả.*?(?:[,;\n]| và| -)\s*(?:phương hướng|nhiệm vụ|kế hoạch)"
    r"(?: công tác| trọng tâm| cải cách hành chính|,| và)* năm ((?:19|20)\d\d)"
)
_DESK_ITEM = regex.compile(r"\s*(?:[-+*•]|[a-zđ][).]|\d+(?:\.\d+)*[).]?)\s*(?:(?:kết quả )?tại )?")
_ITEM = regex.compile(r"\s*[-+*•]\s")
_ITEMS = 12
"""So many items of a list may stand below the paragraph that they break down."""
# A sentence that goes on counting what the one before it has counted.
_CONTINUES = regex.compile(
    r"\s*[-+•*]?\s*(?:trong (?:tổng )?số (?:(?:hồ sơ|hs|nhiệm vụ|thủ tục|tthc) )?(?:này|đó|ấy|trên|nói trên)|trong đó"
    r"|số (?:hồ sơ |nhiệm vụ )?này|nơi (?:này|đây))(?!\w)"
)


def facts_of(
    counts: Iterable[Mention], indices: Iterable[Mention], context: Context, rulebook: Rulebook
) -> Iterator[Fact]:
    """Every mention with its context."""
    counts = tuple(counts)
    reader = _Reader(context, rulebook, counts)
    for mention in counts:
        slots = reader.count_slots(mention)
        if reader.is_to_be_cleared(mention, slots):
            continue
        several = reader.each_subject(mention)
        levels: list[str | None] = [*reader.each_level(mention)]
        if not several and not levels:
            yield Fact(mention, slots)
            continue
        subjects = [in_period(subject, slots.period, context) for subject in several] or [slots.subject]
        levels = levels or [slots.level]
        yield from (
            Fact(mention, replace(slots, subject=subject, level=level)) for subject in subjects for level in levels
        )
    resolver = IndexResolver(context, rulebook.index)
    for mention in indices:
        facts = (Fact(mention, reader.index_slots(mention, slots)) for slots in resolver.each(mention))
        # "thuộc nhóm 16 tỉnh cao nhất": of a result that is no place; of a goal it is the one to reach.
        goal = AMONG_FIRST in mention.reasons
        yield from (fact for fact in facts if not goal or fact.slots.status == "target")


class _Reader:
    """Resolves the slots of one document's mentions."""

    def __init__(self, context: Context, rulebook: Rulebook, counts: Sequence[Mention]) -> None:
        self.context = context
        self.statuses = Statuses(context.layers, context.identity, rulebook.status)
        self.families = {i.code: rules for rules in rulebook.counts for i in rules.indicators}
        # What inspections or investments are told of is no time of dossiers, tasks and procedures.
        counted = sorted(m.value_span for m in counts if self.families[m.indicator].rival)
        self.periods, self.subjects = Periods(context, counted, of_plan=self.statuses.is_plan), Subjects(context)
        self.sentences = context.layers.sentences
        announced = _ANNOUNCED.search(context.identity.title or "")
        self.announced = announced.group(1) if announced else None
        self.assigned: tuple[int, Subject | None] = (-1, None)
        self.told: tuple[Span, set[tuple[Subject, str | None]]] = (Span(0, 0), set())
        """The last sentence that counted something, and of whom at which level."""
        self.told_before = self.told
        self.starts = [s.span.start for s in self.sentences]
        self.opened_levels = Carried(self._opens_level)
        self.indicators = {i.code: i for rules in rulebook.counts for i in rules.indicators}

    def place_of(self, mention: Mention) -> tuple[Span, int]:
        """The sentence of a number and its block."""
        sentence = self.sentences[bisect_right(self.starts, mention.value_span.start) - 1]
        return sentence.span, sentence.block

    def count_slots(self, mention: Mention) -> Slots:
        sentence, block = self.place_of(mention)
        indicator = self.indicators[mention.indicator]
        place = mention.value_span
        subject, level, subject_inherited = self._whose(mention, sentence, block)
        period, period_inherited = self.periods.of(
            place, sentence, block, stock=indicator.stock, plan=indicator.plan, compared="compared" in mention.reasons
        )
        if mention.cell and (headed := self.periods.of_cell(mention.cell, indicator.stock)):
            period, period_inherited = headed, False
        # A period taken from elsewhere does not tell a result from a goal; the words do.
        status = self.status(mention, Slots(period=None if period_inherited else period))
        if indicator.plan and self.statuses.is_set_by(status) and not self._lies_ahead(period):
            # How many tasks a plan set is a fact to the report on it.
            status = Status("actual", status.span, False)
        if status.code == "actual" and (status.span is None or status.inherited) and self._lies_ahead(period):
            status = Status("target", period.span if period else None, True)
        if status.code == "target" and period is None and mention.cell is None:
            # "Kế hoạch năm 2022 đặt mục tiêu đạt 50%": the year of the plan that sets the goal.
            period, period_inherited = self.periods.of(place, sentence, block, stock=indicator.stock, plan=True)
        if status.code == "target" and period_inherited:
            period = self._planned(period, indicator.stock)
            if period is not None and self.families[mention.indicator].carries_subject:
                period = self.periods.of_whole_plan(period, place)
        subject = in_period(subject, period, self.context)
        self._tell(sentence, mention, subject, level)
        flags = [
            name
            for name, holds in (
                ("inherited_subject", subject_inherited),
                ("doubtful_subject", subject_inherited and self.subjects.is_doubtful(subject)),
                ("inherited_period", period_inherited and period is not None),
                ("no_period", period is None),
                ("inherited_status", status.inherited),
                ("one_field", mention.cell is not None and is_of_one_field(mention.cell, subject, level, self.context)),
            )
            if holds
        ]
        return Slots(subject=subject, period=period, level=level, status=status.code, flags=tuple(flags))

    def index_slots(self, mention: Mention, slots: Slots) -> Slots:
        """The slots of an index number with its status; a goal has no period that was over when it was set."""
        inherited = "inherited_period" in slots.flags
        # A time taken from elsewhere makes no result of a goal: "- Chỉ số phục vụ đạt từ 88 điểm trở lên".
        unsaid = inherited and not (self._lies_ahead(slots.period) or self._is_of_paragraph(mention, slots.period))
        status = self.status(mention, replace(slots, period=None) if unsaid else slots)
        period = slots.period
        if status.code == "target" and inherited and mention.cell is None:
            period = self._of_goal(mention, period)
        flags = (*slots.flags, "inherited_status") if status.inherited else slots.flags
        return replace(slots, period=period, status=status.code, flags=flags)

    def _of_goal(self, mention: Mention, period: Period | None) -> Period | None:
        """The period of a goal that was told elsewhere: the one that its heading or its plan states."""
        issued = self.subjects.day()
        if period is None or issued is None or period.end >= issued:
            return period
        sentence, block = self.place_of(mention)
        told, _ = self.periods.of(mention.value_span, sentence, block, plan=True)
        return told if told is not None and told.end >= issued else self._planned(period, stock=False)

    def _whose(self, mention: Mention, sentence: Span, block: int) -> tuple[Subject, str | None, bool]:
        """Whose number it is, at which level, and whether the subject stands outside the number's own words."""
        if mention.cell is not None:
            return row_subject(mention.cell, self.context, self.subjects), row_level(mention.cell, self.context), False
        place, indicator = mention.value_span, self.indicators[mention.indicator]
        said = self._level(place, sentence, block)
        level = said[0] if said else None
        carries = self.families[mention.indicator].carries_subject
        group = self.subjects.grouped(place, sentence, tasks=carries)
        if group is not None:
            subject, inherited, level = group, False, None  # whose tasks they are, no breakdown of the province's
        else:
            served = self.families[mention.indicator].served
            subject, inherited = self.subjects.of(
                place, sentence, block, wide=indicator.wide, level=level, served=served
            )
        if indicator.desk:
            # "241 TTHC cấp huyện thực hiện tại Bộ phận một cửa" are of a level, what "Trung tâm tiếp nhận" of the desk.
            clause = max(sentence.start, self.context.layers.view.rfind(";", sentence.start, place.start) + 1)
            within_sight = sentence if level is None else Span(clause, place.start)
            if (desk := self.subjects.desk(within_sight)) is not None:
                return desk, level if said and said[1].start >= place.end else None, False
        if carries and said and subject.span is not None and subject.span.covers(said[1]):
            level = None  # part of the name of those who are given the tasks: "các sở, ngành, UBND cấp huyện"
        if level is None and not indicator.desk and (continued := self._continued(mention, sentence)) is not None:
            return *continued, True
        if carries and level is None:
            subject = self._carried_on(subject, inherited, place, block)
        return subject, level, inherited

    def _level(self, place: Span, sentence: Span, block: int) -> tuple[str, Span] | None:
        """The level that the words around a number give it, the label of its paragraph, or what stands above."""
        view, paragraph = self.context.layers.view, self.context.layers.document.blocks[block].span
        said = (
            level_of(view, place, sentence)
            or labelled_level(view, sentence)
            or labelled_level(view, paragraph)
            or self._opened_level(place, sentence)
            or self._headed_level(place, sentence, block)
            or self._itemised_level(place, sentence, block)
        )
        if said and said[0] == "province" and said[1].of(view).endswith("thành phố") and self.subjects.is_of_city:
            return "district", said[1]  # "cấp thành phố" of a city within its province
        if said and said[1].of(view).startswith("bộ phận") and self.subjects.is_of_district:
            # "+ Tại Bộ phận Một cửa huyện: …" as an item of a district's own text is of its desk.
            return None if _DESK_ITEM.fullmatch(view, paragraph.start, said[1].start) else said
        return said

    def is_to_be_cleared(self, mention: Mention, slots: Slots) -> bool:
        """Whether a number of things left undone is told as what is to be done about them ("hoàn thành 12 nhiệm vụ còn
        lại"): nobody aims at so many."""
        exact = mention.comparator == "eq" and mention.value_high is None and mention.value > 0
        return slots.status == "target" and exact and self.indicators[mention.indicator].arrears

    def _opened_level(self, place: Span, sentence: Span) -> tuple[str, Span] | None:
        """The level of which the paragraph speaks since an earlier sentence began with it: "Với cấp tỉnh, quý I tiếp
        nhận 500 hồ sơ. Đang giải quyết 20 hồ sơ"; until somebody else is named, or the whole."""
        at = bisect_right(self.starts, sentence.start) - 1
        opened = self.opened_levels.before(at)
        return None if opened is None or self._names_another(Span(sentence.start, place.start)) else opened

    def _opens_level(self, at: int) -> tuple[str, Span] | Silence | None:
        """The level that a sentence leaves to the next ones of its paragraph: the one that it begins with; None where
        it ends the paragraph, or speaks of another or of the whole."""
        sentence, view = self.sentences[at], self.context.layers.view
        if at + 1 == len(self.sentences) or self.sentences[at + 1].block != sentence.block:
            return None
        if opened := opening_level(view, sentence.span):
            rest = Span(opened[1].end, sentence.span.end)
            return None if leaves_level(view, rest, opened[0]) else opened
        return None if self._names_another(sentence.span) else SILENT

    def _headed_level(self, place: Span, sentence: Span, block: int) -> tuple[str, Span] | None:
        """The level that a heading gives all below it, where the sentence does not leave it."""
        view = self.context.layers.view
        levels = (heading_level(view, above.span) for above in self.context.outline.over(block))
        headed = next((level for level in levels if level is not None), None)
        another = headed and self._names_another(Span(sentence.start, place.start), headed[0])
        return None if another else headed

    def _itemised_level(self, place: Span, sentence: Span, block: int) -> tuple[str, Span] | None:
        """The level that labels the paragraph which a run of items breaks down: "a) Cấp tỉnh: tiếp nhận 45.200 hồ sơ.⏎-
        Trực tuyến: 40.100 hồ sơ"."""
        view, blocks = self.context.layers.view, self.context.layers.document.blocks
        at = block
        while at >= max(0, block - _ITEMS) and _ITEM.match(view, blocks[at].span.start):
            at -= 1
        if at == block or at < max(0, block - _ITEMS):
            return None
        labelled = labelled_level(view, blocks[at].span)
        another = labelled and self._names_another(Span(sentence.start, place.start), labelled[0])
        return None if another else labelled

    def _names_another(self, stretch: Span, level: str | None = None) -> bool:
        """Whether a stretch speaks of the whole again, of a level other than `level`, or of one body or place."""
        view = self.context.layers.view
        named = self.context.layers.names_in(stretch)
        if named and (level is None or any(level_named(view, name) != level for name in named)):
            return True
        return leaves_level(view, stretch, level)

    def each_level(self, mention: Mention) -> list[str]:
        """The levels of a share that is said of each of several; empty where it has one or none."""
        if mention.cell is not None or mention.unit != "percent":
            return []
        sentence, _ = self.place_of(mention)
        return levels_alike(self.context.layers.view, mention.value_span, sentence)

    def _continued(self, mention: Mention, sentence: Span) -> tuple[Subject, str | None] | None:
        """Whose number it is and at which level, where its sentence names nobody and goes on from the one
        before: "Cấp huyện tiếp nhận 500 hồ sơ. Trong số này đã giải quyết 450"."""
        if mention.cell is not None or not _CONTINUES.match(self.context.layers.view, sentence.start, sentence.end):
            return None
        ahead = Span(sentence.start, mention.value_span.start)
        if self.context.layers.names_in(ahead):
            return None
        last, of_whom = self.told_before if self.told[0] == sentence else self.told
        at = bisect_right(self.starts, sentence.start) - 1
        if len(of_whom) != 1 or at == 0 or self.sentences[at - 1].span != last:
            return None
        return next(iter(of_whom))

    def _tell(self, sentence: Span, mention: Mention, subject: Subject, level: str | None) -> None:
        if mention.cell is None:
            if self.told[0] != sentence:
                self.told_before, self.told = self.told, (sentence, set())
            self.told[1].add((subject if subject.span is None else replace(subject, span=None), level))

    def _is_of_paragraph(self, mention: Mention, period: Period | None) -> bool:
        """Whether a time is told before a number in its own paragraph: what it says holds for the paragraph."""
        if period is None or period.span is None or mention.cell is not None:
            return False
        block = self.context.layers.document.blocks[self.place_of(mention)[1]]
        return block.kind is BlockKind.PARAGRAPH and block.span.start <= period.span.start < mention.value_span.start

    def _lies_ahead(self, period: Period | None) -> bool:
        """Whether a period begins only after the document was made, or is the year whose tasks the title
        announces ("Kết quả năm 2018, nhiệm vụ năm 2019")."""
        issued = self.subjects.day()
        if period is None:
            return False
        return (issued is not None and period.start > issued) or period.code == self.announced

    def _planned(self, period: Period | None, stock: bool) -> Period | None:
        """The period of a goal: one that was over when the plan was made gives way to the plan's own."""
        issued = self.subjects.day()
        if period is None or (issued and period.end < issued):
            return self.periods.planned(stock) or period
        return period

    def each_subject(self, mention: Mention) -> list[Subject]:
        """The subjects of a number that is said of several; empty where it has one."""
        if mention.cell is not None:
            return []
        sentence, _ = self.place_of(mention)
        return self.subjects.each(mention.value_span, sentence)

    def _carried_on(self, subject: Subject, inherited: bool, place: Span, block: int) -> Subject:
        """Whose tasks are counted where the words name nobody new: those of the number or the item right before
        ("1. UBND tỉnh được giao 318 nhiệm vụ … 2. Tỷ lệ nhiệm vụ hoàn thành đạt 78,9%")."""
        at, assigned = self.assigned
        if inherited and assigned is not None and assigned.span is not None and at in (block, block - 1):
            since = Span(min(assigned.span.end, place.start), place.start)
            sentence = self.sentences[bisect_right(self.starts, place.start) - 1].span
            words = since if since.start >= sentence.start else Span(sentence.start, place.start)
            if not self.context.layers.names_in(words) and not self.subjects.names_whole(words):
                return assigned
        self.assigned = (block, subject if subject.span is not None else assigned if at == block else None)
        return subject

    def status(self, mention: Mention, slots: Slots) -> Status:
        sentence, block = self.place_of(mention)
        if mention.cell is not None:
            number, _, column = mention.cell
            headings = [cell.span for cell in self.context.grids[number].headings.get(column, ())]
            return self.statuses.of_cell(block, slots.period, headings)
        return self.statuses.of(mention.value_span, sentence, block, slots.period)
