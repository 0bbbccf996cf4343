"""Become a mentor: one short page, answered at once."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from audit.transitions import NotAllowed
from mentors import actions
from mentors.forms import BecomeMentor, SignUp
from mentors.models import Mentor
from partners.models import Organisation, Programme
from users.actions import begin_verification


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    return _page(request, None)


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The same page by an organisation's link. A link that was closed keeps what was typed, and says so."""
    invited_by = Organisation.objects.inviting(token).first()
    if invited_by is None:
        form = _form(request)(request.POST or None)
        return render(request, "mentors/sign_up.html", {"form": form, "is_closed": True}, status=404)
    return _page(request, invited_by)


def _form(request: HttpRequest) -> Any:
    return BecomeMentor if request.user.is_authenticated else SignUp


def _page(request: HttpRequest, invited_by: Organisation | None) -> HttpResponse:
    person: Any = request.user
    known = person.is_authenticated
    if known and Mentor.objects.visible_to(person).filter(user=person).exists():
        return redirect("mentors:profile")
    form = _form(request)(request.POST or None, invited_by=invited_by, initial=_asked_for(request))
    answer = ""
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        data = form.cleaned_data
        said = {n: data[n] for n in ("programme", "years", "has_degree", "is_adult")}
        said["born_on"] = data.get("born_on")
        said["invitation"] = actions.Invitation(invited_by, data["may_be_named"]) if invited_by else None
        try:
            if known:
                actions.become_mentor(person, **said, at=at)
                return redirect("mentors:profile")
            if not ratelimit.consume(request, action="signup"):
                return render(request, "429.html", status=429)
            user = actions.sign_up(
                email=data["email"],
                first_name=data["first_name"],
                last_name=data["last_name"],
                password=data["password"] or None,
                **said,
                at=at,
            )
            page = begin_verification(request, user, email=data["email"], then=reverse("mentors:profile"))
            # Sent twice within seconds: the code is under way, so the answer is the first one's.
            return redirect("account_email_verification_sent") if page.status_code == 429 else page
        except NotAllowed as no:
            answer = str(no)
    return render(
        request,
        "mentors/sign_up.html",
        {"form": form, "answer": answer, "known": known, "invited_by": invited_by},
    )


def _asked_for(request: HttpRequest) -> dict[str, Any]:
    """The programme whose page they come from."""
    slug = request.GET.get("programme", "")
    found = Programme.objects.open_to_sign_ups(timezone.localdate()).filter(slug=slug).first()
    return {"programme": found.pk} if found else {}
