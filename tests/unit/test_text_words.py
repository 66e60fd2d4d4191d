"""Words are those of underthesea itself; documents are the text, character for character; odd input is cheap."""

from __future__ import annotations

import random
import subprocess
import sys
import time
import tracemalloc
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Span
from pipeline.text.crf import segmenter
from pipeline.text.words import TOKENIZER_VERSION, segment, syllable_doc, vocab, word_doc

ARCHIVE = Path(__file__).parents[2].parent / "shared" / "archive" / "genre"

ODD_WORDS = [
    "84,84%",
    "1.634",
    "203/BC-UBND",
    "TP.",
    "v.v.",
    "(",
    ")",
    '"',
    "20/63",
    "01/7/2025",
    "hoà",
    "uỷ",
    "Ðồng",
    "quí",
    "baì",
    "NĐ-CP",
    ",",
    ".",
    ";",
    "-",
    "m2",
    "H'Mông",
    "a.b@c.vn",
    "www.x.gov.vn",
    "4K",
    "12-2021",
    "http://a.vn/b?c=d:e(f)g",
    "ʺ",
    "ʺa",
    ":D",
    ":)",
    "...",
    "->",
    "29B1-12345",
    "1.600m-2.000m",
    "TP.HCM.",
    "e-mail",
    "0°C",
]


def words_of_underthesea(line: str) -> list[str]:
    """Its words without blanks and without its corrections of spelling."""
    from underthesea import word_tokenize
    from underthesea.pipeline.word_tokenize.regex_tokenize import tokenize

    raw = iter(tokenize(line, use_token_normalize=False))
    words = ["".join(next(raw) for _ in word.split(" ")) for word in word_tokenize(line)]
    assert not list(raw)
    return words


def words(line: str) -> list[str]:
    found = ["".join(span.of(line).split()) for span in segment(line)]
    return [unicodedata.normalize("NFC", word).replace("Ð", "Đ").replace("ð", "đ") for word in found]


def generated_lines(count: int) -> list[str]:
    """Lines of dictionary words with numbers, identifiers, addresses and odd cases among them."""
    chance = random.Random(20)
    dictionary = sorted(segmenter().dictionary)
    lines = []
    for _ in range(count):
        line = chance.choices(dictionary, k=chance.randint(1, 12))
        line = [chance.choice([str, str, str, str.title, str.upper])(word) for word in line]
        for _ in range(chance.randint(0, 4)):
            line.insert(chance.randint(0, len(line)), chance.choice(ODD_WORDS))
        lines.append(chance.choice([" ", " ", "  ", "\n"]).join(line))
    return lines


def odd_lines(count: int) -> list[str]:
    chance = random.Random(21)
    letters = "aAbĐđ.,;:-/()%0123 \t'\"éệoơ_@+=<>…“”ʺ°CDxvİß"
    return ["".join(chance.choices(letters, k=chance.randint(0, 30))) for _ in range(count)]


@pytest.mark.parametrize("lines", [generated_lines(1_500), odd_lines(1_500)], ids=["generated", "odd"])
def test_the_words_are_those_of_underthesea(lines: list[str]) -> None:
    assert [words(line) for line in lines] == [words_of_underthesea(line) for line in lines]


def test_the_words_of_the_archive_are_those_of_underthesea() -> None:
    if not ARCHIVE.is_dir():
        pytest.skip("the shared archive is not here")
    lines = [line for path in sorted(ARCHIVE.glob("*.txt")) for line in path.read_text("utf-8").splitlines()]
    lines += [path.read_text("utf-8") for path in sorted(ARCHIVE.glob("*.txt"))]
    assert len(lines) > 600
    lines += [line.upper() for line in lines]
    assert [words(line) for line in lines] == [words_of_underthesea(line) for line in lines]


def test_decomposed_text_has_the_same_words() -> None:
    line = "Ủy ban nhân dân tỉnh Sơn La ban hành Kế hoạch cải cách hành chính"
    decomposed = unicodedata.normalize("NFD", line)
    assert len(decomposed) > len(line)
    assert words(decomposed) == words(line)
    assert segment(decomposed)[1].of(decomposed) == unicodedata.normalize("NFD", "ban nhân dân")


def test_spans_of_a_sentence() -> None:
    text = " Tỉnh Sơn  La\nđạt 84,84%."
    assert [span.of(text) for span in segment(text)] == ["Tỉnh", "Sơn  La", "đạt", "84,84", "%", "."]
    assert segment(text)[1] == Span(6, 13)


ANY_TEXT = st.text(max_size=60) | st.text(alphabet="aáỷ .,;()\n\t\u0301\ud800Ðʺ/:h0", max_size=60)


@settings(deadline=None)
@given(ANY_TEXT)
def test_every_visible_character_is_in_one_word(text: str) -> None:
    found = segment(text)
    edges = [edge for span in found for edge in (span.start, span.end)]
    assert edges == sorted(edges)
    inside = {place for span in found for place in range(span.start, span.end)}
    assert all(text[place].isspace() for place in range(len(text)) if place not in inside)


@settings(deadline=None)
@given(ANY_TEXT | st.text(alphabet=" \n\tab", max_size=20))
def test_a_document_is_its_text(text: str) -> None:
    stored = "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)
    for doc in (word_doc(text), syllable_doc(text)):
        assert doc.text == stored
        assert all(doc.text[token.idx : token.idx + len(token)] == token.text for token in doc)


def test_documents_share_one_vocabulary_and_hold_words_and_syllables() -> None:
    text = "Sơn La  đạt 1.634,5 tỷ (Q.1)"
    assert [token.text for token in word_doc(text)] == ["Sơn La", " ", "đạt", "1.634,5", "tỷ", "(", "Q.", "1", ")"]
    syllables = ["Sơn", "La", " ", "đạt", "1.634,5", "tỷ", "(", "Q", ".", "1", ")"]
    assert [token.text for token in syllable_doc(text)] == syllables
    assert word_doc("a").vocab is syllable_doc("b").vocab is vocab()


@pytest.mark.parametrize(
    "text",
    [
        "a." * 10_000,
        "a" * 1_000_000,
        "http://" + "!" * 100_000,
        "http:/" + "(a)" * 7 + "!" * 50 + " x",
        "http:/" + "(a)" * 5_000,
        "(" * 100_000,
        "1." * 20_000,
        "A." * 20_000,
        ("1." * 99 + " ") * 300,
        "a" + " " * 500_000 + "b",
        "Sơn La, tỉnh miền núi; " * 45_000,
        "x\ud800y" * 1_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_odd_input_takes_linear_time(text: str) -> None:
    segment("Sơn La")
    began = time.process_time()
    segment(text)
    assert time.process_time() - began < 4


def test_memory_stays_in_proportion() -> None:
    text = "tỉnh Sơn La xếp thứ 20/63, tăng 3 bậc so với năm 2019; " * 4_000
    segment(text[:1_000])
    tracemalloc.start()
    segment(text)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 400 * len(text)


def test_the_stores_of_scores_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.text.crf._KEPT", 100)
    model = segmenter()
    stores = (model.singles, model.pairs, model.triples)
    for store in stores:
        store.clear()
    text = " ".join(generated_lines(200))
    with_small_stores = segment(text)
    assert all(0 < len(store) <= 100 for store in stores)
    monkeypatch.undo()
    assert segment(text) == with_small_stores


def test_importing_is_cheap_and_quiet() -> None:
    script = (
        "import sys, pipeline.text.words as w\n"
        "assert not {'spacy', 'underthesea', 'joblib'} & set(sys.modules)\n"
        "import socket\n"
        "def refuse(*a, **k): raise OSError('network')\n"
        "socket.socket.connect = refuse\n"
        "w.word_doc('Sơn La')\n"
        "assert not {'pyvi', 'sklearn', 'torch', 'transformers'} & set(sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_version_names_the_model_of_underthesea() -> None:
    from importlib.metadata import version

    assert TOKENIZER_VERSION.endswith(f"underthesea-{version('underthesea')}")
