"""Pages of workshops: choose a session, book it, give the place back, put it in a calendar."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from icalendar import Calendar, Event, vText

from audit.transitions import NotAllowed
from notifications.links import absolute
from training import actions
from training import workshop_rules as rules
from training.models import Booking, Workshop, WorkshopSession
from users.clock import LONDON

MOST = 50


@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    parts = parts_of(request.user)
    coming = WorkshopSession.objects.coming(at).filter(workshop__in=[part["workshop"] for part in parts])
    sessions = list(coming.with_places()[:MOST])
    for part in parts:
        part["rows"] = [
            {"session": s, "booking": part["bookings"].get(s.pk)}
            for s in sessions
            if s.workshop_id == part["workshop"].pk
        ]
    return render(request, "training/workshops.html", {"parts": parts, "now": at})


def parts_of(user: Any) -> list[dict[str, Any]]:
    """Each workshop that is meant for this person, and where they stand in it. Two queries."""
    theirs = list(Workshop.objects.visible_to(user)[:MOST])
    latest = Booking.objects.of(user).order_by("-changed_at", "-pk")
    own = list(latest.select_related("session__workshop")[:MOST]) if theirs else []
    attended = {b.workshop_id: b for b in own if b.status == Booking.Status.ATTENDED}
    missed = {b.workshop_id for b in own if b.status == Booking.Status.MISSED}
    # A session that is over and not marked yet is still theirs: they wait for us.
    held = [b for b in own if b.is_open and b.session.is_planned]
    return [
        {
            "workshop": workshop,
            "attended": attended.get(workshop.pk),
            "was_missed": workshop.pk in missed and workshop.pk not in attended,
            "held": [b for b in held if b.workshop_id == workshop.pk],
            "bookings": {b.session_id: b for b in own},
        }
        for workshop in theirs
    ]


@require_safe
def workshop_session(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "training/workshop_session.html", _page(request, pk))


@require_POST
def book_workshop(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session(request, pk)
    try:
        booking = actions.book(session, by=request.user, at=timezone.now())
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        if booking.has_place:
            messages.success(request, "You have a place. We’ve sent you a letter.")
        else:
            messages.success(request, "You’re on the waiting list. We’ve sent you a letter.")
    return redirect(session)


@require_POST
def give_back_workshop(request: HttpRequest, pk: int) -> HttpResponse:
    session = _session(request, pk)
    booking = get_object_or_404(Booking.objects.of(request.user), session=session)
    _give_back(request, booking)
    return redirect(session)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def workshop_place(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter that gave somebody a place: opening it changes nothing, the button gives it back."""
    at = timezone.now()
    booking = actions.find_place(token, at=at)
    if request.method == "POST":
        try:
            booking = actions.give_back(booking, by=booking.user, at=at)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect("training:workshop_place", token)
    context = {
        "session": booking.session,
        "is_given_back": booking.status == Booking.Status.CANCELLED,
        "is_open": booking.is_open and booking.session.is_bookable(at),
    }
    response = render(request, "training/workshop_place.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def workshop_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The same session keeps its UID; each change of it, or of the booking, counts SEQUENCE up."""
    session = _session(request, pk)
    booking = get_object_or_404(Booking.objects.of(request.user), session=session)
    is_on = session.is_planned and booking.has_place
    changed_at = max(session.changed_at, booking.changed_at)
    event = Event()
    event.add("uid", f"workshop-{session.pk}@{absolute('/').split('/')[2]}")
    event.add("sequence", session.sequence + booking.sequence)
    event.add("summary", session.workshop.title)
    event.add("dtstart", session.starts_at.astimezone(LONDON))
    event.add("dtend", session.ends_at.astimezone(LONDON))
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("status", "CONFIRMED" if is_on else "CANCELLED")
    if is_on:
        event.add("location", vText(session.address or session.join_url))
    event.add("url", absolute(session.get_absolute_url()))
    book = Calendar()
    book.add("prodid", "-//One Million Mentors//Workshops//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add_component(event)
    book.add_missing_timezones()
    answer = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="workshop-{session.pk}.ics"'
    return answer


def _give_back(request: HttpRequest, booking: Booking) -> None:
    had_place = booking.has_place
    try:
        actions.give_back(booking, by=request.user, at=timezone.now())
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        words = "Your place is given back" if had_place else "You’re off the waiting list"
        messages.success(request, f"{words}. Thank you for telling us.")


def _session(request: HttpRequest, pk: int) -> WorkshopSession:
    theirs = WorkshopSession.objects.visible_to(request.user).select_related("workshop")
    return get_object_or_404(theirs, pk=pk)


def _page(request: HttpRequest, pk: int) -> dict[str, Any]:
    at = timezone.now()
    theirs = WorkshopSession.objects.visible_to(request.user).with_places().select_related("workshop")
    session: Any = get_object_or_404(theirs, pk=pk)
    booking = Booking.objects.of(request.user).filter(session=session).first()
    is_waiting = booking is not None and booking.status == Booking.Status.WAITING
    is_late = rules.is_last_call(session.starts_at, at)
    # Before the last hours a free place goes to those who wait by itself.
    can_take = session.places_left and (is_late or not is_waiting)
    return {
        "session": session,
        "booking": booking,
        "is_waiting": is_waiting,
        "has_place": booking is not None and booking.has_place and session.is_planned,
        "is_bookable": session.is_bookable(at),
        "is_over": session.ends_at <= at,
        "is_late": is_late,
        "can_take": can_take,
        "position": booking.position() if booking is not None and is_waiting else None,
    }
