"""The mentor's side of references: who is in, who is not, somebody else instead."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.transitions import NotAllowed
from mentors import actions
from mentors.forms import RefereeForm
from mentors.models import Reference
from mentors.views.profile import own


@require_safe
def references(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    mentor = own(request, at)
    if not mentor.applied_at:
        return redirect("mentors:referees")
    named = list(mentor.references.exclude(status=Reference.Status.REPLACED))
    return render(
        request,
        "mentors/references.html",
        {
            "mentor": mentor,
            "references": named,
            "given": sum(r.status == Reference.Status.GIVEN for r in named),
        },
    )


def _own_reference(request: HttpRequest, pk: int) -> Reference:
    user: Any = request.user
    mine = Reference.objects.visible_to(user).filter(mentor__user=user)
    return get_object_or_404(mine.select_related("mentor__user"), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def replace_referee(request: HttpRequest, pk: int) -> HttpResponse:
    reference = _own_reference(request, pk)
    if reference.status not in (Reference.Status.ASKED, Reference.Status.DECLINED):
        messages.info(request, "This referee has replied or was replaced already.")
        return redirect("mentors:references")
    form = RefereeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            new = actions.replace_referee(reference, form.referee(), by=request.user, at=timezone.now())
            messages.success(request, f"We have written to {new.name}.")
            return redirect("mentors:references")
        except NotAllowed as no:
            form.add_error("email", str(no).rstrip("."))
    return render(request, "mentors/replace_referee.html", {"form": form, "reference": reference})


@require_POST
def ask_again(request: HttpRequest, pk: int) -> HttpResponse:
    reference = _own_reference(request, pk)
    try:
        actions.ask_again(reference, by=request.user, at=timezone.now())
        messages.success(request, f"We have written to {reference.name} again.")
    except NotAllowed as no:
        messages.info(request, str(no))
    return redirect("mentors:references")
