"""Become a mentor: the page is open, answers at once, and never tells who is known."""

from __future__ import annotations

import pytest
import time_machine
from django.contrib.auth import get_user
from django.urls import reverse

from mentors import actions
from mentors.models import Mentor
from notifications.models import Letter
from tests import factories
from tests.signing_in import sign_in
from users.models import User

URL = "/mentors/sign-up/"


@pytest.fixture
def answers(programme):
    return {
        "first_name": "Amara",
        "last_name": "O’Brien",
        "email": "Amara+mentor@People.example",
        "programme": programme.pk,
        "years": "6",
        "has_degree": "no",
        "is_adult": "yes",
        "password": "",
    }


def test_it_is_open(client, programme):
    page = client.get(URL)
    assert page.status_code == 200
    assert "Become a mentor" in page.text


def test_it_makes_account_and_mentor_and_asks_for_the_code(client, answers, programme):
    page = client.post(URL, answers)
    assert page.status_code == 302
    assert page.url == reverse("account_email_verification_sent")
    mentor = Mentor.objects.get()
    assert mentor.user.email == "amara+mentor@people.example"
    assert not mentor.user.has_usable_password()
    assert list(mentor.programmes.all()) == [programme]
    assert (mentor.years_of_work, mentor.status) == (6, "applying")
    assert not get_user(client).is_authenticated


def test_it_keeps_a_password(client, answers):
    client.post(URL, answers | {"password": "three random words"})
    assert User.objects.get().check_password("three random words")


def test_the_same_form_twice_makes_one_mentor(client, answers):
    first, second = client.post(URL, answers), client.post(URL, answers)
    assert first.status_code == second.status_code
    assert first.url == second.url
    assert Mentor.objects.count() == 1


def test_a_known_address_looks_like_a_new_one(client, answers):
    new = client.post(URL, answers)
    letters = Letter.objects.count()
    client.cookies.clear()
    known = factories.make_user("Known", email="known@people.example")
    again = client.post(URL, answers | {"email": "known@people.example"})
    assert (again.status_code, again.url) == (new.status_code, new.url)
    assert Letter.objects.count() == 2 * letters
    assert not Mentor.objects.filter(user=known).exists()


def test_it_says_why_not_and_from_when(client, answers):
    page = client.post(URL, answers | {"years": "3"})
    assert page.status_code == 200
    assert "5 years of work, or 2 years after a degree" in page.text
    assert "You could join from" in page.text
    assert not User.objects.exists()
    assert 'value="Amara"' in page.text


def test_it_refuses_anybody_under_18(client, answers):
    page = client.post(URL, answers | {"is_adult": "no"})
    assert "18 or over" in page.text
    assert not User.objects.exists()


@time_machine.travel("2026-11-21 12:00", tick=False)
def test_it_tells_somebody_under_18_the_day_and_keeps_nothing(client, answers):
    assert "When were you born?" not in client.get(URL).text
    young = answers | {"is_adult": "no"}
    assert "When were you born?" in client.post(URL, young).text
    born = {"born_on_0": "3", "born_on_1": "5", "born_on_2": "2010"}
    assert "You could join from 3 May 2028." in client.post(URL, young | born).text
    page = client.post(URL, young | born | {"born_on_2": "2001"})
    assert page.text.count("This date makes you 18 or over") >= 2
    assert "Write the year with four digits" in client.post(URL, young | born | {"born_on_2": "10"}).text
    assert not User.objects.exists()


def test_it_knows_the_programme_whose_page_they_come_from(client, programme):
    factories.make_programme("Cardiff 2026", place="Cardiff")
    assert " checked" not in client.get(URL).text
    page = client.get(f"{URL}?programme={programme.slug}").text
    assert page.count(" checked") == 1
    assert client.get(f"{URL}?programme=nowhere").status_code == 200


def test_a_closed_programme_is_not_offered(client, answers, programme):
    programme.is_open = False
    programme.save()
    page = client.post(URL, answers)
    assert "Choose one of the answers below" in page.text


def test_somebody_with_an_account_answers_less(client, answers, programme):
    user = factories.make_user("Dee")
    sign_in(client, user)
    assert 'name="email"' not in client.get(URL).text
    page = client.post(URL, answers)
    assert page.url == reverse("mentors:profile")
    assert Mentor.objects.get().user == user
    assert Letter.objects.get(kind="mentors/signed_up").to_user == user
    assert client.post(URL, answers).url == reverse("mentors:profile")
    assert Mentor.objects.count() == 1


def test_the_welcome_waits_until_the_address_is_confirmed(client, answers):
    client.post(URL, answers)
    assert not Letter.objects.filter(kind="mentors/signed_up").exists()
    actions.welcome(User.objects.get())
    actions.welcome(User.objects.get())
    assert Letter.objects.filter(kind="mentors/signed_up").count() == 1
