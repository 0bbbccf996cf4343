"""The staff's desk for partners, programmes and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from audit.desk import Queue, Urgency, register
from audit.models import Entry
from audit.transitions import NotAllowed
from notifications.links import absolute
from partners import actions
from partners.forms import Decline, Invite, ProgrammeForm
from partners.models import (
    Coordinator,
    Experience,
    HelpTopic,
    Language,
    Network,
    Organisation,
    Programme,
    ProgrammeManager,
    Sector,
)


@register
def applied(user: Any) -> Queue:
    waiting = Organisation.objects.visible_to(user).filter(status=Organisation.Status.APPLIED)
    url = f"{reverse('admin:partners_organisation_changelist')}?status__exact=applied"
    return Queue("Partners who applied", waiting, url, Urgency.SOON)


class KeptDesk(admin.ModelAdmin):
    """Nothing is deleted here: other rows and past reports stand on it."""

    show_full_result_count = False
    list_per_page = 50
    actions = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Programme)
class ProgrammeDesk(KeptDesk):
    form = ProgrammeForm
    list_display = ("name", "place", "starts_on", "ends_on", "is_open")
    list_filter = ("is_open",)
    search_fields = ("name", "place")
    prepopulated_fields = {"slug": ("name",)}
    filter_horizontal = ("organisations", "optional_courses")

    def get_queryset(self, request: HttpRequest) -> Any:
        return Programme.objects.managed_by(request.user)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and obj.max_capacity < form.initial["max_capacity"]:
            actions.lower_capacity(obj, by=request.user, at=timezone.now())

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)


@admin.register(ProgrammeManager)
class ProgrammeManagerDesk(admin.ModelAdmin):
    list_display = ("user", "looks_after")
    filter_horizontal = ("programmes",)
    autocomplete_fields = ("user",)
    list_select_related = ("user",)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("programmes")

    @admin.display(description="looks after")
    def looks_after(self, manager: ProgrammeManager) -> str:
        return ", ".join(str(programme) for programme in manager.programmes.all())


class WordDesk(KeptDesk):
    list_display = ("name", "is_offered", "bit")
    search_fields = ("name",)
    exclude = ("bit",)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            taken = set(obj.__class__.objects.values_list("bit", flat=True))
            obj.bit = next(bit for bit in range(obj.WIDTH) if bit not in taken)
        super().save_model(request, obj, form, change)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Each list has only so many places in the matching arrays, and none is given away twice."""
        return super().has_add_permission(request) and self.model.objects.count() < self.model.WIDTH


for word in (HelpTopic, Sector, Language, Experience):
    admin.site.register(word, WordDesk)


@admin.register(Network)
class NetworkDesk(KeptDesk):
    search_fields = ("name",)


@admin.register(Organisation)
class OrganisationDesk(KeptDesk):
    list_display = ("name", "kind", "status", "agreement_signed_on", "safeguarding_lead")
    list_filter = ("status", "kind")
    search_fields = ("name",)
    filter_horizontal = ("networks",)
    readonly_fields = ("status", "applied_at")
    change_form_template = "partners/staff_organisation.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        return Organisation.objects.visible_to(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_urls(self) -> list[URLPattern]:
        return [
            path("<int:pk>/verify/", self.admin_site.admin_view(self.verify), name="partners_verify"),
            path("<int:pk>/decline/", self.admin_site.admin_view(self.decline), name="partners_decline"),
            path("<int:pk>/part/", self.admin_site.admin_view(self.part), name="partners_part"),
            path("<int:pk>/link/", self.admin_site.admin_view(self.link), name="partners_link"),
            path(
                "<int:pk>/close-link/",
                self.admin_site.admin_view(self.close_link),
                name="partners_close_link",
            ),
            path("<int:pk>/invite/", self.admin_site.admin_view(self.invite), name="partners_invite"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        is_a_number = object_id.isascii() and object_id.isdecimal() and len(object_id) < 19
        theirs = Organisation.objects.visible_to(request.user)
        found = theirs.filter(pk=object_id).first() if is_a_number else None
        more: dict[str, Any] = {"organisation": found, "coordinators": [], "history_entries": []}
        if found is not None:
            more["coordinators"] = list(found.coordinators.select_related("user"))
            more |= _invited(found, request.user)
            more["history_entries"] = list(Entry.objects.about(found).select_related("by")[:20])
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **more})

    def _decide(
        self,
        request: HttpRequest,
        pk: int,
        do: Callable[[Organisation], str],
        *,
        title: str,
        words: str,
        button: str,
        form: Any = None,
    ) -> HttpResponse:
        organisation = get_object_or_404(Organisation.objects.visible_to(request.user), pk=pk)
        back = reverse("admin:partners_organisation_change", args=[pk])
        refusal = ""
        if request.method == "POST" and (form is None or form.is_valid()):
            try:
                messages.success(request, do(organisation))
                return redirect(back)
            except NotAllowed as no:
                refusal = str(no)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "organisation": organisation,
            "title": title,
            "words": words,
            "button": button,
            "form": form,
            "refusal": refusal,
            "back": back,
        }
        return TemplateResponse(request, "partners/staff_decide.html", context)

    def verify(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(organisation: Organisation) -> str:
            actions.verify(organisation, by=request.user)
            return "Verified. The person who applied has been invited."

        words = "You have read the agreement and spoken to the safeguarding lead. From now on they can refer."
        return self._decide(request, pk, do, title="Verify this partner", words=words, button="Verify")

    def decline(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = Decline(request.POST if request.method == "POST" else None)

        def do(organisation: Organisation) -> str:
            actions.decline(organisation, reason=form.cleaned_data["reason"], by=request.user)
            return "Declined. They have been told."

        words = "They get a letter with your reason, and may apply again."
        return self._decide(
            request, pk, do, title="Decline this partner", words=words, button="Decline", form=form
        )

    def part(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(organisation: Organisation) -> str:
            actions.part(organisation, by=request.user)
            return "They have left. Their coordinators see nobody any more."

        words = (
            "Their coordinators see nobody any more, from their next click on. Young people keep their place."
        )
        return self._decide(request, pk, do, title="This partner leaves", words=words, button="They leave")

    def invite(self, request: HttpRequest, pk: int) -> HttpResponse:
        form = Invite(request.POST if request.method == "POST" else None)

        def do(organisation: Organisation) -> str:
            actions.invite_coordinator(organisation, by=request.user, **form.cleaned_data)
            return "Invited. We have written to them."

        words = "They can refer young people for this partner, and see those it referred."
        return self._decide(
            request, pk, do, title="Invite a coordinator", words=words, button="Invite", form=form
        )

    def link(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(organisation: Organisation) -> str:
            actions.renew_invitation(organisation, by=request.user, at=timezone.now())
            return "There is a new link. The one before works no more."

        words = (
            "Whoever signs up as a mentor by this link is marked as one of theirs. A link they have already "
            "stops working at once."
        )
        return self._decide(request, pk, do, title="Make an invitation link", words=words, button="Make it")

    def close_link(self, request: HttpRequest, pk: int) -> HttpResponse:
        def do(organisation: Organisation) -> str:
            actions.close_invitation(organisation, by=request.user, at=timezone.now())
            return "The link works no more."

        words = "Nobody can sign up by it any more. Who came by it stays marked as theirs."
        return self._decide(
            request, pk, do, title="Close the invitation link", words=words, button="Close it"
        )


def _invited(organisation: Organisation, user: Any) -> dict[str, Any]:
    """The link, and who came by it: how many, and the names of those who agreed to be named."""
    came: Any = organisation.invited_mentors.all()
    theirs = came.visible_to(user).filter(may_be_named=True).select_related("user")
    token = organisation.invitation
    return {
        "invitation": absolute(reverse("mentors:join", args=[token])) if token else "",
        "came": came.count(),
        "named": [str(mentor) for mentor in theirs],
    }


@admin.register(Coordinator)
class CoordinatorDesk(admin.ModelAdmin):
    list_display = ("user", "organisation")
    list_select_related = ("user", "organisation")
    search_fields = ("user__first_name", "user__last_name", "organisation__name")
    readonly_fields = ("user", "organisation")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> Any:
        return Coordinator.objects.visible_to(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_staff)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # they are invited from their partner's page

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
