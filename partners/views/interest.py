"""The interest list: two answers, a letter to confirm, one button to leave. A GET changes nothing."""

from __future__ import annotations

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from notifications.links import LinkExpired, read
from partners import actions, emails
from partners.forms import InterestForm
from partners.models import Programme


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: HttpRequest) -> HttpResponse:
    form = InterestForm(request.POST if request.method == "POST" else None)
    near = None
    if request.method == "POST" and form.is_valid():
        at, data = timezone.now(), form.cleaned_data
        found = Programme.objects.all().near_each({data["outcode"]}, timezone.localdate(at))
        near = found.get(data["outcode"])
        if near is None:
            if not ratelimit.consume(request, action="signup"):
                return render(request, "429.html", status=429)
            actions.note_interest(email=data["email"], outcode=data["outcode"], at=at)
            return redirect("programmes:interest_noted")
    return render(request, "partners/interest.html", {"form": form, "near": near})


@login_not_required
@require_safe
def interest_noted(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/interest_noted.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_interest(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    try:
        found = actions.find_interest(read(token, emails.INTEREST, at=at)[0])
    except LinkExpired:
        found = None
    if found is None:
        return _over(request)
    if request.method == "POST":
        actions.confirm_interest(found, at=at)
        return redirect("programmes:leave_list", emails.leave_token(found))
    return render(request, "partners/interest_answer.html", {"interest": found, "ask": "confirm"})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave_list(request: HttpRequest, token: str) -> HttpResponse:
    try:
        found = actions.find_interest(read(token, emails.LEAVE)[0])
    except LinkExpired:
        found = None
    if found is None:
        return _over(request)
    if request.method == "POST":
        actions.leave_list(found)
        return _over(request, has_left=True)
    return render(request, "partners/interest_answer.html", {"interest": found, "ask": "leave"})


def _over(request: HttpRequest, *, has_left: bool = False) -> HttpResponse:
    return render(
        request, "partners/interest_over.html", {"has_left": has_left}, status=200 if has_left else 410
    )
