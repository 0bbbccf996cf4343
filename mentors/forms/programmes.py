"""Where a mentor takes part."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from mentors.models import Mentor
from partners.models import Programme
from users.fields import InOurWords, Several
from users.widgets import Detailed


class Programmes(InOurWords, forms.Form):
    title = "Programmes"
    lead = "You can take part in up to three."

    programmes = Several(
        Programme.objects.none(),
        label="Where would you like to mentor?",
        widget=forms.CheckboxSelectMultiple({"class": "choices"}),
        error_messages={"required": "Choose at least one programme"},
    )

    def __init__(self, *args: Any, mentor: Mentor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = list(mentor.programmes.values_list("pk", flat=True))
        field: Any = self.fields["programmes"]
        field.label_from_instance = lambda p: Detailed(p.place, p.name)
        open_now = Programme.objects.open_to_sign_ups(timezone.localdate(at))
        field.queryset = Programme.objects.filter(Q(pk__in=open_now.values("pk")) | Q(pk__in=mine))
        self.initial.setdefault("programmes", mine)
        if mentor.applied_at:
            field.help_text = "You have applied to those that are ticked. To leave one, write to us."

    def clean_programmes(self) -> Any:
        chosen = self.cleaned_data["programmes"]
        if len(chosen) > 3:
            raise forms.ValidationError("Choose three programmes at most")
        return chosen
