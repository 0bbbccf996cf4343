import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.transitions import NotAllowed
from mentoring import actions
from mentoring.models import Message
from notifications.models import Letter
from tests.mentoring.conftest import status


def write(pair, words, *, by=None, key=None, at=None):
    return actions.send_message(
        pair.match, by=by or pair.mentor, at=at or pair.now, words=words, form_key=key or uuid.uuid4()
    )


def test_it_delivers_a_clean_message_at_once(pair):
    message = write(pair, "See you on Tuesday.")
    assert (message.status, message.delivered_at) == ("delivered", pair.now)
    letter = Letter.objects.get()
    assert letter.to_user == pair.mentee
    assert "Tuesday" not in letter.subject + letter.text + letter.html


def test_it_writes_one_letter_a_day(pair):
    write(pair, "One.")
    write(pair, "Two.")
    write(pair, "Three.", at=pair.now + timedelta(days=1))
    assert Letter.objects.filter(to_user=pair.mentee).count() == 2


def test_it_is_one_message_however_often_it_is_sent(pair):
    key = uuid.uuid4()
    assert write(pair, "Hi", key=key) == write(pair, "Hi", key=key)
    assert Message.objects.count() == 1


@pytest.mark.parametrize("words", ["", "  ", "\u200b\u200b", "x" * 2001])
def test_it_wants_something_and_not_too_much(pair, words):
    with pytest.raises(NotAllowed, match=r"Write something|2,000 characters. Yours has 2,001"):
        write(pair, words)
    assert not Message.objects.exists()


def test_it_holds_contact_details_from_everybody_but_the_writer_and_staff(pair):
    message = write(pair, "Ring me if you get stuck, it’s 07…")
    assert message.status == "held"
    assert message.why_held == "a phone number"
    assert not Letter.objects.exists()
    seen = Message.objects.visible_to
    assert message in seen(pair.mentor)
    assert message in seen(pair.staff)
    for person in (pair.mentee, pair.coordinator.user, pair.stranger, pair.lead):
        assert message not in seen(person)


def test_it_holds_a_number_sent_in_pieces(pair):
    assert write(pair, "077").status == "delivered"
    assert write(pair, "00").status == "delivered"
    assert write(pair, "900 123").status == "held"


def test_it_lets_the_writer_think_again(pair):
    held = write(pair, "Ring me, it’s 07700 900123")
    key = uuid.uuid4()
    for _ in range(2):
        better = actions.rewrite_message(
            held, by=pair.mentor, at=pair.now, words="Ask me on Tuesday.", form_key=key
        )
    held.refresh_from_db()
    assert (held.status, better.status) == ("taken_back", "delivered")
    assert list(Message.objects.visible_to(pair.mentor)) == [better]


def test_it_reaches_nobody_unscreened(pair):
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(
            match=pair.match,
            author=pair.mentor,
            words="Hi",
            status="delivered",
            written_at=pair.now,
            form_key=uuid.uuid4(),
        )


def test_it_stops_while_the_match_is_on_hold(pair):
    held = write(pair, "Ring me, it’s 07700 900123")
    status(pair.match, "paused")
    with pytest.raises(NotAllowed, match="on hold"):
        write(pair, "Hello?")
    with pytest.raises(NotAllowed, match="on hold"):
        actions.release_message(held, by=pair.staff, at=pair.now)


def test_staff_send_it_on(pair):
    held = write(pair, "The library is at www.library.example.org")
    actions.release_message(held, by=pair.staff, at=pair.now)
    assert held in Message.objects.visible_to(pair.mentee)
    assert held not in Message.objects.visible_to(pair.staff)
    assert {letter.to_user for letter in Letter.objects.all()} == {pair.mentee, pair.mentor}
    assert all("library" not in letter.text + letter.html for letter in Letter.objects.all())
    with pytest.raises(NotAllowed, match="isn’t held any more"):
        actions.refuse_message(held, by=pair.second, at=pair.now, words="No.")


def test_staff_do_not_send_it_on_and_say_why(pair):
    held = write(pair, "Ring me, it’s 07700 900123")
    with pytest.raises(NotAllowed, match="Write a word"):
        actions.refuse_message(held, by=pair.staff, at=pair.now, words=" ")
    actions.refuse_message(held, by=pair.staff, at=pair.now, words="No numbers, please.")
    held.refresh_from_db()
    assert (held.status, held.words_to_author) == ("refused", "No numbers, please.")
    assert held not in Message.objects.visible_to(pair.mentee)
    letter = Letter.objects.get()
    assert letter.to_user == pair.mentor
    assert "numbers" not in letter.text


def test_other_words_from_the_same_page_are_another_message(pair):
    """Back, write again, send: the page has its old key, and the words must not be dropped."""
    key = uuid.uuid4()
    for words in ("Hi", "Can we meet on Friday?", "Hi"):
        write(pair, words, key=key)
    assert [m.words for m in Message.objects.all()] == ["Hi", "Can we meet on Friday?"]
