"""The certificate, for whoever holds it, and its number, for anybody who checks it."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from notifications.links import absolute
from training import paper
from training.forms import VerifyForm
from training.models import Certificate

CHECKS_A_MINUTE = 20


@require_GET
def certificate(request: HttpRequest, course: str) -> HttpResponse:
    row = _own(request, course)
    context = {
        "certificate": row,
        "modules": list(row.course.modules.all()),
        "is_valid": Certificate.objects.valid(timezone.now()).filter(pk=row.pk).exists(),
        "check_at": _check_at(),
    }
    return render(request, "training/certificate.html", context)


@require_GET
def certificate_pdf(request: HttpRequest, course: str) -> HttpResponse:
    row = _own(request, course)
    made = paper.certificate(row, modules=row.course.modules.count(), check_at=_check_at())
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="certificate-{row.number}.pdf"'
    return response


@login_not_required
@require_GET
def verify(request: HttpRequest, number: str = "") -> HttpResponse:
    data = {"number": number} if number else request.GET if "number" in request.GET else None
    form = VerifyForm(data)
    context: dict[str, Any] = {"form": form, "is_asked": False}
    status = 200
    if form.is_bound and form.is_valid():
        if _asks_too_often(request):
            return render(request, "training/verify.html", context | {"is_too_often": True}, status=429)
        found = form.cleaned_data["number"]
        row = Certificate.objects.select_related("course").filter(number=found).first() if found else None
        is_valid = bool(row) and Certificate.objects.valid(timezone.now()).filter(number=found).exists()
        context |= {"is_asked": True, "certificate": row, "is_valid": is_valid}
        status = 200 if row else 404
    response = render(request, "training/verify.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _own(request: HttpRequest, course: str) -> Certificate:
    """The reader's own certificate of this course, for as long as it has not been taken back."""
    return get_object_or_404(
        Certificate.objects.select_related("course"),
        user_id=request.user.pk,
        course__slug=course,
        revoked_at=None,
    )


def _check_at() -> str:
    """Where anybody can check a number, as it is typed."""
    return absolute(reverse("training:verify")).partition("://")[2]


def _asks_too_often(request: HttpRequest) -> bool:
    key = f"training:verify:{get_adapter(request).get_client_ip(request)}:{int(time.time() // 60)}"
    try:
        cache.add(key, 0, timeout=120)
        return cache.incr(key) > CHECKS_A_MINUTE
    except Exception:
        # The cache may be away. A number cannot be found by trying, so the page stays open.
        return False
