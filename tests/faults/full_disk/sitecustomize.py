"""Loaded by every Python process whose path begins here: after some cache entries the disk is full."""

import errno

from pipeline.run.cache import Cache

_put = Cache.put
_written = []


def _put_until_full(self, kind, key, content):
    _written.append(key)
    if len(_written) > 20:
        raise OSError(errno.ENOSPC, "No space left on device")
    _put(self, kind, key, content)


Cache.put = _put_until_full
