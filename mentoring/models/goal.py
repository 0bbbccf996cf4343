"""Goals: what the young person wants to get done, in steps."""

from __future__ import annotations

from django.db import models

from matching.models import Match


class Goal(models.Model):
    """One thing a young person wants to reach in this match; three at most."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="goals")
    words = models.CharField(max_length=200)
    place = models.PositiveSmallIntegerField(help_text="1 to 3, so that there are never more.")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

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


class Step(models.Model):
    """One step towards a goal."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField(max_length=200)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Step {self.pk}"
