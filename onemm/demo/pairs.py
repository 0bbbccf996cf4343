"""Matches, from the offer to the goodbye, and what happened in them month by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from matching import actions as matching
from matching.models import Match
from mentees.models import Request
from mentoring.models import MeetingLog
from mentors.models import Mentor
from onemm.demo.stage import Stage
from onemm.demo.volunteers import EVERY_EVENING, Volunteer, Words
from onemm.demo.volunteers import bring as bring_mentor
from onemm.demo.young import Young
from onemm.demo.young import bring as bring_young

# How far a match has come.
TO_MENTOR, TO_MENTEE, ACTIVE = range(3)
Outcome = MeetingLog.Outcome


@dataclass
class Pair:
    """One match as the casting list describes it."""

    days: int  # since it became active, or since the offer was made
    upto: int = ACTIVE
    mentor: Volunteer = field(default_factory=Volunteer)
    young: Young = field(default_factory=Young)
    waited: int = 30  # days from asking to the match
    then: Callable[[Stage, Match], Any] | None = None

    @property
    def lead(self) -> int:
        """Days from our yes to theirs."""
        return 6 if self.upto == ACTIVE else 0

    @property
    def asked(self) -> int:
        """Days since the young person asked."""
        return self.days + self.lead + self.waited


def bring(stage: Stage, words: Words, pair: Pair) -> Match:
    """Make both people, let two staff approve them, and let both say yes as far as the scene needs."""
    lead = pair.lead
    them = replace(
        pair.mentor,
        days=max(pair.mentor.days, pair.days + lead + 30),
        slots=pair.mentor.slots or EVERY_EVENING,
        way=pair.mentor.way or "either",
        ages=pair.mentor.ages or 15,
    )
    you = replace(
        pair.young, days=pair.asked, slots=pair.young.slots or EVERY_EVENING, place=pair.mentor.place
    )
    mentor, request = bring_mentor(stage, words, them), bring_young(stage, words, you)
    match = approve(stage, request, mentor, days=pair.days + lead)
    if pair.upto >= TO_MENTEE:
        at = stage.ago(pair.days + lead - (2 if lead else 0), 19)
        match = stage.do(matching.accept, match, by=mentor.user, at=at)
    if pair.upto >= ACTIVE:
        match = stage.do(matching.accept, match, by=request.mentee.user, at=stage.ago(pair.days, 17))
    if pair.then:
        pair.then(stage, match)
    stage.told("matches")
    return Match.objects.get(pk=match.pk)


def approve(stage: Stage, request: Request, mentor: Mentor, *, days: int) -> Match:
    """One yes, and for somebody under age a second one by somebody else."""
    where = request.programme
    first, second = (
        ("staff", "staff2") if where == stage.programmes["Manchester"] else ("staff-cardiff", "staff2")
    )
    done = stage.do(matching.approve, request, mentor, by=stage.people[first], at=stage.ago(days, 9))
    if not isinstance(done, Match):
        at = stage.ago(days, 9, 40)
        done = stage.do(matching.approve, request, mentor, by=stage.people[second], at=at)
    match: Match = done
    return match
