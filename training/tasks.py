"""What training does by itself; each may run twice without harm."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from training import actions


@shared_task
def nudge() -> int:
    return actions.nudge_stalled(at=timezone.now())


@shared_task
def remind_lapsing() -> int:
    return actions.remind_lapsing(at=timezone.now())


@shared_task
def remind_workshops() -> int:
    return actions.remind_workshops(at=timezone.now())


@shared_task
def close_waiting_lists() -> int:
    return actions.close_waiting_lists(at=timezone.now())
