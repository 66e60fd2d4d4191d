"""The frame of the indices: which number is a score, a rank or a change of which index.

For each number the governors before it are looked up (`rules/index/frame.yaml`): Vietnamese puts the
word that says what a number is in front of it, and the last one decides. The index comes from
`index_scope`; whose number it is and of which year, from `assemble.index_context`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pipeline.match.index_claims import Claims
from pipeline.match.index_doubts import is_difference, is_no_score, is_stray, restated, stands_alone
from pipeline.match.index_groups import group_words, is_of_nation, read_of_group
from pipeline.match.index_held import Held
from pipeline.match.index_kinds import Kind, Reading, read_amount, read_rank_change
from pipeline.match.index_line import CLAUSE_END, aligned_scopes, index_line, scope_of
from pipeline.match.index_places import AMONG_FIRST, is_among_first
from pipeline.match.index_ranks import WordRank, is_rank, listed_rank, word_ranks
from pipeline.match.index_scales import on_their_scales
from pipeline.match.index_scope import UNNAMED, Near, Scope, SentenceScopes, scopes
from pipeline.match.index_several import is_of_one_of_both, rankings_behind, said_of_others
from pipeline.match.index_tables import table_index_mentions
from pipeline.match.index_turns import places_in_turn
from pipeline.match.index_values import Amount, amount_of, is_of_most, unit_of
from pipeline.match.index_words import Words, starting_in, words_before
from pipeline.match.layers import Layers
from pipeline.match.mention import Mention
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Span
from pipeline.rulebook.index_rules import IndexRules
from pipeline.text.phrase_places import PhraseText
from pipeline.text.spacing import spaced

_NO_FIGURE = frozenset({NumberKind.SEQUENCE, NumberKind.LABEL, NumberKind.ZERO})
_RANKED_NEAR = 6
_ASIDE = spaced(r"[^();,]{0,12}\)\s*")
_PLACE_AND = spaced(r"(?:thứ|hạng) (?:nhất|nhì|hai|ba|tư|\d+)(?:,| và)\s*$")
_LISTED_NEXT = spaced(r"\s*(?:,|và|, và)\s*")
_ITEM_OF_LIST = spaced(r"\s*(?:[^\W\d]+,?\s+){3,}")
_ITEM_BACK = 12
_NEAR = 250
"""So many characters before a number its clause, or the list that it goes on, is looked for."""
_OPENS_ITEM = spaced(r"[;,]\s*(?:(?:và|còn|xếp|đứng)\s+)*$")
_LEADS_TO = spaced(r"\s*(?::|là|thuộc về)\s*(?:tỉnh |thành phố )?")
_HAS_ALL = spaced(r"(?<!\w)(?:đạt|được|giành)(?: (?:mức|số))? điểm(?: số)?\s*$")
_IN_TENTHS = spaced(r"^\d{1,2}[.,]0{1,2}$")
# "phấn đấu đạt từ 69 điểm"
_FROM_UP = spaced(r"(?<!\w)(?:đạt|được|mức) từ\s*$")
_EXCEEDS = spaced(r"vượt(?! qua(?!\w))[^()]*$")
_SUPPOSED = spaced(
    r"(?<!\w)(?:nếu|giả sử|giá như)(?!\w).*(?<!\w)(?:có thể|có lẽ|lẽ ra|đáng lẽ|hẳn)(?!\w)"
    r"|(?<!\w)thưởng(?!\w).*(?<!\w)đồng(?!\w)"
)
_DAY = spaced(r"\s*,?\s*ngày(?!\w)")


def index_mentions(layers: Layers, rules: IndexRules) -> tuple[Mention, ...]:
    """Every number of the index family, out of running text and tables, in order."""
    rules = on_their_scales(layers, rules)
    text = layers.phrases.replaced(rules.frame.whole_sets, lambda m: m.group().replace(",", "\x01"))
    found: list[Mention] = []
    for sentence in scopes(layers, rules):
        if sentence.speaks_of_index:
            found += _SentenceReader(layers, text, sentence, rules).read()
    found += table_index_mentions(layers, rules)
    return tuple(sorted(found, key=lambda m: m.value_span))


_PROVINCES = (63, 34)
"""How many provinces there were, and are: no part of an index has as many points."""


class _SentenceReader:
    """Reads one sentence's numbers, from left to right."""

    def __init__(self, layers: Layers, text: PhraseText, scopes: SentenceScopes, rules: IndexRules) -> None:
        self.line = index_line(layers, text, scopes, rules.frame)
        self.rules, self.text, self.view, self.normal = rules, text, text.view, self.line.normal
        self.sentence, self.atoms, self.names = self.line.span, self.line.atoms, self.line.names
        self.held: list[Held] = []
        self.alike: list[Mention] = []
        self.aligned = aligned_scopes(self.line)
        self.turns = places_in_turn(self.view, self.sentence, self.line.entities)

    def read(self) -> list[Mention]:
        for n, atom in enumerate(self.atoms):
            if any(turn.span.overlaps(atom.span) for turn in self.turns):
                continue
            if atom.kind not in _NO_FIGURE or self._goes_on(atom) or is_among_first(atom, self.line):
                bounds = self._range_of(atom, self._partner(n, atom)) if atom.role == "change_from" else None
                self._read(n, bounds or atom)
        places = [h.atom.text_span for h in self.held if h.reading.kind is Kind.RANK]
        turns = [replace(m, cues=(*m.cues, ("whose", turn.name))) for turn in self.turns
                 for m in self._word_rank(WordRank(turn.span, turn.value))]  # fmt: skip
        places += [turn.span for turn in self.turns]
        ranks = word_ranks(self.text, self.sentence, self.rules.frame, places, self.names, self.line.entities)
        return (
            [h.mention for h in self.held] + self.alike + turns + [m for rank in ranks for m in self._word_rank(rank)]
        )

    def _read(self, n: int, atom: NumberAtom) -> None:
        scope = self.aligned.get(n) or scope_of(self.line, atom.text_span)
        if scope.index is None or scope.component == UNNAMED or self._is_supposed(atom.text_span.start):
            return
        if is_of_nation(self.line, atom) or self._is_of_unknown_part(atom, scope):
            return
        if is_of_one_of_both(self.line, scope, atom.text_span.start):
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
        if (held := restated(self.line, self.held, atom, scope, reading, words)) is not None:
            if mention.unit == "percent" and not self.held[held].scope.component:
                self.held[held] = Held(atom, scope, reading, mention)
            return
        if is_stray(self.line, self.held, atom, scope, reading):
            return
        self.held.append(Held(atom, scope, reading, mention))
        self.alike += said_of_others(self.line, mention, scope)

    def _is_supposed(self, at: int) -> bool:
        """Whether the words only suppose a place: "nếu giữ được điểm thì PCI có thể ở hạng 13", "thưởng 30 triệu đồng
        cho đơn vị xếp thứ nhất"."""
        near = max(self.sentence.start, at - _NEAR)
        start = max((m.end() for m in CLAUSE_END.finditer(self.view, near, at)), default=near)
        return _SUPPOSED.search(self.view, start, at) is not None

    def _is_of_unknown_part(self, atom: NumberAtom, scope: Scope) -> bool:
        """Whether a bracket stands behind an item of a list of parts that no rule names: "chi phí không chính thức
        (thứ 2); chất lượng cải cách thủ tục (thứ 4)"."""
        clause = self.view.rfind(";", self.sentence.start, atom.text_span.start)
        if scope.component_span is None or clause < scope.component_span.end:
            return False
        opening = self.view.rfind("(", clause, atom.text_span.start)
        item = Span(clause + 1, max(opening, clause + 1))
        if opening < 0 or ")" in self.view[opening : atom.text_span.start] or starting_in(self.line.entities, item):
            return False
        return _ITEM_OF_LIST.fullmatch(self.view, item.start, item.end) is not None

    def _goes_on(self, atom: NumberAtom) -> bool:
        """Whether "thứ ba" goes on a list of places: "xếp thứ nhì, thứ ba"."""
        if atom.kind is not NumberKind.SEQUENCE or atom.cue is None or atom.cue.of(self.view) != "thứ":
            return False
        if self._follows_name(atom) or self._opens_item(atom):
            return True
        lead = self.view[max(self.sentence.start, atom.text_span.start - 20) : atom.text_span.start]
        return _PLACE_AND.search(lead) is not None

    def _opens_item(self, atom: NumberAtom) -> bool:
        """Whether "thứ hai" opens a part of a list of places: "đứng đầu: A 96 điểm; thứ hai: B 95 điểm"."""
        cue = atom.cue.start if atom.cue else atom.text_span.start
        before = max(self.sentence.start, cue - _ITEM_BACK)
        opens, leads = _OPENS_ITEM.search(self.view, before, cue), _LEADS_TO.match(self.view, atom.span.end)
        if opens is None or leads is None or not starting_in(self.line.entities, Span(leads.end(), leads.end() + 1)):
            return False
        first = dict(self.rules.frame.ordinals)[1]
        near = max(self.sentence.start, opens.start() - _NEAR)
        return self.text.search(first, near, opens.start()) is not None or any(
            h.reading.kind is Kind.RANK for h in self.held
        )

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
        partner, placed = self._partner(n, atom), self._is_beside_place(atom, words, places)
        is_share = atom.kind is NumberKind.RATIO and is_of_most(atom, scope, self.rules)
        if not is_share and is_rank(atom, words, self.view, self.normal, end, bool(places or moved), partner, placed):
            return Reading(Kind.RANK, governor=words.last), None
        if self._goes_on_in_turn(atom):
            return Reading(Kind.RANK, reason="listed"), None
        if is_among_first(atom, self.line):
            return Reading(Kind.RANK, reason=AMONG_FIRST), None
        if listed_rank(atom, words, self.view, places[-1].mention.value if places else None):
            return Reading(Kind.RANK, reason="listed"), None
        # "Nhận thức số 1,0", "Sở Xây dựng (65,0)": nobody counts anything in tenths.
        in_tenths = _IN_TENTHS.search(atom.number.of(self.view)) is not None
        is_named = in_tenths or self.rules.frame.score_nouns.search(words.lower) is not None
        amount = amount_of(atom, scope, self.rules, is_named)
        if amount is None or (amount.bare and not stands_alone(self.line, self.held, atom, words)):
            return None, None
        reading = read_amount(atom, words, before.reading if before else None, amount.fits)
        if reading and reading.kind is Kind.SCORE and is_difference(self.line, self.atoms[n + 1 : n + 5], atom, words):
            reading = Reading(Kind.SCORE_CHANGE, 1 if words.kind == "up_to" else -1, words.last)
        reading = read_of_group(self.line, self.held, atom, reading, words)
        if reading and is_no_score(self.line, self.held, atom, reading, amount, words, self.rules):
            return None, None
        return reading, amount

    def _is_beside_place(self, atom: NumberAtom, words: Words, places: list[Held]) -> bool:
        """Whether a ratio stands behind a place in words, or one among as many: "dẫn đầu là A (1/19), B (2/19)"."""
        if atom.kind is not NumberKind.RATIO:
            return False
        if not words.in_bracket:  # "chính quyền số 41/63; kinh tế số 17/63"
            return atom.out_of in _PROVINCES and atom.value == int(atom.value)
        if any(h.mention.out_of == atom.out_of for h in places):
            return True
        frame, end = self.rules.frame, atom.text_span.start
        phrases = (frame.last, frame.last_but_one, *(phrases for _, phrases in frame.ordinals))
        # "cuối bảng: UBND huyện Võ Nhai 84,05 điểm (9/9)": the place may stand before the score.
        near = max(self.sentence.start, words.start - _NEAR)
        start = max((m.end() for m in CLAUSE_END.finditer(self.view, near, words.start)), default=near)
        return any(self.text.search(phrase, start, end) is not None for phrase in phrases)

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
        is_rank = reading.kind is Kind.RANK
        if reading.governor is not None:
            cues.append((reading.governor.kind, reading.governor.span))
            if reading.governor in words.governors and not (is_rank and words.cut_off(reading.governor)):
                start = min(start, reading.governor.span.start)
        if group := group_words(self.held, reading, words):
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
        return Mention(
            indicator=reading.kind.value,
            index=scope.code,
            unit="rank" if reading.kind in (Kind.RANK, Kind.RANK_CHANGE) else unit_of(atom, index, scope, reading.kind),
            value=value * reading.sign,
            value_high=atom.value_high,
            comparator=self._comparator(atom, reading),
            out_of=atom.out_of if is_rank else amount.out_of if amount else None,
            value_span=atom.number,
            quote_span=Span(start, atom.text_span.end),
            rule_id=_rule_id(reading),
            cues=tuple(cues),
            reasons=reasons,
        )

    def _comparator(self, atom: NumberAtom, reading: Reading) -> str:
        """What the number bounds: "vượt 86%" is more than that, "đạt điểm tối đa 1,0" all that there is, "vào tốp 20"
        that place or a better one."""
        if reading.reason == AMONG_FIRST:
            return "le"
        if atom.comparator == "eq" and _exceeds(reading, self.view, atom.text_span.start):
            return "gt"
        if atom.comparator == "eq" and not atom.role and atom.value_high is None and reading.kind is Kind.SCORE:
            at = atom.text_span.start
            if _FROM_UP.search(self.view, max(self.sentence.start, at - _ITEM_BACK), at):
                return "ge"
        cue = atom.comparator_span
        is_top = cue is not None and _HAS_ALL.search(self.view, self.sentence.start, cue.start) is not None
        return "eq" if atom.comparator == "le" and is_top else atom.comparator

    def _word_rank(self, rank: WordRank) -> list[Mention]:
        """A rank in words; once for each index where it is one in several: "đứng đầu cả 4 bảng xếp hạng …"."""
        if several := rankings_behind(self.line, rank.span.end):
            return [self._ranked(rank, Scope(m.index, None, Near.SENTENCE, m.span)) for m in several]
        scope = scope_of(self.line, rank.span)
        if scope.index is None or scope.component == UNNAMED or self._is_supposed(rank.span.start):
            return []
        spoken = any(m.index == scope.index for m in self.line.scopes.names) or bool(self.held)
        if scope.near is Near.DOCUMENT and not spoken:
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


def _exceeds(reading: Reading, view: str, at: int) -> bool:
    """ "vượt 86%": more than that; "vượt qua thành phố Việt Trì (86,9 điểm)" tells another's."""
    governor = reading.governor
    return governor is not None and _EXCEEDS.match(view, governor.span.start, at) is not None


def _rule_id(reading: Reading) -> str:
    """index/score/level: the kind and the word that decided."""
    decided = reading.governor.kind if reading.governor else reading.reason or "bare"
    return f"index/{reading.kind.value.removeprefix('index.')}/{decided}"
