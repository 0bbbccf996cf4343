"""The words people choose from when they describe themselves. Each has a bit, because matching packs them."""

from __future__ import annotations

from django.db import models


class Word(models.Model):
    """One word that mentors and young people both choose from."""

    WIDTH = 0  # how many bits the matching engine keeps for this list (ENGINE.md, section 2)

    bit = models.PositiveSmallIntegerField(
        unique=True, help_text="Its place in the matching arrays; never reused."
    )
    name = models.CharField(max_length=60, unique=True)
    is_offered = models.BooleanField("offered on forms", default=True)

    class Meta:
        abstract = True
        ordering = ["bit"]

    def __str__(self) -> str:
        return self.name


def _fits(width: int, name: str) -> list[models.BaseConstraint]:
    return [models.CheckConstraint(condition=models.Q(bit__lt=width), name=name)]


class HelpTopic(Word):
    """One thing a mentor can help with, and a young person can ask for."""

    WIDTH = 24
    spoken = models.CharField(
        max_length=80, blank=True, help_text="As said to a young person; empty: the name."
    )

    class Meta(Word.Meta):
        constraints = _fits(24, "help_topic_fits")


class Sector(Word):
    """One kind of work."""

    WIDTH = 32

    class Meta(Word.Meta):
        constraints = _fits(32, "sector_fits")


class Language(Word):
    """One language to meet in."""

    WIDTH = 31

    class Meta(Word.Meta):
        constraints = _fits(31, "language_fits")


class Experience(Word):
    """One experience that people may choose to share, such as being the first in the family at university."""

    WIDTH = 16

    class Meta(Word.Meta):
        constraints = _fits(16, "experience_fits")


class Gender(models.TextChoices):
    WOMAN = "woman", "A woman"
    MAN = "man", "A man"
    OTHER = "other", "Another word"
    UNSAID = "", "I’d rather not say"


class AgeBand(models.IntegerChoices):
    """The ages a mentor is happy to meet, one bit each."""

    A14_15 = 1, "14 and 15"
    A16_17 = 2, "16 and 17"
    A18_21 = 4, "18 to 21"
    A22_25 = 8, "22 to 25"

    @classmethod
    def of(cls, age: int) -> int:
        """The band of an age in years; below 14 or over 25 there is none (0)."""
        for least, band in ((22, cls.A22_25), (18, cls.A18_21), (16, cls.A16_17), (14, cls.A14_15)):
            if age >= least:
                return int(band) if age <= 25 else 0
        return 0
