"""Pages for organisations that would like to work with us."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from audit.transitions import NotAllowed
from partners import actions
from partners.forms import Apply


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponse:
    form = Apply(request.POST or None)
    if request.method == "POST" and form.is_valid():
        details = {name: value for name, value in form.cleaned_data.items() if name != "agrees"}
        try:
            actions.apply(**details, at=timezone.now())
        except NotAllowed as refusal:
            form.add_error("name", str(refusal))
        else:
            return redirect("partners:applied")
    return render(request, "partners/apply.html", {"form": form})


@login_not_required
@require_safe
def applied(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/applied.html")
