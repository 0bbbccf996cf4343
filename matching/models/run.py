"""One night's computation and its answer."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from matching import rules
from mentees.models import Request
from mentors.models import Mentor
from partners.models import Programme


class Run(models.Model):
    """One computation over all programmes, with the settings it used and how good its answer is."""

    night = models.DateField(
        help_text="The date it answers for; a night that was run is not run again by the timetable."
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    is_running = models.BooleanField(default=True)
    is_current = models.BooleanField("the answer that staff see", default=False)
    settings = models.JSONField(default=dict)
    certificate = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    timings = models.JSONField(default=dict)

    class Meta:
        verbose_name = "night"
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="one_current_run"
            ),
            models.UniqueConstraint(
                fields=["is_running"], condition=Q(is_running=True), name="one_run_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"Run of {self.night}"


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    def visible_to(self, user: Any) -> SuggestionQuerySet:
        """Staff, in their programmes. Nobody else ever sees a score."""
        return self.filter(request__programme__in=Programme.objects.managed_by(user))

    def current(self) -> SuggestionQuerySet:
        return self.filter(run__is_current=True)


class Suggestion(models.Model):
    """One computed pair: a mentor for a request, its score, where that comes from, and what they share."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="suggestions")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="suggestions")
    mentor = models.ForeignKey(Mentor, on_delete=models.CASCADE, related_name="suggestions")
    rank = models.PositiveSmallIntegerField(help_text="1 is the closest; the recommended one may rank lower.")
    is_recommended = models.BooleanField(default=False)
    score = models.PositiveSmallIntegerField()
    components = models.JSONField(help_text="Points by component; they sum to the score.")
    shared = models.JSONField(help_text="What the two have in common, as bits by kind.")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "match review"
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "request", "mentor"], name="a_pair_is_suggested_once_a_run"
            ),
            models.UniqueConstraint(
                fields=["run", "request"],
                condition=Q(is_recommended=True),
                name="one_recommended_mentor_a_request",
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="score_is_100_at_most"),
        ]

    def __str__(self) -> str:
        return f"Suggestion {self.pk}"


class WithoutSuggestion(models.Model):
    """One request for which a run found no mentor, with the reason in numbers."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="without")
    request = models.ForeignKey(Request, on_delete=models.CASCADE, related_name="+")
    reasons = models.JSONField(
        help_text="How many mentors fail which rule first, and what a change would bring."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "request"], name="one_reason_a_request_and_run"),
        ]

    def __str__(self) -> str:
        return f"Without a suggestion {self.pk}"

    @property
    def in_words(self) -> str:
        """The reason in numbers, as one sentence or three for staff."""
        return rules.why_nobody(self.reasons)
