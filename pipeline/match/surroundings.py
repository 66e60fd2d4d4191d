"""Where a number stands among what a sentence and the ones before tell: what its neighbours, names and clauses are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.match.family_scan import Candidate, Cues, Scan, strong
from pipeline.match.going_on import (
    at_another_time,
    breaks_down_before,
    goes_on_in_order,
    is_compared,
    takes_up,
)
from pipeline.match.levels import level_of, levels_alike
from pipeline.match.named_items import behind_name, is_unknown_item, names_next, says_rate
from pipeline.match.shares import OF_ALL, Share
from pipeline.match.topics import Told
from pipeline.model import Span
from pipeline.rulebook.count_rules import CountRules
from pipeline.text.spacing import spaced

_LABEL = spaced(r"[\s\-•*+]*[^:.;\d]{2,80}:\s*")
_NO_MORE = spaced(r"\s*(?:%|hồ sơ|hs|nhiệm vụ|bộ)?\s*(?:\((?!\d)[^()]*\))?[\s.;,]*")
_LINKED = spaced(r"\s*[:(–-]?\s*(?:(?:có|là|với|còn)\s+)*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One sentence as one family reads it. `earlier` are the readings of the family's last sentence in the same
    block, the main one last."""

    rules: CountRules
    scan: Scan
    view: str
    sentence: Span
    parts: Sequence[Share]
    entities: Sequence[Span]
    earlier: Sequence[Candidate]
    opened: Cues = ()
    """The cues of the paragraph that opens the list which this sentence is an item of."""
    told: Sequence[Told] = ()
    """All readings of the family so far."""
    block: int = 0

    @property
    def previous(self) -> Candidate | None:
        """The main reading of the sentence before."""
        return self.earlier[-1] if self.earlier else None

    def _is_other_half(self, n: int, before: Candidate | None, own: Cues) -> bool:
        """Whether a number is told beside the one before in its own sentence, by an attribute of the same slot: "còn
        319 nhiệm vụ, 291 chưa đến hạn, 28 quá hạn"; the sentence before says nothing of it."""
        if before is None or n == 0 or self.parts[n - 1].whole != self.parts[n].whole:
            return False
        return {cue.attribute.slot for cue in own} == {cue.attribute.slot for cue in strong(before.own)}

    def _says_level(self, share: Share) -> bool:
        """Whether the number is one of a level ("gồm 1.731 TTHC cấp tỉnh và 453 TTHC cấp xã")."""
        place = share.atom.span
        return level_of(self.view, place, self.sentence) is not None or bool(
            levels_alike(self.view, place, self.sentence)
        )

    def goes_on(self) -> bool:
        """Whether the sentence breaks down the one before it, takes it up, or goes on with the next name of a list."""
        return (
            breaks_down_before(self.view, self.sentence)
            or takes_up(self.view, self.sentence)
            or names_next(self.view, self.sentence, self.entities, self.parts[0].atom)
        )

    def follows_entity(self, share: Share) -> bool:
        """Whether an agency or place stands right before the number ("Sở Tư pháp 2,12 ngàn HS")."""
        return behind_name(self.view, self.entities, share.atom.text_span.start)

    def _is_compared(self, n: int) -> bool:
        """Whether a number in brackets is the one before it at another time, or its goal:
        "nhỉnh hơn năm 2018 (99,6%)", "vượt chỉ tiêu kế hoạch giao (40%)"."""
        before, after = self.parts[n - 1].atom, self.parts[n].atom
        return is_compared(self.view, Span(before.span.end, after.span.start), after.span.end)

    def _retells_change(self, share: Share) -> bool:
        """Whether brackets tell the two ends of a change: "đạt 71,5%, tăng 12,3% (từ 59,2% lên 71,5%)"."""
        opened = self.view[self.sentence.start : share.atom.text_span.start].rstrip()
        return share.atom.role == "change_from" and opened.endswith(("(", "(từ"))

    def _at_another_time(self, n: int) -> bool:
        """Whether nothing but another time stands between a number and the one before: "năm 2020 là 55,7% và năm 2019
        là 20,15%"."""
        between = Span(self.parts[n - 1].atom.span.end, self.parts[n].atom.text_span.start)
        return at_another_time(self.view, between)

    def labelled(self, share: Share) -> bool:
        """Whether the sentence is a label with its number alone: "Quá hạn: 2"."""
        return (
            _LABEL.fullmatch(self.view, self.sentence.start, share.atom.span.start) is not None
            and _NO_MORE.fullmatch(self.view, share.atom.span.end, self.sentence.end) is not None
        )

    def _behind_list(self, n: int) -> Span:
        """What stands behind the list that number `n` is an item of, up to a semicolon or the next number."""
        while n + 1 < len(self.parts) and self.follows_entity(self.parts[n + 1]):
            n += 1
        start = self.parts[n].atom.span.end
        following = self.parts[n + 1].left.start if n + 1 < len(self.parts) else self.sentence.end
        end = self.view.find(";", start, following)
        return Span(start, end if end >= 0 else following)

    def tells_rate_behind(self, n: int) -> bool:
        """Whether the words behind a list say which rate its members have: "Hòa Bình (86,5%), Nam Định (65,9%) là hai
        tỉnh dẫn đầu về tỷ lệ hồ sơ trực tuyến"."""
        if not self.follows_entity(self.parts[n]):
            return False
        behind = self._behind_list(n)
        since = says_rate(self.view, behind)
        return since is not None and any(since <= head.start and behind.covers(head) for head in self.scan.heads)

    def _again_in_clause(self, n: int) -> list[int]:
        """The numbers of the clause of number `n`, where it takes up the measures of the clauses before: "…; năm
        2023, các tỷ lệ này tương ứng là 52,7% và 43,9%"."""
        start = self._clause_start(self.parts[n])
        if start == self.sentence.start or not goes_on_in_order(self.view, Span(start, self.parts[n].atom.span.start)):
            return []
        end = self.view.find(";", start, self.sentence.end)
        clause = Span(start, end if end >= 0 else self.sentence.end)
        return [k for k, share in enumerate(self.parts) if clause.covers(share.atom.span)]

    def _parts_one(self) -> bool:
        """Whether a sentence of names and figures alone may part the one figure before: they are no more together."""
        if self.scan.cues or len({c.reading.gives for c in self.earlier}) != 1 or not self._opens_with_name():
            return False
        told = [s.atom.value for s in self.parts if s.whole is None and s.atom.unit is None]
        return bool(told) and sum(told) <= max(c.value for c in self.earlier)

    def _opens_with_name(self) -> bool:
        """Whether nothing but a name or a level with its link stands before the first figure: "Khối sở, ngành: 602"."""
        first = self.parts[0].atom
        if self.follows_entity(self.parts[0]):
            return True
        level = level_of(self.view, first.span, self.sentence)
        return level is not None and _LINKED.fullmatch(self.view, level[1].end, first.text_span.start) is not None

    def _of_which(self, n: int) -> int | None:
        """The number that number `n` is said of: "14 hồ sơ trễ hạn trên tổng số 1.320 hồ sơ tiếp nhận (1,06%)" of the
        part."""
        linked = self.parts[n].linked
        if linked and OF_ALL.search(self.view, self.sentence.start, self.parts[linked].atom.text_span.start):
            part, whole = self.parts[linked - 1].atom, self.parts[linked].atom
            if _is_rate(self.parts[n].atom.value, part.value, whole.value):
                return linked - 1
        return linked

    def _is_share_of_whole(
        self, share: Share, linked: int, said_of: Candidate, done: Sequence[Candidate | None]
    ) -> bool:
        """Whether a percentage tells what share of its whole a part is, which is no rate of the measure: "3.204 hồ sơ
        trễ hạn, trong đó đất đai 2.960 (92,4%)"."""
        at = self.parts[linked].whole
        whole = done[at] if at is not None else None
        same = whole is not None and whole.reading.gives == said_of.reading.gives
        return whole is not None and same and _is_rate(share.atom.value, said_of.value, whole.value)

    def _goes_on_about(self, share: Share, unit: str) -> bool:
        """Whether the sentence goes on with another agency where the one before left off: "Vắng nhất là
        Sở Ngoại vụ, cả kỳ vẻn vẹn 7 hồ sơ"."""
        at = bisect_left(self.entities, Span(share.atom.text_span.start, share.atom.text_span.start)) - 1
        named = at >= 0 and self.entities[at].start >= self.sentence.start
        return named and self.previous is not None and self.previous.reading.unit == unit and not self.scan.cues

    def _broken_down(self, share: Share, told: Candidate) -> Candidate:
        """Of the readings of the sentence before the one that a count is a part of: the main one, `told`, or if that
        is smaller the first that is not ("tiếp nhận 15.208 bộ, chưa giải quyết 18 bộ. Cụ thể, xã A 1.544 bộ")."""
        if told.reading.unit != "count" or share.atom.unit is not None or told.value >= share.atom.value:
            return told
        larger = [c for c in self.earlier if c.reading.unit == "count" and c.value >= share.atom.value]
        return min(larger, key=lambda c: c.place, default=told)

    def _is_first(self, n: int, done: Sequence[Candidate | None]) -> bool:
        """Whether the family has read no number of the clause before."""
        start = self._clause_start(self.parts[n])
        return not any(c for c, s in zip(done, self.parts, strict=False) if s.atom.span.start >= start)

    def _clause_start(self, share: Share) -> int:
        """Where the number's clause begins."""
        return max(self.sentence.start, self.view.rfind(";", self.sentence.start, share.atom.span.start) + 1)

    def _is_unknown_item(self, n: int) -> bool:
        between = Span(self.parts[n - 1].atom.number.end, self.parts[n].atom.text_span.start)
        return is_unknown_item(self.view, between) and not self.scan.cues_in(self.parts[n].left)


def _is_rate(percent: Decimal, part: Decimal, whole: Decimal) -> bool:
    """Whether a part is so many percent of a whole, give or take how it was rounded."""
    return whole > 0 and abs(part * 100 / whole - percent) < 1
