"""Matches as staff see them, with the buttons that actions allow."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from audit.looking import Looking
from audit.models import Entry
from audit.transitions import NotAllowed
from matching.actions import resume, withdraw
from matching.forms import Withdrawal
from matching.models import Match, Proposal

S = Match.Status
OFFERS = (S.APPROVED, S.OFFERED_TO_MENTOR, S.OFFERED_TO_MENTEE)


@admin.register(Match)
class MatchDesk(Looking):
    list_display = ("mentor", "mentee", "programme", "status", "approved_at", "answer_by")
    list_filter = ("status", "programme")
    list_select_related = ("mentor__user", "mentee__user", "programme")
    list_per_page = 50

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("<int:pk>/change/", view(self.page), name="matching_match_change"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related(*self.list_select_related)

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        match = get_object_or_404(
            Match.objects.visible_to(request.user).select_related(
                "mentor__user", "mentee__user", "programme", "request", "proposed_by", "approved_by"
            ),
            pk=pk,
        )
        form = Withdrawal(request.POST if request.POST.get("do") == "withdraw" else None)
        if request.method == "POST":
            try:
                if request.POST.get("do") == "resume":
                    resume(match, by=request.user, at=timezone.now())
                    messages.success(request, "The match is active again. We’ve told both.")
                    return redirect("admin:matching_match_change", pk)
                if form.is_valid():
                    withdraw(match, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])
                    messages.success(request, "The offer is taken back. Whoever was asked has been told.")
                    return redirect("admin:matching_match_change", pk)
            except NotAllowed as refusal:
                messages.error(request, str(refusal))
        return TemplateResponse(
            request,
            "matching/match.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "title": f"{match.mentor.name} and {match.mentee.name}",
                "match": match,
                "form": form,
                "may_withdraw": match.status in OFFERS,
                "may_resume": match.status == S.PAUSED,
                "history": Entry.objects.about(match).select_related("by")[:30],
            },
        )


@admin.register(Proposal)
class ProposalDesk(Looking):
    list_display = ("request", "mentor", "status", "proposed_by", "proposed_at")
    list_filter = ("status",)
    list_select_related = ("request", "mentor__user", "proposed_by")
