"""The nightly run: read everybody, ask the engine, publish the answer in one piece."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from time import perf_counter
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from audit.transitions import NotAllowed
from matching import engine
from matching.actions.alone import BUSY, alone
from matching.actions.feed import read_everybody
from matching.actions.memory import give_back
from matching.actions.pool import Pool
from matching.actions.publish import publish
from matching.engine.columns import Array
from matching.models import Run

log = logging.getLogger(__name__)

Told = Callable[[str], Any]

NAMED = 20  # ids of those who were left out that a run keeps

# The engine's stages, as they are told to people.
STAGES = {
    "pack": "Laying them out for the search",
    "lists": "Finding the best five for each",
    "assign": "Choosing whom to recommend, most young people first",
    "explain": "Explaining the scores",
}


def run_night(
    *, at: datetime, by: Any = None, only_if_due: bool = False, told: Told = lambda stage: None
) -> Run:
    """Compute suggestions for everybody who waits, over all programmes, and publish them.

    `only_if_due` leaves a night alone that has been run. Two runs never overlap: the second raises
    NotAllowed. A run that is killed leaves last night's answer in place. `told` hears each stage begin.
    """
    with alone():
        if only_if_due and (done := _done(at)):
            return done
        run = _begin(at)
        try:
            pool, answer, timings = compute(at, told=told)
            run.counts = {"mentors": len(pool.mentors)}
            run.settings = {
                "weights": {programme.slug: programme.weights for programme in pool.programmes},
                "left_out": {str(pk): why for pk, why in pool.left_out.items()},
                "misfits": _few_of(pool.misfits),
            }
            for sentence in run.left_out:
                log.warning("The night went on without some: %s", sentence)
            told("Publishing the answer")
            started = perf_counter()
            publish(run, answer, at=at, by=by)
            run.timings = {**timings, "write": round(perf_counter() - started, 4)}
            run.save(update_fields=["timings"])
        except BaseException:
            with suppress(DatabaseError):  # a database that went away is no reason to hide why
                Run.objects.filter(pk=run.pk, is_running=True).update(is_running=False)
            raise
    return run


def compute(at: datetime, *, told: Told = lambda stage: None) -> tuple[Pool, engine.Night, dict[str, float]]:
    """Who there is, what the engine answers, and the seconds of each stage. Stores nothing."""
    started = perf_counter()
    pool = read_everybody(at=at, told=told)
    give_back()
    read = round(perf_counter() - started, 4)
    stages = {
        **STAGES,
        "arrange": f"Putting {len(pool.mentors):,} mentors and {len(pool.mentees):,} young people in order",
    }
    night = engine.run(
        pool.mentors,
        pool.mentees,
        pool.blocked,
        pool.settings,
        tied=pool.tied,
        told=lambda stage: told(stages.get(stage, stage)),
    )
    return pool, night, {"read": read, **night.timings}


def _few_of(misfits: Mapping[str, Mapping[str, Array]]) -> dict[str, dict[str, Any]]:
    """How many did not fit, by side and column, and the first of their ids."""
    return {
        side: {name: {"count": len(ids), "ids": ids[:NAMED].tolist()} for name, ids in columns.items()}
        for side, columns in misfits.items()
        if columns
    }


def _done(at: datetime) -> Run | None:
    return Run.objects.filter(night=timezone.localdate(at), finished_at__isnull=False).first()


def _begin(at: datetime) -> Run:
    try:
        with transaction.atomic():
            return Run.objects.create(night=timezone.localdate(at), started_at=timezone.now())
    except IntegrityError as error:
        raise NotAllowed(BUSY) from error
