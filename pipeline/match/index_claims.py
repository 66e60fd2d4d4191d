"""Whether a number is one of an index at all: how near the index is named, and what else may claim the number.

Points and ranks are seldom anything else. A percentage may be one of dossiers, staff or money, and a
place one in anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from pipeline.match.index_kinds import Kind, Reading
from pipeline.match.index_line import IndexLine, named_behind
from pipeline.match.index_scope import Near, Scope
from pipeline.match.index_words import Words, starting_in
from pipeline.match.layers import within
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Span
from pipeline.rulebook.index_rules import IndexRules
from pipeline.text.spacing import spaced, spaced_regex

_PERCENT_NEAR = 4
"""So many blocks behind its index a percentage may stand."""
_RATE_NEAR = 2
"""So many where the word before it says no more than that it is a share."""

BARE_END = spaced(
    r"\s*(?:$|[^\w\s%]|(?:và|so|lên|xuống|tăng|giảm|xếp|đứng|của|với|thì|năm|trong|là|cao|thấp|hơn|kém|nhưng|trên|"
    r"ở|vào|thuộc|nằm|tức|tương|bằng|song|còn|tụt|vươn|trở|đạt|theo|"
    r"điểm|sau|để|do|vì|nên|qua|từ|đến|tới|nhờ|mà|dù|tuy|thứ|được|kỳ|hạng|ngang|rồi|gồm|không|chưa|đã|vẫn|nghĩa|"
    r"cho)(?!\w))"
)
"""What may stand behind a number that has no noun of its own."""

_COUNTED_BEHIND = spaced(
    r"\s*(?:số\s+)?(?:hồ sơ|người|nhiệm vụ|thủ tục|tthc|xã|phường|huyện|cơ quan|đơn vị|tỉnh|địa phương|"
    r"doanh nghiệp|cán bộ|công chức|văn bản|"
    r"kế hoạch|dân số|hộ|phiếu|ý kiến|dịch vụ|trường hợp|tổng số|thời gian|chi phí|ubnd|sở|vốn|số)(?!\w)"
)
_OF_A_SET = spaced(
    r" (?:tỉnh|thành phố|địa phương|sở|huyện|xã|phường|đơn vị|cơ quan|bộ|vùng|lĩnh vực|tiêu chí|nội dung|chỉ số|"
    r"trục)(?!\w)"
)
_IN_SOMETHING = spaced_regex(r"[^.;:()\d,]{0,40}?(?<!\w)(?<!thuộc )về(?!\w)")
_IN_ITSELF = spaced(r" (?:chỉ số|lĩnh vực|nội dung|tiêu chí|điểm)(?!\w)")
_EXTREME = spaced(r"[\s(:,]*(?:(?:cao|thấp) nhất)?[\s(:,]*")
# "với tỷ lệ điểm số đạt 93,08%": the share of the points is the index.
_RATE_OF_POINTS = spaced(r"(?:tỷ|tỉ) lệ (?:tổng |số )*điểm(?!\w)")
# "Huyện Cam Lộ đứng thứ hai với tỷ lệ 91,8%"
_WITH = spaced(r"[\s,]*(?:và )?(?:với|đạt|có)? (?:tỷ|tỉ) lệ(?: (?:chung|là|đạt|chỉ|được))*\s*:?\s*")
# "huyện Than Uyên với tỷ lệ 87,03%": nothing of its own.
_BARE_RATE = spaced(r"(?:tỷ|tỉ) lệ(?: (?:chung|là|đạt|chỉ|được))*\s*:?\s*")
_DIRECT = spaced(
    r"(?:^|[\s:(=])(?:đạt|đạt được|được|là|với|:|\(|=|(?:tỷ|tỉ) lệ điểm(?: số)?)\s*(?:trên|hơn|gần|khoảng|tới)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims on the numbers of a sentence; `since` is the end of the last number read, if any."""

    line: IndexLine
    since: int | None
    rules: IndexRules

    def is_index_number(self, atom: NumberAtom, scope: Scope, reading: Reading, words: Words) -> bool:
        """Whether the index is named near enough for a number of this kind, and no other noun claims it."""
        counts_else = atom.unit == "percent_point" and scope.near < Near.SENTENCE and self._follows_count(atom, scope)
        if counts_else and reading.kind is Kind.SCORE_CHANGE:
            return False  # "12% người trả lời biết tới cổng dịch vụ công, tăng 4 điểm phần trăm"
        if atom.unit == "percent":
            if self._is_claimed(atom, scope, reading):
                return False
            if reading.kind is Kind.SCORE_CHANGE and (
                self._has_own_subject(reading, words) or self._follows_count(atom, scope)
            ):
                return False
            if scope.near < Near.SENTENCE:
                near = scope.blocks <= _PERCENT_NEAR or scope.is_topic
                close = scope.near is Near.BLOCK or (scope.near is Near.BEFORE and near)
                return close and (self._is_plain(atom, reading, words) or self._is_extreme_of_part(scope, words))
        if reading.kind is Kind.RANK and self._is_about_another(atom):
            return False
        if scope.near is Near.DOCUMENT:
            return reading.kind is Kind.RANK or atom.unit in ("point", "rank_step")
        return True

    def _is_plain(self, atom: NumberAtom, reading: Reading, words: Words) -> bool:
        """Whether a percentage without its index in the sentence still reads like one of an index."""
        if reading.kind in (Kind.SCORE_CHANGE, Kind.MEAN) or atom.role or self.since is not None or words.has("rank"):
            return True
        direct = bool(_DIRECT.search(words.lower)) or self._behind_entity(atom) or self._is_behind_part(atom)
        return direct or self._is_alone(atom)

    def _is_extreme_of_part(self, scope: Scope, words: Words) -> bool:
        """Whether the sentence names a part and says that it has the most or the least: "Yếu tố công chức được chấm cao
        nhất, 86,02%"."""
        part = scope.component_span
        return part is not None and self.line.span.covers(part) and words.is_apposed

    def _is_behind_part(self, atom: NumberAtom) -> bool:
        """Whether the name of a part stands right before the number: "tiếp cận dịch vụ 79,88%"."""
        at = atom.text_span.start
        parts = [m.span for m in within(self.line.mentions, Span(self.line.span.start, at)) if m.component]
        return bool(parts) and parts[-1].end <= at and _EXTREME.fullmatch(self.line.view, parts[-1].end, at) is not None

    def _behind_entity(self, atom: NumberAtom) -> bool:
        """Whether a name stands right before the number: "Bộ Tư pháp 91,88%"."""
        at = atom.text_span.start
        return any(
            _EXTREME.fullmatch(self.line.view, e.end, at)
            for e in starting_in(self.line.entities, Span(self.line.span.start, at))
        )

    def _is_alone(self, atom: NumberAtom) -> bool:
        """Whether a place in a ranking stands next to the number."""
        near = Span(max(self.line.span.start, atom.span.start - 60), min(self.line.span.end, atom.span.end + 60))
        return any(a.kind is NumberKind.ORDINAL and a.unit is None for a in within(self.line.atoms, near))

    def _follows_count(self, atom: NumberAtom, scope: Scope) -> bool:
        """Whether a count of something stands before: "có 16.500 doanh nghiệp, tăng 8,5%"."""
        start = scope.mention.end if scope.near is Near.SENTENCE and scope.mention else self.line.span.start
        start = max(start, self.since or 0)
        between = within(self.line.atoms, Span(min(start, atom.span.start), atom.span.start))
        return any(self._counts(other) or other.unit == "percent" for other in between)

    def _counts(self, atom: NumberAtom) -> bool:
        """Whether a number counts something that is no set of units."""
        if atom.unit is not None or atom.out_of is not None or atom.kind not in (NumberKind.NUMBER, NumberKind.WORD):
            return False
        behind = atom.span.end
        return not BARE_END.match(self.line.view, behind) and not _OF_A_SET.match(self.line.view, behind)

    def _has_own_subject(self, reading: Reading, words: Words) -> bool:
        """Whether the clause of a change has a noun of its own for subject: "giá trị sản xuất tăng 8,2%"."""
        if reading.governor is None or reading.governor not in words.governors:
            return False
        comma = max(
            self.line.view.rfind(mark, words.start, reading.governor.span.start) for mark in (",", ":", "(", "\n\n")
        )
        clause = Span(max(words.start, comma + 1), reading.governor.span.start)
        again = self.line.phrases.finditer(self.line.frame.whole_again, clause.start, clause.end)
        taken = [*self.line.names, *starting_in(self.line.entities, clause), *(Span(*m.span()) for m in again)]
        left = "".join(
            " " if any(t.start <= at < t.end for t in taken) else self.line.view[at]
            for at in range(clause.start, clause.end)
        )
        return any(word not in self.line.frame.plain_words for word in regex.findall(r"\p{L}+", left))

    def _is_claimed(self, atom: NumberAtom, scope: Scope, reading: Reading) -> bool:
        """Whether a percentage is one of dossiers, staff, money …: their noun stands before or behind it."""
        behind = max(atom.text_span.end, atom.unit_span.end if atom.unit_span else 0)
        if named_behind(self.line, behind):
            return False
        if self._is_share_of_index(behind, scope):
            return False
        if not BARE_END.match(self.line.view, behind, self.line.span.end) or _COUNTED_BEHIND.match(
            self.line.view, behind, self.line.span.end
        ):
            return True
        start = self.line.span.start
        if scope.near is Near.SENTENCE and scope.mention and scope.mention.end <= atom.span.start:
            start = scope.mention.end
        if scope.component_span and scope.component_span.end <= atom.span.start:
            start = max(start, scope.component_span.end)
        start = max(start, min(self.since or 0, atom.text_span.start))
        # "đạt tỷ lệ 95,3%" behind the index says nothing but that it is a percentage.
        end = atom.text_span.start
        if (
            reading.governor
            and reading.governor.kind == "share"
            and self.line.view.startswith("đạt", reading.governor.span.start)
        ):
            end = reading.governor.span.start
        # "Sở Kế hoạch và Đầu tư (91,2%)": a noun within a name claims nothing.
        names = starting_in(self.line.entities, Span(self.line.span.start, max(start, end)))
        nouns = self.line.phrases.finditer(self.line.frame.foreign_nouns, start, max(start, end))
        near = scope.near >= Near.BLOCK or scope.blocks <= _RATE_NEAR
        placed = self.since is not None and _WITH.fullmatch(self.line.view, self.since, end) is not None
        named = near and (placed or any(name.start >= start and name.end <= end for name in names))
        return any(
            not any(name.start <= noun.start() < name.end for name in names)
            and not _RATE_OF_POINTS.match(self.line.view, noun.start())
            and not (named and _BARE_RATE.fullmatch(self.line.view, noun.start(), atom.text_span.start))
            for noun in nouns
        )

    def _is_share_of_index(self, behind: int, scope: Scope) -> bool:
        """Whether the words behind say what the index is a share of: "với SIPAS, 83% người dân hài lòng"."""
        index = self.rules.indices.get(scope.index or "")
        if index is None or index.share_of is None or scope.near is not Near.SENTENCE:
            return False
        return index.share_of.match(self.line.view, behind, self.line.span.end) is not None

    def _is_about_another(self, atom: NumberAtom) -> bool:
        """Whether a place is one in something that is no index: "đứng thứ 3 cả nước về sản lượng"."""
        if any(m.component for m in self.line.mentions if atom.span.end < m.span.start <= atom.span.end + 40):
            return False
        about = _IN_SOMETHING.match(self.line.view, atom.span.end, self.line.span.end)
        if about is None:
            return False
        at = about.end()
        names = [m.span for m in (*self.line.scopes.names, *self.line.scopes.topics)]
        near = any(at - 4 <= span.start <= at + 24 for span in names)
        return not near and _IN_ITSELF.match(self.line.view, at, self.line.span.end) is None
