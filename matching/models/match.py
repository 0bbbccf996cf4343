"""The match: one table from a staff member's yes to the last goodbye."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from matching import rules
from mentees.models import Mentee, Request
from mentors.models import Mentor
from partners.models import Programme

OPEN = ("approved", "offered_to_mentor", "offered_to_mentee", "active", "paused", "closing")
ENDED_FOR_EVER = ("declined_by_mentor", "declined_by_mentee", "closed")  # this pair is never suggested again
# What each of the two may see of the other grows with the status: see the querysets below.
SEEN_BY_MENTOR = ("offered_to_mentor", "offered_to_mentee", "active", "paused", "closing")
SEEN_BY_MENTEE = ("offered_to_mentee", "active", "paused", "closing")


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: Any) -> MatchQuerySet:
        """Staff: their programmes. A mentor: from the offer on. A young person: once the mentor said yes.

        A coordinator sees that there is a match, through the request's status, and not the match.
        """
        if not user.is_active:
            return self.none()
        if user.is_staff:
            return self.filter(programme__in=Programme.objects.managed_by(user))
        return self.filter(
            Q(mentor__user=user, status__in=SEEN_BY_MENTOR) | Q(mentee__user=user, status__in=SEEN_BY_MENTEE)
        )

    def open(self) -> MatchQuerySet:
        return self.filter(status__in=OPEN)

    def active(self) -> MatchQuerySet:
        return self.filter(status=Match.Status.ACTIVE)


class Match(models.Model):
    """One pair that staff approved, from the offer to the goodbye."""

    class Status(models.TextChoices):
        APPROVED = "approved", "Approved"
        OFFERED_TO_MENTOR = "offered_to_mentor", "Waiting for the mentor"
        OFFERED_TO_MENTEE = "offered_to_mentee", "Waiting for the young person"
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"
        CLOSING = "closing", "Closing"
        CLOSED = "closed", "Closed"
        DECLINED_BY_MENTOR = "declined_by_mentor", "Declined by the mentor"
        DECLINED_BY_MENTEE = "declined_by_mentee", "Declined by the young person"
        LAPSED = "lapsed", "Lapsed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.APPROVED: (Status.OFFERED_TO_MENTOR, Status.WITHDRAWN),
        Status.OFFERED_TO_MENTOR: (
            Status.OFFERED_TO_MENTEE,
            Status.DECLINED_BY_MENTOR,
            Status.LAPSED,
            Status.WITHDRAWN,
        ),
        Status.OFFERED_TO_MENTEE: (Status.ACTIVE, Status.DECLINED_BY_MENTEE, Status.LAPSED, Status.WITHDRAWN),
        Status.ACTIVE: (Status.PAUSED, Status.CLOSING),
        Status.PAUSED: (Status.ACTIVE, Status.CLOSING),
        Status.CLOSING: (Status.CLOSED, Status.ACTIVE, Status.PAUSED),
        Status.CLOSED: (),
        Status.DECLINED_BY_MENTOR: (),
        Status.DECLINED_BY_MENTEE: (),
        Status.LAPSED: (),
        Status.WITHDRAWN: (),
    }

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="matches")
    mentor = models.ForeignKey(Mentor, on_delete=models.PROTECT, related_name="matches")
    mentee = models.ForeignKey(Mentee, on_delete=models.PROTECT, related_name="matches")
    request = models.ForeignKey(Request, on_delete=models.PROTECT, related_name="matches")
    slot = models.PositiveSmallIntegerField(help_text="Which of the mentor's places it takes, from 1.")
    status = models.CharField(max_length=20, choices=Status, default=Status.APPROVED, editable=False)
    score = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    components = models.JSONField(default=dict, editable=False)
    shared = models.JSONField(default=dict, editable=False)

    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField()
    offered_at = models.DateTimeField("current offer made", null=True, blank=True, editable=False)
    remind_on = models.DateField(null=True, blank=True, editable=False)
    answer_by = models.DateField(null=True, blank=True, editable=False)
    active_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_why = models.CharField(max_length=300, blank=True, editable=False)

    objects = MatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "matches"
        ordering = ["-approved_at"]
        indexes = [
            models.Index(fields=["programme", "status"]),
            models.Index(fields=["status", "answer_by"]),
            models.Index(fields=["mentor", "mentee"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mentor", "slot"], condition=Q(status__in=OPEN), name="one_open_match_a_place"
            ),
            models.UniqueConstraint(
                fields=["mentee", "programme"],
                condition=Q(status__in=OPEN),
                name="one_open_match_a_programme",
            ),
            models.CheckConstraint(condition=Q(slot__gte=1, slot__lte=3), name="places_are_1_to_3"),
            models.CheckConstraint(
                condition=~Q(status__in=("active", "paused", "closing")) | Q(active_at__isnull=False),
                name="a_live_match_has_a_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Match {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def reasons_for_mentee(self) -> list[str]:
        """Why this mentor, in sentences for the young person; never a score."""
        return rules.for_mentee(self.shared, mentor=self.mentor.name)

    def reasons_for_mentor(self) -> list[str]:
        """Why this young person, in sentences for the mentor; nothing that is not yet theirs to know."""
        return rules.for_mentor(self.shared, mentee=self.mentee.name)
