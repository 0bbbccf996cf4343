"""Modules, their pages, and the pictures in them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from training.admin.question import QuestionInline
from training.admin.writing import InlineOfDrafts, OfDrafts, Slugged
from training.forms import PictureForm
from training.models import Course, Lesson, Module, Picture, pictures_at
from training.prose import html, lesson_fault

DIALECT = (
    "Markdown. Headings begin with ##. Cards: “::: words”, “::: avoid”, “::: reflect”, “::: urgent”, "
    "“::: more A question?”, each ended by “:::”. "
    "A film: “::: video 4 https://…”, its title on the next line, “:::”. "
    "A picture: ![what it shows](pictures/its-name.png)."
)


class LessonForm(Slugged):
    class Meta:
        model = Lesson
        fields = ("module", "order", "title", "slug", "body")
        widgets = {"body": forms.Textarea({"rows": 24, "cols": 90, "class": "vLargeTextField"})}
        help_texts = {"body": DIALECT}

    def clean_body(self) -> str:
        return str(self.cleaned_data["body"]).replace("\r\n", "\n").strip() + "\n"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        module = data.get("module")
        if module and "body" in data:
            names = set(module.course.original.pictures.values_list("name", flat=True))
            if fault := lesson_fault(data["body"], names):
                self.add_error("body", fault)
        return data


class LessonInline(InlineOfDrafts):
    model = Lesson
    form = Slugged
    fields = ("order", "title", "slug")
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Module)
class ModuleDesk(OfDrafts):
    form = Slugged
    list_display = ("title", "course", "order", "lapses_after_months", "when_changed")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("title",)
    fields = ("course", "order", "title", "slug", "summary", "lapses_after_months", "when_changed")
    inlines = (LessonInline, QuestionInline)


@admin.register(Lesson)
class LessonDesk(OfDrafts):
    form = LessonForm
    list_display = ("title", "module", "order", "about_minutes")
    list_filter = ("module__course", "module")
    list_select_related = ("module__course",)
    search_fields = ("title", "body")
    readonly_fields = ("about_minutes", "preview")
    fields = ("module", "order", "title", "slug", "body", "about_minutes", "preview")
    prepopulated_fields = {"slug": ("title",)}

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {} if obj else super().get_prepopulated_fields(request, obj)

    @admin.display(description="minutes to read")
    def about_minutes(self, lesson: Lesson) -> int | str:
        return lesson.minutes if lesson.pk else "–"

    @admin.display(description="as learners see it, once saved")
    def preview(self, lesson: Lesson) -> str:
        if not lesson.pk:
            return "Press “Save and continue editing” to see it here."
        course = lesson.module.course
        page = reverse("training:lesson", args=[course.slug, lesson.module.slug, lesson.slug])
        shown = html(lesson.body, pictures_at(course))
        return format_html('<div class="prose">{}</div><p><a href="{}">The whole page</a></p>', shown, page)


@admin.register(Picture)
class PictureDesk(admin.ModelAdmin):
    form = PictureForm
    list_display = ("name", "course", "alt", "size")
    list_filter = ("course",)
    list_select_related = ("course",)
    search_fields = ("name", "alt")
    readonly_fields = ("size", "write_it", "shown")
    actions = None
    show_full_result_count = False

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ("course", "file", "name", "alt")
        return ("course", "name", "alt", "size", "write_it", "shown")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A new drawing gets a new name, so that every version shows what it was published with.
        return ("course", "name", *self.readonly_fields) if obj else ()

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.defer("data")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "course":
            kwargs["queryset"] = Course.objects.filter(draft_of=None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_used())

    def save_model(self, request: HttpRequest, obj: Picture, form: Any, change: bool) -> None:
        if not change:
            drawn = form.drawn
            obj.data, obj.kind, obj.width, obj.height = drawn.data, drawn.kind, drawn.width, drawn.height
            by: Any = request.user
            obj.added_at, obj.added_by = timezone.now(), by
        super().save_model(request, obj, form, change)

    @admin.display(description="pixels")
    def size(self, picture: Picture) -> str:
        return f"{picture.width} × {picture.height}"

    @admin.display(description="write this into a lesson")
    def write_it(self, picture: Picture) -> str:
        return format_html("<code>{}</code>", picture.markdown)

    @admin.display(description="picture")
    def shown(self, picture: Picture) -> str:
        return format_html('<img src="{}" alt="{}" width="320">', picture.get_absolute_url(), picture.alt)
