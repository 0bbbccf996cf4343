"""The nights: what each run did, and a button to run it now."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from audit.looking import Looking
from audit.transitions import NotAllowed
from matching.actions import run_night
from matching.models import Run


@admin.register(Run)
class RunDesk(Looking):
    list_display = ("night", "started_at", "finished_at", "is_current", "matched", "waiting")
    fields = (
        "night",
        "started_at",
        "finished_at",
        "is_current",
        "without",
        "counts",
        "certificate",
        "timings",
        "settings",
    )

    def get_urls(self) -> list[URLPattern]:
        return [
            path("now/", self.admin_site.admin_view(self.now), name="matching_run_now"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Run.objects.all()

    @admin.display(description="left out")
    def without(self, run: Run) -> str:
        return " ".join(run.left_out) or "Nobody."

    @admin.display(description="recommended")
    def matched(self, run: Run) -> int:
        return run.counts.get("recommended", 0)

    @admin.display(description="young people waiting")
    def waiting(self, run: Run) -> int:
        return run.counts.get("requests", 0)

    def now(self, request: HttpRequest) -> HttpResponse:
        """GET says what it does; POST does it."""
        if request.method == "POST":
            try:
                run = run_night(at=timezone.now(), by=request.user)
            except NotAllowed as refusal:
                messages.error(request, str(refusal))
            else:
                for sentence in run.left_out:
                    messages.warning(request, sentence)
                messages.success(
                    request,
                    f"Done. We recommend a mentor for {run.counts['recommended']} of the"
                    f" {run.counts['requests']} young people who wait.",
                )
            return redirect("admin:matching_shortlist_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Look for matches now",
            "night": settings.TIMETABLE_NIGHT,
        }
        return TemplateResponse(request, "matching/run_now.html", context)
