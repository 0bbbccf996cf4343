"""Rows are locked in one order everywhere (programme, mentor, young person, match), so nobody deadlocks."""

from __future__ import annotations

from matching.models import Match
from mentees.models import Mentee, Request
from mentors.models import Mentor
from partners.models import Programme


def lock_pair(request_id: int, mentor_id: int) -> tuple[Request, Mentor]:
    """Lock the programme, the mentor and the young person of a request; give fresh rows."""
    request = Request.objects.select_related("programme", "mentee__user").get(pk=request_id)
    Programme.objects.select_for_update(no_key=True).get(pk=request.programme_id)
    mentor = (
        Mentor.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=mentor_id)
    )
    Mentee.objects.select_for_update(no_key=True).get(pk=request.mentee_id)
    request.refresh_from_db(fields=["status"])
    return request, mentor


def lock_match(match_id: int) -> Match:
    """Lock a match's mentor and young person, then the match; give it fresh with both."""
    mentor_id, mentee_id = Match.objects.values_list("mentor_id", "mentee_id").get(pk=match_id)
    Mentor.objects.select_for_update(no_key=True).get(pk=mentor_id)
    Mentee.objects.select_for_update(no_key=True).get(pk=mentee_id)
    return (
        Match.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "request", "mentor__user", "mentee__user")
        .get(pk=match_id)
    )
