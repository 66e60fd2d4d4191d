"""The frame of the indices: which number is a score, a rank or a change of which index.

For each number the governors before it are looked up (`rules/index/frame.yaml`): Vietnamese puts the
word that says what a number is in front of it, and the last one decides. The index comes from
`index_scope`; whose number it is and of which year, from `assemble.index_context`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from pipeline.match.index_claims import BARE_END, Claims
from pipeline.match.index_kinds import Kind, Reading, read_amount, read_rank_change
from pipeline.match.index_line import CLAUSE_END, aligned_scopes, index_line, named_behind, scope_of
from pipeline.match.index_ranks import WordRank, is_rank, listed_rank, word_ranks
from pipeline.match.index_scope import UNNAMED, Near, Scope, SentenceScopes, scopes
from pipeline.match.index_several import rankings_behind, said_of_others
from pipeline.match.index_tables import table_index_mentions
from pipeline.match.index_values import Amount, amount_of, has_decimals, unit_of
from pipeline.match.index_words import Words, starting_in, words_before
from pipeline.match.layers import Layers
from pipeline.match.mention import Mention
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Span
from pipeline.rulebook.index_rules import IndexRules
from pipeline.text.phrase_places import PhraseText
from pipeline.text.spacing import spaced

_NO_FIGURE = frozenset({NumberKind.SEQUENCE, NumberKind.LABEL, NumberKind.ZERO})
_BARE_GOVERNORS = frozenset({"level", "is", "mean", "compared", "up_to", "down_to", "share", "rise", "fall"})
_RANKED_NEAR = 6
_ASIDE = spaced(r"[^();,]{0,12}\)\s*")
_MEDIAN = spaced(r"(?<!\w)trung vị(?!\w)")
_PLACE_AND = spaced(r"(?:thứ|hạng) (?:nhất|nhì|hai|ba|tư|\d+)(?:,| và)\s*$")
_TO_MEAN = spaced(
    r"[\s:(,]*(?:(?:cao|thấp) nhất[\s:(,]*)?(?:(?:trong )?năm \d{4}[\s:(,]*)?"
    r"(?:(?:là|đạt|được|chỉ|ở mức|với|có)\s*)?[\s(]*"
)
_LEADS = spaced(r"(?:đầu|nhất|quán quân|thứ \w+|hạng \w+|trên|trong|so với|hơn|kém)(?: của)?\s+$")
_EARLIER = spaced(
    r"(?:^|[(;,])\s*(?:năm\s+)?\d{4}\s*(?::|là|đạt|được|chỉ)?\s*$|(?<!\w)năm (?:ngoái|trước|\d{4})[^()]{0,20}\(\s*$"
)
_FURTHER_GROUP = spaced(
    r"(?:^|[;,]|(?<!\w)(?:hơn|kém|bằng|so với))\s*(?:còn\s+|của\s+)?(?:ubnd\s+)?(?:khối|các|cụm|vùng|khu vực"
    r"|nhóm cơ quan|cấp)\s[^();:]*[(:]?\s*$"
)
# "…; của UBND các huyện, thị xã, thành phố: 86,77%": a further group, by the name of its agencies.
_GROUP_NAMED = spaced(
    r"^\W*(?:còn\s+)?(?:của|khối|cụm)\s+(?:ubnd )?(?:các|khối) [^();:\d]*(?::|(?<!\w)(?:là|đạt)(?!\w))\s*$"
)
_FURTHER_INDEX = spaced(r"[\s,;]*(?:(?:còn|và|với|của|về)\s+)?(?:là|đạt|được|ở mức|:)?[\s:(]*")
# "cao hơn 2,4% so với mức chung cả nước": a gap, no change.
_GAP_BEHIND = spaced(
    r"\s*so với (?:mức |điểm |điểm số |chỉ số )*(?:trung bình|bình quân|chung|trung vị|cả nước|toàn quốc|"
    r"các tỉnh|tỉnh đứng|đơn vị đứng|nơi đứng|tỉnh dẫn)(?![^.;,()]{0,30}(?<!\w)(?:năm|kỳ)(?!\w))"
)
_LISTED_NEXT = spaced(r"\s*(?:,|và|, và)\s*")
_DAY = spaced(r"\s*,?\s*ngày(?!\w)")
_BESIDE = spaced(r"\s*[;,–-]\s*")
_STRUCTURE = spaced(
    r"(?<!\w)(?:chia thành|cấu trúc|trụ cột chính|trọng số|thang điểm|tổng điểm (?:là )?(?:100|1\.000|1000)|"
    r"điểm tối đa|bao gồm \d+ (?:tiêu chí|nhóm|trụ cột|lĩnh vực))(?!\w)"
)
_ANOTHER = spaced(
    r"\p{Lu}|\((?:19|20)\d{2}\)|(?<!\w)(?:năm|tỉnh|thành phố|huyện|xã|phường|cao nhất|thấp nhất|"
    r"lần lượt|so với|từ|lên|xuống|nơi|kỳ|tháng|quý)(?!\w)"
)
_MEMBERS = spaced(
    r"(?:(?:^|[;,.:]\s*)(?:trong đó )?(?:có |cả )?|(?<!\w)(?:có |cả |toàn bộ |liên tiếp ))\d+%?(?:/\d+)? (?:tỉnh|sở|"
    r"huyện|xã|phường|đơn vị|cơ quan|địa phương|bộ|quận|vùng)(?:[^;.:\d]|(?:19|20)\d{2}(?!\d)){0,110}$"
    r"|(?<!\w)còn lại[^;.:\d]{0,20}$"
    r"|(?<!\w)không (?:có |còn )?(?:tỉnh|địa phương|đơn vị|sở|huyện|xã|cơ quan|nơi)(?:,? [^;.:\d]{0,15})? nào(?!\w)"
    r"[^;.:\d]{0,60}$"
)
_NATION_SPEAKS = spaced(
    r"(?<!\w)việt nam\s+(?:đã|đang|tiếp tục|xếp|đứng|tăng|giảm|đạt|vươn|ở|thăng|hiện|cũng|được)(?!\w)"
)
_TO_NUMBER = spaced(r"[\s:(=,\"”–-]*(?:thì|là|đạt|được)?[\s:(]*")


def index_mentions(layers: Layers, rules: IndexRules) -> tuple[Mention, ...]:
    """Every number of the index family, out of running text and tables, in order."""
    text = layers.phrases.replaced(rules.frame.whole_sets, lambda m: m.group().replace(",", "\x01"))
    found: list[Mention] = []
    for sentence in scopes(layers, rules):
        if sentence.speaks_of_index:
            found += _SentenceReader(layers, text, sentence, rules).read()
    found += table_index_mentions(layers, rules)
    return tuple(sorted(found, key=lambda m: m.value_span))


@dataclass(frozen=True, slots=True)
class _Held:
    """A number that was read, with what later numbers of the sentence need of it."""

    atom: NumberAtom
    scope: Scope
    reading: Reading
    mention: Mention


class _SentenceReader:
    """Reads one sentence's numbers, from left to right."""

    def __init__(self, layers: Layers, text: PhraseText, scopes: SentenceScopes, rules: IndexRules) -> None:
        self.line = index_line(layers, text, scopes, rules.frame)
        self.rules, self.text, self.view, self.normal = rules, text, text.view, self.line.normal
        self.sentence, self.atoms, self.names = self.line.span, self.line.atoms, self.line.names
        self.held: list[_Held] = []
        self.alike: list[Mention] = []
        self.aligned = aligned_scopes(self.line)

    def read(self) -> list[Mention]:
        for n, atom in enumerate(self.atoms):
            if atom.kind not in _NO_FIGURE or self._goes_on(atom):
                bounds = self._range_of(atom, self._partner(n, atom)) if atom.role == "change_from" else None
                self._read(n, bounds or atom)
        places = [h.atom.text_span for h in self.held if h.reading.kind is Kind.RANK]
        ranks = word_ranks(self.text, self.sentence, self.rules.frame, places, self.names, self.line.entities)
        return [h.mention for h in self.held] + self.alike + [m for rank in ranks for m in self._word_rank(rank)]

    def _read(self, n: int, atom: NumberAtom) -> None:
        scope = self.aligned.get(n) or scope_of(self.line, atom.text_span)
        if scope.index is None or scope.component == UNNAMED:
            return
        if self._is_of_nation(atom):
            return
        stretch = Span(min(self._floor(n), atom.text_span.start), atom.text_span.start)
        words = words_before(self.text, self.normal, stretch, self.names, self.line.entities, self.rules.frame)
        reading, amount = self._reading(n, atom, scope, words)
        if reading is None:
            return
        if amount and amount.scope is not scope:
            scope = amount.scope
        claims = Claims(self.line, self.held[-1].atom.text_span.end if self.held else None, self.rules)
        if not claims.is_index_number(atom, scope, reading, words):
            return
        mention = self._mention(atom, scope, reading, amount, words)
        if (held := self._restated(atom, scope, reading, words)) is not None:
            if mention.unit == "percent" and not self.held[held].scope.component:
                self.held[held] = _Held(atom, scope, reading, mention)
            return
        if self._is_stray(atom, scope, reading):
            return
        self.held.append(_Held(atom, scope, reading, mention))
        self.alike += said_of_others(self.line, mention, scope)

    def _is_of_nation(self, atom: NumberAtom) -> bool:
        """Whether Việt Nam itself is ranked: "Việt Nam xếp thứ 44", not "chỉ số … ở Việt Nam đạt"."""
        spoken = _NATION_SPEAKS.finditer(self.view, self.sentence.start, atom.text_span.start)
        return any(not any(name.start <= m.start() < name.end for name in self.names) for m in spoken)

    def _goes_on(self, atom: NumberAtom) -> bool:
        """Whether "thứ ba" goes on a list of places: "xếp thứ nhì, thứ ba"."""
        if atom.kind is not NumberKind.SEQUENCE or atom.cue is None or atom.cue.of(self.view) != "thứ":
            return False
        if self._follows_name(atom):
            return True
        lead = self.view[max(self.sentence.start, atom.text_span.start - 20) : atom.text_span.start]
        return _PLACE_AND.search(lead) is not None

    def _goes_on_in_turn(self, atom: NumberAtom) -> bool:
        """Whether a bare number goes on a list of places: "A, B và C lần lượt xếp thứ 41, 33 và 19"."""
        if not self.held or self.held[-1].reading.kind is not Kind.RANK or atom.kind is not NumberKind.NUMBER:
            return False
        last = self.held[-1].atom.text_span.end
        joined = _LISTED_NEXT.fullmatch(self.view, last, atom.text_span.start) is not None
        in_turn = self.text.search(self.rules.frame.aligned, self.sentence.start, last) is not None
        return joined and in_turn and atom.unit is None and atom.out_of is None and 1 <= atom.value <= 200

    def _follows_name(self, atom: NumberAtom) -> bool:
        """Whether "thứ hai" stands right behind a name, after another place: "A thứ nhất, B thứ hai, C thứ ba"."""
        start = self.sentence.start
        ends = [e.end for e in starting_in(self.line.entities, Span(start, atom.text_span.start))]
        placed = any(h.reading.kind is Kind.RANK for h in self.held)
        behind = bool(ends) and not self.view[ends[-1] : atom.text_span.start].strip()
        return placed and behind and not _DAY.match(self.view, atom.span.end)

    def _reading(self, n: int, atom: NumberAtom, scope: Scope, words: Words) -> tuple[Reading | None, Amount | None]:
        before = self.held[-1] if self.held else None
        if atom.unit == "rank_step":
            return read_rank_change(atom, words, before.reading if before else None), None
        if self._opens_range(n, atom):
            return None, None
        places = [h for h in self.held if h.reading.kind is Kind.RANK and h.scope.index == scope.index]
        moved = [h for h in self.held if h.reading.kind is Kind.RANK_CHANGE]
        end = self.sentence.end
        if is_rank(atom, words, self.view, self.normal, end, bool(places or moved), self._partner(n, atom)):
            return Reading(Kind.RANK, governor=words.last), None
        if self._goes_on_in_turn(atom):
            return Reading(Kind.RANK, reason="listed"), None
        if listed_rank(atom, words, self.view, places[-1].mention.value if places else None):
            return Reading(Kind.RANK, reason="listed"), None
        is_named = self.rules.frame.score_nouns.search(words.lower) is not None
        amount = amount_of(atom, scope, self.rules, is_named)
        if amount is None or (amount.bare and not self._stands_alone(atom, words)):
            return None, None
        reading = self._of_group(atom, read_amount(atom, words, before.reading if before else None, amount.fits), words)
        if (
            reading
            and reading.kind is not Kind.SCORE_CHANGE
            and (amount.is_share or self._is_class(atom, words) or self._is_top(atom, amount))
        ):
            return None, None
        if reading and reading.kind is Kind.SCORE_CHANGE and (amount.out_of is not None or self._of_median(atom)):
            return None, None
        if reading and reading.kind is Kind.SCORE_CHANGE and _GAP_BEHIND.match(self.view, atom.text_span.end):
            return None, None
        return reading, amount

    def _of_group(self, atom: NumberAtom, reading: Reading | None, words: Words) -> Reading | None:
        """A score right behind the name of a region, the nation or, after a mean, a further group, is a mean;
        so is the earlier value of a mean in brackets."""
        if reading is None or reading.kind is not Kind.SCORE or atom.role:
            return reading
        at = atom.text_span.start
        for match in self.text.finditer(self.rules.frame.regions, words.start, at):
            lead = self.view[self.sentence.start : match.start()]
            if _TO_MEAN.fullmatch(self.view, match.end(), at) and not _LEADS.search(lead):
                return Reading(Kind.MEAN, governor=reading.governor, reason="group")
        last = self.held[-1] if self.held else None
        if self._is_parallel_mean(atom, words):
            return Reading(Kind.MEAN, governor=self.held[-1].reading.governor, reason="parallel")
        if last is None or not _is_of_group(last):
            return reading
        if _GROUP_NAMED.search(words.lower):
            return Reading(Kind.MEAN, governor=reading.governor, reason="group")
        if words.names_anyone():
            return reading
        if _EARLIER.search(words.lower):
            return Reading(Kind.MEAN, governor=last.reading.governor, reason="base")
        if _FURTHER_GROUP.search(words.lower):
            return Reading(Kind.MEAN, governor=reading.governor, reason="group")
        return reading

    def _is_parallel_mean(self, atom: NumberAtom, words: Words) -> bool:
        """Whether the number goes on a sentence about a mean with a further index: "bình quân cả nước về
        PAR INDEX là 86,98%, SIPAS là 82,66%"."""
        names = [n for n in self.names if words.start <= n.start and n.end <= atom.text_span.start]
        if not names or not self.held or not all(_is_of_group(h) for h in self.held):
            return False
        ahead = self.view[words.start : names[0].start] + self.view[names[-1].end : atom.text_span.start]
        return (
            _FURTHER_INDEX.fullmatch(ahead) is not None
            and self.held[-1].scope.index != scope_of(self.line, atom.text_span).index
        )

    def _is_class(self, atom: NumberAtom, words: Words) -> bool:
        """Whether a bound is that of a class: "27 tỉnh công khai đầy đủ (từ 75 điểm trở lên)", "5 huyện đạt
        trên 90%", "trải từ … đến …"."""
        if atom.comparator == "eq" and atom.value_high is None:
            return False
        if atom.value_high is not None and atom.comparator == "approx":
            return True
        is_level = words.last is not None and words.last.kind == "level" and not words.cut_off(words.last)
        if atom.comparator == "le" and atom.unit == "point" and not is_level:
            return True
        if "(" in words.lower and ")" not in words.lower[words.lower.rfind("(") :]:
            return True
        return _MEMBERS.search(self.view[self.sentence.start : atom.text_span.start]) is not None

    def _is_top(self, atom: NumberAtom, amount: Amount) -> bool:
        """Whether a round number is the most that can be had: "gồm chính quyền số (400 điểm), tổng điểm 1.000"."""
        if atom.out_of is not None or atom.unit not in ("point", None) or amount.value != int(amount.value):
            return False
        tops = self.rules.indices[amount.scope.index or ""].scale.out_of
        return amount.value in tops or _STRUCTURE.search(self.view, self.sentence.start, atom.span.start) is not None

    def _of_median(self, atom: NumberAtom) -> bool:
        """Whether a change is one of a median, which is no mean and nobody's score."""
        return not self.held and _MEDIAN.search(self.view, self.sentence.start, atom.span.start) is not None

    def _opens_range(self, n: int, atom: NumberAtom) -> bool:
        return atom.role == "change_to" and self._range_of(self._partner(n, atom), atom) is not None

    def _range_of(self, low: NumberAtom | None, high: NumberAtom | None) -> NumberAtom | None:
        """ "tăng từ 2 đến 3 bậc", "từ 1 đến 2%": one change between two bounds, no change of level."""
        if low is None or high is None or high.unit not in ("rank_step", "percent", "percent_point", "point"):
            return None
        between = self.view[low.span.end : high.span.start].strip(" %")
        small = high.unit == "rank_step" or max(low.value, high.value) <= 10
        if between not in ("đến", "tới", "-") or not small:
            return None
        return replace(
            low,
            role=None,
            value_high=high.value,
            high_span=high.number,
            unit=high.unit,
            unit_span=high.unit_span,
            text_span=Span(low.text_span.start, high.text_span.end),
        )

    def _stands_alone(self, atom: NumberAtom, words: Words) -> bool:
        """Whether a number without a unit stands where a score would: behind a governor, a bracket or a
        name, and in front of no noun."""
        is_named = self.rules.frame.score_nouns.search(words.lower) is not None
        if self.rules.frame.counters.search(words.lower):
            return False
        ends = BARE_END.match(self.view, atom.span.end) or named_behind(self.line, atom.span.end)
        if not ends and not (is_named and has_decimals(atom)):
            return False
        last = words.last
        if (
            atom.role
            or (words.is_and and self.held)
            or words.lower.rstrip().endswith(("(", ":", "="))
            or (last and last.kind in _BARE_GOVERNORS and not words.cut_off(last))
        ):
            return True
        at = atom.text_span.start
        if is_named or self._is_beside_place(at):
            return True
        names = [*self.names, *starting_in(self.line.entities, Span(self.sentence.start, at))]
        return any(name.end <= at and _TO_NUMBER.fullmatch(self.view, name.end, at) for name in names)

    def _is_beside_place(self, at: int) -> bool:
        """Whether the number stands beside a place in one bracket: "Hà Nội (thứ 3; 0,7530)"."""
        if not self.held or self.held[-1].reading.kind is not Kind.RANK:
            return False
        place = self.held[-1].atom.text_span
        opening = self.view.rfind("(", self.sentence.start, place.start)
        in_bracket = opening >= 0 and ")" not in self.view[opening:at]
        return in_bracket and _BESIDE.fullmatch(self.view, place.end, at) is not None

    def _partner(self, n: int, atom: NumberAtom) -> NumberAtom | None:
        """The other end of a change."""
        if atom.role == "change_from":
            return next((a for a in self.atoms[n + 1 : n + 4] if a.role == "change_to"), None)
        if atom.role == "change_to":
            return next((a for a in reversed(self.atoms[max(0, n - 3) : n]) if a.role == "change_from"), None)
        return None

    def _floor(self, n: int) -> int:
        """Where the words of a number begin: behind the figure or the clause before it.

        Counts such as the 63 of "63 tỉnh, thành phố" do not part a number from its governors.
        """
        at = self.atoms[n].text_span.start
        start = max([self.sentence.start, *(m.end() for m in CLAUSE_END.finditer(self.view, self.sentence.start, at))])
        for atom in self.atoms[:n]:
            if (
                atom.unit is not None
                or atom.kind in (NumberKind.RATIO, NumberKind.ORDINAL, NumberKind.SEQUENCE)
                or atom.value != int(atom.value)
            ):
                start = max(start, min(atom.text_span.end, at))
        if self.held:
            start = max(start, min(self.held[-1].atom.text_span.end, at))
        aside = _ASIDE.fullmatch(self.view, start, at)
        opening = self.view.rfind("(", self.sentence.start, start) if aside else -1
        if opening < 0:
            return start
        # "hơn năm ngoái (65,55) 3,54 điểm": the words in front of the bracket govern.
        before = [a.text_span.end for a in self.atoms[:n] if a.text_span.end <= opening]
        return max([self.sentence.start, *before])

    def _restated(self, atom: NumberAtom, scope: Scope, reading: Reading, words: Words) -> int | None:
        """The held number that this one says again in another unit: "86,15 điểm, đạt 86,15%"."""
        if not self.held or reading.kind is not Kind.SCORE or atom.role:
            return None
        last = self.held[-1]
        # "Cải cách thể chế: 9,42/10 điểm, bằng 94,15%": a per cent of a part is one of its own maximum.
        same = last.scope.code == scope.code or (last.scope.index == scope.index and scope.component is None)
        if last.reading.kind is not Kind.SCORE or not same or last.atom.role:
            return None
        units = {last.atom.unit or "point", atom.unit or "point"}
        plain = not regex.search(r"\p{Lu}|(?<!\w)năm(?!\w)|[;.]", words.normal) and len(words.lower.split()) <= 6
        return len(self.held) - 1 if units == {"percent", "point"} and plain else None

    def _is_stray(self, atom: NumberAtom, scope: Scope, reading: Reading) -> bool:
        """A further score of the same index needs a reason: another name, year, or end of a change."""
        if reading.kind is not Kind.SCORE or atom.role or reading.reason == "base":
            return False
        same = [h for h in self.held if h.reading.kind is Kind.SCORE and h.scope.code == scope.code]
        if not same:
            return False
        last = same[-1].atom
        between = self.normal[last.text_span.end : atom.text_span.start]
        if starting_in(self.line.entities, Span(min(last.text_span.end, atom.text_span.start), atom.text_span.start)):
            return False
        return _ANOTHER.search(between) is None and not (last.role or between.strip() in (",", "và", ";", "("))

    def _mention(
        self, atom: NumberAtom, scope: Scope, reading: Reading, amount: Amount | None, words: Words
    ) -> Mention:
        index = self.rules.indices[scope.index or ""]
        value = amount.value if amount else atom.value
        cues: list[tuple[str, Span]] = []
        if scope.mention:
            cues.append(("index", scope.mention))
        if scope.component and scope.component_span:
            cues.append(("component", scope.component_span))
        start = atom.text_span.start
        if reading.governor is not None:
            cues.append((reading.governor.kind, reading.governor.span))
            if reading.governor in words.governors:
                start = min(start, reading.governor.span.start)
        if group := self._group(reading, words):
            cues.append(("group", group))
        is_aside = (
            words.in_bracket
            and bool(self.held)
            and not words.lower.strip(" (")
            and self.held[-1].scope.code == scope.code
        )
        reasons = tuple(
            r
            for r in (
                "aside" if is_aside else "",
                f"index_{scope.near.name.lower()}" if scope.near < Near.SENTENCE else "",
                reading.reason,
            )
            if r
        )
        is_rank = reading.kind is Kind.RANK
        return Mention(
            indicator=reading.kind.value,
            index=scope.code,
            unit="rank" if reading.kind in (Kind.RANK, Kind.RANK_CHANGE) else unit_of(atom, index, scope, reading.kind),
            value=value * reading.sign,
            value_high=atom.value_high,
            comparator="gt" if atom.comparator == "eq" and _exceeds(reading, self.view) else atom.comparator,
            out_of=atom.out_of if is_rank else amount.out_of if amount else None,
            value_span=atom.number,
            quote_span=Span(start, atom.text_span.end),
            rule_id=_rule_id(reading),
            cues=tuple(cues),
            reasons=reasons,
        )

    def _group(self, reading: Reading, words: Words) -> Span | None:
        """For a change of a mean, or behind one: the words of the mean, whose group it is of."""
        if reading.kind not in (Kind.SCORE_CHANGE, Kind.RANK_CHANGE):
            return None
        if own := [g.span for g in words.near_chunk() if g.kind == "mean"]:
            return own[-1]
        if not self.held or words.names_anyone():
            return None
        last = self.held[-1].mention
        if last.indicator == Kind.MEAN.value:
            return next((span for role, span in last.cues if role == "mean"), last.quote_span)
        return next((span for role, span in last.cues if role == "group"), None)

    def _word_rank(self, rank: WordRank) -> list[Mention]:
        """A rank in words; once for each index where it is one in several: "đứng đầu cả 4 bảng xếp hạng …"."""
        if several := rankings_behind(self.line, rank.span.end):
            return [self._ranked(rank, Scope(m.index, None, Near.SENTENCE, m.span)) for m in several]
        scope = scope_of(self.line, rank.span)
        if scope.index is None or scope.component == UNNAMED:
            return []
        if scope.near is Near.DOCUMENT and not any(m.index == scope.index for m in self.line.scopes.names):
            return []
        if scope.near is Near.BEFORE and scope.blocks > _RANKED_NEAR and not scope.is_topic:
            return []
        return [self._ranked(rank, scope)]

    def _ranked(self, rank: WordRank, scope: Scope) -> Mention:
        cues = (("index", scope.mention),) if scope.mention else ()
        return Mention(
            indicator=Kind.RANK.value,
            index=scope.code,
            unit="rank",
            value=Decimal(rank.value),
            out_of=rank.out_of,
            value_span=rank.span,
            quote_span=rank.span,
            rule_id="index/rank/word",
            cues=(*cues, ("rank", rank.span)),
            reasons=("rank_in_words",),
        )


def _exceeds(reading: Reading, view: str) -> bool:
    """ "vượt 86%": more than that."""
    return reading.governor is not None and reading.governor.span.of(view).startswith("vượt")


def _is_of_group(held: _Held) -> bool:
    """Whether a number is the mean of a group, or a change of one."""
    return held.reading.kind is Kind.MEAN or any(role == "group" for role, _ in held.mention.cues)


def _rule_id(reading: Reading) -> str:
    """index/score/level: the kind and the word that decided."""
    decided = reading.governor.kind if reading.governor else reading.reason or "bare"
    return f"index/{reading.kind.value.removeprefix('index.')}/{decided}"
