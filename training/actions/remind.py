"""What we say when nothing happens: a nudge, and a warning before safeguarding lapses."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from training import emails, rules
from training.models import Enrolment, ModulePass


def nudge_stalled(*, at: datetime) -> int:
    """Write to everyone who stopped half-way 7 and 14 days ago, once each; how many letters."""
    written = 0
    # The later nudge first: who missed the first night gets one letter tonight, not two.
    for nudge in range(len(rules.NUDGES), 0, -1):
        due = Enrolment.objects.stalled(at, nudge)
        for pk in list(due.values_list("pk", flat=True)):
            with transaction.atomic():
                # The number is part of the question: only one of two workers can win this row.
                if not due.filter(pk=pk).update(nudges=nudge):
                    continue
                place = Enrolment.objects.select_related("user", "course").get(pk=pk)
                emails.nudge(place, rules.NUDGES[nudge - 1], at=at)
                written += 1
    return written


def remind_lapsing(*, at: datetime) -> int:
    """Write to everyone whose module lapses within 30 days; how many letters. Once for each pass."""
    written = 0
    due = ModulePass.objects.lapsing(at)
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            if not due.filter(pk=pk).update(reminded_at=at):
                continue
            emails.lapsing(ModulePass.objects.select_related("user", "module__course").get(pk=pk), at=at)
            written += 1
    return written
