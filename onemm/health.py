"""Is the house alive, can it take people in, and what waits too long? No names, no secrets."""

from __future__ import annotations

import hmac
import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q
from django.http import Http404, HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from notifications.models import Letter

log = logging.getLogger(__name__)

TICK = "beat"


def note_tick(at: datetime) -> None:
    """Remember that the timetable was kept just now."""
    cache.set(TICK, at.timestamp(), timeout=None)


@never_cache
@require_safe
@login_not_required
def live(request: HttpRequest) -> JsonResponse:
    """The process answers; asks nobody else, so that a database that is away restarts no web server."""
    return JsonResponse({"live": True})


@never_cache
@require_safe
@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """The database and the cache answer."""
    answers = {"database": _database_answers(), "cache": _cache_answers()}
    return JsonResponse(answers, status=200 if all(answers.values()) else 503)


@never_cache
@require_safe
@login_not_required
def status(request: HttpRequest) -> JsonResponse:
    """Totals for whoever keeps watch: staff, or the holder of STATUS_TOKEN; a 404 for others."""
    if not (_is_staff(request.user) or _holds_token(request)):
        raise Http404
    return JsonResponse(figures(timezone.now()))


def figures(at: datetime) -> dict[str, Any]:
    """What waits, in totals; ages in seconds."""
    unfinished = ("queued", "sending", "unsure", "dead")  # by index: never a walk through all that was sent
    letters = Letter.objects.filter(status__in=unfinished).aggregate(
        oldest_due=Min("next_try_at", filter=Q(status="queued", next_try_at__lte=at)),
        waiting=Count("pk", filter=Q(status__in=("queued", "sending"))),
        unsure=Count("pk", filter=Q(status="unsure")),
        dead=Count("pk", filter=Q(status="dead")),
    )
    ticked = _last_tick()
    return {
        "letters": {
            "oldest_unsent_seconds": _age(letters["oldest_due"], at),
            "waiting": letters["waiting"],
            "unsure": letters["unsure"],
            "dead": letters["dead"],
            "held": settings.LETTERS_HELD,
        },
        "beat_seconds": None if ticked is None else max(0, round(at.timestamp() - ticked)),
        "at": at.isoformat(timespec="seconds"),
    }


def _age(then: datetime | None, at: datetime) -> int:
    return max(0, round((at - then).total_seconds())) if then else 0


def _last_tick() -> float | None:
    try:
        return cache.get(TICK)
    except Exception:  # whatever the cache's client raises when it is away
        return None


def _is_staff(user: Any) -> bool:
    return bool(user.is_authenticated and user.is_active and user.is_staff)


def _holds_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.STATUS_TOKEN) and hmac.compare_digest(given.encode(), settings.STATUS_TOKEN.encode())


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except DatabaseError as error:
        log.error("the database does not answer: %s", type(error).__name__)
        return False


def _cache_answers() -> bool:
    try:
        cache.set("ready", "yes", timeout=60)
        return cache.get("ready") == "yes"
    except Exception as error:  # whatever the cache's client raises when it is away
        log.error("the cache does not answer: %s", type(error).__name__)
        return False
