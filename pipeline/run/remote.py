"""Archives and datasets in object stores (s3://…), by way of fsspec.

A store has no renaming and no locks. So a run keeps its working state on this machine, and what it puts into
the store is whole or not seen: the files of a dataset go below a prefix of their own, named by their content,
and `dataset.json`, written last, says which prefix is the dataset. Whoever reads starts there. The dataset
before is kept for those who are reading it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipeline.model import ReadError
from pipeline.process import file_bytes, refuse_large

MANIFEST = "dataset.json"
VERSIONS = "versions"
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://")


class RemoteError(Exception):
    """A store that cannot be reached, or refuses: what happened. It is no fault of any document."""


def is_remote(place: str | Path) -> bool:
    """Whether a place is in a store: a URL, not a path."""
    return isinstance(place, str) and _SCHEME.match(place) is not None


def state_of(url: str) -> Path:
    """Where a run into a store keeps its state on this machine, unless told otherwise."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return caches / "solieu" / f"{re.sub(r'[^A-Za-z0-9.-]+', '-', url)}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"


def source_bytes(source: str) -> bytes:
    """The bytes of a file, be it in a store. Raises OSError and ReadError as `file_bytes`; RemoteError."""
    if not is_remote(source):
        return file_bytes(Path(source))
    store, path = _opened(source)
    with _told(source):
        refuse_large(int(store.size(path) or 0))
        return bytes(store.cat_file(path))


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in a store: its URL, its place below the root that was asked for, its size, a mark that changes with
    its content, and when it was written (nanoseconds since 1970; 0 where the store does not tell)."""

    url: str
    below: str
    size: int
    mark: str
    touched_ns: int


def files_below(root: str) -> Iterator[Stored]:
    """Every file below a URL, or the one at it, in the order of their URLs. Raises RemoteError."""
    store, top = _opened(root)
    scheme = root.partition("://")[0]
    with _told(root, missing="there is no such bucket or folder"):
        store.invalidate_cache()
        found: dict[str, dict[str, Any]] = store.find(top, detail=True)
    for path, about in sorted(found.items()):
        changed = about.get("LastModified") or about.get("mtime") or about.get("created") or 0
        touched = int((changed.timestamp() if isinstance(changed, datetime) else float(changed)) * 1e9)
        mark = about.get("ETag") or about.get("etag") or about.get("md5Hash") or touched
        size = int(about.get("size") or 0)
        below = path.removeprefix(top).lstrip("/") or path.rpartition("/")[2]
        yield Stored(f"{scheme}://{path.lstrip('/')}", below, size, f"{size}-{mark}", touched)


def publish_remote(directory: Path, names: list[str], url: str, about: dict[str, Any]) -> str:
    """Put these files of a folder into the store as the dataset at `url`; gives the version's name.

    `about` stands in the manifest. A version that is already there is not sent again. Raises RemoteError.
    """
    files = {name: _described(directory / name) for name in sorted(names)}
    version = hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()[:16]
    store, top = _opened(url)
    top = top.rstrip("/")
    with _told(url, missing="it cannot be written"):
        store.invalidate_cache()
        before = _manifest(store, f"{top}/{MANIFEST}")
        if before.get("version") == version:
            return version
        prefix = f"{VERSIONS}/{version}"
        for name in files:
            store.put_file(str(directory / name), f"{top}/{prefix}/{name}")
        manifest = {"version": version, "prefix": prefix, "files": files, "run": about}
        store.pipe_file(f"{top}/{MANIFEST}", json.dumps(manifest, ensure_ascii=False, indent=1).encode("utf-8"))
        kept = {version, before.get("version")}
        for old in store.ls(f"{top}/{VERSIONS}", detail=False):
            if old.rstrip("/").rpartition("/")[2] not in kept:
                store.rm(old, recursive=True)
    return version


def _described(file: Path) -> dict[str, Any]:
    with file.open("rb") as stream:
        return {"bytes": file.stat().st_size, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}


def _manifest(store: Any, path: str) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(store.cat_file(path))
    except (FileNotFoundError, ValueError):
        return {}
    return manifest


def _opened(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path within. Raises RemoteError; ModuleNotFoundError without fsspec."""
    import fsspec

    try:
        store, path = fsspec.core.url_to_fs(url)
    except ImportError as problem:
        if url.startswith("s3"):
            raise ModuleNotFoundError(str(problem), name="s3fs") from None
        raise RemoteError(f"{url}: {problem}") from None
    except ValueError as problem:
        raise RemoteError(f"{url}: {problem}") from None
    return store, path


@contextmanager
def _told(url: str, missing: str = "") -> Iterator[None]:
    """What a store says as a RemoteError; that a file is missing or barred stays an OSError, unless `missing` tells
    what that means."""
    try:
        yield
    except (FileNotFoundError, PermissionError) as problem:
        if not missing:
            raise
        raise RemoteError(f"{url}: {missing} ({problem})") from None
    except (ReadError, RemoteError):
        raise
    except Exception as problem:  # each library of a store has errors of its own
        raise RemoteError(f"{url}: {type(problem).__name__}: {problem}") from None
