from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from notifications import post as posting
from notifications.models import Letter
from notifications.tasks import send_letter
from tests import factories


def test_it_renders_everything_at_once(write: Any) -> None:
    letter = write()
    assert letter.subject == "Hello Amara, a letter"
    assert "Hi Amara," in letter.text
    assert "Hi Amara," in letter.html
    assert letter.status == "queued"


def test_it_writes_one_letter_for_one_key(write: Any) -> None:
    first = write(key="match:1:amara:2026-11-21")
    again = write(key="match:1:amara:2026-11-21", first_name="Somebody else")
    assert again.pk == first.pk
    assert Letter.objects.count() == 1
    assert write(key="match:1:amara:2026-11-22").pk != first.pk


def test_it_gives_the_winners_letter_when_it_loses_the_race(write: Any, monkeypatch: Any) -> None:
    """Both looked and found nothing; the database lets one in and the other's transaction stays whole."""
    first = write(key="the-key")
    monkeypatch.setattr(posting.Letter.objects, "filter", lambda **_: Letter.objects.none())
    with transaction.atomic():
        again = write(key="the-key")
        assert Letter.objects.count() == 1  # the transaction can still be used
    assert again.pk == first.pk


def test_it_disappears_with_the_action_that_failed(write: Any) -> None:
    @transaction.atomic
    def act() -> None:
        write()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not Letter.objects.exists()


def test_it_takes_name_and_address_from_the_account(write: Any) -> None:
    user = factories.make_user("Kayden", email="kayden@people.example")
    letter = posting.post(user, "scratch/hello", key="k")
    assert (letter.to_user, letter.to_email) == (user, "kayden@people.example")
    assert "Hi Kayden," in letter.text


def test_it_lets_nobody_write_a_header_through_a_name(write: Any) -> None:
    letter = write(note="hi\r\nBcc: everyone@people.example\u202e\x00")
    assert letter.subject == "Hello Amara, hi Bcc: everyone@people.example"
    assert "\n" not in letter.subject


def test_it_escapes_names_in_html_and_leaves_them_be_in_text(write: Any) -> None:
    letter = write(first_name="O'Brien <script>alert(1)</script>")
    assert "<script>" not in letter.html
    assert "O&#x27;Brien &lt;script&gt;" in letter.html
    assert "Hi O'Brien <script>" in letter.text


def test_it_wraps_plain_text_and_keeps_addresses_whole(write: Any, settings: Any) -> None:
    settings.SITE_URL = "https://mentors.example/" + "a-very-long-path-" * 8
    letter = write()
    lines = letter.text.splitlines()
    assert max(len(line) for line in lines if "://" not in line) <= 72
    assert any(line.startswith(f"{settings.SITE_URL}/saf") for line in lines)
    assert "\n\n\n" not in letter.text


def test_it_dresses_plain_tags_and_leaves_no_empty_box(write: Any) -> None:
    letter = write()
    assert '<a href="http://localhost:8000/home/" class="l" style=' in letter.html
    assert "border-left:6px solid #ffc145" in letter.html
    assert "border-radius:28px" not in letter.html  # no link, so no button
    with_button = write(link="http://localhost:8000/home/?a=1&b=2", label="Open <it>")
    assert 'href="http://localhost:8000/home/?a=1&amp;b=2"' in with_button.html
    assert ">Open &lt;it&gt;</a>" in with_button.html


def test_it_fixes_the_message_id_when_it_writes(write: Any, settings: Any) -> None:
    settings.SITE_URL = "https://mentors.example"
    one, two = write(), write()
    assert one.message_id.endswith("@mentors.example>")
    assert one.message_id != two.message_id


@pytest.mark.parametrize("key", ["", "k" * 201])
def test_it_refuses_a_key_that_could_not_be_kept(write: Any, key: str) -> None:
    with pytest.raises(ValueError, match="1 to 200"):
        write(key=key)


def test_it_hints_after_the_commit_and_swallows_a_broker_that_is_away(
    write: Any, settings: Any, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.CELERY_TASK_ALWAYS_EAGER = False
    monkeypatch.setattr(posting, "_quiet_until", 0.0)
    hints: list[Any] = []

    def away(args: Any, queue: Any) -> None:
        hints.append((args, queue))
        raise ConnectionError

    monkeypatch.setattr(send_letter, "apply_async", away)
    before = posting.missed_wakes
    with django_capture_on_commit_callbacks(execute=True):
        letter = write(urgent=True)
        write()
        assert not hints
    # The second does not wait for a broker that was away a moment ago.
    assert hints == [((letter.pk,), "urgent")]
    assert posting.missed_wakes == before + 1


def test_it_never_sends_inside_the_page_without_a_broker(
    write: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        letter = write()
    letter.refresh_from_db()
    assert letter.status == "queued"
