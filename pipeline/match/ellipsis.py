"""What a number's context lends to it where its own words leave something out.

The lenders, the nearest first: the number that it is a part of ("đang giải quyết 227, gồm trong hạn
189"), the number that it is linked to ("4.557 hồ sơ, bằng 89,3%"), the words before the colon of its
list, its neighbour in a list of agencies or levels, the sentence before ("Trong đó, cấp tỉnh 38").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.match.binding import noun_behind
from pipeline.match.family_scan import Candidate, Cue, Cues, strong
from pipeline.match.going_on import (
    adds_up,
    goes_on_in_order,
    in_base_bracket,
    points_back,
    ranks_units,
    tells_change,
)
from pipeline.match.numbers import NumberKind
from pipeline.match.shares import OF_ALL, Share
from pipeline.match.surroundings import Surroundings
from pipeline.match.topics import spread, summed_up, topic
from pipeline.model import Span
from pipeline.text.spacing import spaced

_AT_PLACE = spaced(r"(?<!\w)(?:tại|ở) [^\d\s,;.:][^,;.:]*\Z")
_ITEM_END = spaced(r"\s*(?:[;,.)]|\Z|và(?!\w))")
_PARTED = spaced(r"[,/]|(?<!\w)(?:và|hoặc|hay|với)(?!\w)")
_STRAIGHT_ON = spaced(
    r"\s*(?:hồ sơ|hs|nhiệm vụ|bộ)?\s*(?:(?:còn )?đang (?:được |chờ )?(?:giải quyết|xử lý|thực hiện|thụ lý))?"
    r"(?:,(?!\d)|(?:còn trong|trong|chưa đến|chưa quá|chưa tới)? ?(?:thời )?hạn,? và|chưa (?:đến|quá|tới) hạn,"
    r"|và|\s+có(?!\w))[^;.:()]*$"
)
_CAME_TO = spaced(r"[,\s]*(?:đạt|nâng lên|lên|lên tới|lên đến|còn|xuống còn|với|là)(?: (?:tổng số|mức))?\s*")
_BESIDE = spaced(r"[^\d,;:.()]*(?:,|(?<!\w)và)\s*")
_IN_ALL = spaced(r"\s*(?:[-+*•]\s*)?(?:tổng cộng|cộng|tổng)(?: (?:là|có))?:?\s*")
_TIMES = spaced(r"\s*lần(?!\w)")
# "Về tỷ lệ trả đúng hạn, có 61 xã đạt 100%; thấp nhất là xã A (88,4%)"
_ABOUT = spaced(r"\s*(?:[-+*•]\s*)?(?:về|xét về|xét theo|tính theo) ([^,;:.()\d]{3,80}),")
_RESPECTIVELY = spaced(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")


@dataclass(frozen=True, slots=True)
class Lenders(Surroundings):
    """The lenders of one sentence for one family."""

    def completions(
        self, n: int, own: Cues, unit: str, *, named: bool, beside: bool, done: Sequence[Candidate | None]
    ) -> Iterator[tuple[Cues, Cues, str]]:
        """Sets of cues for number `n`, the fullest first; with each the cues that a reading must use,
        and the reason. `named`: its noun stands in the sentence; `beside`: right behind the number."""
        share = self.parts[n]
        before = done[n - 1] if n else None
        whole = done[share.whole] if share.whole is not None and share.whole < n else None
        opener = self._opener(share)
        if share.atom.role == "change_to" and before:
            yield before.cues, (), ""
        if aligned := self._respectively(n, unit) or self._shares_in_turn(n, unit, done):
            yield aligned, aligned, ""
        if mine := strong(own):
            # "không có nhiệm vụ quá hạn" says all: it is no part of what was late among the completed.
            whole_said = share.atom.kind is NumberKind.ZERO and not self.rules.zero_shares
            if stated := self._stated_before(n, before, mine):
                yield stated + mine, mine, "inherited_attribute"
            alike = self._alike(done[:n], unit)
            if (
                alike
                and alike.cues != mine
                and all(cue.attribute.in_denial for cue in mine)
                and self._says_level(share)
            ):
                # "cấp tỉnh còn 508 hồ sơ quá hạn, cấp xã còn 2.810 hồ sơ"
                yield alike.cues, mine, "inherited_attribute"
            if opener and all(cue.attribute.in_denial for cue in mine) and self.follows_entity(share):
                # "Các đơn vị có nhiệm vụ quá hạn: Sở Y tế còn 21": what is left there is what the list is of.
                yield opener + mine, mine, "inherited_attribute"
            for lender in (
                before.cues if before and self.rules.zero_shares and share.atom.kind is NumberKind.ZERO else (),
                whole.cues if whole else (),
                self.previous.cues if self.previous and self.labelled(share) else (),
                opener,
                self._verb_shared(n, before) if beside else (),
                self._sibling(n, before or (self.previous if self.labelled(share) else None), mine),
                () if whole_said or self._is_other_half(n, before, mine) else self._same_in_block(mine),
            ):
                if lent := self._lendable(lender, mine):
                    yield lent + mine, mine, "inherited_attribute"
            if share.atom.kind is not NumberKind.ZERO and self.follows_entity(share) and (lent := self._topic(mine)):
                yield lent, (), "inherited_attribute"
            yield mine, (), ""
            return
        if before and before.reading.unit == unit and adds_up(self.view, share.left):
            yield before.cues, (), "cumulative"
        last = before or self.previous
        if last and last.reading.unit == unit and points_back(self.view, Span(share.fronted.start, share.left.end)):
            yield last.cues, (), "anaphor"
        if before and before.reading.unit == unit and self._at_another_time(n):
            yield before.cues, (), "anaphor"
        linked = self._of_which(n)
        if linked is not None and (said_of := done[linked]) and said_of.reading.unit != unit:
            if self._is_share_of_whole(share, linked, said_of, done):
                return
            yield said_of.cues, (), "linked"
        if not own and self._again_in_clause(n) and (lent := self._in_order(n, unit, done)):
            yield lent, (), "anaphor"
        if (said := self._last_said(n, unit, done)) and (self._is_compared(n) or self._retells_change(share)):
            yield said.cues, (), "compared"
        if whole and (self._says_level(share) or _AT_PLACE.search(self.view, share.left.start, share.left.end)):
            yield whole.cues, (), "inherited_attribute"
        if before is None and not own and (lent := self._reached(n)):
            yield lent, (), "anaphor"
        if opener:
            if lent := self._lendable(self._same_in_block(opener), opener):
                yield lent + opener, (), "inherited_attribute"
            if self.follows_entity(share) and (lent := self._topic(opener)):
                yield lent, (), "inherited_attribute"
            yield opener, (), "inherited_attribute"
        if own and (alike := self._alike(done[:n], unit)) and self.follows_entity(share) and beside is False:
            # "Cục A có 6 nhiệm vụ quá hạn, Cục B có 4": "có" alone says less than the neighbour.
            yield alike.cues, (), "inherited_attribute"
        if own and len(self.earlier) == 1 and self.goes_on() and self.follows_entity(share):
            # "Có 45 nhiệm vụ chậm tiến độ. Theo đó, Sở Xây dựng có 21 nhiệm vụ": the parts of the one figure before.
            yield self.earlier[0].cues, (), "inherited_attribute"
        if own and beside and before and self.rules.shared_verb and (lent := self._shared(n, before)):
            yield lent + own, (), "inherited_attribute"
        if lent := self._summed_up(share) or self._spread(share, unit):
            yield lent, (), "inherited_attribute"
        if own:
            yield own, (), ""
        if (lent := self._spoken_of()) and not own and self.follows_entity(share):
            yield lent, (), "inherited_attribute"
        if lent := self._lent_by_list(share):
            yield lent, (), "inherited_attribute"
        yield from self._listed(n, unit, named=named, beside=beside, done=done, whole=whole)
        # "trong tổng số 168.000 hồ sơ": a whole is not what is told of its part.
        of_all = OF_ALL.search(self.view, self.sentence.start, share.atom.text_span.start)
        fresh = self._is_first(n, done) and of_all is None
        if beside and not own and fresh and (behind := self._joint_predicate(n)):
            yield behind, (), "inherited_attribute"
        if beside and not own and fresh:
            yield self.scan.cues_in(Span(self._clause_start(share), share.left.start)), (), "inherited_attribute"
        if (
            beside
            and not own
            and in_base_bracket(self.view, Span(self.sentence.start, share.atom.text_span.start))
            and (behind := self._told_behind(n))
        ):
            yield behind, (), "compared"
        if not own and (lent := self._in_order(n, unit, done)):
            yield lent, (), "anaphor"
        if beside and not own and fresh and self._goes_on_about(share, unit) and self.previous:
            yield self._broken_down(share, self.previous).cues, (), "inherited_attribute"
        if beside and before and self.rules.shared_verb and (lent := self._shared(n, before)):
            yield lent, (), "inherited_attribute"

    def _listed(
        self, n: int, unit: str, *, named: bool, beside: bool, done: Sequence[Candidate | None], whole: Candidate | None
    ) -> Iterator[tuple[Cues, Cues, str]]:
        """What a number in a list of agencies or levels takes over."""
        share = self.parts[n]
        entity = self.follows_entity(share)
        if not entity and not self._says_level(share):
            return
        alike = self._alike(done[:n], unit)
        if n and self.parts[n - 1].whole == share.whole:
            whole = alike or whole  # the item before in the same list says more than what the list is of
        # "Khối sở, ngành: 602 hồ sơ, nhiều nhất là Sở Y tế (389)": a sentence of names and figures alone goes on.
        told = self.previous if self.goes_on() or self._parts_one() else None
        for lender in (whole, alike, self._broken_down(share, told) if told else None):
            if lender and (named or lender is not alike):
                yield lender.cues, (), "inherited_attribute"
        told_behind = beside or (unit == "percent" and self.tells_rate_behind(n))
        if told_behind and entity and self._is_first(n, done) and (behind := self._predicate(n)):
            yield self._lendable(self._same_in_block(behind), behind) + behind, (), "inherited_attribute"
        elif beside and entity and self.rules.default:
            cues = (Cue(self.rules.attributes[name], share.atom.text_span) for name in self.rules.default)
            yield tuple(cues), (), "default_reading"

    def _sibling(self, n: int, before: Candidate | None, own: Cues) -> Cues:
        """The cues of the number before where it is the other half of a pair: "hoàn thành đúng hạn
        110, quá hạn 3"."""
        slots = {cue.attribute.slot for cue in own}
        if before is None or not slots <= {cue.attribute.slot for cue in before.own}:
            return ()
        # "hoàn thành trước hạn 120, đúng hạn 180, quá hạn 5" go on with one state; "chưa đến hạn" has its own.
        after, place = self.parts[n - 1], self.parts[n].atom.span
        goes_on = (
            n > 0 and after.whole == self.parts[n].whole and ";" not in self.view[after.atom.span.end : place.start]
        )
        return before.cues if goes_on and not any(cue.attribute.apart for cue in own) else before.own

    def _stated_before(self, n: int, before: Candidate | None, own: Cues) -> Cues:
        """The state of the number before, across a comma, where the words tell none: "đang giải quyết 9.833, quá
        hạn 121"."""
        if before is None or {cue.attribute.slot for cue in own} & self.rules.inherited_slots:
            return ()
        between = self.view[self.parts[n - 1].atom.span.end : self.parts[n].atom.span.start]
        if not _STRAIGHT_ON.match(between):
            return ()
        return tuple(cue for cue in before.cues if cue.attribute.name in self.rules.carries_on)

    def _shared(self, n: int, before: Candidate) -> Cues:
        """The verb of a list of things counted side by side: "giảm 4 chi cục, 21 phòng"."""
        between = self.view[self.parts[n - 1].atom.span.end : self.parts[n].atom.span.start]
        apart = ";" in between and (self.parts[n].whole is None or self.parts[n].whole != self.parts[n - 1].whole)
        return () if apart or "." in between else self._lendable(before.cues, ())

    def _verb_shared(self, n: int, before: Candidate | None) -> Cues:
        """The verb of the number before, for what is counted beside it: "giảm 34 đầu mối và 12 đơn vị sự nghiệp"."""
        if before is None or not self.rules.shared_verb:
            return ()
        between = Span(self.parts[n - 1].atom.span.end, self.parts[n].atom.text_span.start)
        return before.cues if _BESIDE.fullmatch(self.view, between.start, between.end) else ()

    def _same_in_block(self, own: Cues) -> Cues:
        """The cues of the sentence before, if it speaks of the same: what is called "quá hạn" after
        "412 hồ sơ đang giải quyết đã quá hạn" is still pending."""
        if self.rules.shared_verb:
            return ()
        names = {cue.attribute.name for cue in own}
        said = (c.cues for c in reversed(self.earlier) if names < {cue.attribute.name for cue in c.cues})
        return next(said, ())

    def _summed_up(self, share: Share) -> Cues:
        """What was told of all that a list of agencies or places adds up to."""
        if not self.follows_entity(share) or share.atom.unit is not None:
            return ()
        items = [s for s in self.parts if s.atom.unit is None and self.follows_entity(s)]
        if any(strong(self.scan.cues_in(s.left)) or strong(self.scan.cues_in(s.right)) for s in items):
            return ()
        last = summed_up(self.told, self.block, [s.atom.value for s in items])
        return last.cues if last else ()

    def _spread(self, share: Share, unit: str) -> Cues:
        """What the sentence before told of all, where this one says who has most of it."""
        first = self.parts[0].atom.text_span.start
        if not self.follows_entity(share) or not ranks_units(self.view, self.sentence.start, first):
            return ()
        if strong(self.scan.cues_in(Span(self.sentence.start, first))):
            return ()
        last = spread(self.told, self.block, unit, self.rules)
        return last.cues if last and (unit == "percent" or share.atom.value < last.value) else ()

    def _topic(self, own: Cues) -> Cues:
        """The cues of what the text has told by the same words and more."""
        return topic(self.told, self.block, own, self.rules)

    def _opener(self, share: Share) -> Cues:
        """Cues before the colon that opens a list ("Số nhiệm vụ quá hạn của từng đơn vị: …"), or that
        follows "như" ("Một số nơi có nhiều hồ sơ quá hạn như: …")."""
        first = self.parts[0].atom.span.start
        colon = self.view.rfind(":", self.sentence.start, first)
        return self.scan.cues_in(Span(self.sentence.start, colon)) if colon >= 0 else ()

    def _lent_by_list(self, share: Share) -> Cues:
        """What the paragraph that opens a list tells of items that say nothing of their own: "Các đơn vị
        có hồ sơ quá hạn:⏎- Sở Y tế: 5 hồ sơ"."""
        listed = self.follows_entity(share) or self._says_level(share)
        return self.opened if listed or _IN_ALL.fullmatch(self.view, self.sentence.start, share.atom.span.start) else ()

    def _spoken_of(self) -> Cues:
        """The cues of what a sentence begins with as what it is about: "Về tỷ lệ trả đúng hạn, …"."""
        about = _ABOUT.match(self.view, self.sentence.start, self.sentence.end)
        return strong(self.scan.cues_in(Span(*about.span(1)))) if about else ()

    def _lendable(self, cues: Cues, own: Cues) -> Cues:
        """Those cues of a whole that its parts take over: of inherited slots that are still empty."""
        slots = self.rules.inherited_slots - {cue.attribute.slot for cue in own}
        return tuple(c for c in cues if c.attribute.slot in slots and c not in own)

    def _last_said(self, n: int, unit: str, done: Sequence[Candidate | None]) -> Candidate | None:
        """The reading of a unit that was the last of the clause, past what only says how it changed: "204.512 hồ sơ,
        tăng 6,7% so với cùng kỳ (191.670 hồ sơ)"."""
        for at in range(n - 1, -1, -1):
            if (candidate := done[at]) is not None:
                return candidate if candidate.reading.unit == unit else None
            share = self.parts[at]
            if _TIMES.match(self.view, share.atom.span.end):
                continue
            if share.atom.unit != "percent" or not tells_change(self.view, share.left):
                return None
        return None

    def in_opened_list(self, share: Share) -> bool:
        """Whether the number ends an item of a list that words before a colon opened: "Các đơn vị có
        nhiệm vụ quá hạn: phòng Tài chính 04; phòng Nội vụ 03"."""
        return bool(self._opener(share)) and _ITEM_END.match(self.view, share.atom.span.end) is not None

    def _predicate(self, n: int) -> Cues:
        """The cues behind a list whose members stand before them: "UBND A (508 hồ sơ), UBND B (277 hồ
        sơ) có số hồ sơ trễ hạn nhiều nhất"."""
        return strong(self.scan.cues_in(self._behind_list(n)))

    def _joint_predicate(self, n: int) -> Cues:
        """The cues behind the next number where they tell of both: "241 TTHC cấp huyện và 119 TTHC cấp
        xã thực hiện tại Bộ phận một cửa"."""
        following = self.parts[n + 1] if n + 1 < len(self.parts) else None
        if following is None or following.atom.unit != self.parts[n].atom.unit:
            return ()  # "4.732 hồ sơ, 97,4% trong số đó nộp qua mạng": told of the share alone
        if following.whole is not None or strong(self.scan.cues_in(following.left)):
            return ()
        if ";" in self.view[self.parts[n].atom.span.end : following.atom.span.start]:
            return ()
        # "12 buổi gặp gỡ với 600 đại biểu": the next number's own noun tells of that alone.
        noun = noun_behind(following.atom, self.scan, self.view)
        behind = strong(self.scan.cues_in(following.right))
        return tuple(cue for cue in behind if noun is None or not noun.covers(cue.span))

    def _told_behind(self, n: int) -> Cues:
        """What is counted in the rest of the sentence: "so với quý I/2023 (1.688 hồ sơ), số hồ sơ tiếp
        nhận tăng 27,5%"."""
        following = self.parts[n + 1].atom.span.start if n + 1 < len(self.parts) else self.sentence.end
        return strong(self.scan.cues_in(Span(self.parts[n].atom.span.end, following)))

    def _in_order(self, n: int, unit: str, done: Sequence[Candidate | None]) -> Cues:
        """The cues of the reading before with the same place in its sentence: "… đạt 92,4%, thanh toán
        trực tuyến 68%. Đích của cả năm là 95% và 75%"."""
        alike = sorted((c for c in self.earlier if c.reading.unit == unit), key=lambda c: c.place)
        numbers = [k for k, s in enumerate(self.parts) if (s.atom.unit or "count") == unit]
        if again := self._again_in_clause(n):
            told = [c for c in done[: again[0]] if c is not None and c.reading.unit == unit][-len(again) :]
            return told[again.index(n)].cues if n in again and len(told) == len(again) > 1 else ()
        if len(alike) != len(numbers) or len(numbers) < 2 or self.scan.cues or self.scan.heads:
            return ()
        if not goes_on_in_order(self.view, self.sentence):
            return ()
        return alike[numbers.index(n)].cues

    def _respectively(self, n: int, unit: str) -> Cues:
        """The cue that belongs to number `n` by order: "rút và trả lại lần lượt là 1.105 và 2.870"."""
        for first in range(n, -1, -1):
            share = self.parts[first]
            words = Span(share.fronted.start, share.atom.span.start)
            if mark := _RESPECTIVELY.search(self.view, words.start, words.end):
                cues = self.scan.cues_in(Span(words.start, mark.start()))
                named = tuple({cue.attribute.name: cue for cue in reversed(cues)}.values())[::-1]
                run = [s for s in self.parts[first:] if (s.atom.unit or "count") == unit]
                parted = all(_PARTED.search(self.view, a.span.end, b.span.start) for a, b in pairwise(named))
                if first < n and len(run) > 1 and (not parted or len(named) < 2):
                    return cues
                if len(named) == len(run) > 1 and parted:
                    return (named[n - first],) if n - first < len(named) else ()
                return ()
            if strong(self.scan.cues_in(words)):
                return ()
        return ()

    def _shares_in_turn(self, n: int, unit: str, done: Sequence[Candidate | None]) -> Cues:
        """What a share in a run of shares is of, by the order of the counts before: "1.100 toàn trình và 620 một phần,
        chiếm lần lượt 58% và 33%"."""
        first = n
        while first and self.parts[first - 1].atom.unit == "percent":
            first -= 1
        run = [s for s in self.parts[first:] if s.atom.unit == "percent"]
        counts = [c for c in done[:first] if c is not None and c.reading.unit == "count"][-len(run) :]
        words = Span(self.parts[first].fronted.start, self.parts[first].atom.span.start)
        if unit != "percent" or len(counts) != len(run) or len(run) < 2 or strong(self.scan.cues_in(words)):
            return ()
        return counts[n - first].cues if _RESPECTIVELY.search(self.view, words.start, words.end) else ()

    def _reached(self, n: int) -> Cues:
        """What has changed, for what it came to: "số hồ sơ tiếp nhận tăng 1.200 hồ sơ, đạt 12.400 hồ sơ"."""
        if (
            n == 0
            or _CAME_TO.fullmatch(self.view, self.parts[n].left.start, self.parts[n].atom.text_span.start) is None
        ):
            return ()
        changed = self.parts[n - 1]
        words = Span(changed.fronted.start, changed.atom.span.start)
        if not tells_change(self.view, words):
            return ()
        said = tuple(cue for cue in self.scan.cues_in(words) if not cue.attribute.blocks)
        return strong(said) or said

    def _alike(self, done: Sequence[Candidate | None], unit: str) -> Candidate | None:
        """The nearest reading before with the same unit, if the family has read every number since, but for items of
        the list whose names are unknown."""
        for at in range(len(done) - 1, -1, -1):
            candidate = done[at]
            if candidate is None and at and self._is_unknown_item(at):
                continue
            if candidate is None or candidate.reading.unit == unit:
                return candidate
        return None
