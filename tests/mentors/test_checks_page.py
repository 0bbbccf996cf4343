"""A mentor sees of each check whether it is done, with them, with us or with a referee."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from mentors import actions
from mentors.models import Check, Mentor
from tests import factories
from tests.mentors.conftest import ANSWERS, check_all, link
from tests.signing_in import sign_in

URL = "mentors:checks"


@pytest.fixture
def tags(client):
    def read(mentor):
        """The four rows: what each says on its tag."""
        sign_in(client, mentor.user)
        text = client.get(reverse(URL)).text
        rows = text.split('<ul class="tasks">')[1].split("</ul>")[0].split("<li>")[1:]
        return [row.split('class="tag')[1].split(">", 1)[1] for row in rows]

    return read


def said(row, *words):
    return [any(word in one for one in [text]) for text, word in zip(row, words, strict=True)] == [True] * 4


def test_before_and_after_the_application(tags, applicant, at):
    assert said(tags(applicant), "Later", "Later", "Later", "Last step")
    actions.send_application(applicant, by=applicant.user, at=at)
    assert said(tags(applicant), "With us", "With us", "With your referees", "Last step")


def test_a_referee_who_declines_is_with_you_and_replies_are_with_us(tags, applied, at):
    one, other = applied.references.all()
    actions.decline_reference(link(one), at=at)
    assert said(tags(applied), "With us", "With us", "With you", "Last step")
    one.refresh_from_db()
    new = actions.references.rules.Referee("Nia Rhys", "nia@people.example", "coach", 4)
    replaced = actions.replace_referee(one, new, by=applied.user, at=at)
    for reference in (replaced, other):
        actions.give_reference(link(reference), answers=ANSWERS, at=at)
    assert said(tags(applied), "With us", "With us", "With us", "Last step")


def test_everything_in_waits_for_the_second_person(tags, applied, staff, second, at):
    check_all(applied, by=staff, at=at)
    assert said(tags(applied), "Seen", "In date", "Done", "With us")
    actions.approve(applied, by=second, at=at)
    assert said(tags(applied), "Seen", "In date", "Done", "Approved")
    actions.suspend(applied, by=second, reason="conduct", at=at)
    assert said(tags(applied), "Seen", "In date", "Done", "Paused by us")


def test_a_check_that_ran_out_says_when(client, programme):
    mentor = factories.make_ready_mentor(programme=programme)
    Check.objects.filter(kind="dbs").update(expires_on=date(2026, 5, 3))
    sign_in(client, mentor.user)
    assert "Yours ran out on 3 May 2026" in client.get(reverse(URL)).text
    assert Mentor.objects.count() == 1
