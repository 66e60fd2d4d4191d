"""What a changed rule does not concern is read alike under both sets of rules."""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.model import Document
from pipeline.process import extract_facts, read_document
from pipeline.rulebook.book import Rules, load
from pipeline.rulebook.changes import Change, can_match, changes, stretches_of
from pipeline.rulebook.location import rules_dir
from pipeline.text.phrase_places import PhraseSet

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
TEXTS = Rules().texts


def documents(ending: str = "*") -> list[Document]:
    files = sorted(file for file in CORPUS.rglob(ending) if file.suffix in (".txt", ".html", ".docx"))
    return [read_document(file.read_bytes(), str(file)) for file in files]


@pytest.fixture(scope="module")
def corpus() -> list[Document]:
    return documents()


@pytest.mark.parametrize(
    ("phrase", "text", "can"),
    [
        ("hoàn thành", "đã hoàn thành 5 nhiệm vụ", True),
        ("hoàn thành", "hoàn toàn thành công", False),
        ("[đã] hoàn thành", "hoàn thành", True),
        ("(xong|hoàn thành) việc", "xong 5 việc", True),
        ("(xong|hoàn thành) việc", "hoàn 5 việc", False),
        ("giao ~ (nâng|giảm)", "giảm so với khi giao", True),
        ("giao ~ (nâng|giảm)", "giao cho sở", False),
        ("còn {hạn}", "còn lại trong hạn", True),
        ("còn {hạn}", "còn lại", False),
        ("còn {!hạn}", "còn lại", True),
        ("# hồ sơ", "12 hồ sơ", True),
        ("SIPAS", "chỉ số sipas", True),
        ("ý kiến", "bốný kiếnnghị", True),
    ],
)
def test_what_a_phrase_cannot_do_without(phrase: str, text: str, can: bool) -> None:
    assert can_match(phrase, text) is can


def edited(name: str, old: str, new: str) -> tuple[Change, ...]:
    """What changes where a stretch of a rule file is replaced."""
    assert TEXTS[name].count(old) >= 1
    return changes(TEXTS, {**TEXTS, name: TEXTS[name].replace(old, new, 1)})


@pytest.mark.parametrize(
    ("name", "old", "new", "concerned", "untouched"),
    [
        ("measures/task.yaml", "heads:\n", "heads:\n  - đầu việc khoán\n", "18 đầu việc khoán", "18 nhiệm vụ"),
        ("status.yaml", "    - phấn đấu\n", "", "phấn đấu đạt 90%", "đã đạt 90%"),
        ("index/PII.yaml", "acronyms: [PII]", "acronyms: [PII, PIIX]", "PIIX đạt 40 điểm", "PAPI đạt 40 điểm"),
        ("index/PII.yaml", "min: 5", "min: 6", "chỉ số PII đạt 40 điểm", "PAPI đạt 40 điểm"),
        ("numerals.yaml", '"zalo", ', "", "Zalo 0912", "ĐT 0912"),
        ("checks.yaml", "sums:", "sums: ", "gì cũng vậy", None),
        ("gazetteer/regions.yaml", "\n", "\n\n", "gì cũng vậy", None),
    ],
)
def test_whom_a_change_concerns(name: str, old: str, new: str, concerned: str, untouched: str | None) -> None:
    found = edited(name, old, new)
    texts = [stretches_of(read_document(text.encode(), "a.txt")) for text in (concerned, untouched or "x")]
    assert [any(change.concerns(text) for change in found) for text in texts] == [True, untouched is None]


def test_examples_and_remarks_concern_nobody(corpus: list[Document]) -> None:
    found = edited("measures/task.yaml", "examples:\n", "# a remark\nexamples:\n")
    assert [change.phrases for change in found] == [()]
    assert not any(change.concerns(stretches_of(document)) for change in found for document in corpus)


def without_a_phrase(name: str, number: int) -> str:
    """A rule file without one of the phrases that stand on a line of their own."""
    lines = TEXTS[name].splitlines(keepends=True)
    end = next((n for n, line in enumerate(lines) if line.startswith(("examples:", "negatives:"))), len(lines))
    phrases = [n for n, line in enumerate(lines[:end]) if re.match(r"\s+- [^{}:#]+$", line)]
    taken = phrases[number % len(phrases)] if phrases else None
    return "".join(line for n, line in enumerate(lines) if n != taken)


CHANGED = sorted(name for name in TEXTS if name.startswith(("measures/", "index/")) or name == "status.yaml")


@pytest.mark.parametrize("name", CHANGED)
def test_documents_that_are_not_concerned_are_read_alike(name: str, corpus: list[Document], tmp_path: Path) -> None:
    """Two of the file's phrases taken out: what is carried over is what a new extraction gives."""
    folder = shutil.copytree(rules_dir(), tmp_path / "rules")
    (folder / name).write_text(without_a_phrase(name, 1), encoding="utf-8")
    before, after = load(), load(folder)
    found = changes(TEXTS, Rules(folder).texts)
    untouched = [d for d in corpus if not any(change.concerns(stretches_of(d)) for change in found)]
    assert found
    assert untouched
    for document in untouched[:3]:
        assert extract_facts(document, after) == extract_facts(document, before), document.source.path


class Watched:
    """An expression of a rule that notes what it matched."""

    def __init__(self, pattern: Any, matched: set[str]) -> None:
        self._pattern, self._matched = pattern, matched

    def __getattr__(self, name: str) -> Any:
        made = getattr(self._pattern, name)
        return self._noting(made) if name in ("search", "match", "fullmatch") else made

    def _noting(self, method: Any) -> Any:
        def noting(*arguments: Any) -> Any:
            if (match := method(*arguments)) is not None:
                self._matched.add(match.group())
            return match

        return noting

    def finditer(self, *arguments: Any) -> Iterator[Any]:
        for match in self._pattern.finditer(*arguments):
            self._matched.add(match.group())
            yield match

    def sub(self, new: Any, text: str) -> str:
        self._matched.update(match.group() for match in self._pattern.finditer(text))
        return str(self._pattern.sub(new, text))


def watched(value: Any, matched: set[str]) -> Any:
    """A rulebook, or a part of one, all of whose expressions are watched."""
    if type(value).__name__ == "Pattern":
        return Watched(value, matched)
    if isinstance(value, tuple):
        return tuple(watched(item, matched) for item in value)
    if isinstance(value, dict):
        return {key: watched(item, matched) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and type(value).__module__.startswith("pipeline.rulebook"):
        parts = {f.name: watched(getattr(value, f.name), matched) for f in dataclasses.fields(value) if f.init}
        return dataclasses.replace(value, **parts)  # type: ignore[type-var]
    return value


def phrase_sets(value: Any) -> Iterator[PhraseSet]:
    """All sets of phrases within a part of a rulebook."""
    if isinstance(value, PhraseSet):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from phrase_sets(item)
    elif isinstance(value, dict):
        yield from phrase_sets(tuple(value.values()))
    elif dataclasses.is_dataclass(value):
        yield from phrase_sets(tuple(getattr(value, f.name) for f in dataclasses.fields(value)))


def test_expressions_match_only_what_stands_in_the_document(
    corpus: list[Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What carrying results over rests on: no rule is matched with anything but stretches of the document's text."""
    matched: set[str] = set()
    book = load(shutil.copytree(rules_dir(), tmp_path / "rules"))
    own = {id(found) for part in (book.counts, book.index, book.status) for found in phrase_sets(part)}
    beginning, expression = PhraseSet.beginning, PhraseSet.expression.fget  # type: ignore[attr-defined]

    def noting(made: Callable[..., Any]) -> Callable[..., Any]:
        return lambda phrases, *word: Watched(made(phrases, *word), matched if id(phrases) in own else set())

    monkeypatch.setattr(PhraseSet, "beginning", noting(beginning))
    monkeypatch.setattr(PhraseSet, "expression", property(noting(expression)))
    book = watched(book, matched)
    for document in corpus[:12]:
        matched.clear()
        extract_facts(document, book)
        text = stretches_of(document)
        strange = {
            words for words in matched
            for part in re.findall(r"[^\W\d_]+(?:\s+[^\W\d_]+)*", words.lower())
            if " ".join(part.split()) not in text
        }  # fmt: skip
        assert strange == set(), document.source.path
        assert len(matched) > 5, document.source.path
