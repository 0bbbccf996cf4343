"""What happens later, by dates: reminders, ends, and what is forgotten."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from mentees import actions


@shared_task
def remind_guardians() -> None:
    actions.remind_guardians(at=timezone.now())


@shared_task
def expire_permissions() -> None:
    actions.expire_permissions(at=timezone.now())


@shared_task
def forget_drafts() -> None:
    actions.forget_drafts(at=timezone.now())
