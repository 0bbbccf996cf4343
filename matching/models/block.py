"""Pairs that must never be."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from mentees.models import Mentee
from mentors.models import Mentor


class Block(models.Model):
    """One mentor and one young person who are not to be paired, and why."""

    class Why(models.TextChoices):
        TIMES = "times", "Free times don’t really fit"
        FAR = "far", "Too far"
        WISH = "wish", "Not what was asked for"
        KNOWN = "known", "They know each other"
        FAMILY = "family", "Same family"
        LIMIT = "limit", "Mentor at their limit"
        SAFEGUARDING = "safeguarding", "Safeguarding"
        OTHER = "other", "Something else"

    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="blocks")
    mentee = models.ForeignKey(Mentee, on_delete=models.CASCADE, related_name="blocks")
    why = models.CharField(max_length=12, choices=Why)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mentor", "mentee"], name="a_pair_is_blocked_once")]

    def __str__(self) -> str:
        return f"Block {self.pk}"
