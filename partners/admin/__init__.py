"""The staff's desk for partners, programmes and words, and for people who wait for a programme near them."""

from partners.admin import desk, interest

__all__ = ["desk", "interest"]
