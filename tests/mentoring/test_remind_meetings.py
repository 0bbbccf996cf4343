"""The day before, once, and never when it has passed: also in the week the clocks change."""

from datetime import UTC, datetime, timedelta

import pytest

from mentoring import actions
from mentoring.models import Meeting
from notifications.models import Letter
from tests.mentoring.conftest import log, plan, status


def reminded(at):
    before = Letter.objects.filter(kind="mentoring/meeting_tomorrow").count()
    actions.remind_meetings(at=at)
    return Letter.objects.filter(kind="mentoring/meeting_tomorrow").count() - before


def october(day, hour, minute=0):
    return datetime(2026, 10, day, hour, minute, tzinfo=UTC)


def test_it_reminds_both_the_day_before_across_the_clock_change(pair):
    pair.now = october(20, 9)
    # Sunday 25 October 2026, 18:00 in London is 18:00 UTC; the day before it would have been 17:00.
    meeting = plan(pair, starts_at=october(25, 18))
    assert reminded(october(23, 22)) == 0  # 23:00 on Friday in London
    assert reminded(october(23, 23, 30)) == 2  # 00:30 on Saturday in London, UTC says Friday
    assert reminded(october(24, 9)) == 0
    words = Letter.objects.filter(kind="mentoring/meeting_tomorrow").first()
    assert "Sunday 25 October, 6pm to 7pm" in words.text
    assert words.due_on.isoformat() == "2026-10-24"
    assert {
        letter.to_user
        for letter in Letter.objects.filter(
            about=f"mentoring.meeting:{meeting.pk}", kind="mentoring/meeting_tomorrow"
        )
    } == {
        pair.mentor,
        pair.mentee,
    }


def test_it_makes_up_for_a_missed_day_and_never_for_a_missed_meeting(pair):
    plan(pair, days=3)
    day = pair.now + timedelta(days=3)
    assert reminded(day - timedelta(hours=5)) == 2
    Letter.objects.all().delete()
    assert reminded(day) == 0
    assert reminded(day + timedelta(days=1)) == 0


def test_it_does_not_repeat_what_was_just_planned_for_today(pair):
    plan(pair, days=0.1)
    assert reminded(pair.now + timedelta(minutes=5)) == 0


def test_it_reminds_again_of_another_day_only(pair):
    meeting = plan(pair, days=1)
    assert reminded(pair.now) == 2
    again = {"by": pair.mentor, "at": pair.now, "minutes": 60, "way": "online"}
    actions.move_meeting(meeting, starts_at=meeting.starts_at + timedelta(hours=1), **again)
    assert reminded(pair.now) == 0
    actions.move_meeting(meeting, starts_at=meeting.starts_at + timedelta(days=2), **again)
    assert reminded(pair.now) == 0
    assert reminded(pair.now + timedelta(days=2)) == 2


@pytest.mark.parametrize("ends", ["paused", "closed"])
def test_it_is_silent_when_the_match_is_not_going_on(pair, ends):
    plan(pair, days=1)
    status(pair.match, ends)
    assert reminded(pair.now) == 0


def test_it_is_silent_about_what_was_called_off(pair):
    actions.cancel_meeting(plan(pair, days=1), by=pair.mentor, at=pair.now)
    assert reminded(pair.now) == 0


def asked(at):
    before = Letter.objects.filter(kind="mentoring/please_log").count()
    actions.ask_for_logs(at=at)
    return Letter.objects.filter(kind="mentoring/please_log").count() - before


def test_it_asks_both_a_day_after_a_meeting_once(pair):
    meeting = plan(pair, days=1)
    over = meeting.ends_at
    assert asked(over + timedelta(hours=23)) == 0
    assert asked(over + timedelta(hours=25)) == 2
    assert asked(over + timedelta(hours=26)) == 0
    assert asked(over + timedelta(hours=50)) == 0


def test_it_does_not_ask_when_somebody_said_or_when_it_is_long_ago(pair):
    meeting = plan(pair, days=1)
    assert asked(meeting.ends_at + timedelta(days=4)) == 0
    Meeting.objects.filter(pk=meeting.pk).update(
        starts_at=pair.now - timedelta(hours=27), ends_at=pair.now - timedelta(hours=26)
    )
    meeting.refresh_from_db()
    log(pair, meeting=meeting, starts_at=meeting.starts_at)
    assert asked(pair.now) == 0


def test_its_letter_stays_when_the_meeting_was_called_off_meanwhile(pair):
    from notifications import gates

    meeting = plan(pair, days=1)
    about = f"mentoring.meeting:{meeting.pk}"
    assert gates.reason_to_stay("mentoring/meeting_tomorrow", about, pair.now) == ""
    assert gates.reason_to_stay("mentoring/meeting_tomorrow", about, meeting.starts_at) != ""
    actions.cancel_meeting(meeting, by=pair.mentor, at=pair.now)
    assert gates.reason_to_stay("mentoring/meeting_tomorrow", about, pair.now) != ""
