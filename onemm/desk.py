"""The staff's desk: Django's admin in our dress, with today's queues first."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse

from audit import desk


class Desk(admin.AdminSite):
    site_header = "Staff desk"
    site_title = "One Million Mentors"
    index_title = "Today"
    index_template = "admin/desk.html"
    enable_nav_sidebar = True

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        queues = desk.queues(request.user)
        return super().index(request, {"queues": queues, **(extra_context or {})})
