"""What a quiz asks: question and choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from training.models.authored import Authored
from training.models.module import Module

if TYPE_CHECKING:
    from training.models.course import Course


class Question(Authored):
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

    def course_written(self) -> Course:
        return self.module.course

    @property
    def takes_many(self) -> bool:
        return self.kind == self.Kind.MANY


class Choice(Authored):
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

    def course_written(self) -> Course:
        return self.question.module.course
