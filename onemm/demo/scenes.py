"""What happened in matches: hours, goals, messages, and how some of them ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.transitions import move
from matching import actions as matching
from matching.models import Match
from mentees import actions as mentees
from mentoring import actions as mentoring
from mentoring.models import MeetingLog
from onemm.demo.stage import Stage

Outcome = MeetingLog.Outcome

# --- Month by month ------------------------------------------------------------------------------

DID = (
    ("We talked about what a normal week at work looks like.", "Write down three questions for next time."),
    ("Looked at two apprenticeship adverts together and took one apart.", "Find one more advert."),
    ("Practised saying hello, sitting down and the first two questions.", "Practise with a friend."),
    ("Went through the CV line by line. It is half as long and twice as good.", "Send it to one place."),
    ("A hard week, so we walked and talked. It helped to say it out loud.", "Nothing this time."),
    ("Made a list of people to ask about their job.", "Ask one of them."),
)


def met(stage: Stage, match: Match, days: int, n: int, *, both: bool = True, minutes: int = 60) -> None:
    """An hour held so many days ago, in the words of one or both."""
    shared, step = DID[n % len(DID)]
    starts_at = stage.evening(-days)
    mentor, mentee = match.mentor.user, match.mentee.user
    log = mentoring.log_meeting
    told: dict[str, Any] = {"starts_at": starts_at, "outcome": Outcome.HELD}
    way = ("online", "in_person")[n % 2]
    at = starts_at + timedelta(hours=3)
    stage.do(
        log,
        match,
        by=mentor,
        at=at,
        way=way,
        minutes=minutes,
        shared_words=shared,
        next_step=step,
        mood=4,
        **told,
    )
    if both:
        at += timedelta(hours=15)
        if at < stage.now:
            stage.do(
                log, match, by=mentee, at=at, minutes=minutes, mood=stage.dice.choice((3, 4, 4, 5)), **told
            )


def monthly(stage: Stage, match: Match, *, until: int = 12) -> None:
    """One hour a month since the start, the last one `until` days ago or a little longer."""
    assert match.active_at is not None  # noqa: S101  it is active
    start = (stage.today - timezone.localdate(match.active_at)).days
    for n, days in enumerate(range(start - 7, until - 1, -30)):
        met(stage, match, days, n, both=n % 3 != 2)


def sets_goals(stage: Stage, match: Match, *, done: int = 1) -> None:
    """Two goals with steps, some of them done."""
    you, them, at = match.mentee.user, match.mentor.user, stage.ago(3, 20)
    goals = {
        "Get onto an engineering apprenticeship": (
            "Find five adverts",
            "Ask at college about the reference",
            "Send the first application",
        ),
        "Talk in a group without rehearsing every word": (
            "Say one thing at youth club",
            "Ask a question in class",
        ),
    }
    for words, steps in goals.items():
        goal = stage.do(mentoring.add_goal, match, by=you, at=at, words=words)
        for n, step in enumerate(steps):
            row = stage.do(mentoring.add_step, goal, by=them, at=at, words=step)
            if n < done:
                stage.do(mentoring.finish_step, row, by=you, at=at)


def says(
    stage: Stage, match: Match, days: int, who: str, words: str, *, hour: int = 17, minute: int = 0
) -> Any:
    """One message; what must be held is held by the real rules."""
    author = match.mentor.user if who == "mentor" else match.mentee.user
    at = stage.ago(days, hour, minute)
    return stage.do(mentoring.send_message, match, by=author, at=at, words=words, form_key=stage.key())


def plans(stage: Stage, match: Match, days: int, *, hour: int = 18, topic: str = "", ahead: int = 6) -> Any:
    """A meeting planned for so many days from today (back: minus)."""
    return stage.do(
        mentoring.plan_meeting,
        match,
        by=match.mentor.user,
        at=stage.ago(max(ahead - days, 0), 20),
        starts_at=stage.evening(days, hour),
        minutes=60,
        way="online",
        topic=topic,
    )


# --- Scenes --------------------------------------------------------------------------------------


def the_year_so_far(stage: Stage, match: Match) -> None:
    """The pair behind the sign-ins of mentor and young person."""
    for n, days in enumerate((88, 57, 27)):
        met(stage, match, days, n)
    sets_goals(stage, match)
    plans(stage, match, 1, topic="The first application")
    says(stage, match, 26, "mentor", "That was a good hour. How did the advert look in daylight?")
    says(stage, match, 25, "mentee", "Better than I thought. I found another one for rail engineering.")
    says(stage, match, 12, "mentor", "Lovely. Bring both next time and we take them apart together.")
    says(stage, match, 2, "mentee", "I asked at college about the reference and they said yes.", hour=16)
    says(
        stage,
        match,
        1,
        "mentor",
        "That is the hardest step on the list, and it is done. See you soon.",
        hour=20,
    )
    says(stage, match, 0, "mentee", "My number is 07700 900142 if you need it, just text me", hour=8)


def goes_well(stage: Stage, match: Match) -> None:
    monthly(stage, match)


def goes_well_with_goals(stage: Stage, match: Match) -> None:
    monthly(stage, match)
    sets_goals(stage, match, done=2)


def meets_tomorrow(stage: Stage, match: Match) -> None:
    monthly(stage, match, until=20)
    plans(stage, match, 1, hour=17, topic="Questions for the open day")


def has_not_logged(stage: Stage, match: Match) -> None:
    """Two evenings ago they were to meet, and nobody has said how it went."""
    monthly(stage, match, until=25)
    plans(stage, match, -2, topic="Mock interview")


def tells_two_stories(stage: Stage, match: Match) -> None:
    monthly(stage, match, until=30)
    starts_at = stage.evening(-4)
    log, mentor, mentee = mentoring.log_meeting, match.mentor.user, match.mentee.user
    shared = "A short one: we looked at college courses."
    stage.do(
        log,
        match,
        by=mentor,
        at=stage.ago(3, 9),
        starts_at=starts_at,
        outcome=Outcome.HELD,
        minutes=45,
        shared_words=shared,
    )
    stage.do(
        log,
        match,
        by=mentee,
        at=stage.ago(3, 17),
        starts_at=starts_at,
        outcome=Outcome.MENTOR_MISSED,
        staff_words="I waited on the call for half an hour.",
        tell_staff=True,
    )


def has_gone_quiet(stage: Stage, match: Match) -> None:
    monthly(stage, match, until=70)


def is_a_little_quiet(stage: Stage, match: Match) -> None:
    monthly(stage, match, until=40)
    says(stage, match, 16, "mentor", "Shall we find a new evening? Any day but Monday works for me.")


def holds_a_message(stage: Stage, match: Match) -> None:
    monthly(stage, match)
    says(stage, match, 1, "mentor", "Could we carry on over WhatsApp? It would be easier for me.", hour=13)


def holds_another(stage: Stage, match: Match) -> None:
    monthly(stage, match)
    says(stage, match, 3, "mentor", "Well done for ringing them. That took nerve.")
    says(
        stage, match, 0, "mentee", "can you come to my house to look at the forms, my mum is at work", hour=7
    )


def is_closing(stage: Stage, match: Match) -> None:
    monthly(stage, match)
    stage.do(move, match, Match.Status.CLOSING, by=match.mentor.user, reason="planned", at=stage.ago(4))


def _ends(reason: str, *, planned: bool) -> Callable[[Stage, Match], None]:
    def end(stage: Stage, match: Match) -> None:
        monthly(stage, match, until=25)
        S, at = Match.Status, stage.ago(15)
        stage.do(move, match, S.CLOSING, by=match.mentor.user, reason=reason, at=stage.ago(21))
        stage.do(
            move, match, S.CLOSED, by=match.mentor.user, reason=reason, at=at, ended_at=at, ended_why=reason
        )
        if planned:
            stage.do(mentees.fulfil, match.request, by=match.mentor.user, at=at)

    return end


came_to_its_end = _ends("planned", planned=True)
ended_early = _ends("moved away", planned=False)


def is_paused(stage: Stage, match: Match) -> None:
    """Permission was taken back: the match stops in the same moment."""
    monthly(stage, match)
    permission = match.mentee.permissions.get(status="given")
    stage.do(mentees.withdraw_permission, permission, at=stage.ago(6, 21))


# --- Offers --------------------------------------------------------------------------------------


def asks_first(words: str, who: str = "mentor", answer: str = "") -> Callable[[Stage, Match], None]:
    def ask(stage: Stage, match: Match) -> None:
        by = match.mentor.user if who == "mentor" else match.mentee.user
        question = stage.do(matching.ask_question, match, by=by, at=stage.ago(1, 18), words=words)
        if answer:
            staff = stage.people["staff2"]
            stage.do(matching.answer_question, question, by=staff, at=stage.ago(0, 9), words=answer)

    return ask


def says_no(who: str, why: str) -> Callable[[Stage, Match], None]:
    def decline(stage: Stage, match: Match) -> None:
        by = match.mentor.user if who == "mentor" else match.mentee.user
        at = stage.ago(13, 18)
        stage.do(matching.decline, match, by=by, at=at, why=why)

    return decline


def lets_it_lapse(stage: Stage, match: Match) -> None:
    """Nobody answered in time: the same question the timetable asks each night."""
    last = match.answer_by
    assert last is not None  # noqa: S101  it is offered
    at = stage.ago(max((stage.today - last).days - 1, 0), 5)
    with stage.as_of(at), transaction.atomic():
        matching.lapse_offers(at=at)


def is_taken_back(stage: Stage, match: Match) -> None:
    stage.do(matching.withdraw, match, by=stage.people["staff"], at=stage.ago(7), why="Asked to wait")
