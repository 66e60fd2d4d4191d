"""Repair of text that a scanner, a PDF or a careless copy has damaged; what is right stays as it is.

Each kind of damage is mended only where the whole around it leaves one reading: a number that a blank broke
where its unit follows, or that its noun is glued to, a syllable whose pieces are none, two words glued to a
token that no Vietnamese syllable spells, and a document number that lost its hyphen at a line end.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.model import Repair, Span
from pipeline.text.crf import segmenter
from pipeline.text.offsets import Edit, OffsetMap, apply
from pipeline.text.syllables import CODAS, ONSETS, is_syllable


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged stretch and the edits that mend it."""

    kind: str
    span: Span
    edits: tuple[Edit, ...]


_BLANKS = "[ \xa0]"
# A blank before a comma or a point that a digit follows at once is no one's spelling. The unit behind it, or the
# group of exactly three digits, says that the number goes on; a whole part above 100 may be a year.
_BROKEN_DECIMAL = re.compile(
    rf"(?<![\w.,/-])(?P<whole>100|[1-9]?\d|[1-9]{_BLANKS}\d){_BLANKS}[.,]\d{{1,2}}"
    rf"(?={_BLANKS}?%|{_BLANKS}(?:điểm|triệu|tỷ|tỉ|nghìn|ngàn)(?!\w))"
)
_BROKEN_THOUSANDS = re.compile(rf"(?<![\w.,/-])[1-9]\d{{0,2}}(?:\.\d{{3}})*{_BLANKS}\.\d{{3}}(?![\d/]|[.,]\d)")
_NOUNS = (
    "hồ sơ|thủ tục|TTHC|nhiệm vụ|văn bản|cơ quan|đơn vị|trường hợp|lượt|phiếu|ý kiến|cán bộ|công chức|người|dịch vụ|"
    "doanh nghiệp|tin bài|quyết định|huyện|xã|phường|tiêu chí|điểm|ngày|đồng|triệu|tỷ"
)
_COUNTED = "hồ sơ|thủ tục|TTHC|lượt|trường hợp|văn bản|phiếu|cán bộ|công chức|người|dịch vụ|doanh nghiệp|tin bài"
_LABELS = (
    "số|điều|khoản|mục|điểm|phần|bảng|biểu|phụ lục|mẫu|tháng|quý|năm|ngày|thứ|tổ|khóa|khoá|quận|phường|cấp|mức độ|mức|"
    "khu|khối|đợt|nhóm|lần|vị trí|hạng|trang|chương|tập|đội|bản|ấp|khóm|lớp"
)
# Blanks on both sides of the point: a sentence may also end there, with the number of something before.
_PARTED_THOUSANDS = re.compile(
    rf"(?<![\w.,/-])[1-9]\d{{0,2}}(?:{_BLANKS}?\.{_BLANKS}?\d{{3}})*{_BLANKS}\.{_BLANKS}\d{{3}}"
    rf"(?={_BLANKS}(?:{_COUNTED})(?!\w))",
    re.IGNORECASE,
)
_LABEL_BEFORE = re.compile(rf"(?:(?<!\w)(?:{_LABELS})\s+|\d\s*[.,]\s*)\Z", re.IGNORECASE)
# A blank behind the comma also parts the items of a list ("10, 20%"): here nothing else is said of the whole part.
_PARTED_DECIMAL = re.compile(rf"(?:(?<=[(\s])0|(?<=đạt )[1-9]\d|(?<=chiếm )[1-9]\d),{_BLANKS}\d(?={_BLANKS}?%)")
_LISTED_BEFORE = re.compile(r"(?:\d\s?%?\s*[,;]|\d\s?%?\s+(?:và|hoặc|đến))\s*\Z")
_GLUED_NUMBER = re.compile(rf"(?<![\w.,/-])(?:\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?)(?=(?:{_NOUNS})(?!\w))")
_BROKEN_YEAR = re.compile(
    rf"(?<=[Nn]ăm )(?:[12]{_BLANKS}\d{{3}}|(?:19|20){_BLANKS}\d\d|(?:19|20)\d{_BLANKS}\d)(?![\d/%]|[.,]\d)"
)


# It begins with one class of characters, which `re` looks for ten times as fast as for alternatives.
_DAMAGED_NUMBER = re.compile(
    rf"[\dă](?:(?<=\d)(?:{_BLANKS}[.,]|[.,]{_BLANKS}\d|(?:{_NOUNS})(?!\w))"
    rf"|(?<=ă)m (?:[12]{_BLANKS}\d|(?:19|20)\d?{_BLANKS}\d))"
)
"""What each of the patterns above holds; most texts have none of it."""


def _without_blanks(text: str, start: int, end: int) -> tuple[Edit, ...]:
    return tuple(Edit(Span(place, place + 1), "") for place in range(start, end) if text[place].isspace())


def _before(found: re.Match[str]) -> str:
    return found.string[max(0, found.start() - 12) : found.start()]


_NUMBERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], bool]], ...] = (
    (_BROKEN_DECIMAL, lambda found: True),
    (_BROKEN_THOUSANDS, lambda found: True),
    (_PARTED_THOUSANDS, lambda found: not _LABEL_BEFORE.search(_before(found))),
    (_PARTED_DECIMAL, lambda found: not _LISTED_BEFORE.search(_before(found))),
    (_BROKEN_YEAR, lambda found: re.sub(r"\s", "", found.group())[:2] in {"19", "20"}),
)
"""Each pattern, and whether what it found leaves no doubt."""


def _broken_numbers(text: str) -> Iterator[Damage]:
    if not _DAMAGED_NUMBER.search(text):
        return
    for pattern, is_certain in _NUMBERS:
        for found in filter(is_certain, pattern.finditer(text)):
            yield Damage("digits", Span(*found.span()), _without_blanks(text, *found.span()))
    for found in _GLUED_NUMBER.finditer(text):
        yield Damage("glued", Span(*found.span()), (Edit(Span(found.end(), found.end()), " "),))


_WORD = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"\s([^\W\d_]+)")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s\Z")
# A blank may also fall into ng and nh.
_ENDINGS = CODAS | {"g", "h"}
_FRAGMENTS = ONSETS | _ENDINGS
# Two or three letters more at most; which of them are fragments, a set says sooner than an expression.
_FRAGMENT = re.compile(r"[bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX](?<![\w.,/'’-].)[ghiruGHIRU]{0,2}(?![\w.,/'’)-])")
# Single letters that name one of several ("viêm gan B", "loại C") come before words that stand alone.
_VOWEL_WORDS = (
    "ở ăn ai anh em ông ấy ít ưu ủy uỷ ước ý y a ơi úy uý âm ổn ảnh án áp ép in ấn ủ ốm ao ô ổ oai ác ám ánh ăng ẩm ẩn"
)
_STAND_ALONE = frozenset(_VOWEL_WORDS.split())
_LONGEST_WORD = 16
_SENTENCE_START = re.compile(r"(?:[.!?:]\s+|\n\s*)\Z")


def _are_words(*syllables: str) -> bool:
    return " ".join(syllables).lower() in segmenter().dictionary


def _joins(text: str, first: Span, second: Span) -> bool:
    """Whether two tokens parted by one blank are the pieces of one syllable, by the words that it makes."""
    one, two = first.of(text), second.of(text)
    whole = one + two
    if not is_syllable(whole) or not (two.islower() or whole.isupper()):
        return False
    before = _LAST_WORD.search(text, max(0, first.start - _LONGEST_WORD), first.start)
    behind = _NEXT_WORD.match(text, second.end, second.end + _LONGEST_WORD)
    previous, following = before[1] if before else "", behind[1] if behind else ""
    if (following and _are_words(two, following)) or (previous and _are_words(previous, one)):
        return False
    is_letter = len(one) == 1 and one.isupper() and not whole.isupper()
    if is_letter and previous.istitle():
        return False
    if (following and _are_words(whole, following)) or (previous and _are_words(previous, whole)):
        return True
    # The first word of a sentence ("S au khi"), or of a name that no dictionary holds ("Đ ình Lập").
    opens = is_letter and two not in _STAND_ALONE and _are_words(whole)
    return opens and (following.istitle() or bool(_SENTENCE_START.search(text, max(0, first.start - 8), first.start)))


def _is_fragment(piece: str) -> bool:
    return piece.lower() in _FRAGMENTS and not is_syllable(piece)


_LINE = re.compile(".+")


def _distinct(text: str) -> str:
    """The words of a text, with the signs beside them, each once: what none of them holds, the text does not."""
    words: set[str] = set()
    for line in _LINE.finditer(text):  # All words of a long text at once would take ten times its own size.
        words.update(line[0].split())
    return " ".join(words)


def _broken_syllables(text: str, words: str) -> Iterator[Damage]:
    if not any(map(_is_fragment, _FRAGMENT.findall(words))):
        return
    done = 0
    for found in _FRAGMENT.finditer(text):
        here = Span(*found.span())
        piece = found.group().lower()
        if here.start < done or not _is_fragment(found.group()):
            continue
        behind = _WORD.match(text, here.end + 1) if text[here.end : here.end + 1] == " " else None
        before = re.compile(r"[^\W\d_]{1,7} \Z").search(text, max(0, here.start - 8), here.start)
        pair: tuple[Span, Span] | None = None
        if piece in ONSETS and behind and _joins(text, here, Span(*behind.span())):
            pair = here, Span(*behind.span())
        elif piece in _ENDINGS and before and before.start() >= done:
            stem = Span(before.start(), before.end() - 1)
            whole_token = stem.start == 0 or not text[stem.start - 1].isalnum()
            if whole_token and _joins(text, stem, here):
                pair = stem, here
        if pair:
            first, second = pair
            done = second.end
            yield Damage("syllable", Span(first.start, second.end), (Edit(Span(first.end, second.start), ""),))


_TONED = re.compile("[àáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE)
_LONG_WORD = re.compile(r"[^\W\d_](?<![\w.@/'’-].)[^\W\d_]{3,13}(?![\w@/'’-])")
_STARTS_WITH_CONSONANT = re.compile("[bcdđghklmnpqrstvx]", re.IGNORECASE)


def _is_half(half: str) -> bool:
    return len(half) > 1 and is_syllable(half) and half.lower() in segmenter().dictionary


def _halves(word: str) -> list[int]:
    """Where `word` parts into two dictionary syllables, the second with a consonant first."""
    return [
        cut
        for cut in range(2, len(word) - 1)
        if _STARTS_WITH_CONSONANT.match(word, cut) and _is_half(word[:cut]) and _is_half(word[cut:])
    ]


def _glued_words(text: str, words: str) -> Iterator[Damage]:
    # Words of other languages come without tones ("mêtan") or as names ("Chămpa"): names and capitals are parted
    # only where the two make a word.
    odd = {word for word in _LONG_WORD.findall(words) if _TONED.search(word) and not is_syllable(word)}
    for found in _LONG_WORD.finditer(text) if odd else ():
        word = found.group()
        if word not in odd:
            continue
        cuts = _halves(word)
        made = [cut for cut in cuts if _are_words(word[:cut], word[cut:])]
        cuts = made or (cuts if word.islower() else [])
        if len(cuts) == 1:
            place = found.start() + cuts[0]
            yield Damage("glued", Span(*found.span()), (Edit(Span(place, place), " "),))


_KINDS = "BC|KH|QĐ|NĐ|NQ|TT|CV|TB|CT|TTr|HD|PA|ĐA|CTr|CĐ|TTLT"
_OFFICES = "UBND|HĐND|TTg|CP|TU|VPCP|VPUBND|VP|S[A-ZĐ]{1,6}|B[A-ZĐ]{1,5}"
_LOST_HYPHEN = re.compile(rf"\d(?<!\w.)\d{{0,4}}/(?:\d{{4}}/)?(?:{_KINDS})(?P<end>-?[ \t]?\n)(?:{_OFFICES})(?!\w)")


_CUT_NUMBER = re.compile(rf"/(?:{_KINDS})-?[ \t]?\n")
"""What such a number holds; a sign is looked for ten times as fast as a figure, and most texts have none of it."""


def _lost_hyphens(text: str) -> Iterator[Damage]:
    for found in _LOST_HYPHEN.finditer(text) if _CUT_NUMBER.search(text) else ():
        yield Damage("hyphen", Span(*found.span()), (Edit(Span(*found.span("end")), "-"),))


def damages(text: str) -> tuple[Damage, ...]:
    """All certain damage of `text` (NFC), in order; no two overlap.

    The kinds are digits ("9 9 ,2%", "6 . 842 hồ sơ"), syllable ("S au khi"), glued ("vănbản", "52hồ sơ") and
    hyphen ("637/BC⏎UBND").
    """
    words = _distinct(text)
    found = [
        *_broken_numbers(text),
        *_broken_syllables(text, words),
        *_glued_words(text, words),
        *_lost_hyphens(text),
    ]
    found.sort(key=lambda damage: damage.span)
    apart: list[Damage] = []
    for damage in found:
        if not apart or not damage.span.overlaps(apart[-1].span):
            apart.append(damage)
    return tuple(apart)


def mend(text: str, found: Iterable[Damage]) -> tuple[str, tuple[Repair, ...], OffsetMap]:
    """`text` with the damage `found` in it mended, what was mended, and the map of offsets between the two."""
    found = tuple(found)
    mended, offsets = apply(text, (edit for damage in found for edit in damage.edits))
    repairs = tuple(Repair(damage.kind, offsets.changed(damage.span), damage.span.of(text)) for damage in found)
    return mended, repairs, offsets


def repair(text: str) -> tuple[str, tuple[Repair, ...], OffsetMap]:
    """`text` (NFC) with all certain damage mended, as `damages` and `mend` do. Correct text comes back as it is."""
    return mend(text, damages(text))
