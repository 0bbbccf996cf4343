"""A course, and where everybody stands in it: who is how far, and whose training counts."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone

from audit.transitions import NotAllowed
from training import rules
from training.models.certificate import Certificate
from training.models.learning import Enrolment, LessonRead, ModulePass
from training.models.module import Lesson, Module
from training.models.progress import ModuleProgress, Progress

# Who takes part in what is known upstairs. What is registered gives two conditions on a course, for one
# person: that their programme requires it, and that their programme offers it.
Asked = Callable[[Any], tuple[Any, Any]]
_asked: list[Asked] = []


def register_asked(asked: Asked) -> None:
    """Let the floor that knows programmes and their people say which courses are asked of somebody."""
    _asked[:] = [asked]


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: Any) -> CourseQuerySet:
        """Published courses for everyone with an account; drafts for staff who may edit them."""
        if not user.is_active or not user.is_authenticated:
            return self.none()
        if user.is_staff and user.has_perm("training.view_course"):
            return self.all()
        return self.filter(is_published=True)

    def offered(self) -> CourseQuerySet:
        """What learners choose from: published, and not the draft of a next version."""
        return self.filter(is_published=True, draft_of=None)

    def with_asked(self, user: Any) -> CourseQuerySet:
        """With `is_required` and `is_optional` for this person, and `is_begun` by them."""
        no = Value(False, output_field=models.BooleanField())
        required, optional = _asked[0](user) if _asked else (no, no)
        begun = Exists(Enrolment.objects.filter(user=user, course=OuterRef("pk")))
        return self.annotate(is_required=required, is_optional=optional, is_begun=begun)


class Course(models.Model):
    """One course: modules in order, and a certificate at the end. Or the draft of its next version."""

    class Audience(models.TextChoices):
        MENTORS = "mentors", "Mentors"
        YOUNG_PEOPLE = "young people", "Young people"

    # What a version fixes: in a published course only publishing the next one writes these.
    FIXED = ("slug", "title", "summary", "audience", "pass_mark")

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    pass_mark = models.PositiveSmallIntegerField(
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="Percent of a quiz that must be right.",
    )
    audience = models.CharField(
        "who it is for", max_length=12, choices=Audience, default=Audience.MENTORS, db_default="mentors"
    )
    is_published = models.BooleanField("open to learners", default=False, editable=False)
    version = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    """The number of the version that learners see; nought before the first one."""
    draft_of = models.OneToOneField(
        "self", null=True, blank=True, editable=False, on_delete=models.CASCADE, related_name="draft"
    )

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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.version and self.pk:
            stands = Course.objects.filter(pk=self.pk, version__gt=0).values(*self.FIXED).first()
            if stands and any(stands[name] != getattr(self, name) for name in self.FIXED):
                raise NotAllowed(f"“{stands['title']}” is published. Start a draft to change it.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("training:course", args=[self.slug])

    @property
    def number(self) -> int:
        """The version under which what people do now is noted; a draft's first readers note 1."""
        return self.version or 1

    @property
    def original(self) -> Course:
        """The course whose next version this is, or itself. Pictures belong to it."""
        return self.draft_of or self

    def progress_of(self, user: Any, at: datetime) -> Progress:
        """Where this person stands in the course, in a fixed number of queries."""
        modules = list(self.modules.annotate(questions_count=Count("questions")))
        lessons: dict[int, list[Lesson]] = {module.pk: [] for module in modules}
        for lesson in Lesson.objects.filter(module__course=self).defer("body"):
            lessons[lesson.module_id].append(lesson)
        read = set(
            LessonRead.objects.current()
            .filter(user=user, lesson__module__course=self)
            .values_list("lesson", flat=True)
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


def time_of_each(courses: Collection[Course]) -> dict[int, str]:
    """What each of these courses takes in all, as said after "about", by its number. Two queries.

    The same figure as `Progress.time`.
    """
    minutes = {course.pk: 0 for course in courses}
    for lesson in Lesson.objects.filter(module__course__in=minutes).defer("body").select_related("module"):
        minutes[lesson.module.course_id] += lesson.minutes
    asked = Module.objects.filter(course__in=minutes).annotate(asked=Count("questions"))
    for course, questions in asked.values_list("course", "asked"):
        minutes[course] += rules.quiz_minutes(questions)
    return {course: rules.time_in_words(count) for course, count in minutes.items()}


def training_complete(course: Course, at: datetime) -> models.QuerySet[Certificate, Any]:
    """Ids of everyone whose training in this course counts at this time, as a subquery.

    `Mentor.objects.filter(user__in=training_complete(course, at))`. The same question as
    `Certificate.objects.valid(at)`: a module added later does not take a certificate away.
    """
    return Certificate.objects.valid(at).filter(course=course).values("user")
