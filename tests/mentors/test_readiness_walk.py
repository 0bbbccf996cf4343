"""Whatever happens, in whatever order: ready as shown is ready as the facts have it, and the night agrees.

A seeded walk of random events through the real actions, on a clock that only goes forward. In between
readiness is worked out again from the bare rows, by code that shares nothing with what is tested.
`READINESS_EVENTS=20000 READINESS_SEEDS=10 READINESS_LOOKS_AFTER=1` walks further and looks closer.
"""

from __future__ import annotations

import contextlib
import os
import random
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.transitions import NotAllowed
from matching.actions.feed import read_everybody
from matching.models import Match
from mentors import actions, rules
from mentors.models import Check, Disclosure, Mentor, Reference
from tests import factories
from tests.training.workshops import make_session, make_workshop
from training import actions as training
from training.models import Booking, Certificate, Course, Module, ModulePass
from users import actions as users

EVENTS = int(os.environ.get("READINESS_EVENTS", "1000"))
SEEDS = int(os.environ.get("READINESS_SEEDS", "1"))
START = datetime(2027, 10, 1, 9, tzinfo=UTC)  # a walk of years crosses 29 February 2028
ENOUGH = 4
LOOKS_AFTER = int(os.environ.get("READINESS_LOOKS_AFTER", "50"))  # so many events

pytestmark = pytest.mark.django_db


# --- Worked out again, from bare rows ------------------------------------------------------------


def last(checks: list[Any], kind: str) -> Any:
    return max((c for c in checks if c.kind == kind), key=lambda c: (c.seen_at, c.pk), default=None)


def eighteen(born: date, on: date) -> bool:
    return (on.year - born.year, on.month, on.day) >= (18, born.month, born.day)


def missing(mentor: Mentor, at: datetime) -> set[str]:
    """What is missing, by reading every row of this mentor and thinking."""
    m, on, holes = Mentor.objects.get(pk=mentor.pk), timezone.localdate(at), set()
    checks = list(Check.objects.filter(mentor=m))
    replies = [r for r in Reference.objects.filter(mentor=m) if r.status in ("named", "asked", "given")]
    good = [r for r in replies if r.status == "given" and r.is_suitable]
    running = [p for p in m.programmes.all() if p.starts_on <= on and (p.ends_on is None or p.ends_on >= on)]
    # Of programmes that they are not trained for, a workshop would not help while there is another.
    to_attend = [p for p in running if has_trained(m, p.course_id, on)] or running
    dbs = last(checks, "dbs")
    says = {
        "account": m.user.is_active,
        "programme": bool(running),
        "about": bool(m.outcode and m.born_on and eighteen(m.born_on, on)),
        "work": bool(m.job_title and m.years_of_work is not None and m.sectors.count()),
        "help": bool(m.topics.count() and m.languages.count()),
        "when": bool(
            m.free_slots and m.accepted_ages and (m.way == "online" or (m.way and m.travel_minutes))
        ),
        "conflicts": m.conflicts_declared_at is not None,
        "motivation": m.motivation != "",
        "referees": len(replies) >= 2,
        "disclosure": Disclosure.objects.filter(mentor=m).exists(),
        "code": m.code_agreed_at is not None,
        "application": m.applied_at is not None,
        "training": any(has_trained(m, p.course_id, on) for p in running),
        "workshop": any(took_part(m, p.workshop_id) for p in to_attend),
        "identity": bool((c := last(checks, "identity")) and c.is_clear),
        "references": len(good) >= 2,
        "references_heard": bool((c := last(checks, "references")) and c.is_clear),
        "dbs": bool(dbs and dbs.is_clear and dbs.expires_on > on),
        "approved": m.status == "approved",
        "not_paused": m.paused_until is None or m.paused_until <= on,
    }
    holes = {name for name, holds in says.items() if not holds}
    assert set(rules.FACTS) >= set(says)
    return holes


def has_trained(m: Mentor, course: Any, on: date) -> bool:
    if course is None:
        return True
    held = Certificate.objects.filter(user=m.user_id, course=course, revoked_at=None).exists()
    passes = ModulePass.objects.filter(user=m.user_id, module__course=course)
    return held and not any(p.lapses_on and p.lapses_on <= on for p in passes)


def took_part(m: Mentor, workshop: Any) -> bool:
    if workshop is None:
        return True
    return any(b.status == "attended" for b in Booking.objects.filter(user=m.user_id, workshop=workshop))


def around(day: date) -> list[datetime]:
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo("Europe/London"))
    return [midnight - timedelta(minutes=30), midnight + timedelta(minutes=30)]


# --- What can happen -----------------------------------------------------------------------------


class Walk:
    """A few mentors in two programmes, one with training, one with a workshop, and all that befalls them."""

    def __init__(self, seed: int) -> None:
        self.chance, self.at, self.numbers = random.Random(seed), START, iter(range(10**11, 10**12))
        self.course = Course.objects.create(slug="start", title="Getting started", is_published=True)
        Module.objects.create(course=self.course, order=1, slug="safe", title="Safe", lapses_after_months=12)
        self.here = factories.make_programme("Here", course=self.course)
        self.there = factories.make_programme("There", place="Cardiff")
        self.sitting = make_session(make_workshop(self.there), starts_at=START - timedelta(days=9), places=9)
        programmes = (self.here, self.there)
        self.checker, self.second = (factories.make_staff(n, programmes=programmes) for n in ("Dele", "Mina"))
        self.mentors = [
            factories.make_ready_mentor(
                f"Mentor{n}", programme=programmes[n % 2], at=START, checked_by=self.checker
            )
            for n in range(ENOUGH)
        ]
        for n, mentor in enumerate(self.mentors):
            if n % 2 == 0:
                training.pass_all(mentor.user, self.course, by=self.checker, at=START)
        self.requests = [
            factories.make_request(factories.make_mentee(f"Young{n}"), programme=programmes[n % 2])
            for n in range(ENOUGH)
        ]

    # Each takes a mentor and may be refused: then nothing has changed.

    def trains(self, m: Mentor) -> None:
        training.pass_all(m.user, self.course, by=self.checker, at=self.at)

    def loses_certificate(self, m: Mentor) -> None:
        held = Certificate.objects.filter(user=m.user).first()
        if held:
            training.revoke(held, by=self.checker, reason="copied", at=self.at)

    def regains_certificate(self, m: Mentor) -> None:
        held = Certificate.objects.filter(user=m.user).first()
        if held:
            training.reinstate(held, by=self.checker, at=self.at)

    def takes_part(self, m: Mentor) -> None:
        slot = 1 + [one.pk for one in self.mentors].index(m.pk)
        Booking.objects.update_or_create(
            user=m.user,
            session=self.sitting,
            workshop=self.sitting.workshop,
            defaults={"status": "attended", "slot": slot, "changed_at": self.at},
        )

    def did_not_come_after_all(self, m: Mentor) -> None:
        missed = {"status": "missed", "slot": None, "changed_at": self.at}
        Booking.objects.filter(user=m.user, session=self.sitting).update(**missed)

    def is_checked(self, m: Mentor) -> None:
        kind, clear = self.chance.choice(["identity", "references"]), self.chance.random() < 0.7
        actions.record_check(m, kind, by=self.checker, at=self.at, is_clear=clear)

    def dbs(self) -> dict[str, Any]:
        days = self.chance.choice([1, 30, 400, 1000, 1090])
        return {
            "level": self.chance.choice([1, 2, 2]),
            "workforce": self.chance.choice(["child", "adult", "both"]),
            "certificate_number": str(next(self.numbers)),
            "issued_on": timezone.localdate(self.at) - timedelta(days=days),
            "is_clear": self.chance.random() < 0.8,
        }

    def gets_a_dbs_check(self, m: Mentor) -> None:
        actions.record_check(m, "dbs", by=self.checker, at=self.at, **self.dbs())

    def has_it_corrected(self, m: Mentor) -> None:
        check = m.checks.filter(kind="dbs").first()
        if check:
            actions.correct_dbs(check, by=self.checker, reason="a slip", at=self.at, **self.dbs())

    def pauses(self, m: Mentor) -> None:
        actions.pause(m, self.chance.choice(rules.PAUSES), by=m.user, at=self.at)

    def unpauses(self, m: Mentor) -> None:
        actions.unpause(m, by=m.user, at=self.at)

    def is_suspended(self, m: Mentor) -> None:
        actions.suspend(m, by=self.second, reason="conduct", at=self.at)

    def returns(self, m: Mentor) -> None:
        actions.restore(m, by=self.second, reason="cleared", at=self.at)

    def is_approved(self, m: Mentor) -> None:
        actions.approve(m, by=self.second, at=self.at)

    def goes_back_to_the_start(self, m: Mentor) -> None:
        Mentor.objects.filter(pk=m.pk).update(status="applying", approved_at=None)

    def tells_us_something(self, m: Mentor) -> None:
        words = f"News {self.chance.random()}"
        actions.disclose(m, has_something=True, words=words, by=m.user, at=self.at)

    def loses_a_referee(self, m: Mentor) -> None:
        reference = m.references.exclude(status="replaced").first()
        if reference:
            name = f"New {next(self.numbers)}"
            new = rules.Referee(name, f"{name.replace(' ', '')}@people.example", "colleague", 5)
            actions.replace_referee(reference, new, by=self.checker, at=self.at)

    def hears_from_a_referee(self, m: Mentor) -> None:
        asked = m.references.filter(status="asked").first()
        if asked:
            answers = {"knows_well": "Yes", "words": "Kind", "has_worries": False}
            answers["is_suitable"] = self.chance.random() < 0.9
            token = actions.references.emails.sign("reference", asked.pk, asked.link_version, at=self.at)
            actions.give_reference(token, answers=answers, at=self.at)

    def changes_places(self, m: Mentor) -> None:
        capacity = self.chance.choice([1, 2, 3])
        save = Mentor.objects.filter(pk=m.pk).update
        actions.save_section(m, lambda: save(capacity=capacity), capacity=capacity)

    def is_matched(self, m: Mentor) -> None:
        taken = set(Match.objects.open().filter(mentor=m).values_list("slot", flat=True))
        free = [r for r in self.requests if not Match.objects.open().filter(mentee=r.mentee_id).exists()]
        slots = [s for s in range(1, m.capacity + 1) if s not in taken]
        if free and slots and m.is_ready(self.at):
            factories.make_match(m, self.chance.choice(free), slot=slots[0], at=self.at)

    def ends_a_match(self, m: Mentor) -> None:
        match = Match.objects.open().filter(mentor=m).first()
        if match:
            Match.objects.filter(pk=match.pk).update(status="closed", ended_at=self.at)

    def moves_programmes(self, m: Mentor) -> None:
        chosen = self.chance.choice([[self.here], [self.there], [self.here, self.there]])
        actions.choose_programmes(m, chosen, by=m.user, at=self.at)

    def a_programme_stops_or_starts(self, m: Mentor) -> None:
        programme = self.chance.choice([self.here, self.there])
        today = timezone.localdate(self.at)
        programme.ends_on = self.chance.choice([None, today - timedelta(days=1), today + timedelta(days=9)])
        programme.save()

    def closes_the_account(self, m: Mentor) -> None:
        if self.chance.random() < 0.3:
            users.close(m.user, by=self.checker, at=self.at)

    def opens_it_again(self, m: Mentor) -> None:
        users.reopen(m.user, by=self.checker, at=self.at)

    def leaves_a_section_empty(self, m: Mentor) -> None:
        field, value = self.chance.choice(
            [("motivation", ""), ("motivation", "Because"), ("free_slots", 0), ("free_slots", 4)]
        )
        save = Mentor.objects.filter(pk=m.pk).update
        actions.save_section(m, lambda: save(**{field: value}))

    def morning_comes(self, m: Mentor) -> None:
        """What happens by itself: late, twice or not at all, it changes nobody's readiness."""
        actions.end_pauses(at=self.at)
        actions.tell_of_lapsed_checks(at=self.at)
        actions.tell_of_lapsed_training(at=self.at)
        actions.warn_of_expiring_checks(at=self.at)

    def is_put_right(self, m: Mentor) -> None:
        """Staff and mentor mend all they can, or nearly nobody would ever be ready."""
        fine = self.dbs() | {"workforce": "child", "is_clear": True}
        fine["issued_on"] = timezone.localdate(self.at) - timedelta(days=self.chance.choice([9, 900]))
        if self.chance.random() < 0.5:
            self.here.ends_on = self.there.ends_on = None
            self.here.save()
            self.there.save()
        Mentor.objects.filter(pk=m.pk).update(motivation="Because", free_slots=4)
        for mend in (
            lambda: self.opens_it_again(m),
            lambda: self.unpauses(m),
            lambda: self.trains(m),
            lambda: self.takes_part(m),
            lambda: self.regains_certificate(m),
            lambda: actions.record_check(m, "identity", by=self.checker, at=self.at),
            lambda: actions.record_check(m, "dbs", by=self.checker, at=self.at, **fine),
            lambda: self.hears_from_a_referee(m),
            lambda: self.hears_from_a_referee(m),
            lambda: actions.record_check(m, "references", by=self.checker, at=self.at),
            lambda: self.returns(m),
            lambda: self.is_approved(m),
        ):
            with contextlib.suppress(NotAllowed):
                mend()

    def time_passes(self, m: Mentor) -> None:
        self.at += timedelta(days=self.chance.choice([1, 1, 5, 20]))

    def a_day_comes(self, m: Mentor) -> None:
        """Half an hour before or after the midnight on which something of theirs ends."""
        days = [m.paused_until, *m.programmes.values_list("ends_on", flat=True)]
        days += m.checks.values_list("expires_on", flat=True)
        days += ModulePass.objects.filter(user=m.user).values_list("lapses_on", flat=True)
        soon = self.at + timedelta(days=200)
        moments = [moment for day in days if day for moment in around(day) if self.at < moment < soon]
        if moments:
            self.at, self.is_close = self.chance.choice(moments), True

    EVENTS = (
        (trains, 6),
        (loses_certificate, 1),
        (regains_certificate, 3),
        (takes_part, 5),
        (did_not_come_after_all, 2),
        (is_checked, 4),
        (gets_a_dbs_check, 6),
        (has_it_corrected, 3),
        (pauses, 5),
        (unpauses, 1),
        (is_suspended, 2),
        (returns, 6),
        (is_approved, 6),
        (goes_back_to_the_start, 1),
        (tells_us_something, 1),
        (loses_a_referee, 1),
        (hears_from_a_referee, 4),
        (changes_places, 2),
        (is_matched, 2),
        (ends_a_match, 1),
        (moves_programmes, 2),
        (a_programme_stops_or_starts, 5),
        (closes_the_account, 1),
        (opens_it_again, 4),
        (leaves_a_section_empty, 3),
        (morning_comes, 2),
        (is_put_right, 10),
        (time_passes, 2),
        (a_day_comes, 3),
    )

    def step(self) -> tuple[str, Mentor]:
        verbs, weights = zip(*self.EVENTS, strict=True)
        verb = self.chance.choices(verbs, weights)[0]
        mentor = Mentor.objects.select_related("user").get(pk=self.chance.choice(self.mentors).pk)
        self.at += timedelta(minutes=self.chance.randint(11, 600))
        self.is_close = False
        try:
            verb(self, mentor)
        except NotAllowed:
            return f"{verb.__name__} (refused)", mentor
        return verb.__name__, mentor


# --- The walk ------------------------------------------------------------------------------------


def pool(at: datetime) -> dict[int, tuple[int, int]]:
    """Whom the night would read: their free places and the level of their check."""
    they = read_everybody(at=at).mentors
    columns = (they.id.tolist(), they.free_places.tolist(), they.check_level.tolist())
    return {pk: (free, level) for pk, free, level in zip(*columns, strict=True)}


@pytest.mark.parametrize("seed", range(SEEDS))
def test_ready_as_shown_is_ready_as_the_facts_have_it(seed: int) -> None:
    walk, seen, lacked = Walk(seed), {True: 0, False: 0}, set()
    for n in range(EVENTS):
        event, mentor = walk.step()
        if (n + 1) % LOOKS_AFTER and n + 1 < EVENTS and not walk.is_close:
            continue
        trail = f"event {n} of seed {seed}: {event}, {mentor}, {walk.at}"
        for holes in look_at_all(walk, trail).values():
            seen[not holes] += 1
            lacked |= holes
    assert min(seen.values()) > sum(seen.values()) // 20, "nearly always or never ready shows little"
    assert lacked >= {
        "training",
        "workshop",
        "identity",
        "references",
        "dbs",
        "approved",
        "not_paused",
        "programme",
    }


def look_at_all(walk: Walk, trail: str) -> dict[int, set[str]]:
    """What each mentor reads, what SQL says of many and what the night reads is what bare rows say."""
    holes = {m.pk: missing(m, walk.at) for m in walk.mentors}
    rows = {m.pk: m for m in Mentor.objects.with_task_list(walk.at)}
    for pk, lacks in holes.items():
        assert {m.key for m in rows[pk].readiness(walk.at)} & {*rules.FACTS} == lacks, trail
        assert (rows[pk].next_step(walk.at).key == "ready") is (not lacks - {"account"}), trail
    ready = {pk for pk, lacks in holes.items() if not lacks}
    assert set(Mentor.objects.ready(walk.at).values_list("pk", flat=True)) == ready, trail
    found = pool(walk.at)
    assert set(found) == ready, trail
    levels = dict(Mentor.objects.with_dbs(walk.at).values_list("pk", "dbs_counts"))
    for pk, (free, level) in found.items():
        taken = Match.objects.open().filter(mentor=pk).count()
        assert (free, level) == (rows[pk].capacity - taken, levels[pk]), trail
    return holes


def test_the_home_page_says_so_too(time_machine: Any) -> None:
    walk, said = Walk(77), set()
    for _ in range(40):
        for _ in range(3):
            _, mentor = walk.step()
        if not mentor.user.is_active or Match.objects.filter(mentor=mentor).exists():
            continue
        time_machine.move_to(walk.at, tick=False)
        mentor.user.refresh_from_db()
        if not mentor.user.is_active:
            continue
        client = Client()  # an old session would be over by now
        client.force_login(mentor.user)
        is_ready = not missing(mentor, walk.at)
        assert ("You’re ready" in client.get(reverse("mentoring:home")).text) is is_ready
        said.add(is_ready)
    assert said == {True, False}
