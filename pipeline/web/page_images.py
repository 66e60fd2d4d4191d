"""Pictures of pages, made in processes of their own and kept."""

from __future__ import annotations

import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.run.cache import Cache, key_of
from pipeline.run.job import CACHE_NAME
from pipeline.web.texts import Texts

WIDTH = 1400
"""Pixels: sharp on a screen with two of them to a point."""
_KIND = "page-images"
_SECONDS = 30
_KEPT = 256 << 20
_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class PageImages:
    """Pictures of the pages of the documents of one dataset. One for all requests: few are made at once."""

    texts: Texts
    _slots: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_AT_ONCE))

    def png(self, doc_id: str, page: int) -> bytes | None:
        """A page as PNG; None where the document is gone or has no such page."""
        cache = Cache(self.texts.dataset / CACHE_NAME)
        key = key_of(doc_id, str(page), str(WIDTH))
        kept = cache.get(_KIND, key)
        if kept is not None:
            return kept
        for original in self.texts.originals(doc_id):
            if original.content() is None:
                continue
            with self._slots:
                # Who has waited here may have waited for this very page.
                made = cache.get(_KIND, key)
                if made is None and (made := _rendered(original.location, page)) is not None:
                    _keep(cache, key, made)
            if made is not None:
                return made
        return None


def _rendered(file: Path, page: int) -> bytes | None:
    command = [sys.executable, "-m", "pipeline.read.page_image", str(file), str(page), str(WIDTH)]
    try:
        answer = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return answer.stdout if answer.returncode == 0 else None


def _keep(cache: Cache, key: str, picture: bytes) -> None:
    try:
        cache.put(_KIND, key, picture)
        cache.shrink(_KIND, _KEPT)
    except OSError:
        return  # the dataset is on a disk that one may only read from: the picture is made again the next time
