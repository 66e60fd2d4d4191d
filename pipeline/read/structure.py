"""What each line or paragraph is: title, heading, list item, caption, furniture or plain paragraph.

The words decide, and what stands around them; what a format's own markup says goes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.model import BlockKind
from pipeline.read import furniture

BODY = 150
"""A paragraph of at least this many characters is certainly running text."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A line or paragraph to be labelled; `kind` is what the format says, `spaced` if a blank stands before."""

    text: str
    kind: BlockKind | None = None
    level: int = 0
    spaced: bool = True
    shown: str = ""
    """The text as the page shows it, where its font makes capitals of small letters."""

    @property
    def words(self) -> str:
        """The text as it is seen, trimmed."""
        return (self.shown or self.text).strip()


@dataclass(frozen=True, slots=True)
class Label:
    kind: BlockKind
    level: int = 0


_PARAGRAPH = Label(BlockKind.PARAGRAPH)
_FURNITURE = Label(BlockKind.FURNITURE)
_TITLE = Label(BlockKind.TITLE, 1)

DOCUMENT_TYPE = re.compile(
    r"BÁO CÁO(?: TÓM TẮT)?|KẾ HOẠCH|QUYẾT ĐỊNH|THÔNG BÁO|TỜ TRÌNH|NGHỊ QUYẾT|NGHỊ ĐỊNH|THÔNG TƯ(?: LIÊN TỊCH)?|CHỈ THỊ|"
    r"CÔNG VĂN|CÔNG ĐIỆN|CHƯƠNG TRÌNH|ĐỀ ÁN|HƯỚNG DẪN|QUY CHẾ|QUY ĐỊNH|PHƯƠNG ÁN|BIÊN BẢN|KẾT LUẬN|GIẤY MỜI|LUẬT|"
    r"PHÁP LỆNH|LỊCH CÔNG TÁC"
)
_STATE = re.compile(r"XÃ HỘI CHỦ NGHĨA|CỘNG HÒA XÃ HỘI|CỘNG HOÀ XÃ HỘI|Độc lập\s*[-–]\s*Tự do")
_LETTER = re.compile(r"\s*Số\s*:|V/v\b|Kính gửi")
_OPENER = re.compile(
    r"(?:Căn\s+cứ|Thực\s+hiện|Theo|Kính\s+gửi|Xét|Để|Nhằm|Trên\s+cơ\s+sở|Ngày|Điều\s+1|CHỦ TỊCH|ỦY BAN|UỶ BAN|"
    r"BỘ TRƯỞNG|I\.|1\.|A\.|Phần)\b|\("
)
_PART = re.compile(
    r"(?:PHẦN|Phần|CHƯƠNG|Chương|MỤC|Mục|PHỤ LỤC|Phụ lục|BIỂU|Biểu|Mẫu)"
    r"(?:\s+(?:thứ\s+|THỨ\s+|số\s+|SỐ\s+)?[\w.]+\b.{0,160})?"
)
_ROMAN = re.compile(r"(?:[IVX]{1,5}|[A-HĐ])\s*[.\-/)]\s*\S.{0,200}")
_SECTION = re.compile(r"(?:[IVX]{1,5}|[A-D]|\d{1,2})\s?[.)]\s")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\s*[.)\-/]?\s+?\S.*|(\d{1,2}(?:\.\d{1,2}){0,3})[.)]\S.*", re.DOTALL)
_LIST_ITEM = re.compile(
    r"\s*(?:[-–—•·*+●▪■»o]\s*(?=\S)|[a-zđ]\s?[.)]\s|\(\d{1,2}\)\s"
    r"|\d{1,2}(?:\.\d{1,2})*[.)]\s?(?=\D)|\d{1,2}(?:\.\d{1,2})+\s(?=\D))"
)
_CAPTION = re.compile(
    r"\[?\(?\s*(?:Ảnh|Hình|Hình ảnh|Ảnh minh họa|Ảnh minh hoạ|Biểu đồ|Sơ đồ|Bảng|Biểu|Đồ họa|Video|Infographic)"
    r"\s*(?:số\s*)?[\d.]*\s*[:.\-–]\s*.{3,200}"
    r"|.{5,200}[.\s(]\s*(?:Ảnh|Nguồn ảnh|Đồ họa)\s*:\s*.{2,60}\)?\]?",
    re.IGNORECASE,
)
_SIGNER = re.compile(
    r"(?:TM|KT|TL|TUQ|Q|T/M|K/T)\s*[.:]\s*\S|ĐÃ KÝ|\(?Đã ký\)?$"
    r"|(?:PHÓ\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|CHÁNH VĂN PHÒNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG)\s*$"
)
_RECIPIENTS = re.compile(r"\s*Nơi nhận\s*:?", re.IGNORECASE)
_ENDED = re.compile(r"[.;:!?…,]\s*[\"”’)]?\s*$")
_DATED = re.compile(r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_SITE = re.compile(r"(?:BÁO|CỔNG|TRANG|HỆ THỐNG|ĐÀI|TẠP CHÍ)\b[^a-zà-ỹ]*$")


def label(units: Sequence[Unit]) -> list[Label]:
    """One label for each unit. Units of kind TABLE stand for tables and keep their kind."""
    hidden = _furniture(units)
    labels: list[Label | None] = [
        _FURNITURE if i in hidden else Label(u.kind, u.level) if u.kind else None for i, u in enumerate(units)
    ]
    start = _official_title(units, labels)
    if start is None:
        letter = any(_is_letterhead(unit.text) for unit in units[:20])
        start = 0 if letter else _headline(units, labels)
    recipients = False
    for i, unit in enumerate(units):
        recipients = bool(_RECIPIENTS.match(unit.text)) or (recipients and not _PART.fullmatch(unit.text.strip()))
        found = labels[i]
        if found is None:
            labels[i] = _PARAGRAPH if i < start or recipients else _by_words(unit.words)
        elif found.kind is BlockKind.HEADING and (i < start or _is_letterhead(unit.words)):
            labels[i] = _PARAGRAPH
    return _without_last_headings([found or _PARAGRAPH for found in labels])


def _without_last_headings(labels: list[Label]) -> list[Label]:
    """A heading has something below it: a byline in capitals at the end is none."""
    for i in range(len(labels) - 1, -1, -1):
        if labels[i].kind is BlockKind.HEADING:
            labels[i] = _PARAGRAPH
        elif labels[i].kind is not BlockKind.FURNITURE:
            break
    return labels


def _by_words(text: str) -> Label:
    if len(text) < 260 and _CAPTION.fullmatch(text):
        return Label(BlockKind.CAPTION)
    if _SIGNER.match(text):
        return _PARAGRAPH
    if len(text) <= 200:
        if _PART.fullmatch(text) and not _ended(text):
            return Label(BlockKind.HEADING, 1)
        if _ROMAN.fullmatch(text) and not _ended(text):
            return Label(BlockKind.HEADING, 1 if text[0] in "IVX" else 2)
        numbered = _NUMBERED.fullmatch(text)
        if numbered and len(text) <= 140 and (not _ENDED.search(text) or (text.endswith(":") and len(text) <= 100)):
            number = (numbered.group(1) or numbered.group(2)).rstrip(".")
            if re.match(r"[\d.]+[.)\-/]?\s*[^\W\d_]", text) and ("." in text[: len(number) + 1] or ")" in text[:4]):
                return Label(BlockKind.HEADING, 2 + number.count("."))
        letters = list(filter(str.isalpha, text)) if text.isupper() and " " in text else []
        if len(letters) >= 6 and all(map(str.isupper, letters)) and not text.endswith((".", ";")):
            return (
                _PARAGRAPH
                if _is_letterhead(text) or _DATED.search(text) or _is_name(text)
                else Label(BlockKind.HEADING, 1)
            )
    if _LIST_ITEM.match(text):
        return Label(BlockKind.LIST_ITEM)
    return _PARAGRAPH


def _is_letterhead(text: str) -> bool:
    """Whether a line stands in the head of an act: the name of the State, or what a letter opens with."""
    return bool(_LETTER.match(text) or _STATE.search(text))


def _ended(text: str) -> bool:
    return text.endswith((".", ";")) and not text.endswith("...")


def _is_name(text: str) -> bool:
    """A byline in capitals ("MINH QUÂN", "TRẦN KHANG"): two to four words without a digit, none of them long."""
    words = text.split()
    return 2 <= len(words) <= 3 and all(w.isalpha() and len(w) <= 7 for w in words) and len(text) <= 18


def _furniture(units: Sequence[Unit]) -> set[int]:
    """The units that are page furniture, by their words and their neighbours."""
    free = [u.kind is None or u.kind is BlockKind.PARAGRAPH or u.kind is BlockKind.LIST_ITEM for u in units]
    hidden = {
        i for i, u in enumerate(units) if u.kind is BlockKind.FURNITURE or (free[i] and furniture.is_furniture(u.text))
    }
    weak = [free[i] and furniture.is_weak(u.text) for i, u in enumerate(units)]
    for first, last in _runs([weak[i] or i in hidden for i in range(len(units))]):
        wordy = [i for i in range(first, last) if weak[i]]
        if last - first >= 3 or (last - first == 2 and len(wordy) < 2):
            hidden.update(wordy)
    body = [i for i, u in enumerate(units) if u.kind is BlockKind.TABLE or (i not in hidden and _is_body(u.text))]
    last_body = body[-1] if body else len(units)
    first_body = body[0] if body else len(units)
    for i in range(len(units)):
        if free[i] and furniture.is_related_heading(units[i].text):
            hidden.update(_related(units, i, last_body))
        elif free[i] and furniture.is_number_alone(units[i].text) and (i > last_body or i < first_body):
            hidden.add(i)
    return hidden


def _related(units: Sequence[Unit], heading: int, last_body: int) -> range:
    """The entries of a list of other news: to the end after the body; before it, while they look like entries."""
    end = heading + 1
    while end < len(units):
        unit = units[end]
        entry = furniture.is_teaser(unit.text) or (end > last_body and len(unit.text) <= furniture.SHORT)
        if unit.kind is BlockKind.TABLE or _is_body(unit.text) or not entry:
            break
        end += 1
    return range(heading, end)


def _is_body(text: str) -> bool:
    return len(text) >= BODY and not furniture.is_furniture(text)


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for i, flag in enumerate(flags):
        if flag and runs and runs[-1][1] == i:
            runs[-1] = (runs[-1][0], i + 1)
        elif flag:
            runs.append((i, i + 1))
    return runs


def _official_title(units: Sequence[Unit], labels: list[Label | None]) -> int | None:
    """Marks the title of an official act: its type and what it is about, or the "V/v" of a letter.

    Gives where the head of the act ends; None if there is no such head.
    """
    seen_head = False
    about: int | None = None
    for i, unit in enumerate(units[:80]):
        if labels[i] is _FURNITURE:
            continue
        text = unit.words
        seen_head = seen_head or _is_letterhead(text)
        first, _, rest = text.partition("\n")
        if about is None and seen_head and re.match(r"V/v\b", text, re.IGNORECASE):
            about = i
        if about is not None and text.startswith("Kính gửi"):
            labels[about] = _TITLE
            return i
        if not DOCUMENT_TYPE.fullmatch(first.strip()) or not (seen_head or i < 3):
            continue
        labels[i] = _TITLE
        if rest:
            return i
        for j in range(i + 1, min(i + 6, len(units))):
            words = units[j].words
            if (
                labels[j] is not None
                or not _is_about(words)
                or (j > i + 1 and units[j].spaced and not words[0].islower())
            ):
                break
            labels[j] = _TITLE
        return i
    return None


def _is_about(text: str) -> bool:
    return (
        len(text) <= 400
        and not _OPENER.match(text)
        and not _SECTION.match(text)
        and not text.endswith((".", ";", ":"))
        and any(c.isalpha() for c in text)
    )


def _headline(units: Sequence[Unit], labels: list[Label | None]) -> int:
    """Marks the headline of a news item, the line of a title's length above the body; gives where it stands, or 0."""
    titles = [i for i, found in enumerate(labels) if found is not None and found.kind is BlockKind.TITLE]
    if titles:
        return titles[0]
    candidates: list[int] = []
    for i, unit in enumerate(units):
        text = unit.words
        if unit.kind is BlockKind.TABLE:
            break
        if labels[i] is None and _could_be_headline(text):
            candidates.append(i)
        if labels[i] is None and (len(text) >= BODY or _opens_body(text)) and candidates:
            break
    if not candidates:
        return 0
    long = [i for i in candidates if len(units[i].text.split()) >= 6] or candidates
    # A date line stands right below a headline; without one the headline is what stands last above the body.
    dated = [i for i in long if i + 1 < len(units) and _DATED.search(units[i + 1].text) and len(units[i + 1].text) < 80]
    chosen = dated[0] if dated else long[-1]
    labels[chosen] = _TITLE
    return chosen


def _could_be_headline(text: str) -> bool:
    if not 12 <= len(text) <= 220 or ("\n" in text and len(text) > 220):
        return False
    if _SITE.match(text) or _DATED.search(text) or _CAPTION.fullmatch(text) or _is_letterhead(text):
        return False
    if (
        _LIST_ITEM.match(text)
        or text.startswith("(")
        or (text.endswith((".", ";", ",")) and not text.endswith(("...", "…")))
    ):
        return False
    return len(text.split()) >= 3


def _opens_body(text: str) -> bool:
    return len(text) >= 80 and text.endswith(".")
