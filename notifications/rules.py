"""Judgement about letters: how lines are kept clean, when to try again, what has gone stale."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from datetime import date, datetime, timedelta

# 8 tries in a little over four hours: the waits after tries 1 to 7.
WAITS = tuple(timedelta(minutes=m) for m in (1, 4, 10, 25, 45, 70, 90))
MOST_TRIES = len(WAITS) + 1
# A sender that has not said how it ended after this long is gone. Celery's hard limit is 270 s.
LEASE = timedelta(minutes=10)
# A letter that is still here so many days after its due date would only confuse.
STALE_AFTER_DAYS = 3
FORGET_AFTER = timedelta(days=7)

_SIGNED = re.compile(r"[A-Za-z0-9_\-.]{8,}:[A-Za-z0-9_\-]{4,}:[A-Za-z0-9_\-]{20,}")


def one_line(text: str) -> str:
    """A subject: no line breaks, control or direction characters, and 200 characters at most."""
    clean = "".join(" " if c.isspace() or unicodedata.category(c) in {"Cc", "Cf"} else c for c in text)
    return " ".join(clean.split())[:200]


def wrapped(text: str, width: int = 72) -> str:
    """Plain text in lines of 72 characters; addresses stay whole, and no more than one empty line."""
    lines: list[str] = []
    for line in text.strip().splitlines():
        line = line.strip()
        if not line and (not lines or not lines[-1]):
            continue
        indent = "  " if line.startswith(("- ", "* ")) else ""
        lines += textwrap.wrap(
            line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        ) or [""]
    return "\n".join(lines).strip() + "\n"


def wait_after(tries: int) -> timedelta | None:
    """How long to wait after so many failed tries; None when it was the last."""
    return WAITS[tries - 1] if 1 <= tries < MOST_TRIES else None


def gone_stale(due_on: date | None, at: datetime) -> bool:
    return due_on is not None and (at.date() - due_on).days > STALE_AFTER_DAYS


def without_keys(text: str) -> str:
    """The text with every signed link cut short: it opens a door for its reader and nobody else."""
    return _SIGNED.sub("…", text)
