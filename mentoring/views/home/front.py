"""One address for everybody, and the page that fits where they are."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mentoring.views.home.mentee import mentee_home
from mentoring.views.home.mentor import mentor_home
from users.models import User


def home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if user.is_staff:
        return redirect("admin:index")
    roles = User.objects.filter(pk=user.pk).values("mentor", "mentee", "coordinator").get()
    if roles["mentor"]:
        return mentor_home(request, roles["mentor"])
    if roles["mentee"]:
        return mentee_home(request)
    if roles["coordinator"]:
        return redirect("mentees:partner_home")
    return render(request, "mentoring/home_doors.html")


def first_hour(request: HttpRequest) -> HttpResponse:
    return render(request, "mentoring/first_hour.html")
