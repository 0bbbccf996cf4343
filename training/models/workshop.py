"""Workshops: what is taught face to face, the sessions to choose from, and who has a place in one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse

PERSON = settings.AUTH_USER_MODEL
Whose = Callable[[Any], Q]

# Training knows nobody but accounts. Upper floors say, from their `AppConfig.ready`, for whom a workshop is
# and which staff run it: a condition on rows of `Workshop`. Where nobody says so, nobody sees it.
_guests: list[Whose] = []
_hosts: list[Whose] = []


def register_guests(whose: Whose) -> None:
    """Workshops for which `whose(user)` holds are open to this person."""
    if whose not in _guests:
        _guests.append(whose)


def register_hosts(whose: Whose) -> None:
    """Workshops for which `whose(user)` holds are run by this member of staff."""
    if whose not in _hosts:
        _hosts.append(whose)


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, user: Any) -> WorkshopQuerySet:
        """Those that are published and meant for this person."""
        return self._of(_guests, user).filter(is_published=True)

    def run_by(self, user: Any) -> WorkshopQuerySet:
        """Staff: those of their programmes, drafts among them; administrators: all."""
        if not user.is_active or not user.is_staff:
            return self.none()
        return self.all() if user.is_superuser else self._of(_hosts, user)

    def _of(self, whose: list[Whose], user: Any) -> WorkshopQuerySet:
        if not user.is_active or not user.is_authenticated or not whose:
            return self.none()
        theirs = Q()
        for condition in whose:
            theirs |= condition(user)
        return self.filter(theirs)


class Workshop(models.Model):
    """One workshop, held again and again in sessions. A programme may ask its mentors to take part in it."""

    slug = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=300, blank=True)
    is_published = models.BooleanField(default=False)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class WorkshopSessionQuerySet(models.QuerySet["WorkshopSession"]):
    def visible_to(self, user: Any) -> WorkshopSessionQuerySet:
        """Sessions of workshops meant for this person, and whichever they once booked."""
        own = Booking.objects.filter(session=OuterRef("pk"), user=user)
        if not user.is_active:
            return self.none()
        return self.filter(Q(workshop__in=Workshop.objects.visible_to(user)) | Exists(own))

    def run_by(self, user: Any) -> WorkshopSessionQuerySet:
        return self.filter(workshop__in=Workshop.objects.run_by(user))

    def coming(self, at: datetime) -> WorkshopSessionQuerySet:
        """Planned and not begun, the next one first."""
        return self.filter(status=WorkshopSession.Status.PLANNED, starts_at__gt=at).order_by(
            "starts_at", "pk"
        )

    def to_mark(self, at: datetime) -> WorkshopSessionQuerySet:
        """Over, and somebody who had a place is not marked yet."""
        booked = Booking.objects.filter(session=OuterRef("pk"), status=Booking.Status.BOOKED)
        return self.filter(Exists(booked), status=WorkshopSession.Status.PLANNED, ends_at__lte=at)

    def with_places(self) -> WorkshopSessionQuerySet:
        """Annotate `taken` and `waiting`, so that `places_left` asks nothing more."""
        waits = Q(bookings__status=Booking.Status.WAITING)
        return self.annotate(taken=Count("bookings__slot"), waiting=Count("bookings", filter=waits))

    def with_room(self) -> WorkshopSessionQuerySet:
        """Those in which a place is free."""
        return self.annotate(in_places=Count("bookings__slot")).filter(in_places__lt=F("places"))


class WorkshopSession(models.Model):
    """One date on which a workshop is held, online or in a room, for so many people."""

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        CANCELLED = "cancelled", "Called off"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {Status.PLANNED: (Status.CANCELLED,), Status.CANCELLED: ()}

    class Way(models.TextChoices):
        ONLINE = "online", "Online"
        ROOM = "room", "In a room"

    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="sessions")
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    way = models.CharField(max_length=6, choices=Way)
    area = models.CharField("part of town", max_length=60, blank=True)
    # Only for those who have a place.
    address = models.CharField(max_length=200, blank=True)
    join_url = models.CharField("link to the call", max_length=300, blank=True)
    good_to_know = models.CharField(max_length=300, blank=True)
    places = models.PositiveSmallIntegerField()
    planned_by = models.ForeignKey(PERSON, null=True, on_delete=models.SET_NULL, related_name="+")
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField(help_text="When people were last told of its time or place.")
    sequence = models.PositiveIntegerField(default=0, help_text="Counts changes, for calendars.")
    cancelled_why = models.CharField("a word to those who booked", max_length=300, blank=True)

    objects = WorkshopSessionQuerySet.as_manager()

    class Meta:
        verbose_name = "session"
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["workshop", "starts_at"]),
            models.Index(fields=["starts_at"], name="session_planned", condition=Q(status="planned")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(places__gte=1, places__lte=500), name="a_session_has_1_to_500_places"
            ),
            models.CheckConstraint(
                condition=Q(way="online", join_url__startswith="https://") | (Q(way="room") & ~Q(address="")),
                name="a_session_says_where",
            ),
            models.UniqueConstraint(
                fields=["workshop", "starts_at", "address", "join_url"],
                condition=Q(status="planned"),
                name="a_session_is_planned_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.workshop.title}, session {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("training:workshop_session", args=[self.pk])

    @property
    def places_left(self) -> int:
        """Reads what `with_places` annotated."""
        return max(0, self.places - self.taken)  # type: ignore[attr-defined]

    @property
    def is_planned(self) -> bool:
        return self.status == self.Status.PLANNED

    @property
    def where(self) -> str:
        """As everybody may read it: without the address and the link."""
        if self.way == self.Way.ONLINE:
            return "Online, by video call"
        return f"In a room, {self.area}" if self.area else "In a room"

    def is_bookable(self, at: datetime) -> bool:
        return self.is_planned and self.starts_at > at


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: Any) -> BookingQuerySet:
        """One's own, and those of the workshops that this member of staff runs."""
        if not user.is_active:
            return self.none()
        return self.filter(Q(user=user) | Q(workshop__in=Workshop.objects.run_by(user)))

    def of(self, user: Any) -> BookingQuerySet:
        """This person's own, whatever else they may see."""
        return self.filter(user=user)

    def open(self) -> BookingQuerySet:
        return self.filter(status__in=Booking.OPEN)

    def attended(self) -> BookingQuerySet:
        """Who took part: the rows that count towards being ready."""
        return self.filter(status=Booking.Status.ATTENDED)

    def in_line(self) -> BookingQuerySet:
        """Those who wait, the first one first."""
        return self.filter(status=Booking.Status.WAITING).order_by("waiting_since", "pk")


class Booking(models.Model):
    """One person and one session: a place in it, a turn on its waiting list, or what became of them."""

    class Status(models.TextChoices):
        BOOKED = "booked", "Booked"
        WAITING = "waiting", "On the waiting list"
        CANCELLED = "cancelled", "Given back"
        NO_PLACE = "no_place", "No place came free"
        ATTENDED = "attended", "Came"
        MISSED = "missed", "Did not come"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        Status.BOOKED: (Status.CANCELLED, Status.ATTENDED, Status.MISSED),
        Status.WAITING: (Status.BOOKED, Status.CANCELLED, Status.NO_PLACE, Status.ATTENDED),
        Status.CANCELLED: (Status.BOOKED, Status.WAITING),
        # Who came to the door in the hope of a place may have found one.
        Status.NO_PLACE: (Status.ATTENDED,),
        # Staff may have ticked the wrong box.
        Status.ATTENDED: (Status.MISSED,),
        Status.MISSED: (Status.ATTENDED,),
    }
    OPEN = ("booked", "waiting")
    IN_A_PLACE = ("booked", "attended")

    session = models.ForeignKey(WorkshopSession, on_delete=models.PROTECT, related_name="bookings")
    # The session's, said again here so that the database can hold "one open booking a person and workshop".
    workshop = models.ForeignKey(Workshop, on_delete=models.PROTECT, related_name="bookings")
    user = models.ForeignKey(PERSON, on_delete=models.CASCADE, related_name="workshop_bookings")
    status = models.CharField(max_length=10, choices=Status, editable=False)
    slot = models.PositiveSmallIntegerField(null=True, editable=False, help_text="Which place: 1, 2, …")
    waiting_since = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False, help_text="Counts changes.")
    marked_by = models.ForeignKey(
        PERSON, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["changed_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "session"], name="one_booking_a_person_and_session"),
            models.UniqueConstraint(
                fields=["user", "workshop"],
                condition=Q(status__in=("booked", "waiting")),
                name="one_open_booking_a_person_and_workshop",
            ),
            models.UniqueConstraint(
                fields=["session", "slot"], condition=Q(slot__isnull=False), name="one_person_a_place"
            ),
            models.CheckConstraint(
                # NULL >= 1 is unknown, and a check passes what it does not know.
                condition=Q(status__in=("booked", "attended"), slot__isnull=False, slot__gte=1)
                | (~Q(status__in=("booked", "attended")) & Q(slot__isnull=True)),
                name="who_has_a_place_has_its_number",
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(waiting_since__isnull=False),
                name="who_waits_says_since_when",
            ),
        ]
        indexes = [
            models.Index(
                fields=["session", "waiting_since", "id"],
                name="booking_in_line",
                condition=Q(status="waiting"),
            ),
            # The night's question: who took part in this workshop?
            models.Index(
                fields=["workshop", "user"], name="booking_attended", condition=Q(status="attended")
            ),
        ]

    def __str__(self) -> str:
        return f"Booking {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.status in self.OPEN

    @property
    def has_place(self) -> bool:
        return self.status in self.IN_A_PLACE

    def position(self) -> int:
        """Their number on the waiting list, counted from 1."""
        ahead = Q(waiting_since__lt=self.waiting_since) | Q(waiting_since=self.waiting_since, pk__lt=self.pk)
        return Booking.objects.in_line().filter(ahead, session=self.session_id).count() + 1
