"""Bring the middles of postcode areas into the database, and move whoever lives there.

On the roof, because people's places are packed into their profiles, two floors above the areas.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from matching.actions import repair_profiles
from partners.models import Outcode

SMALL = Path(settings.BASE_DIR) / "partners" / "outcodes.csv"
# What the ONS Postcode Directory and other lists call their columns. Code-Point Open has no header: 0, 2, 3.
POSTCODE = ("pcd", "pcds", "pcd2", "pcd7", "pcd8", "postcode", "pc")
EASTING = ("oseast1m", "east1m", "easting", "eastings", "ea")
NORTHING = ("osnrth1m", "north1m", "northing", "northings", "no")


class Command(BaseCommand):
    help = (
        "Read the ONS Postcode Directory or Code-Point Open (CSV, Open Government Licence) and keep the "
        "average place of each outward code. Without a file: the small table of our own towns."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        rows = list(self._averages(options["files"])) if options["files"] else self._small()
        fields = ["easting", "northing"] if options["files"] else ["town", "borough", "easting", "northing"]
        # A directory knows no town names: those we have stay.
        Outcode.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["code"], update_fields=fields, batch_size=500
        )
        self.stdout.write(f"{len(rows)} outward codes")
        # In steps, so that nobody who saves their profile meanwhile waits; the night before looks again.
        moved = repair_profiles()
        if moved:
            self.stdout.write(f"{moved} people moved with them")

    def _small(self) -> list[Outcode]:
        with SMALL.open(encoding="utf-8", newline="") as lines:
            return [Outcode(**row) for row in csv.DictReader(lines)]

    def _averages(self, files: Iterable[Path]) -> Iterator[Outcode]:
        sums: dict[str, list[int]] = {}
        for file in files:
            try:
                with file.open(encoding="utf-8-sig", newline="") as lines:
                    for code, east, north in self._places(csv.reader(lines), file):
                        total = sums.setdefault(code, [0, 0, 0])
                        total[0] += east
                        total[1] += north
                        total[2] += 1
            except OSError as error:
                raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        if not sums:
            raise CommandError("No postcode with a place was found.")
        for code, (east, north, count) in sorted(sums.items()):
            yield Outcode(code=code, easting=round(east / count / 100), northing=round(north / count / 100))

    def _places(self, rows: Iterator[list[str]], file: Path) -> Iterator[tuple[str, int, int]]:
        first = next(rows, [])
        columns = self._columns(first)
        if columns is None:
            if not (len(first) > 3 and Outcode.of(first[0])):
                raise CommandError(f"{file} has no columns for postcode, easting and northing.")
            columns = (0, 2, 3)
            rows = iter([first, *rows])
        for row in rows:
            try:
                code, east, north = (row[column].strip() for column in columns)
                place = code.replace(" ", "")[:-3].upper(), int(east), int(north)
            except (IndexError, ValueError):
                continue  # a postcode without a place, such as a PO box
            if Outcode.of(place[0]) == place[0] and place[1] > 0 and place[2] > 0:
                yield place

    @staticmethod
    def _columns(header: list[str]) -> tuple[int, int, int] | None:
        names = [name.strip().lower() for name in header]
        found = [
            next((names.index(name) for name in choices if name in names), None)
            for choices in (POSTCODE, EASTING, NORTHING)
        ]
        return None if None in found else (found[0], found[1], found[2])  # type: ignore[return-value]
