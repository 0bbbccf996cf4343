"""What a password must be."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from users.models import User

SOMEBODY = User(email="shabana.hussain@people.example", first_name="Shabana", last_name="Hussain")


@pytest.mark.parametrize("password", ["short", "elevenchars", ""])
def test_it_says_when_it_is_short(password):
    with pytest.raises(ValidationError) as error:
        validate_password(password, SOMEBODY)
    assert "Use at least 12 characters" in error.value.messages


def test_it_takes_twelve_to_128():
    validate_password("kx7 rope tin", SOMEBODY)
    validate_password(("seven quiet harbours and a brass lantern, kettle, moss; " * 3)[:128], SOMEBODY)
    with pytest.raises(ValidationError) as error:
        validate_password("qz7!" + "correct horse battery staple " * 5, SOMEBODY)
    assert "Use 128 characters or fewer" in error.value.messages


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "Password1234!",
        "P@ssw0rd2026!",
        "onemillionmentors",
        "One Million Mentors 2026",
        "mentor123456",
        "qwertyuiop123",
        "aaaaaaaaaaaa",
        "abcabcabcabc",
        "123456789012",
        "abcdefghijkl",
        "justinbieber",
        "shabanahussain",
        "shabana.hussain",
        "hussain-people-99",
        "welcome-to-1234",
    ],
)
def test_it_refuses_what_is_easy_to_guess(password):
    with pytest.raises(ValidationError) as error:
        validate_password(password, SOMEBODY)
    assert error.value.messages == ["Choose a password that is harder to guess"]


@pytest.mark.parametrize(
    "password",
    [
        "seven quiet harbours",
        "kettle-moss-1987",
        "Ω≈ç√∫˜µ≤≥÷æ…",
        "look-around-the-demo",
        "a-long-enough-password",
    ],
)
def test_it_takes_what_is_not(password):
    validate_password(password, SOMEBODY)
