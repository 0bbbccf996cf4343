"""A mentor's own pause: no new matches for some months."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from mentors import rules
from mentors.models import Mentor


@transaction.atomic
def pause(mentor: Mentor, months: int, *, by: Any, at: datetime) -> None:
    """Suggest nobody to this mentor for 1, 3 or 6 months; it ends by itself. Active matches go on."""
    if months not in rules.PAUSES:
        raise NotAllowed("Choose 1, 3 or 6 months.")
    until = rules.months_after(timezone.localdate(at), months)
    if Mentor.objects.filter(pk=mentor.pk).exclude(paused_until=until).update(paused_until=until):
        Entry.objects.record(mentor, "paused", by=by, at=at, until=until.isoformat())
    mentor.paused_until = until


@transaction.atomic
def unpause(mentor: Mentor, *, by: Any, at: datetime) -> None:
    """End the pause now; whoever ends it needs no letter."""
    if Mentor.objects.filter(pk=mentor.pk, paused_until__isnull=False).update(paused_until=None):
        Entry.objects.record(mentor, "ended the pause", by=by, at=at)
    mentor.paused_until = None
