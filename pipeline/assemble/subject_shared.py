"""Numbers that are said of each of several agencies: "mỗi đơn vị 01 nhiệm vụ", "không còn nhiệm vụ quá hạn: A, B"."""

from __future__ import annotations

import regex

from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_short import ShortForms
from pipeline.model import Span
from pipeline.text.spacing import spaced

JOINED = regex.compile(r"\s*(?:,|;|và|, và)\s*")
"""What stands between two names of an enumeration."""
_EACH = regex.compile(r"(?<!\w)(?:mỗi (?:đơn vị|nơi|cơ quan|địa phương|xã|huyện|sở)|cùng (?:có|đạt))\s*$")
_BESIDE = regex.compile(r"[^,;.:\d]{0,30}")
_DENIED = regex.compile(r"(?:không|chưa)(?!\w)")
_LISTED = spaced(r"[^:;.,]{0,60}(?::|,? ?(?<!\w)(?:như|gồm)(?!\w))")
# "Ba đơn vị không có nhiệm vụ quá hạn là …": so many, and who they are.
_SO_MANY = spaced(
    r"(?<!\w)(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|\d+)"
    r" (?:đơn vị|cơ quan|địa phương|sở|huyện|xã|phường|nơi)(?:, [^.;:\d]{2,40})?\s*$"
)
_NAMED_BEHIND = spaced(r"[^:;.,]{0,60}(?<!\w)là\s*:?\s*")
_ALL_DONE = regex.compile(r"100\s*%?")
_IN_BRACKETS = spaced(r"\([^()]{1,40}\)")
_END_OF_LIST = spaced(r"\s*(?:\([^()]{1,40}\))?\s*(?:[.;…]|\Z|\.\.\.)")


class SharedSubjects(ShortForms):
    """The agencies of an enumeration that a number is said of alike."""

    def each(self, place: Span, sentence: Span) -> list[Subject]:
        """The subjects of a number that is said of each of several: "UBND huyện A và UBND huyện B mỗi
        đơn vị 01 nhiệm vụ", "không còn nhiệm vụ quá hạn: Sở Tư pháp, Sở Y tế", "Hai đơn vị không có nhiệm vụ
        quá hạn là Sở Tư pháp và Sở Y tế", "hoàn thành 100% nhiệm vụ: Sở Tư pháp
        (176/176), Sở Ngoại vụ (58/58)"."""
        before, after = Span(sentence.start, place.start), Span(place.end, sentence.end)
        if _ALL_DONE.fullmatch(self.view, place.start, place.end) and not self._named(before):
            colon = _LISTED.match(self.view, after.start, after.end)
            return self._run(Span(colon.end(), after.end), last=False, whole=True) if colon else []
        if _EACH.search(self.view, before.start, before.end):
            return self._run(before, last=True)
        if _DENIED.match(self.view, place.start) and (colon := _LISTED.match(self.view, after.start, after.end)):
            return self._run(Span(colon.end(), after.end), last=False)
        if _DENIED.match(self.view, place.start) and _SO_MANY.search(self.view, before.start, before.end):
            behind = _NAMED_BEHIND.match(self.view, after.start, after.end)
            return self._run(Span(behind.end(), after.end), last=False) if behind else []
        if _DENIED.match(self.view, place.start):
            named = self._named(before)[-1:]
            beside = named and _BESIDE.fullmatch(self.view, named[0].span.end, place.start)
            return self._run(before, last=True) if beside else []
        return []

    def _run(self, span: Span, *, last: bool, whole: bool = False) -> list[Subject]:
        """The agencies of an enumeration: the last one of a stretch, or the one that it begins with; each may have its
        own figures in brackets. With `whole`, nothing if the stretch goes on behind it."""
        named = self._named(span)
        named = named[::-1] if last else named
        run = named[:1]
        for mention in named[1:]:
            gap = sorted([run[-1].span, mention.span])
            if not JOINED.fullmatch(_IN_BRACKETS.sub("", self.view[gap[0].end : gap[1].start])):
                break
            run.append(mention)
        if whole and run and not _END_OF_LIST.match(self.view, run[-1].span.end, span.end):
            return []
        found = [subject for mention in run if (subject := self._subject(mention)) is not None]
        return found if len(found) > 1 else []
