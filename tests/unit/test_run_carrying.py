"""Which documents hold under changed rules: only those of which that is known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.rulebook.book import Rules
from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.source import RuleError
from pipeline.run.cache import Cache
from pipeline.run.carrying import RULES, Carrier
from pipeline.run.worker import TEXT, reading_key
from pipeline.store.ledger import FileEntry

BEFORE = Rules()
TEXTS = {"has": "đơn vị đã thụ lý được 5 hồ sơ", "has-not": "đơn vị đã tiếp nhận 5 hồ sơ"}


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """What a run under the shipped rules keeps of two documents."""
    cache = Cache(tmp_path / "cache")
    Carrier(BEFORE, cache).keep_rules()
    for doc_id, text in TEXTS.items():
        cache.put(TEXT, reading_key(doc_id, f"{doc_id}.txt"), text.encode())
    return cache


def changed(folder: Path, old: str, new: str) -> Rules:
    """The shipped rules with a stretch of the family of dossiers replaced."""
    family = Path(shutil.copytree(rules_dir(), folder)) / "measures" / "dossier.yaml"
    text = family.read_text("utf-8")
    assert text.count(old) == 1
    family.write_text(text.replace(old, new), "utf-8")
    return Rules(folder)


def entry(doc_id: str, rules: str = BEFORE.version) -> FileEntry:
    return FileEntry(f"/{doc_id}", f"{doc_id}.txt", "", doc_id, 1, "made", "ok", rules=rules)


def carried(rules: Rules, cache: Cache, *entries: FileEntry) -> list[bool]:
    carrier = Carrier(rules, cache)
    return [carrier.carries(one) for one in entries]


def test_a_phrase_concerns_the_documents_that_have_it(cache: Cache, tmp_path: Path) -> None:
    rules = changed(tmp_path / "rules", "      - thụ lý mới\n", "      - thụ lý (mới|được)\n")
    assert carried(rules, cache, entry("has"), entry("has-not")) == [False, True]


def test_what_is_not_known_is_not_carried(cache: Cache, tmp_path: Path) -> None:
    rules = changed(tmp_path / "rules", "      - thụ lý mới\n", "")
    assert carried(rules, cache, entry("has-not", rules="of old"), entry("never-seen")) == [False, False]
    cache.drop(RULES, set())
    assert carried(rules, cache, entry("has-not")) == [False]


def test_faulty_rules_carry_nothing(cache: Cache, tmp_path: Path) -> None:
    rules = changed(tmp_path / "rules", "      - thụ lý mới\n", "      - (thụ lý\n")
    with pytest.raises(RuleError, match=r"dossier\.yaml"):
        carried(rules, cache, entry("has-not"))
