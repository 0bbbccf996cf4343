"""Send the application: both referees are asked in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from audit.models import Entry
from audit.transitions import NotAllowed, move
from mentors import emails, rules
from mentors.actions.profile import lock, why_not
from mentors.models import Mentor, Reference


@transaction.atomic
def send_application(mentor: Mentor, *, by: Any, at: datetime) -> bool:
    """Send it, ask the two referees and write to the mentor; False when it had been sent before.

    Raises NotAllowed with what is missing.
    """
    mentor = lock(mentor)
    if mentor.applied_at:
        return False
    if mentor.status != Mentor.Status.APPLYING:
        raise NotAllowed("This application is closed. Write to us if you would like to talk about it.")
    missing = rules.in_the_way_of_sending(mentor.facts(at))
    if missing:
        raise NotAllowed("Before you send it: " + "; ".join(m.words for m in missing).lower() + ".")
    references = list(mentor.references.filter(status=Reference.Status.NAMED))
    trouble = why_not(mentor, references)  # the mentor's own name or address may have changed since
    if trouble:
        raise NotAllowed(f"{trouble}.")
    if not Mentor.objects.filter(pk=mentor.pk, applied_at=None).update(applied_at=at):
        return False
    Entry.objects.record(mentor, "sent the application", by=by, at=at)
    for reference in references:
        reference.mentor = mentor
        ask(reference, by=by, at=at)
    emails.application_sent(mentor)
    return True


def ask(reference: Reference, *, by: Any, at: datetime) -> None:
    """Write to a referee for the first time."""
    move(reference, Reference.Status.ASKED, by=by, at=at, asked_at=at)
    emails.reference_requested(reference, at=at)
