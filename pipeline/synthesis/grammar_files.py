"""The grammar as it lies in `grammar/`: rules of words, and kinds of documents. Checked when it is loaded."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from pipeline.synthesis.places import GRAMMAR
from pipeline.synthesis.writing import Grammar, parse

WORDS = ("dossier", "work", "families", "index", "goals", "frame")


@lru_cache(maxsize=1)
def load_grammar() -> Grammar:
    """All rules of words by name. Raises ValueError for brackets that do not match and for a name used twice."""
    rules: dict[str, tuple[str, ...]] = {}
    for file in WORDS:
        for name, alternatives in yaml.safe_load((GRAMMAR / f"{file}.yaml").read_text(encoding="utf-8")).items():
            if name in rules:
                raise ValueError(f"grammar/{file}.yaml: the rule {name} stands elsewhere too")
            rules[name] = tuple(alternatives)
            for alternative in alternatives:
                parse(alternative)
    return rules


@lru_cache(maxsize=1)
def load_kinds() -> dict[str, Any]:
    """documents.yaml: kinds of documents, what stands around a page, and documents that others cite."""
    made: dict[str, Any] = yaml.safe_load((GRAMMAR / "documents.yaml").read_text(encoding="utf-8"))
    return made
