"""Plan, move, call off, log, and put it in a calendar."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event, vText

from audit.transitions import NotAllowed
from matching.models import Match
from mentoring import actions, forms, rules
from mentoring.models import Meeting
from mentoring.views.fetch import is_mentor, other_name, started_match
from notifications.links import absolute


def plan_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    match = started_match(request, pk)
    initial = {"minutes": match.programme.meeting_minutes, **_suggested(request)}
    form = forms.Plan(
        request.POST if request.method == "POST" else None, programme=match.programme, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.plan_meeting(match, by=request.user, at=timezone.now(), **_time_of(form))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Planned. We’ve told {other_name(match, request.user)}.")
            return redirect("mentoring:relationship", match.pk)
    return render(request, "mentoring/plan_meeting.html", _page(request, match, form))


def move_meeting(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    match = started_match(request, pk)
    row = _meeting(request, match, meeting)
    start = timezone.localtime(row.starts_at)
    initial = {
        "on": start.date(),
        "clock": start.time(),
        "minutes": row.minutes,
        "way": row.way,
        "place": row.place,
        "topic": row.topic,
    }
    form = forms.Plan(
        request.POST if request.method == "POST" else None, programme=match.programme, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_meeting(row, by=request.user, at=timezone.now(), **_time_of(form))
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Changed. We’ve told {other_name(match, request.user)}.")
            return redirect("mentoring:relationship", match.pk)
    return render(request, "mentoring/move_meeting.html", {**_page(request, match, form), "meeting": row})


def cancel_meeting(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    match = started_match(request, pk)
    row = _meeting(request, match, meeting)
    form = forms.CallOff(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_meeting(row, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Called off. We’ve told {other_name(match, request.user)}.")
            return redirect("mentoring:relationship", match.pk)
    return render(request, "mentoring/cancel_meeting.html", {**_page(request, match, form), "meeting": row})


def log_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    match = started_match(request, pk)
    planned = _planned(request, match)
    start = timezone.localtime(planned.starts_at) if planned else None
    initial: dict[str, Any] = {"minutes": match.programme.meeting_minutes, "outcome": "held"}
    if planned and start:
        initial |= {"on": start.date(), "clock": start.time(), "minutes": planned.minutes}
    form = forms.Log(
        request.POST if request.method == "POST" else None,
        other_name=other_name(match, request.user),
        is_mentor=is_mentor(match, request.user),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        told = {k: v for k, v in form.cleaned_data.items() if k not in {"on", "clock"}}
        try:
            actions.log_meeting(match, by=request.user, at=timezone.now(), meeting=planned, **told)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Saved. Thank you for telling us.")
            return redirect("mentoring:relationship", match.pk)
    return render(request, "mentoring/log_meeting.html", {**_page(request, match, form), "planned": planned})


@require_safe
def calendar(request: HttpRequest, pk: int, meeting: int) -> HttpResponse:
    """The same meeting keeps its UID; each change counts SEQUENCE up, so calendars follow."""
    match = started_match(request, pk)
    row = _meeting(request, match, meeting)
    event = Event()
    event.add("uid", f"meeting-{row.pk}@{absolute('/').split('/')[2]}")
    event.add("sequence", row.sequence)
    event.add("summary", f"Mentoring with {other_name(match, request.user)}")
    event.add("dtstart", row.starts_at.astimezone(rules.LONDON))
    event.add("dtend", row.ends_at.astimezone(rules.LONDON))
    event.add("dtstamp", row.changed_at)
    event.add("last-modified", row.changed_at)
    event.add("status", "CANCELLED" if row.status == Meeting.Status.CANCELLED else "CONFIRMED")
    event.add("location", vText(row.place or row.way_words))
    event.add("url", absolute(f"/match/{match.pk}/"))
    book = Calendar()
    book.add("prodid", "-//One Million Mentors//Meetings//EN")
    book.add("version", "2.0")
    book.add("method", "PUBLISH")
    book.add_component(event)
    book.add_missing_timezones()
    answer = HttpResponse(book.to_ical(), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="meeting-{row.pk}.ics"'
    return answer


def _time_of(form: forms.Plan) -> dict[str, Any]:
    return {k: form.cleaned_data[k] for k in ("starts_at", "minutes", "way", "place", "topic")}


def _meeting(request: HttpRequest, match: Match, pk: int) -> Meeting:
    row = get_object_or_404(Meeting.objects.visible_to(request.user).filter(match=match), pk=pk)
    row.match = match
    return row


def _planned(request: HttpRequest, match: Match) -> Meeting | None:
    """The meeting that the link names, if it may still be logged by this person."""
    asked = request.GET.get("meeting", "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 19):
        return None
    return _meeting(request, match, int(asked))


def _suggested(request: HttpRequest) -> dict[str, Any]:
    """A day and a time from one of the suggestions on the page, so that one tap fills the form."""
    try:
        day = datetime.fromisoformat(request.GET.get("on", "")).date()
    except ValueError:
        return {}
    return {"on": day, "clock": request.GET.get("clock", "")[:5]}


def _page(request: HttpRequest, match: Match, form: Any) -> dict[str, Any]:
    both = match.mentor.free_slots & match.mentee.free_slots
    starts = {"morning": "10:00", "afternoon": "14:00", "evening": "18:00"}
    return {
        "match": match,
        "form": form,
        "other_name": other_name(match, request.user),
        "both_free": [
            {"day": day, "part": part, "clock": starts[part]}
            for day, part in rules.next_free_days(both, timezone.localdate() - timedelta(days=1))
        ],
    }
