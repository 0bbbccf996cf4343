"""What there is to learn: course, module, lesson, question, choice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from training import rules

if TYPE_CHECKING:
    from training.models.progress import Progress


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: Any) -> CourseQuerySet:
        """Published courses for everyone with an account; drafts for staff who may edit them."""
        if not user.is_active or not user.is_authenticated:
            return self.none()
        if user.is_staff and user.has_perm("training.view_course"):
            return self.all()
        return self.filter(is_published=True)


class Course(models.Model):
    """One course: modules in order, and a certificate at the end."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Percent of a quiz that must be right.",
    )
    is_published = models.BooleanField(default=False)

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(pass_mark__gte=1, pass_mark__lte=100), name="pass_mark_is_a_percentage"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("training:course", args=[self.slug])

    def progress_of(self, user: Any, at: datetime) -> Progress:
        """Where this person stands in the course, in a fixed number of queries."""
        from training.models.progress import progress

        return progress(self, user, at)


class Module(models.Model):
    """One part of a course, with lessons and a quiz. It may lapse and must then be taken again."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="modules")
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


class Question(models.Model):
    """One question of a module's bank; a try shows a few of them."""

    class Kind(models.TextChoices):
        ONE = "one", "One answer"
        MANY = "many", "All that fit"
        SCENARIO = "scenario", "A story, then one answer"

    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(default=0)
    slug = models.SlugField(max_length=60)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ONE)
    story = models.CharField(max_length=500, blank=True, help_text="Only for a scenario.")
    text = models.CharField(max_length=300)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["module", "slug"], name="question_slug_in_module"),
            models.CheckConstraint(
                condition=Q(kind="scenario") & ~Q(story="") | ~Q(kind="scenario") & Q(story=""),
                name="scenario_has_a_story",
                violation_error_message="A scenario needs a story; another question has none.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def takes_many(self) -> bool:
        return self.kind == self.Kind.MANY


class Choice(models.Model):
    """One possible answer, with what we say to whoever picks it."""

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    is_right = models.BooleanField("right", default=False)
    feedback = models.CharField(max_length=400)

    is_chosen: bool = False
    """Set by `QuizTry.laid_out`."""

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["question", "text"], name="choice_text_in_question"),
            models.CheckConstraint(condition=~Q(feedback=""), name="choice_has_feedback"),
        ]

    def __str__(self) -> str:
        return self.text
