"""What matching says to people. Letters about young people hold a first name and a link, nothing else."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from matching.models import Match, OfferQuestion
from mentors.models import Mentor
from notifications.links import absolute
from notifications.models import Letter
from notifications.post import post


def _post(
    match: Match, to: Any, event: str, *, due_on: date | None = None, moment: str = "", **context: Any
) -> None:
    post(
        to,
        f"matching/{event}",
        key=f"matching/{event}:match-{match.pk}:user-{to.pk}:{due_on or ''}{moment}",
        about=f"matching.match:{match.pk}",
        due_on=due_on,
        mentor_name=match.mentor.name,
        mentee_name=match.mentee.name,
        programme=match.programme.name,
        answer_by=match.answer_by,
        **context,
    )


def _offer(match: Match) -> str:
    return absolute(reverse("mentoring:offer", args=[match.pk]))


def _page(match: Match) -> str:
    return absolute(reverse("mentoring:relationship", args=[match.pk]))


def offered(match: Match) -> None:
    _post(match, match.mentor.user, "offered", due_on=match.answer_by, link=_offer(match))


def offer_reminder(match: Match) -> None:
    _post(match, match.mentor.user, "offer_reminder", due_on=match.remind_on, link=_offer(match))


def meet_your_mentor(match: Match) -> None:
    _post(match, match.mentee.user, "meet_your_mentor", due_on=match.answer_by, link=_offer(match))


def meet_reminder(match: Match) -> None:
    _post(match, match.mentee.user, "meet_reminder", due_on=match.remind_on, link=_offer(match))


def offer_lapsed(match: Match, *, was_with_mentor: bool) -> None:
    home = absolute(reverse("mentoring:home"))
    if was_with_mentor:
        _post(match, match.mentor.user, "offer_lapsed", link=home)
    else:
        _post(match, match.mentee.user, "meet_lapsed", link=home)
        _post(match, match.mentor.user, "not_this_time", link=home)


def match_live(match: Match) -> None:
    _post(match, match.mentor.user, "match_live_mentor", link=_page(match))
    _post(match, match.mentee.user, "match_live_mentee", link=_page(match))


def not_this_time(match: Match) -> None:
    """To a mentor who had said yes: kind, and without a reason that is not ours to tell."""
    _post(match, match.mentor.user, "not_this_time", link=absolute(reverse("mentoring:home")))


def offer_withdrawn(match: Match, *, to_mentee: bool) -> None:
    home = absolute(reverse("mentoring:home"))
    if not _hears_from_a_person(match):
        _post(match, match.mentor.user, "not_this_time", link=home)
    if to_mentee:
        _post(match, match.mentee.user, "offer_withdrawn", link=home)


def _hears_from_a_person(match: Match) -> bool:
    """A suspended mentor is spoken to: no letter goes out that would tell them first."""
    return bool(match.mentor.status == Mentor.Status.SUSPENDED)


# Letters to a mentor that say why they may not meet, and so that their matches are paused.
SAY_SO = ("mentors/check_lapsed", "mentors/training_lapsed")


def paused(match: Match, *, at: datetime) -> None:
    """To both; but a mentor whose check or training ran out at this moment has a letter that says so."""
    told = Letter.objects.filter(to_user=match.mentor.user, kind__in=SAY_SO, created_at=at).exists()
    is_told = told or _hears_from_a_person(match)
    people = [match.mentee.user] if is_told else [match.mentor.user, match.mentee.user]
    _to_each(match, "paused", absolute(reverse("mentoring:home")), at, people)


def resumed(match: Match, *, at: datetime) -> None:
    _to_each(match, "resumed", _page(match), at, [match.mentor.user, match.mentee.user])


def _to_each(match: Match, event: str, link: str, at: datetime, people: list[Any]) -> None:
    """By the moment and not the day: a match may stop, start and stop again in one afternoon."""
    for person in people:
        _post(match, person, event, due_on=timezone.localdate(at), moment=f"T{at:%H%M%S%f}", link=link)


def question_asked(question: OfferQuestion, staff: list[Any]) -> None:
    for member in staff:
        post(
            member,
            "matching/question_asked",
            key=f"matching/question_asked:question-{question.pk}:user-{member.pk}:",
            about=f"matching.offerquestion:{question.pk}",
            link=absolute(reverse("admin:matching_answer_question", args=[question.pk])),
        )


def question_answered(question: OfferQuestion) -> None:
    post(
        question.by,
        "matching/question_answered",
        key=f"matching/question_answered:question-{question.pk}:user-{question.by_id}:",
        about=f"matching.offerquestion:{question.pk}",
        link=_offer(question.match),
    )
