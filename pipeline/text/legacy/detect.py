"""Which stretches of a document are in a legacy encoding: told by fonts where there are any, and by what is spelled.

Correct text must never be damaged, so a stretch is only converted if that turns words that no Vietnamese
spelling allows into ones that it does, or if its font says so and nothing speaks against it. A letter that
only Unicode has proves that a stretch is Unicode, whatever its font is called.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.text.legacy.convert import Converted, convert
from pipeline.text.legacy.fonts import FontEncoding, font_encoding
from pipeline.text.legacy.tables import Legacy
from pipeline.text.plausible import syllable_plausibility

_UNICODE_ONLY = re.compile(r"[ĂăĐđĨĩŨũƠơƯư\u0300\u0301\u0303\u0309\u0323\u1ea0-\u1ef9]")
_HIGH = re.compile(
    r"[\x80-\xff\u0152-\u017e\u0192\u02c6\u02dc\u03bc\u2010-\u2044\u20ac\u2122\u2212\u2219\u22c5\uf020-\uf0ff]"
)
_NUMBER = re.compile(r"\d[\d\s]*/[^\s,;]+")
"""The number of an act, which is only one in capitals: "144/qđ-btc"."""
_TOKEN = re.compile(r"\S+")
_SAMPLE = 400_000
"""Characters of a document that are weighed; more change no verdict."""
STRONG = 2
"""So many words must turn from misspelled to well spelled before text without a telling font is converted."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How the words of a stretch fare: turned right by conversion, turned wrong, and right both ways."""

    better: int = 0
    worse: int = 0
    either: int = 0


@lru_cache(maxsize=1 << 14)
def _word(token: str, encoding: Legacy) -> tuple[bool, bool]:
    """Whether a word is well spelled as it stands, and converted."""
    return syllable_plausibility(token) == 1.0, syllable_plausibility(convert(token, encoding).text) == 1.0


def weigh(text: str, encoding: Legacy) -> Weight:
    """How conversion from `encoding` would change the spelling of `text`. Only words that it changes count."""
    better = worse = either = 0
    for token in _TOKEN.findall(text):
        if not _HIGH.search(token) or convert(token, encoding).text == token:
            continue
        before, after = _word(token, encoding)
        if before != after:
            better, worse = better + after, worse + before
        elif before:
            either += 1
    return Weight(better, worse, either)


@dataclass(slots=True)
class Detector:
    """The verdict over one document, made from its stretches (text, font or None)."""

    prevailing: Legacy | None = None
    distrusted: frozenset[str] = frozenset()
    """Fonts with a legacy name that are used for Unicode text here."""
    as_shown: bool = False
    """Whether letters in a font of capitals are written as capitals, as the page shows them, or as they were typed."""
    converted: Counter[Legacy] = field(default_factory=Counter)
    """Letters converted so far, for naming the document's encoding."""

    @classmethod
    def of(cls, stretches: Iterable[tuple[str, str | None]], *, as_shown: bool = False) -> Detector:
        """The verdict over a document's stretches of text with the fonts that they are set in."""
        weights: dict[Legacy, list[int]] = {encoding: [0, 0] for encoding in Legacy}
        fonts: Counter[str] = Counter()
        left = _SAMPLE
        for text, font in stretches:
            if left <= 0:
                break
            left -= len(text)
            said = font_encoding(font)
            if _UNICODE_ONLY.search(text):
                if said is not None and font is not None:
                    fonts[font] -= len(_UNICODE_ONLY.findall(text))
                continue
            if not _HIGH.search(text):
                continue
            for encoding in (said.encoding,) if said else tuple(Legacy):
                found = weigh(text, encoding)
                weights[encoding][0] += found.better
                weights[encoding][1] += found.worse
                if said is not None and font is not None:
                    fonts[font] += found.better - found.worse
        best = max(Legacy, key=lambda encoding: weights[encoding][0] - 2 * weights[encoding][1])
        better, worse = weights[best]
        prevailing = best if better > 4 * worse and better >= 3 * STRONG else None
        return cls(prevailing, frozenset(font for font, votes in fonts.items() if votes < 0), as_shown)

    def decode(self, text: str, font: str | None = None) -> tuple[Converted, Legacy] | None:
        """`text` in Unicode and the encoding that it was in; None if it is Unicode already."""
        if _UNICODE_ONLY.search(text):
            return None
        said = font_encoding(font)
        if said is not None and font not in self.distrusted:
            return self._by_font(text, said)
        if not _HIGH.search(text):
            return None
        encoding = self._by_words(text)
        return None if encoding is None else self._count(convert(text, encoding), encoding)

    def _by_font(self, text: str, said: FontEncoding) -> tuple[Converted, Legacy] | None:
        if not said.capitals and not _HIGH.search(text):
            return None
        found = weigh(text, said.encoding)
        if found.worse > found.better:
            return None
        converted = convert(text, said.encoding, capitals=said.capitals and self.as_shown)
        if said.capitals and not self.as_shown:
            converted = Converted(_NUMBER.sub(lambda number: number.group().upper(), converted.text), converted.starts)
        return self._count(converted, said.encoding)

    def _by_words(self, text: str) -> Legacy | None:
        if self.prevailing is not None:
            found = weigh(text, self.prevailing)
            if found.better + found.either > 0 and found.worse <= found.better:
                return self.prevailing
        best, weight = max(
            ((encoding, weigh(text, encoding)) for encoding in Legacy),
            key=lambda pair: pair[1].better - 2 * pair[1].worse,
        )
        return best if weight.better >= STRONG and weight.worse == 0 and weight.better >= weight.either // 2 else None

    def _count(self, converted: Converted, encoding: Legacy) -> tuple[Converted, Legacy]:
        self.converted[encoding] += sum(1 for char in converted.text if not char.isascii())
        return converted, encoding
