"""Goals: what the young person wants to get done, in steps."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from matching.models import Match


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: Any) -> GoalQuerySet:
        """Whoever may see the match may see its goals."""
        return self.filter(match__in=Match.objects.visible_to(user))


class Goal(models.Model):
    """One thing a young person wants to reach in this match; three at most."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="goals")
    words = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField(help_text="1 to 3, so that there are never more.")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(fields=["match", "place"], name="a_goal_a_place"),
            models.CheckConstraint(
                condition=models.Q(place__gte=1, place__lte=3), name="three_goals_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"Goal {self.pk}"


class StepQuerySet(models.QuerySet["Step"]):
    def visible_to(self, user: Any) -> StepQuerySet:
        return self.filter(goal__match__in=Match.objects.visible_to(user))


class Step(models.Model):
    """One step towards a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField(max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["goal", "words"], name="a_step_is_written_once")]

    def __str__(self) -> str:
        return f"Step {self.pk}"
