"""The referee's side: a signed link, no account, questions answered once."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.transitions import NotAllowed
from mentors import actions
from mentors.forms import Answer
from notifications.links import LinkExpired


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reference(request: HttpRequest, token: str) -> HttpResponse:
    at = timezone.now()
    form = Answer(request.POST if request.method == "POST" and "decline" not in request.POST else None)
    try:
        if request.method == "POST" and "decline" in request.POST:
            actions.decline_reference(token, by=request.user, at=at)
            return redirect("mentors:reference_sent")
        if request.method == "POST" and form.is_valid():
            actions.give_reference(token, answers=form.answers(), by=request.user, at=at)
            return redirect("mentors:reference_sent")
        found = actions.find_reference(token, by=request.user, at=at)
    except LinkExpired:
        return _expired(request, token)
    except actions.OwnReference as no:
        return render(request, "mentors/reference_closed.html", {"words": str(no)})
    except NotAllowed as no:
        return render(request, "mentors/reference_closed.html", {"words": str(no)}, status=410)
    return render(request, "mentors/reference.html", {"form": form, "reference": found})


def _expired(request: HttpRequest, token: str) -> HttpResponse:
    """Offer a new link, unless the old one has been used or replaced."""
    try:
        actions.find_reference(token, at=timezone.now(), expired_too=True)
    except NotAllowed as no:
        return render(request, "mentors/reference_closed.html", {"words": str(no)}, status=410)
    return render(request, "mentors/reference_closed.html", {"token": token}, status=410)


@login_not_required
@require_POST
def new_link(request: HttpRequest, token: str) -> HttpResponse:
    try:
        actions.new_link(token, at=timezone.now())
    except NotAllowed as no:
        return render(request, "mentors/reference_closed.html", {"words": str(no)}, status=410)
    return render(request, "mentors/reference_closed.html", {"is_sent": True})


@login_not_required
@require_safe
def reference_sent(request: HttpRequest) -> HttpResponse:
    return render(request, "mentors/reference_sent.html")
