from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from notifications import actions
from notifications.models import Letter
from tests import factories
from tests.notifications.conftest import NOW, REFUSED, MailServer


def test_it_sends_a_dead_letter_again_when_a_person_says_so(write: Any, server: MailServer) -> None:
    letter, person = write(), factories.make_staff()
    server.answers[letter.to_email] = REFUSED
    actions.send_due(at=NOW)
    letter.refresh_from_db()
    actions.retry(letter, by=person, at=NOW)
    server.answers.clear()
    actions.send_due(at=NOW)
    letter.refresh_from_db()
    assert (letter.status, letter.handled_by) == ("sent", person)
    with pytest.raises(actions.NotAllowed, match="cannot be sent again"):
        actions.retry(letter, by=person, at=NOW)


def test_it_takes_the_first_of_two_clicks(write: Any) -> None:
    letter, person = write(), factories.make_staff()
    Letter.objects.update(status="unsure")
    one, two = Letter.objects.get(pk=letter.pk), Letter.objects.get(pk=letter.pk)
    actions.confirm_sent(one, by=person, at=NOW)
    with pytest.raises(actions.NotAllowed, match="changed since"):
        actions.retry(two, by=person, at=NOW)


def test_it_cancels_what_waits_and_nothing_else(write: Any, server: MailServer) -> None:
    letter, person = write(), factories.make_staff()
    actions.cancel(letter, by=person, at=NOW)
    assert actions.send_due(at=NOW) == 0
    with pytest.raises(actions.NotAllowed, match="cannot be cancelled"):
        actions.cancel(letter, by=person, at=NOW)


def test_it_forgets_the_words_a_week_after_sending(write: Any, server: MailServer, settings: Any) -> None:
    sent, waiting = write(), write(posted_at=NOW + timedelta(days=30))
    actions.send_one(sent.pk, at=NOW)
    week = timedelta(days=7)
    assert actions.forget_bodies(at=NOW + week - timedelta(seconds=1)) == 0
    settings.DEMO = True
    assert actions.forget_bodies(at=NOW + week) == 0
    settings.DEMO = False
    assert actions.forget_bodies(at=NOW + week) == 1
    assert actions.forget_bodies(at=NOW + week) == 0
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.subject, sent.text, sent.html) == ("", "", "")
    assert waiting.text
