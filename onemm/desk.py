"""The staff's desk: Django's admin in our dress, with today's queues first."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from audit import desk


def permission_first(view: Any) -> Any:
    """Refuse a whole model before looking for its row: Django looks first, and a 403 says "it is there"."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not view.__self__.has_view_or_change_permission(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return asked


class Desk(admin.AdminSite):
    site_header = "Staff desk"
    site_title = "One Million Mentors"
    index_title = "Today"
    index_template = "admin/desk.html"
    enable_nav_sidebar = True

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        queues = desk.queues(request.user)
        return super().index(request, {"queues": queues, **(extra_context or {})})

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        is_history = getattr(view, "__name__", "") == "history_view"
        return super().admin_view(permission_first(view) if is_history else view, cacheable)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send everybody to the one sign-in page: a form here would know no limits and no second factor."""
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))
