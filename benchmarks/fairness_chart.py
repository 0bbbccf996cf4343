"""The picture of sixty nights, as SVG: two small charts, a line a policy, its last number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from benchmarks.fairness import LARGE, LIMITS, Evening, compare

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "fairness.svg"
WIDTH, HEIGHT = 760, 600
LEFT, RIGHT, NAMES = 64, 478, 514  # the lines end at RIGHT; numbers and names begin at NAMES
TOPS, TALL = (138, 392), 170
LINE_HEIGHT = 40  # of a name with its number beneath
TICKS = (500, 1_000, 2_500, 5_000, 10_000)

# Ink, lines and the colours of charts (DESIGN.md); each policy also has a dash of its own.
STYLE = """
.page{fill:#f1f6f3}.ink{fill:#0d211d}.quiet{fill:#475853}.rule{stroke:#cfdbd6;stroke-width:1}
.line{fill:none;stroke-width:3.5;stroke-linejoin:round;stroke-linecap:round}
.p0{stroke:#d13f0d;stroke-dasharray:10 7}.p1{stroke:#475853;stroke-dasharray:1 7}.p2{stroke:#0e5c51}
@media(prefers-color-scheme:dark){.page{fill:#06302b}.ink{fill:#fff}.quiet{fill:#cfdbd6}.rule{stroke:#0e5c51}
.p0{stroke:#ff6c30}.p1{stroke:#cfdbd6}.p2{stroke:#8fd0c0}}
"""

HEADINGS = (
    (40, "ink", 'font-size="21" font-weight="700"', "Passed over while they wait"),
    (
        66,
        "quiet",
        'font-size="15"',
        "Young people who are left without a mentor though one who suits them is free,",
    ),
    (
        86,
        "quiet",
        'font-size="15"',
        "or goes to somebody who has waited less. Each night, by how waiting counts.",
    ),
)


class Chart(NamedTuple):
    """One of the two: where it stands, what it says, a row of numbers a policy."""

    top: int
    title: str
    rows: Sequence[Sequence[int]]

    @property
    def bottom(self) -> int:
        return self.top + TALL

    @property
    def most(self) -> int:
        """The end of the scale: a round number that nobody passes."""
        return next(tick for tick in TICKS if tick >= max(map(max, self.rows)))

    def y(self, count: float) -> float:
        return self.bottom - (self.bottom - self.top) * count / self.most

    def x(self, night: int) -> float:
        return LEFT + (RIGHT - LEFT) * night / (len(self.rows[0]) - 1)


def drawn(answers: dict[str, list[Evening]]) -> str:
    """The picture of what `fairness.compare` gives."""
    charts = [
        Chart(
            top,
            f"Waiting more than {limit} days",
            [[e.passed_over[limit] for e in row] for row in answers.values()],
        )
        for top, limit in zip(TOPS, LIMITS, strict=True)
    ]
    told = " ".join(
        f"{chart.title}, on the last night: "
        + ", ".join(f"{row[-1]:,} with {name}" for name, row in zip(answers, chart.rows, strict=True))
        + "."
        for chart in charts
    )
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
            ' aria-labelledby="t d" font-family="system-ui, sans-serif">',
            '<title id="t">Young people passed over while they wait, night by night, by policy</title>',
            f'<desc id="d">{told}</desc>',
            f"<style>{STYLE}</style>",
            f'<rect class="page" width="{WIDTH}" height="{HEIGHT}"/>',
            *(
                f'<text class="{tone}" x="24" y="{y}" {font}>{line}</text>'
                for y, tone, font, line in HEADINGS
            ),
            *(part for chart in charts for part in _chart(chart, list(answers))),
            "</svg>\n",
        )
    )


def _chart(chart: Chart, names: list[str]) -> list[str]:
    parts = [
        f'<text class="ink" x="24" y="{chart.top - 14}" font-size="17" font-weight="700">{chart.title}</text>'
    ]
    for share in (0, 0.5, 1):
        count = chart.most * share
        parts.append(f'<path class="rule" d="M{LEFT} {chart.y(count):g}H{RIGHT}"/>')
        parts.append(
            f'<text class="quiet" x="{LEFT - 8}" y="{chart.y(count) + 5:g}" font-size="14" text-anchor="end">'
            f"{count:,.0f}</text>"
        )
    nights = len(chart.rows[0])
    parts += [
        f'<text class="quiet" x="{chart.x(night - 1):g}" y="{chart.bottom + 22}" font-size="14"'
        f' text-anchor="{anchor}">night {night}</text>'
        for night, anchor in ((1, "start"), (nights // 2, "middle"), (nights, "end"))
    ]
    labels = _apart([chart.y(row[-1]) - 8 for row in chart.rows])
    for k, (name, row) in enumerate(zip(names, chart.rows, strict=True)):
        points = " ".join(f"{chart.x(night):.1f},{chart.y(count):.1f}" for night, count in enumerate(row))
        parts.append(f'<polyline class="line p{k}" points="{points}"/>')
        parts.append(
            f'<text class="ink" x="{NAMES}" y="{labels[k]:.1f}" font-size="15" font-weight="700">'
            f'{row[-1]:,}<tspan class="quiet" font-weight="400" x="{NAMES}" dy="18">{name}</tspan>'
            "</text>"
        )
    return parts


def _apart(heights: list[float]) -> list[float]:
    """The heights, moved up so that no two labels touch."""
    moved = list(heights)
    order = sorted(range(len(moved)), key=lambda k: -moved[k])
    for lower, upper in pairwise(order):
        moved[upper] = min(moved[upper], moved[lower] - LINE_HEIGHT)
    return moved


def main() -> None:
    answers = compare(LARGE, lambda line: print(line, flush=True))
    PICTURE.write_text(drawn(answers))
    print(f"Drawn: {PICTURE.relative_to(PICTURE.parent.parent.parent)}")


if __name__ == "__main__":
    main()
