"""What happens later, about concerns: thin, and safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from safeguarding import actions


@shared_task
def escalate() -> None:
    actions.escalate(at=timezone.now())


@shared_task
def tell_of_contact_days() -> None:
    actions.tell_of_contact_days(at=timezone.now())
