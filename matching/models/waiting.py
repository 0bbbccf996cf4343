"""Who waits for a match: facts about requests that need the matches to be known."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from matching.models.match import Match
from matching.models.proposal import Proposal
from matching.models.run import Suggestion, WithoutSuggestion
from mentees.models import Permission, Request
from partners.models import Outcode


def without_a_match() -> Any:
    """Requests whose young person has no open match in the programme. Facts, not flags."""
    taken = Match.objects.open().filter(mentee=OuterRef("mentee"), programme=OuterRef("programme"))
    return Request.objects.filter(~Exists(taken))


def in_the_pool(at: datetime) -> QuerySet[Request]:
    """Requests that are ready and without a match: whom the night finds mentors for."""
    pool: QuerySet[Request] = without_a_match().ready(at)
    return pool


def _mine(user: Any, at: datetime) -> QuerySet[Request]:
    return in_the_pool(at).filter(pk__in=Request.objects.visible_to(user).values("pk"))


def waiting_for_review(user: Any, *, at: datetime, after: str = "") -> QuerySet[Request]:
    """Young people with a suggestion to review, longest wait first, from the row after the key `after`."""
    suggestions = Suggestion.objects.current().filter(request=OuterRef("pk"))
    rows = (
        _mine(user, at)
        .filter(Exists(suggestions))
        .annotate(
            best=Subquery(
                suggestions.order_by().values("request").annotate(best=Max("score")).values("best")[:1]
            ),
            is_proposed=Exists(Proposal.objects.filter(request=OuterRef("pk"), status=Proposal.Status.OPEN)),
        )
        .select_related("mentee__user", "programme")
        .order_by("asked_at", "pk")
    )
    seconds, _, pk = after.partition("-")
    try:
        moment = datetime.fromtimestamp(float(seconds), tz=UTC)
        return rows.filter(Q(asked_at__gt=moment) | Q(asked_at=moment, pk__gt=int(pk)))
    except (ValueError, OverflowError, OSError):
        return rows  # a key that we did not write: from the start


def with_review_facts(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Annotate what a review page says of a request: `town`, `permitted_at` and the id of an `open_match`."""
    given = Permission.objects.filter(mentee=OuterRef("mentee"), status=Permission.Status.GIVEN)
    return rows.annotate(
        town=Subquery(Outcode.objects.filter(code=OuterRef("mentee__outcode")).values("town")[:1]),
        permitted_at=Subquery(given.values("answered_at")[:1]),
        open_match=Subquery(Match.objects.open().filter(request=OuterRef("pk")).values("pk")[:1]),
    )


def without_a_mentor(user: Any, *, at: datetime) -> QuerySet[WithoutSuggestion]:
    """Young people for whom the current run found nobody, with the reason in numbers."""
    return (
        WithoutSuggestion.objects.filter(run__is_current=True, request__in=_mine(user, at))
        .select_related("request__mentee__user", "request__programme")
        .order_by("request__asked_at", "request_id")
    )
