"""What waits for staff about young people, for the front page of the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from audit.desk import Queue, Urgency, register
from mentees.models import Request


def _list(query: str) -> str:
    return f"{reverse('admin:mentees_request_changelist')}?{query}"


@register
def to_triage(user: Any) -> Queue:
    waiting = Request.objects.visible_to(user).to_triage()
    oldest = waiting.select_related("programme").first()
    late = oldest is not None and oldest.triage_by is not None and oldest.triage_by <= timezone.localdate()
    return Queue("Requests to answer", waiting, _list("waits=answer"), Urgency.NOW if late else Urgency.SOON)


@register
def to_talk_to(user: Any) -> Queue:
    waiting = Request.objects.visible_to(user).to_talk_to()
    return Queue("Young people to talk to first", waiting, _list("waits=talk"), Urgency.NOW)


@register
def without_permission(user: Any) -> Queue:
    stuck = (
        Request.objects.visible_to(user)
        .with_stage(timezone.now())
        .filter(stage=Request.Stage.NEEDS, status__in=(Request.Status.ASKED, Request.Status.ACCEPTED))
    )
    return Queue("Permission refused or run out", stuck, _list("waits=yes"), Urgency.WHEN_YOU_CAN)
