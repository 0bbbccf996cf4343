"""What staff write, and may no longer change once it is published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from audit.transitions import NotAllowed

if TYPE_CHECKING:
    from training.models.course import Course


class Authored(models.Model):
    """A row of a course's content. In a published course only publishing the next version writes it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self.refuse_if_published()
        return super().delete(*args, **kwargs)

    def course_written(self) -> Course:
        """The course, or the draft of one, that this row is part of."""
        raise NotImplementedError

    def refuse_if_published(self) -> None:
        """Raises NotAllowed when learners read this row: it changes with the next version, not before."""
        course = self.course_written()
        if course.version:
            raise NotAllowed(
                f"“{course.title}” is published as version {course.version}. Start a draft to change it."
            )
