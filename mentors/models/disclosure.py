"""What a mentor tells us about their past: kept apart, because few may read it."""

from __future__ import annotations

from django.db import models

from mentors.models.mentor import Mentor


class Disclosure(models.Model):
    """One mentor's answer to "is there anything we should know"; read by those who approve, and by nobody else."""

    mentor = models.OneToOneField(Mentor, on_delete=models.CASCADE, related_name="disclosure")
    has_something = models.BooleanField()
    words = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Disclosure {self.pk}"
