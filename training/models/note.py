"""What learners write down for themselves."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from training.models.module import Lesson


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: Any) -> NoteQuerySet:
        """One's own and nobody else's: not staff, not administrators."""
        return self.filter(user=user) if user.is_active else self.none()


class Note(models.Model):
    """One person's private words beside one page. They outlive the page: the title is kept with them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="training_notes"
    )
    course = models.ForeignKey("training.Course", on_delete=models.CASCADE, related_name="notes")
    lesson = models.ForeignKey(Lesson, null=True, on_delete=models.SET_NULL, related_name="notes")
    title = models.CharField(max_length=120)
    words = models.TextField(max_length=4000)
    changed_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "lesson"], name="one_note_a_page")]

    def __str__(self) -> str:
        return f"Note {self.pk}"
