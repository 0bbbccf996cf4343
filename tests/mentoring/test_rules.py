"""Times, months and waits, judged without a database or a clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from mentoring import rules


def test_it_reads_london_time_on_both_sides_of_a_clock_change() -> None:
    assert rules.in_london(date(2026, 10, 24), time(18)).astimezone(UTC).hour == 17
    assert rules.in_london(date(2026, 10, 25), time(18)).astimezone(UTC).hour == 18


def test_it_refuses_the_hour_that_comes_twice_and_the_one_that_never_comes() -> None:
    with pytest.raises(ValueError, match="comes twice"):
        rules.in_london(date(2026, 10, 25), time(1, 30))
    with pytest.raises(ValueError, match="no such hour"):
        rules.in_london(date(2026, 3, 29), time(1, 30))


def test_it_refuses_times_no_meeting_has() -> None:
    start = datetime(2026, 11, 24, 18, tzinfo=UTC)
    with pytest.raises(ValueError, match="End time must be after start time"):
        rules.check_meeting_time(start, start)
    with pytest.raises(ValueError, match="4 hours at most"):
        rules.check_meeting_time(start, start + timedelta(minutes=241))
    with pytest.raises(ValueError, match="5 minutes at least"):
        rules.check_meeting_time(start, start + timedelta(minutes=4))
    rules.check_meeting_time(start, start + timedelta(minutes=240))


def test_it_lights_the_months_in_which_they_met() -> None:
    strip = rules.strip_of_months(date(2026, 11, 18), 3, [date(2027, 1, 2)], date(2026, 12, 5))
    assert [(m.label, m.has_met, m.is_now) for m in strip] == [
        ("Nov", False, False),
        ("Dec", False, True),
        ("Jan", True, False),
    ]


def test_it_says_the_weeks_half_and_three_in_four_waited() -> None:
    waits = [timedelta(days=n) for n in (7, 8, 14, 15, 21, 22, 28, 70)]
    assert rules.weeks_waited(waits) == (3, 4)
    assert "half waited 3 weeks or less, and three in four waited 4 weeks or less" in rules.waiting_words(
        waits, "Leeds"
    )


def test_it_guesses_nothing_from_too_few() -> None:
    assert rules.weeks_waited([timedelta(days=7)] * 7) is None
    words = rules.waiting_words([timedelta(days=7)] * 7, "Leeds")
    assert "week" in words
    assert not any(c.isdigit() for c in words)


def test_it_sees_a_number_sent_in_pieces() -> None:
    assert rules.completes_a_number(["07700"], "900123")
    assert rules.completes_a_number(["077", "00", "900"], "123")
    assert not rules.completes_a_number(["see you at 6"], "room 204")


def test_it_compares_two_stories() -> None:
    assert rules.agree(("held", 60), ("held", 75))
    assert rules.agree(("held", 60), ("held", None))
    assert not rules.agree(("held", 60), ("held", 120))
    assert not rules.agree(("held", 60), ("mentee_missed", None))
