"""What every section of a mentor's profile shares: their own row, saved by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q

from users.fields import InOurWords, Several


def chips() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple({"class": "choices chips"})


class Words(Several):
    """Chips of one vocabulary: what is offered now, and what this mentor chose before."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        self.vocabulary = model
        super().__init__(model.objects.filter(is_offered=True), widget=chips(), **kwargs)

    def keep(self, chosen: Any) -> None:
        ids = list(chosen.values_list("pk", flat=True))
        self.queryset = self.vocabulary.objects.filter(Q(is_offered=True) | Q(pk__in=ids))


class Section(InOurWords, forms.ModelForm):
    """One section: the mentor's own row, saved by itself."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Words):
                field.keep(getattr(self.instance, name))

    def save(self, commit: bool = True) -> Any:
        """Save this section's own columns and no others: a status that staff set meanwhile must stand."""
        mentor = super().save(commit=False)
        if commit:
            mentor.save(update_fields=self._columns())
            self.save_m2m()
        return mentor

    def _columns(self) -> list[str]:
        columns = {field.name for field in self.instance._meta.concrete_fields}
        return [name for name in self.fields if name in columns]
