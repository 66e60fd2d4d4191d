"""Documents that nobody wrote: the grammar, the figures and their gold, and the bytes of the files."""

from __future__ import annotations

import hashlib
import json
import random
import sys
import unicodedata
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.process import process
from pipeline.read import ReadSettings, read_bytes
from pipeline.rulebook.book import Rulebook, load
from pipeline.synthesis.books import dossier_counts, task_counts
from pipeline.synthesis.composition import Composition, compose, compose_with
from pipeline.synthesis.entries import Figure, Slots
from pipeline.synthesis.formats.makers import MAKERS, make
from pipeline.synthesis.grammar_files import load_grammar
from pipeline.synthesis.make import make_corpus
from pipeline.synthesis.numbers import STYLES, Habit, Unsayable, in_words
from pipeline.synthesis.writing import Text, Unwritable, Writer, parse
from tests.running import solieu_here

OURS = Slots("Tỉnh Sơn La", "14", "2022")
HABIT = Habit(thousands=".", decimals=",", padded=True, thousand_word="ngàn", percent="%")
PICTURES = ("scan", "jpg", "png")
WORLD = {
    "early": Figure("dossier.resolved_early", Decimal(567), "count", OURS),
    "late": Figure("dossier.resolved_overdue", Decimal(0), "count", OURS),
    "rate": Figure("dossier.on_time_rate", Decimal("98.90"), "percent", OURS),
    "who": ("tỉnh Sơn La",),
}


def writer(seed: int = 1) -> Writer:
    return Writer({"item": ("trước hạn {early}", "{early} hồ sơ sớm hạn")}, WORLD, HABIT, random.Random(seed))


def composed(count: int = 40, format_: str = "txt") -> list[Composition]:
    return [compose(f"thử/{n}", f"{n:03}", format_) for n in range(count)]


def written(rule: str, seed: int = 1) -> set[str]:
    made = set()
    for at in range(20):
        scribe = writer(seed + at)
        passage = Writer({**scribe.grammar, "rule": (rule,)}, WORLD, HABIT, random.Random(at)).sentence("rule")
        made.add(passage.text if passage else "")
    return made


@pytest.mark.parametrize(
    ("rule", "texts"),
    [
        ("<who> trả {early} hồ sơ.", {"Tỉnh Sơn La trả 567 hồ sơ."}),
        ("[sớm|trước] hạn {early}", {"Sớm hạn 567", "Trước hạn 567"}),
        ("<item>", {"Trước hạn 567", "567 hồ sơ sớm hạn"}),
        ("<early_item+item;>", {"Trước hạn 567", "567 hồ sơ sớm hạn"}),
        ("[{unknown} hồ sơ|{rate}]", {"98,90%"}),
        ("{late:none} hồ sơ quá hạn", {"Không có hồ sơ quá hạn", "Không còn hồ sơ quá hạn"}),
        ("{early} hồ sơ, lại {early}", {""}),
        ("{early} hồ sơ, lại {early:again}", {"567 hồ sơ, lại 567"}),
        ("{early=late} hồ sơ", {""}),
    ],
)
def test_a_rule_writes_what_the_world_has(rule: str, texts: set[str]) -> None:
    assert written(rule) == texts


@pytest.mark.parametrize("alternative", ["a|b", "[a|b", "a]"])
def test_brackets_that_do_not_match_are_refused(alternative: str) -> None:
    with pytest.raises(ValueError, match=r"br|bar"):
        parse(alternative)


def test_a_mark_stands_at_the_words_of_its_figure() -> None:
    passage = writer().sentence("item")
    assert passage is not None
    [mark] = passage.marks
    assert passage.text[mark.start : mark.end] == "567"
    assert (mark.row["indicator"], mark.row["value"]) == ("dossier.resolved_early", 567)


@pytest.mark.parametrize(
    ("style", "value", "unit", "whole", "said"),
    [
        ("", 7, "count", None, ("07", 7, "eq", None)),
        ("", 1634, "count", None, ("1.634", 1634, "eq", None)),
        ("", "84.84", "percent", None, ("84,84%", Decimal("84.84"), "eq", None)),
        ("of", 30, "count", 50, ("30/50", 30, "eq", 50)),
        ("of", "9.97", "point", "10.5", ("9,97/10,5", Decimal("9.97"), "eq", Decimal("10.5"))),
        ("thousands", 8984, "count", None, ("8,98 ngàn", 8980, "eq", None)),
        ("thousands", 1_234_567, "count", None, ("1,23 triệu", 1_230_000, "eq", None)),
        ("words", 21, "count", None, ("hai mươi mốt", 21, "eq", None)),
        ("money", 1_634_000_000_000, "vnd", None, ("1.634 tỷ đồng", 1_634_000_000_000, "eq", None)),
    ],
)
def test_styles(style: str, value: object, unit: str, whole: object, said: tuple[object, ...]) -> None:
    figure = Figure("x", Decimal(str(value)), unit, OURS)
    made = STYLES[style](figure, None if whole is None else Decimal(str(whole)), HABIT, random.Random(4))
    assert (made.words.replace("tỉ", "tỷ"), made.value, made.comparator, made.out_of) == said


@pytest.mark.parametrize("seed", range(8))
def test_a_comparator_and_its_words_agree(seed: int) -> None:
    figure = Figure("x", Decimal(4561), "count", OURS)
    made = STYLES["about"](figure, None, HABIT, random.Random(seed))
    assert (made.before, made.words, made.comparator) in {
        ("hơn ", "4.500", "gt"), ("trên ", "4.500", "gt"), ("gần ", "4.600", "lt"), ("khoảng ", "4.500", "approx")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "words"), [(5, "năm"), (10, "mười"), (14, "mười bốn"), (35, "ba mươi lăm"), (24, "hai mươi tư")]
)
def test_number_words(value: int, words: str) -> None:
    assert in_words(Decimal(value)) == words
    with pytest.raises(Unsayable):
        in_words(Decimal(value) + 95)


def test_what_cannot_be_written_is_no_sentence() -> None:
    assert Writer({"rule": ("{nothing}",)}, WORLD, HABIT, random.Random(1)).sentence("rule") is None
    with pytest.raises(Unwritable):
        Writer({}, {}, HABIT, random.Random(1)).write_text("<nothing>", writer().sentence("item"))  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(30))
def test_figures_of_one_report_agree(seed: int) -> None:
    draw = random.Random(seed)
    d = dossier_counts(draw, draw.randint(50, 90_000), carried=True)
    assert d["received"] == d["received_new"] + d["carried_over"] == d["to_process"]
    assert d["received_new"] == d["received_online"] + d["received_direct"] + d["received_postal"]
    assert d["resolved"] == d["resolved_early"] + d["resolved_on_time"] + d["resolved_overdue"]
    assert d["pending"] == d["pending_in_time"] + d["pending_overdue"]
    assert d["received"] == d["resolved"] + d["pending"]
    assert min(d.values()) >= 0
    t = task_counts(draw, draw.randint(20, 900))
    assert t["total"] == t["completed"] + t["in_progress"]
    assert t["completed"] == t["completed_on_time"] + t["completed_late"]
    assert t["in_progress"] == t["in_progress_in_time"] + t["overdue"]


def literal(alternative: str) -> str:
    """The longest run of words that an alternative always writes, in small letters."""
    return max((part.words for part in parse(alternative) if isinstance(part, Text)), key=len).strip(" ,.;:(").lower()


def test_no_sentence_of_the_grammar_is_dead() -> None:
    """Over many documents every sentence is written: it speaks of nothing that no world has."""
    texts = "\n".join(block.text for made in composed(500) for block in made.source.blocks).lower()
    sentences = [a for rule in load_grammar().values() for a in rule if a.rstrip('"').endswith((".", ":"))]
    assert len(sentences) > 150
    assert [alternative for alternative in sentences if literal(alternative) not in texts] == []


def test_documents_are_varied() -> None:
    made = composed(120)
    kinds = Counter(m.gold["document"]["doc_type"] for m in made)
    assert len(kinds) >= 6
    assert len({m.gold["document"]["ref_area"] for m in made}) >= 40
    indicators = {row["indicator"] for m in made for row in m.gold["observations"]}
    assert len(indicators) >= 85
    assert {row["obs_status"] for m in made for row in m.gold["observations"]} == {"actual", "target"}
    paragraphs = [block.text for m in made for block in m.source.blocks if "hồ sơ, " in block.text]
    assert len(set(paragraphs)) > 0.95 * len(paragraphs) > 60


@pytest.mark.parametrize("made", composed(40), ids=lambda made: made.source.name)
def test_every_quote_stands_in_its_document(made: Composition) -> None:
    text = unicodedata.normalize("NFC", make(made.source).decode(made.source.head.get("encoding", "utf-8")))
    assert made.gold["observations"] or made.gold["document"]["doc_type"] in (
        "plan",
        "other",
        "notice",
        "news",
        "report",
    )
    for table in ("observations", "references"):
        assert [row["quote"] for row in made.gold[table] if row["quote"] not in text] == []


@pytest.mark.parametrize("format_", MAKERS)
def test_the_same_seed_gives_the_same_bytes(format_: str) -> None:
    made = [make(compose("hạt giống", "tên", format_).source) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0] != make(compose("hạt khác", "tên", format_).source)


@pytest.mark.parametrize("format_", ["docx", "html", "mhtml", "eml", "xlsx", "csv", "pdf", "tcvn3"])
def test_a_format_holds_the_words_of_the_document(format_: str) -> None:
    made = compose("đọc lại", "tên", format_)
    text = " ".join(read_bytes(make(made.source), made.source.file_name, ReadSettings()).text.split())
    assert [row["quote"] for row in made.gold["observations"] if str(row["quote"]) not in text] == []


def test_wear_shows(tmp_path: Path) -> None:
    clean, worn = (make(compose("quét", "tên", "png", wear).source) for wear in (0.0, 1.0))
    assert hashlib.sha256(clean).digest() != hashlib.sha256(worn).digest()
    assert len(worn) > len(clean)


def test_a_corpus_is_a_folder_of_documents_and_one_of_gold(tmp_path: Path) -> None:
    names = list(make_corpus(tmp_path, 6, 3, ["txt", "html", "csv"]))
    assert names == [
        "00001-txt.txt",
        "00002-html.html",
        "00003-csv.csv",
        "00004-txt.txt",
        "00005-html.html",
        "00006-csv.csv",
    ]
    assert {path.name for path in (tmp_path / "documents").iterdir()} == set(names)
    for path in (tmp_path / "gold").iterdir():
        assert json.loads(path.read_text(encoding="utf-8"))["file"] in names


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load()


def errors_found(made: Composition, rulebook: Rulebook) -> set[str]:
    result = process(make(made.source), made.source.file_name, rulebook)
    assert result.extraction is not None, result.failure
    return {f.check for f in result.extraction.findings if f.severity == "error"}


def test_a_figure_that_is_wrong_on_purpose_is_found_and_no_other(rulebook: Rulebook) -> None:
    documents = composed(160)
    slipped = [made for made in documents if made.gold["checks"]]
    sound = [made for made in documents if not made.gold["checks"]][:20]
    assert len(slipped) >= 8
    found = [made.gold["checks"][0]["check"] in errors_found(made, rulebook) for made in slipped]
    assert sum(found) >= 0.7 * len(found), "what is not found is mostly a figure that is not read"
    assert sum(bool(errors_found(made, rulebook)) for made in sound) <= 1


def test_a_document_with_a_slip_differs_in_one_figure() -> None:
    slipped = next(made for made in composed(160) if made.gold["checks"])
    sound, possible = compose_with(f"thử/{int(slipped.source.name)}", slipped.source.name, "txt", 0.5, None)
    assert possible
    words = [Counter(" ".join(block.text for block in made.source.blocks).split()) for made in (slipped, sound)]
    assert (words[0] - words[1]).total() == (words[1] - words[0]).total() == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--formats", "txt,wpd"], "there is no format wpd"),
        (["--documents", "0"], "x>=1"),
        (["--wear", "2"], "0<=x<=1"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, arguments: list[str], words: str) -> None:
    run = solieu_here("corpus", "make", "--out", tmp_path / "new", *arguments)
    assert (run.returncode, words in run.stderr) == (2, True), run.stderr
    assert not (tmp_path / "new").exists()


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("của tôi", encoding="utf-8")
    run = solieu_here("corpus", "make", "--out", tmp_path, "--documents", 1, "--formats", "txt")
    assert (run.returncode, "is not empty" in run.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_missing_package_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "reportlab.lib", None)
    run = solieu_here("corpus", "make", "--out", tmp_path / "new", "--documents", 1, "--formats", "pdf")
    assert run.returncode == 2
    assert "pip install 'solieu[corpus]'" in run.stderr
