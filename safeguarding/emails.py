"""What safeguarding says: that something waits, and how soon. Never what, who or where."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse

from mentors.models import Mentor
from notifications.links import absolute
from notifications.post import post
from safeguarding import rules
from safeguarding.models import Concern, SafeguardingLead


def _tell(concern: Concern, to: Any, event: str, *, key: str) -> None:
    post(
        to,
        f"safeguarding/{event}",
        key=key,
        about=f"safeguarding.concern:{concern.pk}",
        urgent=True,
        reference=concern.reference,
        answer_by=concern.answer_by.astimezone(rules.LONDON),
        in_danger=concern.urgency == Concern.Urgency.DANGER,
        link=absolute(reverse("safeguarding:concern", args=[concern.pk])),
    )


def raised(concern: Concern, *, to: Any) -> None:
    _tell(concern, to, "raised", key=f"safeguarding/raised:concern-{concern.pk}:user-{to.pk}:")


def overdue(concern: Concern, *, to: Any) -> None:
    _tell(concern, to, "overdue", key=f"safeguarding/overdue:concern-{concern.pk}:user-{to.pk}:")


def many(*, to: Any, at: datetime) -> None:
    """One letter for ten minutes in which many strangers wrote."""
    spell = f"{at:%Y-%m-%dT%H}{at.minute // 10}"
    post(
        to,
        "safeguarding/many",
        key=f"safeguarding/many:{spell}:user-{to.pk}:",
        urgent=True,
        link=absolute(reverse("safeguarding:concerns")),
    )


def nobody_to_tell(concern: Concern, *, to: Any) -> None:
    post(
        to,
        "safeguarding/nobody_to_tell",
        key=f"safeguarding/nobody_to_tell:user-{to.pk}:{concern.raised_at:%Y-%m-%d}",
        urgent=True,
        link=absolute("/admin/"),
    )


def _changed(lead: SafeguardingLead, event: str, *, to: Any, at: datetime) -> None:
    post(
        to,
        f"safeguarding/{event}",
        key=f"safeguarding/{event}:lead-{lead.pk}:user-{to.pk}:{at:%Y-%m-%dT%H:%M}",
        name=lead.user.first_name,
        link=absolute(reverse("safeguarding:concerns")),
    )


def lead_named(lead: SafeguardingLead, *, to: Any, at: datetime) -> None:
    _changed(lead, "lead_named", to=to, at=at)


def lead_removed(lead: SafeguardingLead, *, to: Any, at: datetime) -> None:
    _changed(lead, "lead_removed", to=to, at=at)


def contact_days(mentor: Mentor, *, days: list[date], to: Any) -> None:
    """Of a mentor and a number. Whom they met stands nowhere in it."""
    post(
        to,
        "safeguarding/contact_days",
        key=f"safeguarding/contact_days:mentor-{mentor.pk}:user-{to.pk}:{days[-1]}",
        about=f"mentors.mentor:{mentor.pk}",
        mentor=mentor.name,
        code=mentor.code,
        days=len(days),
        link=absolute(reverse("admin:mentors_mentor_change", args=[mentor.pk])),
    )
