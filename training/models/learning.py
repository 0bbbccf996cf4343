"""What one person has done of a course: place, pages read, tries, passes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from training import rules
from training.models.module import Lesson, Module
from training.models.question import Choice, Question

PERSON = settings.AUTH_USER_MODEL


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def stalled(self, at: datetime, nudge: int) -> EnrolmentQuerySet:
        """Begun, not complete, and due for the nudge with this number (1 or 2), or for a later one."""
        return self.filter(
            nudges__lt=nudge,
            completed_at=None,
            user__is_active=True,
            course__is_published=True,
            last_active_at__lte=at - timedelta(days=rules.NUDGES[nudge - 1]),
            last_active_at__gt=at - timedelta(days=rules.FORGET_NUDGE_DAYS),
        )


class Enrolment(models.Model):
    """One person's place in one course, from the first page to the certificate."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="enrolments")
    course = models.ForeignKey("training.Course", on_delete=models.CASCADE, related_name="enrolments")
    started_at = models.DateTimeField()
    last_active_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True, blank=True)
    nudges = models.PositiveSmallIntegerField(default=0)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "course"], name="one_place_in_a_course")]
        indexes = [
            # The night's question, "who stopped half-way?", must not read those who finished.
            models.Index(fields=["last_active_at"], name="place_to_nudge", condition=Q(completed_at=None)),
        ]

    def __str__(self) -> str:
        return f"Place {self.pk}"


class LessonReadQuerySet(models.QuerySet["LessonRead"]):
    def current(self) -> LessonReadQuerySet:
        """Of pages that have not changed since they were read."""
        return self.filter(version__gte=F("lesson__changed_in"))


class LessonRead(models.Model):
    """One page that one person has read to its end."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="lessons_read")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="reads")
    read_at = models.DateTimeField()
    version = models.PositiveSmallIntegerField(default=1, db_default=1)

    objects = LessonReadQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "lesson"], name="a_lesson_is_read_once")]


class QuizTryQuerySet(models.QuerySet["QuizTry"]):
    def visible_to(self, user: Any) -> QuizTryQuerySet:
        """One's own; staff with the permission see all."""
        if user.is_active and user.is_staff and user.has_perm("training.view_quiztry"):
            return self.all()
        return self.filter(user=user) if user.is_active else self.none()

    def of(self, user: Any) -> QuizTryQuerySet:
        """This person's own, whatever else they may see."""
        return self.filter(user=user)

    def open(self) -> QuizTryQuerySet:
        return self.filter(finished_at=None)


class QuizTry(models.Model):
    """One go at a module's quiz. `asked` and `answers` stay on our side, so any device can go on."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="quiz_tries")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="tries")
    seed = models.PositiveIntegerField()
    asked = models.JSONField(default=list)
    """Ids of the questions, in the order of this try."""
    answers = models.JSONField(default=dict)
    """Question id (as text) → {"chosen": [choice ids], "is_right": true}."""
    score = models.PositiveSmallIntegerField("score, percent", null=True, blank=True)
    is_passed = models.BooleanField("passed", default=False)
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = QuizTryQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        verbose_name = "quiz try"
        verbose_name_plural = "quiz tries"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "module"], condition=Q(finished_at=None), name="one_open_try_a_module"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, score=None, is_passed=False)
                | Q(finished_at__isnull=False, score__lte=100),
                name="a_finished_try_has_a_score",
            ),
        ]
        indexes = [models.Index(fields=["user", "module", "-started_at"])]

    def __str__(self) -> str:
        return f"Try {self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def right(self) -> int:
        return sum(answer["is_right"] for answer in self.answers.values())

    def answer_to(self, question: Question) -> dict[str, Any] | None:
        return self.answers.get(str(question.pk))

    def laid_out(self, question: Question) -> list[Choice]:
        """The choices in the order of this try, each with `is_chosen`."""
        chosen = (self.answer_to(question) or {}).get("chosen", [])
        choices = rules.shuffle(list(question.choices.all()), self.seed, question.pk)
        for choice in choices:
            choice.is_chosen = choice.pk in chosen
        return choices

    @property
    def next_number(self) -> int:
        """The number of the first question without an answer; one more than there are when all have one."""
        for number, question in enumerate(self.asked, 1):
            if str(question) not in self.answers:
                return number
        return len(self.asked) + 1


class ModulePassQuerySet(models.QuerySet["ModulePass"]):
    def current(self, at: datetime) -> ModulePassQuerySet:
        return self.filter(Q(lapses_on=None) | Q(lapses_on__gt=timezone.localdate(at)))

    def of_what_is_taught(self) -> ModulePassQuerySet:
        """Of modules that no later version has changed since."""
        return self.filter(version__gte=F("module__changed_in"))

    def lapsed(self, at: datetime) -> ModulePassQuerySet:
        return self.filter(lapses_on__lte=timezone.localdate(at))

    def lapsing(self, at: datetime) -> ModulePassQuerySet:
        """Lapses within the days of warning, and nobody has been told yet."""
        today = timezone.localdate(at)
        return self.filter(
            lapses_on__gt=today,
            lapses_on__lte=today + timedelta(days=rules.REMIND_DAYS),
            reminded_at=None,
            user__is_active=True,
            module__course__is_published=True,
        )


class ModulePass(models.Model):
    """That one person has passed one module: the newest pass counts."""

    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="module_passes")
    module = models.ForeignKey(Module, on_delete=models.CASCADE, related_name="passes")
    version = models.PositiveSmallIntegerField(default=1, db_default=1)
    """Of which version. Nought: not passed yet, but asked for since, and time is given until it lapses."""
    passed_on = models.DateField()
    lapses_on = models.DateField("counts until the day before", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ModulePassQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "module"], name="one_pass_a_module"),
            models.CheckConstraint(
                condition=Q(lapses_on=None) | Q(lapses_on__gt=F("passed_on")),
                name="a_pass_lapses_after_it_was_won",
            ),
        ]
        indexes = [
            # Few modules lapse: "who has let something lapse?" reads only those.
            models.Index(
                fields=["lapses_on", "user"], name="pass_that_lapses", condition=Q(lapses_on__isnull=False)
            ),
        ]

    def is_lapsed(self, today: date) -> bool:
        return rules.is_lapsed(self.lapses_on, today)
