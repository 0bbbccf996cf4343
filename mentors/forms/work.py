"""What a mentor does for work, and for how long."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from mentors import rules
from mentors.forms.section import Section, Words
from mentors.forms.sign_up import Years, may_be_named
from mentors.models import Mentor
from partners.models import Sector
from users.fields import PlainText


class Work(Section):
    title = "Your work"
    lead = "If you have retired, tell us what you used to do."

    job_title = PlainText(
        label="What do you do for work?",
        max_length=120,
        help_text="Like civil engineer, nurse or shop manager.",
        widget=forms.TextInput({"class": "w-20", "autocomplete": "organization-title"}),
        error_messages={"required": "Tell us what you do for work, like civil engineer"},
    )
    employer = PlainText(
        label="Who do you work for?",
        max_length=120,
        required=False,
        widget=forms.TextInput({"class": "w-20", "autocomplete": "organization"}),
    )
    sectors = Words(
        Sector,
        label="Which kinds of work do you know?",
        help_text="Choose the closest, up to three.",
        error_messages={"required": "Choose at least one kind of work"},
    )
    years_of_work = Years(label="How many years have you worked?", help_text="Rough is fine.")
    has_degree = forms.TypedChoiceField(
        label="Were these years after a degree?",
        choices=[("True", "Yes, after a degree"), ("False", "No")],
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Say whether you worked these years after a degree"},
    )

    class Meta:
        model = Mentor
        fields = ("job_title", "employer", "sectors", "years_of_work", "has_degree")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.invited_by:
            self.fields["may_be_named"] = may_be_named(self.instance.invited_by)
            self.initial["may_be_named"] = "yes" if self.instance.may_be_named else "no"

    def clean_sectors(self) -> Any:
        sectors = self.cleaned_data["sectors"]
        if len(sectors) > 3:
            raise forms.ValidationError("Choose three kinds of work at most")
        return sectors

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("years_of_work") is not None and data.get("has_degree") is not None:
            answers = [
                rules.eligible_in(
                    programme,
                    years=data["years_of_work"],
                    has_degree=data["has_degree"],
                    on=timezone.localdate(self.at),
                )
                for programme in self.instance.programmes.all()
            ]
            if answers and not any(a.ok for a in answers):
                self.add_error("years_of_work", answers[0].words)
        return data
