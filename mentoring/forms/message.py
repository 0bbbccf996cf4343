"""A message to the other."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms

from users.fields import InOurWords, PlainTextarea


class Write(InOurWords, forms.Form):
    """A message. The key makes two clicks one message."""

    words = PlainTextarea(
        rows=3,
        max_length=2000,
        error_messages={
            "required": "Write something first",
            "max_length": "A message can have 2,000 characters. Yours has %(show_value)s",
        },
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput(), required=False)

    def __init__(self, *args: Any, other_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = f"Write to {other_name}"
        self.initial.setdefault("form_key", uuid.uuid4())

    def clean_form_key(self) -> uuid.UUID:
        return self.cleaned_data["form_key"] or uuid.uuid4()
