"""Other people's ways to assign mentors, beside ours on the same people: `make bench-matching-peers`.

Each runs in a process of its own, in an environment of their own (requirements.lock). mentor-match was
written for munkres 1, and a new installation brings munkres 3, so both are measured.
"""
