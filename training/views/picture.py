"""Pictures of courses: shown to those who may open the course, and kept by their browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from training.models import Picture


@require_GET
def picture(request: HttpRequest, course: str, name: str) -> HttpResponse:
    row = get_object_or_404(Picture.objects.visible_to(request.user), course__slug=course, name=name)
    response = HttpResponse(bytes(row.data), content_type=f"image/{row.kind}")
    # A page shows it all the same; opened by itself it is saved, never run.
    response["Content-Disposition"] = f'attachment; filename="{row.name}"'
    return response
