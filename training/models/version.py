"""What was taught, edition by edition."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from audit.transitions import NotAllowed


class Version(models.Model):
    """One edition of a course as it was published. It never changes: the database refuses it too."""

    course = models.ForeignKey("training.Course", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    """The whole course as training.content writes it: every word that learners of this version saw."""
    note = models.CharField("what changed", max_length=300, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["course", "-number"]
        constraints = [models.UniqueConstraint(fields=["course", "number"], name="one_version_a_number")]

    def __str__(self) -> str:
        return f"{self.course}, version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise NotAllowed("A published version never changes. Publish the next one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise NotAllowed("A published version is kept.")
