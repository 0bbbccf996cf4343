"""The letter desk: what went out to whom, what a person must decide, and each letter as its reader saw it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.decorators.clickjacking import xframe_options_sameorigin

from notifications import actions, rules
from notifications.models import Letter

# The preview is somebody's letter in a frame: nothing in it runs, loads or leads anywhere.
PREVIEW_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"
MOST_COUNTED = 10_000


class ShortPaginator(Paginator):
    """Counts as far as anybody leafs, never a million rows."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return int(rows[:MOST_COUNTED].count())


@admin.register(Letter)
class LetterDesk(admin.ModelAdmin):
    list_display = ["kind", "reader", "what_became_of_it", "created_at", "sent_at", "tries", "urgent"]
    list_filter = ["status", "urgent", "created_at"]
    list_select_related = ["to_user"]
    search_fields = ["kind", "about", "to_user__first_name"]
    search_help_text = "Search by kind, by first name, or by what it is about, like matching.match:12"
    ordering = ["-id"]
    paginator = ShortPaginator
    show_full_result_count = False
    list_per_page = 50
    actions = ["send_again", "keep_here"]

    @property
    def media(self) -> forms.Media:
        """What ticking letters needs of the admin's scripts; the others, jQuery among them, serve forms."""
        return forms.Media(js=["admin/js/actions.js"])

    def get_queryset(self, request: HttpRequest) -> Any:
        return Letter.objects.visible_to(request.user).defer("text", "html")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="to")
    def reader(self, letter: Letter) -> str:
        """A first name, or an address that we only hint at."""
        if letter.to_user:
            return letter.to_user.first_name or str(letter.to_user)
        name, _, host = letter.to_email.partition("@")
        return f"{name[:1]}…@{host}"

    @admin.display(description="status", ordering="status")
    def what_became_of_it(self, letter: Letter) -> str:
        return letter.outcome

    @admin.action(description="Send again (only letters that are dead or unsure)")
    def send_again(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, actions.retry, "queued again")

    @admin.action(description="Cancel (only letters that wait to leave)")
    def keep_here(self, request: HttpRequest, queryset: Any) -> None:
        self._each(request, queryset, actions.cancel, "cancelled")

    def _each(self, request: HttpRequest, queryset: Any, act: Any, done: str) -> None:
        count = 0
        for letter in queryset:
            try:
                act(letter, by=request.user, at=timezone.now())
                count += 1
            except actions.NotAllowed as no:
                messages.warning(request, f"{letter}: {no}")
        if count:
            messages.success(request, f"{count} {done}.")

    def get_urls(self) -> list[Any]:
        own = [
            path("<int:pk>/preview/", self.admin_site.admin_view(self.preview), name="letter_preview"),
            path(
                "<int:pk>/send-again/",
                self.admin_site.admin_view(self.decide),
                {"to": "queued"},
                "letter_retry",
            ),
            path(
                "<int:pk>/it-arrived/",
                self.admin_site.admin_view(self.decide),
                {"to": "sent"},
                "letter_arrived",
            ),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The reading page: nothing on it can be edited, so it is a page and not a form."""
        letter = self._find(request, object_id)
        return TemplateResponse(
            request,
            "admin/notifications/letter/read.html",
            {
                **self.admin_site.each_context(request),
                "title": letter.subject or letter.kind,
                "opts": self.opts,
                "letter": letter,
                "reader": self.reader(letter),
                "text": self._readable(letter.text),
                "can_retry": letter.status in {Letter.Status.DEAD, Letter.Status.UNSURE},
                "can_confirm": letter.status == Letter.Status.UNSURE,
                "keys_hidden": settings.PRODUCTION,
            },
        )

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        return _preview(request, self._readable(self._find(request, pk).html))

    def decide(self, request: HttpRequest, pk: int, to: str) -> HttpResponse:
        letter = self._find(request, pk)
        back = reverse("admin:notifications_letter_change", args=[letter.pk])
        if request.method != "POST":
            return HttpResponseRedirect(back)
        try:
            if to == Letter.Status.QUEUED:
                actions.retry(letter, by=request.user, at=timezone.now())
                messages.success(request, "The letter is queued and leaves within a minute.")
            else:
                actions.confirm_sent(letter, by=request.user, at=timezone.now())
                messages.success(request, "Noted: the letter arrived.")
        except actions.NotAllowed as no:
            messages.error(request, str(no))
        return HttpResponseRedirect(back)

    def _find(self, request: HttpRequest, pk: Any) -> Letter:
        letters = Letter.objects.visible_to(request.user).select_related("to_user", "handled_by")
        letter = letters.filter(pk=pk).first() if str(pk).isdigit() else None
        if letter is None:
            raise Http404
        return letter

    def _readable(self, words: str) -> str:
        """In the real house a signed link is for its reader only; in the demo visitors follow it."""
        return rules.without_keys(words) if settings.PRODUCTION else words


@xframe_options_sameorigin
def _preview(request: HttpRequest, html: str) -> HttpResponse:
    response = HttpResponse(html or "<!doctype html><title>Forgotten</title><p>These words were forgotten.")
    response["Content-Security-Policy"] = PREVIEW_POLICY
    return response
