"""What training says: well done, still there?, and time for a refresher."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from notifications.links import absolute
from notifications.post import post
from training.models import Certificate as CertificateRow
from training.models import Enrolment, ModulePass


def certificate(row: CertificateRow, *, at: datetime) -> None:
    post(
        row.user,
        "training/certificate",
        key=f"training/certificate:{row.pk}:{row.user_id}:{row.issued_on}",
        about=f"training.certificate:{row.pk}",
        due_on=row.issued_on,
        posted_at=at,
        course=row.course.title,
        number=row.number,
        link=absolute(row.get_absolute_url()),
    )


def nudge(place: Enrolment, days: int, *, at: datetime) -> None:
    stopped_on = timezone.localdate(place.last_active_at)
    post(
        place.user,
        "training/nudge",
        key=f"training/nudge:{place.pk}:{place.user_id}:{stopped_on}+{days}",
        about=f"training.enrolment:{place.pk}",
        due_on=timezone.localdate(at),
        posted_at=at,
        course=place.course.title,
        days=days,
        progress=place.course.progress_of(place.user, at),
        link=absolute(place.course.get_absolute_url()),
    )


def lapsing(row: ModulePass, *, at: datetime) -> None:
    post(
        row.user,
        "training/lapsing",
        key=f"training/lapsing:{row.pk}:{row.user_id}:{row.lapses_on}",
        about=f"training.modulepass:{row.pk}",
        due_on=row.lapses_on,
        posted_at=at,
        module=row.module.title,
        lapses_on=row.lapses_on,
        is_changed=row.version < row.module.changed_in,
        link=absolute(row.module.get_absolute_url()),
    )
