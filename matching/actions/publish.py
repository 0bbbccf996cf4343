"""The night's answer into its tables: arrays in, rows out, all in one piece or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import numpy as np
from django.db import transaction
from django.utils import timezone

from audit.models import Entry
from audit.transitions import NotAllowed
from matching import engine
from matching.actions.tables import Sheet, fill, swap
from matching.engine.columns import Array
from matching.models import Run, Shortlist, WithoutSuggestion
from matching.models.points import packed
from matching.models.shortlist import FEW, NOBODY

KEEP_RUNS = 30


def publish(run: Run, night: engine.Night, *, at: datetime, by: Any = None) -> None:
    """Put this answer in the place of the last one, and make its run the current one.

    Readers see last night's answer or this one, never half of either. Raises NotAllowed when the run was
    given up meanwhile and another may have begun. Memory: the night, and one chunk of rows.
    """
    sheets = [_shortlists(run, night), _without(run, night)]
    with transaction.atomic():
        fill(sheets)
        _finish(run, night, at=at, by=by)
        swap(sheets)


def _shortlists(run: Run, night: engine.Night) -> Sheet:
    lists = night.shortlists

    def columns(part: slice) -> Mapping[str, Array]:
        mentors, scores = _or_nothing(lists.mentor_ids[part]), _or_nothing(lists.score[part])
        points = packed(lists.points[part])
        found = {
            "request_id": night.request_ids[part],
            "run_id": np.full(len(mentors), run.pk, np.int64),
            "recommended": _or_nothing(night.recommended[part]),
            "recommended_points": packed(night.recommended_points[part]),
            "recommended_score": _or_nothing(night.recommended_score[part]),
        }
        for k in range(FEW):
            found |= {
                f"mentor_{k + 1}": mentors[:, k],
                f"points_{k + 1}": points[:, k],
                f"score_{k + 1}": scores[:, k],
            }
        return found

    return Sheet(Shortlist, len(night.request_ids), columns)


def _or_nothing(column: Array) -> Array:
    """The engine's -1, where there is nobody, as the 0 of the tables."""
    return np.maximum(column, NOBODY)


def _without(run: Run, night: engine.Night) -> Sheet:
    """Everybody without a recommendation. The engine counts reasons for as many as its time allows; of the
    others we know whether anybody suits them."""
    rows = np.flatnonzero(night.recommended < 0)
    request_ids = night.request_ids[rows]
    counted = np.full(len(rows), -1)
    without = night.without
    counted[np.searchsorted(request_ids, without.request_ids)] = np.arange(len(without))
    numbers = np.column_stack((without.ready, without.eligible, without.failures, without.gains))
    suit = (night.shortlists.mentor_ids[rows] >= 0).sum(axis=1)

    def columns(part: slice) -> Mapping[str, Array]:
        reasons = [f'{{"eligible": {few}}}' for few in suit[part].tolist()]
        known = np.flatnonzero(counted[part] >= 0)
        for n, row in zip(known.tolist(), numbers[counted[part][known]].tolist(), strict=True):
            reasons[n] = REASONS % tuple(row)
        return {
            "request_id": request_ids[part],
            "run_id": np.full(len(reasons), run.pk, np.int64),
            "reasons": np.array(reasons, np.bytes_),
        }

    return Sheet(WithoutSuggestion, len(rows), columns)


def _template() -> str:
    failures = ", ".join(f'"{rule.key}": %d' for rule in engine.RULES)
    gains = ", ".join(f'"{change.key}": %d' for change in engine.CHANGES)
    return f'{{"ready": %d, "eligible": %d, "failures": {{{failures}}}, "gains": {{{gains}}}}}'


REASONS = _template()  # of numbers in the order of `_without`


def _finish(run: Run, night: engine.Night, *, at: datetime, by: Any) -> None:
    run.is_running, run.is_current, run.finished_at = False, True, timezone.now()
    run.counts = {**run.counts, **night.counts}
    run.certificate = night.certificate.as_dict()
    Run.objects.filter(is_current=True).update(is_current=False)
    changed = ("is_running", "is_current", "finished_at", "counts", "certificate", "settings")
    mine = Run.objects.filter(pk=run.pk, is_running=True)
    if not mine.update(**{name: getattr(run, name) for name in changed}):
        raise NotAllowed("This run took so long that it was given up. Last night’s answer stays.")
    Entry.objects.record(run, "finished", by=by, at=at, **night.counts)
    old = Run.objects.order_by("-started_at").values_list("pk", flat=True)[KEEP_RUNS:]
    Run.objects.filter(pk__in=list(old)).delete()
