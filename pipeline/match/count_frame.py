"""The frame of counted things: head noun, attributes around the number, and what they mean together.

For each number of a sentence and each family of `rules/measures/` the attributes are collected from
the number's own words; what is left out is taken over from the number that it is a part of, or from
the words that open the list. The reading with the most attributes wins; between families the one
whose head noun stands nearest.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from pipeline.match.binding import may_bind
from pipeline.match.completed_wholes import under_their_wholes
from pipeline.match.count_cells import whole
from pipeline.match.ellipsis import Lenders
from pipeline.match.family_reader import FamilyReader
from pipeline.match.family_scan import UNNAMED, Candidate, Cues, Scan, is_named, may_be_named, scan_family, strong
from pipeline.match.going_on import breaks_down_before, goes_on_in_order, only_ranks, takes_up
from pipeline.match.index_words import starting_in
from pipeline.match.layers import Layers, within
from pipeline.match.mention import Mention
from pipeline.match.named_items import names_next
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.match.shares import shares
from pipeline.match.topics import Told
from pipeline.model import BlockKind, Span
from pipeline.rulebook.count_rules import BLANK, CountRules
from pipeline.text.phrase_places import PhraseText
from pipeline.text.sentences import Sentence
from pipeline.text.spacing import spaced

_TAKEN_UP = 2
"""So many blocks before, a headline's for one, "tỷ lệ này" takes up."""
NO_AMOUNT = frozenset({NumberKind.ORDINAL, NumberKind.SEQUENCE, NumberKind.LABEL})
_TIME = frozenset({"day", "week", "month", "year", "hour", "minute"})
"""Units of adjuncts ("5 tháng giải quyết 43.118 hồ sơ"): no number of a family that counts no time."""
# "21 đơn vị không phát sinh hồ sơ quá hạn" counts the units, it denies nothing of the whole.
_OF_UNITS = spaced(
    r"(?:\d|(?<!\w)(?:một số|nhiều|các|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?: \w+)?))\s+"
    r"(?:đơn vị|cơ quan|xã|phường|huyện|sở|địa phương)"
    r"(?:, (?:thị xã|thành phố|huyện|quận|xã|phường|thị trấn))*[^,;.]*\Z"
)
# "Có 16 cơ quan, đơn vị trả kết quả đúng hạn đạt 100%", "64 xã, phường phát sinh dưới 150 hồ sơ": a share of each
# of so many, or a bound for each, whom nobody names.
_OF_SO_MANY = spaced(
    r"(?:(?:(?<!\w)(?:có|còn|ghi nhận)\s+|(?<![^\n.:;,])\s*)(?:(?:đến|tới|hơn|trên|gần|khoảng)\s+)?\d{1,4}"
    r"|\d{1,4}/\d{1,4})\s+"
    r"(?:bộ|sở|ban|ngành|đơn vị|cơ quan|địa phương|tỉnh|xã|phường|huyện|quận)"
    r"(?:,? (?:và )?(?:ban|ngành|đơn vị|cơ quan|địa phương|tỉnh|thị xã|thành phố|huyện|quận|xã|phường|thị trấn"
    r"|cấp \w+))*"
    r" (?:đã |đều |đang )?(?:có|đạt|trả|giải quyết|tiếp nhận|phát sinh|hoàn thành|thực hiện|để|cung cấp"
    r"|tỷ lệ|tỉ lệ)(?!\w)"
    r"[^;.:()\d]*\Z"
)
# "Một số cơ quan không còn nhiệm vụ quá hạn, như Bộ Ngoại giao, Bộ Tư pháp"
_SUCH_AS = spaced(r"[^:;.,\d]{0,40}(?:,? (?:như|gồm|là)|:) ")
# "ở thị xã và 16 xã, phường là 21.418 hồ sơ": a count of units is no number of another family.
_COUNTS_UNITS = spaced(r"\s+(?:xã|phường|thị trấn|huyện|quận|thị xã|sở|tỉnh|địa phương|bộ, (?:ngành|cơ quan))(?!\w)")
# "Các xã có tỷ lệ hồ sơ trực tuyến từ 60% trở lên gồm: …": the bound of a list is no figure of anybody.
_BOUND_OF_LIST = spaced(
    r"(?:đơn vị|cơ quan|địa phương|nơi|sở|huyện|xã|phường|tỉnh)(?!\w)[^;:.()]*"
    r"(?<!\w)có (?:tỷ lệ|tỉ lệ)(?!\w)[^;:.()]*\Z"
)
_LIST_BEHIND = spaced(r"\s*(?:trở lên|trở xuống)?\s*,?\s*(?:gồm|bao gồm|như|là|có)?\s*:")
# "theo Nghị định 108/2014": the number of an act.
_ACT_BEFORE = spaced(
    r"(?<!\w)(?:(?:nghị định|nghị quyết|thông tư|chỉ thị|công văn)(?: số)?|(?:quyết định|luật|kế hoạch|kết luận) số) \Z"
)
# "6 . 842 hồ sơ": digits that blanks have broken are no number.
_BROKEN = regex.compile(r"\s+[.,]\s*\d|[.,]\s+\d+(?=\s*+(?:%|hồ sơ))")
# "Nhiệm vụ chủ yếu⏎3.1 …": the number of a line is no amount.
_LINE_NUMBER = regex.compile(r"\n\d{1,2}(?:\.\d{1,2})+\.?(?=\s)")
# "Cả 23 trường hợp nói trên", "hai nhiệm vụ quá hạn tại mục 1", "xử lý xong 14 nhiệm vụ này": counted before.
_RESTATED = spaced(
    r"\s+(?:(?:[^\W\d]+\s+){1,5}(?:(?:nói|nêu|kể) trên|(?:tại|ở) (?:mục|điểm|phần) \d)"
    r"|(?:hồ sơ|nhiệm vụ|thủ tục|tthc|trường hợp)(?: (?:quá|trễ|chậm|tồn|hạn|hẹn|đọng|tiến độ|còn lại))*"
    r" (?:này|đó|ấy))(?!\w)"
)
# "06 hồ sơ quá hạn đều thuộc lĩnh vực đất đai": at the beginning of a sentence these were counted before.
_COUNTED_BEFORE = spaced(r"\s+(?:[^\W\d]+\s+){1,4}(?:đều|tập trung|chủ yếu)(?!\w)")
_ITEM = regex.compile(r"\s*(?:(?:[-+*•]|[a-zđ]\)|\(?\d{1,2}[.)])\s|tổng cộng(?!\w))")
_NEAR_BEFORE = 300
"""So many characters before a sentence what it spreads was told."""
_TIME_WORDS = r"(?:ngày|buổi|giờ|phiên|tuần|tháng|quý|năm)"
_EACH_TIME = spaced(
    rf"(?<!\w)(?:(?:mỗi|hằng|hàng) {_TIME_WORDS}|(?:bình quân|trung bình)(?: (?:mỗi|một|1))? {_TIME_WORDS})"
    r"(?: làm việc)?(?!\w)(?! (?:19|20)?\d)[^;.:()\d]*$"
)
_A_TIME_BEHIND = spaced(rf"\s*(?:(?:lượt )?(?:hồ sơ|hs|nhiệm vụ))?\s*(?:/\s*|mỗi |một ){_TIME_WORDS}(?!\w)")
# "không để hồ sơ quá hạn": what is asked for, but of one who is named ("Sở Y tế không để hồ sơ nào quá hạn").
_LET = spaced(r"không để")
_ALL_DAY = regex.compile(r"24/(?:7|24)")
_LIST_NUMBER = regex.compile(r"\s*+(?:[-+*•]\s*+)?(?:\(\d{1,2}\)|\d{1,2}(?:\.\d{1,2})*+[.)/](?=\s))")


@dataclass(slots=True)
class _Memory:
    """What earlier sentences leave to later ones: families named, and each one's last reading."""

    named: dict[str, int] = field(default_factory=dict)
    last: dict[str, tuple[int, list[tuple[Candidate, bool]]]] = field(default_factory=dict)
    """For each family the block and the readings of the last sentence that had any; with each whether
    it is a number of its own and no part of another."""
    told: dict[str, list[Told]] = field(default_factory=dict)
    """For each family all its readings so far."""
    openers: tuple[int, dict[str, Cues]] = field(default_factory=lambda: (-1, {}))
    """The heading or the block with a colon at its end that came last, and what it said for each family."""
    items: tuple[int, bool] = (-1, True)
    """The last block that was looked at for being an item of that one's list, and whether all up to it are."""

    def in_scope(self, rules: CountRules, block: int) -> bool:
        """Whether the family's noun may be left out, having been named before."""
        named = self.named.get(rules.family)
        if named is None:
            return False
        return rules.elides_head == "document" or (rules.elides_head == "block" and named == block)

    def earlier(self, family: str, block: int, back: int) -> tuple[Candidate, ...]:
        """The readings of the last sentence of the family in the same block, or up to `back` blocks
        before; the main one last."""
        at, readings = self.last.get(family, (-9, []))
        if not block - back <= at <= block:
            return ()
        return tuple(c for c, own in readings if not own) + tuple(c for c, own in readings if own)

    def keep(self, block: int, read: dict[str, list[tuple[Candidate, bool]]]) -> None:
        """Keep what a sentence was read as, for those that come after it."""
        for family, found in read.items():
            self.last[family] = (block, found)
            self.told.setdefault(family, []).extend((block, candidate) for candidate, _ in found)

    def open_list(self, block: int, scans: dict[str, Scan]) -> None:
        """Keep what a heading says, or a paragraph that ends with a colon."""
        self.openers = (block, {family: strong(scan.cues) for family, scan in scans.items()})

    def opened(self, family: str, block: int, layers: Layers) -> Cues:
        """The cues of the words that opened the list of which a block is an item, or which it is: one that begins
        with a name right below its heading."""
        at, cues = self.openers
        if family not in cues or at >= block:
            return ()
        start = layers.document.blocks[block].span.start
        named = at + 1 == block and bool(starting_in(layers.entities, Span(start, start + 1)))
        return cues[family] if named or self._listed_since(at, block, layers) else ()

    def _listed_since(self, opener: int, block: int, layers: Layers) -> bool:
        """Whether all blocks behind an opener, up to and with `block`, are items of a list."""
        seen, listed = self.items if self.items[0] > opener else (opener, True)
        spans = (layers.document.blocks[n].span for n in range(seen + 1, block + 1))
        listed = listed and all(_ITEM.match(layers.view, span.start) for span in spans)
        self.items = block, listed
        return listed


def count_mentions(layers: Layers, families: Sequence[CountRules]) -> tuple[Mention, ...]:
    """All counts and rates of the running text (tables have a frame of their own)."""
    found: list[Mention] = []
    families = [rules for rules in families if may_be_named(layers.phrases, rules)]
    texts = {rules.family: rules.masked(layers.phrases) for rules in families}
    families = [rules for rules in families if is_named(texts[rules.family], rules)]
    speaking = _speaking(layers.sentences, families, texts)
    memory = _Memory()
    for sentence, spoken_of in zip(layers.sentences, speaking, strict=True):
        span = sentence.span
        if layers.document.blocks[sentence.block].kind in (BlockKind.FURNITURE, BlockKind.TABLE):
            continue
        atoms = [a for a in within(layers.numbers, span) if _is_amount(a, span, layers)]
        heads = layers.document.blocks[sentence.block].kind is BlockKind.HEADING
        opens_list = heads or span.of(layers.view).rstrip().endswith(":")
        scans: dict[str, Scan] = {}
        if atoms or opens_list:
            scans = {r.family: scan_family(texts[r.family], span, r, layers.entities) for r in spoken_of}
            if atoms:
                found.extend(_read_sentence(layers, sentence, atoms, families, texts, scans, memory))
            if opens_list:
                memory.open_list(sentence.block, scans)
        for rules in spoken_of:
            scan = scans.get(rules.family)
            if scan.heads if scan else texts[rules.family].search(rules.heads, span.start, span.end):
                memory.named[rules.family] = sentence.block
    wholes = [whole for rules in families for whole in rules.wholes]
    return tuple(under_their_wholes(found, wholes, layers.document.blocks))


def _speaking(
    sentences: Sequence[Sentence], families: Sequence[CountRules], texts: dict[str, PhraseText]
) -> list[list[CountRules]]:
    """For each sentence the families of which a phrase may stand in it."""
    starts = [sentence.span.start for sentence in sentences]
    found: list[list[CountRules]] = [[] for _ in sentences]
    for rules in families:
        text = texts[rules.family]
        places = (*text.starts(rules.heads), *text.starts(rules.cues))
        for at in {bisect_right(starts, place) - 1 for place in places}:
            if at >= 0:
                found[at].append(rules)
    return found


def _is_amount(atom: NumberAtom, sentence: Span, layers: Layers) -> bool:
    """Whether a number can count something: no place in a ranking, no label, no list number, no "một"
    that is an article."""
    view = layers.view
    if atom.kind in NO_AMOUNT or (atom.kind is NumberKind.WORD and atom.value == 1):
        return False
    named = bisect_right(layers.entities, Span(atom.span.start, len(view))) - 1
    if named >= 0 and layers.entities[named].covers(atom.span):
        return False  # "UBND Q.1"
    bounds = atom.comparator in ("ge", "gt", "le", "lt") and _LIST_BEHIND.match(view, atom.text_span.end, sentence.end)
    if bounds and _BOUND_OF_LIST.search(view, sentence.start, atom.text_span.start):
        return False
    if _ACT_BEFORE.search(view, sentence.start, atom.text_span.start):
        return False
    if _LINE_NUMBER.match(layers.document.text, max(0, atom.span.start - 1)):
        return False
    if _LET.match(view, atom.span.start, atom.span.end) and not _is_of_name(atom, layers):
        return False
    denied_of = atom.kind is NumberKind.ZERO and _OF_UNITS.search(view, sentence.start, atom.span.start)
    if denied_of and not _names_units(atom, sentence, layers):
        return False
    shared = atom.unit == "percent" or atom.comparator in ("lt", "le", "ge")
    if shared and _OF_SO_MANY.search(view, sentence.start, atom.text_span.start):
        return False
    if atom.out_of is not None and atom.value > atom.out_of:
        return False  # "Ngày Thầy thuốc Việt Nam 27/2": a part is never more than its whole
    if _RESTATED.match(view, atom.span.end, sentence.end):
        return False
    opens = not view[sentence.start : atom.text_span.start].strip(" -+•*")
    if opens and _COUNTED_BEFORE.match(view, atom.span.end, sentence.end):
        return False
    if _BROKEN.match(view, atom.span.end) or _ALL_DAY.fullmatch(view, atom.span.start, atom.span.end):
        return False
    if atom.unit is None and _is_per_time(atom, sentence, view):
        return False
    opening = _LIST_NUMBER.match(view, sentence.start, sentence.end)
    return opening is None or atom.span.start >= opening.end()


def _is_of_name(atom: NumberAtom, layers: Layers) -> bool:
    """Whether an agency or place stands right before, as who does what is said."""
    at = bisect_right(layers.entities, Span(atom.span.start, atom.span.start)) - 1
    return at >= 0 and not layers.view[layers.entities[at].end : atom.span.start].strip()


def _names_units(atom: NumberAtom, sentence: Span, layers: Layers) -> bool:
    """Whether units of which something is denied are named behind: each of them has none."""
    listed = _SUCH_AS.match(layers.view, atom.span.end, sentence.end)
    return listed is not None and bool(starting_in(layers.entities, Span(listed.end(), listed.end() + 1)))


def _is_per_time(atom: NumberAtom, sentence: Span, view: str) -> bool:
    """Whether a count is one of each day, week or month: no figure of a period ("mỗi ngày tiếp nhận 240 hồ sơ")."""
    before = _EACH_TIME.search(view, sentence.start, atom.text_span.start)
    return before is not None or _A_TIME_BEHIND.match(view, atom.text_span.end, sentence.end) is not None


def _may_count(atom: NumberAtom, view: str, scan: Scan) -> bool:
    """Whether a number can count the family's thing: not part of a name, a word only before its noun."""
    if view[atom.span.start] == BLANK or any(unit.covers(atom.span) for unit in scan.units):
        return False
    if atom.kind is not NumberKind.WORD and not _COUNTS_UNITS.match(view, atom.span.end):
        return True
    return any(0 <= head.start - atom.span.end <= 2 for head in scan.heads)


def _read_sentence(
    layers: Layers,
    sentence: Sentence,
    atoms: Sequence[NumberAtom],
    families: Sequence[CountRules],
    texts: dict[str, PhraseText],
    scans: dict[str, Scan],
    memory: _Memory,
) -> Iterator[Mention]:
    """The best reading of each number of a sentence among the families."""
    readers: list[FamilyReader] = []
    takes_up_before = takes_up(layers.view, sentence.span)
    goes_on = (
        takes_up_before
        or breaks_down_before(layers.view, sentence.span)
        or names_next(layers.view, sentence.span, layers.entities, atoms[0])
    )
    in_order = goes_on_in_order(layers.view, sentence.span)
    ranked = _only_ranks(sentence.span, atoms[0], layers)
    for rules in families:
        scan, view = scans.get(rules.family, UNNAMED), texts[rules.family].view
        told_before = memory.earlier(rules.family, sentence.block, _TAKEN_UP if takes_up_before else 0)
        spreads = ranked and _told_last(memory.told.get(rules.family, ()), atoms[0], sentence.span, layers)
        if not scan.heads and not scan.cues and not (told_before and goes_on) and not in_order and not spreads:
            continue
        own = [
            atom
            for atom in atoms
            if (atom.unit not in _TIME or atom.unit in rules.by_unit) and _may_count(atom, view, scan)
        ]
        labelled = len(own) == 1 and ":" in view[sentence.span.start : own[0].span.start]
        earlier = told_before if takes_up_before else memory.earlier(rules.family, sentence.block, 1 if labelled else 0)
        in_scope = memory.in_scope(rules, sentence.block)
        if not may_bind(rules, own, scan, view, sentence.span, told=in_scope or bool(earlier)):
            continue
        parts = shares(view, sentence.span, own, scan.units)
        opened = memory.opened(rules.family, sentence.block, layers)
        rivals = [
            h
            for other in families
            if other.rival and other is not rules
            for h in scans.get(other.family, UNNAMED).heads
        ]
        readers.append(
            FamilyReader(
                rules=rules,
                scan=scan,
                view=view,
                sentence=sentence.span,
                parts=parts,
                rivals=rivals,
                in_scope=in_scope,
                in_block=memory.named.get(rules.family) == sentence.block,
                lenders=Lenders(
                    rules,
                    scan,
                    view,
                    sentence.span,
                    parts,
                    layers.entities,
                    earlier,
                    opened,
                    memory.told.get(rules.family, ()),
                    sentence.block,
                ),
            )
        )
    read: dict[str, list[tuple[Candidate, bool]]] = {}
    for atom in atoms:
        readings = [(reader, reader.read(atom)) for reader in readers]
        best = max((c for _, c in readings if c), key=lambda c: c.score, default=None)
        for reader, candidate in readings:
            # What another family has read better is nothing that this one may build on.
            reader.settle(candidate if candidate is best else None)
        if best:
            is_own = next(r.is_own for r, c in readings if c is best)
            read.setdefault(best.rules.family, []).append((best, is_own))
            yield from _mentions(atom, best)
    memory.keep(sentence.block, read)


def _only_ranks(sentence: Span, first: NumberAtom, layers: Layers) -> bool:
    """Whether a sentence begins with who has most of what was told before."""
    named = starting_in(layers.entities, Span(sentence.start, first.text_span.start))
    return bool(named) and only_ranks(layers.view, sentence.start, named[0].start)


def _told_last(told: Sequence[Told], first: NumberAtom, sentence: Span, layers: Layers) -> bool:
    """Whether the last number of a kind before a sentence is one that the family has read."""
    before = [a for a in within(layers.numbers, Span(max(0, sentence.start - _NEAR_BEFORE), sentence.start))
              if (a.unit == "percent") == (first.unit == "percent") and a.unit in (None, "percent")]  # fmt: skip
    return bool(told) and bool(before) and told[-1][1].place == before[-1].span.start


def _mentions(atom: NumberAtom, candidate: Candidate) -> Iterator[Mention]:
    """One mention for each indicator that a reading gives, if its range allows the value."""
    spans = [cue.span for cue in candidate.own] + ([candidate.head] if candidate.head else []) + [atom.text_span]
    quote = Span(min(s.start for s in spans), max(s.end for s in spans))
    value = whole(atom) if candidate.reading.unit == "count" else atom.value
    if candidate.reading.unit == "count" and value != int(value):
        return  # points of an index named after what it counts: "dịch vụ công trực tuyến 13,74/22"
    for code in candidate.reading.gives:
        if candidate.rules.by_code[code].allows(value):
            yield Mention(
                indicator=code,
                unit=candidate.reading.unit,
                value=value,
                value_high=atom.value_high,
                comparator=candidate.comparator or atom.comparator,
                out_of=atom.out_of,
                value_span=atom.number,
                quote_span=quote,
                rule_id=candidate.reading.rule_id,
                cues=tuple((cue.attribute.name, cue.span) for cue in candidate.cues),
                reasons=candidate.reasons,
            )
