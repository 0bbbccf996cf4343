"""The offer, to the mentor first and then to the young person: yes, no, or a question."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from audit.transitions import NotAllowed
from matching import actions as matching
from matching.models import Match, OfferQuestion
from mentoring import forms, rules
from mentoring.views.fetch import STARTED, initials, is_mentor, own_matches
from mentors import actions as mentors
from mentors.models import Mentor
from partners.models import Outcode


def offer(request: HttpRequest, pk: int) -> HttpResponse:
    match = get_object_or_404(own_matches(request.user), pk=pk)
    if match.status in STARTED:
        return redirect("mentoring:relationship", match.pk)
    if request.method == "POST":
        try:
            matching.accept(match, by=request.user, at=timezone.now())
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("mentoring:home")
        return _after_yes(request, match)
    return render(request, "mentoring/offer.html", offer_context(request, match))


def decline_offer(request: HttpRequest, pk: int) -> HttpResponse:
    match = get_object_or_404(own_matches(request.user), pk=pk)
    if not _waits_for(match, request.user):
        raise Http404
    form = forms.SayNo(
        request.POST if request.method == "POST" else None, is_mentor=is_mentor(match, request.user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            matching.decline(match, by=request.user, at=timezone.now(), why=form.sentence())
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("mentoring:home")
        if is_mentor(match, request.user):
            return redirect("mentoring:pause_after_no", match.pk)
        messages.success(request, "That’s fine. You keep your place, and we look again tonight.")
        return redirect("mentoring:home")
    return render(request, "mentoring/decline_offer.html", {**offer_context(request, match), "form": form})


def ask_about_offer(request: HttpRequest, pk: int) -> HttpResponse:
    match = get_object_or_404(own_matches(request.user), pk=pk)
    if not _waits_for(match, request.user):
        raise Http404
    form = forms.Question(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            matching.ask_question(match, by=request.user, at=timezone.now(), words=form.cleaned_data["words"])
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Sent to our team. You get an e-mail when there is an answer.")
        return redirect("mentoring:offer", match.pk)
    return render(request, "mentoring/ask_about_offer.html", {**offer_context(request, match), "form": form})


def pause_after_no(request: HttpRequest, pk: int) -> HttpResponse:
    """A mentor who said no may want to be left alone for a while. Their own declined offers only."""
    user: Any = request.user
    mentor = get_object_or_404(
        Mentor.objects.visible_to(user).filter(user=user),
        matches__pk=pk,
        matches__status=Match.Status.DECLINED_BY_MENTOR,
    )
    if request.method == "POST":
        months = request.POST.get("months", "")
        try:
            mentors.pause(
                mentor, int(months) if months in {"1", "3", "6"} else 0, by=request.user, at=timezone.now()
            )
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "Paused. It ends by itself, and you can end it sooner.")
            return redirect("mentoring:home")
    return render(request, "mentoring/pause_after_no.html", {"pk": pk})


def offer_context(request: HttpRequest, match: Match) -> dict[str, Any]:
    """What each may see of the other before the match: never a surname, a birth date or a school."""
    user: Any = request.user
    mine = is_mentor(match, user)
    on = timezone.localdate()
    context: dict[str, Any] = {
        "match": match,
        "waits_for_me": _waits_for(match, user),
        "questions": OfferQuestion.objects.visible_to(user).filter(match=match, by=user),
        "is_mentor": mine,
        **initials(match),
    }
    if mine:
        area = Outcode.objects.filter(pk=match.mentee.outcode).first()
        return context | {
            "other_name": match.mentee.name,
            "age_band": match.mentee.age_band(on),
            "area": area.town if area else "",
            "topics": list(match.mentee.topics.all()),
            "reasons": match.reasons_for_mentor(),
        }
    area = Outcode.objects.filter(pk=match.mentor.outcode).first()
    return context | {
        "other_name": match.mentor.name,
        "job": rules.fit_to_show(match.mentor.job_title, to_the_young=True),
        "area": area.town if area else "",
        "motivation": rules.fit_to_show(match.mentor.motivation, to_the_young=True),
        "reasons": match.reasons_for_mentee(),
    }


def _waits_for(match: Match, user: Any) -> bool:
    waiting = Match.Status.OFFERED_TO_MENTOR if is_mentor(match, user) else Match.Status.OFFERED_TO_MENTEE
    return match.status == waiting and (match.answer_by is None or match.answer_by >= timezone.localdate())


def _after_yes(request: HttpRequest, match: Match) -> HttpResponse:
    if is_mentor(match, request.user):
        messages.success(request, f"Thank you. We’ve asked {match.mentee.name} now, and we’ll write to you.")
        return redirect("mentoring:home")
    messages.success(request, f"You and {match.mentor.name} are matched. Plan your first hour.")
    return redirect("mentoring:relationship", match.pk)
