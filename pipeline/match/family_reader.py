"""One family's reading of one sentence: which attributes each number has, and what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from pipeline.match.binding import IN_TURN, WITHOUT_NOUN, adjoins, is_bare, noun_behind, unit_of
from pipeline.match.ellipsis import Lenders
from pipeline.match.family_scan import Candidate, Cue, Cues, Scan, best_reading, end_of, strong
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.match.shares import ASIDE, Share
from pipeline.model import Span
from pipeline.rulebook.count_rules import CountRules, Reading
from pipeline.text.spacing import spaced, spaced_regex

# Words that may stand between a noun or cue and the number that is its value.
_CONNECTING = spaced(
    r"(?<!\w)(?:là|gồm|có|còn|đạt|được|lên|tới|đến|tổng|cộng|số|lượng|chiếm|bằng|khoảng|trên|hơn|gần|dưới|chỉ|đã|cả|"
    r"với|ở|mức|trong|đó|địa bàn (?:tỉnh|huyện|thành phố|xã|phường)|"
    r"cấp (?:tỉnh|huyện|xã|sở|quận|thành phố|trung ương|thị xã)|hiện|nay|cũng|thảy|toàn|tất|khi|này"
    r"|(?:của |ở |tại |trên địa bàn )?(?:toàn |cả )?(?:tỉnh|thành phố|huyện|xã|phường|quốc|ngành|nước)"
    r"|đó|ra|và|mới|xong|được|vẻn|vẹn|duy|nhất|ít|tối|thiểu)(?!\w)"
)
_RUN = spaced(r"(?:\s*(?:,|và|, và)\s*\d[\d.]*)+\s+")
_REACHED = spaced(r"(?<!\w)(?:lên|xuống)(?: (?:còn|mức|trên|dưới|đạt|ít nhất|tối thiểu|khoảng|gần|hơn))*\s*\Z")
_DOWN_TO = spaced(r"(?: (?:mạnh|sâu|nhanh|dần|chỉ|nay)){0,2} còn(?: (?:dưới|khoảng|gần|hơn|trên|mức))?\s*")
_REACHED_APART = spaced(
    r"[,(]\s*(?:hiện |nay )?(?:chỉ |mới |còn )?(?:đạt|còn|ở mức)(?: (?:mức|trên|dưới|gần|hơn))*\s*\Z"
)
_SHARE_NOUN = spaced(r"(?<!\w)(?:tỷ|tỉ) lệ(?!\w)")
_LABEL_BEFORE = spaced_regex(r"(?<!tổng )(?<!con )(?<!\w)số\s*\Z")
_OF_TOTAL = spaced(r"\s*+(?:(?:trên|trong|so với)\s+)?tổng (?:số|lượng)(?!\w)")
_BASE = spaced(r"(?<!\w)so (?:với|cùng)(?!\w)")
_OF_NUMBER = spaced(r"\s*+(?:tổng\s+)?số(?!\w)")
_IS = spaced(r"\s*(?:là|được|:)?\s*")
_AMOUNTS_TO = spaced(r"(?<!\w)(?:bằng|chiếm|tương đương)(?!\w)")
_TOPIC = spaced(r"\s*(?:đối với|về|với|riêng) hồ sơ(?!\w)")
_SET_APART = spaced(r"[,(]\s*(?:(?:hiện|còn|vẫn|đang)\s+)*\Z")
_COMMA = regex.compile(r",(?!\d)")
_AND = spaced(r"(?<!\w)(?:và|với|so với|trong khi)(?!\w)")

BEHIND, OWN, SENTENCE, SCOPE, NONE = 4, 3, 2, 1, 0
"""How near a head noun stands: right behind the number, among its own words, earlier in the
sentence, elided but named earlier in the document, nowhere."""


@dataclass(slots=True)
class FamilyReader:
    """Reads one sentence's numbers for one family, from left to right."""

    rules: CountRules
    scan: Scan
    view: str
    sentence: Span
    parts: Sequence[Share]
    rivals: Sequence[Span]
    """Head nouns of families whose noun beside a number is not to be overlooked."""
    in_scope: bool
    """Whether the family was named earlier in the document."""
    in_block: bool
    """Whether it was named earlier in the paragraph."""
    lenders: Lenders
    done: list[Candidate | None] = field(default_factory=list)
    turn: bool = False
    is_own: bool = True
    """Whether the number read last is one of its own and no part of another."""

    def read(self, atom: NumberAtom) -> Candidate | None:
        """The reading of the next number of the sentence; None if it is none of the family's."""
        n = len(self.done)
        self.is_own = n < len(self.parts) and self.parts[n].whole is None
        self.turn = n < len(self.parts) and self.parts[n].atom is atom
        return self._read(n, self.parts[n]) if self.turn else None

    def settle(self, candidate: Candidate | None) -> None:
        """Keep what became of the number read last."""
        if self.turn:
            self.done.append(candidate)

    def _read(self, n: int, share: Share) -> Candidate | None:
        unit = unit_of(share.atom, self.rules)
        if unit == "count" and share.atom.role and not self._counts_change(share):
            return None
        if unit is None:
            return None
        head, nearness = self._head(share, unit)
        if nearness == NONE and not self._may_be_unnamed(unit):
            return None
        own = self._own_cues(share)
        if nearness == NONE and any(cue.attribute.alone for cue in own):
            nearness = SENTENCE
        if nearness == NONE and unit == "percent" and not own and self.lenders.tells_rate_behind(n):
            nearness = SENTENCE
        place = share.atom.span.start
        if head and nearness == BEHIND and unit == "count":
            own = tuple(c for c in own if c.attribute.sole and c.span.start == head.start) or own
        own = tuple(cue for cue in own if not (cue.attribute.blocks and self._is_set_off(cue, place)))
        if unit == "count" and self.lenders.follows_entity(share):
            own = tuple(cue for cue in own if not cue.attribute.unnamed)
        blocked = share.atom.role is None and any(cue.attribute.blocks and cue.span.start < place for cue in own)
        if nearness == NONE or blocked:
            return None
        if unit == "count" and nearness in (OWN, SENTENCE) and not self._is_close(share):
            return None
        options = self.lenders.completions(
            n, own, unit, named=nearness >= SENTENCE, beside=nearness == BEHIND, done=self.done
        )
        for cues, must, reason in options:
            if nearness == SCOPE and not self.in_block and any(cue.attribute.needs_head for cue in cues):
                continue
            reading = best_reading(self.rules, cues, must, unit)
            if reading is None:
                continue
            reading = self._in_all(n, share, reading) or reading
            scoped = "inherited_family" if nearness == SCOPE else "head_elided" if head is None else ""
            score = (nearness, bool(strong(own)), self._recency(share), len(reading.all_of))
            base = "compared" if share.atom.role == "change_from" and self._has_base(share) else ""
            reasons = tuple(r for r in (reason, scoped, base) if r)
            bound = self._lent_bound(n, share, cues) if reason == "inherited_attribute" else None
            place, value = share.atom.span.start, share.atom.value
            return Candidate(self.rules, reading, cues, own, head, score, reasons, place, value, bound)
        return None

    def _in_all(self, n: int, share: Share, read: Reading) -> Reading | None:
        """What the figures right before add up to, where the words call their sum by one of them: "nhận mới 38.502 hồ
        sơ, cộng với 611 hồ sơ năm trước chuyển qua là 39.113"."""
        for total in self.rules.sums:
            before = [c for c in self.done[max(0, n - len(total.parts)) : n] if c is not None]
            codes = {code for c in before for code in c.reading.gives}
            if codes == total.parts and set(read.gives) <= codes and sum(c.value for c in before) == share.atom.value:
                return total.reading
        return None

    def _is_set_off(self, cue: Cue, place: int) -> bool:
        """Whether a comma parts a comparison from the number, which is then no difference: "ít hơn, 3.905 hồ sơ"; or
        where it ends is said: "giảm tỷ lệ hồ sơ quá hạn xuống dưới 1%", "giảm còn 0,8%", "tăng cao (đạt 99,81%)"."""
        if cue.span.end < place and any(p.search(self.view, cue.span.end, place) for p in (_REACHED, _REACHED_APART)):
            return True
        if cue.span.end < place and _DOWN_TO.fullmatch(self.view, cue.span.end, place):
            return True
        return self.view[cue.span.end : cue.span.end + 2].lstrip().startswith(",") and cue.span.end < place

    def _has_base(self, share: Share) -> bool:
        """Whether the sentence names what a change is measured from: "so với quý trước, giảm từ 2,6%"."""
        return _BASE.search(self.view, self.sentence.start, share.atom.span.start) is not None

    def _lent_bound(self, n: int, share: Share, cues: Cues) -> str | None:
        """The comparator of a list's first number holds for the others: "cấp tỉnh không thấp hơn 98%,
        cấp huyện 97%, cấp xã 98%"."""
        before = self.done[n - 1] if n else None
        if before is None or before.cues != cues or share.atom.comparator != "eq":
            return None
        bound = before.comparator or self.parts[n - 1].atom.comparator
        return bound if bound in ("ge", "le") else None

    def _may_be_unnamed(self, unit: str) -> bool:
        """Whether a number may be read without a noun: by a cue that stands alone, or as a rate that is named behind
        its list."""
        return any(cue.attribute.alone for cue in self.scan.cues) or (unit == "percent" and bool(self.scan.heads))

    def _counts_change(self, share: Share) -> bool:
        """Whether a number is an end of what a count has changed by, and the verb of the change is none of the family's
        own: "số hồ sơ trễ hạn giảm từ 63 xuống còn 14", not "giảm từ 8 phòng xuống còn 6"."""
        if share.atom.role == "change_to":
            return bool(self.done and self.done[-1])
        following = next((s.atom.span.start for s in self.parts if s.atom.role == "change_to"), share.right.end)
        # "giảm từ 63 xuống còn 14"; "từ 1.204 hồ sơ (năm 2019) giảm còn 118"
        around = self.scan.cues_in(Span(share.fronted.start, max(following, share.atom.span.start)))
        return any(cue.attribute.blocks for cue in around)

    def _head(self, share: Share, unit: str) -> tuple[Span | None, int]:
        """The head noun of a number and how near it stands."""
        if behind := noun_behind(share.atom, self.scan, self.view):
            return behind, BEHIND
        left = Span(share.fronted.start, share.atom.span.start)
        if IN_TURN.search(self.view, left.start, left.end) and (run := _RUN.match(self.view, end_of(share.atom))):
            for head in self.scan.heads:
                if head.start == run.end():
                    return head, BEHIND  # "lần lượt 120 và 310 hồ sơ"
        if share.atom.role == "change_to" and self.done and self.done[-1]:
            return None, SENTENCE
        if share.atom.kind in WITHOUT_NOUN or _LABEL_BEFORE.search(left.of(self.view)):
            return None, NONE
        share_noun = unit == "percent" and _SHARE_NOUN.search(self.view, left.start, left.end)
        if (
            unit in ("count", "percent")
            and not share_noun
            and not is_bare(share.atom, self.scan, self.view, self.sentence)
        ):
            return None, NONE
        if own := [head for head in self.scan.heads if left.covers(head)]:
            return own[-1], OWN
        if unit != "count" and (own := [head for head in self.scan.heads if share.right.covers(head)]):
            return own[0], OWN
        if any(left.covers(rival) or share.right.covers(rival) for rival in self.rivals):
            return None, NONE
        if self.lenders.previous and self.lenders.goes_on():
            return None, SENTENCE
        if any(self.done) or any(head.end <= share.atom.span.start for head in self.scan.heads):
            return None, SENTENCE
        if self.in_scope and ((unit == "percent" and not self.rivals) or self.lenders.labelled(share)):
            return None, SCOPE
        if self.in_block and not self.rivals and self._follows_state(share):
            return None, SCOPE
        return None, NONE

    def _follows_state(self, share: Share) -> bool:
        """Whether a bare count stands right behind words for a state of the things that its paragraph counts: "Hồ sơ:
        tổng số 9.846. Đã giải quyết 9.391: …"."""
        slots, start = self.rules.inherited_slots, share.atom.text_span.start
        states = [cue for cue in self.scan.cues if cue.attribute.slot in slots and not cue.attribute.weak]
        # "số trả trước hạn 36.540": what is said of the state stands between.
        nearer = [c for c in self.scan.cues if any(s.span.end <= c.span.start <= s.span.end + 2 for s in states)]
        told = (cue.span.end for cue in (*states, *nearer))
        return share.atom.unit is None and any(_IS.fullmatch(self.view, end, start) for end in told if end <= start)

    def _is_close(self, share: Share) -> bool:
        """Whether a bare number stands close behind its noun or cue, or has its cue right behind it:
        a noun at the other end of a clause does not make a number its count."""
        end = end_of(share.atom)
        if self.lenders.follows_entity(share) or any(adjoins(self.view, end, cue.span) for cue in self.scan.cues):
            return True
        if self.lenders.in_opened_list(share):
            return True
        start = share.atom.text_span.start
        words = [unit.end for unit in self.scan.units if self.sentence.start <= unit.start and unit.end <= start]
        words += [s.atom.span.end for s in self.parts if s.atom.span.end <= start]
        between = self.view[max(words, default=self.sentence.start) : start]
        return len(regex.findall(r"\w+", _CONNECTING.sub(" ", between))) <= 2

    def _recency(self, share: Share) -> int:
        """How near the family's last noun or reading stands before the number; higher is nearer."""
        places = [head.start for head in self.scan.heads if head.start <= end_of(share.atom) + 2]
        places += [s.atom.span.end for s, c in zip(self.parts, self.done, strict=False) if c]
        return max(places, default=self.sentence.start) - share.atom.span.start

    def _own_cues(self, share: Share) -> Cues:
        """The cues among a number's own words, the nearest on both sides first."""
        left = self.scan.cues_in(share.left)
        if share.atom.role is not None:
            # "giảm từ 7,92% xuống còn 2,06%": the verb of the change tells nothing of what is measured.
            left = tuple(cue for cue in left if not cue.attribute.blocks)
        if share.atom.kind is NumberKind.ZERO:
            # "không còn nhiệm vụ quá hạn": the denial itself says that these are what is left.
            left += tuple(cue for cue in self.scan.cues if cue.attribute.in_denial and share.atom.span.covers(cue.span))
        if _OF_TOTAL.match(self.view, end_of(share.atom)) or self._is_of_whole(share):
            # "402 hồ sơ, mới bằng 2,8% tổng số hồ sơ tiếp nhận": the words behind name the whole.
            return left
        right = self.scan.cues_in(self._near_right(share, stop_at_and=bool(left)))
        if not strong(left + right) and (
            share.linked is None or share.linked >= len(self.done) or not self.done[share.linked]
        ):
            right = self.scan.cues_in(share.right)
        else:
            right += tuple(
                c
                for c in self.scan.cues_in(share.right)
                if (c.attribute.far or self._is_apart(c, share)) and c not in right
            )
        right = tuple(self._said_of_all(cue, share) for cue in right)
        # "còn tồn 311 hồ sơ chuyển về cấp xã xử lý": what stands before the number says its state.
        slots = {cue.attribute.slot for cue in strong(left)} & self.rules.inherited_slots
        right = tuple(cue for cue in right if cue.attribute.slot not in slots)
        fronted = self.scan.cues_in(share.fronted)
        if fronted and (
            not (left or right)
            or self._is_short(share.fronted, fronted)
            or _TOPIC.match(self.view, share.fronted.start, share.fronted.end)
        ):
            slots = {cue.attribute.slot for cue in left + right}
            left = tuple(cue for cue in fronted if cue.attribute.slot not in slots) + left
        return left + right

    def _is_apart(self, cue: Cue, share: Share) -> bool:
        """Whether a cue that may be set apart from its number stands right behind a comma or in brackets."""
        place = end_of(share.atom), cue.span.start
        return bool(cue.attribute.apart) and _SET_APART.search(self.view, *place) is not None

    def _said_of_all(self, cue: Cue, share: Share) -> Cue:
        """What a cue says where it is set apart: "557 hồ sơ đang giải quyết, chưa đến hạn" are all in time."""
        return Cue(self.rules.attributes[cue.attribute.apart], cue.span) if self._is_apart(cue, share) else cue

    def _is_of_whole(self, share: Share) -> bool:
        """Whether the words behind a linked share name its whole: "1.067 TTHC, bằng 76,5% số TTHC tiếp
        nhận tại Trung tâm"."""
        return (
            share.linked is not None
            and _AMOUNTS_TO.search(self.view, share.left.start, share.left.end) is not None
            and _OF_NUMBER.match(self.view, end_of(share.atom)) is not None
        )

    def _near_right(self, share: Share, *, stop_at_and: bool) -> Span:
        """A number's words behind it up to the first comma, or conjunction if words before it tell."""
        start, end = share.right.start, share.right.end
        marks = [m.start() for m in _COMMA.finditer(self.view, start, end)]
        if stop_at_and:
            marks += [m.start() for m in _AND.finditer(self.view, start, end)]
        if not marks:
            return Span(start, end)
        units = [*self.scan.units, *(Span(*m.span()) for m in ASIDE.finditer(self.view, start, end))]
        free = [mark for mark in marks if not any(unit.start < mark < unit.end for unit in units)]
        return Span(start, min(free, default=end))

    def _is_short(self, span: Span, cues: Cues) -> bool:
        """Whether a fronted stretch says little beside its cues ("Trước và đúng hạn, đã trả …")."""
        return len(span.of(self.view).split()) - sum(len(c.span.of(self.view).split()) for c in cues) <= 3
