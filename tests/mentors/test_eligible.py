"""Who may mentor, with the reason and the day from which they may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mentors import rules

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("years", "degree", "ok"),
    [
        (5, False, True),
        (4, False, False),
        (2, True, True),
        (1, True, False),
        (0, False, False),
        (70, True, True),
    ],
)
def test_it_asks_five_years_or_two_after_a_degree(years, degree, ok):
    assert rules.eligibility(years=years, has_degree=degree, is_adult=True, on=TODAY).ok is ok


def test_it_asks_what_the_programme_asks():
    answer = rules.eligibility(years=3, has_degree=False, is_adult=True, on=TODAY, years_of_work=3)
    assert answer.ok


def test_it_says_from_when():
    answer = rules.eligibility(years=3, has_degree=False, is_adult=True, on=TODAY)
    assert answer.not_before == date(2028, 11, 21)
    assert answer.words.endswith("You told us 3 years. You could join from 21 November 2028.")


@pytest.mark.parametrize(
    ("born", "years", "start"),
    [
        (date(2010, 5, 3), 5, date(2028, 5, 3)),  # old enough only then
        (date(2010, 5, 3), 0, date(2031, 11, 21)),  # five years of work take longer
        (date(2012, 2, 29), 5, date(2030, 3, 1)),  # no 29 February in 2030
    ],
)
def test_it_tells_somebody_young_the_day(born, years, start):
    answer = rules.eligibility(years=years, has_degree=False, is_adult=False, born_on=born, on=TODAY)
    assert not answer.ok
    assert answer.not_before == start
    assert f"You could join from {start.day} {start:%B %Y}." in answer.words


def test_that_day_is_the_first_on_which_both_would_say_yes():
    for born in (date(2010, 5, 3), date(2012, 2, 29)):
        start = rules.eligibility(
            years=9, has_degree=False, is_adult=False, born_on=born, on=TODAY
        ).not_before
        assert start is not None
        assert rules.years_between(born, start) == 18
        assert rules.years_between(born, start - timedelta(days=1)) == 17


@pytest.mark.parametrize("on", [TODAY, date(2028, 2, 29)])
def test_a_day_that_there_is_not_becomes_the_next(on):
    start = rules.eligibility(years=4, has_degree=False, is_adult=True, on=on).not_before
    assert start == (date(2029, 3, 1) if on.day == 29 else date(2027, 11, 21))


def test_a_degree_never_makes_it_harder():
    answer = rules.eligibility(
        years=3, has_degree=True, is_adult=True, on=TODAY, years_of_work=3, years_after_degree=4
    )
    assert answer.ok


def test_it_refuses_anybody_under_18_with_a_kind_word():
    answer = rules.eligibility(years=10, has_degree=True, is_adult=False, on=TODAY)
    assert not answer.ok
    assert "18" in answer.words


@pytest.mark.parametrize(
    ("born", "on", "adult"),
    [
        (date(2008, 11, 21), TODAY, True),
        (date(2008, 11, 22), TODAY, False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
        (date(2010, 2, 28), date(2028, 2, 29), True),
        (date(2010, 3, 1), date(2028, 2, 29), False),
    ],
)
def test_leap_days_count_alike_in_both_ways_of_asking(born, on, adult):
    assert (rules.years_between(born, on) >= 18) is adult
    assert (born <= rules.adult_if_born_by(on)) is adult


def test_reference_codes_differ_and_do_not_run_on():
    codes = [rules.reference_code(n) for n in range(1, 5001)]
    assert len(set(codes)) == 5000
    assert all(len(code) == 9 and code.startswith("1MM-") for code in codes)
    assert codes[0][:6] != codes[1][:6]


def test_a_reference_leads_back_to_its_row_however_it_is_typed():
    for n in (1, 2, 77, 1_000_000, 32**5 - 1):
        code = rules.reference_code(n)
        assert rules.row_of_code(code) == rules.row_of_code(f" {code.lower().replace('-', ' ')} ") == n
        assert rules.row_of_code(code.removeprefix("1MM-")) == n
    assert [rules.row_of_code(words) for words in ("", "Amara O", "1MM-", "1MM-ILOU1", "½MM40")] == [None] * 5


@pytest.mark.parametrize(
    "words", ["my mum", "Sister", "Aunt and friend", "sister-in-law", "My partner", "husband"]
)
def test_it_knows_a_relative(words):
    assert rules.is_a_relative(words)


@pytest.mark.parametrize("words", ["manager", "business partner", "family friend", "family doctor", "coach"])
def test_it_lets_others_pass(words):
    assert not rules.is_a_relative(words)
