"""Tags that draw and filters that speak."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import time_machine
from django.template import Context, Template

from onemm.templatetags import house


def draw(template: str, **context: Any) -> str:
    return Template(template).render(Context(context))


def test_it_turns_finished_steps_into_people() -> None:
    out = draw('{% viaduct 3 2 "Step 2 of 3" %}')
    assert out.count('class="done"') == 1
    assert out.count('aria-current="step"') == 1
    assert 'aria-label="Step 2 of 3"' in out
    assert "Step 1, done" in out
    assert "Step 3, to do" in out


def test_it_can_be_all_done() -> None:
    out = draw('{% viaduct 3 4 "Done" %}')
    assert out.count('class="done"') == 3
    assert "aria-current" not in out


def test_it_draws_a_pair_and_someone_still_missing() -> None:
    assert "person--yp" in draw('{% pair "AO" "KW" %}')
    assert "person--wait" in draw('{% pair "AO" "?" %}')


def test_it_fills_the_gauge_by_what_is_done() -> None:
    out = draw('{% gauge 6 4 "4 of 6" %}')
    assert out.count(house.NAMED["green-700"]) == 4
    assert out.count(house.NAMED["line"]) == 2


def test_it_keeps_a_bar_inside_its_frame() -> None:
    assert 'width="100"' in draw("{% bar 50 30 %}")
    assert 'width="0"' in draw("{% bar 5 0 %}")
    assert 'width="60"' in draw("{% bar 18 30 %}")


def test_it_escapes_names() -> None:
    out = draw(
        "{% person who %}{% tag kind who %}{% journey steps %}",
        who="<b>",
        kind='"><',
        steps=[{"label": "<i>"}],
    )
    assert "<b>" not in out
    assert "<i>" not in out
    assert '"><"' not in out


@pytest.mark.parametrize("state", ["done", "now", ""])
def test_it_tells_where_a_journey_stands(state: str) -> None:
    out = draw("{% journey steps %}", steps=[{"label": "You asked", "text": "8 November", "state": state}])
    assert ("(done)" in out) == (state == "done")
    assert ('aria-current="step"' in out) == (state == "now")


@time_machine.travel("2026-11-21 12:00", tick=False)
def test_it_says_dates_our_way() -> None:
    assert house.on_day(date(2026, 11, 24)) == "24 November"
    assert house.on_day(date(2027, 1, 3)) == "3 January 2027"
    assert house.full_day(date(2026, 11, 24)) == "24 November 2026"
    assert house.weekday(date(2026, 11, 24)) == "Tuesday 24 November"
    assert house.day_and_time(datetime(2026, 11, 24, 18, 30, tzinfo=UTC)) == "Tuesday 24 November at 6:30pm"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (time(18), "6pm"),
        (time(18, 30), "6:30pm"),
        (time(9, 5), "9:05am"),
        (time(12), "midday"),
        (time(0), "midnight"),
        (time(0, 15), "12:15am"),
        (time(12, 15), "12:15pm"),
        (datetime(2026, 7, 1, 17, 0, tzinfo=UTC), "6pm"),
        (None, ""),
    ],
)
def test_it_says_times_our_way(at: Any, said: str) -> None:
    assert house.at_time(at) == said
