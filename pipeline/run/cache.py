"""What was read and extracted before, kept by the content that it was made from.

An entry is a file named by a hash of everything that went into it, so that it never grows stale;
within is a checksum and compressed bytes, so that a torn or damaged one is found and made again.
Nothing in it is code (no pickle).
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"solieu1\n"
_DIGEST = 32


def key_of(*parts: str) -> str:
    """A name for what `parts` give together; each part counts with its bounds."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little"))
        digest.update(encoded)
    return digest.hexdigest()


class LostError(Exception):
    """An entry that is no longer there, or no longer whole."""


@dataclass(frozen=True, slots=True)
class Cache:
    """Entries of several kinds below one directory."""

    directory: Path

    def path(self, kind: str, key: str) -> Path:
        """Where an entry is, or would be."""
        return self.directory / kind / key[:2] / key

    def get(self, kind: str, key: str) -> bytes | None:
        """The content of an entry; None where there is none, or where it is damaged (it is then removed)."""
        file = self.path(kind, key)
        try:
            stored = file.read_bytes()
        except FileNotFoundError:
            return None
        head = len(_MAGIC) + _DIGEST
        packed = stored[head:]
        if stored[:head] == _MAGIC + hashlib.sha256(packed).digest():
            with suppress(zlib.error):
                return zlib.decompress(packed)
        file.unlink(missing_ok=True)
        return None

    def need(self, kind: str, key: str) -> bytes:
        """The content of an entry. Raises LostError."""
        content = self.get(kind, key)
        if content is None:
            raise LostError(f"the entry {kind}/{key} of the cache")
        return content

    def put(self, kind: str, key: str, content: bytes) -> None:
        """Store an entry, whole or not at all. It is not forced to the disk: a torn one is made again."""
        packed = zlib.compress(content, 1)
        file = self.path(kind, key)
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(_MAGIC + hashlib.sha256(packed).digest() + packed)
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def entries(self, kind: str) -> Iterator[Path]:
        """The files of one kind, what a killed process left half-written included."""
        return (file for file in (self.directory / kind).glob("*/*") if file.is_file())

    def size(self) -> int:
        """The bytes that all entries take."""
        return sum(file.stat().st_size for file in self.directory.rglob("*") if file.is_file())

    def drop(self, kind: str, keep: set[str]) -> None:
        """Remove every entry of a kind but those of the given keys."""
        for file in self.entries(kind):
            if file.name not in keep:
                file.unlink(missing_ok=True)

    def shrink(self, kind: str, limit: int) -> None:
        """Remove the entries of a kind that were made longest ago, until they take `limit` bytes at most."""
        aged = sorted((stat.st_mtime_ns, stat.st_size, file) for file in self.entries(kind) for stat in [file.stat()])
        total = sum(size for _, size, _ in aged)
        for _, size, file in aged:
            if total <= limit:
                return
            file.unlink(missing_ok=True)
            total -= size
