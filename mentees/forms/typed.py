"""Answers as they were typed: kept, shown again, and read into one set."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict

from mentees.forms.questions import Goals, Help, People, Question, Reach, Times, Where
from mentees.models import Mentee
from mentees.rules import Answers
from partners.models import Organisation


def typed_in(form: Question, data: Any) -> dict[str, list[str]]:
    """What was typed into this page's own boxes, each piece no longer than a page could need.

    The form says what is wrong with a character that no database can keep; here it is left out.
    """
    names = [name for name in data if name in form.fields or _is_a_box(name, form)]
    return {name: [piece.replace("\x00", "")[:2000] for piece in data.getlist(name)[:60]] for name in names}


def _is_a_box(name: str, form: Question) -> bool:
    """One of the boxes of a field that has several, like the month of a date."""
    stem, _, box = name.rpartition("_")
    return stem in form.fields and box in {"0", "1", "2"}


def bindable(typed: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, pieces in typed.items():
        data.setlist(name, pieces)
    return data


def typed_from(mentee: Mentee) -> dict[str, dict[str, list[str]]]:
    """A young person's answers as they would have typed them, page by page."""

    def ids(words: Any) -> list[str]:
        return [str(word.pk) for word in words.all()]

    typed = {
        Where.slug: {"place": [mentee.outcode]} if mentee.outcode else {},
        Help.slug: {"topics": ids(mentee.topics)},
        Goals.slug: {"goals": [mentee.goals], "sectors": ids(mentee.sectors)},
        Times.slug: {
            "free_slots": [str(bit) for bit in range(21) if mentee.free_slots >> bit & 1],
            "way": [mentee.way],
            "travel_minutes": [str(mentee.travel_minutes)],
        },
        People.slug: {
            "languages": ids(mentee.languages),
            "mentor_gender": [mentee.mentor_gender],
            "experiences": ids(mentee.experiences),
            "gender": [mentee.gender],
            "good_to_know": [mentee.good_to_know],
        },
        Reach.slug: {"school_name": [mentee.school_name], "heard_of_us": [mentee.heard_of_us]},
    }
    if mentee.agreed_at and not typed[Help.slug]["topics"]:
        typed[Help.slug]["unsure"] = ["on"]
    return typed


def answers_from(forms_by_slug: dict[str, Question]) -> Answers:
    """Everything the pages say, as one set of answers."""
    data: dict[str, Any] = {}
    for form in forms_by_slug.values():
        data.update(form.cleaned_data)
    school = data.get("school_name", "")
    known = Organisation.objects.filter(name__iexact=school).values_list("pk", flat=True).first()
    return Answers(
        outcode=data["place"],
        topics=[topic.pk for topic in data["topics"]],
        sectors=[sector.pk for sector in data["sectors"]],
        languages=[language.pk for language in data["languages"]],
        experiences=[experience.pk for experience in data["experiences"]],
        goals=data["goals"],
        free_slots=data["free_slots"],
        way=data["way"],
        travel_minutes=data.get("travel_minutes") or 30,
        mentor_gender=data["mentor_gender"],
        gender=data["gender"],
        good_to_know=data["good_to_know"],
        organisation=known if school else None,
        school_name=school,
        heard_of_us=data.get("heard_of_us", ""),
    )
