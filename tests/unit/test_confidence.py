"""The table of confidence: nobody's hand is in it, and it knows every reason there is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from layer_samples import Sample, sample

import pipeline
from pipeline.assemble.confidence import LOW, graded
from pipeline.assemble.doubts import DOUBTS, Doubts
from pipeline.assemble.slots import Fact, Slots
from pipeline.evaluate.calibration import BASE, Reading, bins, confidence_of, crossed, fit, kept
from pipeline.evaluate.levels import Level
from pipeline.match.mention import Mention
from pipeline.model import Observation, Span
from pipeline.rulebook.book import load
from pipeline.rulebook.confidence import Confidence, load_confidence
from pipeline.rulebook.source import RuleError

ROOT = Path(__file__).parents[2]
RECORD = ROOT / "benchmarks" / "unseen" / "first_contact.csv"
STORED = load().confidence
NAME = re.compile(r"[a-z]+(?:_[a-z]+)*\Z")
NO_REASON = {"base_period"}


# --- the stored table --------------------------------------------------------------------------------


def literals(tree: ast.AST) -> Iterator[str]:
    return (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.match(node.value)
    )


def given_in(module: ast.Module) -> Iterator[str]:
    """The reasons that a module of `match` or `assemble` names."""
    for node in ast.walk(module):
        if isinstance(node, ast.keyword) and node.arg in ("reason", "reasons"):
            yield from literals(node.value)
        elif isinstance(node, ast.Assign):
            names = {target.id for target in node.targets if isinstance(target, ast.Name)}
            if names & {"reason", "reasons", "flags"}:
                for inner in ast.walk(node.value):
                    if isinstance(inner, ast.Tuple) and inner.elts and isinstance(inner.elts[0], ast.Constant):
                        yield from literals(inner.elts[0])
                    if isinstance(inner, ast.IfExp):
                        yield from literals(inner.body)
        elif isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple) and len(node.value.elts) == 3:
            yield from literals(node.value.elts[2])


def reasons_in_code() -> set[str]:
    folder = Path(pipeline.__file__).parent
    files = [*(folder / "match").glob("*.py"), *(folder / "assemble").glob("*.py")]
    found = {name for file in files for name in given_in(ast.parse(file.read_text(encoding="utf-8")))}
    index_near = {f"index_{near}" for near in ("document", "before", "block")}
    return (found | index_near | set(DOUBTS) | {"failed_check"}) - NO_REASON


def test_every_reason_has_a_weight_and_every_weight_a_reason() -> None:
    """A new reason: add its name to rules/confidence.yaml with any weight and run `make calibrate`."""
    everywhere = {
        name
        for room in ("match", "assemble", "check")
        for file in (Path(pipeline.__file__).parent / room).glob("*.py")
        for name in literals(ast.parse(file.read_text(encoding="utf-8")))
    } | reasons_in_code()
    named = set(STORED.weights) - {BASE}
    assert reasons_in_code() - named == set()
    assert named - everywhere == set()


@pytest.mark.skipif(not RECORD.exists(), reason="the documentation lies in a checkout only")
def test_the_documentation_explains_every_reason() -> None:
    page = (ROOT / "docs" / "confidence.md").read_text(encoding="utf-8")
    assert {name for name in STORED.weights if f"`{name}`" not in page} == set()


def test_weights_lower_and_never_raise() -> None:
    assert all(0 < weight <= 1 for weight in STORED.weights.values())


@pytest.mark.skipif(not RECORD.exists(), reason="the record of first contacts lies in a checkout only")
def test_no_weight_was_set_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    import fit_confidence

    weights = fit_confidence.weights_of(fit_confidence.recorded(), STORED, STORED.half_right)
    assert dict(STORED.weights) == weights
    text = fit_confidence.table_text(STORED, STORED.half_right, weights)
    assert fit_confidence.TABLE.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "faulty",
    ["weights: {every_reading: 1}\nbar: 0", "weights: {every_reading: 1.2}\nbar: 0.9\nbroad_measures: []",
     "weights: {}\nbar: 0.9\nbroad_measures: []", "weights: {every_reading: 1}\nbar: 0.9\nbroad_measures: dossier",
     "weights: {every_reading: 1, ocr: true}\nbar: 0.9\nbroad_measures: []", "every_reading: 0.9"],
)  # fmt: skip
def test_a_faulty_table_is_refused(faulty: str, tmp_path: Path) -> None:
    (tmp_path / "confidence.yaml").write_text(faulty, encoding="utf-8")
    with pytest.raises(RuleError):
        load_confidence(tmp_path / "confidence.yaml")


# --- grading -----------------------------------------------------------------------------------------


def observation(*reasons: str, flags: tuple[str, ...] = ()) -> Observation:
    return Observation(
        "a", "case.received", Decimal(1), "count", "1", Span(0, 1), Span(0, 1), "r", reasons=reasons, flags=flags
    )


TABLE = Confidence({"every_reading": 0.95, "linked": 0.5, "failed_check": 0.8}, bar=0.7)


@pytest.mark.parametrize(
    ("row", "sure", "flags"),
    [
        (observation(), 0.95, ()),
        (observation("linked"), 0.475, (LOW,)),
        (observation("unheard_of"), 0.95, ()),
        (observation(flags=("failed_check",)), 0.76, ("failed_check",)),
        (observation("linked", flags=("failed_check",)), 0.38, ("failed_check", LOW)),
    ],
)
def test_rows_under_the_bar_are_flagged_and_kept(row: Observation, sure: float, flags: tuple[str, ...]) -> None:
    (made,) = graded([row], TABLE)
    assert (made.confidence, made.flags) == (pytest.approx(sure), flags)
    assert "failed_check" not in flags or "failed_check" in made.reasons


# --- doubts ------------------------------------------------------------------------------------------


def doubts(found: Sample, quote: str, number: str, *cues: str, status: str = "actual", **fields: object) -> set[str]:
    start = found.text.index(quote)
    at = start + quote.index(number)
    mention = Mention(
        indicator="case.received", unit="count", value=Decimal(1), value_span=Span(at, at + len(number)),
        quote_span=Span(start, start + len(quote)), rule_id="case/received/count",
        cues=tuple(("received", found.span(cue)) for cue in cues),
    )  # fmt: skip
    fact = Fact(replace(mention, **fields), Slots(status=status))  # type: ignore[arg-type]
    return set(Doubts(found.layers, {"case.broad"}).about(fact))


@pytest.mark.parametrize(
    ("text", "quote", "number", "cues", "fields", "expected"),
    [
        ("Đã nhận 5 hồ sơ, trả 3, còn 2.", "nhận 5 hồ sơ", "5", ("nhận",), {}, {"single_cue"}),
        ("Đã nhận mới 5 hồ sơ, trả 3, còn 2.", "nhận mới 5 hồ sơ", "5", ("nhận", "mới"), {}, set()),
        ("Tiếp nhận: 5, trả 3, còn 2.", "nhận: 5", "5", ("nhận",), {}, {"single_cue"}),
        ("Trả 3, nhận 4; Sở A 5 hồ sơ.", "5 hồ sơ", "5", ("nhận",), {}, {"single_cue", "cue_elsewhere"}),
        ("Đã nhận mới 5 hồ sơ.", "nhận mới 5 hồ sơ", "5", ("nhận", "mới"), {}, {"few_numbers"}),
        ("5 hồ sơ nhận mới đã có văn bản xin lỗi ngay, 3, 2.", "5 hồ sơ nhận mới", "5", ("nhận", "mới"), {},
         {"unread_behind"}),
        ("Xử lý tình huống nhận mới 5 hồ sơ, 3, 2.", "nhận mới 5 hồ sơ", "5", ("nhận", "mới"), {}, {"unread_before"}),
        ("Nhận mới cả thảy là 5 hồ sơ, 3, 2.", "Nhận mới cả thảy là 5", "5", ("Nhận", "mới"), {}, {"unread_between"}),
        ("Nhận mới ít nhất 5, 3, 2.", "Nhận mới ít nhất 5", "5", ("Nhận", "mới ít nhất"), {"comparator": "ge"},
         {"bound_as_result"}),
        ("Nhận mới 5, 3, 2.", "Nhận mới 5", "5", ("Nhận", "mới"), {"indicator": "case.broad", "value": Decimal(0)},
         {"broad_measure", "zero"}),
        ("Nhận mới 5.", "Nhận mới 5", "5", ("Nhận",), {"cell": (1, 1, 1)}, set()),
    ],
)  # fmt: skip
def test_doubts_are_seen(
    text: str, quote: str, number: str, cues: tuple[str, ...], fields: dict[str, object], expected: set[str]
) -> None:
    assert doubts(sample(text), quote, number, *cues, **fields) == expected


def test_a_word_of_another_measure_and_a_goal_are_doubts() -> None:
    found = sample("Nhận mới 5, 3, 2.")
    cues = (("received", found.span("Nhận")), ("resolved", found.span("mới")))
    assert doubts(found, "Nhận mới 5", "5", status="target", cues=cues) == {"mixed_cues", "read_as_target"}


# --- the fit -----------------------------------------------------------------------------------------


def read(count: int, level: Level, *reasons: str, file: str = "a") -> list[Reading]:
    return [Reading("set", file, "case.received", "1", "1", reasons, level)] * count


KNOWN = [
    *read(190, Level.FULL, file="a"), *read(2, Level.NONE, file="b"),
    *read(60, Level.FULL, "harmless", file="b"),
    *read(20, Level.FULL, "harmful", file="c"), *read(20, Level.NONE, "harmful", "harmless", file="c"),
    *read(4, Level.TYPED, "slots", file="a"), *read(1, Level.NONE, "rare", file="b"),
]  # fmt: skip


def test_blame_goes_to_the_reason_that_failures_share() -> None:
    weights = fit(KNOWN, 0.25, ["never_met"])
    assert weights["harmful"] < 0.7 < 0.9 < weights["harmless"] <= 1
    assert weights[BASE] > 0.97
    assert 0.8 < weights["rare"] < weights["never_met"] == 0.95
    assert all(0 < weight <= 1 for weight in weights.values())


def test_a_wrong_subject_weighs_as_much_as_is_asked() -> None:
    worth = [fit(KNOWN, part)["slots"] for part in (0.0, 0.5, 1.0)]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > worth[-1]


def test_the_order_of_readings_does_not_matter() -> None:
    assert fit(KNOWN, 0.25) == fit(KNOWN[::-1], 0.25)


def test_a_document_is_judged_by_the_others() -> None:
    sure = crossed(KNOWN, 0.0)
    met_in_c_alone = next(one for reading, one in zip(KNOWN, sure, strict=True) if "harmful" in reading.reasons)
    without_c = [reading for reading in KNOWN if reading.file != "c"]
    weights = fit(without_c, 0.0, ["harmful"])
    assert met_in_c_alone == pytest.approx(confidence_of(weights, ["harmful"]))
    assert weights["harmful"] == 0.95


def test_bins_and_what_is_kept_count_each_reading_once() -> None:
    sure = [confidence_of(fit(KNOWN, 0.0), reading.reasons) for reading in KNOWN]
    found = list(bins(KNOWN, sure, (0.0, 0.5, 0.9, 1.0)))
    assert sum(one.count for one in found) == len(KNOWN)
    above = kept(KNOWN, sure, 0.9)
    assert (above.kept, above.all) == (sum(one >= 0.9 for one in sure), len(KNOWN))
    assert above.typed >= above.full
