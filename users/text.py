"""What people type, as text: trimmed, in one normal form, and without characters nobody can see."""

from __future__ import annotations

import re
import unicodedata

HIDDEN = "This has hidden characters in it. Type it again instead of pasting it"
ONE_LINE = "Write this on one line"

# Overrides and isolates can make "moc.live" read as "evil.com"; the plain direction marks that some keyboards
# add are harmless, so they are taken out without a word.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c\ufeff"))
NOTHING = "\u200b\u200c\u200d\u2060\u00ad\u3164\u115f\u1160\uffa0\u2800"


def tidy(text: str, *, lines: bool = False) -> str:
    """Trim, bring to NFC and settle line ends. Joined emoji and every script stay as they are."""
    text = unicodedata.normalize("NFC", text.translate(MARKS))
    text = re.sub("\r\n|[\r\u0085\u2028\u2029]", "\n", text)
    if lines:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
        text = re.sub("\n{4,}", "\n\n\n", text)
    else:
        text = re.sub("[\t \u00a0]+", " ", text)
    text = text.strip()
    return "" if not text.strip(NOTHING).strip() else text


def fault(text: str, *, lines: bool = False) -> str:
    """What is wrong with tidied text, as a sentence; empty when nothing is."""
    for character in text:
        if character in "\n\t" and lines:
            continue
        if character == "\n":
            return ONE_LINE
        if character in TURNING or unicodedata.category(character) in {"Cc", "Cs"}:
            return HIDDEN
    return ""
