"""Write to each other. Every message is screened before it leaves; what is held waits for a person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed, move
from matching.models import Match
from mentoring import emails, rules
from mentoring.actions.pair import check_going_on, check_is_a_colleague, lock_own_match
from mentoring.models import Message

LONGEST = 2_000
PIECES = 5  # messages that a number may be spread over
PIECES_WITHIN = timedelta(days=2)
S = Message.Status


@transaction.atomic
def send_message(match: Match, *, by: Any, at: datetime, words: str, form_key: UUID | str) -> Message:
    """Write a message: screened, then delivered or held. The same words from the same form are one message.

    Raises NotAllowed when nothing, or too much, was written.
    """
    match = lock_own_match(match.pk, by)
    key = _key(form_key, words)
    message = Message.objects.filter(form_key=key, author=by, match=match).first()
    if message:
        return message
    if rules.is_empty(words):
        raise NotAllowed("Write something first.")
    if len(words) > LONGEST:
        raise NotAllowed(f"A message can have 2,000 characters. Yours has {len(words):,}.")
    reasons = rules.why_hold(words)
    if rules.PHONE not in reasons and rules.completes_a_number(_last_words(match, by, at), words):
        reasons.insert(0, rules.PHONE)
    message = Message.objects.create(
        match=match,
        author=by,
        words=words,
        held_because=reasons,
        written_at=at,
        screened_at=at,
        form_key=key,
    )
    if reasons:
        Entry.objects.record(message, "held", at=at, reasons=reasons)
    else:
        move(message, S.DELIVERED, by=by, at=at, delivered_at=at)
        emails.message_waiting(message, on=timezone.localdate(at))
    return message


@transaction.atomic
def rewrite_message(message: Message, *, by: Any, at: datetime, words: str, form_key: UUID | str) -> Message:
    """Take a held message back and send better words. The first ones are kept; nobody gets them."""
    key = _key(form_key, words)
    again = Message.objects.filter(form_key=key, author=by, match=message.match_id).first()
    if again:
        return again
    take_back(message, by=by, at=at)
    return send_message(message.match, by=by, at=at, words=words, form_key=form_key)


@transaction.atomic
def take_back(message: Message, *, by: Any, at: datetime) -> None:
    """Take a held message back. Raises NotAllowed when staff have decided already. Twice is once."""
    lock_own_match(message.match_id, by, may_be_paused=True)
    message = Message.objects.get(pk=message.pk, author=by)
    if message.status == S.TAKEN_BACK:
        return
    if message.status != S.HELD:
        raise NotAllowed("Our team has looked at this message already, so it can’t be changed.")
    move(message, S.TAKEN_BACK, by=by, at=at)


@transaction.atomic
def release_message(message: Message, *, by: Any, at: datetime) -> None:
    """Staff send a held message on. Raises NotAllowed when it is decided, or the match is not going on."""
    message = _held(message, by)
    check_going_on(message.match)
    move(
        message,
        S.DELIVERED,
        by=by,
        at=at,
        delivered_at=at,
        screened_at=at,
        decided_by=by,
        decided_at=at,
    )
    emails.message_waiting(message, on=timezone.localdate(at))
    emails.message_decided(message, was_sent=True)


@transaction.atomic
def refuse_message(message: Message, *, by: Any, at: datetime, words: str) -> None:
    """Staff do not send a held message on, and tell its author why."""
    message = _held(message, by)
    if rules.is_empty(words):
        raise NotAllowed("Write a word to whoever wrote it.")
    move(message, S.REFUSED, by=by, at=at, decided_by=by, decided_at=at, words_to_author=words[:300])
    emails.message_decided(message, was_sent=False)


def _key(form_key: UUID | str, words: str) -> UUID:
    """A page that was gone back to keeps its key; other words written there are another message."""
    return uuid5(UUID(str(form_key)), words)


def _held(message: Message, by: Any) -> Message:
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("author", "match__programme", "match__mentor__user", "match__mentee__user")
        .get(pk=message.pk)
    )
    if message.status != S.HELD:
        raise NotAllowed("This message isn’t held any more. Nothing was saved.")
    check_is_a_colleague(message.match, by)
    return message


def _last_words(match: Match, by: Any, at: datetime) -> list[str]:
    """What this author wrote here lately, oldest first."""
    rows = (
        Message.objects.filter(match=match, author=by, written_at__gte=at - PIECES_WITHIN)
        .exclude(status=S.TAKEN_BACK)
        .order_by("-written_at", "-id")
        .values_list("words", flat=True)[:PIECES]
    )
    return list(rows)[::-1]
