"""Measurements that anyone can run: `make bench-matching`, `make bench-matching-peers`, `make fairness`."""
