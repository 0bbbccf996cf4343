"""Staff's desk for the audit: everything can be read, nothing can be changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from audit.looking import ReadOnly
from audit.models import Entry


@admin.register(Entry)
class EntryDesk(ReadOnly):
    list_display = ("at", "verb", "about", "object_id", "by")
    list_filter = ("about",)
    search_fields = ("=object_id", "verb")
    search_help_text = "A number, or what was done"
    date_hierarchy = None
    list_select_related = ("by",)
    fields = readonly_fields = ("at", "verb", "about", "object_id", "by", "facts")

    def get_queryset(self, request: HttpRequest) -> Any:
        return Entry.objects.visible_to(request.user)
