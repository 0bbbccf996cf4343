"""A course, and where everybody stands in it: who is how far, and whose training counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from training.models.certificate import Certificate
from training.models.learning import LessonRead, ModulePass
from training.models.module import Lesson
from training.models.progress import ModuleProgress, Progress


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
        modules = list(self.modules.annotate(questions_count=Count("questions")))
        lessons: dict[int, list[Lesson]] = {module.pk: [] for module in modules}
        for lesson in Lesson.objects.filter(module__course=self).defer("body"):
            lessons[lesson.module_id].append(lesson)
        read = set(
            LessonRead.objects.filter(user=user, lesson__module__course=self).values_list("lesson", flat=True)
        )
        passes = {p.module_id: p for p in ModulePass.objects.filter(user=user, module__course=self)}
        today = timezone.localdate(at)
        return Progress(
            modules=[
                ModuleProgress(
                    module=module,
                    lessons=lessons[module.pk],
                    read=read,
                    questions=module.questions_count,
                    passed=passes.get(module.pk),
                    today=today,
                )
                for module in modules
            ],
            certificate=Certificate.objects.filter(user=user, course=self).first(),
        )


def training_complete(course: Course, at: datetime) -> models.QuerySet[Certificate, Any]:
    """Ids of everyone whose training in this course counts at this time, as a subquery.

    `Mentor.objects.filter(user__in=training_complete(course, at))`. The same question as
    `Certificate.objects.valid(at)`: a module added later does not take a certificate away.
    """
    return Certificate.objects.valid(at).filter(course=course).values("user")
