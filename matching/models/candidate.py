"""One mentor beside one young person, as the review page shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from matching import rules
from matching.engine.errors import EngineError
from matching.engine.score import COMPONENTS
from matching.engine.settings import Settings
from matching.models.match import OPEN
from matching.models.proposal import Proposal
from matching.models.run import Suggestion
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
    """A suggested mentor with the score explained and what to look at twice."""

    mentor: Any
    score: int
    is_recommended: bool
    bars: list[Bar]
    reasons: list[str]
    worth_checking: list[str]
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


def candidates_for(row: Request, *, proposal: Proposal | None, at: datetime) -> list[Candidate]:
    """The current suggestions for a request, closest first, a proposed mentor before all; two queries."""
    suggestions = list(Suggestion.objects.current().filter(request=row).order_by("rank"))
    mentors = _with_facts(at).in_bulk([s.mentor_id for s in suggestions])
    found = [_candidate(row, mentors[s.mentor_id], s, s.is_recommended) for s in suggestions]
    for candidate in found:
        candidate.is_proposed = bool(proposal and proposal.mentor_id == candidate.mentor.pk)
    return sorted(found, key=lambda candidate: not candidate.is_proposed)


def candidate_for(row: Request, mentor: Mentor, facts: Any, *, at: datetime) -> Candidate:
    """A proposed mentor whom the current run does not suggest, explained by `facts` of this moment."""
    candidate = _candidate(row, _with_facts(at).get(pk=mentor.pk), facts, False)
    candidate.is_proposed = True
    return candidate


def _with_facts(at: datetime) -> Any:
    return (
        Mentor.objects.with_dbs(at)
        .select_related("user")
        .annotate(
            before=Count("matches", filter=Q(matches__active_at__isnull=False), distinct=True),
            open_matches=Count("matches", filter=Q(matches__status__in=OPEN), distinct=True),
        )
    )


def _candidate(row: Request, mentor: Any, facts: Any, is_recommended: bool) -> Candidate:
    return Candidate(
        mentor=mentor,
        score=facts.score,
        is_recommended=is_recommended,
        bars=bars(facts.components, row.programme.weights),
        reasons=rules.for_staff(facts.shared, mentor=mentor.name, mentee=row.mentee.name),
        worth_checking=rules.worth_checking(
            facts.shared,
            mentored_before=mentor.before > 0,
            mentor=mentor.name,
            family=mentor.relatives,
            mentee=row.mentee.name,
        ),
    )


def bars(components: dict[str, int], weights: dict[str, Any]) -> list[Bar]:
    """The components of a score in their fixed order, each with the most it can bring."""
    try:
        settings = Settings.but(weights)
    except (EngineError, TypeError, ValueError):
        settings = (
            Settings()
        )  # weights broken since the night: the points stay true, the scale is the default
    return [Bar(c.key, c.label, int(components.get(c.key, 0)), c.most(settings)) for c in COMPONENTS]
