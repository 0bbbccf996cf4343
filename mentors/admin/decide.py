"""The decisions of staff: each page explains on GET and decides on POST."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from audit.transitions import NotAllowed
from mentors import actions, forms, rules
from mentors.actions.checks import RECORDED
from mentors.models import Check, Mentor, Reference
from mentors.models.contact import contact_days

CHECKS: dict[str, tuple[str, type[Any], str]] = {
    "identity": (
        "Record identity",
        forms.IdentityCheck,
        "You have an original document with a photograph before you: passport, driving licence or identity "
        "card. We write down that you saw it, and keep no copy.",
    ),
    "references": (
        "Record that referees were heard",
        forms.ReferencesHeard,
        "Phone both on a number you found yourself: the employer’s, the club’s. Ask who they are, and "
        "whether they wrote what we have.",
    ),
    "dbs": (
        "Record a DBS check",
        forms.DbsCheck,
        "Copy it from the original certificate. Do not upload the certificate, and write down nothing of "
        "what it says: only whether something stands in the way.",
    ),
}


def _in_contact(mentor: Mentor) -> str:
    """What the level turns on, counted: nobody has to guess, or to remember."""
    n = len(contact_days(mentor, timezone.now()))
    days = "1 day" if n == 1 else f"{n} days"
    most = settings.CONTACT_DAYS
    then = "That is regulated activity." if n >= most else f"From {most} on it is regulated activity."
    return f"In the last 30 days they met people under 18 on {days}. {then}"


def find(request: HttpRequest, pk: Any) -> Mentor:
    """A mentor of this member of staff's programmes; any other is not there."""
    if not str(pk).isdecimal() or len(str(pk)) > 18:
        raise Http404
    theirs = Mentor.objects.visible_to(request.user).with_facts(timezone.now())
    return get_object_or_404(theirs.select_related("user", "approved_by"), pk=pk)


def back_to(mentor: Mentor) -> HttpResponse:
    return redirect("admin:mentors_mentor_change", mentor.pk)


def _decide(
    desk: Any,
    request: HttpRequest,
    mentor: Mentor,
    *,
    title: str,
    words: str,
    button: str,
    form: Any,
    do: Callable[[datetime], str],
    stop: bool = False,
    template: str = "mentors/staff_decide.html",
    **context: Any,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            messages.success(request, do(timezone.now()))
            return back_to(mentor)
        except NotAllowed as no:
            sentence = str(no).rstrip(".")
            field = "certificate_number" if sentence == RECORDED else None
            form.add_error(field, sentence)
    back = reverse("admin:mentors_mentor_change", args=[mentor.pk])
    more = {"words": words, "button": button, "form": form, "stop": stop, "back": back}
    return desk.page(request, template, title=title, mentor=mentor, **more, **context)


def _posted(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def record_check(desk: Any, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    mentor = find(request, pk)
    if kind not in CHECKS:
        raise Http404
    title, form_class, words = CHECKS[kind]
    if kind == Check.Kind.DBS:
        words = f"{words} {_in_contact(mentor)}"
    form = form_class(_posted(request), request.FILES or None)

    def do(at: datetime) -> str:
        facts = form.facts() if kind == Check.Kind.DBS else {"is_clear": form.cleaned_data["is_clear"]}
        actions.record_check(mentor, kind, by=request.user, at=at, **facts)
        return f"Saved: {Check.Kind(kind).label}."

    return _decide(desk, request, mentor, title=title, words=words, button="Record", form=form, do=do)


def correct_dbs(desk: Any, request: HttpRequest, pk: int, check_pk: int) -> HttpResponse:
    mentor = find(request, pk)
    mine = Check.objects.visible_to(request.user).filter(mentor=mentor, kind=Check.Kind.DBS)
    check = get_object_or_404(mine.filter(withdrawn_at=None), pk=check_pk)
    names = (*forms.DbsCheck.field_order[:6], "is_clear")
    form = forms.CorrectDbs(
        _posted(request), request.FILES or None, initial={name: getattr(check, name) for name in names}
    )

    def do(at: datetime) -> str:
        reason = form.cleaned_data["reason"]
        actions.correct_dbs(check, by=request.user, reason=reason, at=at, **form.facts())
        return "Corrected. What was there before stays in the list of checks."

    return _decide(
        desk,
        request,
        mentor,
        title="Correct a DBS check",
        words="Copy it again from the original certificate. The slip stays on record, with your reason, and "
        "counts no more. A new certificate is not a correction: record it as a new check. "
        + _in_contact(mentor),
        button="Correct",
        form=form,
        do=do,
    )


def approve(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    mentor = find(request, pk)

    def do(at: datetime, told_at: datetime | None) -> str:
        actions.approve(mentor, by=request.user, at=at, told_at=told_at)
        return f"{mentor.name} is approved, and has a letter."

    return _second(
        desk,
        request,
        mentor,
        title=f"Approve {mentor.user}",
        words="You are the second person: you did none of the checks yourself, and you look at all of it.",
        button="Approve",
        form=forms.Approve(_posted(request)),
        from_status=Mentor.Status.APPLYING,
        do=do,
    )


def _second(
    desk: Any,
    request: HttpRequest,
    mentor: Mentor,
    *,
    from_status: str,
    do: Callable[[datetime, datetime | None], str],
    **page: Any,
) -> HttpResponse:
    """A decision of the second person, over everything that we know."""
    at = timezone.now()
    # Who may approve may weigh what the mentor told us; each look is written down before the page shows.
    missing = rules.in_the_way_of_approval(mentor.facts(at))
    user: Any = request.user
    barred = mentor.checks.filter(seen_by=user).exists() or mentor.user == user
    is_open = mentor.status == from_status and not missing and not barred
    disclosure = actions.read_disclosure(mentor, by=request.user, at=at) if is_open else None
    return _decide(
        desk,
        request,
        mentor,
        do=lambda at: do(at, _moment(request.POST.get("told_at", ""))),
        template="mentors/staff_approve.html",
        missing=[m.words for m in missing],
        barred=barred,
        is_open=is_open,
        disclosure=disclosure,
        references=mentor.references.filter(status=Reference.Status.GIVEN),
        checks=Check.objects.latest_of_its_kind().filter(mentor=mentor).select_related("seen_by"),
        **page,
    )


def _moment(written: str) -> datetime | None:
    """When the disclosure on the page was given, as our own page writes it."""
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def decline(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    mentor = find(request, pk)
    form = forms.Decline(_posted(request))

    def do(at: datetime) -> str:
        data = form.cleaned_data
        actions.decline(mentor, by=request.user, reason=data["reason"], words=data["words"], at=at)
        return f"Saved. {mentor.name} has a letter."

    return _decide(
        desk,
        request,
        mentor,
        title=f"Decline {mentor.user}",
        words="Nobody is turned away in silence. This cannot be taken back.",
        button="Decline and write to them",
        form=form,
        do=do,
        stop=True,
    )


def suspend(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    mentor = find(request, pk)
    form = forms.Suspend(_posted(request))

    def do(at: datetime) -> str:
        actions.suspend(mentor, by=request.user, reason=form.cleaned_data["reason"], at=at)
        return f"{mentor.name} is suspended and out of the pool."

    return _decide(
        desk,
        request,
        mentor,
        title=f"Suspend {mentor.user}",
        words="They leave the pool at once, and their active matches are paused. If you fear for a young "
        "person, raise a concern as well.",
        button="Suspend",
        form=form,
        do=do,
        stop=True,
    )


def restore(desk: Any, request: HttpRequest, pk: int) -> HttpResponse:
    mentor = find(request, pk)
    form = forms.Return(_posted(request))

    def do(at: datetime, told_at: datetime | None) -> str:
        reason = form.cleaned_data["reason"]
        actions.restore(mentor, by=request.user, reason=reason, at=at, told_at=told_at)
        return f"{mentor.name} is back."

    return _second(
        desk,
        request,
        mentor,
        title=f"Let {mentor.user} return",
        words="By somebody who did none of the checks. Everything is checked again, as for an approval. "
        "Paused matches stay so until a person starts each.",
        button="Let them return",
        form=form,
        from_status=Mentor.Status.SUSPENDED,
        do=do,
    )


def _reference(mentor: Mentor, pk: int) -> Reference:
    current = mentor.references.exclude(status=Reference.Status.REPLACED)
    return get_object_or_404(current.select_related("mentor__user"), pk=pk)


def ask_again(desk: Any, request: HttpRequest, pk: int, reference_pk: int) -> HttpResponse:
    mentor = find(request, pk)
    reference = _reference(mentor, reference_pk)
    if request.method == "POST":
        try:
            actions.ask_again(reference, by=request.user, at=timezone.now())
            messages.success(request, f"We have written to {reference.name} again.")
        except NotAllowed as no:
            messages.info(request, str(no))
    return back_to(mentor)


def replace_referee(desk: Any, request: HttpRequest, pk: int, reference_pk: int) -> HttpResponse:
    mentor = find(request, pk)
    reference = _reference(mentor, reference_pk)
    form = forms.RefereeForm(_posted(request))

    def do(at: datetime) -> str:
        if request.user == mentor.user:
            raise NotAllowed("Use your own page for your own referees.")
        new = actions.replace_referee(reference, form.referee(), by=request.user, at=at)
        return f"We have written to {new.name}."

    return _decide(
        desk,
        request,
        mentor,
        title=f"Replace {reference.name}",
        words="On the mentor’s word. A reply that is in stays on record and counts no more.",
        button="Replace and write to them",
        form=form,
        do=do,
    )
