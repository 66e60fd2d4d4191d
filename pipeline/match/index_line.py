"""One sentence as the readers of index numbers see it, and which index each of its numbers is of."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.match.index_scope import SATISFIED_WITH, UNNAMED, Near, Scope, SentenceScopes
from pipeline.match.layers import Layers, within
from pipeline.match.names import IndexMention, NameKind
from pipeline.match.numbers import NumberAtom, NumberKind
from pipeline.model import Span
from pipeline.rulebook.index_rules import FrameRules
from pipeline.text.phrase_places import PhraseText
from pipeline.text.spacing import spaced

CLAUSE_END = spaced(r";|\.\s")
_FORWARD = spaced(r"[^;.\d]{0,60}")
_FRONTED = spaced(r"[-•*\s]*(?:với|đạt)(?: (?:kết quả|tổng điểm|số điểm|điểm số|mức|được|đạt|giá trị))*\s*")
_IN = spaced(r"(?<!\w)(?:ở|đối với|tại|trong)(?!\w)")
_IN_PART = spaced(
    r"\s*(?:cả nước|toàn quốc|(?:toàn |trong )?(?:vùng|khu vực|tỉnh))?\s*(?:(?:về|ở|đối với|tại|trong)(?!\w))?\s*"
    r"(?:(?:trụ cột|nội dung|chỉ số|lĩnh vực|xếp hạng|hoạt động|bảo đảm|đảm bảo|nhóm|tiêu chí)\s+)*[\"“']?"
)
# "dẫn đầu trụ cột thể chế": the part is what one leads in.
_LED_PART = spaced(r"\s*(?:trụ cột|nội dung|chỉ số|lĩnh vực)?\s*[\"“']?")
_LEADS_IN = spaced(r"(?<!\w)(?:dẫn đầu|đứng đầu|quán quân|đứng nhất|xếp nhất)$")
# "xếp thứ 3 cả nước về nỗ lực cắt giảm gánh nặng chi phí không chính thức"
_ABOUT_PART = spaced(r"\s*(?:cả nước|toàn quốc)?\s*về\s(?:[^\W\d]+\s){1,8}")
_OWN_PART = spaced(r"(?:\s*điểm)?\s*[\"“]?")
_OPENS_BRACKET = spaced(r"\s*\(\s*")
_ABOUT = spaced(
    r"[^;.()\d]{0,30}?(?:\d+\s)?[^;.()\d]{0,60}?(?<!\w)(?:về|trên bảng xếp hạng|trong bảng xếp hạng|"
    r"trên bxh)(?:\s+(?:kết quả|việc|công tác|xếp hạng))*\s*"
)


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One sentence with all that its numbers are read by.

    `view` is the folded text with the commas of set phrases blanked out ("tỉnh, thành phố"), `phrases` the
    same for looking up phrases, `normal`
    keeps the capitals, but in a sentence all in capitals, where they tell no names. `names` are the
    places of the index names, `entities` those of agencies and places anywhere in the text.
    """

    span: Span
    view: str
    phrases: PhraseText
    normal: str
    atoms: Sequence[NumberAtom]
    mentions: Sequence[IndexMention]
    names: tuple[Span, ...]
    entities: tuple[Span, ...]
    scopes: SentenceScopes
    frame: FrameRules


def index_line(layers: Layers, phrases: PhraseText, scopes: SentenceScopes, frame: FrameRules) -> IndexLine:
    """The sentence of `scopes`, ready to be read."""
    span = scopes.sentence.span
    mentions = within(layers.indices, span)
    return IndexLine(
        span=span,
        view=phrases.view,
        phrases=phrases,
        normal=layers.view if span.of(layers.normal).isupper() else layers.normal,
        atoms=within(layers.numbers, span),
        mentions=mentions,
        names=tuple(m.span for m in mentions),
        entities=layers.entities,
        scopes=scopes,
        frame=frame,
    )


def scope_of(line: IndexLine, place: Span) -> Scope:
    """The scope of a number: the last index named before it, or one that its words point ahead to."""
    scope = line.scopes.at(place.start)
    if scope.component == UNNAMED and (scope.component_span is None or line.span.covers(scope.component_span)):
        return scope
    ahead_of = next(iter(within(line.mentions, Span(place.end, max(place.end, line.span.end)))), None)
    if ahead_of and ahead_of.kind is NameKind.FOREIGN and _ABOUT.fullmatch(line.view, place.end, ahead_of.span.start):
        return Scope(None)
    if (part := _part_ahead(line, place, scope)) is not None:
        return part
    following = [m for m in (*line.scopes.names, *line.scopes.topics) if m.span.start >= place.end]
    if not following:
        return scope
    ahead = min(following, key=lambda m: m.span)
    if (
        scope.near < Near.SENTENCE
        and _FRONTED.fullmatch(line.view, line.span.start, place.start)
        and not within(line.mentions, Span(line.span.start, place.start))
        and len({m.index for m in line.scopes.names}) == 1
    ):
        # "Với 74,42%, tỉnh Đắk Nông đứng thứ 26/63 trong bảng xếp hạng SIPAS": the sentence is about its one index.
        return Scope(ahead.index, None, Near.SENTENCE, ahead.span)
    if scope.near < Near.BLOCK and _is_of_the_one_index(line, place):
        return Scope(ahead.index, None, Near.SENTENCE, ahead.span)
    if any(
        a.span.start < ahead.span.start
        for a in line.atoms
        if a.span.start >= place.end and a.unit != "year" and not _is_count(a)
    ):
        return scope
    between = line.view[place.end : ahead.span.start]
    named = Scope(ahead.index, None, Near.SENTENCE, ahead.span)
    if ahead in line.scopes.topics:
        fits = scope.index in (None, ahead.index) or scope.near < Near.SENTENCE
        return named if fits and _FORWARD.fullmatch(between) else scope
    if _ABOUT.fullmatch(between) or not between.strip():
        return named
    return named if scope.near < Near.BLOCK and _FORWARD.fullmatch(between) else scope


def _is_of_the_one_index(line: IndexLine, place: Span) -> bool:
    """Whether a bracket behind a name holds the number, in a sentence that ends with its one index: "Sở Nội vụ (95,2%)
    và Sở Tài chính (94,8%) đứng đầu Chỉ số CCHC"."""
    if len({m.index for m in line.scopes.names}) != 1 or any(m.component or m.index is None for m in line.mentions):
        return False
    low = bisect_left(line.entities, Span(line.span.start, line.span.start))
    before = [e for e in line.entities[low : bisect_left(line.entities, place)] if e.end <= place.start]
    return bool(before) and _OPENS_BRACKET.fullmatch(line.view, before[-1].end, place.start) is not None


def named_behind(line: IndexLine, at: int) -> bool:
    """Whether an index is named right behind an offset, perhaps after "về": "đạt 78,71% về Chỉ số SIPAS"."""
    return any(name.start >= at and " ".join(line.view[at : name.start].split()) in ("", "về") for name in line.names)


def _part_ahead(line: IndexLine, place: Span, scope: Scope) -> Scope | None:
    """The component that a number is said to be in: "hạng 10 về chính quyền số, hạng 25 về kinh tế số"."""
    behind = within(line.mentions, Span(place.start, max(place.start, line.span.end)))
    own = next(iter(behind), None)
    if own is not None and own.component and own.index == scope.index:
        # "29,62 điểm điều tra xã hội học": the points of what stands right behind them.
        adjoins = own.span.start <= place.end or _OWN_PART.fullmatch(line.view, place.end, own.span.start)
        if adjoins:
            return replace(scope, component=own.component, component_span=own.span)
    part = next((m for m in behind if m.component and m.span.start >= place.end), None)
    if part is None or part.index != scope.index:
        return None
    if any(about.fullmatch(line.view, place.end, part.span.start) for about in (_ABOUT_PART, SATISFIED_WITH)):
        return replace(scope, component=part.component, component_span=part.span)
    if _LED_PART.fullmatch(line.view, place.end, part.span.start) and _LEADS_IN.search(place.of(line.view)):
        return replace(scope, component=part.component, component_span=part.span)
    if not _IN_PART.fullmatch(line.view, place.end, part.span.start):
        return None
    if "về" not in line.view[place.end : part.span.end] and not _IN.search(line.view, place.end, part.span.start):
        return None
    return replace(scope, component=part.component, component_span=part.span)


def aligned_scopes(line: IndexLine) -> dict[int, Scope]:
    """Scopes by order: "PCI và PGI lần lượt đạt 66,94 điểm và 21,67 điểm"."""
    names = [m for m in line.scopes.names if m.index]
    for match in line.phrases.finditer(line.frame.aligned, line.span.start, line.span.end):
        ahead = [m for m in names if m.span.end <= match.start()]
        clause = CLAUSE_END.search(line.view, match.end(), line.span.end)
        stop = clause.start() if clause else line.span.end
        figures = [n for n, a in enumerate(line.atoms) if match.end() <= a.span.start < stop]
        run = ahead[-len(figures) :]
        if len(figures) < 2 or len(run) != len(figures) or len({m.index for m in run}) != len(run):
            continue
        if any(run[0].span.end <= a.span.start < match.start() for a in line.atoms):
            continue
        return {n: Scope(m.index, None, Near.SENTENCE, m.span) for n, m in zip(figures, run, strict=True)}
    return {}


def _is_count(atom: NumberAtom) -> bool:
    """Whether a number is a bare whole one, such as the 63 of "63 tỉnh"."""
    return atom.unit is None and atom.kind is NumberKind.NUMBER and atom.value == int(atom.value)
