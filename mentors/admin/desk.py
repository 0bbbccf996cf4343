"""What waits for staff about mentors, for the front page of the desk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from audit.desk import Queue, Urgency, register
from mentors import rules
from mentors.models import Check, Mentor


def _list(query: str) -> str:
    return f"{reverse('admin:mentors_mentor_changelist')}?{query}"


@register
def to_approve(user: Any) -> Queue:
    """Those whose checks somebody else did: nobody approves what they checked."""
    waiting = Mentor.objects.visible_to(user).to_approve(timezone.now())
    return Queue(
        "Mentors ready for approval",
        waiting.exclude(checks__seen_by=user).exclude(user=user),
        _list("stands=approve"),
        Urgency.SOON,
    )


@register
def to_check(user: Any) -> Queue:
    waiting = Mentor.objects.visible_to(user).to_check(timezone.now())
    return Queue("Checks to record", waiting, _list("stands=check"), Urgency.SOON)


@register
def expiring(user: Any) -> Queue:
    on = timezone.localdate()
    soon = Mentor.objects.visible_to(user).with_dbs_due(on, on + timedelta(days=max(rules.CHECK_REMINDERS)))
    late = Check.objects.visible_to(user).lapsed_in_force(on)
    return Queue(
        "Checks about to expire",
        soon,
        _list("stands=expiring"),
        Urgency.NOW if late.exists() else Urgency.WHEN_YOU_CAN,
    )
