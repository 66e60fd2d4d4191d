"""Whose number it is where the words at it say so: who stands before it, has it, gets it, or is next in turn."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

import regex

from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import SPEAKS
from pipeline.assemble.subject_shared import JOINED, SharedSubjects
from pipeline.assemble.subject_wholes import NEVER_SUBJECT
from pipeline.match.layers import within
from pipeline.match.numbers import NumberKind
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.agencies import DESKS
from pipeline.values.places import AgencyMention

_ADJACENT = regex.compile(
    r"(?: của (?:tỉnh|huyện|quận|thị xã|thành phố|xã|phường))?[\s\"'(–-]*"
    r"(?:(?:với|có|là|đạt|được|nhận|tiếp nhận|giải quyết|hoàn thành|còn|chiếm|:|mỗi đơn vị|đều)[\s(:]*){0,2}"
    r"(?:trên|hơn|gần|khoảng|ít nhất|tối thiểu|(?:chỉ |mới )?(?:đạt )?(?:trung bình|bình quân)(?: đạt)?"
    r"|(?:chỉ|mới)(?: đạt)?"
    r"|(?:tăng|giảm)(?: mạnh| nhanh| sâu)? (?:từ|còn|xuống(?: còn)?|lên))?\s*$"
    r"|\s+(?:(?:đứng|xếp)(?: vị trí)? thứ \w+ (?:với|đạt)|dẫn đầu với)(?: tỷ lệ)?\s*$"
    r"|\s+(?:(?:vẫn|tiếp tục) )?(?:ở|giữ|có) (?:mức|tỷ lệ) (?:cao|thấp|tốt) nhất"
    r"(?: (?:cả |toàn )?(?:tỉnh|huyện))?\s*\(\s*$"
    r"|\s+có (?:tỷ lệ|tỉ lệ|con số|số) (?:này|đó|ấy) (?:cao|thấp|lớn|nhiều|ít) (?:nhất|hơn cả)[\s,:(]*"
    r"(?:với|là|đạt)?\s*$"
)
_OPENS_CLAUSE = regex.compile(r"[,;](?:\s*(?:và|còn|riêng|trong khi(?: đó)?|kế đến|tiếp đến|tiếp theo)(?: là)?,?)?\s*$")
_CLAUSE_WORDS = regex.compile(r"[^,;:.()\d]{0,60}")
_HELD_BESIDE = regex.compile(r"\s*%?\s*\(\s*(?:mục tiêu|chỉ tiêu|kế hoạch|cùng kỳ|năm)(?!\w)[^(),;]{0,30}")
_RATE_BESIDE = regex.compile(r"[^\d,;.()]{0,40}[,(]\s*(?:(?:đạt|chiếm|bằng|tỷ lệ|tỉ lệ|tương đương)\s+){0,2}")
# "UBND tỉnh, Chủ tịch UBND tỉnh giao": whoever gives a task with others.
ASSIGNS = spaced(
    r"(?: ?(?:,|và) (?:chủ tịch )?(?:ubnd|ủy ban nhân dân|hđnd|chính phủ|thủ tướng(?: chính phủ)?)"
    r"(?: (?:tỉnh|thành phố|huyện|thị xã|quận))?)*\s*(?:đã |đã có |có |chủ trì )?(?:giao|chỉ đạo|yêu cầu)(?!\w)"
)
_HAS_RATE = spaced(r" (?:có|với) (?:tỷ lệ|tỉ lệ|mức|số)(?: [^\W\d]+){1,10}\s*(?:đạt|là|ở mức)?\s*")
_IN_TURN = regex.compile(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
ASSIGNED_TO = regex.compile(r"(?<!\w)giao(?: cho)?\s*$")
_GIVEN_UNIT = regex.compile(
    r"(?<!\w)giao(?: cho)?\s+(?P<kind>huyện|thị xã|quận|thành phố|xã|phường|thị trấn|đặc khu|sở|ban)\s+(?=\d)"
)
_GIVEN_TO = regex.compile(
    r"\s*(?:đầu việc|nhiệm vụ|việc)\s+(?:cụ thể\s+)?(?:(?:do\s+)?(?:(?:chính phủ|thủ tướng chính phủ|ubnd tỉnh"
    r"|chủ tịch ubnd tỉnh|và)[\s,]+)*giao\s+(?:cho\s+)?|cho\s+)"
)
_HELD_BY = spaced(r"\s*(?:nhiệm vụ|đầu việc)(?: (?:quá hạn|trễ hạn))? của\s+")
PLACE_BEFORE = regex.compile(r"(?<!\w)(?:tại|ở)\s*$")


class SubjectsBeside(SharedSubjects):
    """The agency or place that the words at a number itself name."""

    def _set_beside(self, place: Span) -> Span:
        """The number before whose subject a number shares: the beginning of its change ("giảm từ 7,92% xuống 2,06%"),
        what its brackets hold against it ("đạt 63,47% (mục tiêu 70%)"), or the count that it is a share of ("Sở Y tế
        43/44 hồ sơ (97,7%)")."""
        numbers = self.context.layers.numbers
        at = bisect_left(numbers, place.start, key=lambda atom: atom.number.start)
        if not 0 < at < len(numbers):
            return place
        before, number = numbers[at - 1], numbers[at]
        changed = number.role == "change_to" and before.role == "change_from"
        beside = _HELD_BESIDE.fullmatch(self.view, before.number.end, number.text_span.start)
        if before.unit is None and number.unit == "percent":
            beside = beside or _RATE_BESIDE.fullmatch(self.view, before.span.end, number.text_span.start)
        return before.number if changed or beside else place

    def _adjacent(self, place: Span, sentence: Span) -> Subject | None:
        """The agency or place that stands right before the number ("Sở Tư pháp 2,12 ngàn HS")."""
        for mention in reversed(self._named(Span(sentence.start, place.start))):
            assigned = ASSIGNED_TO.search(self.view[max(0, mention.span.start - 20) : mention.span.start])
            if isinstance(mention, AgencyMention) and mention.kind in NEVER_SUBJECT:
                beside = _ADJACENT.fullmatch(self.view, mention.span.end, place.start) is not None
                counts = mention.kind == "group" and (assigned or (beside and self.is_of_nation(mention)))
                return self.group(mention) if counts else None
            if assigned:
                return self._subject(mention)
            if isinstance(mention, AgencyMention) and mention.kind in DESKS and self._is_where(mention, sentence):
                continue
            if _ADJACENT.fullmatch(self.view, mention.span.end, place.start):
                return self._subject(mention)
            return None
        return None

    def _having(self, place: Span, sentence: Span) -> Subject | None:
        """The unit that is said to have the figure: "biểu dương huyện Đô Lương có tỷ lệ hồ sơ đúng hạn 99,8%"."""
        for mention in self._named(Span(sentence.start, place.start))[-1:]:
            small = mention.kind in ("district", "commune", "department")
            if small and _HAS_RATE.fullmatch(self.view, mention.span.end, place.start):
                return self._subject(mention)
        return None

    def _next_of_several(self, place: Span, sentence: Span) -> Subject | None:
        """The unit that opens the number's clause where the clauses before tell of others: "Sở Nội vụ chủ trì 15 nhiệm
        vụ, Sở Tư pháp chủ trì 9 nhiệm vụ"."""
        named = self._named(Span(sentence.start, place.start))
        if len(named) < 2 or not _CLAUSE_WORDS.fullmatch(self.view, named[-1].span.end, place.start):
            return None
        mention, earlier = named[-1], named[-2]
        told = within(self.context.layers.numbers, Span(earlier.span.end, mention.span.start))
        told = [atom for atom in told if atom.kind in (NumberKind.NUMBER, NumberKind.RATIO)]
        if mention.kind in NEVER_SUBJECT or not told:
            return None
        opens = _OPENS_CLAUSE.search(self.view, told[-1].span.end, mention.span.start)
        speaks = SPEAKS.match(self.view, mention.span.end) or ASSIGNS.match(self.view, mention.span.end)
        return self._subject(mention) if opens and not speaks else None

    def _member(self, place: Span, sentence: Span) -> Subject | None:
        """The agency that an item of a list leaves the kind of to its opening words: "Các bộ thấp nhất là: Xây dựng
        (16,6%), Công Thương (25%)"."""
        named = within(self.context.short_names, Span(sentence.start, place.start))[-1:]
        beside = named and _ADJACENT.fullmatch(self.view, named[0].span.end, place.start)
        return self.agency(named[0]) if beside else None

    def _in_turn(self, place: Span, sentence: Span) -> Subject | None:
        """The name whose turn it is: "Móng Cái và Vân Đồn đi đầu với mức cắt lần lượt 52% và 47,3%"."""
        mark = next(iter(_IN_TURN.finditer(self.view, sentence.start, place.start)), None)
        if mark is None or ";" in self.view[mark.end() : place.start]:
            return None
        named = self._named(Span(sentence.start, mark.start()))
        run = named[-1:]
        for mention in reversed(named[:-1]):
            if not JOINED.fullmatch(self.view, mention.span.end, run[0].span.start):
                break
            run.insert(0, mention)
        end = self.view.find(";", mark.end(), sentence.end)
        figures = [
            atom.number
            for atom in within(self.context.layers.numbers, Span(mark.end(), end if end >= 0 else sentence.end))
            if place.start in (atom.number.start, atom.text_span.start) or atom.unit == self._unit_at(place)
        ]
        at = next((n for n, figure in enumerate(figures) if figure.start == place.start), None)
        return self._subject(run[at]) if at is not None and len(run) == len(figures) > 1 else None

    def _unit_at(self, place: Span) -> str | None:
        return next((a.unit for a in within(self.context.layers.numbers, place)), None)

    def _given_to(self, place: Span, sentence: Span) -> Subject | None:
        """Whom a number of tasks is given to: "giao 833 nhiệm vụ cho các sở, ban, ngành"."""
        given = _GIVEN_TO.match(self.view, place.end, sentence.end)
        if given is None:
            return None
        at = given.end()
        for mention in self._named(Span(at, sentence.end))[:1]:
            if mention.span.start <= at + 1:
                return self._subject(mention)
        return None

    def _held_by(self, place: Span, sentence: Span) -> Subject | None:
        """Whose tasks they are, said right behind their number: "Có 20 nhiệm vụ của Sở Xây dựng chưa hoàn
        thành"; not who gave it: "20 nhiệm vụ của UBND huyện giao"."""
        held = _HELD_BY.match(self.view, place.end, sentence.end)
        if held is None:
            return None
        for mention in self._named(Span(held.end(), sentence.end))[:1]:
            small = mention.kind in ("department", "district", "commune")
            if small and mention.span.start <= held.end() and not ASSIGNS.match(self.view, mention.span.end):
                return self._subject(mention)
        return None

    def _receiving(self, place: Span, sentence: Span) -> Subject | None:
        """The document's own unit where tasks are given to it by its kind: "UBND tỉnh giao xã 97 nhiệm vụ, trong đó
        đã hoàn thành 90 nhiệm vụ"."""
        unit = self.unit
        given = [*_GIVEN_UNIT.finditer(self.view, sentence.start, place.end)][-1:] if unit is not None else []
        if unit is None or not given or not (unit.name or "").lower().startswith(given[0]["kind"]):
            return None
        if within(self.context.agencies, Span(given[0].end(), max(given[0].end(), place.start))):
            return None
        return replace(unit, span=Span(*given[0].span("kind")))

    def _is_where(self, desk: AgencyMention, span: Span) -> bool:
        """Whether a desk is only where another works: "Bộ phận Một cửa của Sở tại Trung tâm … tiếp nhận 274 hồ sơ"."""
        start = max(span.start, *(self.view.rfind(mark, span.start, desk.span.start) + 1 for mark in ".;:,"))
        others = [m for m in within(self.context.agencies, Span(start, desk.span.start)) if m.kind in DESKS]
        return bool(others) and PLACE_BEFORE.search(self.view, start, desk.span.start) is not None
