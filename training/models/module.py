"""One part of a course and the pages to read in it."""

from __future__ import annotations

from typing import Any

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from training import rules


class Module(models.Model):
    """One part of a course, with lessons and a quiz. It may lapse and must then be taken again."""

    course = models.ForeignKey("training.Course", on_delete=models.CASCADE, related_name="modules")
    order = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    lapses_after_months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Empty: it never lapses."
    )

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


class Lesson(models.Model):
    """One page to read, in Markdown (training/courses/README.md says which)."""

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="lessons")
    order = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=60)
    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Markdown.")
    words = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["module", "slug"], name="lesson_slug_in_module"),
            models.UniqueConstraint(fields=["module", "order"], name="lesson_order_in_module"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words = len(self.body.split())
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "words"}
        super().save(*args, **kwargs)

    @property
    def minutes(self) -> int:
        return rules.reading_minutes(self.words)
