"""What anybody may read about a programme before they decide."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.models import Programme


@login_not_required
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    on = timezone.localdate()
    shown = [p for p in Programme.objects.shown(on) if p.is_open]
    return render(
        request,
        "partners/programmes.html",
        {
            "open_now": [p for p in shown if p.takes_mentors(on)],
            "to_come": [p for p in shown if not p.is_running(on)],
            "here": "programmes",
        },
    )


@login_not_required
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    on = timezone.localdate()
    found = get_object_or_404(Programme.objects.shown(on).select_related("course", "workshop"), slug=slug)
    return render(
        request,
        "partners/programme.html",
        {
            "programme": found,
            "takes_mentors": found.takes_mentors(on),
            "is_to_come": not found.is_running(on),
            "here": "programmes",
        },
    )
