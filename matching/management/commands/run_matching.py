"""`manage.py run_matching`: look for matches now, as the night does."""

from __future__ import annotations

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import timezone

from audit.transitions import NotAllowed
from matching.actions import rehearse_night, run_night
from matching.actions.feed.binary import Misread
from matching.engine import EngineError


class Command(BaseCommand):
    help = "Compute suggestions for every young person who waits, over all programmes, and publish them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="Say what would change, and store nothing of it."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._rehearse() if options["dry_run"] else self._run()
        except (NotAllowed, EngineError, Misread) as refusal:
            raise CommandError(str(refusal)) from refusal
        except DatabaseError as error:
            first = str(error).strip().partition("\n")[0]
            raise CommandError(
                f"The database did not take it, and last night’s answer stays: {first}"
            ) from error

    def _run(self) -> None:
        stages = Stages(self.stdout)
        run = run_night(at=timezone.now(), told=stages.begin)
        stages.end()
        for sentence in run.left_out:
            self.stderr.write(sentence)
        self.stdout.write(f"Done in {stages.seconds:.1f} s. {_in_words(run.counts, run.certificate)}")

    def _rehearse(self) -> None:
        stages = Stages(self.stdout)
        change = rehearse_night(at=timezone.now(), told=stages.begin)
        stages.end()
        self.stdout.write(
            f"Nothing was stored ({stages.seconds:.1f} s). {_in_words(change.counts, change.certificate)}\n"
            f"Of the recommendations {change.new:,} would be new, {change.other:,} go to another mentor,"
            f" {change.gone:,} be gone and {change.same:,} stay."
        )


class Stages:
    """One line a stage, with its seconds when it is over."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.first = self.since = perf_counter()
        self.is_open = False

    @property
    def seconds(self) -> float:
        return perf_counter() - self.first

    def begin(self, stage: str) -> None:
        self.end()
        self.out.write(f"{stage} …", ending="")
        self.out.flush()
        self.since, self.is_open = perf_counter(), True

    def end(self) -> None:
        if self.is_open:
            self.out.write(f" {perf_counter() - self.since:.1f} s")
        self.is_open = False


def _in_words(counts: dict[str, Any], certificate: dict[str, Any]) -> str:
    """How many wait, how many have somebody, and how good that is."""
    if certificate["is_exact"]:
        proven = "the best possible"
    else:
        possible = f"{certificate['matched_possible']:,} at most"
        proven = f"{possible}, and at most {100 * certificate['gap']:.3f} % of the points missing"
    waiting, recommended = counts["requests"], counts["recommended"]
    return f"{waiting:,} young people wait, {recommended:,} have a recommended mentor ({proven})."
