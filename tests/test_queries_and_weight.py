"""Every page of the loop is cheap: few queries with one row or fifteen, and light enough for a phone."""

from __future__ import annotations

import gzip
import re
import uuid
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mentees import emails
from mentees.models import Mentee, Request
from mentoring.models import Goal, Meeting, MeetingLog, Message, Step
from mentors.models import Mentor, Reference
from mentors.rules import SECTIONS
from notifications.links import sign
from safeguarding.models import Concern
from tests import factories
from tests.browser.loop.stage import furnish
from tests.signing_in import sign_in
from tests.training.workshops import make_session, make_workshop
from training import actions as workshops

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15
MOST_BYTES, MOST_FONTS = 60_000, 115_000


def a_meeting(match: Any, day: int, at: Any) -> None:
    """One hour on that day: held and told by both if it is over, planned if it is to come."""
    start = at + timedelta(days=day)
    meeting = Meeting.objects.create(
        match=match,
        status="held" if day < 0 else "planned",
        starts_at=start,
        ends_at=start + timedelta(hours=1),
        way="in_person",
        place="Central Library",
        planned_at=at,
        changed_at=at,
        planned_by=match.mentor.user,
    )
    if day < 0:
        for user in (match.mentor.user, match.mentee.user):
            MeetingLog.objects.create(
                meeting=meeting, by=user, logged_at=at, outcome="held", minutes=60, shared_words="We talked."
            )


def a_pair(mentor: Mentor, request: Request, rows: int, at: Any, **fields: Any) -> Any:
    match = factories.make_match(mentor, request, at=at - timedelta(days=90), **fields)
    for n in range(rows):
        a_meeting(match, n + 1 if n % 2 else -n - 1, at)
        author = (match.mentor.user, match.mentee.user)[n % 2]
        Message.objects.create(
            match=match,
            author=author,
            words="Hello",
            status="delivered",
            written_at=at,
            screened_at=at,
            delivered_at=at,
            form_key=uuid.uuid4(),
        )
    for place in range(1, min(rows, 3) + 1):
        goal = Goal.objects.create(match=match, words=f"Goal {place}", place=place, made_at=at)
        for n in range(rows):
            Step.objects.create(goal=goal, words=f"Step {n}")
    return match


def sessions_of(house: SimpleNamespace, rows: int, at: Any) -> tuple[Any, Any]:
    """A session to come with people in line, and one that was held and is not marked."""
    workshop = make_workshop(factories.make_programme("Asks for a workshop", place="Leeds"))
    programme = workshop.programmes.get()
    programme.managers.add(house.dele.programme_manager, house.mina.programme_manager)
    programme.mentors.add(house.starting)
    to_come = make_session(workshop, starts_at=at + timedelta(days=5), places=1)
    held = make_session(workshop, starts_at=at + timedelta(days=1), places=rows)
    for n in range(rows):
        one = factories.make_mentor(f"Booked{n}", programme=programme).user
        workshops.book(held, by=one, at=at)
        other = factories.make_mentor(f"Inline{n}", programme=programme).user
        workshops.book(to_come, by=other, at=at)
    workshops.book(to_come, by=house.starting.user, at=at)
    over = at - timedelta(days=1)
    type(held).objects.filter(pk=held.pk).update(starts_at=over, ends_at=over + timedelta(hours=1))
    return to_come, held


def full_house(rows: int) -> SimpleNamespace:
    """`rows` of everything: people, requests, referrals, suggestions, offers, pairs, meetings, worries."""
    at = timezone.now()
    house = furnish(at)
    here: dict[str, Any] = {"programme": house.programme}
    coordinator = house.coordinator.coordinator
    born_on = date(at.year - 17, 1, 2)

    def request(name: str, **fields: Any) -> Request:
        asked = factories.make_request(factories.make_mentee(name, born_on=born_on), **here, **fields)
        factories.make_referral(asked, coordinator, first_name=name, last_name="Storychild", born_on=born_on)
        return asked

    for n in range(rows):
        ready = factories.make_ready_mentor(f"Ready{n}", checked_by=house.dele, **here)
        waiting = request(f"Waiting{n}")
        factories.make_shortlist(waiting, ready, is_recommended=True)
        a_pair(factories.make_ready_mentor(f"Paired{n}", **here), request(f"Pair{n}"), 1, at)
        asked = factories.make_ready_mentor(f"Offered{n}", **here)
        factories.make_match(asked, request(f"Offer{n}"), status="offered_to_mentor")
        request(f"New{n}", status="asked")
        applying = factories.make_ready_mentor(f"Applying{n}", checked_by=house.dele, **here)
        Mentor.objects.filter(pk=applying.pk).update(status="applying", approved_at=None)
        Concern.objects.create(
            raised_at=at,
            answer_by=at + timedelta(hours=4),
            what_happened="Something.",
            raised_by=house.mina,
            form_key=uuid.uuid4(),
        )
    mentor = factories.make_ready_mentor("Amara", checked_by=house.dele, capacity=3, **here)
    matched = request("Kayden")
    house.match = a_pair(mentor, matched, rows, at)
    offered = factories.make_ready_mentor("Olive", **here)
    house.offer = factories.make_match(
        offered, request("Ozzie"), status="offered_to_mentor", answer_by=at.date() + timedelta(days=5)
    )
    suggested = request("Suggo")
    house.suggestion = factories.make_match(
        factories.make_ready_mentor("Sue", **here),
        suggested,
        status="offered_to_mentee",
        answer_by=at.date() + timedelta(days=5),
    )
    house.review = request("Zadie")
    close = [factories.make_ready_mentor(f"Close{rank}", **here) for rank in range(1, 6)]
    for one in close:
        factories.make_certificate(one.user, house.course)
    factories.make_shortlist(house.review, *close)
    house.mentor, house.offered = mentor.user, offered.user
    house.mentee, house.suggested = matched.mentee.user, suggested.mentee.user
    house.waiting = Mentee.objects.get(user__first_name="Waiting0").user
    house.starting = factories.make_mentor("Beginna", **here)
    house.reference = Reference.objects.create(
        mentor=house.starting,
        status="asked",
        name="Rhona",
        email="rhona@people.example",
        knows_as="manager",
        years_known=6,
        asked_at=at,
    )
    house.permission = factories.make_permission(
        factories.make_mentee("Young", born_on=born_on), status="asked"
    )
    house.unconfirmed = factories.make_request(
        factories.make_mentee("Unsure", born_on=born_on), status="unconfirmed", permission=False, **here
    )
    house.session, house.held = sessions_of(house, rows, at)
    house.to_answer = Request.objects.filter(status="asked").first()
    house.to_check = Mentor.objects.filter(status="applying").first()
    return house


def pages_of(house: SimpleNamespace) -> list[tuple[Any, str]]:
    """Who opens what on the way from a visitor to a logged meeting."""
    module = house.course.modules.first()
    lesson = module.lessons.first()
    where = [house.course.slug, module.slug]
    match, meeting = house.match.pk, house.match.meetings.order_by("starts_at").first().pk
    mentor_sections = list(SECTIONS)
    open_to_all = [
        *("/", "/safety/", "/privacy/", "/accessibility/", "/contact/", "/for-partners/"),
        *("/mentors/sign-up/", "/accounts/login/", "/accounts/login/code/", "/ask/", "/ask/about-you/"),
        *("/safe/", "/training/verify/", "/partners/apply/"),
        reverse("mentees:confirm", args=[sign(emails.CONFIRM, house.unconfirmed.pk, "unconfirmed")]),
        reverse(
            "mentees:permission",
            args=[sign(emails.PERMISSION, house.permission.pk, house.permission.link_version)],
        ),
    ]
    training = [
        reverse("training:course", args=[house.course.slug]),
        reverse("training:lesson", args=[*where, lesson.slug]),
        reverse("training:quiz", args=where),
    ]
    of_the_pair = [
        "/home/",
        "/account/",
        "/safe/",
        *(
            reverse(f"mentoring:{name}", args=[match])
            for name in ("relationship", "plan_meeting", "log_meeting", "add_goal")
        ),
        reverse("mentoring:move_meeting", args=[match, meeting]),
    ]
    a_mentor, a_request = house.to_check.pk, house.to_answer.pk
    desk = [
        "/admin/",
        *(f"/admin/{app}/" for app in ("mentors/mentor", "mentees/request", "matching/shortlist")),
        *(f"/admin/{app}/" for app in ("matching/match", "notifications/letter")),
        "/admin/mentors/mentor/?stands=check",
        "/admin/mentors/mentor/?stands=approve",
        "/admin/mentees/request/?waits=answer",
        reverse("admin:mentors_mentor_change", args=[a_mentor]),
        *(
            reverse("admin:mentors_record_check", args=[a_mentor, kind])
            for kind in ("identity", "references", "dbs")
        ),
        reverse("admin:mentors_approve", args=[a_mentor]),
        reverse("admin:mentees_request_change", args=[a_request]),
        reverse("admin:mentees_decide", args=[a_request]),
        reverse("admin:matching_review", args=[house.review.pk]),
        reverse("admin:matching_others", args=[house.review.pk]),
        reverse("admin:matching_run_now"),
        reverse("admin:matching_match_change", args=[match]),
        "/admin/training/workshopsession/",
        "/admin/training/workshopsession/add/",
        reverse("admin:training_workshopsession_change", args=[house.held.pk]),
        reverse("admin:training_edit_session", args=[house.session.pk]),
    ]
    referral = Request.objects.get(mentee__user=house.mentee).referral
    found = [(None, path) for path in open_to_all]
    found += [(house.starting.user, reverse(f"mentors:{name}")) for name in mentor_sections]
    found += [
        (house.starting.user, path)
        for path in ("/home/", "/mentors/profile/", "/mentors/profile/check-answers/", *training)
    ]
    found += [
        (house.starting.user, path) for path in ("/training/workshops/", house.session.get_absolute_url())
    ]
    found += [(house.mentor, path) for path in of_the_pair]
    found += [
        (house.mentor, f"/mentors/{name}/") for name in ("profile", "profile/sent", "references", "checks")
    ]
    found += [(house.mentee, path) for path in of_the_pair]
    found += [(house.offered, "/home/"), (house.offered, reverse("mentoring:offer", args=[house.offer.pk]))]
    found += [
        (house.suggested, "/home/"),
        (house.suggested, reverse("mentoring:offer", args=[house.suggestion.pk])),
    ]
    waits = ("/home/", "/my/request/", "/my/answers/", "/home/first-hour/")
    found += [(house.waiting, path) for path in waits]
    found += [
        (house.coordinator, path)
        for path in (
            "/partner/",
            "/partner/refer/",
            reverse("mentees:referral", args=[referral.pk]),
        )
    ]
    found += [(user, path) for user in (house.dele, house.mina) for path in desk]
    concern = Concern.objects.first()
    found += [
        (house.ros, "/safe/concerns/"),
        (house.ros, reverse("safeguarding:concern", args=[concern.pk])),
        (house.ros, "/admin/"),
    ]
    return found


def sign_in_each(pages: list[tuple[Any, str]]) -> dict[Any, Client]:
    clients: dict[Any, Client] = {None: Client()}
    for user in {user for user, _ in pages} - {None}:
        clients[user] = sign_in(Client(), user)
        # What a session notes once a minute is no part of a page; and a desk is opened by hand first.
        clients[user].get("/account/")
    return clients


def who(user: Any) -> str:
    return user.first_name if user else "a visitor"


@pytest.mark.parametrize("rows", [1, 15])
def test_no_page_asks_more_than_fifteen_questions(rows: int) -> None:
    house = full_house(rows)
    pages = pages_of(house)
    clients = sign_in_each(pages)
    faults = []
    for user, path in pages:
        with CaptureQueriesContext(connection) as asked:
            response = clients[user].get(path)
        if response.status_code != 200:
            answer = f"{response.status_code} {response.get('Location', '')}"
            faults.append(f"{who(user)} at {path}: answers {answer}")
        if len(asked) > MOST_QUERIES:
            faults.append(f"{who(user)} at {path}: {len(asked)} queries")
    assert not faults, "\n".join(faults)
    assert len(pages) > 90


# --- Weight ----------------------------------------------------------------------------------------

LINKED = re.compile(r'<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"|<script[^>]+src="([^"]+)"')
IMPORTED = re.compile(r'@import url\("?([^")]+)"?\)')
FONT = re.compile(r'url\("?([^")]+\.woff2)"?\)')


def linked(html: str) -> list[str]:
    return [style or script for style, script in LINKED.findall(html)]


def files_of(names: list[str]) -> set[Path]:
    """Every stylesheet and script among these addresses, imports followed."""
    found: set[Path] = set()
    static = [
        name.removeprefix(settings.STATIC_URL) for name in names if name.startswith(settings.STATIC_URL)
    ]
    assert static, "every page has a stylesheet"
    todo = [Path(finders.find(name) or f"missing:{name}") for name in static]
    while todo:
        file = todo.pop()
        assert file.exists(), file
        if file not in found:
            found.add(file)
            if file.suffix == ".css":
                todo += [imported(file, name) for name in IMPORTED.findall(file.read_text())]
    return found


def imported(file: Path, name: str) -> Path:
    """Where an import leads; the admin's own styles live in another folder until they are collected."""
    near = (file.parent / name).resolve()
    return near if near.exists() else Path(finders.find(name.removeprefix("../")) or near)


@cache
def pressed(file: Path) -> int:
    """How many bytes of a file travel: WhiteNoise serves what brotli made of it beforehand."""
    return len(brotli.compress(file.read_bytes(), quality=11))


def fonts_of(files: set[Path]) -> set[Path]:
    return {
        (file.parent / name).resolve()
        for file in files
        if file.suffix == ".css"
        for name in FONT.findall(file.read_text())
    }


def test_every_page_is_light_enough_for_a_phone() -> None:
    house = full_house(15)
    pages = pages_of(house)
    clients = sign_in_each(pages)
    faults, heaviest = [], 0
    for user, path in pages:
        html = clients[user].get(path).content
        names = linked(html.decode())
        files = files_of(names)
        # Pages leave us as they are and are pressed by the proxy, which uses gzip at the least; so does
        # the one script that is made when it is asked for: the admin's words.
        made = [clients[user].get(name).content for name in names if not name.startswith(settings.STATIC_URL)]
        weight = sum(len(gzip.compress(one, 6)) for one in (html, *made)) + sum(map(pressed, files))
        heaviest = max(heaviest, weight)
        letters = sum(font.stat().st_size for font in fonts_of(files))
        if weight > MOST_BYTES or letters > MOST_FONTS:
            faults.append(f"{who(user)} at {path}: {weight} bytes, and {letters} of fonts")
    assert not faults, "\n".join(faults)
    assert heaviest > 10_000  # they were weighed
    print(f"{len(pages)} pages, {heaviest} bytes at most")
