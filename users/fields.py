"""Form fields that every app shares: text, dates and the week, with mistakes said the way we say them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import Any, ClassVar

from django import forms
from django.forms.utils import pretty_name
from django.utils import timezone

from users import text
from users.clock import in_london
from users.widgets import DateBoxes, WeekGrid

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?$")


class PlainText(forms.CharField):
    """One line of text: trimmed, NFC, nothing hidden. Names of one letter, O'Brien, 李 and emoji pass."""

    lines = False

    def to_python(self, value: Any) -> str:
        value = text.tidy(str(value), lines=self.lines) if value not in self.empty_values else ""
        if wrong := text.fault(value, lines=self.lines):
            raise forms.ValidationError(wrong, code="hidden")
        return value


class PlainTextarea(PlainText):
    """Some lines of text, under the same rules."""

    widget = forms.Textarea
    lines = True

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea({"rows": rows}))
        super().__init__(**kwargs)


class PlainEmail(forms.EmailField):
    """An e-mail address, trimmed. Hidden characters are no part of one, and it fits where it is kept."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 254)
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", "Enter a full e-mail address, like name@example.com"
        )
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        typed = str(value or "").strip()
        if any(unicodedata.category(character) in {"Cc", "Cf", "Cs"} for character in typed):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        email = str(super().clean(typed))
        if len(email.encode()) > 254:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return email


class Several(forms.ModelMultipleChoiceField):
    """Some of many rows. A number longer than any row's is no answer; a database may not even take it."""

    def clean(self, value: Any) -> Any:
        given = self.prepare_value(value)
        for one in given if isinstance(given, (list, tuple)) else []:
            row = str(one)
            if not (row.isascii() and row.isdecimal() and len(row) < 19):
                raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return super().clean(value)


class BoxedDateField(forms.Field):
    """A date in three boxes. `says` names it: BoxedDateField(says="Issue date", example="3 5 2026")."""

    widget = DateBoxes
    birth = False

    def __init__(self, *, says: str = "The date", example: str = "29 2 2008", **kwargs: Any) -> None:
        self.says, self.example = says, example
        kwargs.setdefault("widget", DateBoxes(birth=self.birth))
        kwargs.setdefault("help_text", f"For example, {example}")
        kwargs.setdefault("error_messages", {}).setdefault(
            "required", f"{says} must be a real date, like {example}"
        )
        super().__init__(**kwargs)

    def _wrong(self, sentence: str) -> forms.ValidationError:
        return forms.ValidationError(sentence, code="not_a_date")

    def to_python(self, value: Any) -> datetime.date | None:
        if isinstance(value, datetime.date):
            return value
        parts = [unicodedata.normalize("NFKC", str(part or "")).strip() for part in value or []]
        if not any(parts):
            return None
        missing = [name for name, part in zip(("day", "month", "year"), parts, strict=False) if not part]
        if missing or len(parts) != 3:
            raise self._wrong(
                f"{self.says} must include a {' and a '.join(missing) or 'day, month and year'}"
            )
        day, month, year = parts
        if month.isalpha() and month[:3].lower() in MONTHS:
            month = str(MONTHS.index(month[:3].lower()) + 1)
        if year.isascii() and year.isdecimal() and len(year) == 2:
            raise self._wrong(f"Write the year with four digits, like {self.example.split()[-1]}")
        real = f"{self.says} must be a real date, like {self.example}"
        if not all(p.isascii() and p.isdecimal() for p in (day, month, year)) or len(year) != 4:
            raise self._wrong(real)
        try:
            date = datetime.date(int(year), int(month), int(day))
        except (ValueError, OverflowError):  # a day of 25 digits is no number that a date can hold
            raise self._wrong(real) from None
        if date.year < 1900:
            raise self._wrong(real)
        return date

    def has_changed(self, initial: Any, data: Any) -> bool:
        boxes = initial if isinstance(initial, list) else DateBoxes().decompress(initial)
        return [str(part or "").strip() for part in data or ["", "", ""]] != boxes


class BirthDateField(BoxedDateField):
    """A date of birth: real, with a whole year, and not in the future. Ages are the programme's to judge."""

    birth = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Date of birth")
        super().__init__(**{"says": "Date of birth", **kwargs})

    def validate(self, value: datetime.date | None) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise self._wrong("Date of birth must be in the past")


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
        found = CLOCK.match(text)
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


class WeekField(forms.Field):
    """When someone is free: 21 slots as one whole number, a bit each, counted from Monday morning."""

    widget = WeekGrid
    default_error_messages = {
        "required": "Choose at least one time you are usually free",
        "unknown": "Choose times from the week below",
    }

    def to_python(self, value: Any) -> int:
        if isinstance(value, int):
            return value
        mask = 0
        for bit in value or []:
            if not (str(bit).isascii() and str(bit).isdecimal() and len(str(bit)) < 3 and int(bit) < 21):
                raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
            mask |= 1 << int(bit)
        return mask

    def validate(self, value: int) -> None:
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], code="required")

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != (initial or 0)
        except forms.ValidationError:
            return True


class InOurWords:
    """A mixin for forms: Django's stock sentences become ours, wherever a field brought none of its own.

    Also: no colon after labels, no browser bubbles (our summary says it better), "(optional)" where true.
    """

    fields: dict[str, forms.Field]
    label_suffix = ""
    use_required_attribute = False
    marks_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.label is None:
                field.label = pretty_name(name)  # as Django would, but before the sentences need it
            for code, sentence in _our_words(field).items():
                stock = _stock(field, code)
                if stock is not None and str(field.error_messages.get(code)) == str(stock):
                    field.error_messages[code] = sentence


class InLondon(InOurWords, forms.Form):
    """A form with a day, `on`, and times of day that each make a moment in London with it."""

    MOMENTS: ClassVar[dict[str, str]] = {"clock": "starts_at"}
    """Field of a time of day → the name under which `cleaned_data` holds the moment."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for clock, moment in self.MOMENTS.items():
            if data.get("on") and data.get(clock):
                try:
                    data[moment] = in_london(data["on"], data[clock])
                except ValueError as wrong:
                    self.add_error(clock, str(wrong))
        return data


def _stock(field: forms.Field, code: str) -> Any:
    for base in type(field).__mro__:
        if base.__module__.startswith("django.") and code in vars(base).get("default_error_messages", {}):
            return vars(base)["default_error_messages"][code]
    return None


def _our_words(field: forms.Field) -> dict[str, str]:
    words = {
        "invalid_choice": "Choose one of the answers below",
        "invalid_list": "Choose from the answers below",
        "invalid_pk_value": "Choose from the answers below",
        "required": _asked_again(field),
    }
    if isinstance(field, forms.IntegerField):
        words["invalid"] = "Enter a whole number, like 6"
    elif isinstance(field, (forms.DateField, forms.DateTimeField)):
        words["invalid"] = "Enter a real date, like 24/11/2026"
    elif isinstance(field, forms.TimeField):
        words["invalid"] = "Enter a time, like 18:00"
    return words


def _asked_again(field: forms.Field) -> str:
    """What an empty box asks for, so that the list at the top of the page makes sense by itself."""
    label = str(field.label or "")
    if isinstance(field, forms.BooleanField):
        return "Tick the box to go on"
    if isinstance(field, forms.FileField):
        return "Choose a file"
    if isinstance(field, forms.EmailField):
        return "Enter an e-mail address, like name@example.org"
    if label.endswith("?"):
        return f"Answer “{label}”"
    few = isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))
    verb = "Choose" if isinstance(field, (forms.ChoiceField, forms.ModelChoiceField)) else "Enter"
    name = label if label[:2].isupper() or not label else label[0].lower() + label[1:]
    return f"{verb} {'at least one of: ' if few else ''}{name}" if name else "Answer this question"
