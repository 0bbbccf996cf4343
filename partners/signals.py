"""What upper floors may want to hear about programmes."""

from django.dispatch import Signal

# Staff want a mentor of this programme to have at most `most` young people. Asked while the programme's row
# is locked, with `programme` as it was, before anything is saved: a receiver that knows of somebody with more
# refuses by raising NotAllowed.
capacity_falls = Signal()

# It has fallen, in the same transaction, with `programme`, `by` and `at`: a receiver brings down what mentors
# offer.
capacity_fell = Signal()
