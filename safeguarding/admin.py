"""Staff's desk: who the leads are. Concerns themselves are not in the admin, for anybody."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from audit import desk
from safeguarding import actions
from safeguarding.models import Concern, SafeguardingLead


@admin.register(SafeguardingLead)
class LeadDesk(admin.ModelAdmin):
    """Administrators name the lead and deputies; whoever is lead already is told of it."""

    list_display = ("user", "is_deputy")
    autocomplete_fields = ()
    raw_id_fields = ("user",)
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_superuser)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actions.name_lead(obj, by=request.user, at=timezone.now())

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        actions.remove_lead(obj, by=request.user, at=timezone.now())


@desk.register
def _concerns(user: Any) -> desk.Queue | None:
    """Its number alone would say something, so only the lead and the deputies have this line."""
    if not SafeguardingLead.objects.filter(user_id=user.pk).exists():
        return None
    waiting = Concern.objects.visible_to(user).open()
    return desk.Queue("Concerns", waiting, reverse("safeguarding:concerns"), desk.Urgency.NOW)
