"""The three figures of the front page, counted and never rounded up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import DurationField, ExpressionWrapper, F, Sum

from matching.models import Match
from mentoring.models import Meeting
from mentors.models import Mentor

MILLION = 1_000_000


@dataclass(frozen=True)
class Counts:
    """What the database held at one moment."""

    at: datetime
    mentors: int
    matched: int
    hours: int

    @property
    def share(self) -> str:
        """How much of the million: cut, never rounded, with digits enough; empty when there is none."""
        if not self.matched:
            return ""
        for places in (1, 2, 3, 4):
            step = 10 ** (places + 2)
            cut = self.matched * step // MILLION
            if cut:
                return f"{cut / 10**places:.{places}f}%"
        return ""


def now(at: datetime) -> Counts:
    """Count ready mentors, young people who ever had one, and whole hours they met. Three queries."""
    lasted = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    spent = Meeting.objects.held().aggregate(spent=Sum(lasted))["spent"] or timedelta()
    return Counts(
        at=at,
        mentors=Mentor.objects.ready(at).count(),
        matched=Match.objects.filter(active_at__isnull=False).values("mentee").distinct().count(),
        hours=int(spent.total_seconds() // 3600),
    )
