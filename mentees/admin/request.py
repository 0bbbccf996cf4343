"""Requests: the longest waiting first, and one page that holds all there is to know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from audit.looking import Looking
from audit.models import Entry
from audit.transitions import NotAllowed
from mentees import actions
from mentees.forms.desk import Decide, Talked
from mentees.forms.partner import Paper
from mentees.models import Mentee, Request
from partners.models import Gender, Programme, Slot


class Waits(admin.SimpleListFilter):
    title = "what waits"
    parameter_name = "waits"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("answer", "For our answer"),
            ("talk", "For a talk first"),
            ("yes", "For permission, and nobody is asked"),
            ("ready", "Ready to be matched"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        at = timezone.now()
        if self.value() == "answer":
            return queryset.filter(status=Request.Status.ASKED)
        if self.value() == "talk":
            return queryset.filter(pk__in=Request.objects.to_talk_to())
        if self.value() == "yes":
            stuck = Request.objects.with_stage(at).filter(stage=Request.Stage.NEEDS)
            return queryset.filter(
                pk__in=stuck.values("pk"), status__in=(Request.Status.ASKED, Request.Status.ACCEPTED)
            )
        if self.value() == "ready":
            return queryset.filter(pk__in=Request.objects.ready(at).values("pk"))
        return queryset


class InProgramme(admin.SimpleListFilter):
    title = "programme"
    parameter_name = "programme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(p.pk), p.name) for p in Programme.objects.managed_by(request.user)[:50]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Request]) -> QuerySet[Request]:
        value = self.value()
        return queryset.filter(programme=int(value)) if value and value.isdecimal() else queryset


@admin.register(Request)
class RequestDesk(Looking):
    list_display = ("person", "age", "came_by", "status", "answer_by", "missing", "programme", "asked_at")
    list_filter = (Waits, InProgramme, "status")
    search_fields = ("mentee__user__first_name", "mentee__user__last_name", "=mentee__user__email")
    search_help_text = "First or last name, or the whole e-mail address"
    ordering = ("asked_at", "id")

    def get_queryset(self, request: HttpRequest) -> Any:
        return (
            Request.objects.visible_to(request.user)
            .select_related("mentee__user", "programme", "referral__organisation")
            .prefetch_related("mentee__permissions", "mentee__languages")
        )

    # Staff of a programme see its requests; nothing is typed over, added or deleted here.

    @admin.display(description="young person", ordering="mentee__user__first_name")
    def person(self, row: Request) -> str:
        return str(row.mentee)

    @admin.display(description="age")
    def age(self, row: Request) -> int:
        return row.mentee.age(timezone.localdate())

    @admin.display(description="came by")
    def came_by(self, row: Request) -> str:
        return str(row.referred.organisation) if row.referred else "Themselves"

    @admin.display(description="answer by")
    def answer_by(self, row: Request) -> str:
        by = row.triage_by
        if by is None:
            return "–"
        return f"{by.day} {by:%B}" + (" (late)" if by < timezone.localdate() else "")

    @admin.display(description="what is missing")
    def missing(self, row: Request) -> str:
        if not row.is_open:
            return "–"
        return ", ".join(gap.what for gap in row.what_is_missing(timezone.now())) or "Nothing: ready"

    def get_urls(self) -> list[URLPattern]:
        def view(page: Any) -> Any:
            return self.admin_site.admin_view(page)

        return [
            path("<int:pk>/decide/", view(self.decide), name="mentees_decide"),
            path("<int:pk>/talked/", view(self.talked), name="mentees_talked"),
            path("<int:pk>/paper/", view(self.paper), name="mentees_paper"),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        """A page of ours inside the admin's frame."""
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**frame, **context})

    def find(self, request: HttpRequest, pk: Any) -> Request:
        """A request of this member of staff's programmes; any other is not there."""
        if not str(pk).isdecimal() or len(str(pk)) > 18:
            raise Http404
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _decide(
        self, request: HttpRequest, row: Request, form: Any, do: Callable[[datetime], str], **context: Any
    ) -> HttpResponse:
        back = reverse("admin:mentees_request_change", args=[row.pk])
        if request.method == "POST" and form.is_valid():
            try:
                messages.success(request, do(timezone.now()))
                return redirect(back)
            except NotAllowed as no:
                form.add_error(None, str(no))
        return self.page(request, "mentees/staff_decide.html", row=row, form=form, back=back, **context)

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.find(request, pk)
        form = Decide(request.POST if request.method == "POST" else None)

        def do(at: datetime) -> str:
            words = form.cleaned_data["words"]
            match form.cleaned_data["decision"]:
                case Decide.ACCEPT:
                    actions.accept(row, by=request.user, at=at)
                    return "Accepted. They have been told."
                case Decide.MORE:
                    actions.ask_for_more(row, words=words, by=request.user, at=at)
                    return "Asked. They have been told."
                case _:
                    actions.decline(row, words=words, by=request.user, at=at)
                    return "Declined. They have been told, with your words."

        return self._decide(
            request,
            row,
            form,
            do,
            title="Answer this request",
            words=f"{row.mentee.name} reads your answer, and so does whoever referred them.",
            button="Save the decision",
        )

    def talked(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.find(request, pk)
        form = Talked(request.POST if request.method == "POST" else None)

        def do(at: datetime) -> str:
            actions.talked_to_them(
                row, by=request.user, at=at, guardian=form.guardian, paper_seen_on=form.seen_on
            )
            return "Recorded."

        return self._decide(
            request,
            row,
            form,
            do,
            title="You have talked to them",
            words="They told us that it is complicated at home. Name an adult only if they agree to it.",
            button="Record the talk",
        )

    def paper(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = self.find(request, pk)
        form = Paper(request.POST if request.method == "POST" else None)

        def do(at: datetime) -> str:
            seen_on = form.cleaned_data["paper_seen_on"]
            actions.record_paper(row, form.guardian, seen_on=seen_on, by=request.user, at=at)
            return "Permission recorded."

        return self._decide(
            request,
            row,
            form,
            do,
            title="Record permission on paper",
            words="You have a signed paper before you. We write down who signed and when you saw it.",
            button="Record",
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.find(request, object_id)
        at = timezone.now()
        missing = row.what_is_missing(at)
        needs = row.is_open and row.needs_permission(timezone.localdate(at))
        permission = row.permission
        return self.page(
            request,
            "mentees/staff_request.html",
            title=str(row.mentee),
            row=row,
            missing=missing,
            needs_permission=needs,
            permission=permission,
            summary=_summary(row),
            history=Entry.objects.about(row).select_related("by")[:20],
            may={
                "decide": row.status in (Request.Status.ASKED, Request.Status.MORE_NEEDED),
                "talked": row.is_open and row.wants_a_talk_first,
                "paper": needs and (permission is None or permission.status != "given"),
            },
        )

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404  # the request's own page ends with its history


def _summary(row: Request) -> list[dict[str, str]]:
    mentee = row.mentee

    def listed(words: Any) -> str:
        return ", ".join(str(word) for word in words.all())

    facts = {
        "E-mail address": mentee.user.email,
        "Date of birth": f"{mentee.born_on.day} {mentee.born_on:%B %Y}",
        "Lives in": mentee.outcode,
        "Help with": listed(mentee.topics),
        "In their words": mentee.goals,
        "Work they dream of": listed(mentee.sectors),
        "Free": ", ".join(str(slot) for slot in Slot.in_mask(mentee.free_slots)),
        "Would meet": mentee.get_way_display(),
        "Travels": f"{mentee.travel_minutes} minutes",
        "Languages": listed(mentee.languages),
        "A woman or a man": Mentee.Wish(mentee.mentor_gender).label,
        "Part of their life": listed(mentee.experiences),
        "Gender": Gender(mentee.gender).label if mentee.gender else "Not said",
        "Good to know": mentee.good_to_know,
        "School or group": mentee.school_name,
        "Heard of us": mentee.heard_of_us,
        "What the partner wrote": row.referred.note if row.referred else "",
        "What we asked or said": row.words_to_them,
        "What they answered": row.their_answer,
    }
    return [{"label": label, "value": value, "url": ""} for label, value in facts.items() if value]
