from __future__ import annotations

import smtplib
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail

from notifications import actions, gates, rules
from notifications.models import Letter
from tests.notifications.conftest import NOT_NOW, NOW, REFUSED, MailServer


def status(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.status


def test_it_sends_each_letter_once_with_its_own_id(write: Any) -> None:
    letters = [write() for _ in range(3)]
    assert actions.send_due(at=NOW) == 3
    assert actions.send_due(at=NOW + timedelta(minutes=1)) == 0
    assert [m.extra_headers["Message-ID"] for m in mail.outbox] == [x.message_id for x in letters]
    assert mail.outbox[0].alternatives[0].mimetype == "text/html"
    assert {status(x) for x in letters} == {"sent"}
    assert letters[0].on_the_wire
    assert letters[0].sent_at is not None


def test_it_says_kept_when_there_is_no_wire(write: Any, settings: Any) -> None:
    settings.EMAIL_BACKEND = actions.DUMMY
    letter = write()
    actions.send_due(at=NOW)
    assert status(letter) == "sent"
    assert letter.outcome == "kept, not posted"
    assert not mail.outbox


def test_it_sends_urgent_letters_first(write: Any, server: MailServer) -> None:
    write()
    urgent = write(urgent=True, posted_at=NOW + timedelta(seconds=30))
    actions.send_due(at=NOW + timedelta(minutes=1))
    assert server.sent[0].pk == urgent.pk


def test_it_lets_one_of_two_senders_have_a_letter(write: Any, monkeypatch: Any) -> None:
    """The second had read the row before the first moved it; the control shows its UPDATE wins alone."""
    letter = write()
    stale = Letter.objects.get(pk=letter.pk)
    assert actions.claim(pk=letter.pk, at=NOW) is not None
    assert actions.claim(pk=letter.pk, at=NOW) is None
    assert actions._change(stale, "sending", tries=1) is False
    alone = write()
    assert actions._change(Letter.objects.get(pk=alone.pk), "sending", tries=1) is True


def test_it_calls_a_letter_unsure_after_a_kill_and_never_resends_it(write: Any, server: MailServer) -> None:
    """Killed between claim and mark: nobody knows, so a person decides."""
    letter = write()
    actions.claim(pk=letter.pk, at=NOW)
    almost = NOW + rules.LEASE - timedelta(seconds=1)
    actions.send_due(at=almost)
    assert status(letter) == "sending"
    actions.send_due(at=NOW + rules.LEASE)
    assert status(letter) == "unsure"
    for hour in range(1, 30):
        actions.send_due(at=NOW + timedelta(hours=hour))
    assert status(letter) == "unsure"
    assert server.sent == []


def test_it_believes_a_slow_sender_that_comes_back(write: Any, server: MailServer) -> None:
    """The lease ran out while the server thought it over; then the answer came."""
    letter = write()
    claimed = actions.claim(pk=letter.pk, at=NOW)
    assert claimed
    actions.hand_over_abandoned(at=NOW + rules.LEASE)
    actions._deliver(claimed, actions.Wire(), NOW + rules.LEASE)
    assert status(letter) == "sent"


def test_it_tries_eight_times_over_four_hours_then_gives_up(write: Any, server: MailServer) -> None:
    letter = write()
    server.answers[letter.to_email] = NOT_NOW
    tries_at, now = [], NOW
    while now < NOW + timedelta(days=2):
        before = letter.tries
        actions.send_due(at=now)
        letter.refresh_from_db()
        if letter.tries > before:
            tries_at.append(now - NOW)
        now += timedelta(minutes=1)
    assert len(tries_at) == rules.MOST_TRIES == 8
    assert timedelta(hours=4) <= tries_at[-1] <= timedelta(hours=4, minutes=30)
    assert letter.status == "dead"


def test_it_parks_the_letter_that_was_refused_for_good_and_no_other(
    write: Any, server: MailServer, caplog: Any
) -> None:
    refused, fine = write("gone@people.example"), write("here@people.example")
    server.answers["gone@people.example"] = REFUSED
    actions.send_due(at=NOW)
    assert (status(refused), status(fine)) == ("dead", "sent")
    assert refused.tries == 1
    assert refused.last_error == "SMTPRecipientsRefused 550"
    assert "@" not in caplog.text  # no address in any log


def test_it_keeps_going_past_a_poison_row(write: Any, server: MailServer) -> None:
    poison = write("poison@people.example")
    others = [write(f"{n}@people.example") for n in range(5)]
    server.answers["poison@people.example"] = ValueError("Header values can't contain newlines")
    actions.send_due(at=NOW)
    assert [status(x) for x in others] == ["sent"] * 5
    assert status(poison) == "queued"
    assert poison.last_error == "ValueError"


def test_it_never_hands_over_an_address_with_a_second_line(write: Any) -> None:
    letter = write("amara@people.example\nBcc: all@people.example")
    actions.send_due(at=NOW)
    assert status(letter) == "queued"
    assert not mail.outbox


@pytest.mark.parametrize(
    "away",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        smtplib.SMTPAuthenticationError(535, b"bad password"),
        smtplib.SMTPServerDisconnected(),
    ],
)
def test_it_costs_no_letter_a_try_while_the_server_is_away(
    write: Any, server: MailServer, away: Exception
) -> None:
    letters = [write(f"{n}@people.example") for n in range(3)]
    server.is_away = away
    for minute in range(120):
        assert actions.send_due(at=NOW + timedelta(minutes=minute)) == 0
    assert {(status(x), x.tries) for x in letters} == {("queued", 0)}
    server.is_away = None
    actions.send_due(at=NOW + timedelta(hours=2))
    assert {status(x) for x in letters} == {"sent"}


def test_it_calls_unsure_what_was_cut_off_after_data_and_rests(write: Any, server: MailServer) -> None:
    cut, other = write("cut@people.example"), write("other@people.example")
    server.answers["cut@people.example"] = smtplib.SMTPServerDisconnected()
    server.after_data = {"cut@people.example"}
    actions.send_due(at=NOW)
    assert (status(cut), status(other)) == ("unsure", "queued")
    actions.send_due(at=NOW + timedelta(minutes=4))
    assert status(other) == "queued"  # we rest, or each try would leave one more such letter
    actions.send_due(at=NOW + timedelta(minutes=6))
    assert (status(cut), status(other)) == ("unsure", "sent")


def test_it_tries_again_what_was_cut_off_before_data(write: Any, server: MailServer) -> None:
    letter = write()
    server.answers[letter.to_email] = smtplib.SMTPServerDisconnected()
    actions.send_due(at=NOW)
    assert status(letter) == "queued"
    server.answers.clear()
    actions.send_due(at=NOW + timedelta(minutes=2))
    assert status(letter) == "sent"


def test_it_asks_the_gates_again_when_it_sends(write: Any, server: MailServer) -> None:
    asked = []

    def still_active(pk: str, at: Any) -> str:
        asked.append((pk, at))
        return "the match is over" if pk == "1" else ""

    gates.register("scratch/hello", still_active)
    over, active = write(about="matching.match:1"), write(about="matching.match:2")
    actions.send_due(at=NOW)
    assert (status(over), status(active)) == ("cancelled", "sent")
    assert over.last_error == "the match is over"
    assert [pk for pk, _ in asked] == ["1", "2"]


def test_it_holds_back_a_letter_whose_gate_breaks(write: Any, server: MailServer) -> None:
    def broken(pk: str, at: Any) -> str:
        raise LookupError("secret name")

    gates.register("scratch/hello", broken)
    letter = write(about="matching.match:1")
    actions.send_due(at=NOW)
    assert (status(letter), letter.last_error) == ("queued", "LookupError")
    assert not server.sent


def test_it_cancels_what_is_stale_with_the_reason(write: Any, server: MailServer) -> None:
    fresh, stale = write(due_on=date(2026, 11, 18)), write(due_on=date(2026, 11, 17))
    actions.send_due(at=NOW)
    assert (status(fresh), status(stale)) == ("sent", "cancelled")
    assert stale.last_error.startswith("stale")


def test_it_sends_nothing_while_letters_are_held(write: Any, server: MailServer, settings: Any) -> None:
    settings.LETTERS_HELD = True
    letter = write()
    assert actions.send_due(at=NOW) == 0
    assert not actions.send_one(letter.pk, at=NOW)
    settings.LETTERS_HELD = False
    assert actions.send_one(letter.pk, at=NOW)
    assert status(letter) == "sent"


def test_it_sends_one_named_letter_once(write: Any, server: MailServer) -> None:
    letter, other = write(), write()
    assert actions.send_one(letter.pk, at=NOW)
    assert not actions.send_one(letter.pk, at=NOW)
    assert [x.pk for x in server.sent] == [letter.pk]
    assert status(other) == "queued"
