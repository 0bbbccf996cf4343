"""What a password must be: long, and not the first thing that somebody would try."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError

SHORTEST, LONGEST = 12, 128

# Words that people here would reach for; a password made of nothing but these, digits and signs is refused.
# fmt: off
WORDS = sorted([
    "password", "passwort", "passphrase", "letmein", "welcome", "iloveyou", "qwertyuiop", "qwerty",
    "qwertz", "asdfghjkl", "asdfgh", "zxcvbnm", "admin", "administrator", "login", "secret", "changeme",
    "default", "trustno", "football", "liverpool", "arsenal", "chelsea", "mancunited", "manchester",
    "london", "cardiff", "england", "britain", "monday", "friday", "january", "december", "spring",
    "summer", "autumn", "winter", "one", "million", "onemillion", "mentors", "mentor", "mentoring",
    "mentee", "mentees", "charity", "volunteer", "volunteers", "young", "people", "youth", "hour",
    "month", "hello", "goodbye", "sunshine", "princess", "dragon", "monkey",
], key=len, reverse=True)  # the longest first
# fmt: on
LEET = str.maketrans("013457@$!", "oieastasi")


class LongEnough:
    """Between twelve and 128 characters; the upper end keeps hashing cheap for us."""

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < SHORTEST:
            raise ValidationError(f"Use at least {SHORTEST} characters", code="password_too_short")
        if len(password) > LONGEST:
            raise ValidationError(f"Use {LONGEST} characters or fewer", code="password_too_long")

    def get_help_text(self) -> str:
        return f"Use at least {SHORTEST} characters. Three random words work well."


class HardToGuess:
    """Not on the list of common passwords, not the person's own name, not just our favourite words."""

    def __init__(self) -> None:
        self.common = CommonPasswordValidator()
        self.similar = UserAttributeSimilarityValidator(("email", "first_name", "last_name"))

    def validate(self, password: str, user: Any = None) -> None:
        too_easy = ValidationError("Choose a password that is harder to guess", code="password_too_easy")
        try:
            self.common.validate(password, user)
            self.similar.validate(password, user)
        except ValidationError:
            raise too_easy from None
        own = [getattr(user, name, "").lower() for name in ("email", "first_name", "last_name")]
        names = [part for part in re.split(r"[\W\d_]+", " ".join(own)) if len(part) > 2]
        if they_repeat_themselves(password) or they_use_only_easy_words(password, names):
            raise too_easy

    def get_help_text(self) -> str:
        return ""


def they_repeat_themselves(password: str) -> bool:
    """One short piece said over and over, or a run along the alphabet or the digits."""
    if len(set(password.lower())) < 5 or re.fullmatch(r"(.{1,6})\1+.{0,3}", password.lower()):
        return True
    steps = [ord(b) - ord(a) for a, b in pairwise(password)]
    return sum(step in {0, 1, -1} for step in steps) > len(steps) * 2 / 3


def they_use_only_easy_words(password: str, names: Iterable[str] = ()) -> bool:
    """What is left without our words, their names, digits and signs is shorter than a word."""
    easy = sorted({*WORDS, *names}, key=len, reverse=True)
    for letters in (password.lower(), password.lower().translate(LEET)):
        left = re.sub(r"[\W\d_]+", "", letters)
        for word in easy:
            left = left.replace(word, "")
        if len(left) < 4:
            return True
    return False
