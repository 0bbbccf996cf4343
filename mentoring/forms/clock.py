"""A time of day as people write it, and the moment in London it makes with a day."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms

from mentoring import rules
from users.fields import InOurWords

_CLOCK = re.compile(r"^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$")


class ClockField(forms.CharField):
    """A time of day as people write it: 6pm, 6:30pm, 18:00."""

    wrong = "Enter a time, like 6pm or 18:30"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "Like 6pm or 18:30. We use the time in the UK.")
        kwargs.setdefault("widget", forms.TextInput({"class": "w-4"}))
        kwargs.setdefault("error_messages", {"required": self.wrong})
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip().lower()
        if not text:
            return ""
        if text in {"midday", "noon"}:
            return datetime.time(12)
        found = _CLOCK.match(text)
        if not found:
            raise forms.ValidationError(self.wrong)
        hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
        if half and not 1 <= hour <= 12:
            raise forms.ValidationError(self.wrong)
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError(self.wrong)
        return datetime.time(hour, minute)


class WithLondonTime(InOurWords, forms.Form):
    """A form with a day and a clock time that make one moment in London."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("on") and data.get("clock"):
            try:
                data["starts_at"] = rules.in_london(data["on"], data["clock"])
            except ValueError as wrong:
                self.add_error("clock", str(wrong))
        return data
