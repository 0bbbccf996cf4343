"""Ready is derived: one set of facts chooses mentors in SQL and explains one of them in words."""

from __future__ import annotations

import random
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from mentors import rules
from mentors.models import Check, Mentor, Reference
from tests import factories
from tests.training.workshops import make_session, make_workshop
from training.models import Booking, Certificate, Course, Module, ModulePass

AT = timezone.now()
TODAY = timezone.localdate(AT)


def _clear(words):
    return lambda m: getattr(m, words).clear()


def _set(**fields):
    return lambda m: Mentor.objects.filter(pk=m.pk).update(**fields)


def _fail(kind):
    def spoil(m):
        last = m.checks.filter(kind=kind).first()
        last.pk, last.is_clear, last.certificate_number = None, False, last.certificate_number and "999"
        last.seen_at += timedelta(hours=1)
        last.save()

    return spoil


def _expire(m):
    m.checks.filter(kind="dbs").update(expires_on=TODAY)


def _close_account(m):
    m.user.is_active = False
    m.user.save()


SPOIL = {
    "account": [_close_account],
    "programme": [_clear("programmes")],
    "about": [
        _set(outcode=""),
        _set(born_on=None),
        _set(born_on=rules.adult_if_born_by(TODAY) + timedelta(days=1)),
    ],
    "work": [_set(job_title=""), _set(years_of_work=None), _clear("sectors")],
    "help": [_clear("topics"), _clear("languages")],
    "when": [_set(free_slots=0), _set(way=""), _set(accepted_ages=0), _set(travel_minutes=None)],
    "conflicts": [_set(conflicts_declared_at=None)],
    "motivation": [_set(motivation="")],
    "referees": [lambda m: Reference.objects.filter(pk=m.references.first().pk).update(status="replaced")],
    "disclosure": [lambda m: m.disclosure.delete()],
    "code": [_set(code_agreed_at=None)],
    "application": [_set(applied_at=None)],
    "references": [
        lambda m: Reference.objects.filter(pk=m.references.first().pk).update(is_suitable=False),
        lambda m: Reference.objects.filter(pk=m.references.first().pk).update(status="asked"),
    ],
    "identity": [lambda m: m.checks.filter(kind="identity").delete(), _fail("identity")],
    "references_heard": [lambda m: m.checks.filter(kind="references").delete(), _fail("references")],
    "dbs": [lambda m: m.checks.filter(kind="dbs").delete(), _expire, _fail("dbs")],
    "approved": [_set(status="suspended"), _set(status="applying"), _set(status="left")],
    "not_paused": [_set(paused_until=TODAY + timedelta(days=1))],
}
# What else falls with it: no programme, no training for it; a replaced referee's reply counts no more.
FALLS_TOO = {"programme": {"training", "workshop"}, "referees": {"references"}}


def both(mentor):
    """What SQL says, and what the rules say of one row's facts."""
    fresh = Mentor.objects.get(pk=mentor.pk)
    return Mentor.objects.ready(AT).filter(pk=mentor.pk).exists(), fresh.readiness(AT)


@pytest.fixture
def mentor(db):
    return factories.make_ready_mentor(at=AT - timedelta(hours=2))


def test_it_is_ready_when_nothing_is_missing(mentor):
    assert both(mentor) == (True, [])


@pytest.mark.parametrize(
    ("key", "spoil"),
    [(k, s) for k, ways in SPOIL.items() for s in ways],
    ids=lambda x: x if x in SPOIL else "",
)
def test_it_names_exactly_what_is_missing(mentor, key, spoil):
    spoil(mentor)
    ready, missing = both(mentor)
    assert not ready
    assert {m.key for m in missing} == {key} | FALLS_TOO.get(key, set())


def test_every_fact_can_fail():
    assert set(SPOIL) | {"training", "workshop"} == set(rules.FACTS)


@pytest.mark.parametrize("seed", range(40))
def test_sql_and_rules_agree_on_any_combination(mentor, seed):
    chance = random.Random(seed)
    keys = chance.sample(sorted(SPOIL), chance.randint(0, 5))
    for key in sorted(keys, key="referees".__eq__):
        chance.choice(SPOIL[key])(mentor)
    ready, missing = both(mentor)
    assert ready == (not missing) == (not keys)
    assert {m.key for m in missing} >= set(keys)


def test_the_latest_check_of_a_kind_counts(mentor):
    old = mentor.checks.get(kind="dbs")
    Check.objects.filter(pk=old.pk).update(is_clear=False)
    assert not both(mentor)[0]
    old.pk, old.certificate_number, old.seen_at, old.is_clear = None, "77", AT, True
    old.save()
    assert both(mentor)[0]


def test_it_leaves_on_the_day_a_dbs_check_is_due_again_and_not_before(mentor):
    mentor.checks.filter(kind="dbs").update(expires_on=TODAY + timedelta(days=1))
    assert both(mentor)[0]
    mentor.checks.filter(kind="dbs").update(expires_on=TODAY)
    assert not both(mentor)[0]


def test_a_pause_ends_by_itself(mentor):
    Mentor.objects.filter(pk=mentor.pk).update(paused_until=TODAY)
    assert both(mentor)[0]


def test_a_programme_that_ended_does_not_count(mentor):
    mentor.programmes.update(ends_on=TODAY - timedelta(days=1))
    ready, missing = both(mentor)
    assert not ready
    assert {m.key for m in missing} == {"programme", "training", "workshop"}


def test_facts_of_many_cost_one_query(mentor, django_assert_num_queries):
    factories.make_ready_mentor("Two", at=AT)
    with django_assert_num_queries(1):
        assert [m.readiness(AT) for m in Mentor.objects.with_facts(AT)] == [[], []]


def test_lacking_finds_who_lacks_it(mentor):
    assert not Mentor.objects.lacking("dbs", AT).exists()
    _expire(mentor)
    assert Mentor.objects.lacking("dbs", AT).get() == mentor


def test_dbs_facts_are_of_the_check_that_stands(mentor):
    assert Mentor.objects.with_dbs(AT).get().dbs_level == Check.Level.ENHANCED_BARRED
    _fail("dbs")(mentor)
    assert Mentor.objects.with_dbs(AT).get().dbs_level is None


def test_what_to_do_now_comes_before_what_others_do(mentor):
    SPOIL["identity"][0](mentor)
    SPOIL["code"][0](mentor)
    assert mentor.next_thing(AT).key == "code"
    Mentor.objects.filter(pk=mentor.pk).update(code_agreed_at=AT)
    assert Mentor.objects.get().next_thing(AT).who_acts == "us"


# --- Training, programme by programme ------------------------------------------------------------


@pytest.fixture
def course(mentor):
    course = Course.objects.create(slug="start", title="Getting started", is_published=True)
    module = Module.objects.create(course=course, order=1, slug="safe", title="Safe", lapses_after_months=12)
    mentor.programmes.update(course=course)
    return SimpleNamespace(course=course, module=module)


def certify(mentor, course, *, lapses_on):
    ModulePass.objects.create(
        user=mentor.user, module=course.module, passed_on=TODAY - timedelta(days=300), lapses_on=lapses_on
    )
    return Certificate.objects.create(
        user=mentor.user, course=course.course, number="1MM-26-TEST", name="A", issued_on=TODAY
    )


def test_a_required_course_has_to_be_complete(mentor, course):
    ready, missing = both(mentor)
    assert not ready
    assert [m.key for m in missing] == ["training"]
    certify(mentor, course, lapses_on=TODAY + timedelta(days=60))
    assert both(mentor) == (True, [])


def test_a_lapsed_module_takes_the_mentor_out(mentor, course):
    certify(mentor, course, lapses_on=TODAY - timedelta(days=1))
    ready, missing = both(mentor)
    assert not ready
    assert [m.key for m in missing] == ["training"]


def test_it_is_ready_in_each_programme_by_itself(mentor, course):
    asks_for_it = mentor.programmes.get()
    asks_for_none = factories.make_programme("Cardiff 2026")
    not_mine = factories.make_programme("London 2026")
    mentor.programmes.add(asks_for_none)
    pairs = Mentor.objects.all().ready_places(AT).values_list("mentor_id", "programme_id")
    assert list(pairs) == [(mentor.pk, asks_for_none.pk)]
    assert Mentor.objects.ready_in(asks_for_none, AT).get() == mentor
    assert not Mentor.objects.ready_in(asks_for_it, AT).exists()
    assert not Mentor.objects.ready_in(not_mine, AT).exists()
    certify(mentor, course, lapses_on=None)
    assert set(mentor.programmes_ready_in(AT)) == {asks_for_it, asks_for_none}


# --- Workshops, programme by programme -------------------------------------------------------------


@pytest.fixture
def workshop(mentor):
    return make_workshop(mentor.programmes.get())


def take_part(mentor, workshop, status="attended"):
    Booking.objects.filter(user=mentor.user, workshop=workshop).delete()
    return Booking.objects.create(
        session=make_session(workshop, starts_at=AT - timedelta(days=3, seconds=random.randrange(9999))),
        workshop=workshop,
        user=mentor.user,
        status=status,
        slot=1 if status in Booking.IN_A_PLACE else None,
        waiting_since=AT,
        changed_at=AT,
    )


def test_a_required_workshop_has_to_be_attended(mentor, workshop):
    ready, missing = both(mentor)
    assert not ready
    assert [(m.key, m.who_acts) for m in missing] == [("workshop", "you")]
    for status in ("booked", "waiting", "missed", "cancelled", "no_place"):
        take_part(mentor, workshop, status)
        assert [m.key for m in both(mentor)[1]] == ["workshop"]
    take_part(mentor, workshop)
    assert both(mentor) == (True, [])


def test_another_workshop_does_not_count(mentor, workshop):
    take_part(mentor, make_workshop(slug="another"))
    assert [m.key for m in both(mentor)[1]] == ["workshop"]


def test_course_and_workshop_have_to_be_of_one_programme(mentor, course):
    """Here the course is missing, there the workshop: ready in neither, and the workshop is what to do."""
    asks_for_both = mentor.programmes.get()
    asks_for_workshop = factories.make_programme("Cardiff 2026")
    there = make_workshop(asks_for_workshop, slug="cardiff")
    mentor.programmes.add(asks_for_workshop)
    assert (both(mentor)[0], [m.key for m in both(mentor)[1]]) == (False, ["workshop"])
    take_part(mentor, there)
    assert both(mentor) == (True, [])
    assert list(mentor.programmes_ready_in(AT)) == [asks_for_workshop]
    make_workshop(asks_for_both)
    certify(mentor, course, lapses_on=None)
    assert list(mentor.programmes_ready_in(AT)) == [asks_for_workshop]


@pytest.mark.parametrize("seed", range(60))
def test_sql_and_rules_agree_whatever_programmes_ask_for(mentor, course, seed):
    """Whoever lacks a fact is not ready, and whoever is ready is so in a programme that asks no more."""
    chance = random.Random(seed)
    programmes = [mentor.programmes.get(), *(factories.make_programme(f"P{n}") for n in range(2))]
    workshops = [make_workshop(slug=f"w{n}") for n in range(2)]
    done = {w for w in workshops if chance.random() < 0.5}
    is_trained = chance.random() < 0.5
    for w in done:
        take_part(mentor, w)
    if is_trained:
        certify(mentor, course, lapses_on=None)
    here = []
    mentor.programmes.clear()
    for programme in programmes:
        programme.course = course.course if chance.random() < 0.5 else None
        programme.workshop = chance.choice((None, *workshops))
        programme.save()
        if chance.random() < 0.7:
            mentor.programmes.add(programme)
            is_prepared = (is_trained or not programme.course) and (programme.workshop in {None, *done})
            here += [programme] if is_prepared else []
    ready, missing = both(mentor)
    assert ready == (not missing) == bool(here)
    assert {m.key for m in missing} <= {"programme", "training", "workshop"}
    assert set(mentor.programmes_ready_in(AT)) == set(here)
    assert all(Mentor.objects.ready_in(p, AT).exists() == (p in here) for p in programmes)
