"""Loaded by every Python process whose path begins here: documents that begin with a mark misbehave when read."""

import ctypes
import os
import signal
import subprocess
import sys
import time

import pipeline.read
import pipeline.read.pdf

_read_bytes = pipeline.read.read_bytes
_read_page = pipeline.read.pdf._page


def _wait(*_):
    while True:
        time.sleep(1)


def _ignore_requests_to_end(_):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    _wait()


def _start_a_daemon(_):
    subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(600)"], start_new_session=True)


def _start_a_daemon_and_crash(_):
    _start_a_daemon(_)
    ctypes.string_at(0)


DEEDS = {
    b"#segfault": lambda _: ctypes.string_at(0),
    b"#exit": lambda _: os._exit(3),
    b"#hang": _wait,
    b"#stubborn": _ignore_requests_to_end,
    b"#greedy": lambda _: bytearray(3 << 30),
    b"#orphan": _start_a_daemon,
    b"#crash-with-orphan": _start_a_daemon_and_crash,
    b"#chatty": lambda _: os.write(1, b"noise on the standard output\n"),
}


def _misbehave(data, path, *settings):
    for mark, deed in DEEDS.items():
        if data.startswith(mark + b"\n"):
            deed(data)
    return _read_bytes(data, path, *settings)


def _hang_at_a_page(page, *rest):
    if "hangs here" in page.get_textpage().get_text_range():
        ctypes.CDLL(None).pause()  # no Python code runs meanwhile
    return _read_page(page, *rest)


pipeline.read.read_bytes = _misbehave
pipeline.read.pdf._page = _hang_at_a_page
