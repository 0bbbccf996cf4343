"""Who waits for a match: facts about requests that need the matches to be known."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from matching.models.block import Block
from matching.models.match import ENDED_FOR_EVER, Match
from matching.models.proposal import Proposal
from matching.models.shortlist import MENTORS, WithoutSuggestion
from mentees.models import Permission, Request
from mentors.models import Mentor
from partners.models import Outcode


def without_a_match(among: Any = None) -> Any:
    """Requests, `among` these, whose young person has no open match in the programme. Facts, not flags."""
    taken = Match.objects.open().filter(mentee=OuterRef("mentee"), programme=OuterRef("programme"))
    return (Request.objects.all() if among is None else among).filter(~Exists(taken))


def in_the_pool(at: datetime) -> QuerySet[Request]:
    """Requests that are ready and without a match: whom the night finds mentors for."""
    pool: QuerySet[Request] = without_a_match().ready(at)
    return pool


def _mine(user: Any, at: datetime) -> QuerySet[Request]:
    pool: QuerySet[Request] = without_a_match(Request.objects.visible_to(user)).ready(at)
    return pool


def _still_free() -> Exists:
    """Somebody on the request's shortlist has a place, and was not turned down or ended with since the night.

    So a suggestion lapses by itself when another one is approved.
    """
    pair = {"mentor": OuterRef("pk"), "mentee": OuterRef(OuterRef("mentee"))}
    open_matches = Match.objects.open().filter(mentor=OuterRef("pk")).order_by().values("mentor")
    taken = Coalesce(Subquery(open_matches.annotate(n=Count("pk")).values("n")), Value(0))
    return Exists(
        Mentor.objects.alias(taken=taken).filter(
            ~Exists(Block.objects.filter(**pair)),
            ~Exists(Match.objects.filter(**pair, status__in=ENDED_FOR_EVER)),
            pk__in=[OuterRef(f"shortlist__{name}") for name in MENTORS],
            status=Mentor.Status.APPROVED,
            taken__lt=F("capacity"),
        )
    )


def waiting_for_review(user: Any, *, at: datetime, after: str = "") -> QuerySet[Request]:
    """Young people with somebody to decide on, longest wait first, from the row after the key `after`."""
    rows = (
        _mine(user, at)
        .annotate(
            is_proposed=Exists(Proposal.objects.filter(request=OuterRef("pk"), status=Proposal.Status.OPEN)),
        )
        .filter(Q(is_proposed=True) | _still_free(), shortlist__isnull=False)
        .select_related("shortlist", "mentee__user", "programme")
        .order_by("asked_at", "pk")
    )
    seconds, _, pk = after.partition("-")
    try:
        moment = datetime.fromtimestamp(float(seconds), tz=UTC)
        return rows.filter(Q(asked_at__gt=moment) | Q(asked_at=moment, pk__gt=int(pk)))
    except (ValueError, OverflowError, OSError):
        return rows  # a key that we did not write: from the start


def with_review_facts(rows: QuerySet[Request]) -> QuerySet[Request]:
    """Annotate what a review page says of a request: `town`, `permitted_at` and the id of an `open_match`.

    `open_proposal` is the row itself with its people; without one the attribute is not there.
    """
    given = Permission.objects.filter(mentee=OuterRef("mentee"), status=Permission.Status.GIVEN)
    is_open = Q(proposals__status=Proposal.Status.OPEN)
    people: Any = ("open_proposal__mentor__user", "open_proposal__proposed_by")
    return rows.annotate(
        open_proposal=FilteredRelation("proposals", condition=is_open),
        town=Subquery(Outcode.objects.filter(code=OuterRef("mentee__outcode")).values("town")[:1]),
        permitted_at=Subquery(given.values("answered_at")[:1]),
        open_match=Subquery(Match.objects.open().filter(request=OuterRef("pk")).values("pk")[:1]),
    ).select_related(*people)


def without_a_mentor(user: Any, *, at: datetime) -> QuerySet[WithoutSuggestion]:
    """Young people to whom the night recommends nobody, with the reason in numbers."""
    return (
        WithoutSuggestion.objects.filter(request__in=_mine(user, at))
        .select_related("request__mentee__user", "request__programme")
        .order_by("request__asked_at", "request_id")
    )
