"""Courses: written as drafts, published as versions, taken away and brought in as one file."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from audit.transitions import NotAllowed
from training import actions, content
from training.admin.writing import InlineOfDrafts, OfDrafts, Slugged
from training.forms import ImportForm, PublishForm
from training.models import Course, Module
from training.packing import unpack
from training.writer import zip_of

MANY = 10_000  # learners, beyond whom nobody needs the exact number before every click


class ModuleInline(InlineOfDrafts):
    model = Module
    form = Slugged
    fields = ("order", "title", "slug", "summary", "lapses_after_months", "when_changed")
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Course)
class CourseDesk(OfDrafts):
    form = Slugged
    change_form_template = "training/admin/course.html"
    change_list_template = "training/admin/courses.html"
    list_display = ("title", "stands", "audience", "pass_mark", "slug")
    list_filter = ("audience", "is_published")
    list_select_related = ("draft_of",)
    search_fields = ("title",)
    fields = ("title", "slug", "summary", "audience", "pass_mark")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (ModuleInline,)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # Its addresses are in people's letters, and a draft's comes from its course.
        return ("slug",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # the draft of a next version is thrown away on its page of versions

    @admin.display(description="stands", ordering="version")
    def stands(self, course: Course) -> str:
        if course.draft_of_id:
            return f"Draft of version {course.original.version + 1}"
        if not course.version:
            return "Draft, never published"
        return f"Version {course.version}" + ("" if course.is_published else ", closed")

    def get_urls(self) -> list[URLPattern]:
        def view(page: Any) -> Any:
            return self.admin_site.admin_view(page)

        return [
            path("import/", view(self.bring_in), name="training_import"),
            path("<int:pk>/versions/", view(self.versions), name="training_versions"),
            path("<int:pk>/export/", view(self.export), name="training_export"),
            *super().get_urls(),
        ]

    def page(self, request: HttpRequest, template: str, status: int = 200, **context: Any) -> HttpResponse:
        """A page of ours inside the admin's frame."""
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**frame, **context}, status=status)

    def find(self, request: HttpRequest, pk: int) -> Course:
        """A course that this member of staff may look at; any other is not there."""
        if not self.has_view_permission(request) or pk >= 2**63:
            raise Http404
        return get_object_or_404(Course.objects.visible_to(request.user), pk=pk)

    # --- Versions --------------------------------------------------------------------------------

    def versions(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Where a course stands, and the buttons that move it on."""
        row = self.find(request, pk)
        course, may_write = row.original, super().has_change_permission(request)
        form = PublishForm(request.POST if request.POST.get("do") == "publish" else None)
        if request.method == "POST":
            if not may_write:
                raise PermissionDenied
            try:
                if then := self._do(request, course, form):
                    return redirect(then)
            except NotAllowed as no:
                form.add_error(None, str(no)) if form.is_bound else messages.warning(request, str(no))
        draft = course if not course.version else Course.objects.filter(draft_of=course).first()
        before, fault = content.of_course(course), ""
        after = before
        if draft:
            try:
                after = actions.checked(draft)
            except NotAllowed as no:
                fault, after = str(no), content.of_course(draft)
        return self.page(
            request,
            "training/admin/versions.html",
            422 if form.errors else 200,
            title=f"Versions of {course}",
            course=course,
            draft=draft,
            fault=fault,
            difference=actions.difference(before, after) if draft and course.version else None,
            is_same=bool(draft and course.version) and before == after,
            versions=list(course.versions.defer("content").select_related("published_by")),
            learners=course.enrolments.order_by()[: MANY + 1].count(),
            many=MANY,
            form=form,
            may_write=may_write,
        )

    def _do(self, request: HttpRequest, course: Course, form: PublishForm) -> str:
        """The button that was pressed; where to go then, or nothing when the form has a mistake."""
        now: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        here = reverse("admin:training_versions", args=[course.pk])
        draft = course if not course.version else Course.objects.filter(draft_of=course).first()
        match request.POST.get("do"):
            case "draft":
                begun = actions.start_draft(course, **now)
                messages.success(request, "Here is the draft. Learners go on seeing the published version.")
                return reverse("admin:training_course_change", args=[begun.pk])
            case "discard" if draft:
                actions.discard_draft(draft, **now)
                messages.success(request, "The draft is gone. The published version stays as it was.")
                return here
            case "publish" if draft:
                if not form.is_valid():
                    return ""
                version = actions.publish(draft, **now, **form.cleaned_data)
                messages.success(request, f"Version {version.number} is published.")
                return here
            case "close":
                actions.close(course, **now)
                messages.success(request, "The course is closed to learners. Certificates go on counting.")
                return here
            case "reopen":
                actions.reopen(course, **now)
                messages.success(request, "The course is open again.")
                return here
        raise NotAllowed("There is nothing to do. Please look at the page again.")

    # --- As one file -----------------------------------------------------------------------------

    def export(self, request: HttpRequest, pk: int) -> HttpResponse:
        course = self.find(request, pk)
        made = content.of_course(course, with_pictures=True)
        response = HttpResponse(zip_of(made), content_type="application/zip")
        response["Content-Disposition"] = f'attachment; filename="{course.slug}.zip"'
        return response

    def bring_in(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        is_sent = request.method == "POST"
        form = ImportForm(request.POST, request.FILES) if is_sent else ImportForm()
        if is_sent and form.is_valid():
            try:
                read = unpack(form.cleaned_data["file"].read())
                draft = actions.import_course(read, by=request.user, at=timezone.now())
            except actions.BadCourse as no:
                form.add_error("file", str(no))
            else:
                messages.success(request, "The course is here as a draft. Look through it, then publish it.")
                return redirect("admin:training_versions", draft.original.pk)
        status = 422 if form.errors else 200
        return self.page(request, "training/admin/import.html", status, title="Import a course", form=form)
