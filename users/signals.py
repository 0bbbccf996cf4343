"""What upper floors may want to hear about accounts."""

from django.dispatch import Signal

# An account was closed: nobody can sign in with it. Sent inside the transaction with `user` and `at`.
account_closed = Signal()
