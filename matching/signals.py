"""What matching does when something that its matches stand on falls downstairs."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from audit.transitions import NotAllowed
from matching.actions import pause_all_of_mentee, pause_all_of_mentor, pause_all_of_user, pause_of_request
from matching.models import Match
from partners.models import Programme

STARTED = {Match.Status.ACTIVE, Match.Status.PAUSED, Match.Status.CLOSING}


def pause_mentor(*, mentor: Any, why: str, at: Any, **_: Any) -> None:
    pause_all_of_mentor(mentor, at=at, reason=f"mentor no longer ready: {why}")


def pause_mentee(*, mentee: Any, at: Any, **_: Any) -> None:
    pause_all_of_mentee(mentee, at=at, reason="permission withdrawn")


def close_request(*, request: Any, at: Any, by: Any = None, **_: Any) -> None:
    pause_of_request(request, at=at, by=by)


def close_account(*, user: Any, at: Any, **_: Any) -> None:
    pause_all_of_user(user, at=at, reason="account closed")


def hold_capacity(*, mentor: Any, capacity: int, **_: Any) -> None:
    """Nobody promises fewer places than are taken: the last match would have none."""
    here = list(Match.objects.open().filter(mentor=mentor).values_list("status", flat=True))
    if len(here) > capacity:
        what = "active" if all(status in STARTED for status in here) else "active or on offer"
        raise NotAllowed(f"{len(here)} matches are {what}; end one first.")


def hold_programme(*, programme: Any, most: int, **_: Any) -> None:
    """Nor does a programme give fewer places than a mentor has taken, in it or, where it gives the most of
    all of theirs, altogether."""
    others = Programme.objects.filter(mentors=OuterRef("mentor")).exclude(pk=programme.pk)
    taken = (
        Match.objects.open()
        .filter(mentor__programmes=programme)
        .order_by()
        .values("mentor")
        .annotate(
            here=Count("pk", filter=Q(programme=programme)),
            all=Count("pk"),
            elsewhere=Coalesce(Subquery(others.order_by("-max_capacity").values("max_capacity")[:1]), 0),
        )
    )
    too_many = taken.filter(Q(here__gt=most) | Q(all__gt=most) & Q(all__gt=F("elsewhere"))).count()
    if too_many:
        who = "1 mentor has" if too_many == 1 else f"{too_many} mentors have"
        raise NotAllowed(f"{who} more matches than {most}, open or on offer; end one of each first.")
