"""Write, think again, take back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from audit.transitions import NotAllowed
from matching.models import Match
from mentoring import actions, forms
from mentoring.models import Message
from mentoring.views.fetch import other_name, started_match
from mentoring.views.relationship import page


@require_POST
def send_message(request: HttpRequest, pk: int) -> HttpResponse:
    match = started_match(request, pk)
    form = forms.Write(request.POST, other_name=other_name(match, request.user))
    if form.is_valid():
        try:
            message = actions.send_message(match, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, match, message)
    return render(request, "mentoring/relationship.html", page(request, match, form))


def edit_message(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    match = started_match(request, pk)
    held = _own_held(request, match, message)
    name = other_name(match, request.user)
    form = forms.Write(
        request.POST if request.method == "POST" else None, other_name=name, initial={"words": held.words}
    )
    if request.method == "POST" and form.is_valid():
        try:
            again = actions.rewrite_message(held, by=request.user, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return _sent(request, match, again)
    return render(
        request,
        "mentoring/edit_message.html",
        {"match": match, "message": held, "form": form, "other_name": name},
    )


@require_POST
def take_back(request: HttpRequest, pk: int, message: int) -> HttpResponse:
    match = started_match(request, pk)
    held = _own_held(request, match, message)
    try:
        actions.take_back(held, by=request.user, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Taken back. Nobody has got it.")
    return redirect("mentoring:relationship", match.pk)


def _own_held(request: HttpRequest, match: Match, pk: int) -> Message:
    user: Any = request.user
    own = Message.objects.filter(match=match, author=user, status__in=("held", "taken_back"))
    return get_object_or_404(own.select_related("match"), pk=pk)


def _sent(request: HttpRequest, match: Match, message: Message) -> HttpResponse:
    if message.status == Message.Status.HELD:
        messages.warning(
            request,
            f"Held for a check because it may contain {message.why_held}. "
            f"{other_name(match, request.user)} hasn’t got it yet.",
        )
    else:
        messages.success(request, "Sent.")
    return redirect("mentoring:relationship", match.pk)
