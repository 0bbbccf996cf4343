"""Questions that people ask before they answer an offer."""

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
from audit.transitions import NotAllowed
from matching.actions import answer_question
from matching.forms import Answer
from matching.models import OfferQuestion


@admin.register(OfferQuestion)
class QuestionDesk(Looking):
    list_display = ("words", "asked_at", "answered_at")
    list_filter = (("answered_at", admin.EmptyFieldListFilter),)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/change/", view(self.page), name="matching_offerquestion_change"),
            path("<int:pk>/answer/", view(self.page), name="matching_answer_question"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(match__programme__managers__user=request.user)

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        question = get_object_or_404(
            OfferQuestion.objects.visible_to(request.user)
            .exclude(by=request.user.pk)
            .select_related("match__mentor__user", "match__mentee__user", "match__programme", "by"),
            pk=pk,
        )
        form = Answer(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                answer_question(
                    question, by=request.user, at=timezone.now(), words=form.cleaned_data["words"]
                )
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Sent. They’ve been told there is an answer.")
                return redirect("admin:matching_offerquestion_changelist")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "A question about an offer",
        }
        return TemplateResponse(
            request, "matching/question.html", {**context, "question": question, "form": form}
        )
