"""Tell the demonstration from the beginning to tonight, in one transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F

from matching import actions as matching
from matching.models import Match, Proposal, Shortlist
from matching.models.waiting import in_the_pool
from mentees import actions as mentees
from mentees.models import Draft
from mentoring import actions as mentoring
from mentors import actions as mentors
from mentors.models import Mentor
from onemm.demo import cast, concerns, house, pairs, pilot, sittings, volunteers, young
from onemm.demo.stage import AT, Stage, Told
from partners.models import Programme
from training import actions as training
from users.models import User

PROPOSALS = 3


class NotHere(Exception):
    """The demonstration cannot be told in this house; its text is one sentence that says why."""


STEPS = (
    house.STEPS
    + pilot.STEPS
    + len(cast.MENTORS)
    + len(cast.YOUNG)
    + 3 * len(cast.PAIRS)
    + concerns.STEPS
    + sittings.STEPS
    + 5  # drafts, the morning, numbers, the night, what staff proposed
)


def is_told() -> bool:
    """The demonstration is in the database already."""
    return Programme.objects.filter(slug="manchester-pilot-2017").exists()


def load(*, now: datetime, told: Told = lambda what: None) -> bool:
    """Fill the database with the demonstration's people; False when they are there already.

    All of it or nothing. `told` hears each of the `STEPS` begin. Raises NotHere in a house that serves real
    people, or when somebody is in the database who is not invented.
    """
    if settings.ENV not in {"demo", "embedded"}:
        raise NotHere("The demonstration’s people are only for the demonstration: ONEMM_ENV=demo.")
    if User.objects.exclude(email__endswith=AT).exists():
        raise NotHere(
            "Somebody real has an account in this database. Use an empty one for the demonstration."
        )
    if is_told():
        return False
    with transaction.atomic():
        stage = Stage(now, told)
        with stage.history():
            _tell(stage)
        stage.give_sign_ins()
    return True


def _tell(stage: Stage) -> None:
    house.furnish(stage)
    house.open_programmes(stage)
    pilot.tell(stage)
    house.employ(stage)
    house.invite_partners(stage)
    words = volunteers.Words()
    # Who came first has the lower number, as in a house that has stood for a year.
    for volunteer in sorted(cast.MENTORS, key=lambda who: -who.days):
        volunteers.bring(stage, words, volunteer)
    everybody: list[pairs.Pair | young.Young] = [*cast.PAIRS, *cast.YOUNG]
    for who in sorted(everybody, key=lambda who: -who.asked):
        if isinstance(who, pairs.Pair):
            pairs.bring(stage, words, who)
        else:
            young.bring(stage, words, who)
    sittings.open_dates(stage)
    _half_finished(stage)
    concerns.raise_some(stage)
    _this_morning(stage)
    _numbers(stage)
    _last_night(stage)
    _proposed(stage)


def _half_finished(stage: Stage) -> None:
    """Two people who are still answering, on a browser of their own."""
    stage.told("drafts")
    for days, typed in (
        (0, {"name": {"first_name": ["Dot"]}}),
        (5, {"name": {"first_name": ["Ned"]}, "email": {"email": [f"ned.draftley{AT}"]}}),
    ):
        at = stage.ago(days, 19)
        Draft.objects.create(id=stage.key(), answers=typed, started_at=at, touched_at=at)


def _this_morning(stage: Stage) -> None:
    """Whatever the timetable would have done by now, so that nothing bursts out when the clock starts."""
    stage.told("this morning")
    at = stage.ago(0, 6)
    waiting = in_the_pool(at)
    steps: tuple[tuple[Any, dict[str, Any]], ...] = (
        (mentors.nudge_unfinished, {}),
        (mentors.remind_referees, {}),
        (mentors.warn_of_expiring_checks, {}),
        (mentors.tell_of_lapsed_checks, {}),
        (mentees.remind_guardians, {}),
        (mentees.expire_permissions, {}),
        (mentees.tell_waiting, {"among": waiting}),
        (mentees.forget_drafts, {}),
        (training.nudge_stalled, {}),
        (training.remind_lapsing, {}),
        (training.close_waiting_lists, {}),
        (training.remind_workshops, {}),
        (matching.remind_offers, {}),
        (matching.lapse_offers, {}),
        (mentoring.ask_for_logs, {}),
        (mentoring.remind_meetings, {}),
    )
    for verb, more in steps:
        stage.do(verb, at=at, **more)


def _numbers(stage: Stage) -> None:
    """Scenes that skip a form write rows themselves; the night reads what actions make of them."""
    stage.told("numbers")
    matching.rebuild_profiles()


def _last_night(stage: Stage) -> None:
    stage.told("the night’s matching")
    stage.do(matching.run_night, at=stage.now)


def _proposed(stage: Stage) -> None:
    """Pairs that one of our staff put forward, and that wait for another one's yes; and one no."""
    stage.told("proposals")
    live = stage.programmes["Manchester"]
    lists = Shortlist.objects.filter(request__programme=live).order_by("request__asked_at", "pk")
    done = 0
    for shortlist in lists.exclude(recommended=0).select_related("request__mentee"):
        if shortlist.request.mentee.age(stage.today) >= live.two_people_under:
            continue
        by = stage.people[("staff", "staff2")[done % 2]]
        note = "They both light up when they talk about this. Please have a look."
        best = Mentor.objects.get(pk=shortlist.recommended)
        made = stage.do(matching.approve, shortlist.request, best, by=by, at=stage.ago(0, 9), note=note)
        assert isinstance(made, Proposal) and not isinstance(made, Match)  # noqa: S101, PT018
        done += 1
        if done == PROPOSALS:
            break
    last = (
        lists.exclude(mentor_5=0)
        .exclude(mentor_5=F("recommended"))
        .select_related("request__mentee")
        .order_by("score_5", "pk")[0]
    )
    fifth = Mentor.objects.get(pk=last.mentor_5)
    stage.do(
        matching.turn_down, last.request, fifth, by=stage.people["staff"], at=stage.ago(0, 9), why="times"
    )
