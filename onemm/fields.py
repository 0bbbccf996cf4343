"""What a page asks of a form's fields: where a mistake leads, and what may be left out."""

from __future__ import annotations

from typing import Any

from django import forms


def target(field: forms.BoundField) -> str:
    """The id that the error summary jumps to: the field, or the first box of a group."""
    if field.id_for_label:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.auto_id else ""


def widget_kind(field: forms.BoundField) -> str:
    return field.widget_type


def is_optional(field: forms.BoundField) -> bool:
    """Whether to print "(optional)": not on filters and searches (`form.marks_optional = False`)."""
    return not field.field.required and getattr(field.form, "marks_optional", True)


def error_list(form: Any) -> list[dict[str, str]]:
    """Every mistake of a form, or of a list of forms, in the order of its fields."""
    faults: list[dict[str, str]] = []
    for one in form if isinstance(form, (list, tuple)) else [form]:
        if not getattr(one, "is_bound", False):
            continue
        faults += [{"text": str(text), "target": ""} for text in one.non_field_errors()]
        for field in one:
            faults += [{"text": str(text), "target": target(field)} for text in field.errors]
    return faults
