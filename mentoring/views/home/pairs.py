"""What home shows of each match, to both sides of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, Max
from django.utils import timezone

from matching.models import Match
from mentoring import rules
from mentoring.models import Goal, Meeting, Message
from mentoring.views.fetch import initials, profile_words


def pairs_of(matches: list[Match], user: Any, at: datetime) -> list[dict[str, Any]]:
    """What home shows of each match; four queries however many there are."""
    pks = [m.pk for m in matches]
    coming: dict[int, Meeting] = {}
    for meeting in Meeting.objects.filter(match__in=pks).coming(at):
        coming.setdefault(meeting.match_id, meeting)
    held = dict(
        Meeting.objects.held().filter(match__in=pks).order_by().values_list("match").annotate(n=Count("pk"))
    )
    unlogged: dict[int, Meeting] = {}
    past = Meeting.objects.filter(match__in=pks, status__in=("planned", "held"), starts_at__lte=at)
    for meeting in past.exclude(logs__by=user).order_by("starts_at"):
        unlogged[meeting.match_id] = meeting
    last_ids = (
        Message.objects.filter(match__in=pks)
        .delivered()
        .order_by()
        .values("match")
        .annotate(last=Max("pk"))
        .values_list("last", flat=True)
    )
    last = {m.match_id: m for m in Message.objects.filter(pk__in=list(last_ids)).select_related("author")}
    pairs = []
    for match in matches:
        done, total = held.get(match.pk, 0), match.programme.months
        is_mine = match.mentor.user_id == user.pk
        latest = last.get(match.pk)
        pairs.append(
            {
                "match": match,
                "other_name": match.mentee.name if is_mine else match.mentor.name,
                "next": coming.get(match.pk),
                "unlogged": unlogged.get(match.pk),
                "latest": latest,
                "their_word_is_last": latest is not None and latest.author_id != user.pk,
                "held": done,
                "total": total,
                "left": max(total - done, 0),
                "at": min(done, total) + 1,
                "words_of_progress": f"{done} of {total} meetings held",
                **profile_words(match),
                **initials(match),
            }
        )
    return pairs


def add_goals(pairs: list[dict[str, Any]], user: Any) -> None:
    goals: dict[int, list[dict[str, Any]]] = {}
    matches = [pair["match"] for pair in pairs]
    for goal in Goal.objects.visible_to(user).filter(match__in=matches).prefetch_related("steps"):
        steps = list(goal.steps.all())
        done = sum(step.done_at is not None for step in steps)
        goals.setdefault(goal.match_id, []).append({"goal": goal, "steps": steps, "done": done})
    for pair in pairs:
        pair["goals"] = goals.get(pair["match"].pk, [])
        pair["may_add_goal"] = len(pair["goals"]) < 3


def lead(pairs: list[dict[str, Any]], at: datetime) -> str:
    nexts = sorted((p for p in pairs if p["next"]), key=lambda p: p["next"].starts_at)
    if not nexts:
        return "There is no meeting planned yet."
    first = nexts[0]
    when = rules.in_days(timezone.localdate(first["next"].starts_at), timezone.localdate(at))
    return f"You and {first['other_name']} meet {when}."
