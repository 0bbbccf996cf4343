"""The sections of a mentor's profile, each a form of its own."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from mentors import rules
from mentors.forms.sign_up import Years
from mentors.models import Check, Disclosure, Mentor
from partners.models import (
    AgeBand,
    Experience,
    Gender,
    HelpTopic,
    Language,
    Organisation,
    Outcode,
    Programme,
    Sector,
)
from users.fields import BirthDateField, InOurWords, PlainText, PlainTextarea, WeekField
from users.widgets import Detailed

OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]?")
REST = re.compile(r"[0-9]([A-Z]{2})?")
NO_OUTCODE = "Enter the first half of your postcode, like M14"


def chips() -> forms.CheckboxSelectMultiple:
    return forms.CheckboxSelectMultiple({"class": "choices chips"})


class Words(forms.ModelMultipleChoiceField):
    """Chips of one vocabulary: what is offered now, and what this mentor chose before."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        self.vocabulary = model
        super().__init__(model.objects.filter(is_offered=True), widget=chips(), **kwargs)

    def keep(self, chosen: Any) -> None:
        ids = list(chosen.values_list("pk", flat=True))
        self.queryset = self.vocabulary.objects.filter(Q(is_offered=True) | Q(pk__in=ids))


class Section(InOurWords, forms.ModelForm):
    """One section: the mentor's own row, saved by itself."""

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        self.at = at
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, Words):
                field.keep(getattr(self.instance, name))


class About(Section):
    title = "About you"
    lead = "Young people see your first name and pronouns, never your birth date or postcode."

    pronouns = PlainText(
        label="Pronouns",
        required=False,
        max_length=30,
        help_text="Like she/her, if you want to say.",
        widget=forms.TextInput({"class": "w-10"}),
    )
    gender = forms.ChoiceField(
        label="You are",
        required=False,
        help_text="A few young people ask for a mentor who is a woman, or a man.",
        choices=[(value, label) for value, label in Gender.choices if value],
        widget=forms.RadioSelect({"class": "choices choices--row"}),
    )
    born_on = BirthDateField(help_text="Mentors are 18 or over. For example, 14 5 1988")
    outcode = PlainText(
        label="Where are you based?",
        max_length=12,
        help_text="The first half of your home or work postcode, like M14.",
        widget=forms.TextInput({"class": "w-4", "autocomplete": "off"}),
        error_messages={"required": NO_OUTCODE},
    )

    class Meta:
        model = Mentor
        fields = ("pronouns", "gender", "born_on", "outcode")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gender"].choices = [*Gender.choices[:-1], ("", "I’d rather not say")]  # type: ignore[attr-defined]
        seen = self.instance.checks.filter(kind=Check.Kind.IDENTITY, is_clear=True).exists()
        if seen and self.instance.born_on:
            del self.fields["born_on"]  # what we have checked is not changed by hand
        elif self.instance.applied_at:
            self.fields["born_on"].help_text = "As on your identity document. For example, 14 5 1988"

    def clean_born_on(self) -> Any:
        born_on = self.cleaned_data["born_on"]
        today = timezone.localdate(self.at)
        if born_on > rules.adult_if_born_by(today):
            raise forms.ValidationError("You have to be 18 or over to be a mentor")
        if rules.years_between(born_on, today) > 110:
            raise forms.ValidationError("Date of birth must be a real date, like 29 2 1988")
        return born_on

    def clean_outcode(self) -> str:
        words = unicodedata.normalize("NFKC", self.cleaned_data["outcode"]).upper()
        for code in _first_halves(words):
            if _known(code) or not Outcode.objects.exists():
                return code
        if next(_first_halves(words), None):
            raise forms.ValidationError(f"We do not know this postcode. {NO_OUTCODE}")
        raise forms.ValidationError(NO_OUTCODE)


def _first_halves(words: str) -> Iterator[str]:
    """What could be the first half: "M14", "M14 5RQ", "M145RQ" and "M14 5" are all of M14."""
    head, _, rest = words.partition(" ")
    if OUTCODE.fullmatch(head) and (not rest or REST.fullmatch(rest)):
        yield head
    joined = words.replace(" ", "")
    for cut in (len(joined), len(joined) - 3, len(joined) - 1):
        if OUTCODE.fullmatch(joined[:cut]) and (cut == len(joined) or REST.fullmatch(joined[cut:])):
            yield joined[:cut]


def _known(code: str) -> bool:
    return Outcode.objects.filter(pk=code).exists()


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


class Help(Section):
    title = "What you can help with"
    lead = "This is what we match on first. Choose what you would enjoy."

    topics = Words(
        HelpTopic,
        label="What could you help someone with?",
        help_text="Choose as many as you like.",
        error_messages={"required": "Choose at least one thing you can help with"},
    )
    languages = Words(
        Language,
        label="Which languages could you meet in?",
        error_messages={"required": "Choose at least one language"},
    )
    experiences = Words(
        Experience,
        label="Anything you have been through yourself",
        required=False,
        help_text="Only if you are happy for a young person to know. Sharing it helps some of them.",
    )
    interests = PlainText(label="What do you do when you are not working?", required=False, max_length=300)

    class Meta:
        model = Mentor
        fields = ("topics", "languages", "experiences", "interests")


TRAVEL = [(15, "15 minutes"), (30, "30 minutes"), (45, "45 minutes"), (60, "An hour")]


class When(Section):
    title = "When and how"
    lead = "One hour a month. Tick every time you are usually free: more ticks, quicker match."

    free_slots = WeekField(label="When are you usually free?")
    way = forms.ChoiceField(
        label="How would you like to meet?",
        choices=[
            ("online", Detailed("Online", "A video call")),
            ("in_person", Detailed("In person", "Somewhere public, like a library")),
            ("either", Detailed("Either is fine", "This makes matching quicker")),
        ],
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose how you would like to meet"},
    )
    travel_minutes = forms.TypedChoiceField(
        label="How long would you travel to meet?",
        help_text="Only if you meet in person.",
        required=False,
        choices=TRAVEL,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
    )
    ages = forms.TypedMultipleChoiceField(
        label="Which ages are you happy to meet?",
        choices=AgeBand.choices,
        coerce=int,
        widget=chips(),
        error_messages={"required": "Choose at least one age group"},
    )
    capacity = forms.TypedChoiceField(
        label="How many young people could you mentor at once?",
        help_text="Most mentors start with one.",
        coerce=int,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose how many young people you could mentor"},
    )

    class Meta:
        model = Mentor
        fields = ("free_slots", "way", "travel_minutes", "capacity")

    field_order = ("free_slots", "way", "travel_minutes", "ages", "capacity")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programmes = list(self.instance.programmes.all())
        most = max((p.max_capacity for p in programmes), default=1)
        places: Any = self.fields["capacity"]
        places.choices = [(n, ("One", "Two", "Three")[n - 1]) for n in range(1, most + 1)]
        bands: Any = self.fields["ages"]
        low = min((p.min_age for p in programmes), default=0)
        high = max((p.max_age for p in programmes), default=99)
        bands.choices = [c for c in AgeBand.choices if low <= _oldest(c[0]) and _youngest(c[0]) <= high]
        self.initial["ages"] = [b for b, _ in AgeBand.choices if self.instance.accepted_ages & b]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        meets = data.get("way") in ("in_person", "either")
        if meets and not data.get("travel_minutes") and "travel_minutes" not in self.errors:
            self.add_error("travel_minutes", "Choose how long you would travel to meet")
        if data.get("way") == "online":
            data["travel_minutes"] = None
        return data

    def save(self, commit: bool = True) -> Any:
        self.instance.accepted_ages = sum(self.cleaned_data["ages"])
        return super().save(commit)


def _youngest(band: int) -> int:
    return {1: 14, 2: 16, 4: 18, 8: 22}[band]


def _oldest(band: int) -> int:
    return {1: 15, 2: 17, 4: 21, 8: 25}[band]


class Conflicts(Section):
    title = "Who not to match you with"
    lead = "We never match you with somebody you know already. If there is nobody, say so."

    tied_to = forms.ModelMultipleChoiceField(
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


class Motivation(Section):
    title = "Why you want to mentor"
    lead = ""

    motivation = PlainTextarea(
        label="Why do you want to mentor?",
        help_text="Two or three honest sentences. Your mentee will read this.",
        max_length=1000,
        rows=6,
        error_messages={"required": "Write two or three sentences about why you want to mentor"},
    )

    class Meta:
        model = Mentor
        fields = ("motivation",)


class Disclose(InOurWords, forms.ModelForm):
    title = "Your past"
    lead = "A yes does not rule you out. Only the people who approve mentors can read your answer."

    has_something = forms.TypedChoiceField(
        label="Is there anything in your past that we should know before you work with young people?",
        help_text="Convictions or cautions that are not protected, investigations by an employer or a "
        "council, being barred or dismissed from work with children. A DBS check will show some of these.",
        choices=[("True", "Yes"), ("False", "No")],
        coerce=lambda answer: answer == "True",
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Answer yes or no"},
    )
    words = PlainTextarea(
        label="If yes, what happened and when?",
        required=False,
        max_length=2000,
        rows=6,
        help_text="What you did about it, and how things are now.",
    )

    class Meta:
        model = Disclosure
        fields = ("has_something", "words")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("has_something") and not data.get("words") and "words" not in self.errors:
            self.add_error("words", "Tell us in a few sentences what happened and when")
        return data


class Code(InOurWords, forms.Form):
    title = "Code of conduct"
    lead = ""

    agree = forms.BooleanField(
        label="I have read the code of conduct and agree to it",
        error_messages={"required": "Tick the box if you agree to the code of conduct"},
    )


class RefereeForm(InOurWords, forms.Form):
    """One referee."""

    title = "Name another referee"

    name = PlainText(
        label="Their full name",
        max_length=120,
        widget=forms.TextInput({"class": "w-20", "autocomplete": "off"}),
        error_messages={"required": "Enter your referee’s full name"},
    )
    email = forms.EmailField(
        label="Their e-mail address",
        max_length=254,
        widget=forms.EmailInput({"class": "w-20", "autocomplete": "off"}),
        error_messages={
            "required": "Enter your referee’s e-mail address",
            "invalid": "Enter a full e-mail address, like name@example.com",
        },
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
        return str(self.cleaned_data["email"]).strip().lower()

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


class Programmes(InOurWords, forms.Form):
    title = "Programmes"
    lead = "You can take part in up to three."

    programmes = forms.ModelMultipleChoiceField(
        Programme.objects.none(),
        label="Where would you like to mentor?",
        widget=forms.CheckboxSelectMultiple({"class": "choices"}),
        error_messages={"required": "Choose at least one programme"},
    )

    def __init__(self, *args: Any, mentor: Mentor, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = list(mentor.programmes.values_list("pk", flat=True))
        field: Any = self.fields["programmes"]
        field.label_from_instance = lambda p: Detailed(p.place, p.name)
        open_now = Programme.objects.open_to_sign_ups(timezone.localdate(at))
        field.queryset = Programme.objects.filter(Q(pk__in=open_now.values("pk")) | Q(pk__in=mine))
        self.initial.setdefault("programmes", mine)
        if mentor.applied_at:
            field.help_text = "You have applied to those that are ticked. To leave one, write to us."

    def clean_programmes(self) -> Any:
        chosen = self.cleaned_data["programmes"]
        if len(chosen) > 3:
            raise forms.ValidationError("Choose three programmes at most")
        return chosen


class Send(InOurWords, forms.Form):
    agree = forms.BooleanField(
        label="These answers are true, and I agree to an enhanced DBS check",
        error_messages={"required": "Tick the box if your answers are true and you agree to a DBS check"},
    )


class Pause(InOurWords, forms.Form):
    months = forms.TypedChoiceField(
        label="For how long?",
        choices=[(1, "One month"), (3, "Three months"), (6, "Six months")],
        coerce=int,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        error_messages={"required": "Choose for how long"},
    )
