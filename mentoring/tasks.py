"""What happens later, between a pair: thin, and safe to run twice."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from mentoring import actions


@shared_task
def remind_meetings() -> None:
    actions.remind_meetings(at=timezone.now())


@shared_task
def ask_for_logs() -> None:
    actions.ask_for_logs(at=timezone.now())
