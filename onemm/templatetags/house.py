"""The look as template tags: people as arches, dates in our voice, and what a form needs to say."""

from __future__ import annotations

from django import template

from onemm.drawing import NAMED, arch, crowd, duo, figure, head
from onemm.fields import error_list, is_optional, target, widget_kind
from onemm.gauges import bar, gauge, journey, stackbar, viaduct
from onemm.signs import day, icon, mark, pair, person, tag
from onemm.voice import at_time, day_and_time, full_day, initials, number, on_day, things, weekday

__all__ = ["NAMED", "at_time", "day_and_time", "full_day", "on_day", "register", "weekday"]

register = template.Library()

DRAWN = (icon, mark, person, pair, tag, day, viaduct, gauge, journey, bar, stackbar)
DRAWN_IN_SVG = (arch, head, figure, duo, crowd)
SPOKEN = (on_day, full_day, weekday, at_time, day_and_time, number, things, initials)
OF_A_FIELD = (target, widget_kind, is_optional)

for draw in (*DRAWN, *DRAWN_IN_SVG, error_list):
    register.simple_tag(draw)
for say in (*SPOKEN, *OF_A_FIELD):
    register.filter(say)
