"""The roof's own later: the sign that beat and a worker are alive."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from onemm import health


@shared_task
def tick() -> None:
    health.note_tick(timezone.now())
