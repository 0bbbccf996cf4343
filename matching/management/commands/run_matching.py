"""`manage.py run_matching`: look for matches now, as the night does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit.transitions import NotAllowed
from matching.actions import run_night
from matching.engine import EngineError


class Command(BaseCommand):
    help = "Compute suggestions for every young person who waits, over all programmes, and publish them."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = run_night(at=timezone.now(), told=lambda stage: self.stdout.write(f"{stage} …"))
        except (NotAllowed, EngineError) as refusal:
            raise CommandError(str(refusal)) from refusal
        certificate = "the best possible" if run.certificate["is_exact"] else "not proven the best possible"
        self.stdout.write(
            f"Done in {sum(run.timings.values()):.1f} s: {run.counts['requests']} young people wait,"
            f" {run.counts['recommended']} have a recommended mentor ({certificate})."
        )
