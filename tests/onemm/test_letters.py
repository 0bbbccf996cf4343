from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from audit import desk
from notifications import gates
from notifications.models import Letter
from tests import factories


def make_letter(to: Any, about: str = "", kind: str = "mentors/approved", **fields: Any) -> Letter:
    return Letter.objects.create(
        key=f"{kind}:{about}:{to}",
        kind=kind,
        to_user=None if isinstance(to, str) else to,
        to_email=to if isinstance(to, str) else to.email,
        message_id="<x@mentors.example>",
        about=about,
        **fields,
    )


def test_it_shows_staff_the_letters_of_their_own_people(cast: SimpleNamespace) -> None:
    elsewhere = factories.make_staff("Ben", programmes=[factories.make_programme("Cardiff 2026")])
    permission = cast.mentee.permissions.get()
    letters = {
        make_letter(cast.mentor.user),
        make_letter(cast.mentee.user),
        make_letter("denise@people.example", f"mentees.permission:{permission.pk}"),
    }
    other = make_letter(cast.stranger)
    assert set(Letter.objects.visible_to(cast.staff)) == letters
    assert set(Letter.objects.visible_to(elsewhere)) == set()
    assert set(Letter.objects.visible_to(cast.admin)) == letters | {other}


def test_it_hides_letters_about_concerns_from_all_but_the_lead(cast: SimpleNamespace) -> None:
    make_letter(cast.lead, kind="safeguarding/raised")
    assert not Letter.objects.visible_to(cast.admin).exists()
    assert Letter.objects.visible_to(cast.lead).exists()


def test_it_hides_sign_in_codes_but_in_the_demo(cast: SimpleNamespace, settings: Any) -> None:
    make_letter(cast.lead, kind="account/login_code")
    assert not Letter.objects.visible_to(cast.admin).exists()
    settings.DEMO = True  # there the desk is everybody's mailbox
    assert Letter.objects.visible_to(cast.admin).exists()


def test_it_queues_what_needs_a_decision(cast: SimpleNamespace) -> None:
    make_letter(cast.mentor.user, status="unsure")
    make_letter(cast.stranger, status="dead")
    make_letter(cast.mentee.user)
    found = {q.label: q.count for q in desk.queues(cast.staff)}
    assert found["Letters that need a decision"] == 1
    assert gates.closed_to(cast.staff)
