"""The sender: claim one letter, hand it over, say how it ended. And what a person may decide about one."""

from __future__ import annotations

import contextlib
import logging
import smtplib
import time
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection as database
from django.db import transaction

from notifications import gates, rules
from notifications.models import Letter

log = logging.getLogger(__name__)

Status = Letter.Status
DUMMY = "django.core.mail.backends.dummy.EmailBackend"
BUDGET_SECONDS = 200.0  # a sweep ends before Celery's soft limit of 240 s, and that before the lease
DROPPED = "the line dropped while the letter was being handed over"
LOST = "the sender was lost before it said how it ended"
REST = timedelta(minutes=5)


class NotAllowed(Exception):
    """A step that cannot be taken; its text is a sentence for the person who tried."""


# --- The sender ----------------------------------------------------------------------------------


def send_due(*, at: datetime, budget: float = BUDGET_SECONDS) -> int:
    """Send every letter that is due, one at a time, and give the number of letters dealt with.

    Without a mail server that answers nothing is claimed, so an outage costs no letter a try. After a line
    that dropped in the middle of a letter we rest for five minutes: each further try could leave one more
    letter of which nobody knows.
    """
    hand_over_abandoned(at=at)
    began = time.monotonic()
    done = 0
    wire = _open_wire(at)
    if wire is None:
        return done
    try:
        while time.monotonic() - began < budget:
            now = at + timedelta(seconds=time.monotonic() - began)
            letter = claim(at=now)
            if letter is None:
                break
            done += 1
            if not _deliver(letter, wire, now):
                break
    finally:
        wire.close()
    return done


def send_one(pk: int, *, at: datetime) -> bool:
    """Send this letter now if it is due and nobody else has it."""
    wire = _open_wire(at)
    if wire is None:
        return False
    try:
        letter = claim(pk=pk, at=at)
        if letter is None:
            return False
        _deliver(letter, wire, at)
    finally:
        wire.close()
    return True


def claim(*, at: datetime, pk: int | None = None) -> Letter | None:
    """Take the next due letter (or the one named) for this sender alone, until its lease ends.

    The winner is whoever's UPDATE still finds the row queued; on PostgreSQL senders also step over rows
    that another one is just claiming, so that they do not queue up behind each other.
    """
    while True:
        with transaction.atomic():
            rows = Letter.objects.due(at)
            if pk is not None:
                rows = rows.filter(pk=pk)
            if database.features.has_select_for_update_skip_locked:
                rows = rows.select_for_update(skip_locked=True)
            letter = rows.first()
            if letter is None:
                return None
            if _change(
                letter, Status.SENDING, lease_until=at + rules.LEASE, tries=letter.tries + 1, last_error=""
            ):
                return letter


def hand_over_abandoned(*, at: datetime) -> int:
    """Mark letters whose sender was lost as unsure: perhaps they left, so nobody resends them blindly."""
    lost = 0
    for letter in Letter.objects.abandoned(at).order_by("pk")[:1000]:
        lost += _change(letter, Status.UNSURE, last_error=LOST)
    if lost:
        log.error("%s letters are unsure after a lost sender", lost)
    return lost


def forget_bodies(*, at: datetime) -> int:
    """Forget the words of letters that left, or were cancelled, a week ago; the row stays.

    Not in the demo, where a visitor reads them.
    """
    if settings.DEMO:
        return 0
    before = at - rules.FORGET_AFTER
    forgotten = 0
    for dated in (
        {"status": Status.SENT, "sent_at__lte": before},
        {"status": Status.CANCELLED, "created_at__lte": before},
    ):
        while True:
            batch = list(
                Letter.objects.filter(forgotten_at__isnull=True, **dated).values_list("pk", flat=True)[:1000]
            )
            if not batch:
                break
            forgotten += Letter.objects.filter(pk__in=batch).update(
                subject="", text="", html="", forgotten_at=at
            )
    return forgotten


# --- What a person decides -----------------------------------------------------------------------


def retry(letter: Letter, *, by: Any, at: datetime) -> None:
    """Queue a letter again that is dead or unsure. Raises NotAllowed for any other."""
    if letter.status not in {Status.DEAD, Status.UNSURE}:
        raise NotAllowed(f"This letter is {letter.outcome}, so it cannot be sent again.")
    _decide(letter, Status.QUEUED, by=by, at=at, tries=0, next_try_at=at, last_error="", lease_until=None)


def confirm_sent(letter: Letter, *, by: Any, at: datetime) -> None:
    """Note that an unsure letter did arrive. Raises NotAllowed for any other."""
    if letter.status != Status.UNSURE:
        raise NotAllowed(f"This letter is {letter.outcome}, so there is nothing to confirm.")
    _decide(letter, Status.SENT, by=by, at=at, sent_at=at, on_the_wire=True, lease_until=None)


def cancel(letter: Letter, *, by: Any, at: datetime) -> None:
    """Keep a letter that waits from leaving. Raises NotAllowed for any other."""
    if letter.status != Status.QUEUED:
        raise NotAllowed(f"This letter is {letter.outcome}, so it cannot be cancelled.")
    _decide(letter, Status.CANCELLED, by=by, at=at, last_error="cancelled by hand")


def _decide(letter: Letter, to: str, *, by: Any, at: datetime, **changes: Any) -> None:
    if not _change(letter, to, handled_by=by, handled_at=at, **changes):
        raise NotAllowed("This letter changed since you opened it. Nothing was saved. Please look again.")


# --- How one letter leaves -----------------------------------------------------------------------


class Wire:
    """One open line to the mail server, which knows whether a letter's text has begun to leave."""

    def __init__(self) -> None:
        self.kept = settings.EMAIL_BACKEND == DUMMY
        self.backend = get_connection()
        self.has_begun = False

    def open(self) -> None:
        self.backend.open()
        smtp = getattr(self.backend, "connection", None)
        if isinstance(smtp, smtplib.SMTP):
            say = smtp.data

            def data(message: Any) -> Any:
                self.has_begun = True
                return say(message)

            smtp.data = data  # type: ignore[method-assign,assignment]

    def send(self, letter: Letter) -> None:
        self.has_begun = False
        if self.kept:
            return
        message = EmailMultiAlternatives(
            subject=letter.subject,
            body=letter.text,
            to=[letter.to_email],
            headers={
                "Message-ID": letter.message_id,
                "Auto-Submitted": "auto-generated",
                "Content-Language": letter.language,
            },
            connection=self.backend,
        )
        message.attach_alternative(letter.html, "text/html")
        message.send()

    def close(self) -> None:
        with contextlib.suppress(smtplib.SMTPException, OSError):  # what was handed over is settled already
            self.backend.close()


def _open_wire(at: datetime) -> Wire | None:
    if settings.LETTERS_HELD:
        log.warning("letters are held: nothing leaves until LETTERS_HELD is off")
        return None
    resting = Letter.objects.filter(
        status=Status.UNSURE, last_error=DROPPED, next_try_at__gt=at - REST
    ).exists()
    if resting:
        return None
    wire = Wire()
    try:
        wire.open()
    except (smtplib.SMTPException, OSError) as error:
        log.error("no mail server: %s", type(error).__name__)
        return None
    return wire


def _deliver(letter: Letter, wire: Wire, at: datetime) -> bool:
    """Send one claimed letter and settle it; false when the line is not fit for another."""
    try:
        reason = _reason_to_stay(letter, at)
        if reason:
            _settle(letter, Status.CANCELLED, last_error=reason[:200])
            return True
        wire.send(letter)
    except Exception as error:
        return _settle_failure(letter, wire, error, at)
    _settle(letter, Status.SENT, sent_at=at, on_the_wire=not wire.kept)
    return True


def _reason_to_stay(letter: Letter, at: datetime) -> str:
    if rules.gone_stale(letter.due_on, at):
        return f"stale: it was due more than {rules.STALE_AFTER_DAYS} days ago"
    return gates.reason_to_stay(letter.kind, letter.about, at)


def _settle_failure(letter: Letter, wire: Wire, error: Exception, at: datetime) -> bool:
    """Refused for good, refused for now, or unclear: three different ends. Names no address."""
    code = _smtp_code(error)
    what = f"{type(error).__name__} {code}" if code else type(error).__name__
    if wire.has_begun and not code:
        # The text had begun to leave and no answer came: it may have arrived.
        _settle(letter, Status.UNSURE, last_error=DROPPED, next_try_at=at)
        log.error("letter %s is unsure: %s", letter.pk, what)
        return False
    wait = rules.wait_after(letter.tries)
    if wait is None or (code is not None and code >= 500):
        _settle(letter, Status.DEAD, last_error=what)
        log.error("letter %s is dead after %s tries: %s", letter.pk, letter.tries, what)
    else:
        _settle(letter, Status.QUEUED, last_error=what, next_try_at=at + wait, lease_until=None)
        log.warning("letter %s waits for another try: %s", letter.pk, what)
    # Without an answer the line itself is gone; with one, the next letter can use it.
    return code is not None or not isinstance(error, (smtplib.SMTPException, OSError))


def _smtp_code(error: Exception) -> int | None:
    """The mail server's answer about this letter, if it gave one."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return max((code for code, _ in error.recipients.values()), default=None)
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code
    return None


def _settle(letter: Letter, to: str, **changes: Any) -> None:
    if _change(letter, to, **changes):
        return
    # The lease ran out while the server was slow and the letter was handed over as unsure; we know better.
    Letter.objects.filter(pk=letter.pk, status=Status.UNSURE, last_error=LOST).update(status=to, **changes)


def _change(letter: Letter, to: str, **changes: Any) -> bool:
    """Move a letter by one conditional UPDATE: of two that try, one wins.

    Not `audit.transitions.move`: the ground's rooms do not import each other, and a letter's own row says
    when, how often and by whom; an audit entry for each of a million letters would say it again.
    """
    if to not in Letter.NEXT[letter.status]:
        raise NotAllowed(f"A letter that is {letter.outcome} cannot become “{Status(to).label}”.")
    moved = Letter.objects.filter(pk=letter.pk, status=letter.status, tries=letter.tries).update(
        status=to, **changes
    )
    if moved:
        for name, value in {"status": to, **changes}.items():
            setattr(letter, name, value)
    return bool(moved)
