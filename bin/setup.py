"""Make .venv hold exactly what a lock file says. Run with `run` or `dev`; does nothing when it already does.

Only the standard library: this is what runs before anything is installed.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"run": "requirements.lock", "dev": "requirements-dev.lock"}


def stamp(kind: str) -> str:
    """What must be true of .venv: these locks, this Python."""
    parts = [(ROOT / name).read_bytes() for name in (LOCKS[kind], "requirements-uv.lock")]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()


def is_ready(kind: str) -> bool:
    # What runs is a part of what develops, so either stamp will do for running.
    kinds = ("run", "dev") if kind == "run" else ("dev",)
    if not PYTHON.exists():
        return False
    for each in kinds:
        noted = VENV / f"stamp-{each}"
        if noted.exists() and noted.read_text() == stamp(each):
            return True
    return False


def run(*command: object) -> bool:
    return subprocess.run([str(part) for part in command], cwd=ROOT).returncode == 0  # noqa: S603


def install(kind: str) -> bool:
    """By uv, in seconds; by pip alone where uv cannot reach the packages but pip can."""
    by_pip = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--require-hashes",
        "-r",
    ]
    has_uv = run(*by_pip, "requirements-uv.lock")
    if has_uv and run(
        PYTHON, "-m", "uv", "pip", "sync", "--quiet", "--python", PYTHON, "--require-hashes", LOCKS[kind]
    ):
        return True
    print("Setting up with pip instead, which takes a little longer.", flush=True)
    return run(*by_pip, LOCKS[kind])


def main(kind: str) -> str:
    if is_ready(kind):
        return ""
    VENV.mkdir(exist_ok=True)
    with (VENV / ".setup-lock").open("w") as key:
        fcntl.flock(key, fcntl.LOCK_EX)  # two terminals, one set-up
        if is_ready(kind):
            return ""
        print(f"Setting up .venv from {LOCKS[kind]}.", flush=True)
        if not PYTHON.exists() or not run(PYTHON, "-c", "import pip"):
            venv.create(VENV, with_pip=True, symlinks=True)
        for old in VENV.glob("stamp-*"):
            old.unlink()
        if not install(kind):
            return (
                "The packages could not be installed; the lines above say why. Check the network, try again."
            )
        (VENV / f"stamp-{kind}").write_text(stamp(kind))
    return ""


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036  said kindly to whoever runs this by hand
        sys.exit("One Million Mentors needs Python 3.11 or newer.")
    os.environ.pop("PYTHONPATH", None)
    try:
        sys.exit(main(sys.argv[1]) or 0)
    except KeyboardInterrupt:
        sys.exit("Set-up was broken off; the same command goes on where it stopped.")
    except OSError as error:
        sys.exit(f"Set-up could not write {error.filename or VENV}: {error.strerror}.")
    except subprocess.CalledProcessError:
        sys.exit("Python’s venv module is missing. On Debian or Ubuntu: apt install python3-venv")
