"""The training desk: courses to write and preview, tries and certificates to look at."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from audit.looking import ReadOnly
from audit.transitions import NotAllowed
from training import actions
from training.models import Certificate, Choice, Course, Enrolment, Lesson, Module, Question, QuizTry
from training.prose import html
from training.workshop_admin import WorkshopDesk, WorkshopSessionDesk

__all__ = ["WorkshopDesk", "WorkshopSessionDesk"]  # registered where they are written


class ModuleInline(admin.StackedInline):
    model = Module
    extra = 0
    show_change_link = True


class LessonInline(admin.StackedInline):
    model = Lesson
    extra = 0
    fields = ("order", "title", "slug")
    show_change_link = True
    prepopulated_fields = {"slug": ("title",)}


class ChoiceInline(admin.StackedInline):
    model = Choice
    extra = 0
    min_num = 2


@admin.register(Course)
class CourseDesk(admin.ModelAdmin):
    list_display = ("title", "slug", "pass_mark", "is_published")
    list_filter = ("is_published",)
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}
    inlines = (ModuleInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Module)
class ModuleDesk(admin.ModelAdmin):
    list_display = ("title", "course", "order", "lapses_after_months")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("title",)
    inlines = (LessonInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Lesson)
class LessonDesk(admin.ModelAdmin):
    list_display = ("title", "module", "order", "about_minutes")
    list_filter = ("module__course", "module")
    list_select_related = ("module",)
    search_fields = ("title", "body")
    readonly_fields = ("about_minutes", "preview")
    fields = ("module", "order", "title", "slug", "body", "about_minutes", "preview")

    @admin.display(description="minutes to read")
    def about_minutes(self, lesson: Lesson) -> int | str:
        return lesson.minutes if lesson.pk else "–"

    @admin.display(description="as learners see it, once saved")
    def preview(self, lesson: Lesson) -> str:
        return format_html('<div class="prose">{}</div>', html(lesson.body)) if lesson.pk else "–"


@admin.register(Question)
class QuestionDesk(admin.ModelAdmin):
    list_display = ("text", "module", "kind")
    list_filter = ("module__course", "kind", "module")
    list_select_related = ("module",)
    search_fields = ("text", "story")
    inlines = (ChoiceInline,)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # An open try may ask it. Loading the course folder removes it, and begins such tries again.
        return False


@admin.register(Enrolment)
class EnrolmentDesk(ReadOnly):
    list_display = ("user", "course", "started_at", "last_active_at", "completed_at")
    list_filter = ("course", ("completed_at", admin.EmptyFieldListFilter))
    list_select_related = ("user", "course")
    search_fields = ("user__email", "user__first_name", "user__last_name")
    ordering = ("-pk",)


@admin.register(QuizTry)
class QuizTryDesk(ReadOnly):
    list_display = ("user", "module", "score", "is_passed", "started_at", "finished_at")
    list_filter = ("is_passed", "module__course", "module")
    list_select_related = ("user", "module")
    search_fields = ("user__email", "user__first_name", "user__last_name")
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return QuizTry.objects.visible_to(request.user)


@admin.register(Certificate)
class CertificateDesk(ReadOnly):
    list_display = ("number", "name", "course", "issued_on", "revoked_at")
    list_filter = ("course", ("revoked_at", admin.EmptyFieldListFilter))
    list_select_related = ("course",)
    search_fields = ("number", "name", "user__email")
    ordering = ("-pk",)
    actions = ("revoke", "reinstate")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Certificate.objects.visible_to(request.user)

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("training.change_certificate")

    @admin.action(description="Take back the chosen certificates", permissions=["revoke"])
    def revoke(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        for row in chosen:
            try:
                actions.revoke(row, by=request.user, reason="by staff, in the admin", at=timezone.now())
            except NotAllowed as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.WARNING)

    @admin.action(description="Give back the chosen certificates", permissions=["revoke"])
    def reinstate(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        for row in chosen:
            try:
                actions.reinstate(row, by=request.user, at=timezone.now())
            except NotAllowed as refusal:
                self.message_user(request, f"{row}: {refusal}", messages.WARNING)
