"""The questions, one form a page. What is typed is kept as typed; these forms read it again when needed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Max, Min
from django.utils import timezone

from mentees import rules
from mentees.models import Mentee
from mentees.rules import Guardian
from partners.models import (
    Experience,
    Gender,
    HelpTopic,
    Language,
    Outcode,
    Programme,
    Sector,
    Slot,
)
from users.fields import BirthDateField, InOurWords, PlainText, PlainTextarea, WeekField
from users.widgets import Detailed

MOST_TOPICS = MOST_SECTORS = 3


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


def _words(model: Any, **kwargs: Any) -> Any:
    return forms.ModelMultipleChoiceField(
        model._default_manager.filter(is_offered=True), widget=_chips(), **kwargs
    )


def _names(words: Any) -> str:
    return ", ".join(str(word) for word in words)


class AboutYou(Question):
    slug, title = "about-you", "First, who are you?"
    why = "We use your birth date to see whether this is for you, and whether an adult has to say yes."
    first_name = PlainText(
        label="First name",
        help_text="What your mentor will call you. You can use a nickname.",
        max_length=80,
        widget=forms.TextInput({"autocomplete": "given-name", "class": "w-20"}),
        error_messages={"required": "Enter your first name"},
    )
    born_on = BirthDateField()

    def clean_born_on(self) -> Any:
        born_on = self.cleaned_data["born_on"]
        ages = Programme.objects.open_to_sign_ups(timezone.localdate()).aggregate(
            least=Min("min_age"), most=Max("max_age")
        )
        if ages["least"] is not None:
            _within(born_on, ages["least"], ages["most"])
        return born_on

    @property
    def turn_away(self) -> str:
        """Why we cannot help, "young" or "old", so that the page can say where else to turn."""
        data = self.errors.as_data().get("born_on", []) if self.is_bound else []
        return next((error.code for error in data if error.code in {"young", "old"}), "")

    def said(self) -> list[tuple[str, str]]:
        born = self.cleaned_data["born_on"]
        return [
            ("First name", self.cleaned_data["first_name"]),
            ("Date of birth", f"{born.day} {born:%B %Y}"),
        ]


def _within(born_on: Any, least: int, most: int) -> None:
    on = timezone.localdate()
    age = rules.age(born_on, on)
    sentence = f"This programme is for ages {least} to {most}"
    if age < least:
        day = rules.birthday(born_on, least)
        raise forms.ValidationError(f"{sentence}. You can ask from {day.day} {day:%B %Y}", code="young")
    if age > most:
        raise forms.ValidationError(sentence, code="old")


class Where(Question):
    slug, title, asks_one = "place", "Where do you live?", True
    why = "We look for a mentor near you, or one you can meet online. We never ask for your address."
    place = PlainText(
        label="Where do you live?",
        help_text="The first half of your postcode, like M14. Or your town or borough.",
        max_length=60,
        widget=forms.TextInput({"class": "w-10", "autocomplete": "off"}),
        error_messages={"required": "Enter the first half of your postcode, like M14"},
    )

    def clean_place(self) -> str:
        outcode = Outcode.find(self.cleaned_data["place"])
        if not outcode:
            raise forms.ValidationError(
                "We do not know that place. Enter the first half of your postcode, like M14"
            )
        return outcode

    def said(self) -> list[tuple[str, str]]:
        return [("Where you live", self.cleaned_data["place"])]


class Help(Question):
    slug, title, asks_one = "help", "What would you like help with?", True
    why = (
        "We use this to suggest mentors who know about the things you picked. "
        "Only our team and your mentor will see it."
    )
    topics = _words(
        HelpTopic,
        label="What would you like help with?",
        help_text="Pick up to three. You can change your mind later.",
        required=False,
    )
    unsure = forms.BooleanField(required=False, widget=forms.HiddenInput)
    marks_optional = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].label_from_instance = lambda topic: topic.spoken or topic.name  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        topics = data.get("topics")
        if topics is not None and len(topics) > MOST_TOPICS:
            self.add_error("topics", "Pick three at most")
        if topics is not None and not topics and not data.get("unsure"):
            self.add_error("topics", "Pick at least one, or choose “I’m not sure yet”")
        return data

    def said(self) -> list[tuple[str, str]]:
        topics = [topic.spoken or topic.name for topic in self.cleaned_data["topics"]]
        return [("Help with", _names(topics) or "Not sure yet")]


class Goals(Question):
    slug, title = "goals", "What are you hoping for?"
    why = "Your own words help us most. Spelling does not matter."
    goals = PlainTextarea(
        label="Say it in your own words",
        help_text="For example: I want to find out how people become a nurse.",
        max_length=1000,
        required=False,
        rows=5,
    )
    sectors = _words(
        Sector,
        label="Which kinds of work do you dream of?",
        help_text="Pick up to three.",
        required=False,
    )

    def clean_sectors(self) -> Any:
        if len(self.cleaned_data["sectors"]) > MOST_SECTORS:
            raise forms.ValidationError("Pick three at most")
        return self.cleaned_data["sectors"]

    def said(self) -> list[tuple[str, str]]:
        return [("In your words", self.cleaned_data["goals"]), ("Work", _names(self.cleaned_data["sectors"]))]


class Times(Question):
    slug, title = "times", "When and how could you meet?"
    why = "You and your mentor need one time in common. The more you tick, the quicker it goes."
    free_slots = WeekField(
        label="When are you usually free?", help_text="Morning to 12, afternoon to 5, evening after 5."
    )
    way = forms.ChoiceField(
        label="How would you like to meet?",
        choices=[
            (Mentee.Way.ONLINE, Detailed("Online", "A video call, from wherever you are.")),
            (
                Mentee.Way.IN_PERSON,
                Detailed("In person", "In a public place, such as a library or their office."),
            ),
            (Mentee.Way.EITHER, "Either is fine"),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
    )
    travel_minutes = forms.TypedChoiceField(
        label="How far could you travel?",
        help_text="Only if you meet in person.",
        choices=[(15, "15 minutes"), (30, "Half an hour"), (45, "45 minutes"), (60, "An hour")],
        coerce=int,
        empty_value=30,  # type: ignore[arg-type]
        required=False,
        initial=30,
    )
    marks_optional = False

    def __init__(self, *args: Any, is_near: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        online = self.programme is None or self.programme.meets_online
        in_person = is_near and (self.programme is None or self.programme.meets_in_person)
        ways = self.fields["way"].choices  # type: ignore[attr-defined]
        if not in_person:
            del self.fields["travel_minutes"]
            self.fields["way"].choices = [ways[0]]  # type: ignore[attr-defined]
            self.fields["way"].initial = Mentee.Way.ONLINE
            if not is_near:
                self.fields["way"].help_text = "We have no mentors near you yet, so you would meet online."
        elif not online:
            self.fields["way"].choices = [ways[1]]  # type: ignore[attr-defined]
            self.fields["way"].initial = Mentee.Way.IN_PERSON

    def said(self) -> list[tuple[str, str]]:
        slots = Slot.in_mask(self.cleaned_data["free_slots"])
        way = Mentee.Way(self.cleaned_data["way"]).label
        return [("Free", _names(slots)), ("How to meet", way)]


class People(Question):
    slug, title = "people", "Who would suit you?"
    why = "Nothing here is a must. Each answer only helps us to find somebody you get on with."
    languages = _words(
        Language,
        label="Which languages could you meet in?",
        error_messages={"required": "Choose at least one"},
    )
    mentor_gender = forms.ChoiceField(
        label="Would you rather meet a woman or a man?",
        choices=Mentee.Wish,
        required=False,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        help_text="If you choose one, we only suggest mentors who fit.",
    )
    experiences = _words(
        Experience,
        label="Has any of this been part of your life?",
        help_text="Only if you like. We look for mentors who have been there too.",
        required=False,
    )
    gender = forms.ChoiceField(
        label="You are",
        choices=Gender,
        required=False,
        widget=forms.RadioSelect({"class": "choices choices--row"}),
        help_text="We use this only to check that we treat everybody fairly.",
    )
    good_to_know = PlainTextarea(
        label="Is there anything your mentor should know?",
        help_text="For example: I use a wheelchair, or I need time to answer.",
        max_length=500,
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.fields["languages"].initial = Language.objects.filter(name="English")

    def said(self) -> list[tuple[str, str]]:
        data = self.cleaned_data
        return [
            ("Languages", _names(data["languages"])),
            ("A woman or a man", Mentee.Wish(data["mentor_gender"]).label),
            ("Part of your life", _names(data["experiences"])),
            ("You are", Gender(data["gender"]).label),
            ("Good to know", data["good_to_know"]),
        ]


class Reach(Question):
    slug, title = "reach", "How do we reach you?"
    why = "We write to you when there is news. Your mentor never sees your address."
    email = forms.EmailField(
        label="Your e-mail address",
        help_text="We send you one link to confirm it.",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    school_name = PlainText(
        label="Your school, college, work or youth group",
        help_text="So that nobody who works there becomes your mentor.",
        max_length=120,
        required=False,
    )
    heard_of_us = PlainText(label="How did you hear about us?", max_length=120, required=False)

    def __init__(self, *args: Any, asks_email: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_email:
            del self.fields["email"]

    def said(self) -> list[tuple[str, str]]:
        data = self.cleaned_data
        said = [("School or group", data["school_name"]), ("Heard of us", data["heard_of_us"])]
        return [("E-mail", data["email"]), *said] if "email" in data else said


class Adult(Question):
    slug, title = "permission", "An adult has to say yes"
    PARENT, WORKER, COMPLICATED = "parent", "worker", "complicated"
    WHO = {PARENT: "My parent or carer", WORKER: "My social worker or key worker"}
    who = forms.ChoiceField(
        label="Who should we ask?",
        choices=[
            *WHO.items(),
            (
                COMPLICATED,
                Detailed(
                    "It’s complicated",
                    "Choose this and our team will talk to you first. We won’t contact anyone at home.",
                ),
            ),
        ],
        widget=forms.RadioSelect({"class": "choices"}),
        error_messages={"required": "Choose who we should ask, or “It’s complicated”"},
    )
    guardian_name = PlainText(
        label="Their first name",
        max_length=80,
        required=False,
        widget=forms.TextInput({"class": "w-20", "autocomplete": "off"}),
    )
    guardian_email = forms.EmailField(
        label="Their e-mail address",
        help_text="We only use it for this.",
        max_length=254,
        required=False,
        widget=forms.EmailInput({"class": "w-20", "autocomplete": "off"}),
        error_messages={"invalid": "Enter an e-mail address, like name@example.org"},
    )
    is_happy = forms.BooleanField(label="I’m happy for you to contact them", required=False)
    marks_optional = False

    def __init__(self, *args: Any, own_email: str = "", **kwargs: Any) -> None:
        self.own_email = own_email
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("who") not in self.WHO:
            return data
        if not data.get("guardian_name"):
            self.add_error("guardian_name", "Enter their first name")
        if not data.get("guardian_email") and "guardian_email" not in self.errors:
            self.add_error("guardian_email", "Enter their e-mail address, like name@example.org")
        elif self.own_email and rules.is_same_mailbox(data.get("guardian_email", ""), self.own_email):
            self.add_error("guardian_email", "Use a parent or carer’s e-mail, not the young person’s")
        if not data.get("is_happy"):
            self.add_error("is_happy", "Tick the box if we may contact them, or choose “It’s complicated”")
        return data

    @property
    def is_complicated(self) -> bool:
        return self.cleaned_data["who"] == self.COMPLICATED

    @property
    def guardian(self) -> Guardian | None:
        if self.is_complicated:
            return None
        data = self.cleaned_data
        return Guardian(data["guardian_name"], data["guardian_email"], self.WHO[data["who"]][3:])

    def said(self) -> list[tuple[str, str]]:
        if self.is_complicated:
            return [("An adult’s yes", "It’s complicated. You talk to me first.")]
        return [("We ask", f"{self.cleaned_data['guardian_name']}, {self.cleaned_data['guardian_email']}")]


class Agree(InOurWords, forms.Form):
    agrees = forms.BooleanField(
        label="I would like a mentor, and I agree to meet them as One Million Mentors asks me to",
        error_messages={"required": "Tick the box if you would like to go on"},
    )


QUESTIONS: list[type[Question]] = [AboutYou, Where, Help, Goals, Times, People, Reach, Adult]
OF_SLUG = {question.slug: question for question in QUESTIONS}
