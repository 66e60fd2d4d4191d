"""The words of `rules/identifiers.yaml` that tell forms from documents, and what a citation is for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import regex

from pipeline.rulebook.location import rules_dir
from pipeline.rulebook.phrase_keys import alternation_under
from pipeline.rulebook.source import Reader, load_rule_file
from pipeline.text.fold import lower_view


@dataclass(frozen=True, slots=True)
class ActWords:
    """Expressions for the lower-case view, but `form_before`, which takes any case."""

    form_before: regex.Pattern[str]
    roles: regex.Pattern[str]
    """Cues; the group is the role (basis, cites)."""
    issued: regex.Pattern[str]
    """Verbs by which a document comes into the world, right before its name."""
    office: regex.Pattern[str]
    """Words of office, at the start of an issuer's phrase."""
    issuer_end: regex.Pattern[str]
    """Where the name of an issuer ends."""


@cache
def load_act_words(path: Path | None = None) -> ActWords:
    """Read and compile the words. Raises RuleError."""
    path = path or rules_dir() / "identifiers.yaml"
    top = Reader(path, load_rule_file(path))
    roles = top.mapping("roles")
    roles.only("basis", "cites", "issued")

    def listed(key: str) -> str:
        words = sorted((lower_view(word) for word in top.texts(key)), key=len, reverse=True)
        return "|".join(regex.escape(word).replace("\\ ", r"\s+") for word in words)

    # "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"
    office = rf"(?:{listed('offices')})(?!\w)"
    return ActWords(
        regex.compile(rf"(?i)(?<!\w)(?:{listed('forms')})\s*:?\s*$"),
        regex.compile(
            rf"(?P<basis>{alternation_under(roles, 'basis')})|(?P<cites>{alternation_under(roles, 'cites')})"
        ),
        regex.compile(alternation_under(roles, "issued")),
        regex.compile(rf"{office}(?:\s*(?:(?:,|và|kiêm)\s*)?{office})*\s*"),
        regex.compile(rf"[,;:.()\"\n]|(?<!\w)(?:{listed('issuer_ends')})(?!\w)"),
    )
