"""What learners did, for staff to look at; certificates can be taken and given back."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from audit.looking import ReadOnly
from audit.transitions import NotAllowed
from training import actions
from training.models import Certificate, Enrolment, QuizTry


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
