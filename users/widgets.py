"""What people tick and fill in, beyond Django's own: three boxes for a date, and a week."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = ("Morning", "Afternoon", "Evening")


class Detailed(str):
    """The label of a choice with a second, quieter line: Detailed("Online", "A video call on this site")."""

    sub: str
    __slots__ = ("sub",)

    def __new__(cls, label: str, sub: str = "") -> Detailed:
        words = super().__new__(cls, label)
        words.sub = sub
        return words


class DateBoxes(forms.MultiWidget):
    """Day, month and year as three boxes; `birth=True` lets the browser fill in a birthday."""

    template_name = "users/widgets/date_boxes.html"
    use_fieldset = True
    words = (("Day", "bday-day", "w-2"), ("Month", "bday-month", "w-2"), ("Year", "bday-year", "w-4"))

    def __init__(self, attrs: dict[str, Any] | None = None, *, birth: bool = False) -> None:
        boxes = [
            forms.TextInput(
                {"class": width, "inputmode": "numeric"} | ({"autocomplete": complete} if birth else {})
            )
            for _, complete, width in self.words
        ]
        super().__init__(boxes, attrs)

    def decompress(self, value: datetime.date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for box, (word, _, _) in zip(context["widget"]["subwidgets"], self.words, strict=True):
            box["word"] = word
        return context


class WeekGrid(forms.Widget):
    """Seven days by morning, afternoon and evening: a table of tick boxes. The value is one bit a slot."""

    template_name = "users/widgets/week_grid.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # a week without ticks sends nothing

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        if isinstance(value, int):
            ticked = {bit for bit in range(21) if value >> bit & 1}
        else:
            ticked = {bit for bit in range(21) if str(bit) in {str(sent) for sent in value or []}}
        stem = context["widget"]["attrs"].get("id") or f"id_{name}"
        context["widget"]["parts"] = PARTS
        context["widget"]["rows"] = [
            (
                day,
                [
                    {
                        "bit": 3 * d + p,
                        "id": f"{stem}_{3 * d + p}",
                        "words": f"{day} {part.lower()}",
                        "ticked": 3 * d + p in ticked,
                    }
                    for p, part in enumerate(PARTS)
                ],
            )
            for d, day in enumerate(DAYS)
        ]
        return context
