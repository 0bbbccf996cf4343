"""One night's computation: when, with which settings, and how good its answer is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


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

    @property
    def left_out(self) -> list[str]:
        """Whom the night went on without, and why, a sentence each; ids, no names."""
        programmes = self.settings.get("left_out", {})
        return [f"Programme {pk} was left out. {why}." for pk, why in programmes.items()] + [
            f"Left out for {name.replace('_', ' ')}, which does not fit: {found['count']} of the {side},"
            f" ids {', '.join(map(str, found['ids']))}."
            for side, columns in self.settings.get("misfits", {}).items()
            for name, found in columns.items()
        ]
