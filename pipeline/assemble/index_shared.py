"""Numbers of an index that several have alike: "A và B cùng 93,27 điểm", "đồng hạng nhì là A và B"."""

from __future__ import annotations

from pipeline.assemble.index_units import Name
from pipeline.assemble.index_whole import clause_end, clause_start
from pipeline.match.mention import Mention
from pipeline.model import Span
from pipeline.text.spacing import spaced
from pipeline.values.places import AgencyMention

_LISTED = spaced(
    r"\s*(?:,|và|;|cùng|rồi đến|tiếp đến)(?:\s*(?:và|cùng|tỉnh|thành phố|tp\.?|,|(?:đứng|xếp) (?:thứ|"
    r"hạng) \w+ (?:là|thuộc về)))*\s*"
)
LEADS_TO_NAME = spaced(
    r"\)?(?:[^.;(),\d]|(?:19|20)\d{2}){0,45}?(?:(?<!\w)(?:là|thuộc về|gọi tên|có|dành cho|cho|về tay)|"
    r":)\s*(?:tỉnh|thành phố|tp\.?)?\s*$"
)
"""Between a place and the name behind it that has it."""
_TIE = spaced(r"(?<!\w)(?:đồng|cùng)(?!\w)[^.;,()]*$")
# Between a list of names and a number that all of them have.
_ALIKE = spaced(
    r"(?:[^.;\d]|\.(?!\s)|(?<=[\d,.])\d|\d(?=[\d.,%]|\s*điểm)){0,60}?(?<!\w)(?:cùng|đều|đồng)"
    r"(?! (?:kỳ|với|thời|bộ|năm|thuận))(?!\w)(?:[^.;\d]|(?:19|20)\d{2}(?!\d)|(?<![\d.,])\d{1,2}(?![\d.,%])){0,60}"
)
_IN_TURN = spaced(r"(?<!\w)(?:lần lượt|theo thứ tự|tương ứng)(?!\w)")
_LEADS_OWN = spaced(r"\s*(?:đang |vẫn |tiếp tục |cùng |vươn lên |cũng )*")
# "hai đơn vị đạt 93,27 điểm là Sở Tư pháp và Sở Nội vụ": so many have it, and so many names follow.
_COUNTED = spaced(
    r"(?<!\w)(?P<count>\d|hai|ba|bốn|năm) (?:tỉnh|thành phố|địa phương|đơn vị|sở|bộ|huyện|xã|phường|cơ quan)"
    r"(?: [^\W\d]+){0,5}\s*$"
)
_BELONGS = spaced(r"(?<!\w)(?:của|tại|ở|trong|thuộc)\s+$")
_COUNTS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5}


def sharing(view: str, mention: Mention, names: list[Name], sentence: Span) -> list[Name]:
    """The names of a sentence that a number is said of alike; empty where it is one's own."""
    quote, at = mention.quote_span, mention.value_span.start
    start, end = clause_start(view, sentence, at), clause_end(view, sentence, quote.end)
    before = _without_owner(view, run_before(view, [n for n in names if start <= n.span.start and n.span.end <= at]))
    if len(before) > 1 and (_have_alike(view, before[-1].span.end, at) or _lead_apart(view, mention, before)):
        return before
    ahead = _run_ahead(view, [n for n in names if quote.end <= n.span.start < end])
    if len(ahead) < 2 or not LEADS_TO_NAME.fullmatch(view, quote.end, ahead[0].span.start):
        return []
    return ahead if _is_tie(view, mention) or _count_before(view, mention, start) == len(ahead) else []


def _without_owner(view: str, run: list[Name]) -> list[Name]:
    """A list of agencies without the province in front of it, whose ranking it is: "DDCI của tỉnh Phú Thọ, Sở Tư
    pháp đứng đầu"."""
    if not run or isinstance(run[0], AgencyMention) or not all(isinstance(n, AgencyMention) for n in run[1:]):
        return run
    return run[1:] if _BELONGS.search(view, max(0, run[0].span.start - 12), run[0].span.start) else run


def _have_alike(view: str, start: int, at: int) -> bool:
    """Whether the words between the last of several names and a number say that all have it, and not one each."""
    return _ALIKE.fullmatch(view, start, at) is not None and _IN_TURN.search(view, start, at) is None


def run_before(view: str, names: list[Name]) -> list[Name]:
    """The names at the end that form a list."""
    run: list[Name] = []
    for name in reversed(names):
        if run and not _LISTED.fullmatch(view, name.span.end, run[0].span.start):
            break
        run.insert(0, name)
    return run


def _run_ahead(view: str, names: list[Name]) -> list[Name]:
    """The names at the beginning that form a list."""
    run: list[Name] = []
    for name in names:
        if run and not _LISTED.fullmatch(view, run[-1].span.end, name.span.start):
            break
        run.append(name)
    return run


def _lead_apart(view: str, mention: Mention, names: list[Name]) -> bool:
    """Whether units of different kinds each lead their own: "Sở Tư pháp và thành phố Tuyên Quang đứng đầu"."""
    if "rank_in_words" not in mention.reasons:
        return False
    if _LEADS_OWN.fullmatch(view, names[-1].span.end, mention.value_span.start) is None:
        return False
    return len({isinstance(name, AgencyMention) for name in names}) == len(names)


def _is_tie(view: str, mention: Mention) -> bool:
    """Whether a place is shared: "đồng hạng nhì", "cùng xếp thứ 15"."""
    lead = view[max(0, mention.quote_span.start - 20) : mention.value_span.start]
    return mention.indicator == "index.rank" and _TIE.search(lead) is not None


def _count_before(view: str, mention: Mention, start: int) -> int:
    """How many units the words before a number say that it is of; 0 where they say nothing."""
    counted = _COUNTED.search(view, max(start, mention.value_span.start - 60), mention.value_span.start)
    return (_COUNTS.get(counted["count"]) or int(counted["count"])) if counted else 0
