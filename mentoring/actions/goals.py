"""Goals and their steps: up to three, by both."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.models import Entry
from audit.transitions import NotAllowed
from matching.models import Match
from mentoring.actions.pair import check_words, lock_own_match
from mentoring.models import Goal, Step

MOST_STEPS = 10


@transaction.atomic
def add_goal(match: Match, *, by: Any, at: datetime, words: str) -> Goal:
    """Write down a goal. The same words twice are one goal; a fourth raises NotAllowed."""
    match = lock_own_match(match.pk, by)
    goals = list(match.goals.all())
    for goal in goals:
        if goal.words == words:
            return goal
    places = {1, 2, 3} - {goal.place for goal in goals}
    if not places:
        raise NotAllowed("Three goals are plenty. Finish one first.")
    check_words(words)
    goal = Goal.objects.create(match=match, words=words, place=min(places), made_at=at)
    Entry.objects.record(goal, "made", by=by, at=at)
    return goal


@transaction.atomic
def add_step(goal: Goal, *, by: Any, at: datetime, words: str) -> Step:
    """Add a step to a goal. The same words twice are one step; raises NotAllowed after ten."""
    lock_own_match(goal.match_id, by)
    step = goal.steps.filter(words=words).first()
    if step:
        return step
    if goal.steps.count() >= MOST_STEPS:
        raise NotAllowed("Ten steps are a lot for one goal. Finish some first.")
    check_words(words)
    step = Step.objects.create(goal=goal, words=words, made_by=by)
    Entry.objects.record(step, "made", by=by, at=at)
    return step


@transaction.atomic
def finish_step(step: Step, *, by: Any, at: datetime) -> None:
    """Mark a step done. Twice is once."""
    lock_own_match(step.goal.match_id, by)
    if Step.objects.filter(pk=step.pk, done_at__isnull=True).update(done_at=at):
        Entry.objects.record(step, "done", by=by, at=at)


@transaction.atomic
def finish_goal(goal: Goal, *, by: Any, at: datetime) -> None:
    """Mark a goal reached. Twice is once."""
    lock_own_match(goal.match_id, by)
    if Goal.objects.filter(pk=goal.pk, done_at__isnull=True).update(done_at=at):
        Entry.objects.record(goal, "done", by=by, at=at)
