"""The two people who know a mentor."""

from __future__ import annotations

from typing import Any

from django import forms

from mentors import rules
from mentors.forms.sign_up import Years
from mentors.models import Mentor
from users.fields import InOurWords, PlainEmail, PlainText


class RefereeForm(InOurWords, forms.Form):
    """One referee."""

    title = "Name another referee"

    name = PlainText(
        label="Their full name",
        max_length=120,
        widget=forms.TextInput({"class": "w-20", "autocomplete": "off"}),
        error_messages={"required": "Enter your referee’s full name"},
    )
    email = PlainEmail(
        label="Their e-mail address",
        widget=forms.EmailInput({"class": "w-20", "autocomplete": "off"}),
        error_messages={"required": "Enter your referee’s e-mail address"},
    )
    knows_as = PlainText(
        label="How do they know you?",
        max_length=120,
        help_text="Like manager, colleague or club secretary.",
        widget=forms.TextInput({"class": "w-20", "autocomplete": "off"}),
        error_messages={"required": "Say how they know you, like manager"},
    )
    years_known = Years(label="For how many years?", help_text="At least two.")

    def __init__(self, *args: Any, which: str = "", **kwargs: Any) -> None:
        self.which = which
        super().__init__(*args, **kwargs)
        says = dict.fromkeys(("required", "invalid"), "Enter for how many years they have known you, like 6")
        self.fields["years_known"].error_messages.update(says)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_years_known(self) -> int:
        years = int(self.cleaned_data["years_known"])
        if years < 2:
            raise forms.ValidationError("Choose somebody who has known you for at least two years")
        return years

    def referee(self) -> rules.Referee:
        return rules.Referee(
            **{n: self.cleaned_data[n] for n in ("name", "email", "knows_as", "years_known")}
        )


class TwoReferees(list[RefereeForm]):
    """Both referees on one page; either all of it is saved or nothing."""

    title = "Two referees"
    lead = (
        "People who have known you for two years or more and are not relatives. We write to them once you "
        "have sent your application."
    )

    def __init__(self, data: Any = None, *, mentor: Mentor) -> None:
        self.mentor = mentor
        known = list(mentor.references.standing().order_by("pk")[:2])
        super().__init__(
            RefereeForm(
                data,
                prefix=f"referee{n}",
                which=which,
                initial={f: getattr(known[n], f) for f in RefereeForm.base_fields}
                if n < len(known)
                else None,
            )
            for n, which in enumerate(("First referee", "Second referee"))
        )

    @property
    def errors(self) -> bool:
        """So that the page's title says that something needs another look."""
        return any(form.errors for form in self)

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in self]  # both, so that both show their mistakes
        if not all(valid):
            return False
        if self._why_not(self.referees()):
            wrong = self[0] if self._why_not(self.referees()[:1]) else self[1]
            relative = rules.is_a_relative(wrong.referee().knows_as)
            wrong.add_error("knows_as" if relative else "email", rules.DIFFERENT)
            return False
        return True

    def _why_not(self, referees: list[rules.Referee]) -> str:
        user = self.mentor.user
        return rules.why_not_referees(referees, of=user.get_full_name(), of_email=user.email)

    def referees(self) -> list[rules.Referee]:
        return [form.referee() for form in self]
