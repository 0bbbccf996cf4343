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
from matching.actions import approve, explain_pair, turn_down
from matching.forms import Decision
from matching.models import Proposal, Suggestion, WithoutSuggestion
from matching.models.candidate import Candidate, candidate_for, candidates_for
from matching.models.waiting import waiting_for_review, with_review_facts, without_a_mentor
from mentees.models import Request
from mentors.models import Mentor
from partners.models import Slot

PAGE = 50


@admin.register(Suggestion)
class ReviewDesk(Looking):
    """The admin's list of suggestions is the review queue itself."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("", view(self.queue), name="matching_suggestion_changelist"),
            path("<int:pk>/", view(self.review), name="matching_review"),
        ]

    def _context(self, request: HttpRequest, **more: Any) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts, **more}

    def queue(self, request: HttpRequest) -> HttpResponse:
        """Young people who wait and have a suggestion, longest first; those without one, with the reason."""
        now = timezone.now()
        after = request.GET.get("after", "")
        rows = list(waiting_for_review(request.user, at=now, after=after)[: PAGE + 1])
        more = rows[PAGE - 1] if len(rows) > PAGE else None
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
        row = get_object_or_404(
            with_review_facts(Request.objects.visible_to(request.user)).select_related(
                "programme", "mentee__user", "referral__organisation", "referral__by"
            ),
            pk=pk,
        )
        form = None
        if request.method == "POST":
            form = Decision(request.POST)
            if form.is_valid() and self._decide(request, row, form, now):
                return redirect("admin:matching_suggestion_changelist")
        return TemplateResponse(
            request, "matching/review.html", self._context(request, **review_facts(request, row, form, now))
        )

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
    """Everything the review page shows, in a fixed number of queries."""
    today = timezone.localdate(now)
    mentee = row.mentee
    proposal = (
        Proposal.objects.filter(request=row, status=Proposal.Status.OPEN)
        .select_related("mentor__user", "proposed_by")
        .first()
    )
    candidates = candidates_for(row, proposal=proposal, at=now)
    if proposal and not any(candidate.is_proposed for candidate in candidates):
        # Proposed on an earlier night's suggestion: explained afresh, because a second person must see it.
        facts = explain_pair(row, proposal.mentor, at=now)
        candidates.insert(0, candidate_for(row, proposal.mentor, facts, at=now))
    _give_forms(candidates, form, proposal)
    queue = list(waiting_for_review(request.user, at=now).values_list("pk", flat=True)[:200])
    place = queue.index(row.pk) + 1 if row.pk in queue else None
    following = queue[place % len(queue)] if place and len(queue) > 1 else None
    nobody = WithoutSuggestion.objects.filter(run__is_current=True, request=row)
    without = None if candidates else nobody.first()
    return {
        "title": f"Who should {mentee.name} meet?",
        "row": row,
        "mentee": mentee,
        "age": mentee.age(today),
        "topics": mentee.topics.all(),
        "sectors": mentee.sectors.all(),
        "slots": Slot.in_mask(mentee.free_slots),
        "referral": getattr(row, "referral", None),
        "permission_words": f"Given on {timezone.localtime(row.permitted_at):%-d %B}"
        if row.permitted_at
        else "",
        "waited": max(0, (today - timezone.localdate(row.asked_at)).days),
        "candidates": candidates,
        "why_nobody": without.in_words if without else "",
        "proposal": proposal,
        "is_own_proposal": bool(proposal and proposal.proposed_by_id == request.user.pk),
        "needs_two": mentee.age(today) < row.programme.two_people_under,
        "open_match": row.open_match,
        "place": place,
        "queue_length": len(queue),
        "next_url": reverse("admin:matching_review", args=[following]) if following else "",
        "form": form,
    }


def _give_forms(candidates: list[Candidate], form: Decision | None, proposal: Proposal | None) -> None:
    """Each candidate gets a form of their own; the decided, proposed or first is open."""
    chosen = str(form["mentor"].value()) if form else str(proposal.mentor_id) if proposal else ""
    for candidate in candidates:
        pk = candidate.mentor.pk
        candidate.is_open = str(pk) == chosen
        fresh = Decision(initial={"mentor": pk}, auto_id=f"id_{pk}_%s")
        candidate.form = form if form and candidate.is_open else fresh
        candidate.form.say(candidate.mentor.name)
    if candidates and not any(candidate.is_open for candidate in candidates):
        candidates[0].is_open = True
