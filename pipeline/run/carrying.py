"""Which documents hold under changed rules without being extracted anew.

For each version of the rules that facts hold under, the rule files are kept in the cache, and for each
document the text that rules can meet; from both follows whom a change can concern (`rulebook.changes`).
"""

from __future__ import annotations

import json

from pipeline.rulebook.book import Rules
from pipeline.rulebook.changes import Change, changes
from pipeline.run.cache import Cache
from pipeline.run.worker import TEXT, reading_key
from pipeline.store.ledger import FileEntry

RULES = "rules"
"""The kind of cache entries that hold the rule files of one version."""


class Carrier:
    """Tells of entries of the ledger whether they hold under the present rules."""

    def __init__(self, rules: Rules, cache: Cache) -> None:
        self._rules, self._cache = rules, cache
        self._changes: dict[str, tuple[Change, ...] | None] = {}

    def carries(self, entry: FileEntry) -> bool:
        """Whether no change since the rules of an entry can concern its document; False where that is not known.

        Raises RuleError where the present rules have a fault.
        """
        if entry.doc_id is None or (changed := self._since(entry.rules)) is None:
            return False
        text = self._cache.get(TEXT, reading_key(entry.doc_id, entry.path))
        return text is not None and not any(one.concerns(text.decode("utf-8", "surrogatepass")) for one in changed)

    def keep_rules(self) -> None:
        """Keep the present rules, so that later ones can be held against them."""
        if not self._cache.path(RULES, self._rules.version).exists():
            self._cache.put(RULES, self._rules.version, json.dumps(self._rules.texts).encode("utf-8"))

    def _since(self, version: str) -> tuple[Change, ...] | None:
        if version not in self._changes:
            _ = self._rules.book  # faults of the rules show before anything is made of them
            kept = self._cache.get(RULES, version)
            self._changes[version] = None if kept is None else changes(json.loads(kept), self._rules.texts)
        return self._changes[version]
