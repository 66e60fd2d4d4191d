"""Loaded by every Python process whose path begins here: after the facts of ten documents the disk is full."""

import errno

from pipeline.run.cache import Cache

_put = Cache.put
_written = []


def _put_until_full(self, kind, key, content):
    if kind == "facts":
        _written.append(key)
    if len(_written) > 10:
        raise OSError(errno.ENOSPC, "No space left on device")
    _put(self, kind, key, content)


Cache.put = _put_until_full
