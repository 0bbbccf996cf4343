"""A mentor's home says one next thing, and it is true, in every state there is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from mentors.models import Check, Mentor, Reference
from tests import factories
from tests.mentoring.conftest import NOW, plan
from training.models import Course, Module, ModulePass

HOME = "/home/"


@pytest.fixture(autouse=True)
def _the_day() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def sets(**fields: Any) -> Any:
    return lambda m: Mentor.objects.filter(pk=m.pk).update(**fields)


def asks_for_training(mentor: Any, *, lapses_in: int | None = None) -> None:
    course = Course.objects.create(slug="start", title="Getting started", is_published=True)
    module = Module.objects.create(course=course, order=1, slug="safe", title="Safe", lapses_after_months=12)
    mentor.programmes.update(course=course)
    if lapses_in is not None:
        today = timezone.localdate()
        ModulePass.objects.create(
            user=mentor.user,
            module=module,
            passed_on=today - timedelta(days=365),
            lapses_on=today + timedelta(days=lapses_in),
        )
        factories.make_certificate(mentor.user, course)


def refuses(mentor: Any) -> None:
    Reference.objects.filter(pk=mentor.references.first().pk).update(status="declined", is_suitable=None)


def unanswered(mentor: Any) -> None:
    mentor.references.update(status="asked", answered_at=None, is_suitable=None)


def ends(mentor: Any) -> None:
    mentor.programmes.update(ends_on=timezone.localdate() - timedelta(days=1))


def lapse(mentor: Any) -> None:
    mentor.checks.filter(kind="dbs").update(expires_on=date(2026, 11, 3))


def not_clear(mentor: Any) -> None:
    check = mentor.checks.get(kind="identity")
    Check.objects.create(
        mentor=mentor,
        kind="identity",
        seen_by=check.seen_by,
        seen_at=check.seen_at + timedelta(seconds=1),
        is_clear=False,
    )


APPLYING = {"status": "applying", "approved_at": None}
NEW = {**APPLYING, "applied_at": None}
YOU, US, STANDS = "Do this next", "With us", "Where you stand"

# What has happened to somebody who was ready; who has the next thing; what it says; where it leads.
STATES: dict[str, tuple[list[Any], str, str, str]] = {
    "just signed up": (
        [sets(**NEW, outcode="", job_title="", motivation="")],
        YOU,
        "Your profile",
        "mentors:profile",
    ),
    "all filled in": ([sets(**NEW)], YOU, "Check your answers and send it", "mentors:check_answers"),
    "training to do": ([sets(**APPLYING), asks_for_training], YOU, "Your training: Safe", "training:course"),
    "waits for referees": ([sets(**APPLYING), unanswered], US, "we remind them after", "mentors:references"),
    "a referee says no": ([sets(**APPLYING), refuses], YOU, "Name somebody else", "mentors:references"),
    "referees to phone": (
        [sets(**APPLYING), lambda m: m.checks.filter(kind="references").delete()],
        US,
        "We speak to them next",
        "mentors:references",
    ),
    "identity to see": (
        [sets(**APPLYING), lambda m: m.checks.filter(kind="identity").delete()],
        US,
        "showing your identity document",
        "mentors:checks",
    ),
    "DBS to record": (
        [sets(**APPLYING), lambda m: m.checks.filter(kind="dbs").delete()],
        US,
        "The DBS check comes next",
        "mentors:checks",
    ),
    "waits for the second person": ([sets(**APPLYING)], US, "A second member of our team", ""),
    "declined": ([sets(status="declined")], STANDS, "Your application is closed", "contact"),
    "left": ([sets(status="left")], STANDS, "Your application is closed", "contact"),
    "suspended": ([sets(status="suspended")], US, "We have paused your mentoring", "contact"),
    "suspended, DBS lapsed too": ([sets(status="suspended"), lapse], US, "We have paused", "contact"),
    "paused": (
        [sets(paused_until=date(2027, 2, 18))],
        STANDS,
        "You have paused until 18 February 2027",
        "mentors:pause",
    ),
    "DBS lapsed": ([lapse], US, "ran out on 3 November 2026", "mentors:checks"),
    "a check is not clear": ([not_clear], US, "showing your identity document", "mentors:checks"),
    "training lapsed": (
        [lambda m: asks_for_training(m, lapses_in=0)],
        YOU,
        "Your training: Safe",
        "training:course",
    ),
    "paused, and training lapsed": (
        [sets(paused_until=date(2027, 2, 18)), lambda m: asks_for_training(m, lapses_in=-9)],
        YOU,
        "Your training: Safe",
        "training:course",
    ),
    "programme over": ([ends], YOU, "Choose another programme", "mentors:programmes"),
    "ready": ([], "", "We look for your match every night", ""),
    "ready, in training's last month": (
        [lambda m: asks_for_training(m, lapses_in=20)],
        "",
        "We look for your match every night",
        "",
    ),
}
SAYS = (YOU, US, STANDS)


def on_top(html: str) -> str:
    """The block with the next thing, if the page shows one."""
    return html.split('aria-labelledby="nba">')[1].split("</section>")[0] if 'id="nba"' in html else ""


@pytest.mark.parametrize("state", STATES)
def test_it_says_the_one_next_thing(client: Any, programme: Any, state: str) -> None:
    happened, who, words, url_name = STATES[state]
    mentor = factories.make_ready_mentor("Amara", programme=programme, at=NOW - timedelta(days=1))
    for one in happened:
        one(mentor)
    mentor = Mentor.objects.get(pk=mentor.pk)
    client.force_login(mentor.user)
    html = client.get(HOME).text
    top = on_top(html)
    assert words in (top or html)
    assert [w for w in SAYS if f">{w}<" in top] == ([who] if who else [])
    if url_name:
        args = ["start"] if url_name == "training:course" else []
        assert f'href="{reverse(url_name, args=args)}' in top
    else:
        assert "href" not in top
    # What it says of being ready is what the facts say.
    is_ready = mentor.is_ready(timezone.now())
    assert ("You’re ready" in html) is is_ready
    assert ("We look for your match every night" in html) is is_ready
    assert ("We are looking for your match" in html) is is_ready
    assert html.count("You are approved") == (mentor.status == "approved" and "paused" not in state)
    if who != YOU:
        assert "Carry on" not in top


@pytest.mark.parametrize(
    ("happened", "stops", "words"),
    [
        ([], False, ""),
        ([sets(paused_until=date(2027, 2, 18))], False, ""),
        ([lapse], True, "ran out on 3 November 2026"),
        ([lambda m: asks_for_training(m, lapses_in=0)], True, "Part of it is not up to date"),
        ([sets(status="suspended")], True, "We have paused your mentoring"),
        ([ends], False, "Choose another programme"),
    ],
)
def test_somebody_with_a_match_is_told_when_to_stop(
    client: Any, pair: Any, happened: Any, stops: bool, words: str
) -> None:
    plan(pair, days=4)
    mentor = Mentor.objects.get(user=pair.mentor)
    for one in happened:
        one(mentor)
    client.force_login(pair.mentor)
    html = client.get(HOME).text
    assert ("Please do not meet or write for now" in html) is stops
    assert words in on_top(html)
    assert bool(on_top(html)) is bool(words)


def test_a_suspended_mentor_is_offered_nobody(client: Any, pair: Any) -> None:
    pair.match.status = "offered_to_mentor"
    pair.match.save()
    Mentor.objects.filter(user=pair.mentor).update(status="suspended")
    client.force_login(pair.mentor)
    html = client.get(HOME).text
    assert "Would you like to meet" not in html
    assert "We have paused your mentoring" in on_top(html)


def test_every_status_of_a_mentor_is_in_the_table() -> None:
    said = {"approved", "applying"} | {"declined", "left", "suspended"}
    assert said == set(Mentor.Status.values)
