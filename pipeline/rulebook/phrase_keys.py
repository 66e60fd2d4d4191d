"""The phrases under a key of a rule file, compiled: a fault in one is told with its file and its line."""

from __future__ import annotations

from pipeline.rulebook.phrases import PhraseError, any_of, compiled, longer_first
from pipeline.rulebook.source import Reader, RuleError
from pipeline.text.phrase_places import Phrase


def phrases_under(reader: Reader, key: str, name: str = "", lead: str = "") -> list[Phrase]:
    """The phrases of a key, longer ones first, under the group `name`, each behind the words `lead`.

    Raises RuleError.
    """
    if name and not name.isidentifier():
        raise reader.fault(f"{name!r} cannot name phrases: it may have letters, digits and _ only")
    found = []
    for phrase in reader.texts(key):
        try:
            found.append(compiled(lead + phrase, name))
        except PhraseError as fault:
            raise RuleError(reader.path, reader.line_of(key, phrase), str(fault)) from fault
    return longer_first(found)


def alternation_under(reader: Reader, key: str) -> str:
    """One expression for the phrases of a key, in whole words. Raises RuleError."""
    return any_of(phrases_under(reader, key))
