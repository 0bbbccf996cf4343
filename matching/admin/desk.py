"""What waits for staff in matching, for the front page of the desk."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from audit.desk import Queue, Urgency, register
from matching.models import OfferQuestion, Proposal
from matching.models.waiting import waiting_for_review
from partners.models import Programme


@register
def to_review(user: Any) -> Queue:
    rows = waiting_for_review(user, at=timezone.now())
    return Queue("Matches to review", rows, reverse("admin:matching_shortlist_changelist"), Urgency.SOON)


@register
def second_yes(user: Any) -> Queue:
    """Only those that somebody else proposed: nobody says yes twice."""
    open_ones = Proposal.objects.visible_to(user).filter(status=Proposal.Status.OPEN)
    rows = open_ones.exclude(proposed_by=user)
    return Queue(
        "Proposals that need your yes", rows, reverse("admin:matching_shortlist_changelist"), Urgency.SOON
    )


@register
def questions(user: Any) -> Queue:
    mine = OfferQuestion.objects.unanswered().filter(match__programme__in=Programme.objects.managed_by(user))
    url = reverse("admin:matching_offerquestion_changelist") + "?answered_at__isempty=1"
    return Queue("Questions about offers", mine, url, Urgency.NOW)
