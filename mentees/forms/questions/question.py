"""What every page of questions shares, and the words it is made of."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from partners.models import Programme
from users.fields import InOurWords, Several


class Question(InOurWords, forms.Form):
    """One page of questions."""

    slug: ClassVar[str]
    title: ClassVar[str]
    why: ClassVar[str] = ""
    asks_one = False

    def __init__(self, *args: Any, programme: Programme | None = None, **kwargs: Any) -> None:
        self.programme = programme
        super().__init__(*args, **kwargs)

    def forget_errors(self) -> None:
        """Show what was typed without a word about it: for somebody who only came back to this page."""
        self._errors = forms.utils.ErrorDict()

    def said(self) -> list[tuple[str, str]]:
        """Label and answer as words, for checking."""
        return []


def _chips() -> Any:
    return forms.CheckboxSelectMultiple({"class": "choices chips"})


def vocabulary(model: Any, **kwargs: Any) -> Any:
    return Several(model._default_manager.filter(is_offered=True), widget=_chips(), **kwargs)


def listed(words: Any) -> str:
    return ", ".join(str(word) for word in words)
