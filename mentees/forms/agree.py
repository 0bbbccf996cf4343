"""The last tick before a request is sent."""

from __future__ import annotations

from django import forms

from users.fields import InOurWords


class Agree(InOurWords, forms.Form):
    agrees = forms.BooleanField(
        label="I would like a mentor, and I agree to meet them as One Million Mentors asks me to",
        error_messages={"required": "Tick the box if you would like to go on"},
    )
