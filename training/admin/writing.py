"""What all desks of content share: a draft is written, a published course is only read."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import slugify

from training.models import Course, Module, Question
from training.reader import SLUG, TAKEN


def course_of(row: Any) -> Course | None:
    """The course that a row of content belongs to; None for a row that has no parent yet."""
    if isinstance(row, Course):
        return row
    return row.course_written() if row is not None and row.pk else None


class InItsCourse(forms.ModelChoiceField):
    """A module to choose: courses share numbers and titles, so its course is said too."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.course}: {obj}"


class OfDrafts(admin.ModelAdmin):
    """Django's permissions say who may write; that the course is a draft says when."""

    show_full_result_count = False
    list_per_page = 50
    actions = None

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        course = course_of(obj)
        return super().has_change_permission(request, obj) and not (course and course.version)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        course = course_of(obj)
        return super().has_delete_permission(request, obj) and not (course and course.version)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A row is put into a draft, never into what is published."""
        drafts = {
            "course": Course.objects.filter(version=0),
            "module": Module.objects.filter(course__version=0).select_related("course"),
            "question": Question.objects.filter(module__course__version=0),
        }
        if db_field.name in drafts:
            kwargs["queryset"] = drafts[db_field.name]
        if db_field.name == "module":
            kwargs["form_class"] = InItsCourse
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class InlineOfDrafts(admin.StackedInline):
    """The same inside the page of the row above."""

    extra = 1  # without script, each saving offers one more
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        course = course_of(obj)
        return super().has_add_permission(request, obj) and not (course and course.version)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        course = course_of(obj)
        return super().has_change_permission(request, obj) and not (course and course.version)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)


class Slugged(forms.ModelForm):
    """Where a row has an address of its own: made from the title when nobody types one."""

    made_from = "title"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].label = "Name in addresses"
            self.fields["slug"].help_text = "Empty: made from the words above. Small letters and dashes."

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "slug" in self.fields and "slug" not in self.errors:
            slug = data.get("slug") or slugify(str(data.get(self.made_from, "")))[:54].strip("-_")
            data["slug"] = slug.lower().replace("_", "-").strip("-")
            if not SLUG.fullmatch(data["slug"]):
                self.add_error("slug", "Use small letters, digits and single dashes, like “first-hour”.")
            elif data["slug"] in TAKEN:
                self.add_error("slug", f"“{data['slug']}” is a word our addresses use; choose another.")
        return data
