"""What upper floors may want to hear about mentors."""

from django.dispatch import Signal

# A mentor who could be matched, or is in a match, must not be any longer: a DBS check lapsed, was not clear
# or covers less than the last, a reference fell away, or they were suspended. Sent inside the transaction
# with `mentor`, `why` (a key such as "dbs") and `at`: a receiver pauses active matches in the same commit
# or, by raising, leaves it to be found again.
no_longer_ready = Signal()
