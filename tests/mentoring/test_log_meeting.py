from datetime import timedelta

import pytest

from audit.transitions import NotAllowed
from mentoring import actions
from mentoring.models import Meeting, MeetingLog
from tests.mentoring.conftest import log, plan, status


def planned_and_over(pair):
    meeting = plan(pair, days=1)
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=pair.now - timedelta(days=1), ends_at=pair.now - timedelta(hours=23)
    )
    meeting.refresh_from_db()
    return meeting


def test_it_holds_a_planned_meeting(pair):
    meeting = planned_and_over(pair)
    log(pair, meeting=meeting, starts_at=meeting.starts_at, minutes=45)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes) == ("held", 45)


def test_it_takes_a_meeting_nobody_planned(pair):
    assert log(pair).meeting.status == "held"


def test_it_is_one_log_however_often_it_is_sent(pair):
    assert log(pair) == log(pair)
    assert (Meeting.objects.count(), MeetingLog.objects.count()) == (1, 1)
    with pytest.raises(NotAllowed, match="logged a meeting at that time already"):
        log(pair, shared_words="Something else.")


def test_it_joins_both_sides_in_one_meeting(pair):
    first = log(pair)
    second = log(pair, by=pair.mentee, starts_at=first.meeting.starts_at + timedelta(minutes=5))
    assert first.meeting == second.meeting
    assert not Meeting.objects.disagreeing().exists()


def test_it_asks_staff_when_the_two_tell_different_stories(pair):
    first = log(pair)
    log(pair, by=pair.mentee, outcome="mentor_missed", minutes=None)
    meeting = Meeting.objects.disagreeing().get()
    assert meeting.status == "held"
    actions.settle_meeting(meeting, by=pair.staff, at=pair.now, status="missed")
    first.meeting.refresh_from_db()
    assert first.meeting.status == "missed"
    assert not Meeting.objects.disagreeing().exists()
    with pytest.raises(NotAllowed, match="settled this already"):
        actions.settle_meeting(meeting, by=pair.second, at=pair.now, status="held")


@pytest.mark.parametrize(
    ("outcome", "becomes"),
    [("cancelled", "cancelled"), ("mentor_missed", "missed"), ("mentee_missed", "missed")],
)
def test_it_knows_other_endings(pair, outcome, becomes):
    assert log(pair, outcome=outcome, minutes=None).meeting.status == becomes


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"days": 1}, "still to come"),
        ({"minutes": 0, "outcome": "held"}, "5 minutes at least|after start"),
        ({"minutes": 300}, "4 hours at most"),
        ({"minutes": None}, "how long"),
        ({"days": -80}, "You were matched on 9 September 2026"),
    ],
)
def test_it_says_what_to_change(pair, change, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        log(pair, **change)
    assert not MeetingLog.objects.exists()


def test_it_keeps_what_must_be_looked_at_from_the_other(pair):
    written = log(pair, shared_words="We swapped numbers, mine is 07700 900123")
    assert written.held_because == ["a phone number"]
    assert list(MeetingLog.objects.asking_for_staff()) == [written]
    actions.answer_log(written, by=pair.staff, at=pair.now, may_be_shared=True)
    written.refresh_from_db()
    assert written.held_because == []
    assert not MeetingLog.objects.asking_for_staff().exists()
    with pytest.raises(NotAllowed, match="answered this already"):
        actions.answer_log(written, by=pair.second, at=pair.now)


def test_it_queues_a_word_to_staff(pair):
    log(pair, staff_words="I am a little worried.")
    log(pair, by=pair.mentee, days=-10, tell_staff=True)
    log(pair, by=pair.mentee, days=-20)
    assert MeetingLog.objects.asking_for_staff().count() == 2


def test_it_can_be_written_while_the_match_is_on_hold_and_not_after_it(pair):
    status(pair.match, "paused")
    log(pair)
    status(pair.match, "closed")
    with pytest.raises(NotAllowed, match="isn’t going on"):
        log(pair, days=-9)


@pytest.mark.parametrize("days", [-3, -3.01])
def test_it_asks_staff_when_one_says_called_off_and_the_other_says_they_met(pair, days):
    first = log(pair, outcome="cancelled", minutes=None)
    second = log(pair, by=pair.mentee, days=days)
    assert second.meeting == first.meeting
    assert Meeting.objects.disagreeing().get() == first.meeting


def test_it_takes_a_meeting_at_the_time_of_one_that_was_called_off_beforehand(pair):
    """Nobody told a story of that one, so there is nothing to disagree with."""
    planned = plan(pair, days=3)
    actions.cancel_meeting(planned, by=pair.mentor, at=pair.now)
    pair.now += timedelta(days=4)
    told = log(pair, starts_at=planned.starts_at)
    assert told.meeting != planned
    assert not Meeting.objects.disagreeing().exists()
