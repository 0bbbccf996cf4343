"""Places, no finer than the first half of a postcode."""

from __future__ import annotations

from django.db import models


class Outcode(models.Model):
    """The first half of a postcode, such as M14, with the middle of its area."""

    code = models.CharField(max_length=4, primary_key=True)
    town = models.CharField(max_length=60, blank=True)
    easting = models.PositiveIntegerField(help_text="In units of 100 m on the national grid.")
    northing = models.PositiveIntegerField(help_text="In units of 100 m on the national grid.")

    def __str__(self) -> str:
        return self.code
