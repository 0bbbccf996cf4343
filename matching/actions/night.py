"""The nightly run: read everybody, ask the engine, publish the answer in one piece."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import perf_counter
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from matching import engine
from matching.actions.explain import points_of
from matching.actions.pack import Pool, pack
from matching.actions.words import Vocabulary
from matching.models import Run, Suggestion, WithoutSuggestion
from matching.models.waiting import in_the_pool
from mentors.models import Mentor

# A run takes seconds. One that has said nothing for so long was killed, and must not stop the next night.
DEAD_AFTER = timedelta(minutes=30)
KEEP_RUNS = 30
CHUNK = 2_000

Told = Callable[[str], Any]


def run_night(
    *, at: datetime, by: Any = None, only_if_due: bool = False, told: Told = lambda stage: None
) -> Run:
    """Compute suggestions for everybody who waits, over all programmes, and publish them.

    `only_if_due` leaves a night alone that has been run. Two runs never overlap: the second raises
    NotAllowed. A run that is killed leaves last night's answer in place. `told` hears each stage begin.
    """
    run = _begin(at, only_if_due=only_if_due)
    if run.finished_at:
        return run
    try:
        started = perf_counter()
        told("Reading everybody who is ready")
        pool = pack(
            Mentor.objects.ready(at),
            in_the_pool(at),
            Mentor.objects.ready_places(at).values_list("mentor_id", "programme_id"),
            at=at,
        )
        read = round(perf_counter() - started, 4)
        told(f"Looking at {len(pool.mentors)} mentors for {len(pool.mentees)} young people")
        night = engine.run(pool.mentors, pool.mentees, pool.blocked, pool.settings, tied=pool.tied)
        told("Publishing the answer")
        started = perf_counter()
        with transaction.atomic():
            _store(run, night)
            _publish(run, pool, night, at)
            Entry.objects.record(run, "finished", by=by, at=at, **night.counts)
            run.timings = {"read": read, **night.timings, "write": round(perf_counter() - started, 4)}
            run.save(update_fields=["timings"])
    except BaseException:
        Run.objects.filter(pk=run.pk, is_running=True).update(is_running=False)
        raise
    return run


def _begin(at: datetime, *, only_if_due: bool) -> Run:
    night = timezone.localdate(at)
    if only_if_due and (done := Run.objects.filter(night=night, finished_at__isnull=False).first()):
        return done
    Run.objects.filter(is_running=True, started_at__lt=timezone.now() - DEAD_AFTER).update(is_running=False)
    try:
        with transaction.atomic():
            return Run.objects.create(night=night, started_at=timezone.now())
    except IntegrityError as error:
        raise NotAllowed("Matches are being looked for right now. Please look again in a minute.") from error


def _store(run: Run, night: engine.Night) -> None:
    vocabulary = Vocabulary.read()
    found = night.suggestions
    Suggestion.objects.bulk_create(
        (
            Suggestion(
                run=run,
                request_id=int(found.request_ids[n]),
                mentor_id=int(found.mentor_ids[n]),
                rank=int(found.rank[n]),
                is_recommended=bool(found.recommended[n]),
                score=int(found.score[n]),
                components=points_of(found.components[n]),
                shared=vocabulary.shared(found.shared, n),
            )
            for n in range(len(found))
        ),
        batch_size=CHUNK,
    )
    WithoutSuggestion.objects.bulk_create(
        (
            WithoutSuggestion(
                run=run, request_id=int(night.without.request_ids[n]), reasons=_reasons(night.without, n)
            )
            for n in range(len(night.without))
        ),
        batch_size=CHUNK,
    )


def _reasons(without: engine.Reasons, n: int) -> dict[str, Any]:
    return {
        "ready": int(without.ready[n]),
        "eligible": int(without.eligible[n]),
        "failures": {
            rule.key: int(k) for rule, k in zip(engine.RULES, without.failures[n], strict=True) if k
        },
        "gains": {
            change.key: int(k) for change, k in zip(engine.CHANGES, without.gains[n], strict=True) if k
        },
    }


def _publish(run: Run, pool: Pool, night: engine.Night, at: datetime) -> None:
    """Swap in one transaction: readers see last night's answer or this one, never half of either."""
    Run.objects.filter(is_current=True).update(is_current=False)
    run.is_running = False
    run.is_current = True
    run.finished_at = timezone.now()
    run.counts = {**night.counts, "mentors": len(pool.mentors)}
    run.certificate = night.certificate.as_dict()
    run.settings = {
        "weights": {programme.slug: programme.weights for programme in pool.programmes},
        "left_out": {str(pk): why for pk, why in pool.left_out.items()},
    }
    run.save()
    Suggestion.objects.exclude(run=run).delete()
    WithoutSuggestion.objects.exclude(run=run).delete()
    old = Run.objects.order_by("-started_at").values_list("pk", flat=True)[KEEP_RUNS:]
    Run.objects.filter(pk__in=list(old)).delete()
