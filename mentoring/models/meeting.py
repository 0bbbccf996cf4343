"""Meetings: planned, held or not, and what each side says of them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from matching.models import Match


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: Any) -> MeetingQuerySet:
        """Whoever may see the match may see its meetings."""
        return self.filter(match__in=Match.objects.visible_to(user))

    def planned(self) -> MeetingQuerySet:
        return self.filter(status=Meeting.Status.PLANNED)

    def held(self) -> MeetingQuerySet:
        return self.filter(status=Meeting.Status.HELD)

    def coming(self, at: datetime) -> MeetingQuerySet:
        """Planned and not over yet, the next one first."""
        return self.planned().filter(ends_at__gt=at).order_by("starts_at")

    def overlapping(self, starts_at: datetime, ends_at: datetime) -> MeetingQuerySet:
        """Meetings that share a minute with this time and were not called off."""
        return self.exclude(status=Meeting.Status.CANCELLED).filter(
            starts_at__lt=ends_at, ends_at__gt=starts_at
        )

    def disagreeing(self) -> MeetingQuerySet:
        """Meetings of which the two sides tell different stories, until staff settle it."""
        return self.filter(disagreed_at__isnull=False, settled_at__isnull=True)


class Meeting(models.Model):
    """One hour that a pair planned, held or missed."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        HELD = "held", "Held"
        CANCELLED = "cancelled", "Cancelled"
        MISSED = "missed", "Somebody didn’t come"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.PLANNED: (Status.HELD, Status.CANCELLED, Status.MISSED),
        # What the first of the two logged may be set right by staff, when the second one disagrees.
        Status.HELD: (Status.CANCELLED, Status.MISSED),
        Status.CANCELLED: (Status.HELD, Status.MISSED),
        Status.MISSED: (Status.HELD, Status.CANCELLED),
    }

    class Way(models.TextChoices):
        ONLINE = "online", "Online"
        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "By phone"

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="meetings")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way)
    place = models.CharField("where", max_length=200, blank=True)
    topic = models.CharField("what about", max_length=200, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="When it was planned, moved or cancelled last.")
    sequence = models.PositiveIntegerField(default=0, help_text="Counts changes, for calendars.")
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled_why = models.CharField("a word to the other", max_length=300, blank=True)
    disagreed_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_at = models.DateTimeField(null=True, blank=True, editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [
            models.Index(fields=["match", "-starts_at"]),
            models.Index(fields=["status", "starts_at"]),
            models.Index(fields=["disagreed_at"], name="meeting_to_settle", condition=Q(settled_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["match", "starts_at"],
                condition=~Q(status="cancelled"),
                name="a_meeting_is_planned_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Meeting {self.pk}"

    @property
    def join_url(self) -> str:
        """Where the video call is, if the house has a place for calls; nobody can guess the room."""
        if self.way != self.Way.ONLINE or not settings.VIDEO_ROOMS:
            return ""
        room = salted_hmac("mentoring.models.meeting", str(self.pk), algorithm="sha256").hexdigest()[:24]
        return f"{settings.VIDEO_ROOMS.rstrip('/')}/{room}"

    @property
    def way_words(self) -> str:
        """How they meet, in a few words."""
        return {"online": "Video call", "in_person": "In person", "phone": "By phone"}[self.way]

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


class MeetingLogQuerySet(models.QuerySet["MeetingLog"]):
    def visible_to(self, user: Any) -> MeetingLogQuerySet:
        """Whoever may see the match; `staff_words` are for staff and the person who wrote them."""
        return self.filter(meeting__match__in=Match.objects.visible_to(user))

    def asking_for_staff(self) -> MeetingLogQuerySet:
        """Somebody asked us to get in touch, told our team something, or wrote what we hold."""
        return self.filter(
            ~Q(staff_words="") | Q(tell_staff=True) | ~Q(held_because=[]), answered_at__isnull=True
        )


class MeetingLog(models.Model):
    """What one of the two says of one meeting."""

    class Outcome(models.TextChoices):
        HELD = "held", "We met"
        CANCELLED = "cancelled", "We called it off"
        MENTOR_MISSED = "mentor_missed", "The mentor didn’t come"
        MENTEE_MISSED = "mentee_missed", "The young person didn’t come"

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="logs")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField()
    outcome = models.CharField(max_length=14, choices=Outcome)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    shared_words = models.TextField("what did you do", max_length=2000, blank=True)
    next_step = models.CharField(max_length=300, blank=True)
    mood = models.PositiveSmallIntegerField(null=True, blank=True)
    staff_words = models.TextField("for our team only", max_length=2000, blank=True)
    tell_staff = models.BooleanField("ask our team to get in touch", default=False)
    held_because = models.JSONField(
        default=list, editable=False, help_text="While it names something, the other side does not see it."
    )
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = MeetingLogQuerySet.as_manager()

    class Meta:
        ordering = ["logged_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "by"], name="each_side_logs_a_meeting_once"),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gte=5, minutes__lte=240),
                name="a_meeting_lasts_4_hours_at_most",
            ),
            models.CheckConstraint(
                condition=Q(mood__isnull=True) | Q(mood__gte=1, mood__lte=5), name="mood_is_1_to_5"
            ),
        ]

    def __str__(self) -> str:
        return f"Log {self.pk}"
