from datetime import UTC, datetime, timedelta

import pytest

from audit.transitions import NotAllowed
from mentoring import actions
from mentoring.models import Meeting
from notifications.models import Letter
from tests import factories
from tests.mentoring.conftest import plan, status


def test_it_tells_the_other_and_nobody_else(pair):
    plan(pair, topic="Interview practice", way="in_person", place="Central Library")
    letter = Letter.objects.get()
    assert letter.to_user == pair.mentee
    assert "Amara" in letter.subject
    assert "Saturday 21 November" in letter.text
    assert "5pm to 6pm" in letter.text
    for private in ("Interview practice", "Central Library"):
        assert private not in letter.text + letter.html


def test_it_is_planned_once_however_often_it_is_sent(pair):
    assert plan(pair) == plan(pair)
    assert Meeting.objects.count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"days": -1}, "still to come"),
        ({"days": 400}, "next 12 months"),
        ({"minutes": 0}, "after start time"),
        ({"minutes": 241}, "4 hours at most"),
        ({"way": "in_person"}, "somewhere public"),
        ({"topic": "ring me on 07700 900123"}, "phone number"),
        ({"topic": "my stepdad hits me"}, "doesn’t feel right"),
    ],
)
def test_it_says_what_to_change(pair, change, sentence):
    with pytest.raises(NotAllowed, match=sentence):
        plan(pair, **change)
    assert not Meeting.objects.exists()
    assert not Letter.objects.exists()


def test_it_refuses_a_taken_hour_without_naming_anybody(pair):
    other = factories.make_match(
        pair.match.mentor, factories.make_request(factories.make_mentee("Zed")), slot=2
    )
    starts_at = pair.now + timedelta(days=3, minutes=30)
    actions.plan_meeting(other, by=pair.mentor, at=pair.now, starts_at=starts_at, minutes=60, way="online")
    with pytest.raises(NotAllowed, match="You already have a meeting"):
        plan(pair)
    with pytest.raises(NotAllowed, match="Amara isn’t free then") as refusal:
        plan(pair, by=pair.mentee)
    assert "Zed" not in str(refusal.value)


def test_it_is_only_for_the_two_and_only_while_it_goes_on(pair):
    for person in (pair.stranger, pair.staff, pair.coordinator.user):
        with pytest.raises(NotAllowed, match="isn’t yours"):
            plan(pair, by=person)
    status(pair.match, "paused")
    with pytest.raises(NotAllowed, match="on hold"):
        plan(pair)
    status(pair.match, "closed")
    with pytest.raises(NotAllowed, match="isn’t going on"):
        plan(pair)


def test_it_moves_and_counts_the_change(pair):
    meeting = plan(pair)
    Letter.objects.all().delete()
    later = datetime(2026, 11, 25, 18, tzinfo=UTC)
    for _ in range(2):
        moved = actions.move_meeting(
            meeting, by=pair.mentee, at=pair.now, starts_at=later, minutes=45, way="online"
        )
    assert (moved.starts_at, moved.minutes, moved.sequence) == (later, 45, 1)
    letter = Letter.objects.get()
    assert letter.to_user == pair.mentor
    assert "Wednesday 25 November" in letter.subject


def test_it_is_called_off_with_a_word(pair):
    meeting = plan(pair)
    for _ in range(2):
        actions.cancel_meeting(meeting, by=pair.mentee, at=pair.now, why="I have a mock that day.")
    meeting.refresh_from_db()
    assert (meeting.status, meeting.sequence, meeting.cancelled_by) == ("cancelled", 1, pair.mentee)
    letter = Letter.objects.get(kind="mentoring/meeting_cancelled")
    assert letter.to_user == pair.mentor
    assert "mock" not in letter.text
    with pytest.raises(NotAllowed, match="isn’t planned any more"):
        actions.move_meeting(
            meeting,
            by=pair.mentor,
            at=pair.now,
            starts_at=meeting.starts_at + timedelta(1),
            minutes=60,
            way="online",
        )
    plan(pair)  # the hour is free again
