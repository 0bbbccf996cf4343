"""The moment in London that a day and a time of day make."""

from __future__ import annotations

from typing import Any

from django import forms

from users.clock import in_london
from users.fields import InOurWords


class WithLondonTime(InOurWords, forms.Form):
    """A form with a day and a clock time that make one moment in London."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") and data.get("clock"):
            try:
                data["starts_at"] = in_london(data["on"], data["clock"])
            except ValueError as wrong:
                self.add_error("clock", str(wrong))
        return data
