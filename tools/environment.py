"""Make the environment of the project: `.venv` with the locked packages and the project itself, editable.

    python tools/environment.py             make it, or return at once where nothing has changed
    python tools/environment.py lock        pin what pyproject.toml asks for and is not pinned yet
    python tools/environment.py upgrade     pin the newest versions that pyproject.toml admits

Needs Python 3.11 and nothing else. uv does the work: the one on PATH, else one fetched into `.cache`; where it
cannot be had, venv and pip do the same from the same lock files, only slower.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".cache"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "solieu-environment"
RUNTIME_LOCK = "requirements.lock"
DEVELOPMENT_LOCK = "requirements-dev.lock"
OLDEST_PYTHON = "3.11"


def main(arguments: list[str]) -> int:
    """Run the script; 0 all well, 1 a step failed, 2 wrong usage."""
    if arguments not in ([], ["lock"], ["upgrade"]):
        print(__doc__, file=sys.stderr)
        return 2
    os.chdir(ROOT)
    CACHE.mkdir(exist_ok=True)
    try:
        with (CACHE / "environment.lock").open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)  # two `make` at once: the second finds the work done
            if arguments:
                lock(upgrade=arguments == ["upgrade"])
            ensure()
    except subprocess.CalledProcessError as failed:
        print(f"This failed: {' '.join(map(str, failed.cmd))}", file=sys.stderr)
        print("Hint: can the package index that pip is set up to use be reached?", file=sys.stderr)
        return 1
    return 0


def ensure() -> None:
    """Bring `.venv` to the state that the lock files and pyproject.toml describe."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted and PYTHON.exists():
        return
    uv = find_uv()
    if uv is None or not made_with_uv(uv):
        make_with_pip()
    STAMP.write_text(wanted)


def fingerprint() -> str:
    """Changes when the environment must be made again: other pins, another interpreter, another place."""
    parts = [str(ROOT), sys.version, os.uname().machine]
    parts += [(ROOT / name).read_text(encoding="utf-8") for name in ("pyproject.toml", DEVELOPMENT_LOCK)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def find_uv() -> list[str] | None:
    """How to call uv: the one on PATH, else one of our own in `.cache`; None where it cannot be had."""
    private = CACHE / "uv"
    candidates = [["uv"], [str(private / "bin" / "uv")]]
    for candidate in candidates:
        if works([*candidate, "--version"]):
            return candidate
    print("Fetching uv …", flush=True)
    shutil.rmtree(private, ignore_errors=True)
    # `--target` also works where the system's Python may not be changed or lacks ensurepip.
    fetch = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(private), "uv"]
    if works(fetch) and works([*candidates[1], "--version"]):
        return candidates[1]
    return None


def made_with_uv(uv: list[str]) -> bool:
    """Make the environment with uv; False where that failed."""
    try:
        if not usable():
            run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)])
        install = [*uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
        print(f"Installing the packages of {DEVELOPMENT_LOCK} …", flush=True)
        run([*install, "--require-hashes", "-r", DEVELOPMENT_LOCK])
        run([*install, "--no-deps", "--no-build-isolation", "-e", "."])
    except subprocess.CalledProcessError:
        print("uv could not do it; trying with venv and pip.", file=sys.stderr)
        return False
    return True


def make_with_pip() -> None:
    """Make the environment with venv and pip. Raises CalledProcessError."""
    if not usable() or not works([str(PYTHON), "-m", "pip", "--version"]):
        run([sys.executable, "-m", "venv", "--clear", str(VENV)])
    install = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    print(f"Installing the packages of {DEVELOPMENT_LOCK} with pip …", flush=True)
    run([*install, "--require-hashes", "-r", DEVELOPMENT_LOCK])
    run([*install, "--no-deps", "--no-build-isolation", "-e", "."])


def usable() -> bool:
    """Whether `.venv` holds a working interpreter of the version that runs this script."""
    same = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    return works([str(PYTHON), "-c", same])


def lock(upgrade: bool) -> None:
    """Write both lock files; what is pinned for users is pinned to the same for developers."""
    uv = find_uv()
    if uv is None:
        sys.exit("The lock files are made by uv, which cannot be had here.")
    compile_ = [*uv, "pip", "compile", "--quiet", "--universal", "--python-version", OLDEST_PYTHON]
    compile_ += ["--upgrade"] if upgrade else []
    compile_ += ["--generate-hashes", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--all-extras"]
    run([*compile_, "pyproject.toml", "-o", RUNTIME_LOCK])
    run([*compile_, "--group", "dev", "-c", RUNTIME_LOCK, "pyproject.toml", "-o", DEVELOPMENT_LOCK])


def run(command: list[str]) -> None:
    """Run a command; raises CalledProcessError where it fails."""
    # Like pip, trust what the system trusts: an index inside an organisation may have the organisation's certificate.
    environment = {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1"} | os.environ
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, env=environment)


def works(command: list[str]) -> bool:
    """Whether a command can be run and succeeds; what it says is not shown."""
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
