"""Goals and steps."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from audit.transitions import NotAllowed
from mentoring import actions, forms
from mentoring.models import Goal, Step
from mentoring.views.fetch import other_name, started_match


def add_goal(request: HttpRequest, pk: int) -> HttpResponse:
    match = started_match(request, pk)
    form = forms.GoalWords(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_goal(match, by=request.user, at=timezone.now(), words=form.cleaned_data["words"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("mentoring:relationship", match.pk)
    context = {"match": match, "form": form, "other_name": other_name(match, request.user)}
    return render(request, "mentoring/add_goal.html", context)


def add_step(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    match = started_match(request, pk)
    row = get_object_or_404(Goal.objects.visible_to(request.user).filter(match=match), pk=goal)
    form = forms.StepWords(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_step(row, by=request.user, at=timezone.now(), words=form.cleaned_data["words"])
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("mentoring:relationship", match.pk)
    context = {
        "match": match,
        "goal": row,
        "steps": row.steps.all(),
        "form": form,
        "other_name": other_name(match, request.user),
    }
    return render(request, "mentoring/add_step.html", context)


@require_POST
def finish_goal(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    match = started_match(request, pk)
    row = get_object_or_404(Goal.objects.visible_to(request.user).filter(match=match), pk=goal)
    return _done(request, pk, actions.finish_goal, row)


@require_POST
def finish_step(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    match = started_match(request, pk)
    steps = Step.objects.visible_to(request.user).filter(goal__match=match).select_related("goal")
    return _done(request, pk, actions.finish_step, get_object_or_404(steps, pk=step))


def _done(request: HttpRequest, pk: int, verb: Any, row: Any) -> HttpResponse:
    try:
        verb(row, by=request.user, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Done. Well done.")
    return redirect("mentoring:relationship", pk)
