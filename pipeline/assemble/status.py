"""Whether a number is a result, a goal, or the figure of a rule.

Plans write goals with the words and figures of results; what tells them apart is the nearest word of
intention or of achievement before the number, then the heading above it, then the kind of document.
A goal lies ahead: a number of a period that was over when the document was issued is a result.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from pipeline.assemble.made_on import made_on
from pipeline.assemble.slots import Period
from pipeline.match.layers import Layers, within
from pipeline.match.numbers import NumberAtom
from pipeline.model import BlockKind, DocumentFacts, Span
from pipeline.rulebook.cue_lists import StatusRules
from pipeline.text.fold import lower_view
from pipeline.text.spacing import AnyMatch, spaced, spaced_regex

_CLAUSE_END = regex.compile(r"[;.](?=\s)")
# "71,3%, vượt chỉ tiêu": what is held against a goal is a result.
_BESIDE_GOAL = regex.compile(
    r"\s*%?\s*[,(]?\s*(?:vượt|thấp hơn|cao hơn|chưa đạt|hụt|không đạt)(?: so với)?\s+(?:chỉ tiêu|mục tiêu|kế hoạch)"
)
# "Nhóm A có chỉ số từ 90% trở lên gồm 2 đơn vị: Bộ Tư pháp (91,70%)", "theo quy định, đạt tỷ lệ 39,6%":
# the figure of a rule ends where its examples or the result begin.
_PAST_RULE = regex.compile(
    r"\d[^:]*:[^:]*\($|\d[^,]*,\s*(?:và|[^,;(]*\()[^()]*\($|^,\s*(?:đạt|đã|còn|giảm)(?!\w)"
    # "có điểm từ 75 đến 100 gồm 24 tỉnh, trong đó đứng đầu là Quảng Nam"
    r"|\d[^.;]*(?<!\w)(?:trong đó|đứng đầu|dẫn đầu|cao nhất|thấp nhất)(?!\w)"
)
# "Tỷ lệ … đạt 36,47%, mục tiêu năm 2021 là 50%.": the goal of one result governs no further sentence.
_RESULT_BEFORE = spaced(r"(?<!\w)(?:đạt|là|có|chiếm|được|tăng|giảm)(?: trên| gần| hơn| khoảng)? \d[\d.,]*")
# "phải hoàn thành, trong đó có 2.501 nhiệm vụ đã hoàn thành": done is done.
_DONE = spaced(r"\s*%?\s*(?:hồ sơ|nhiệm vụ|thủ tục|tthc|đơn vị|việc)?\s*đã (?:hoàn thành|giải quyết|thực hiện)(?!\w)")
# "Yêu cầu các sở giải quyết dứt điểm …; nâng tỷ lệ trực tuyến từ 52% lên 65%": what is demanded is yet to come.
_DEMAND = spaced(
    r"\s*(?:[-+*•]\s*|\d{1,2}[.)]\s*|[a-zđ]\)\s*)?"
    # "Phó Thủ tướng yêu cầu trong năm 2025 cắt giảm ít nhất 30% …"
    r"(?:để [^.;:,()\d]{2,60}, )?"
    r"(?:(?:[^.;:,()\d]{0,40} )?(?:thủ tướng(?: chính phủ)?|chính phủ|(?:chủ tịch|bí thư|giám đốc|ubnd|ban chỉ đạo)"
    r" [^.;:,()\d]{1,40}?) )?(?P<demand>yêu cầu|đề nghị|giao|chỉ đạo)(?!\w)[^.]*?"
    r"(?:(?<!\w)(?:(?:nâng|hạ|đưa|bảo đảm|đảm bảo)(?!\w)[^;.]*|(?:ít nhất|tối thiểu) )"
    # "yêu cầu các đơn vị thực hiện: tỷ lệ trễ hạn dưới 1%; …": bounds behind its colon.
    r"|:[^.:]*(?<!\w)(?:dưới|trên|không quá|tối đa|không vượt quá) )\Z"
)
# "trình UBND tỉnh trước ngày 20/6; bảo đảm 100% hồ sơ trả đúng hạn": a clause that begins with what is to be.
_ASSURED = spaced(r"(?:^|[;:]|\n)[\s+*•-]*(?P<assured>bảo đảm|đảm bảo)(?: (?:tỷ|tỉ) lệ [^\d;:.,]{0,60})?\s*\Z")
# "thấp hơn mức 60% huyện đề ra": a level that was set.
_LEVEL_SET = spaced(
    r"\s*%?\s*(?:mà )?(?:(?:tỉnh|huyện|xã|thành phố|thị xã|kế hoạch|nghị quyết|trung ương|chính phủ|ubnd \w+) )?"
    r"(?:đã )?(?:đề ra|đặt ra|giao)(?!\w)"
)
_LEVEL_BEFORE = spaced(r"(?<!\w)mức (?:tối thiểu |ít nhất |trên )?\Z")
# "Chỉ tiêu 80% … (thực hiện 71%)"
_RESULT_BRACKET = spaced(r"\(\s*(?:thực hiện|thực tế|đến nay|hiện)(?: (?:mới|chỉ|đã))?(?: đạt)?\s*:?\s*\Z")
# "đạt 97,5%/80% chỉ tiêu tỉnh giao"
_GOAL_BEHIND_SLASH = spaced_regex(r"(?<=%\s?)/\s*(?:kh|kế hoạch|chỉ tiêu|mục tiêu)?\s*\Z")
_GOAL_COLUMN = spaced(
    r"\s*(?:kế hoạch|mục tiêu|chỉ tiêu|phấn đấu)(?: (?:giao|đề ra|đặt ra))?(?: (?:năm|quý|đến)(?!\w).*"
    r"| (?:19|20)\d{2})?\s*\Z"
)
_RESULT_COLUMN = spaced(r"\s*(?:thực hiện|kết quả|đã đạt)(?: (?:thực hiện|đạt được))?(?: (?:năm|quý)(?!\w).*)?\s*\Z")
_SET_BY = spaced(r"(?<!\w)(?:đề ra|đặt ra|giao)\Z")
_COUNTED = regex.compile(r"\d\s+$")
_TASKS_DONE = spaced(r"\s+\d+ (?:nhiệm vụ|đầu việc|nội dung)(?!\w)[^.;]{0,60}?(?<!\w)(?:đã|hoàn thành|xong)(?!\w) ?\d*")
_HELD_AGAINST = spaced(r"(?<!\w)(?:so với|vượt|thấp hơn|cao hơn|chưa đạt|không đạt|hụt|gần bằng|kém)(?: các)? ?\Z")
_FIGURE_ENDS = spaced_regex(r"[^\d;.]*\d[\d.,]*+[^\d;]*(?:;|,(?!\d)|(?<!\w)và(?!\w)|\.(?=\s))")
_BRACKET_END = regex.compile(r"[^()]*\)")
_SENTENCE_END = regex.compile(r"[.!?](?=\s)")
_GOALS = ("chỉ tiêu", "mục tiêu", "kế hoạch")
_GOAL_BRACKET = regex.compile(
    r"(?<!\w)(?:chỉ tiêu|mục tiêu|kế hoạch)(?!\w)[^,;.()]*\(\s*\Z|(?<!\w)(?:chỉ tiêu|mục tiêu)\s*\Z"
    r"|\(\s*(?:chỉ tiêu|mục tiêu|kế hoạch)(?!\w)[^,;.()\d]*\Z"
)


# "Kết quả thực hiện nhiệm vụ năm 2018": what has come of goals.
_ACHIEVED = spaced(
    r"(?<!\w)(?:kết quả|tình hình|đánh giá)(?: việc| công tác)? (?:thực hiện|triển khai|hoàn thành)"
    r"(?: \w+){0,3}? (?:mục tiêu|chỉ tiêu|nhiệm vụ|kế hoạch)(?!\w)(?!.*(?:phương hướng|thời gian tới))"
)
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BOUNDS = frozenset({"ge", "gt", "le", "lt"})
_BEYOND = spaced(r"(?<!\w)vượt(?: quá| mức| ngưỡng)?\s*\Z")
_PAUSE = regex.compile(r"[;.:](?=\s)|,(?!\d)")
_SIGNED = regex.compile(r"\s*nơi nhận\s*:")


@dataclass(frozen=True, slots=True)
class Status:
    """A status with the words that gave it, and whether they stand outside the sentence."""

    code: str
    span: Span | None
    inherited: bool


class Statuses:
    """The statuses of one document's numbers."""

    def __init__(self, layers: Layers, identity: DocumentFacts, rules: StatusRules) -> None:
        self.layers, self.view, self.rules = layers, layers.view, rules
        self.issued = made_on(identity)
        self.is_plan = identity.doc_type in rules.target_documents or _is_plan_title(identity.title, layers, rules)
        years = [int(year) for year in _YEAR.findall(identity.title or "")]
        self.goal_year = max(years, default=None) if self.issued is None else None
        self.first_goal_year = min(years, default=None) if self.is_plan else None
        self.headings = list(self._headings())

    def of(self, place: Span, sentence: Span, block: int, period: Period | None) -> Status:
        """The status of the number at `place`, which stands in a block."""
        if goal := self._goal_in_bracket(Span(sentence.start, place.start)):
            return Status("target", goal, False)
        if _LEVEL_BEFORE.search(self.view, sentence.start, place.start) and _LEVEL_SET.match(self.view, place.end):
            return Status("target", place, False)
        if behind := _GOAL_BEHIND_SLASH.search(self.view, sentence.start, place.start):
            return Status("target", Span(*behind.span()), False)
        if _RESULT_BRACKET.search(self.view, sentence.start, place.start):
            return Status("actual", None, False)
        if period and self._is_earlier_in_bracket(place, sentence, period):
            return Status("actual", period.span, False)
        numbers = within(self.layers.numbers, place)
        begins = any(atom.role == "change_from" and atom.unit == "percent" for atom in numbers)
        if begins or _BESIDE_GOAL.match(self.view, place.end) or _DONE.match(self.view, place.end):
            return Status("actual", None, False)
        said = self._said(place, sentence, period)
        if said is None or said.code == "target":
            limit = self._limit_of_rule(place, sentence, numbers)
            said = Status("reference", limit, False) if limit else said
        return said or self._inherited(sentence, block, period)

    def _limit_of_rule(self, place: Span, sentence: Span, numbers: Sequence[NumberAtom]) -> Span | None:
        """The words that make a bound the limit of a rule: "Cơ quan để trễ hạn trên 2% hồ sơ thì không được xét …"; one
        who is named has gone beyond it."""
        bounds = any(atom.comparator in _BOUNDS for atom in numbers)
        if not bounds and not _BEYOND.search(self.view, sentence.start, place.start):
            return None
        end = next((m.start() for m in _CLAUSE_END.finditer(self.view, place.end, sentence.end)), sentence.end)
        told = self.rules.consequences.search(self.view, place.end, end)
        since = max((m.end() for m in _PAUSE.finditer(self.view, sentence.start, place.start)), default=sentence.start)
        if told is None or self.layers.names_in(Span(since, place.start)):
            return None
        return Span(*told.span())

    def _is_earlier_in_bracket(self, place: Span, sentence: Span, period: Period) -> bool:
        """Whether a bracket tells what was reached before the year of the goal: "năm 2026 đạt trên 70 điểm (năm 2024
        đạt 67,5 điểm)"."""
        opening = self.view.rfind("(", sentence.start, place.start)
        if opening < 0 or period.span is None or not opening < period.span.start < place.start:
            return False
        if ")" in self.view[opening : place.start] or self._last_cue(opening, place.start):
            return False
        return any(int(year.group()) > period.end.year for year in _YEAR.finditer(self.view, sentence.start, opening))

    def is_set_by(self, status: Status) -> bool:
        """Whether a goal is one only because words say who set it, in a document that is no plan itself: "Kế hoạch của
        Sở đề ra 42 nhiệm vụ"."""
        if status.code != "target" or status.span is None or status.inherited or self.is_plan:
            return False
        return _SET_BY.search(status.span.of(self.view)) is not None

    def of_cell(self, block: int, period: Period | None, headings: Sequence[Span]) -> Status:
        """The status of a number in a table, by the headings of its column: the other cells of its row say nothing of
        it."""
        for heading in headings:
            if _GOAL_COLUMN.match(self.view, heading.start, heading.end):
                return Status("target", heading, False)
            if _RESULT_COLUMN.match(self.view, heading.start, heading.end):
                return Status("actual", heading, False)
        if period and self._is_ahead(period):
            return Status("target", period.span, False)
        return self._of_section(block, period)

    def _said(self, place: Span, sentence: Span, period: Period | None) -> Status | None:
        """What the nearest cue of the clause, of the sentence, or the period tells."""
        clauses = (m.end() for m in _CLAUSE_END.finditer(self.view, sentence.start, place.start))
        past = period if period and self._is_over(period) else None
        clause = max([sentence.start, *clauses])
        # "Năm 2022 đã đơn giản hóa 25 TTHC; năm 2023 …": a plan's clause of its own year leaves the result before it.
        ahead = self.is_plan and period and period.span and not past and period.span.start >= clause > sentence.start
        for start in (clause,) if ahead else (clause, sentence.start):
            cue = self._last_cue(start, place.start)
            # A period that was over stands nearer than the cue: "phấn đấu đạt 90% (năm 2024: 88%)".
            if past and past.span and (cue is None or cue.end() <= past.span.start):
                return Status("actual", past.span, False)
            if cue is not None:
                return Status(str(cue.lastgroup), Span(*cue.span()), False)
        if period and period.span and self._is_ahead(period):
            return Status("target", period.span, False)
        if assured := _ASSURED.search(self.view, sentence.start, place.start):
            return Status("target", Span(*assured.span("assured")), False)
        demand = _DEMAND.match(self.view, sentence.start, place.start)
        return Status("target", Span(*demand.span("demand")), False) if demand else None

    def _is_over(self, period: Period) -> bool:
        """Whether a period was over when the document was made, or ends before the year that a plan is for: "Năm 2017
        hoàn thành 51/55 nhiệm vụ" in a plan for 2018 of December 2017."""
        before_plan = self.first_goal_year is not None and period.end.year < self.first_goal_year
        return before_plan or (self.issued is not None and period.end < self.issued)

    def _is_ahead(self, period: Period) -> bool:
        return self.issued is not None and period.start > self.issued

    def _inherited(self, sentence: Span, block: int, period: Period | None) -> Status:
        """What the words before the sentence tell, the headings above, or the kind of document."""
        above = self.layers.document.blocks[block].span.start
        cue = self._last_cue(above, sentence.start)
        if (
            cue is not None
            and cue.lastgroup == "target"
            and cue.start() >= (since := _last_break(self.view, above, sentence.start))
            and not _RESULT_BEFORE.search(self.view, since, cue.start())
        ):
            return Status("target", Span(*cue.span()), True)
        return self._of_section(block, period)

    def _of_section(self, block: int, period: Period | None) -> Status:
        """What the nearest heading above tells that tells something, else the period, else the kind of document."""
        nearest = bisect_left(self.headings, block, key=lambda heading: heading[0]) - 1
        if nearest >= 0:
            return self.headings[nearest][1]
        ahead = period is not None and self._is_ahead(period)
        return Status("target", None, True) if ahead else self._of_document(period)

    def _of_document(self, period: Period | None = None) -> Status:
        """A plan tells goals; an item whose headline does ("Phấn đấu đến năm 2025 …") tells of years before as well."""
        before_goal = period is not None and self.goal_year is not None and period.end.year < self.goal_year
        return Status("target", None, True) if self.is_plan and not before_goal else Status("actual", None, False)

    def _headings(self) -> Iterator[tuple[int, Status]]:
        """The headings that tell a status, by the numbers of their blocks; what follows the signature is an annex
        and no part of the last section."""
        for n, block in enumerate(self.layers.document.blocks):
            if _SIGNED.match(self.view, block.span.start, block.span.end):
                yield n, self._of_document()
            elif block.kind in (BlockKind.HEADING, BlockKind.CAPTION, BlockKind.TITLE):
                words = block.span.of(self.view)
                goals = block.kind is not BlockKind.TITLE and self.rules.target_headings.search(words)
                if goals and not _ACHIEVED.search(words):
                    yield n, Status("target", block.span, True)
                elif self.rules.result_headings.search(words):
                    yield n, Status("actual", block.span, True)

    def _last_cue(self, start: int, end: int) -> regex.Match[str] | None:
        """The last cue of a stretch that is no part of a name, and whose rule has not ended."""
        last = None
        for cue in self.layers.phrases.finditer(self.rules.cues, start, end):
            past: AnyMatch | bool | None = cue.lastgroup == "reference" and _PAST_RULE.search(self.view, cue.end(), end)
            # "đạt 63,5% (mục tiêu 70%), còn lại đạt 18%": what brackets say ends with them.
            # "được giao 98 chỉ tiêu, hiện có 94 người": what is counted is no goal of what follows.
            past = past or (cue.group() in _GOALS and _COUNTED.search(self.view, start, cue.start()))
            past = past or _BRACKET_END.match(self.view, cue.end(), end)
            # "đạt 38,9%, thấp so với mục tiêu 50%; thanh toán đạt 27%": what a result is held against ends with it.
            past = past or (
                cue.group() in _GOALS
                and _HELD_AGAINST.search(self.view, start, cue.start())
                and _FIGURE_ENDS.match(self.view, cue.end(), end)
            )
            # "Kế hoạch của Sở đề ra 31 nhiệm vụ, đến ngày 30/11 hoàn thành 29": what was set and is done is no goal.
            past = past or (cue.group().endswith("đề ra") and _TASKS_DONE.match(self.view, cue.end()))
            if not past and not _in_name(self.layers, cue.start()):
                last = cue
        return last

    def _goal_in_bracket(self, stretch: Span) -> Span | None:
        """The words that make the number behind a stretch the goal that another is held against."""
        if not any(self.view.find(word, stretch.start, stretch.end) >= 0 for word in _GOALS):
            return None
        goal = _GOAL_BRACKET.search(_without_names(self.layers, stretch))
        return Span(stretch.start + goal.start(), stretch.end) if goal else None


def _in_name(layers: Layers, at: int) -> bool:
    """Whether an offset lies within the name of an agency or place: "Sở Kế hoạch và Đầu tư" plans nothing."""
    before = bisect_right(layers.entities, Span(at, len(layers.view))) - 1
    return before >= 0 and layers.entities[before].end > at


def _without_names(layers: Layers, stretch: Span) -> str:
    """The words of a stretch, blank where the names of agencies and places stand."""
    words = list(stretch.of(layers.view))
    at = bisect_right(layers.entities, Span(stretch.start, stretch.start))
    while at < len(layers.entities) and layers.entities[at].start < stretch.end:
        name = layers.entities[at]
        words[name.start - stretch.start : name.end - stretch.start] = " " * (min(name.end, stretch.end) - name.start)
        at += 1
    return "".join(words)


def _last_break(view: str, start: int, end: int) -> int:
    """Where the last sentence of a stretch begins."""
    return max([start, *(m.end() for m in _SENTENCE_END.finditer(view, start, max(start, end - 2)))])


def _is_plan_title(title: str | None, layers: Layers, rules: StatusRules) -> bool:
    """Whether a title announces goals; "Sở Kế hoạch và Đầu tư" in it is a name."""
    if title is None:
        return False
    words = lower_view(title)
    for name in {entity.of(layers.view) for entity in layers.entities}:
        words = words.replace(name, " ")
    return rules.target_titles.search(words) is not None and rules.result_titles.search(words) is None
