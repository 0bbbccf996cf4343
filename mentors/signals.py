"""What upper floors may want to hear about mentors."""

from django.dispatch import Signal

# A mentor who could be matched, or is in a match, must not be any longer: a DBS check or their safeguarding
# training lapsed, a check was not clear or covers less than the last, a reference fell away, or they were
# suspended. Sent inside the transaction
# with `mentor`, `why` (a key such as "dbs") and `at`: a receiver pauses active matches in the same commit
# or, by raising, leaves it to be found again.
no_longer_ready = Signal()

# A mentor is about to say how many young people they mentor at once. Sent inside the transaction, with the
# row locked, with `mentor` and the new `capacity`: a receiver that knows of more matches than that refuses by
# raising NotAllowed.
capacity_changes = Signal()
