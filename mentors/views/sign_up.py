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
from users.actions import begin_verification


@login_not_required
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    person: Any = request.user
    known = person.is_authenticated
    if known and Mentor.objects.visible_to(person).filter(user=person).exists():
        return redirect("mentors:profile")
    form = (BecomeMentor if known else SignUp)(request.POST or None)
    answer = ""
    if request.method == "POST" and form.is_valid():
        at = timezone.now()
        data = form.cleaned_data
        said = {n: data[n] for n in ("programme", "years", "has_degree", "is_adult")}
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
    return render(request, "mentors/sign_up.html", {"form": form, "answer": answer, "known": known})
