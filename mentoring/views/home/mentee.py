"""A young person's home."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matching.models import Match
from mentees.models import Request
from mentoring import rules
from mentoring.views.fetch import STARTED, own_matches
from mentoring.views.home.pairs import add_goals, pairs_of
from mentoring.views.home.rows import address, to_do
from mentoring.views.offer import offer_context

LATEST = 40  # matches that the honest range of weeks is taken from


def mentee_home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    at = timezone.now()
    matches = list(own_matches(user).filter(mentee__user=user).order_by("active_at", "pk"))
    started = [m for m in matches if m.status in STARTED]
    if started:
        pairs = pairs_of(started, request.user, at)
        add_goals(pairs, request.user)
        return render(
            request, "mentoring/home_mentee_matched.html", {"pairs": pairs, "rows": to_do(pairs, at)}
        )
    asked = (
        Request.objects.visible_to(request.user)
        .filter(mentee__user=user)
        .select_related("programme", "mentee__user")
        .order_by("-asked_at")
        .first()
    )
    suggested = next((m for m in matches if m.status == Match.Status.OFFERED_TO_MENTEE), None)
    steps = asked.journey(at) if asked else []
    if suggested:
        return render(
            request,
            "mentoring/home_mentee_suggested.html",
            {**offer_context(request, suggested), "steps": _with_answer(steps, suggested)},
        )
    is_looking = bool(asked and asked.status == Request.Status.ACCEPTED)
    return render(
        request,
        "mentoring/home_mentee_waiting.html",
        {
            "request_made": asked,
            "steps": steps,
            "is_looking": is_looking,
            "answers_url": address("mentees:answers"),
            "request_url": address("mentees:waiting"),
            "is_open": bool(asked and asked.status in Request.OPEN),
            "waiting": rules.waiting_words(_waits(asked), asked.programme.place)
            if is_looking and asked
            else "",
        },
    )


def _waits(asked: Request) -> list[Any]:
    """How long the last people matched in this programme had waited."""
    rows = (
        Match.objects.filter(programme=asked.programme_id, active_at__isnull=False)
        .filter(Q(active_at__gte=F("request__asked_at")))
        .order_by("-active_at")
        .values_list("request__asked_at", "active_at")[:LATEST]
    )
    return [active - asked_at for asked_at, active in rows if active]


def _with_answer(steps: list[Any], match: Match) -> list[dict[str, str]]:
    """The journey with a suggestion in it: what came before is done, and the answer is theirs now."""
    shown = []
    for step in steps:
        row = {"label": step.label, "text": step.text, "state": step.state}
        if step.label == "You say yes or no":
            until = (
                f" You’ve got until {match.answer_by.day} {match.answer_by:%B}." if match.answer_by else ""
            )
            row = {"label": "You say yes or no", "text": f"Your turn. No rush.{until}", "state": "now"}
        elif step.label != "Your first hour":
            row["state"] = "done"
            if step.state == "now":
                row["text"] = ""
        shown.append(row)
    return shown
