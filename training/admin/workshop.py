"""The desk for workshops: sessions to plan, and people to mark as having come."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from audit.desk import Queue, Urgency, register
from audit.looking import Looking
from audit.models import Entry
from audit.transitions import NotAllowed
from training import actions
from training.models import Booking, Workshop, WorkshopSession
from training.workshop_forms import CallOffForm, SessionForm

Status = Booking.Status
STANDS = {
    Status.BOOKED: ("now", "Has a place"),
    Status.WAITING: ("wait", "Waiting"),
    Status.ATTENDED: ("done", "Came"),
    Status.MISSED: ("stop", "Did not come"),
    Status.NO_PLACE: ("plain", "No place came free"),
    Status.CANCELLED: ("plain", "Given back"),
}


@register
def to_mark(user: Any) -> Queue:
    waiting = WorkshopSession.objects.run_by(user).to_mark(timezone.now())
    url = f"{reverse('admin:training_workshopsession_changelist')}?stands=mark"
    return Queue("Workshops to mark who came", waiting, url, Urgency.SOON)


@admin.register(Workshop)
class WorkshopDesk(admin.ModelAdmin):
    """What the workshops are called; administrators write it, programmes point to it."""

    list_display = ("title", "slug", "is_published")
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Stands(admin.SimpleListFilter):
    title = "when"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("coming", "To come"), ("mark", "To mark who came"), ("over", "Over")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        at = timezone.now()
        if self.value() == "coming":
            return queryset.coming(at)
        if self.value() == "mark":
            return queryset.to_mark(at)
        return queryset.filter(ends_at__lte=at) if self.value() == "over" else queryset


@admin.register(WorkshopSession)
class WorkshopSessionDesk(Looking):
    list_display = ("workshop", "starts_at", "where", "people", "waiting", "stands")
    list_display_links = ("workshop", "starts_at")
    list_filter = (Stands, "status")
    ordering = ("-starts_at", "-pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        mine = WorkshopSession.objects.run_by(request.user)
        booked = Booking.objects.filter(session=OuterRef("pk"), status=Status.BOOKED)
        return mine.with_places().annotate(is_unmarked=Exists(booked)).select_related("workshop")

    @admin.display(description="places taken")
    def people(self, session: Any) -> str:
        return f"{session.taken} of {session.places}"

    @admin.display(description="waiting")
    def waiting(self, session: Any) -> int:
        return int(session.waiting)

    @admin.display(description="stands")
    def stands(self, session: Any) -> str:
        if not session.is_planned:
            return "Called off"
        if session.ends_at > timezone.now():
            return "Planned"
        return "To mark" if session.is_unmarked else "Over"

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/edit/", view(self.edit), name="training_edit_session"),
            path("<int:pk>/call-off/", view(self.call_off), name="training_call_off_session"),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        raise Http404  # the session's own page ends with its history

    # --- Pages -----------------------------------------------------------------------------------

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise Http404
        form = SessionForm(_posted(request), user=request.user)
        if form.is_valid():
            try:
                workshop = form.cleaned_data["workshop"]
                made = actions.plan_session(workshop, by=request.user, at=timezone.now(), **form.facts)
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Planned. Mentors can book it now.")
                return _to(made)
        words = "Mentors whose programme asks for this workshop can book it at once."
        return self._form(
            request,
            form,
            title="Plan a session",
            words=words,
            button="Plan it",
            back=_list(),
            here="Sessions",
        )

    def edit(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = self._find(request, pk)
        form = SessionForm(_posted(request), user=request.user, session=session)
        seen = _number(request.POST.get("seen", ""), session.sequence)
        if form.is_valid():
            try:
                actions.change_session(session, by=request.user, at=timezone.now(), seen=seen, **form.facts)
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Saved. Whoever booked has a letter if time or place changed.")
                return _to(session)
        people = session.taken + session.waiting
        told = f"{people} {'person has' if people == 1 else 'people have'} booked or wait"
        words = f"{told}. They get a letter when the time or the place changes." if people else ""
        return self._form(
            request,
            form,
            title="Change this session",
            words=words,
            button="Save",
            back=_page(session),
            here=session.workshop.title,
            seen=seen,
        )

    def call_off(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = self._find(request, pk)
        form = CallOffForm(_posted(request))
        if form.is_valid():
            try:
                actions.cancel_session(
                    session, by=request.user, at=timezone.now(), why=form.cleaned_data["why"]
                )
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Called off. Everybody who booked has a letter.")
                return _to(session)
        return self._form(
            request,
            form,
            title="Call this session off",
            words="Everybody who booked or waits gets a letter now, and can choose another date.",
            button="Call it off",
            back=_page(session),
            here=session.workshop.title,
            stop=True,
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        session = self._find(request, _number(object_id, 0))
        at = timezone.now()
        refusal = ""
        if request.method == "POST":
            try:
                changed = actions.mark_attendance(session, _marks(request), by=request.user, at=at)
            except NotAllowed as no:
                refusal = str(no)
            else:
                count = len(changed)
                messages.success(request, f"Saved: {count} {'person' if count == 1 else 'people'} marked.")
                return _to(session)
        marks = _marks(request)
        bookings = list(session.bookings.select_related("user").order_by("user__first_name", "pk"))
        can_mark = session.is_planned and session.starts_at <= at
        hidden = {Status.CANCELLED}
        people = [
            {"booking": b, "kind": STANDS[Status(b.status)][0], "words": STANDS[Status(b.status)][1]}
            | {"came": marks.get(b.pk, {"attended": True, "missed": False}.get(b.status))}
            | {"may_miss": b.status in (Status.BOOKED, Status.ATTENDED, Status.MISSED)}
            for b in bookings
            if b.status not in hidden
        ]
        is_marked = any(b.status in (Status.ATTENDED, Status.MISSED) for b in bookings)
        return self._show(
            request,
            "training/staff_session.html",
            title=session.workshop.title,
            session=session,
            people=people,
            given_back=sum(b.status == Status.CANCELLED for b in bookings),
            can_mark=can_mark,
            may_change=session.is_bookable(at),
            may_call_off=session.is_planned and not is_marked,
            refusal=refusal,
            history=Entry.objects.about(session).select_related("by")[:20],
        )

    def _find(self, request: HttpRequest, pk: int) -> Any:
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _form(self, request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
        return self._show(request, "training/staff_session_form.html", form=form, **context)

    def _show(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**frame, **context})


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else otherwise


def _marks(request: HttpRequest) -> dict[int, bool]:
    """What was ticked, by the number of the booking; whoever was left out is left as they are."""
    found = {}
    for name, value in request.POST.items():
        word, _, number = name.partition("-")
        if word == "came" and value in ("yes", "no") and _number(number, 0):
            found[_number(number, 0)] = value == "yes"
    return found


def _list() -> str:
    return reverse("admin:training_workshopsession_changelist")


def _page(session: WorkshopSession) -> str:
    return reverse("admin:training_workshopsession_change", args=[session.pk])


def _to(session: WorkshopSession) -> HttpResponse:
    return redirect(_page(session))
