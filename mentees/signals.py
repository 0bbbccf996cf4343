"""What upper floors must hear at once. Both are sent inside the action's transaction."""

from django.dispatch import Signal

# A guardian took their yes back: sent with permission=, mentee=, at=.
permission_withdrawn = Signal()
# A young person or staff took an open request back, or staff declined one: sent with request=, at=, by=.
request_closed = Signal()
