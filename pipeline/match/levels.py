"""The administrative level that a number is broken down by: province, district, commune."""

from __future__ import annotations

import regex

from pipeline.model import Span

_LEVEL = regex.compile(
    r"(?<!\w)(?:(?P<province>cấp tỉnh|cấp sở|cấp thành phố|các sở, (?:ban, )?ngành cấp tỉnh)"
    r"|(?P<district>cấp huyện|các huyện(?:, thành phố)?|cấp quận)"
    r"|(?P<commune>cấp xã|các xã(?:, phường)?(?:, thị trấn)?|ubnd xã, phường|xã, phường))(?!\w)"
)
_COUNTED = regex.compile(r"[\d%]\s*(?:ubnd\s*)?$")
_NOT_A_LEVEL = regex.compile(r"(?<!\w)(?:\d\s*cấp|các cấp|ba cấp)\s*\(?")


def level_of(view: str, place: Span, sentence: Span, behind: Span) -> tuple[str, Span] | None:
    """The level named last before the number in its sentence, else right behind it.

    `behind` is the stretch of the number's own words after it. Where several levels stand together
    ("cấp tỉnh, cấp huyện, cấp xã", "3 cấp (tỉnh, huyện, xã)") no level is meant.
    """
    # "100% các xã": there the level is what is counted, for that number alone.
    if own := list(_LEVEL.finditer(view, behind.start, behind.end)):
        return (str(own[0].lastgroup), Span(*own[0].span())) if len({m.lastgroup for m in own}) == 1 else None
    before = [m for m in _LEVEL.finditer(view, sentence.start, place.start) if not _COUNTED.search(view[: m.start()][-12:])]
    if not before or _NOT_A_LEVEL.search(view, sentence.start, place.start):
        return None
    last = before[-1]
    digits = regex.search(r"\d", view[last.end() : place.start])
    together = [m for m in before if not regex.search(r"\d", view[m.end() : last.start()]) and m is not last]
    if any(m.lastgroup != last.lastgroup for m in together) and not digits:
        return None
    return str(last.lastgroup), Span(*last.span())
