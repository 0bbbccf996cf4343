"""The letter desk, for staff."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from notifications import gates, links, rules
from notifications.models import Letter
from tests import factories


@pytest.fixture
def staff(db: Any) -> Any:
    return factories.make_staff("Dele")


def test_it_finds_letters_for_staff_and_nothing_for_others(write: Any, staff: Any) -> None:
    letter = write()
    assert letter in Letter.objects.visible_to(staff)
    staff.is_active = False
    assert not Letter.objects.visible_to(staff).exists()
    assert not Letter.objects.visible_to(factories.make_user()).exists()


def test_it_hides_private_kinds(write: Any, staff: Any) -> None:
    letter = write()
    lead = factories.make_staff("Ros")
    gates.keep_private("scratch/", lambda user: user == lead)
    assert letter not in Letter.objects.visible_to(staff)
    assert letter in Letter.objects.visible_to(lead)


def test_it_is_narrowed_by_upper_floors(write: Any, staff: Any) -> None:
    mine, other = write(about="a:1"), write(about="a:2")
    gates.narrow(lambda letters, user: letters.filter(about="a:1"))
    assert list(Letter.objects.visible_to(staff)) == [mine]
    assert other.pk


def test_it_cuts_signed_links_short() -> None:
    token = links.sign("permission", 7, 3)
    words = rules.without_keys(f"Answer here:\nhttps://mentors.example/permission/{token}/\nBy 9:30:00.")
    assert token not in words
    assert words == "Answer here:\nhttps://mentors.example/permission/…/\nBy 9:30:00."


def test_it_walks_the_desk(write: Any, client: Any, settings: Any, staff: Any) -> None:
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "SecondFactor" not in m]
    user = factories.make_user("Kayden", email="kayden@people.example")
    letter = write(user, first_name="Kayden")
    client.force_login(staff)
    page = client.get(reverse("admin:notifications_letter_changelist"))
    assert b"Kayden" in page.content
    assert b"kayden@" not in page.content
    read = client.get(reverse("admin:notifications_letter_change", args=[letter.pk]))
    assert b"Hi Kayden," in read.content
    preview = client.get(reverse("admin:letter_preview", args=[letter.pk]))
    assert "sandbox" in preview["Content-Security-Policy"]
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    again = reverse("admin:letter_retry", args=[letter.pk])
    Letter.objects.update(status="dead")
    client.get(again)
    letter.refresh_from_db()
    assert letter.status == "dead"  # looking changes nothing
    client.post(again)
    client.post(again)
    letter.refresh_from_db()
    assert (letter.status, letter.handled_by) == ("queued", staff)


def test_it_is_a_404_for_a_missing_and_a_hidden_letter_alike(
    write: Any, client: Any, settings: Any, staff: Any
) -> None:
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "SecondFactor" not in m]
    letter = write()
    gates.keep_private("scratch/", lambda user: False)
    client.force_login(staff)
    for pk in (letter.pk, 999_999):
        assert client.get(reverse("admin:notifications_letter_change", args=[pk])).status_code == 404
        assert client.get(reverse("admin:letter_preview", args=[pk])).status_code == 404
        assert client.post(reverse("admin:letter_retry", args=[pk])).status_code == 404


def test_it_lists_any_number_with_the_same_queries(
    write: Any, client: Any, settings: Any, staff: Any, django_assert_max_num_queries: Any
) -> None:
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if "SecondFactor" not in m]
    client.force_login(staff)
    for n in range(30):
        write(factories.make_user(f"Kim{n}"))
    with django_assert_max_num_queries(15):
        client.get(reverse("admin:notifications_letter_changelist"))
