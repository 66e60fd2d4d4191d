"""Words of a text, as places in it and as spaCy documents that are the text, character for character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING

from pipeline.model import Span
from pipeline.text.crf import segmenter

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

TOKENIZER_VERSION = f"1+underthesea-{version('underthesea')}"
"""Changes when the same text may be cut into other words."""

# A run without a blank of more than this, or with many opening brackets, is no prose: underthesea's expressions
# take quadratic time on it (for addresses with brackets, exponential), so it is cut into pieces first.
_ODD_RUN = re.compile(r"(?<!\S)(?:\S{200}|[^\s(]*+(?:\([^\s(]*+){8})\S*")
_PIECE = re.compile(r"\(?[^\s(]{0,99}")
# Longer texts are decoded in parts; the words next to a cut may then differ from underthesea's.
_LONGEST_PART = 4_000
_SENTENCE_ENDS = frozenset(".;!?")
_LONGEST_REWRITTEN = 6


# The opening of a capturing group, past escaped characters and classes.
_GROUP = re.compile(r"\\.|\[(?:\\.|[^\]\\])*\]|(?P<open>\(\?P<\w+>|\((?!\?))", re.DOTALL)


@cache
def _tokens() -> tuple[re.Pattern[str], dict[str, str]]:
    """underthesea's expression for tokens, made safe and fast, and its corrections of spelling."""
    from underthesea.pipeline.text_normalize.text_normalizer import token_map
    from underthesea.pipeline.word_tokenize.regex_tokenize import regex_patterns_combine

    source = re.sub(r"#[^\n]*", "", regex_patterns_combine)
    source = _GROUP.sub(lambda found: "(?:" if found["open"] else found.group(), source)
    # Repeated repetition, which is exponential on "http://!!!!!!": the same language without the inner one.
    source = re.sub(r"(\[\^\\s\(\)<>\{\}\\\[\\\]\])\+", r"\1", source)
    # Most tokens are plain words before another word; no other alternative can begin at one.
    plain = r"(?!ʺ)[^\W\d_]+(?=\s+[^\W\d_]|\s*$|,\s|;\s)"
    return re.compile(f"{plain}|{source.strip()}", re.VERBOSE), token_map


def _composed(text: str) -> tuple[str, list[int] | None]:
    """`text` in NFC and, if that is another text, for each of its characters and its end the place in `text`."""
    if unicodedata.is_normalized("NFC", text):
        return text, None
    starts = [place for place, char in enumerate(text) if not place or not unicodedata.combining(char)]
    parts: list[str] = []
    places: list[int] = []
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        places.extend(min(start + number, end - 1) for number in range(len(part)))
    return "".join(parts), [*places, len(text)]


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that may be given to the expression for tokens."""
    done = 0
    for run in _ODD_RUN.finditer(text):
        yield done, run.start()
        for piece in _PIECE.finditer(text, *run.span()):
            yield piece.span()
        done = run.end()
    yield done, len(text)


def _parts(tokens: list[str]) -> Iterator[tuple[int, int]]:
    """Token numbers between which the words are decoded together, cut after a sentence where there is one."""
    start = 0
    while start < len(tokens):
        end = min(start + _LONGEST_PART, len(tokens))
        if end < len(tokens):
            low = end - _LONGEST_PART // 2
            end = next((place + 1 for place in range(end - 1, low, -1) if tokens[place] in _SENTENCE_ENDS), end)
        yield start, end
        start = end


def segment(text: str) -> tuple[Span, ...]:
    """The words of a text as underthesea cuts them, in order; only white space stands outside them.

    Exactly the words of `underthesea.word_tokenize(text)` for texts of up to 4,000 tokens without runs of 200
    characters or eight brackets. Time and memory are linear in the length of any text.
    """
    pattern, rewritten = _tokens()
    view, places = _composed(text)
    view = view.replace("Ð", "Đ").replace("ð", "đ")
    spans = [found.span() for start, end in _stretches(view) for found in pattern.finditer(view, start, end)]
    tokens = [view[start:end] for start, end in spans]
    tokens = [rewritten.get(token, token) if len(token) <= _LONGEST_REWRITTEN else token for token in tokens]
    decode = segmenter().goes_on
    words: list[tuple[int, int]] = []
    for first, last in _parts(tokens):
        for (start, end), goes_on in zip(spans[first:last], decode(tokens[first:last]), strict=True):
            if goes_on:
                words[-1] = words[-1][0], end
            else:
                words.append((start, end))
    if places is not None:
        words = [(places[start], places[end]) for start, end in words]
    return tuple(Span(start, end) for start, end in words if start < end)


@cache
def vocab() -> Vocab:
    """The vocabulary that all documents made here share; phrase matchers over them are made with it."""
    from spacy.vocab import Vocab

    return Vocab()


def _doc(text: str, spans: Iterable[tuple[int, int]]) -> Doc:
    """A document with the given tokens; white space beyond one blank between two of them is a token too."""
    from spacy.tokens import Doc

    # spaCy keeps its strings as UTF-8, which has no lone surrogates.
    text = re.sub("[\ud800-\udfff]", "\ufffd", text)
    words: list[str] = []
    spaces: list[bool] = []
    done = 0
    for start, end in (*spans, (len(text), len(text))):
        gap = text[done:start]
        if gap and words and gap[0] == " ":
            spaces[-1] = True
            gap = gap[1:]
        for word in (gap, text[start:end]):
            if word:
                words.append(word)
                spaces.append(False)
        done = end
    return Doc(vocab(), words=words, spaces=spaces)


def word_doc(text: str) -> Doc:
    """A spaCy document whose tokens are the words of `text` (see `segment`).

    `doc.text` is `text` itself and `token.idx` an offset into it, whatever white space it holds (a lone
    surrogate becomes U+FFFD).
    """
    return _doc(text, ((span.start, span.end) for span in segment(text)))


_SYLLABLE = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*|\S")


def syllable_doc(text: str) -> Doc:
    """A spaCy document whose tokens are runs of letters, numbers and single signs, aligned as `word_doc`.

    How a token is cut does not depend on what stands around it, so a phrase given to a matcher is cut in the
    same way as in a text.
    """
    return _doc(text, (found.span() for found in _SYLLABLE.finditer(text)))
