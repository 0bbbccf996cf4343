"""Rows that staff look at and never edit by hand: the base of every admin page whose changes are actions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest


class ReadOnly(admin.ModelAdmin):
    """Nothing is added, changed or deleted by hand. Django's own permissions say who may look."""

    show_full_result_count = False
    list_per_page = 50

    @property
    def media(self) -> forms.Media:
        """None of the admin's scripts, jQuery among them: they serve forms, and here is none to fill in."""
        return forms.Media()

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Looking(ReadOnly):
    """A list for all staff, of whom each sees the rows that are `visible_to` them.

    The permissions cost no query: what somebody may see is not a permission of Django's but a row of ours (a
    programme manager's programmes), and `get_queryset` asks for that.
    """

    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        manager: Any = self.model._default_manager
        return manager.visible_to(request.user)
