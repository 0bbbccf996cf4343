"""Whose course it is: mentors and young people have their own; a programme requires one and offers others."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.signing_in import sign_in
from tests.training.conftest import take_course, write_course
from training import actions, rules
from training.models import Certificate, Course, time_of_each

COURSES = Path(__file__).parents[2] / "training" / "courses"


@pytest.fixture
def young(tmp_path: Path, db: Any) -> Course:
    folder = write_course(tmp_path / "for-young-people")
    (folder / "course.toml").write_text('title = "For you"\naudience = "young people"\nis_published = true\n')
    return actions.load_course(folder)


@pytest.fixture
def extra(tmp_path: Path, db: Any) -> Course:
    folder = write_course(tmp_path / "extra")
    (folder / "course.toml").write_text('title = "Extra"\nis_published = true\n')
    return actions.load_course(folder)


def test_each_finds_their_own(client: Any, course: Course, young: Course, learner: Any) -> None:
    sign_in(client, learner)
    assert client.get("/training/").url == course.get_absolute_url()
    assert client.get("/training/young-people/").url == young.get_absolute_url()


def test_a_young_person_takes_the_whole_course(client: Any, young: Course) -> None:
    mentee = factories.make_mentee("Kayden")
    sign_in(client, mentee.user)
    assert "/training/young-people/" in client.get("/home/").content.decode()
    assert client.get(young.get_absolute_url()).status_code == 200
    take_course(young, mentee.user)
    assert Certificate.objects.filter(user=mentee.user, course=young).exists()


def test_nothing_to_take_is_said(client: Any, learner: Any) -> None:
    sign_in(client, learner)
    for url in ("/training/", "/training/young-people/"):
        assert "There is no course for you just now" in client.get(url).content.decode()


def test_a_programme_requires_one_and_offers_others(
    client: Any, course: Course, extra: Course, young: Course, learner: Any, tmp_path: Path
) -> None:
    unasked = write_course(tmp_path / "unasked")
    (unasked / "course.toml").write_text('title = "Unasked"\nis_published = true\n')
    actions.load_course(unasked)
    programme = factories.make_programme("Manchester", course=course)
    mentor = factories.make_mentor("Amara", programme=programme)
    sign_in(client, mentor.user)
    assert client.get("/training/").url == course.get_absolute_url()  # the one that is asked of them
    programme.optional_courses.add(extra)
    page = client.get("/training/").content.decode()
    assert page.index("Small course") < page.index("Your programme asks for it") < page.index("Extra")
    assert "If you like" in page
    assert "Unasked" not in page
    take_course(Course.objects.get(slug="unasked"), mentor.user, at=datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert "Unasked" in client.get("/training/").content.decode()
    sign_in(client, learner)
    assert "Unasked" in client.get("/training/").content.decode()  # nobody has chosen for them


def test_each_course_says_how_long_it_takes_and_its_own_page_the_same(
    client: Any, course: Course, young: Course, extra: Course, learner: Any, django_assert_num_queries: Any
) -> None:
    sign_in(client, learner)
    listed = client.get("/training/").content.decode()
    assert listed.count("About 16 minutes.") == 2
    for row in (course, extra):
        assert "About 16 minutes in all." in client.get(row.get_absolute_url()).content.decode()
    with django_assert_num_queries(2):
        assert set(time_of_each([course, young, extra]).values()) == {"16 minutes"}


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(1, "1 minute"), (89, "89 minutes"), (90, "1½ hours"), (104, "1½ hours"), (124, "2 hours")],
)
def test_a_long_time_is_said_in_half_hours(minutes: int, words: str) -> None:
    assert rules.time_in_words(minutes) == words


def test_an_optional_course_is_never_needed(course: Course, extra: Course) -> None:
    from mentors.models import Mentor

    at = datetime(2026, 11, 24, 12, tzinfo=UTC)
    programme = factories.make_programme("Manchester", course=course)
    programme.optional_courses.add(extra)
    mentor = factories.make_mentor("Amara", programme=programme)
    take_course(course, mentor.user)
    assert Mentor.objects.with_facts(at).get(pk=mentor.pk).fact_training  # type: ignore[attr-defined]


def test_our_course_for_young_people_is_theirs() -> None:
    from training.reader import read_course

    folder = COURSES / "getting-ready-for-your-mentor"
    if folder.exists():
        assert read_course(folder).fields["audience"] == "young people"
    assert read_course(COURSES / "becoming-a-mentor").fields["audience"] == "mentors"


def test_a_programme_is_not_given_a_draft(course: Course) -> None:
    from partners.forms import ProgrammeForm

    draft = actions.start_draft(course, by=None, at=datetime(2026, 11, 24, 12, tzinfo=UTC))
    fields: Any = ProgrammeForm().fields
    for name in ("course", "optional_courses"):
        assert course in fields[name].queryset
        assert draft not in fields[name].queryset
