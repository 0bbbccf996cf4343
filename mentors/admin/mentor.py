"""Mentors: a list that says what is missing, and one page that holds all there is to know."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from audit.looking import Looking
from audit.models import Entry
from mentors import rules
from mentors.admin import decide
from mentors.models import Check, Mentor, Reference
from partners.models import AgeBand, Programme, Slot

MISSING = {
    "about": "About them",
    "work": "Work",
    "help": "What they can help with",
    "when": "When and how",
    "conflicts": "Conflicts",
    "motivation": "Motivation",
    "referees": "Two referees",
    "disclosure": "Disclosure",
    "code": "Code of conduct",
    "application": "Application not sent",
    "training": "Training",
    "workshop": "Workshop",
    "references": "Two good references",
    "identity": "Identity",
    "references_heard": "Referees not phoned",
    "dbs": "DBS",
    "approved": "Approval",
    "not_paused": "Paused",
    "programme": "Running programme",
    "account": "Account closed",
}


class InProgramme(admin.SimpleListFilter):
    title = "programme"
    parameter_name = "programme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(p.pk), p.name) for p in Programme.objects.managed_by(request.user)[:50]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Mentor]) -> QuerySet[Mentor]:
        value = self.value()
        return queryset.filter(programmes=int(value)) if value and value.isdecimal() else queryset


class Stands(admin.SimpleListFilter):
    title = "what waits"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("ready", "Ready to be matched"),
            ("approve", "Ready for approval"),
            ("check", "Checks to record"),
            ("expiring", "DBS due within 90 days"),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        at = timezone.now()
        on = timezone.localdate(at)
        if self.value() == "ready":
            return queryset.ready(at)
        if self.value() == "approve":
            return queryset.to_approve(at)
        if self.value() == "check":
            return queryset.to_check(at)
        if self.value() == "expiring":
            return queryset.with_dbs_due(on, on + timedelta(days=max(rules.CHECK_REMINDERS)))
        return queryset


class Lacks(admin.SimpleListFilter):
    title = "what is missing"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(MISSING.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        value = self.value()
        return queryset.lacking(value, timezone.now()) if value in MISSING else queryset


class FactsOfThePage(ChangeList):
    """What is missing is asked of the rows on the page alone: a list is sorted before it is cut, and nothing
    should be worked out for ten thousand mentors to show fifty."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        rows = {mentor.pk: mentor for mentor in self.result_list}
        known = Mentor.objects.filter(pk__in=rows).with_facts(timezone.now())
        for facts in known.values("pk", *(f"fact_{name}" for name in rules.FACTS)):
            vars(rows[facts.pop("pk")]).update(facts)
        self.result_list = list(rows.values())


@admin.register(Mentor)
class MentorDesk(Looking):
    list_display = ("person", "status", "where", "missing", "signed_up_at", "applied_at")
    list_filter = (Stands, InProgramme, "status", Lacks)
    search_fields = ("user__first_name", "user__last_name", "=user__email")
    search_help_text = "First or last name, or the whole e-mail address"
    ordering = ("-signed_up_at",)

    def get_queryset(self, request: HttpRequest) -> Any:
        mine = Mentor.objects.visible_to(request.user)
        return mine.select_related("user").prefetch_related("programmes")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return FactsOfThePage

    @admin.display(description="mentor", ordering="user__first_name")
    def person(self, mentor: Mentor) -> str:
        return str(mentor.user)

    @admin.display(description="programmes")
    def where(self, mentor: Mentor) -> str:
        return ", ".join(str(p) for p in mentor.programmes.all())

    @admin.display(description="what is missing")
    def missing(self, mentor: Mentor) -> str:
        if mentor.status in (Mentor.Status.DECLINED, Mentor.Status.LEFT):
            return "–"
        missing = [MISSING[m.key] for m in mentor.readiness(timezone.now())]
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        return ", ".join(missing[:3]) + more or "Nothing: ready"

    def get_urls(self) -> list[URLPattern]:
        def view(page: Any) -> Any:
            return self.admin_site.admin_view(lambda request, **kw: page(self, request, **kw))

        return [
            path("<int:pk>/check/<slug:kind>/", view(decide.record_check), name="mentors_record_check"),
            path(
                "<int:pk>/check/<int:check_pk>/correct/",
                view(decide.correct_dbs),
                name="mentors_correct_dbs",
            ),
            path("<int:pk>/approve/", view(decide.approve), name="mentors_approve"),
            path("<int:pk>/decline/", view(decide.decline), name="mentors_decline"),
            path("<int:pk>/suspend/", view(decide.suspend), name="mentors_suspend"),
            path("<int:pk>/return/", view(decide.restore), name="mentors_return"),
            path(
                "<int:pk>/references/<int:reference_pk>/ask-again/",
                view(decide.ask_again),
                name="mentors_ask_again",
            ),
            path(
                "<int:pk>/references/<int:reference_pk>/replace/",
                view(decide.replace_referee),
                name="mentors_replace_referee",
            ),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        """A page of ours inside the admin's frame."""
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**frame, **context})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        at = timezone.now()
        mentor = decide.find(request, object_id)
        facts = mentor.facts(at)
        missing = rules.what_is_missing(facts)
        checks = list(mentor.checks.select_related("seen_by"))
        return self.page(
            request,
            "mentors/staff_mentor.html",
            title=str(mentor.user),
            mentor=mentor,
            missing=[
                {
                    "words": _for_staff(m),
                    "who": {"you": "Mentor", "us": "Us", "referee": "Referee"}[m.who_acts],
                }
                for m in missing
            ],
            is_ready=not missing,
            summary=_summary(mentor),
            references=mentor.references.exclude(status=Reference.Status.REPLACED),
            checks=checks,
            last_dbs=next((check.pk for check in checks if check.kind == Check.Kind.DBS), None),
            history=Entry.objects.about(mentor).select_related("by")[:20],
            may=_may(mentor, facts, missing, request.user),
        )

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404  # the record's own page ends with its history


def _for_staff(missing: rules.Missing) -> str:
    return MISSING[missing.key]


def _may(mentor: Mentor, facts: rules.Facts, missing: list[rules.Missing], user: Any) -> dict[str, bool]:
    """Which buttons make sense; the actions ask all of it again."""
    status, here = mentor.Status, mentor.status
    open_ = here in (status.APPLYING, status.APPROVED, status.SUSPENDED) and user != mentor.user
    return {
        "check": open_ and facts.application,
        "hear": open_ and facts.references,
        "approve": open_ and here == status.APPLYING and all(m.key in rules.AFTER_APPROVAL for m in missing),
        "decline": open_ and here == status.APPLYING,
        "suspend": open_ and here == status.APPROVED,
        "restore": open_ and here == status.SUSPENDED,
        "references": open_ and facts.application,
    }


def _summary(mentor: Mentor) -> list[dict[str, Any]]:
    def listed(words: Any) -> str:
        return ", ".join(str(w) for w in words.all())

    user = mentor.user
    ages = ", ".join(label for bit, label in AgeBand.choices if mentor.accepted_ages & bit)
    work = ", ".join(filter(None, [mentor.job_title, mentor.employer]))
    years = f"{mentor.years_of_work} years" if mentor.years_of_work is not None else ""
    facts = {
        "Reference": mentor.code,
        "E-mail address": user.email,
        "Programmes": listed(mentor.programmes),
        "Date of birth": f"{mentor.born_on.day} {mentor.born_on:%B %Y}" if mentor.born_on else "",
        "Gender": mentor.get_gender_display() if mentor.gender else "Not said",
        "Based in": mentor.outcode,
        "Work": work,
        "Experience": f"{years}{' after a degree' if mentor.has_degree else ''}",
        "Kinds of work": listed(mentor.sectors),
        "Can help with": listed(mentor.topics),
        "Languages": listed(mentor.languages),
        "Shared experience": listed(mentor.experiences) or "None told",
        "Free": ", ".join(str(s) for s in Slot.in_mask(mentor.free_slots)),
        "Meets": mentor.get_way_display(),
        "Travels": f"{mentor.travel_minutes} minutes" if mentor.travel_minutes else "–",
        "Ages": ages,
        "Young people at once": str(mentor.capacity),
        "Not to be matched with": ", ".join(filter(None, [listed(mentor.tied_to), mentor.relatives]))
        or ("Nobody" if mentor.conflicts_declared_at else ""),
        "Why": mentor.motivation,
    }
    return [{"label": label, "value": value, "url": ""} for label, value in facts.items()]
