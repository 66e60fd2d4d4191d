"""SQLite files that several processes write at once and that lose nothing that was committed."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

_BUSY_SECONDS = 30
_PAUSE = 0.02


def open_durable(path: Path) -> sqlite3.Connection:
    """The file, made where there is none; transactions are begun by hand, rows known by their names.

    Write-ahead log, and each commit forced out to the disk. Any thread may use the connection, one at a time.
    Raises sqlite3.Error where the file cannot be used, or stays locked for half a minute.
    """
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        db.row_factory = sqlite3.Row
        _write_ahead(db)
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA fullfsync=ON")  # where the system tells apart what is sent to a disk and what is on it
    except BaseException:
        db.close()
        raise
    return db


def _write_ahead(db: sqlite3.Connection) -> None:
    """Switch to the write-ahead log.

    Of two processes that open a new file at the same moment SQLite refuses one at once, whatever the time it
    was told to wait for a lock: it has to be asked again.
    """
    last = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as problem:
            if problem.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > last:
                raise
            time.sleep(_PAUSE)
        else:
            return
