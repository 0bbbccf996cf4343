"""People with accounts, and what every test of them needs."""

from __future__ import annotations

import re

import pytest

from notifications.models import Letter
from tests.factories import make_user

PASSWORD = "seven quiet harbours"


@pytest.fixture(autouse=True)
def _quick_hashes(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def amara(db):
    return make_user("Amara", email="amara@people.example", password=PASSWORD)


@pytest.fixture
def kayden(db):
    """A young person: no password, and an address nobody has confirmed yet."""
    return make_user("Kayden", email="kayden@people.example", verified=False)


@pytest.fixture
def dele(db):
    return make_user("Dele", email="dele@people.example", password=PASSWORD, is_staff=True, is_superuser=True)


def last_code() -> str:
    letter = Letter.objects.latest("pk")
    return re.search(r"\b\d{4}-\d{4}\b", letter.text).group()


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session
