"""Answers for tests: every page of the questions, as a browser would send it."""

from __future__ import annotations

import io
import re
from typing import Any

from django.core.management import call_command
from django.urls import reverse

from notifications.models import Letter
from partners.models import HelpTopic, Language


def words() -> None:
    call_command("load_words", stdout=io.StringIO())
    call_command("load_outcodes", stdout=io.StringIO())


def pages(**changes: Any) -> dict[str, dict[str, Any]]:
    typed: dict[str, dict[str, Any]] = {
        "about-you": {"first_name": "Zadie", "born_on_0": "3", "born_on_1": "5", "born_on_2": "2010"},
        "place": {"place": "M14 5AB"},
        "help": {"topics": [HelpTopic.objects.get(name="Interviews").pk]},
        "goals": {"goals": "Canary goal: become a nurse.", "sectors": []},
        "times": {"free_slots": ["2", "5"], "way": "either", "travel_minutes": "30"},
        "people": {
            "languages": [Language.objects.get(name="English").pk],
            "mentor_gender": "",
            "gender": "",
            "good_to_know": "Canary need.",
        },
        "reach": {"email": "zadie@people.example", "school_name": "Northside", "heard_of_us": ""},
        "permission": {
            "who": "parent",
            "guardian_name": "Denise",
            "guardian_email": "denise@people.example",
            "is_happy": "on",
        },
    }
    for key, value in changes.items():
        page, name = key.split("__")
        typed[page.replace("_", "-")][name] = value
    return typed


def answer(client: Any, slug: str, data: dict[str, Any]) -> Any:
    return client.post(reverse("mentees:ask_question", args=[slug]), data)


def fill_in(client: Any, *, skip: tuple[str, ...] = (), **changes: Any) -> Any:
    """Answer every page; gives the last response."""
    response = None
    for slug, data in pages(**changes).items():
        if slug not in skip:
            response = answer(client, slug, data)
            assert response.status_code == 302, (slug, response.context["form"].errors)
    return response


def send(client: Any) -> Any:
    return client.post(reverse("mentees:ask_check"), {"agrees": "on"})


def link_in(letter: Letter) -> str:
    """The path of the one link of a letter."""
    return re.search(r"http://localhost:8000(\S+)", letter.text)[1]  # type: ignore[index]


def letters(kind: str) -> list[Letter]:
    return list(Letter.objects.filter(kind=f"mentees/{kind}").order_by("pk"))
