"""Check your answers, send, and what happens next."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit.transitions import NotAllowed
from mentors import actions, rules
from mentors.forms import Send
from mentors.models import Mentor
from mentors.views.profile import CLOSED, is_closed, own
from partners.models import AgeBand, Programme, Slot


@require_http_methods(["GET", "HEAD", "POST"])
def check_answers(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    if mentor.applied_at:
        return redirect("mentors:sent")
    if is_closed(mentor):
        messages.info(request, CLOSED)
        return redirect("mentors:profile")
    form = Send(request.POST if request.method == "POST" else None)
    trouble = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.send_application(mentor, by=request.user, at=at)
            return redirect("mentors:sent")
        except NotAllowed as no:
            trouble = str(no)
    missing = rules.in_the_way_of_sending(mentor.facts(at))
    return render(
        request,
        "mentors/check_answers.html",
        {
            "form": form,
            "mentor": mentor,
            "groups": _groups(mentor),
            "missing": [{"words": m.words, "url": reverse(f"mentors:{m.key}")} for m in missing],
            "trouble": trouble,
            "steps": len(rules.SECTIONS) + 1,
        },
    )


def _groups(mentor: Mentor) -> list[tuple[str, list[dict[str, str]]]]:
    user = mentor.user

    def row(label: str, value: Any, key: str = "") -> dict[str, str]:
        return {
            "label": label,
            "value": value,
            "url": f"{reverse(f'mentors:{key}')}?change=1" if key else "",
        }

    def listed(words: Any) -> str:
        return ", ".join(str(w) for w in words.all())

    meets = mentor.get_way_display()
    if mentor.meets_in_person and mentor.travel_minutes:
        meets += f", up to {mentor.travel_minutes} minutes away"
    times = [str(s) for s in Slot.in_mask(mentor.free_slots)]
    referees = list(mentor.references.standing())[: rules.REFEREES]
    ages = ", ".join(label for bit, label in AgeBand.choices if mentor.accepted_ages & bit)
    born = f"{mentor.born_on.day} {mentor.born_on:%B %Y}" if mentor.born_on else ""
    years = f"{mentor.years_of_work} years" if mentor.years_of_work is not None else ""
    nobody = "Nobody" if mentor.conflicts_declared_at else ""
    return [
        (
            "About you",
            [
                row("Name", user.get_full_name()),
                row("E-mail address", user.email),
                row("Date of birth", born, "about"),
                row("Based in", mentor.outcode, "about"),
            ],
        ),
        (
            "What you can share",
            [
                row("Work", ", ".join(filter(None, [mentor.job_title, mentor.employer, years])), "work"),
                row("Kinds of work", listed(mentor.sectors), "work"),
                row("Can help with", listed(mentor.topics), "help"),
                row("Languages", listed(mentor.languages), "help"),
                row("Why you want to mentor", mentor.motivation, "motivation"),
            ],
        ),
        (
            "When and how",
            [
                row("Free times", ", ".join(times), "when"),
                row("Meeting", meets, "when"),
                row("Ages", ages if mentor.way else "", "when"),
                row(
                    "Not to be matched with",
                    ", ".join(filter(None, [listed(mentor.tied_to), mentor.relatives])) or nobody,
                    "conflicts",
                ),
            ],
        ),
        (
            "Your referees",
            [
                row(
                    ("First referee", "Second referee")[n],
                    f"{r.name}, {r.knows_as}, known for {r.years_known} years"
                    if (r := referees[n] if n < len(referees) else None)
                    else "",
                    "referees",
                )
                for n in range(rules.REFEREES)
            ],
        ),
        (
            "What we promise each other",
            [
                row(
                    "Your past",
                    "You have answered. We do not print it here." if mentor.fact_disclosure else "",  # type: ignore[attr-defined]
                    "disclosure",
                ),
                row("Code of conduct", "Agreed" if mentor.code_agreed_at else "", "code"),
            ],
        ),
    ]


def _asks_for_training(mentor: Mentor, at: datetime) -> bool:
    running = Programme.objects.running(timezone.localdate(at))
    return running.filter(mentors=mentor, course__isnull=False).exists()


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    if not mentor.applied_at:
        return redirect("mentors:check_answers")
    facts = mentor.facts(at)
    needs_course = _asks_for_training(mentor, at)
    steps = [{"label": "You applied", "text": "We’ve e-mailed you your reference.", "state": "done"}]
    if needs_course:
        steps.append(
            {
                "label": "Your training",
                "text": "Short modules, in your own time.",
                "state": "done" if facts.training else "now",
            }
        )
    steps += [
        {
            "label": "We check",
            "text": "We have written to your referees. Next we see your identity document and arrange "
            "your DBS check, by e-mail.",
            "state": "" if needs_course and not facts.training else "now",
        },
        {"label": "A second person looks at everything", "text": "Nobody is approved by one person alone."},
        {"label": "We find your match", "text": ""},
    ]
    return render(
        request,
        "mentors/sent.html",
        {"mentor": mentor, "steps": steps, "to_train": needs_course and not facts.training},
    )
