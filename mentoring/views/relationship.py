"""The page of a pair: the months, the story, goals, messages."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from matching.models import Match
from mentoring import forms, rules
from mentoring.models import Goal, Meeting, Message
from mentoring.views.fetch import initials, is_mentor, other_name, profile_words, started_match

MOST_MESSAGES = 30
MOST_MEETINGS = 100


def relationship(request: HttpRequest, pk: int) -> HttpResponse:
    match = started_match(request, pk)
    return render(request, "mentoring/relationship.html", page(request, match))


def page(request: HttpRequest, match: Match, write: Any = None) -> dict[str, Any]:
    """Everything the page shows to this one of the two."""
    user, at = request.user, timezone.now()
    name = other_name(match, user)
    meetings = list(
        Meeting.objects.visible_to(user).filter(match=match).prefetch_related("logs")[:MOST_MEETINGS]
    )
    goals = list(Goal.objects.visible_to(user).filter(match=match).prefetch_related("steps"))
    held = [m for m in meetings if m.status == Meeting.Status.HELD]
    today = timezone.localdate(at)
    began = timezone.localdate(match.active_at) if match.active_at else today
    months = rules.strip_of_months(
        began, match.programme.months, [timezone.localdate(m.starts_at) for m in held], today
    )
    return {
        "match": match,
        "is_mentor": is_mentor(match, user),
        "other_name": name,
        "began": began,
        "months": months,
        "month_now": next((n for n, month in enumerate(months, 1) if month.is_now), len(months)),
        "held_count": len(held),
        "story": _story(meetings, goals, user, at, name),
        "goals": [
            {"goal": g, "steps": g.steps.all(), "done": sum(s.done_at is not None for s in g.steps.all())}
            for g in goals
        ],
        "may_add_goal": len(goals) < 3,
        **_messages(request, match),
        "write": write or forms.Write(other_name=name),
        "form": write,
        **profile_words(match),
        **initials(match),
    }


def _messages(request: HttpRequest, match: Match) -> dict[str, Any]:
    messages = Message.objects.visible_to(request.user).filter(match=match).select_related("author")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdecimal() and len(before) < 19:
        messages = messages.filter(pk__lt=int(before))
    rows = list(messages.order_by("-pk")[: MOST_MESSAGES + 1])
    return {
        "letters": [
            {
                "message": row,
                "is_mine": row.author_id == request.user.pk,
                "is_young": row.author_id == match.mentee.user_id,
            }
            for row in rows[:MOST_MESSAGES][::-1]
        ],
        "older": rows[MOST_MESSAGES - 1].pk if len(rows) > MOST_MESSAGES else None,
    }


def _story(
    meetings: list[Meeting], goals: list[Goal], user: Any, at: Any, other: str
) -> list[dict[str, Any]]:
    """Meetings and finished steps, the newest first; what is still to come stands on top."""
    rows = []
    numbers = {
        m.pk: n
        for n, m in enumerate(
            sorted((m for m in meetings if m.status == "held"), key=lambda m: m.starts_at), 1
        )
    }
    for meeting in meetings:
        logs = list(meeting.logs.all())
        is_over = meeting.ends_at <= at
        rows.append(
            {
                "kind": "meeting",
                "when": meeting.starts_at,
                "meeting": meeting,
                "number": numbers.get(meeting.pk, len(numbers) + 1),
                "is_next": meeting.status == "planned" and not is_over,
                "is_over": is_over,
                "may_log": meeting.starts_at <= at
                and meeting.status in {"planned", "held"}
                and all(log.by_id != user.pk for log in logs),
                "words": [
                    {
                        "log": log,
                        "is_mine": log.by_id == user.pk,
                        "who": "You" if log.by_id == user.pk else other,
                    }
                    for log in logs
                    if (log.shared_words or log.next_step) and (log.by_id == user.pk or not log.held_because)
                ],
                "cancelled_by": "You" if meeting.cancelled_by_id == user.pk else other,
            }
        )
    for goal in goals:
        rows += [
            {"kind": "step", "when": step.done_at, "words": step.words}
            for step in goal.steps.all()
            if step.done_at
        ]
        if goal.done_at:
            rows.append({"kind": "goal", "when": goal.done_at, "words": goal.words})
    return sorted(rows, key=lambda row: row["when"], reverse=True)
