"""Rows are locked in one order everywhere (programme, mentor, young person, match), so nobody deadlocks."""

from __future__ import annotations

from mentees.models import Mentee, Request


def lock_request(pk: int) -> Request:
    """Lock the young person of a request, then the request; give it fresh."""
    mentee_id = Request.objects.values_list("mentee_id", flat=True).get(pk=pk)
    Mentee.objects.select_for_update(no_key=True).get(pk=mentee_id)
    return (
        Request.objects.select_for_update(of=("self",), no_key=True)
        .select_related("programme", "mentee__user")
        .get(pk=pk)
    )


def lock_mentee(pk: int) -> Mentee:
    return Mentee.objects.select_for_update(of=("self",), no_key=True).select_related("user").get(pk=pk)
