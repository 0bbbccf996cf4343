"""Everybody's home: one address, and the page that fits where they are."""

from mentoring.views.home.front import first_hour, home

__all__ = ["first_hour", "home"]
