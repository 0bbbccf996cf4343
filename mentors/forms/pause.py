"""A pause from mentoring."""

from __future__ import annotations

from django import forms

from users.fields import InOurWords


class Pause(InOurWords, forms.Form):
    months = forms.TypedChoiceField(
        label="For how long?",
        choices=[(1, "One month"), (3, "Three months"), (6, "Six months")],
        coerce=int,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose for how long"},
    )
