"""Zip containers, opened with distrust: the bytes are counted as they come out, not as the header states them."""

from __future__ import annotations

import io
import zipfile

from pipeline.model import Cause, ReadError
from pipeline.read.settings import ReadSettings

_CHUNK = 1 << 16


class Container:
    """The entries of a zip file, within the bounds of `settings`. One budget holds for all entries together.

    Raises ReadError: CORRUPT for what is no zip file, ENCRYPTED, TOO_LARGE past the bounds.
    """

    def __init__(self, data: bytes, settings: ReadSettings) -> None:
        self._budget = settings.max_unpacked
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _damaged(str(error)) from error
        infos = self._zip.infolist()
        if len(infos) > settings.max_entries:
            raise ReadError(
                Cause.TOO_LARGE,
                f"the container has {len(infos):,} entries",
                "Unpack it and hand in the documents that matter.",
            )
        self._infos = {info.filename: info for info in infos}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the entries, as written; they may try to climb out and are never used as paths."""
        return tuple(self._infos)

    def read(self, name: str) -> bytes | None:
        """The content of an entry, None if there is no such entry."""
        info = self._infos.get(name)
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(Cause.ENCRYPTED, f"{name} is encrypted", "Save it without a password, and run again.")
        parts: list[bytes] = []
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    self._budget -= len(chunk)
                    if self._budget < 0:
                        raise ReadError(
                            Cause.TOO_LARGE,
                            "the container unpacks to more than is read of one file",
                            "It may be a decompression bomb. If it is not, unpack it and hand in its documents.",
                        )
                    parts.append(chunk)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise _damaged(str(error)) from error
        except Exception as error:
            # zlib and lzma have exceptions of their own.
            if isinstance(error, ReadError):
                raise
            raise _damaged(str(error)) from error
        return b"".join(parts)


def _damaged(detail: str) -> ReadError:
    return ReadError(Cause.CORRUPT, f"the container is damaged: {detail}", "Copy the file anew from its source.")
