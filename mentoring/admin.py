"""Staff's desk for pairs: held messages, stories that differ, words to our team, and pairs gone quiet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html

from audit import desk
from audit.looking import Looking
from audit.transitions import NotAllowed
from matching.models import Match
from mentoring import actions, forms
from mentoring.models import Meeting, MeetingLog, Message
from partners.models import Programme

QUIET_AFTER = timedelta(days=35)
MOST = 200


class ForManagers(Looking):
    """A queue for the staff of the programmes concerned. Looked at and decided, never edited or deleted.

    Administrators who look after no programme find nothing: settings are theirs, people's words are not.
    """

    list_display_links = None
    page_name = ""

    def waiting(self, user: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return self.waiting(request.user)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        return [
            path("<int:pk>/", view(self.page), name=f"{name}_page"),
            path("<int:pk>/change/", view(self.page), name=f"{name}_change"),
            *super().get_urls(),
        ]

    @admin.display(description="")
    def open(self, row: Any) -> str:
        url = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_page", args=[row.pk])
        return format_html('<a href="{}">Open</a>', url)

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        raise NotImplementedError

    def show(self, request: HttpRequest, template: str, **context: Any) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, f"mentoring/{template}.html", {**frame, **context})

    def decide(self, request: HttpRequest, form: Any, verb: Any, done: str) -> HttpResponse | None:
        """Take the step; go back to the queue, or say on the page why not."""
        try:
            verb()
        except NotAllowed as refusal:
            if form is None:
                messages.error(request, str(refusal))
            else:
                form.add_error(None, str(refusal))
                return None
        else:
            messages.success(request, done)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")


def _programmes(user: Any) -> QuerySet[Programme]:
    return Programme.objects.managed_by(user).filter(managers__user=user)


def _of_others(user: Any) -> QuerySet[Match]:
    """Matches that they look after, and are not one of the two of."""
    own = Q(mentor__user=user) | Q(mentee__user=user)
    return Match.objects.filter(~own, programme__in=_programmes(user))


PAIR = ("match__mentor__user", "match__mentee__user", "match__programme")


@admin.register(Message)
class MessageDesk(ForManagers):
    """Held messages, those with a sign of risk first."""

    list_display = ("open", "match_pair", "why_held", "written_at")
    ordering = ("written_at",)

    def waiting(self, user: Any) -> QuerySet[Message]:
        mine = Message.objects.visible_to(user).held().filter(match__in=_of_others(user))
        return mine.select_related("author", *PAIR)

    @admin.display(description="pair")
    def match_pair(self, row: Message) -> str:
        return f"{row.match.mentor.name} and {row.match.mentee.name}"

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        message = get_object_or_404(self.waiting(request.user), pk=pk)
        form = forms.NotSentOn(request.POST if "refuse" in request.POST else None)
        answer = None
        decided: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        if "release" in request.POST:
            answer = self.decide(
                request,
                None,
                lambda: actions.release_message(message, **decided),
                "Sent on. Both have been told.",
            )
        elif form.is_valid():
            words = form.cleaned_data["words"]
            answer = self.decide(
                request,
                form,
                lambda: actions.refuse_message(message, words=words, **decided),
                "Not sent on. The author has been told that there is an answer.",
            )
        return answer or self.show(
            request, "held_message", message=message, form=form, title="A held message"
        )


@admin.register(Meeting)
class MeetingDesk(ForManagers):
    """Meetings of which the two tell different stories."""

    list_display = ("open", "match_pair", "starts_at", "status")
    ordering = ("starts_at",)

    def waiting(self, user: Any) -> QuerySet[Meeting]:
        mine = Meeting.objects.visible_to(user).disagreeing().filter(match__in=_of_others(user))
        return mine.select_related(*PAIR)

    @admin.display(description="pair")
    def match_pair(self, row: Meeting) -> str:
        return f"{row.match.mentor.name} and {row.match.mentee.name}"

    def get_urls(self) -> list[URLPattern]:
        quiet = path("quiet/", self.admin_site.admin_view(self.quiet), name="mentoring_quiet")
        return [quiet, *super().get_urls()]

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        meeting = get_object_or_404(self.waiting(request.user), pk=pk)
        form = forms.Settle(request.POST if request.method == "POST" else None)
        answer = None
        if form.is_valid():
            found = form.cleaned_data
            answer = self.decide(
                request,
                form,
                lambda: actions.settle_meeting(meeting, by=request.user, at=timezone.now(), **found),
                "Settled.",
            )
        logs = meeting.logs.select_related("by")
        return answer or self.show(
            request, "two_stories", meeting=meeting, logs=logs, form=form, title="Two stories of one meeting"
        )

    def quiet(self, request: HttpRequest) -> HttpResponse:
        return self.show(
            request, "quiet_pairs", pairs=quiet_matches(request.user)[:MOST], title="Pairs gone quiet"
        )


@admin.register(MeetingLog)
class MeetingLogDesk(ForManagers):
    """What people told our team when they logged a meeting."""

    list_display = ("open", "who", "tell_staff", "logged_at")
    ordering = ("-tell_staff", "logged_at")

    def waiting(self, user: Any) -> QuerySet[MeetingLog]:
        mine = MeetingLog.objects.visible_to(user).asking_for_staff()
        return mine.filter(meeting__match__in=_of_others(user)).select_related(
            "by", *(f"meeting__{name}" for name in PAIR)
        )

    @admin.display(description="from")
    def who(self, row: MeetingLog) -> str:
        return row.by.first_name

    def page(self, request: HttpRequest, pk: int) -> HttpResponse:
        log = get_object_or_404(self.waiting(request.user), pk=pk)
        answer = None
        if request.method == "POST":
            may_be_shared = "share" in request.POST
            answer = self.decide(
                request,
                None,
                lambda: actions.answer_log(
                    log, by=request.user, at=timezone.now(), may_be_shared=may_be_shared
                ),
                "Done.",
            )
        return answer or self.show(request, "word_to_staff", log=log, title="A word to our team")


def quiet_matches(user: Any) -> QuerySet[Match]:
    """Active pairs that plan nothing and have not met, or begun, for five weeks; the longest first."""
    at = timezone.now()
    own = Meeting.objects.filter(match=OuterRef("pk"))
    return (
        Match.objects.visible_to(user)
        .active()
        .filter(programme__in=_programmes(user), active_at__lte=at - QUIET_AFTER)
        .exclude(Exists(own.filter(status=Meeting.Status.PLANNED, ends_at__gt=at)))
        .exclude(Exists(own.filter(status=Meeting.Status.HELD, starts_at__gt=at - QUIET_AFTER)))
        .select_related("mentor__user", "mentee__user", "programme")
        .order_by("active_at", "pk")
    )


def _queue(model: Any, label: str, urgency: int) -> desk.Card:
    def card(user: Any) -> desk.Queue:
        waiting = admin.site._registry[model].waiting(user)  # type: ignore[attr-defined]
        url = reverse(f"admin:mentoring_{model._meta.model_name}_changelist")
        return desk.Queue(label, waiting, url, urgency)

    return card


desk.register(_queue(Message, "Held messages", desk.Urgency.NOW))
desk.register(_queue(MeetingLog, "Words to our team", desk.Urgency.NOW))
desk.register(_queue(Meeting, "Meetings with two stories", desk.Urgency.SOON))


@desk.register
def _quiet(user: Any) -> desk.Queue:
    return desk.Queue(
        "Pairs gone quiet",
        quiet_matches(user),
        reverse("admin:mentoring_quiet"),
        desk.Urgency.WHEN_YOU_CAN,
    )
