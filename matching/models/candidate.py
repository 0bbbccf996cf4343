"""One mentor beside one young person, as the review page shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import compress
from typing import Any

from django.db.models import Count, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from matching import rules
from matching.engine.errors import EngineError
from matching.engine.score import COMPONENTS
from matching.engine.settings import Settings
from matching.models.match import OPEN, Match
from matching.models.shortlist import Listed
from mentees.models import Request
from mentors.models import Mentor


@dataclass
class Bar:
    """One component of a score: points of at most so many."""

    key: str
    label: str
    points: int
    most: int

    @property
    def percent(self) -> int:
        return round(100 * self.points / self.most) if self.most else 0

    @property
    def is_low(self) -> bool:
        return self.percent < 50


@dataclass
class Candidate:
    """A mentor whom the night suggested, with today's score explained and what to look at twice."""

    mentor: Any
    score: int
    is_recommended: bool
    bars: list[Bar]
    reasons: list[str]
    worth_checking: list[str]
    since_the_night: str = ""
    why_not: str = ""
    is_proposed: bool = False
    is_open: bool = False
    form: Any = field(default=None, repr=False)

    @property
    def stack(self) -> list[int]:
        return [part.points for part in self.bars]

    @property
    def dbs_words(self) -> str:
        return f"DBS to {self.mentor.dbs_expires_on:%b %Y}"

    @property
    def places_words(self) -> str:
        free = self.mentor.capacity - self.mentor.open_matches
        return "No free place" if free < 1 else "1 free place" if free == 1 else f"{free} free places"


def candidates_for(
    row: Request,
    listed: Sequence[Listed],
    facts: Iterable[Any],
    *,
    proposed: int | None,
    decided: int | None,
    at: datetime,
) -> tuple[list[Candidate], list[Candidate]]:
    """Who can be decided on, closest first and a proposed mentor before all; and who is not possible today.

    `facts` say of each mentor what is true at this moment, and bring their rows `for_review`. Who is
    `proposed`, and about whom somebody `decided` just now, stays among the first, with the reason.
    """
    nights = {one.mentor_id: one for one in listed}
    found = [
        _candidate(row, facts_of, nights.get(facts_of.mentor.pk), proposed=proposed, at=at)
        for facts_of in facts
    ]
    found.sort(key=lambda candidate: (not candidate.is_proposed, -candidate.score))
    kept = {proposed, decided}
    decidable = [candidate.mentor.pk in kept or not candidate.why_not for candidate in found]
    return list(compress(found, decidable)), list(compress(found, (not yes for yes in decidable)))


def for_review(user: Any, *, at: datetime) -> Any:
    """The mentors that this member of staff may see, with what a review page says of them."""
    theirs = Match.objects.filter(mentor=OuterRef("pk")).order_by().values("mentor")
    count = {
        "before": theirs.filter(active_at__isnull=False),
        "open_matches": theirs.filter(status__in=OPEN),
    }
    return (
        Mentor.objects.visible_to(user)
        .with_facts(at)
        .select_related("user")
        .annotate(
            **{
                name: Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), Value(0))
                for name, rows in count.items()
            }
        )
    )


def _candidate(
    row: Request, facts: Any, night: Listed | None, *, proposed: int | None, at: datetime
) -> Candidate:
    mentor = facts.mentor
    missing = mentor.readiness(at)
    return Candidate(
        mentor=mentor,
        score=facts.score,
        is_recommended=bool(night and night.is_recommended),
        bars=bars(facts.components, row.programme.weights),
        reasons=rules.for_staff(facts.shared, mentor=mentor.name, mentee=row.mentee.name),
        worth_checking=rules.worth_checking(
            facts.shared,
            mentored_before=mentor.before > 0,
            mentor=mentor.name,
            family=mentor.relatives,
            mentee=row.mentee.name,
        ),
        since_the_night=since_the_night(night, facts) if night else "",
        why_not=rules.lapsed(missing[0].key) if missing else facts.why_not,
        is_proposed=mentor.pk == proposed,
    )


def since_the_night(night: Listed, facts: Any) -> str:
    """What changed in a score after the night that put the mentor on the list; empty when nothing did."""
    changes = [
        f"{component.label.lower()} {before} then"
        for component in COMPONENTS
        if (before := night.components.get(component.key, 0)) != facts.components.get(component.key, 0)
    ]
    return f"In the night it was {night.score}: {rules.in_words(changes, len(changes))}." if changes else ""


def bars(components: dict[str, int], weights: dict[str, Any]) -> list[Bar]:
    """The components of a score in their fixed order, each with the most it can bring."""
    try:
        settings = Settings.but(weights)
    except (EngineError, TypeError, ValueError):
        settings = Settings()  # weights broken just now: the points stay true, the scale is the default
    return [Bar(c.key, c.label, int(components.get(c.key, 0)), c.most(settings)) for c in COMPONENTS]
