"""The programs of the system that some formats need: soffice, antiword, tesseract.

Each runs in a session of its own, so that on a timeout it can be killed with everything that it started.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.model import Cause, ReadError

_INSTALL = {
    "soffice": "apt-get install libreoffice-writer libreoffice-calc libreoffice-impress",
    "antiword": "apt-get install antiword",
    "tesseract": "apt-get install tesseract-ocr tesseract-ocr-vie",
}


def is_there(program: str) -> bool:
    """Whether `program` is installed."""
    return shutil.which(program) is not None


def run(
    command: Sequence[str],
    seconds: float,
    *,
    stdin: bytes | None = None,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What a program writes to its standard output.

    Raises ReadError: MISSING_PACKAGE with the command that installs it, TIMEOUT, CRASH when it fails.
    """
    program = command[0]
    if not is_there(program):
        raise ReadError(Cause.MISSING_PACKAGE, f"{program} is not installed", f"Install it: {_INSTALL[program]}")
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        start_new_session=True,
    )
    try:
        out, err = process.communicate(stdin, timeout=seconds)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            Cause.TIMEOUT, f"{program} took more than {seconds:.0f} seconds", "Save the file as PDF and run again."
        ) from error
    finally:
        _kill_group(process)
    if process.returncode != 0:
        said = err.decode("utf-8", "replace").strip().splitlines()
        raise ReadError(
            Cause.CRASH,
            f"{program} failed: {said[-1] if said else process.returncode}",
            "Open the file in the program that made it and save it anew.",
        )
    return out


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Ends what is left of a program and of all that it started; its session has its own group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
