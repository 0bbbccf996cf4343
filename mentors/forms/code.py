"""The code of conduct."""

from __future__ import annotations

from django import forms

from users.fields import InOurWords


class Code(InOurWords, forms.Form):
    title = "Code of conduct"
    lead = ""

    agree = forms.BooleanField(
        label="I have read the code of conduct and agree to it",
        error_messages={"required": "Tick the box if you agree to the code of conduct"},
    )
