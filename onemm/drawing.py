"""People as arches: bodies, heads, pairs and crowds, drawn as SVG from numbers and our own colours."""

from __future__ import annotations

import random
from functools import cache

from django.utils.safestring import SafeString, mark_safe

ROSE, GOLD, EMBER = "#ff8fb3", "#ffc145", "#ff6c30"
NAMED = {
    "rose": ROSE,
    "gold": GOLD,
    "ember": EMBER,
    "white": "#fff",
    "ink": "#0d211d",
    "green-900": "#06302b",
    "green-800": "#0a433b",
    "green-700": "#0e5c51",
    "green-300": "#8fd0c0",
    "rose-800": "#98174a",
    "ember-600": "#d13f0d",
    "sky-700": "#0b5687",
    "line": "#cfdbd6",
    "sand": "#ffd985",
}


def short(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _arch(x: float, width: float, height: float, base: float, fill: str, extra: str = "") -> str:
    r = width / 2
    return (
        f'<path d="M{short(x)} {short(base)}V{short(base - height + r)}a{short(r)} {short(r)} 0 0 1 '
        f'{short(width)} 0V{short(base)}z" fill="{fill}"{extra}/>'
    )


def _head(x: float, width: float, height: float, base: float, fill: str) -> str:
    r = width * 0.2
    cy = base - height - r - width * 0.06
    return f'<circle cx="{short(x + width / 2)}" cy="{short(cy)}" r="{short(r)}" fill="{fill}"/>'


def arch(x: float, width: float, height: float, base: float, fill: str = "rose") -> SafeString:
    """{% arch 52 82 84 190 "gold" %}: a body; x, width, height, base line, colour name."""
    return mark_safe(_arch(x, width, height, base, NAMED[fill]))  # numbers and our own colours only


def head(x: float, width: float, height: float, base: float, fill: str = "rose") -> SafeString:
    """{% head 52 82 84 190 "gold" %}: the head over that body, from the same numbers."""
    return mark_safe(_head(x, width, height, base, NAMED[fill]))  # numbers and our own colours only


def figure(x: float, width: float, height: float, base: float, fill: str = "rose") -> SafeString:
    """{% figure 52 82 84 190 "gold" %}: body and head."""
    return arch(x, width, height, base, fill) + head(x, width, height, base, fill)


def duo(
    x: float,
    w1: float,
    h1: float,
    w2: float,
    h2: float,
    base: float,
    first: str = "rose",
    second: str = "gold",
) -> SafeString:
    """{% duo 92 104 128 92 98 190 "rose" "white" %}: two people who overlap in ember."""
    x2 = x + w1 - round(min(w1, w2) * 0.27)
    a, b = NAMED[first], NAMED[second]
    ref = f"o{short(x)}-{short(w1)}-{short(w2)}-{first}-{second}".replace(".", "_")
    back, front = _arch(x, w1, h1, base, a), _arch(x2, w2, h2, base, b)
    return mark_safe(  # numbers and our own colours only
        f'<clipPath id="{ref}">{front}</clipPath>{back}{front}<g clip-path="url(#{ref})">'
        f"{_arch(x, w1, h1, base, EMBER)}</g>{_head(x, w1, h1, base, a)}{_head(x2, w2, h2, base, b)}"
    )


CROWDS = {
    "hero": (11, 540, 250, [
        (-58, 140, 118, 112, 86), (186, 112, 84, 140, 128), (432, 150, 150, 120, 104),
        (690, 132, 124, 164, 168), (968, 216, 270, 168, 196), (1330, 150, 196, 180, 150),
    ]),
    "level": (4, 330, 0, [
        (-58, 150, 128, 118, 92), (214, 118, 92, 150, 140), (470, 176, 168, 132, 112),
        (764, 126, 108, 164, 140), (1030, 150, 146, 120, 100), (1290, 116, 84, 150, 128),
    ]),
}  # fmt: skip


@cache
def _crowd(kind: str, back: str, front: str, rose: str, gold: str) -> SafeString:
    seed, height, climb, pairs = CROWDS[kind]
    draw, width, parts = random.Random(seed), 1440, []  # noqa: S311  a picture, not a secret

    def rise(x: float) -> float:
        return (max(x, 0) / width) ** 1.7 * climb

    def row(
        x: float, widths: list[int], low: int, high: int, share: float, gaps: tuple[int, int], fill: str
    ) -> None:
        while x < width:
            w = draw.choice(widths)
            h = draw.randint(low, high) + rise(x) * share
            parts.append(_arch(x, w, h, height, fill) + _head(x, w, h, height, fill))
            x += w + draw.randint(*gaps)

    row(-30, [58, 64, 70, 76], 170, 232, 0.9, (14, 30), front)
    row(-60, [84, 92, 100], 118, 176, 0.72, (8, 22), back)
    for x, w1, h1, w2, h2 in pairs:
        x2 = x + w1 - round(min(w1, w2) * 0.27)
        over = ' class="x"'
        parts.append(
            f"<g>{_arch(x, w1, h1, height, rose)}{_arch(x2, w2, h2, height, gold, over)}</g>"
            f"{_head(x, w1, h1, height, rose)}{_head(x2, w2, h2, height, gold)}"
        )
    return mark_safe(  # drawn from the numbers above
        f'<svg class="crowd" viewBox="0 0 {width} {height}" preserveAspectRatio="xMaxYMax slice" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )


def crowd(
    kind: str = "hero",
    back: str = "green-700",
    front: str = "green-800",
    rose: str = "rose",
    gold: str = "gold",
) -> SafeString:
    """{% crowd %} climbs to the right; {% crowd "level" %} is flat. Pairs in front, people waiting behind."""
    return _crowd(kind, NAMED[back], NAMED[front], NAMED[rose], NAMED[gold])
