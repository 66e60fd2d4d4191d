"""What a text calls by its kind alone where it tells of its work: "huyện đã …", "Trung tâm trả …", "đơn vị có …"."""

from __future__ import annotations

import regex

from pipeline.assemble.slots import Subject
from pipeline.assemble.subject_names import TOWN
from pipeline.assemble.subject_wholes import NEVER_SUBJECT, SHORT_FORM, SubjectWholes
from pipeline.model import Span
from pipeline.values.places import AgencyMention

_ACTS = r"(?:đã|có|tiếp|giải|được|hoàn|đạt|đặt|vẫn|cũng|còn|tăng|giảm|xếp|đứng|phấn đấu)"
_BARE_UNIT = regex.compile(
    r"(?:^|(?<=[,;:.]\s)(?<!(?:xã|phường|huyện|quận|thị xã|thị trấn),\s)|(?<=\s\s)|(?:năm|tháng|quý) (?:nay|qua) "
    r"|(?<!\w)của )"
    r"\s*(?:toàn )?(huyện|thị xã|thành phố|quận|xã|phường|thị trấn|đặc khu)\s+"
    r"(?=(?:(?:và|cùng) (?:các |\d+ )(?:xã|phường|thị trấn)(?:,? (?:và )?(?:phường|thị trấn))* )?" + _ACTS + ")"
)
_BARE_BODY = regex.compile(
    r"(?:^|(?<=[,;:.]\s)(?<!(?:cơ quan|ban|ngành|sở|tổ chức|cá nhân|địa phương),\s)|(?:năm|tháng|quý) (?:nay|qua) )"
    r"\s*(?:đơn vị|cơ quan)\s+(?=" + _ACTS + ")"
)
_COMMUNES = ("xã", "phường", "thị trấn", "đặc khu")


class ShortForms(SubjectWholes):
    """Who is meant by a kind alone: who was named last, else what the document is of."""

    def bare(self, sentence: Span, place: Span) -> Subject | None:
        """The unit or body that a bare "huyện", "xã", "Sở", "đơn vị" … stands for before a place."""
        if short := next(SHORT_FORM.finditer(self.context.layers.normal, sentence.start, place.start), None):
            return self._full_form(short)
        if body := next(_BARE_BODY.finditer(self.view, sentence.start, place.start), None):
            return self._body_before(body.end())
        word = next(_BARE_UNIT.finditer(self.view, sentence.start, place.start), None)
        if word is None:
            return None
        if word.group(1) == "thành phố" and (self.own is None or self.own.kind == "thành phố"):
            return None
        found = self._unit_before(word.group(1), word.end())
        return self._at_desk_of(found, Span(sentence.start, word.start())) if found is not None else None

    def _unit_before(self, kind: str, at: int) -> Subject | None:
        """The district or commune that its kind alone means at an offset."""
        if self.unit is not None and (self.unit.name or "").lower().startswith(f"{kind} "):
            return self.unit
        level = "commune" if kind in _COMMUNES else "district"
        named = [p for p in self.context.places if p.kind == level]
        before = [p for p in named if p.span.end <= at and TOWN.sub("thị xã ", p.name).lower().startswith(f"{kind} ")]
        for mention in (*reversed(before), *named):
            if (subject := self.place(mention)) is not None:
                return subject
        for committee in self.context.agencies:
            if committee.kind == "people_committee" and committee.level == level:
                return self._local(committee)
        return None

    def _body_before(self, at: int) -> Subject | None:
        """The body that "đơn vị" takes up: the one that was named last, in the block or the one before it."""
        blocks = self.context.layers.document.blocks
        here = next((n for n, block in enumerate(blocks) if block.span.start < at <= block.span.end), 0)
        begins = blocks[max(0, here - 1)].span.start if blocks else 0
        for mention in reversed(self._named(Span(begins, at))):
            if isinstance(mention, AgencyMention) and mention.kind not in NEVER_SUBJECT:
                return self._subject(mention)
            if not isinstance(mention, AgencyMention):
                return None
        return None
