"""Packed profiles are compared with what they repeat, and made anew."""

from __future__ import annotations

import importlib
import io
import logging
import random
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone

from matching import tasks
from matching.actions import profiles, rebuild_profiles, repair_profiles
from mentees import actions as mentees
from mentees.models import Mentee
from mentees.models import Profile as MenteeProfile
from mentees.rules import Answers
from mentors import actions as mentors
from mentors.models import Mentor
from mentors.models import Profile as MentorProfile
from partners.models import Experience, HelpTopic, Language, Outcode, Sector
from tests import factories
from tests.packing import kept, of_mentee, of_mentor


def verify() -> str:
    out = io.StringIO()
    call_command("rebuild_profiles", "--verify", stdout=out)
    return out.getvalue()


def spoil() -> None:
    Mentor.objects.update(free_slots=1)
    Mentee.objects.update(outcode="")


def test_it_finds_nothing_after_what_actions_wrote(cast: SimpleNamespace) -> None:
    assert verify().splitlines() == ["mentors: 0 differ", "young people: 0 differ"]


def test_it_tells_who_differs_by_number_alone(cast: SimpleNamespace, capsys: Any) -> None:
    spoil()
    out = io.StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("rebuild_profiles", "--verify", stdout=out)
    assert refusal.value.returncode == 1
    assert out.getvalue().splitlines() == [
        f"mentors: 1 differ: {cast.mentor.pk}",
        f"young people: 1 differ: {cast.mentee.pk}",
    ]
    assert "Amara" not in out.getvalue() + capsys.readouterr().err
    assert MentorProfile.objects.get().slots == factories.EVENINGS  # nothing was written


def test_it_makes_everything_anew(cast: SimpleNamespace, capsys: Any) -> None:
    spoil()
    MenteeProfile.objects.all().delete()
    call_command("rebuild_profiles")
    assert "0 differ" in verify()
    assert kept(MentorProfile.objects.get()) == of_mentor(Mentor.objects.get())
    assert kept(MenteeProfile.objects.get()) == of_mentee(Mentee.objects.get())


def test_it_goes_step_by_step(cast: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(profiles, "STEP", 2)
    for n in range(5):
        factories.make_mentor(f"Mentor{n}")
    spoil()
    done: list[int] = []
    rebuild_profiles(told=done.append)
    assert done == list(range(1, len(profiles.ranges()) + 1))
    assert len(done) > 3
    assert "0 differ" in verify()


def test_it_repairs_before_the_night_and_says_how_many(cast: SimpleNamespace, caplog: Any) -> None:
    spoil()
    with caplog.at_level(logging.WARNING):
        tasks.repair_profiles()
    assert "2 packed profiles" in caplog.text
    assert "0 differ" in verify()
    caplog.clear()
    assert repair_profiles() == 0
    assert not caplog.text


def test_it_does_nothing_in_an_empty_house(db: None) -> None:
    rebuild_profiles()
    assert verify().splitlines() == ["mentors: 0 differ", "young people: 0 differ"]


def test_a_new_list_of_postcodes_moves_people(cast: SimpleNamespace, tmp_path: Any) -> None:
    file = tmp_path / "list.csv"
    file.write_text("postcode,easting,northing\nM14 5AB,385700,395600\n", encoding="utf-8")
    out = io.StringIO()
    call_command("load_outcodes", str(file), stdout=out)
    assert "2 people moved" in out.getvalue()
    assert Outcode.objects.get(code="M14").easting == 3857
    for model in (MentorProfile, MenteeProfile):
        assert model.objects.values_list("easting", "northing").get() == (3857, 3956)


def test_the_first_filling_gives_the_same_numbers(cast: SimpleNamespace) -> None:
    """For those who were there before the tables were, by the migrations' own words."""
    factories.make_mentor("Blank", way="", outcode="", gender="", travel_minutes=None, topics=(), sectors=())
    welsh = factories.make_word(Language, "Welsh")
    factories.make_mentee("Zed", required_language=welsh, mentor_gender="man", way="online")
    for app, model in (("mentors", MentorProfile), ("mentees", MenteeProfile)):
        model.objects.all().delete()
        importlib.import_module(f"{app}.migrations.0003_fill_profiles").fill(apps, None)
    assert verify().splitlines() == ["mentors: 0 differ", "young people: 0 differ"]


@pytest.mark.parametrize("seed", range(6))
def test_no_action_leaves_a_number_behind(cast: SimpleNamespace, seed: int) -> None:
    """Whatever people do, in whatever order."""
    dice = random.Random(seed)
    lists = {"topics": HelpTopic, "sectors": Sector, "languages": Language, "experiences": Experience}
    for name, model in lists.items():
        for n in range(4):
            factories.make_word(model, f"{name} {n}")
    factories.make_outcode("CF10", "Cardiff", 3180, 1760)
    employer = factories.make_organisation("Stone Works", kind="employer")
    at = timezone.now()

    def some(name: str) -> list[Any]:
        found = list(lists[name].objects.order_by("pk"))
        return dice.sample(found, dice.randint(0, len(found)))

    def rows(**facts: Any) -> Any:
        def save() -> None:
            Mentor.objects.filter(pk=cast.mentor.pk).update(**facts)
            for name in ("topics", "languages", "experiences"):
                getattr(cast.mentor, name).set(some(name))

        return save

    def answer() -> None:
        chosen = {name: [word.pk for word in some(name)] for name in lists}
        answers = Answers(
            outcode=dice.choice(("M14", "CF10", "")),
            free_slots=dice.randrange(2**21),
            way=dice.choice(("online", "in_person", "either")),
            travel_minutes=dice.choice((15, 30, 60)),
            mentor_gender=dice.choice(("", "woman", "man")),
            organisation=dice.choice((None, employer.pk)),
            **chosen,
        )
        mentees.change_answers(cast.mentee, answers=answers, by=cast.mentee.user, at=at)

    verbs: list[Any] = [
        answer,
        lambda: mentors.save_section(cast.mentor, rows(outcode=dice.choice(("M14", "CF10", "ZZ9", "")))),
        lambda: mentors.save_section(
            cast.mentor, rows(capacity=dice.randint(1, 3), way=dice.choice(("online", "in_person", "either")))
        ),
        lambda: mentors.save_work(
            cast.mentor,
            employer=dice.choice(("Stone Works", "Elsewhere", "")),
            job_title="Engineer",
            years=9,
            has_degree=True,
            sectors=some("sectors"),
        ),
        lambda: mentors.declare_conflicts(cast.mentor, tied_to=[employer], relatives="", at=at),
        lambda: mentors.pause(cast.mentor, 3, by=cast.mentor.user, at=at),
        lambda: mentors.unpause(cast.mentor, by=cast.mentor.user, at=at),
        lambda: mentors.choose_programmes(cast.mentor, [cast.programme], by=cast.mentor.user, at=at),
        lambda: call_command("load_outcodes", stdout=io.StringIO()),
    ]
    for _ in range(12):
        dice.choice(verbs)()
        assert verify().splitlines() == ["mentors: 0 differ", "young people: 0 differ"]
