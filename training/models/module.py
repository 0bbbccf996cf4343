"""One part of a course and the pages to read in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from training import rules
from training.models.authored import Authored

if TYPE_CHECKING:
    from training.models.course import Course

NUMBER = [MinValueValidator(1), MaxValueValidator(99)]


class InUse(models.Manager["Module"]):
    """The modules that the course has today, without those that a later version left out."""

    def get_queryset(self) -> models.QuerySet[Module]:
        return super().get_queryset().filter(is_retired=False)


class Module(Authored):
    """One part of a course, with lessons and a quiz. It may lapse and must then be taken again."""

    class WhenChanged(models.TextChoices):
        ASK = "ask", "Ask people to look at it again; their training goes on counting"
        MUST = "must", "They must take it again by a date, or their training stops counting"
        NOBODY = "nobody", "A small correction: nobody is asked again"

    course = models.ForeignKey("training.Course", on_delete=models.CASCADE, related_name="modules")
    order = models.PositiveSmallIntegerField(validators=NUMBER)
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    lapses_after_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: it never lapses."
    )
    when_changed = models.CharField(
        "when a new version changes it",
        max_length=6,
        choices=WhenChanged,
        default=WhenChanged.ASK,
        help_text="For those who have passed it already.",
    )
    changed_in = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    """The version that last changed what is taught; a pass of an earlier one asks for another look."""
    is_retired = models.BooleanField(default=False, db_default=False, editable=False)
    """A later version left it out. The row stays, for the sake of what people did in it."""

    objects = InUse()
    ever = models.Manager()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="module_slug_in_course"),
            models.UniqueConstraint(fields=["course", "order"], name="module_order_in_course"),
            models.CheckConstraint(
                condition=Q(lapses_after_months=None) | Q(lapses_after_months__gte=1),
                name="module_lapses_after_a_month_or_more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("training:module", args=[self.course.slug, self.slug])

    def course_written(self) -> Course:
        return self.course


class Lesson(Authored):
    """One page to read, in Markdown (training/courses/README.md says which)."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lessons")
    order = models.PositiveSmallIntegerField(validators=NUMBER)
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Markdown.")
    words = models.PositiveIntegerField(default=0, editable=False)
    video_minutes = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    changed_in = models.PositiveSmallIntegerField(default=1, db_default=1, editable=False)
    """As of a module: a page read in an earlier version counts as unread where its module is asked again."""

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["module", "slug"], name="lesson_slug_in_module"),
            models.UniqueConstraint(fields=["module", "order"], name="lesson_order_in_module"),
        ]

    def __str__(self) -> str:
        return self.title

    def course_written(self) -> Course:
        return self.module.course

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.reckon()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "words", "video_minutes"}
        super().save(*args, **kwargs)

    def reckon(self) -> None:
        """Count the words and the minutes of video, from which the time shown is made."""
        self.words = len(rules.VIDEO.sub("", self.body).split())
        self.video_minutes = rules.video_minutes(self.body)

    @property
    def minutes(self) -> int:
        return rules.reading_minutes(self.words) + self.video_minutes

    @property
    def asks_to_reflect(self) -> bool:
        """Whether the page holds a question to think about, beside which a private note can be kept."""
        return bool(rules.REFLECTION.search(self.body))
