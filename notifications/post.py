"""Write a letter: rendered at once, one row per key, in the transaction of whatever it tells about."""

from __future__ import annotations

import logging
import time
from datetime import date, datetime
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation

from notifications import rules
from notifications.links import absolute
from notifications.models import Letter

log = logging.getLogger(__name__)

TEAM = "The One Million Mentors team"
QUIET_SECONDS = 30.0
missed_wakes = 0
_quiet_until = 0.0


def post(
    to: Any,
    template: str,
    *,
    key: str,
    about: str = "",
    due_on: date | None = None,
    urgent: bool = False,
    posted_at: datetime | None = None,
    **context: Any,
) -> Letter:
    """Write the letter `template` to a user or an e-mail address; the same key gives the same letter.

    Call it inside the action's transaction: letter and event are saved together or not at all.
    `about` is "app.model:pk"; gates registered for this kind are asked about that pk again when the letter
    leaves. Raises ValueError when the key is empty or longer than 200 characters.
    """
    if not 0 < len(key) <= 200:
        raise ValueError("A letter's key has 1 to 200 characters.")
    written = Letter.objects.filter(key=key).first()
    if written:
        return written
    user = None if isinstance(to, str) else to
    language = context.pop("language", None) or getattr(user, "language", "") or settings.LANGUAGE_CODE
    words: dict[str, Any] = {
        "first_name": user.first_name if user else "",
        "site_url": settings.SITE_URL,
        "team": TEAM,
        "language": language,
        **context,
    }
    words["first_name"] = rules.one_line(str(words["first_name"]))
    with translation.override(language):
        words["subject"] = rules.one_line(_plain(f"{_folder(template)}_subject.txt", words))
        text = rules.wrapped(_plain(f"{_folder(template)}_message.txt", words))
        html = get_template(f"{_folder(template)}.html").render(words)
    at = posted_at or timezone.now()
    try:
        with transaction.atomic():  # a savepoint: losing the race must not spoil the action's transaction
            letter = Letter.objects.create(
                key=key,
                kind=template,
                to_user=user,
                to_email=(user.email if user else to).strip(),
                language=language,
                subject=words["subject"],
                text=text,
                html=html,
                about=about,
                due_on=due_on,
                urgent=urgent,
                next_try_at=at,
                created_at=at,
                message_id=make_msgid(domain=urlsplit(absolute("/")).hostname or "localhost"),
            )
    except IntegrityError:
        return Letter.objects.get(key=key)
    transaction.on_commit(lambda: wake(letter))
    return letter


def wake(letter: Letter) -> None:
    """Hint to the worker that a letter waits. Never fails: the sweep finds what no hint told of."""
    global missed_wakes, _quiet_until
    if settings.CELERY_TASK_ALWAYS_EAGER or time.monotonic() < _quiet_until:
        return
    from notifications.tasks import send_letter

    try:
        send_letter.apply_async((letter.pk,), queue="urgent" if letter.urgent else None)
    except Exception as error:
        # A broker that is away costs half a second a try: after one miss we leave it alone for a while.
        missed_wakes += 1
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("no hint for letter %s: %s", letter.pk, type(error).__name__)


def _folder(template: str) -> str:
    app, _, event = template.partition("/")
    return f"{app}/email/{event}"


def _plain(name: str, words: dict[str, Any]) -> str:
    """Render without HTML escapes: in plain text O’Brien stays O’Brien."""
    chosen: Any = get_template(name)
    return str(chosen.template.render(Context(words, autoescape=False)))
