"""How the pages of a pair find their match: their own, or the same 404 as a missing one."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from matching.models import Match
from mentoring import rules

STARTED = ("active", "paused", "closing")


def own_matches(user: Any) -> QuerySet[Match]:
    """Matches in which this person is one of the two. Staff have their desk."""
    return (
        Match.objects.visible_to(user)
        .filter(Q(mentor__user=user) | Q(mentee__user=user))
        .select_related("programme", "mentor__user", "mentee__user")
    )


def started_match(request: HttpRequest, pk: int) -> Match:
    return get_object_or_404(own_matches(request.user).filter(status__in=STARTED), pk=pk)


def is_mentor(match: Match, user: Any) -> bool:
    return bool(match.mentor.user_id == user.pk)


def other_name(match: Match, user: Any) -> str:
    return match.mentee.name if is_mentor(match, user) else match.mentor.name


def profile_words(match: Match) -> dict[str, str]:
    """What each wrote of themselves for the other to read, without what a message would be held for."""
    return {
        "job": rules.fit_to_show(match.mentor.job_title, to_the_young=True),
        "motivation": rules.fit_to_show(match.mentor.motivation, to_the_young=True),
        "wants": rules.fit_to_show(match.mentee.goals),
        "good_to_know": rules.fit_to_show(match.mentee.good_to_know),
    }


def initials(match: Match) -> dict[str, str]:
    """First letters only: a surname's would already say more than a mentor may know."""
    return {"mentor_initial": match.mentor.name[:1].upper(), "mentee_initial": match.mentee.name[:1].upper()}
