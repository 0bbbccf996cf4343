"""Match review: the queue, and one young person beside the mentors suggested for them (mock-up 10)."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from audit.looking import Looking
from audit.transitions import NotAllowed
from matching.actions import approve, explain_pairs, turn_down
from matching.admin.deciding import give_forms, where_it_stands
from matching.admin.others import others_facts
from matching.forms import Decision, WhyNot
from matching.models import Proposal, Shortlist
from matching.models.candidate import candidates_for, for_review
from matching.models.waiting import waiting_for_review, with_review_facts, without_a_mentor
from mentees.models import Request
from mentors.models import Mentor
from partners.models import Slot

PAGE = 50


@admin.register(Shortlist)
class ReviewDesk(Looking):
    """The admin's list of shortlists is the review queue itself."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.queue), name="matching_shortlist_changelist"),
            path("<int:pk>/", view(self.review), name="matching_review"),
            path("<int:pk>/others/", view(self.others), name="matching_others"),
        ]

    def _context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, **more}

    def queue(self, request: HttpRequest) -> HttpResponse:
        """Young people who wait and have a suggestion, longest first; those without one, with the reason."""
        now = timezone.now()
        after = request.GET.get("after", "")
        rows = list(waiting_for_review(request.user, at=now, after=after)[: PAGE + 1])
        more = rows[PAGE - 1] if len(rows) > PAGE else None
        _give_best_scores(rows[:PAGE], now)
        return TemplateResponse(
            request,
            "matching/review_queue.html",
            self._context(
                request,
                title="Match review",
                rows=rows[:PAGE],
                more=f"{more.asked_at.timestamp()}-{more.pk}" if more else "",
                without=without_a_mentor(request.user, at=now)[:PAGE],
                now=now,
            ),
        )

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET explains; POST decides on one mentor."""
        now = timezone.now()
        row = self._row(request, pk)
        form = None
        if request.method == "POST":
            form = Decision(request.POST)
            if form.is_valid() and self._decide(request, row, form, now):
                return redirect("admin:matching_shortlist_changelist")
            row = self._row(request, pk)  # a colleague may have decided meanwhile
        return TemplateResponse(
            request, "matching/review.html", self._context(request, **review_facts(request, row, form, now))
        )

    def others(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET lists who else suits; POST says why not somebody, changing nothing, or decides on one mentor.

        A mentor's name is sent and never stands in the address.
        """
        now = timezone.now()
        row = self._row(request, pk)
        search, form = WhyNot(), None
        if request.method == "POST" and "mentor" in request.POST:
            form = Decision(request.POST)
            if form.is_valid() and self._decide(request, row, form, now):
                return redirect("admin:matching_shortlist_changelist")
            row = self._row(request, pk)  # a colleague may have decided meanwhile
        elif request.method == "POST":
            search = WhyNot(request.POST)
        after = request.GET.get("after", "")
        facts = others_facts(request.user, row, now, after=after, search=search, form=form)
        return TemplateResponse(request, "matching/others.html", self._context(request, **facts))

    def _row(self, request: HttpRequest, pk: int) -> Any:
        rows = with_review_facts(Request.objects.visible_to(request.user)).select_related(
            "programme", "mentee__user", "referral__organisation", "referral__by", "shortlist", "without"
        )
        return get_object_or_404(rows, pk=pk)

    def _decide(self, request: HttpRequest, row: Request, form: Decision, now: Any) -> bool:
        mentor = get_object_or_404(Mentor.objects.visible_to(request.user), pk=form.cleaned_data["mentor"])
        note = form.cleaned_data["note"]
        name, mentee = mentor.name, row.mentee.name
        try:
            if form.cleaned_data["decision"] == "turn_down":
                turn_down(row, mentor, by=request.user, at=now, why=form.cleaned_data["why"], note=note)
                messages.success(request, f"Saved. {name} won’t be suggested for {mentee} again.")
                return True
            made = approve(row, mentor, by=request.user, at=now, note=note)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            return False
        if isinstance(made, Proposal):
            messages.success(request, f"Proposed. {mentee} is under 18, so a colleague must approve it too.")
        else:
            messages.success(request, f"Approved. We’ve asked {name}; then we ask {mentee}.")
        return True


def review_facts(request: HttpRequest, row: Any, form: Decision | None, now: Any) -> dict[str, Any]:
    """Everything the review page shows, true at this moment, in a fixed number of queries."""
    today = timezone.localdate(now)
    mentee = row.mentee
    stands = where_it_stands(request.user, row, now)
    proposal = stands["proposal"]
    shortlist = getattr(row, "shortlist", None)
    listed = shortlist.listed if shortlist else []
    proposed = proposal.mentor_id if proposal else None
    mentor_ids = dict.fromkeys([*(one.mentor_id for one in listed), *([proposed] if proposed else [])])
    facts = explain_pairs(
        [(row.pk, mentor_id) for mentor_id in mentor_ids],
        at=now,
        among=for_review(request.user, at=now),
    )
    candidates, passed_over = candidates_for(
        row,
        listed,
        facts.values(),
        proposed=proposed,
        decided=form.cleaned_data.get("mentor") if form else None,
        at=now,
    )
    give_forms(candidates, form, proposal)
    queue = list(waiting_for_review(request.user, at=now).values_list("pk", flat=True)[:200])
    place = queue.index(row.pk) + 1 if row.pk in queue else None
    following = queue[place % len(queue)] if place and len(queue) > 1 else None
    missing = [] if place or row.open_match else row.what_is_missing(now)
    if missing:
        candidates, passed_over = [], []
    without = getattr(row, "without", None)
    return {
        **stands,
        "title": f"Who should {mentee.name} meet?",
        "topics": mentee.topics.all(),
        "sectors": mentee.sectors.all(),
        "slots": Slot.in_mask(mentee.free_slots),
        "referral": getattr(row, "referral", None),
        "permission_words": f"Given on {timezone.localtime(row.permitted_at):%-d %B}"
        if row.permitted_at
        else "",
        "waited": max(0, (today - timezone.localdate(row.asked_at)).days),
        "candidates": candidates,
        "passed_over": passed_over,
        "not_ready": missing[0].words if missing else "",
        "why_nobody": without.in_words if without else "",
        "place": place,
        "queue_length": len(queue),
        "next_url": reverse("admin:matching_review", args=[following]) if following else "",
        "form": form,
    }


def _give_best_scores(rows: list[Any], now: Any) -> None:
    """Each row gets the best score that is possible today as `best`; None where nobody is possible."""
    pairs = [(row.pk, one.mentor_id) for row in rows for one in row.shortlist.listed]
    scores: dict[int, list[int]] = {}
    for (pk, _), facts in explain_pairs(pairs, at=now).items():
        if not facts.why_not:
            scores.setdefault(pk, []).append(facts.score)
    for row in rows:
        row.best = max(scores.get(row.pk, []), default=None)
