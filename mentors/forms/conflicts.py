"""Whom a mentor must not be matched with."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from mentors.forms.section import Section, chips
from mentors.models import Mentor
from partners.models import Organisation
from users.fields import PlainText, Several


class Conflicts(Section):
    title = "Who not to match you with"
    lead = "We never match you with somebody you know already. If there is nobody, say so."

    tied_to = Several(
        Organisation.objects.none(),
        label="Do you have ties with any of these?",
        help_text="You work or volunteer there, or somebody close to you does or goes there.",
        required=False,
        widget=chips(),
    )
    relatives = PlainText(
        label="Is anybody in your family in this programme?",
        help_text="Their first names are enough.",
        required=False,
        max_length=300,
    )
    nobody = forms.BooleanField(label="No, none of this", required=False)

    class Meta:
        model = Mentor
        fields = ("tied_to", "relatives")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ties: Any = self.fields["tied_to"]
        mine = self.instance.programmes.all()
        ties.queryset = (
            Organisation.objects.filter(
                Q(programmes__in=mine, status=Organisation.Status.VERIFIED)
                | Q(pk__in=self.instance.tied_to.values("pk"))
            )
            .exclude(kind__in=[Organisation.Kind.COMMISSIONER])
            .distinct()
        )
        if not ties.queryset:
            del self.fields["tied_to"]
        said = bool(self.instance.relatives or self.instance.tied_to.exists())
        self.initial["nobody"] = self.instance.conflicts_declared_at is not None and not said

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        said = bool(data.get("relatives") or data.get("tied_to"))
        if self.errors:
            return data
        if said and data.get("nobody"):
            self.add_error("nobody", "Untick this, or take the other answers out")
        elif not said and not data.get("nobody"):
            self.add_error("nobody", "Tick “No, none of this” if there is nobody")
        return data
