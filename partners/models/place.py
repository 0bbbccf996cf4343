"""Places, no finer than the first half of a postcode."""

from __future__ import annotations

import math
import re

from django.db import models

# A9, A99, AA9, AA99, A9A, AA9A; and the same with a second half, of which we keep nothing.
OUTCODE = re.compile(r"^([A-Z]{1,2}[0-9][0-9A-Z]?)(?:[0-9][A-Z]{2})?$")


class OutcodeQuerySet(models.QuerySet["Outcode"]):
    def called(self, words: str) -> OutcodeQuerySet:
        """Every outcode of the town or borough of that name."""
        return self.filter(models.Q(town__iexact=words) | models.Q(borough__iexact=words))


class Outcode(models.Model):
    """The first half of a postcode, such as M14, with the middle of its area."""

    code = models.CharField(max_length=4, primary_key=True)
    town = models.CharField(max_length=60, blank=True)
    borough = models.CharField(max_length=60, blank=True)
    easting = models.PositiveIntegerField(help_text="In units of 100 m on the national grid.")
    northing = models.PositiveIntegerField(help_text="In units of 100 m on the national grid.")

    objects = OutcodeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [models.Index(fields=["town"])]

    def __str__(self) -> str:
        return self.code

    def distance_to(self, other: Outcode) -> float:
        """Kilometres between the middles of two areas."""
        return math.dist((self.easting, self.northing), (other.easting, other.northing)) / 10

    @staticmethod
    def of(words: str) -> str:
        """The first half of what may be a postcode, whole or not; empty when it is none."""
        found = OUTCODE.match(re.sub(r"[\s-]", "", words).upper())
        return found[1] if found else ""

    @classmethod
    def find(cls, words: str) -> str:
        """The outcode of a postcode, or the middlemost one of a town or borough; empty: unknown."""
        if code := cls.of(words):
            return code
        places = list(cls.objects.called(" ".join(words.split())))
        if not places:
            return ""
        east = sum(place.easting for place in places) / len(places)
        north = sum(place.northing for place in places) / len(places)
        return min(places, key=lambda p: ((p.easting - east) ** 2 + (p.northing - north) ** 2, p.code)).code
