"""Sending the application."""

from __future__ import annotations

from django import forms

from users.fields import InOurWords


class Send(InOurWords, forms.Form):
    agree = forms.BooleanField(
        label="These answers are true, and I agree to an enhanced DBS check",
        error_messages={"required": "Tick the box if your answers are true and you agree to a DBS check"},
    )
