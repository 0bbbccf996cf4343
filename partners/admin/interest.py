"""The interest list at the desk: who waits for a programme near them, since when, and taking them off it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from audit.desk import Queue, Urgency, register
from audit.looking import Looking
from partners import actions
from partners.forms import TakeOff
from partners.models import Interest, Outcode, Programme

LIST = "admin:partners_interest_changelist"


@register
def waiting_elsewhere(user: Any) -> Queue:
    waiting = Interest.objects.visible_to(user)
    return Queue("People who wait for a programme near them", waiting, reverse(LIST), Urgency.WHEN_YOU_CAN)


class Nearest(admin.SimpleListFilter):
    title = "programme"
    parameter_name = "programme"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        theirs = [(str(p.pk), p.name) for p in Programme.objects.managed_by(request.user)[:50]]
        return [*theirs, ("none", "Near none")] if request.user.is_superuser else theirs

    def queryset(self, request: HttpRequest, queryset: QuerySet[Interest]) -> QuerySet[Interest]:
        value = self.value() or ""
        if value == "none":
            return queryset.filter(nearest=None)
        is_a_number = value.isascii() and value.isdecimal() and len(value) < 19
        return queryset.filter(nearest=int(value)) if is_a_number else queryset


@admin.register(Interest)
class InterestDesk(Looking):
    list_display = ("email", "where", "programme", "since")
    list_filter = (Nearest,)
    # Not by e-mail address: what is searched for stands in the address of the page.
    search_fields = ("=outcode",)
    search_help_text = "The first half of a postcode, like LS1"
    ordering = ("asked_at", "pk")

    def get_queryset(self, request: HttpRequest) -> Any:
        town = Outcode.objects.filter(code=OuterRef("outcode")).values("town")[:1]
        theirs = Interest.objects.visible_to(request.user)
        return theirs.annotate(town=Subquery(town)).select_related("nearest")

    @admin.display(description="where", ordering="outcode")
    def where(self, interest: Any) -> str:
        return ", ".join(filter(None, (interest.outcode, interest.town)))

    @admin.display(description="nearest programme")
    def programme(self, interest: Interest) -> str:
        return str(interest.nearest or "–")

    @admin.display(description="since", ordering="asked_at")
    def since(self, interest: Interest) -> Any:
        return timezone.localdate(interest.asked_at)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        is_a_number = object_id.isascii() and object_id.isdecimal() and len(object_id) < 19
        interest = get_object_or_404(self.get_queryset(request), pk=int(object_id) if is_a_number else 0)
        form = TakeOff(request.POST if request.method == "POST" else None)
        if form.is_valid():
            actions.take_off_list(interest, why=form.cleaned_data["why"], by=request.user, at=timezone.now())
            messages.success(request, "Done. We have forgotten their address.")
            return redirect(LIST)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": interest.email,
            "interest": interest,
            "where": self.where(interest),
            "form": form,
            "back": reverse(LIST),
        }
        return TemplateResponse(request, "partners/staff_interest.html", context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404  # a row has none while it stands, and is gone after
