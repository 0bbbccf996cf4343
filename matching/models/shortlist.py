"""The current night's answer, a row for each request: who suits them, or why nobody does.

Both tables are written whole (`actions/publish.py`), a million rows at once, and hold one night only. So they
keep ids without the database's promise that the people are still there: whoever reads looks them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models

from matching import rules
from matching.models.points import components_of
from matching.models.run import Run
from mentees.models import Request
from partners.models import Programme

FEW = 5
NOBODY = 0  # no mentor has this id
MENTORS = (*(f"mentor_{place}" for place in range(1, FEW + 1)), "recommended")


@dataclass(frozen=True)
class Listed:
    """One mentor on a shortlist, with the score and where it came from that night."""

    mentor_id: int
    score: int
    components: dict[str, int]
    is_recommended: bool


class ShortlistQuerySet(models.QuerySet["Shortlist"]):
    def visible_to(self, user: Any) -> ShortlistQuerySet:
        """Staff, in their programmes. Nobody else ever sees a score."""
        return self.filter(request__programme__in=Programme.objects.managed_by(user))


class Shortlist(models.Model):
    """What a night found for one waiting request: the five mentors who suit best, and the one recommended.

    `points_…` hold the points by component (`models/points.py`) and sum to the score beside them.
    """

    # Wide numbers first, so that PostgreSQL needs no padding between them.
    request = models.OneToOneField(
        Request, primary_key=True, db_constraint=False, on_delete=models.CASCADE, related_name="shortlist"
    )
    run = models.ForeignKey(
        Run, db_constraint=False, db_index=False, on_delete=models.DO_NOTHING, related_name="shortlists"
    )
    mentor_1 = models.BigIntegerField(default=NOBODY)
    mentor_2 = models.BigIntegerField(default=NOBODY)
    mentor_3 = models.BigIntegerField(default=NOBODY)
    mentor_4 = models.BigIntegerField(default=NOBODY)
    mentor_5 = models.BigIntegerField(default=NOBODY)
    recommended = models.BigIntegerField(
        default=NOBODY, help_text="A mentor's id. Usually one of the five; one mentor may be best for many."
    )
    points_1 = models.BigIntegerField(default=0)
    points_2 = models.BigIntegerField(default=0)
    points_3 = models.BigIntegerField(default=0)
    points_4 = models.BigIntegerField(default=0)
    points_5 = models.BigIntegerField(default=0)
    recommended_points = models.BigIntegerField(default=0)
    score_1 = models.SmallIntegerField(default=0)
    score_2 = models.SmallIntegerField(default=0)
    score_3 = models.SmallIntegerField(default=0)
    score_4 = models.SmallIntegerField(default=0)
    score_5 = models.SmallIntegerField(default=0)
    recommended_score = models.SmallIntegerField(default=0)

    objects = ShortlistQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "match review"

    def __str__(self) -> str:
        return f"Shortlist {self.pk}"

    @property
    def listed(self) -> list[Listed]:
        """Best first; the recommended mentor after the five if they are none of them."""
        places = [
            tuple(getattr(self, f"{name}_{n}") for name in ("mentor", "score", "points"))
            for n in range(1, FEW + 1)
        ]
        found: dict[int, Listed] = {}
        for mentor_id, score, points in (
            *places,
            (self.recommended, self.recommended_score, self.recommended_points),
        ):
            if mentor_id != NOBODY and mentor_id not in found:
                is_recommended = mentor_id == self.recommended
                found[mentor_id] = Listed(mentor_id, score, components_of(points), is_recommended)
        return list(found.values())


class WithoutSuggestion(models.Model):
    """One request for which the night recommends nobody, with the reason in numbers."""

    request = models.OneToOneField(
        Request, primary_key=True, db_constraint=False, on_delete=models.CASCADE, related_name="without"
    )
    run = models.ForeignKey(
        Run, db_constraint=False, db_index=False, on_delete=models.DO_NOTHING, related_name="without"
    )
    reasons = models.JSONField(
        help_text="How many mentors fail which rule first, and what a change would bring."
    )

    def __str__(self) -> str:
        return f"Without a suggestion {self.pk}"

    @property
    def in_words(self) -> str:
        """The reason in numbers, as one sentence or three for staff."""
        return rules.why_nobody(self.reasons)
